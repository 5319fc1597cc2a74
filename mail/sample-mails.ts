import type {
  NotificationAppointment,
  NotificationPractice,
  SeriesNotification,
} from '@/scheduling/notification-types';
import { toInstant, toWallTime } from '@/scheduling/zone-conversion';
import type { MessageLinks } from './links';
import { type RenderedMessage, renderMessage } from './render-message';
import { getMailWords } from './words/words-of';

// Samples of a practice's e-mails, with a made-up client and made-up dates, for reading before any client gets one.

export interface SampleMail {
  /** When this e-mail is sent. */
  title: string;
  message: RenderedMessage;
}

/** The people and the massage of the made-up dates. */
export interface SampleMailFacts {
  therapist: string;
  colleague: string;
  service: string;
  priceCents: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Builds the sample e-mails. Their dates are three weeks from now at ten in the morning, and each week after that. */
export function buildSampleMails(practice: NotificationPractice, cast: SampleMailFacts, now: number): SampleMail[] {
  const { on } = toWallTime(practice.timeZone, now + 21 * DAY);
  const first = toInstant(practice.timeZone, on, '10:00');
  const date = (position: number, changes: Partial<NotificationAppointment> = {}): NotificationAppointment => ({
    uid: `sample-${position}`,
    position,
    start: first + (position - 1) * 7 * DAY,
    end: first + (position - 1) * 7 * DAY + HOUR,
    therapist: cast.therapist,
    service: cast.service,
    priceCents: cast.priceCents,
    sequence: 0,
    status: 'booked',
    ...changes,
  });
  const words = getMailWords(practice).sample;
  const links: MessageLinks = { manageUrl: words.ownLink, calendarUrl: words.calendar };
  const about = (
    kind: 'booked' | 'moved' | 'cancelled',
    appointments: NotificationAppointment[],
    changed: number[],
    other: { audience?: 'client' | 'therapist'; reason?: string; links?: MessageLinks } = {},
  ): RenderedMessage => {
    const { audience = 'client', reason } = other;
    const notification: SeriesNotification = {
      kind,
      audience,
      practice,
      series: {
        uid: 'sample',
        cadence: appointments.length === 1 ? 'once' : 'weekly',
        sessions: appointments.length,
        clientName: 'Ana Costa',
        appointments,
        cancelCutoffMinutes: 1440,
        moveCutoffMinutes: 720,
      },
      changed: changed.map((position) => `sample-${position}`),
      ...(reason && { reason }),
    };
    return renderMessage(notification, { ...links, ...other.links }, now);
  };
  const all = (changes: Partial<NotificationAppointment> = {}) => [1, 2, 3].map((position) => date(position, changes));
  const [firstDate, second, third] = all() as [
    NotificationAppointment,
    NotificationAppointment,
    NotificationAppointment,
  ];
  const appointmentWith = (status: 'booked' | 'cancelled', changes: Partial<NotificationAppointment>) =>
    all({ status, ...changes });
  const later = { ...second, start: second.start + HOUR, end: second.end + HOUR, movedFrom: second.start };
  const newTimes = [1, 2, 3].map((days) => ({
    start: second.start + days * DAY,
    therapist: cast.therapist,
    sessions: 1,
    cadence: 'once' as const,
    url: words.book,
  }));
  const dropped = (cancelledBy: 'client' | 'practice') => [
    firstDate,
    date(2, { status: 'cancelled', cancelledBy }),
    third,
  ];
  return [
    { title: 'A client has booked', message: about('booked', all(), [1, 2, 3]) },
    { title: 'More dates are added', message: about('booked', all(), [3]) },
    { title: 'A date has moved', message: about('moved', [firstDate, later, third], [2]) },
    {
      title: 'A colleague takes over',
      message: about(
        'moved',
        appointmentWith('booked', { therapist: cast.colleague, wasWith: cast.therapist }),
        [1, 2, 3],
      ),
    },
    {
      title: 'A date is longer',
      message: about('moved', [date(1, { end: firstDate.start + 1.5 * HOUR, wasMinutes: 60 })], [1]),
    },
    {
      title: 'You cancel a date',
      message: about('cancelled', dropped('practice'), [2], {
        reason: words.reason,
        links: { newTimes },
      }),
    },
    { title: 'A client cancels a date', message: about('cancelled', dropped('client'), [2]) },
    { title: 'A reminder, the day before', message: reminderOf(practice, firstDate, links) },
    {
      title: 'To the therapist, when a client has booked',
      message: about('booked', all(), [1, 2, 3], { audience: 'therapist' }),
    },
    {
      title: 'To the therapist who gives dates to a colleague',
      message: about('cancelled', appointmentWith('cancelled', { nowWith: cast.colleague }), [1, 2, 3], {
        audience: 'therapist',
      }),
    },
  ];
}

function reminderOf(
  practice: NotificationPractice,
  date: NotificationAppointment,
  links: MessageLinks,
): RenderedMessage {
  const { uid, start, end, therapist, service } = date;
  const until = { moveUntil: start - 12 * HOUR, cancelUntil: start - DAY };
  const sampleDate = {
    practice,
    seriesUid: 'sample',
    clientName: 'Ana Costa',
    dates: [{ uid, start, end, therapist, service, ...until }],
  };
  const words = getMailWords(practice).sample;
  const sampleLinks = { ...links, questionsUrl: words.form, comingUrls: [words.coming] };
  return renderMessage(
    { kind: 'reminder', step: DAY / 60_000, forms: ['health'], ...sampleDate },
    sampleLinks,
    start - DAY,
  );
}
