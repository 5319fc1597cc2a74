import { weekdayOf } from '@/scheduling/day';
import { formatMoney } from '@/scheduling/format-money';
import type {
  NotificationAppointment,
  NotificationPractice,
  NotificationSeries,
} from '@/scheduling/notification-types';
import { toWallTime } from '@/scheduling/zone-conversion';
import { sanitizeLine } from './layout';
import { getMailFormattingLocale, getMailWords } from './words/words-of';

/** "Tuesday 1 December 2026, 18:00 to 19:00: Swedish with Mira Kovač", with the date and hours in bold. */
export function formatAppointmentLine(
  practice: NotificationPractice,
  { start, end, service, therapist }: Pick<NotificationAppointment, 'start' | 'end' | 'service' | 'therapist'>,
): (string | { bold: string })[] {
  return getMailWords(practice).appointment({
    day: formatFullDateForPractice(practice, start),
    from: formatTimeForPractice(practice, start),
    until: formatTimeForPractice(practice, end),
    service: sanitizeLine(service),
    therapist: sanitizeLine(therapist),
  });
}

/** "18:00". */
export function formatTimeForPractice(practice: NotificationPractice, instant: number): string {
  return getMailWords(practice).dates.time(practice.timeZone, instant, getMailFormattingLocale(practice));
}

/** "Tuesday 1 December". */
export function formatDayForPractice(practice: NotificationPractice, instant: number): string {
  return dayOf(practice, instant, 'long');
}

/** "Tuesday 1 December at 18:00". */
export function formatDayAndTimeForPractice(practice: NotificationPractice, instant: number): string {
  return getMailWords(practice).dates.dayAtTime(
    formatDayForPractice(practice, instant),
    formatTimeForPractice(practice, instant),
  );
}

/** "Tue 1 Dec 18:00". */
export function formatShortDayAndTimeForPractice(practice: NotificationPractice, instant: number): string {
  return getMailWords(practice).dates.dayAtTimeInText(
    dayOf(practice, instant, 'short'),
    formatTimeForPractice(practice, instant),
  );
}

/** "Tuesday 1 December 2026", for dates that may be more than a year away. */
export function formatFullDateForPractice(practice: NotificationPractice, instant: number): string {
  return dayOf(practice, instant, 'full');
}

/** "Tuesdays at 18:00". */
export function formatWeekdayAndTime(practice: NotificationPractice, instant: number): string {
  return formatWeekdayAndWallTime(practice, toWallTime(practice.timeZone, instant));
}

/** The same for a calendar day and a wall time: "Tuesdays at 18:00". */
export function formatWeekdayAndWallTime(
  practice: NotificationPractice,
  { on, time }: { on: string; time: string },
): string {
  const { dates } = getMailWords(practice);
  return dates.dayAtTime(dates.everyWeekday(on), dates.wallTime(time, getMailFormattingLocale(practice)));
}

/**
 * The dates as briefly as they can be put without being wrong: "Tuesdays at 18:00 with Mira Kovač, 1 Dec to 19 Jan", or
 * "eight dates, 1 Dec to 19 Jan".
 */
export function formatDatesInShort(
  practice: NotificationPractice,
  series: NotificationSeries,
  appointments: NotificationAppointment[],
  { namesTherapist }: { namesTherapist: boolean },
): string {
  const words = getMailWords(practice);
  const inOrder = appointments.toSorted((a, b) => a.start - b.start);
  const [first] = inOrder;
  const last = inOrder.at(-1);
  if (!first || !last) return words.noDates;
  const therapist = namesTherapist ? soleTherapist(appointments) : null;
  if (first === last) return words.oneDate({ when: formatDayAndTimeForPractice(practice, first.start), therapist });
  const walls = inOrder.map((appointment) => toWallTime(practice.timeZone, appointment.start));
  const from = walls[0]!;
  const range = words.dates.dayRange(from.on, walls.at(-1)!.on, getMailFormattingLocale(practice));
  const isSteady = walls.every((wall) => wall.time === from.time && weekdayOf(wall.on) === weekdayOf(from.on));
  if (!isSteady) return words.otherDates({ many: appointments.length, therapist, range });
  const when = formatWeekdayAndWallTime(practice, from);
  return words.standingDates({ when, isBiweekly: series.cadence === 'biweekly', therapist, range });
}

/** The therapist of all the dates; null where there are several. */
function soleTherapist(appointments: NotificationAppointment[]): string | null {
  const names = new Set(appointments.map((appointment) => appointment.therapist));
  return names.size === 1 ? sanitizeLine(appointments[0]!.therapist) : null;
}

export function formatPriceForPractice(practice: NotificationPractice, cents: number): string {
  return formatMoney(cents, practice.currency, getMailFormattingLocale(practice));
}

/** Which zone all times are in. */
export function formatPracticeTimeZone(practice: NotificationPractice): string {
  return getMailWords(practice).dates.zoneInFull(practice.timeZone);
}

function dayOf(practice: NotificationPractice, instant: number, form: 'short' | 'long' | 'full'): string {
  return getMailWords(practice).dates.day(
    toWallTime(practice.timeZone, instant).on,
    form,
    getMailFormattingLocale(practice),
  );
}
