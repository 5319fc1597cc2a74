import { formatNumberInWords, formatZoneInFull } from '@/scheduling/formatting';
import type {
  NotificationAppointment,
  NotificationPractice,
  SeriesNotification,
} from '@/scheduling/notification-types';
import { appointmentLine, datesInShort, sayDayAndTimeOf } from './dates';
import { sayPlainName } from './greeting';
import { joinStyledText, type MessagePart, type StyledText, sanitizeLine } from './layout';

/** What a message about a series is made of. */
export interface SeriesFacts {
  practice: NotificationPractice;
  /** What is booked and not over, in order. */
  standing: NotificationAppointment[];
  about: NotificationAppointment[];
  /** The dates that it is about, in as few words as are true. */
  dates: string;
  changes: AppointmentsByChange;
}

/** What it is about, by what happened to each. */
export interface AppointmentsByChange {
  /** Booked now, and not before. */
  added: NotificationAppointment[];
  /** At another time, or with somebody else, or both. */
  moved: NotificationAppointment[];
  /** Longer or shorter than before, and nothing else. */
  resized: NotificationAppointment[];
  cancelled: NotificationAppointment[];
  /** For a therapist: from a colleague, or to one. */
  takenOver: NotificationAppointment[];
  givenOver: NotificationAppointment[];
}

export function seriesFacts(notification: SeriesNotification, now: number): SeriesFacts {
  const { practice, series, audience, changed } = notification;
  const booked = series.appointments.filter((appointment) => appointment.status === 'booked');
  const standing = booked.filter((appointment) => appointment.end > now);
  const about = changed ? series.appointments.filter(({ uid }) => changed.includes(uid)) : booked;
  return {
    practice,
    standing,
    about,
    dates: datesInShort(practice, series, about, audience),
    changes: changesOf(notification, about),
  };
}

function changesOf(notification: SeriesNotification, about: NotificationAppointment[]): AppointmentsByChange {
  const isClient = notification.audience === 'client';
  const isNew = ({ uid }: NotificationAppointment) =>
    notification.kind === 'booked' || (notification.kind === 'changed' && notification.added.includes(uid));
  const cancelled = about.filter(({ status }) => status === 'cancelled');
  const standing = about.filter(({ status }) => status === 'booked');
  const [fresh, other] = [standing.filter(isNew), standing.filter((appointment) => !isNew(appointment))];
  const isResized = ({ movedFrom, wasWith, wasMinutes }: NotificationAppointment) =>
    wasMinutes !== undefined && movedFrom === undefined && wasWith === undefined;
  return {
    added: fresh.filter(({ wasWith }) => isClient || wasWith === undefined),
    takenOver: fresh.filter(({ wasWith }) => !isClient && wasWith !== undefined),
    moved: other.filter((appointment) => !isResized(appointment)),
    resized: other.filter(isResized),
    cancelled: cancelled.filter(({ nowWith }) => nowWith === undefined),
    givenOver: cancelled.filter(({ nowWith }) => nowWith !== undefined),
  };
}

/** The one thing that happened, where it is one; null where a message tells of several. */
export function soleChange({ changes }: SeriesFacts): keyof AppointmentsByChange | null {
  const kinds = (Object.keys(changes) as (keyof AppointmentsByChange)[]).filter((kind) => changes[kind].length > 0);
  return kinds.length === 1 ? kinds[0]! : null;
}

/** The one name that all of them have; null where they have none, or several. */
export function soleName(
  appointments: NotificationAppointment[],
  nameOf: (appointment: NotificationAppointment) => string | undefined,
): string | null {
  const names = new Set(appointments.map(nameOf));
  const [name] = names;
  return names.size === 1 && name !== undefined ? sanitizeLine(name) : null;
}

/** "Jun Sato in place of Mira Kovač", where that is what happened to all of them. */
export function therapistReplacement(appointments: NotificationAppointment[]): { from: string; to: string } | null {
  const from = soleName(appointments, ({ wasWith }) => wasWith);
  const to = soleName(appointments, ({ therapist }) => therapist);
  return from !== null && to !== null ? { from, to } : null;
}

/** Each keeps its time. */
export function areTimesUnchanged(moved: NotificationAppointment[]): boolean {
  return moved.every(({ movedFrom, wasMinutes }) => movedFrom === undefined && wasMinutes === undefined);
}

/** With what it was before, where that is something else. */
export function lineWithPrevious(practice: NotificationPractice, appointment: NotificationAppointment): StyledText {
  const { movedFrom, wasWith, wasMinutes } = appointment;
  const before = [
    ...(movedFrom === undefined ? [] : [sayDayAndTimeOf(practice, movedFrom)]),
    ...(wasMinutes === undefined ? [] : [`${wasMinutes} minutes`]),
    ...(wasWith === undefined ? [] : [`with ${sanitizeLine(wasWith)}`]),
  ];
  const line = appointmentLine(practice, appointment);
  return before.length === 0 ? line : joinStyledText(line, ` (it was ${before.join(', ')})`);
}

/** The subject of several changes at once: "two dates moved, one cancelled". */
export function sayChangeCounts({
  moved,
  resized,
  cancelled,
  added,
  takenOver,
  givenOver,
}: AppointmentsByChange): string {
  const counts = [
    { many: moved.length, what: 'moved' },
    { many: resized.length, what: 'of another length' },
    { many: cancelled.length, what: 'cancelled' },
    { many: added.length, what: 'added' },
    { many: takenOver.length, what: 'passed to you' },
    { many: givenOver.length, what: 'passed on' },
  ].filter(({ many }) => many > 0);
  const phrases = counts.map(({ many, what }, at) => {
    return `${formatNumberInWords(many)}${at > 0 ? '' : many === 1 ? ' date' : ' dates'} ${what}`;
  });
  return phrases.join(', ');
}

export function numberedLines(appointments: NotificationAppointment[], practice: NotificationPractice): StyledText[] {
  if (appointments.length === 1) return [appointmentLine(practice, appointments[0]!)];
  return appointments.map((appointment) =>
    joinStyledText(`${appointment.position}. `, appointmentLine(practice, appointment)),
  );
}

/** As it is numbered, with what it was before. */
export function numberedLineWithPrevious(
  practice: NotificationPractice,
  appointment: NotificationAppointment,
): StyledText {
  return joinStyledText(`${appointment.position}. `, lineWithPrevious(practice, appointment));
}

/** "massage", "three massages". */
export function sayMassageCount(count: number): string {
  return count === 1 ? 'massage' : `${formatNumberInWords(count)} massages`;
}

/** Who comes at the same time, of two who were booked together: "Ben Lane comes at the same time, and is with Tom." */
export function sideBySideParts({ kind, audience, series: { beside } }: SeriesNotification): MessagePart[] {
  if (!beside) return [];
  const who = sayPlainName(beside.name) || 'Somebody else';
  const givers = beside.therapists.map(sanitizeLine).join(' or ');
  const own =
    kind === 'booked' && audience === 'client' ? ' You get a separate e-mail, with a link for those dates.' : '';
  return [{ text: `${who} comes at the same time, and is with ${givers}.${own}` }];
}

export function timeZonePart({ timeZone }: NotificationPractice): MessagePart {
  return { small: `All times are ${formatZoneInFull(timeZone)}.` };
}

/** "longer: 90 minutes instead of 60". */
export function sayLengthChange({ start, end, wasMinutes = 0 }: NotificationAppointment): string {
  const minutes = (end - start) / 60_000;
  return `${minutes > wasMinutes ? 'longer' : 'shorter'}: ${minutes} minutes instead of ${wasMinutes}`;
}

/** "Now 90 minutes". */
export function sayNewLength({ start, end }: NotificationAppointment): string {
  return `Now ${(end - start) / 60_000} minutes`;
}
