import type { NotificationPractice } from '@/scheduling/notification-types';
import { formatDayAndTimeForPractice, formatWeekdayAndTime } from './dates';
import { type MessagePart, sanitizeLine } from './layout';
import type { BookableTimeLink } from './links';
import { getMailWords } from './words/words-of';

/** Times that can be booked now, each with its link. */
export function bookableTimesPart(practice: NotificationPractice, times: BookableTimeLink[]): MessagePart {
  return { choices: times.map((time) => ({ label: labelOf(practice, time), url: time.url })) };
}

function labelOf(practice: NotificationPractice, { start, sessions, cadence, ...time }: BookableTimeLink): string {
  const words = getMailWords(practice);
  const therapist = sanitizeLine(time.therapist);
  const when = formatDayAndTimeForPractice(practice, start);
  if (sessions === 1) return words.bookableDate({ when, therapist });
  return words.bookableSeries({
    weekdayAndTime: formatWeekdayAndTime(practice, start),
    therapist,
    isBiweekly: cadence === 'biweekly',
    many: sessions,
    first: when,
  });
}
