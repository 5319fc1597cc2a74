import type {
  NotificationAppointment,
  NotificationPractice,
  SeriesNotification,
} from '@/scheduling/notification-types';
import { formatAppointmentLine, formatDatesInShort, formatDayAndTimeForPractice } from './dates';
import { formatSafeName } from './greeting';
import { joinStyledText, type MessagePart, type StyledText, sanitizeLine } from './layout';
import { getMailWords } from './words/words-of';

/** The facts that a message about a series is built from. */
export interface SeriesFacts {
  practice: NotificationPractice;
  /** The booked dates that are not over, in order. */
  standing: NotificationAppointment[];
  about: NotificationAppointment[];
  /** The dates that the message is about, as briefly as they can be put without being wrong. */
  dates: string;
  /** The same without the therapist. */
  datesAlone: string;
  changes: AppointmentsByChange;
}

/** The dates that the message is about, by what happened to each. */
export interface AppointmentsByChange {
  /** Booked now, and not before. */
  added: NotificationAppointment[];
  /** At another time, or with another therapist, or both. */
  moved: NotificationAppointment[];
  /** Longer or shorter than before, and nothing else. */
  resized: NotificationAppointment[];
  cancelled: NotificationAppointment[];
  /** For a therapist: from a colleague, or to one. */
  takenOver: NotificationAppointment[];
  givenOver: NotificationAppointment[];
}

export function gatherSeriesFacts(notification: SeriesNotification, now: number): SeriesFacts {
  const { practice, series, audience, changed } = notification;
  // A date that was moved past its neighbour comes after it, whatever their numbers.
  const inOrder = series.appointments.toSorted((a, b) => a.start - b.start);
  const booked = inOrder.filter((appointment) => appointment.status === 'booked');
  const standing = booked.filter((appointment) => appointment.end > now);
  const about = changed ? inOrder.filter(({ uid }) => changed.includes(uid)) : booked;
  return {
    practice,
    standing,
    about,
    dates: formatDatesInShort(practice, series, about, { namesTherapist: audience === 'client' }),
    datesAlone: formatDatesInShort(practice, series, about, { namesTherapist: false }),
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

/** The one kind of change, where there is only one; null where a message has several. */
export function findSoleChange({ changes }: SeriesFacts): keyof AppointmentsByChange | null {
  const kinds = (Object.keys(changes) as (keyof AppointmentsByChange)[]).filter((kind) => changes[kind].length > 0);
  return kinds.length === 1 ? kinds[0]! : null;
}

/** Whether dates were added to a series that already has others. */
export function isAddition({ kind }: SeriesNotification, { about, standing }: SeriesFacts): boolean {
  return kind === 'booked' && standing.some(({ uid }) => !about.some((change) => change.uid === uid));
}

/** The name that all of them share; null where they have none, or several. */
export function findSoleName(
  appointments: NotificationAppointment[],
  nameOf: (appointment: NotificationAppointment) => string | undefined,
): string | null {
  const names = new Set(appointments.map(nameOf));
  const [name] = names;
  return names.size === 1 && name !== undefined ? sanitizeLine(name) : null;
}

/** "Jun Sato in place of Mira Kovač", where that happened to all of them. */
export function findTherapistReplacement(appointments: NotificationAppointment[]): { from: string; to: string } | null {
  const from = findSoleName(appointments, ({ wasWith }) => wasWith);
  const to = findSoleName(appointments, ({ therapist }) => therapist);
  return from !== null && to !== null ? { from, to } : null;
}

/** Whether every moved date keeps its time. */
export function areTimesUnchanged(moved: NotificationAppointment[]): boolean {
  return moved.every(({ movedFrom, wasMinutes }) => movedFrom === undefined && wasMinutes === undefined);
}

/** The line of an appointment, with its previous state where that differs. */
export function formatLineWithPrevious(
  practice: NotificationPractice,
  appointment: NotificationAppointment,
): StyledText {
  const { movedFrom, wasWith, wasMinutes } = appointment;
  const before = {
    ...(movedFrom !== undefined && { when: formatDayAndTimeForPractice(practice, movedFrom) }),
    ...(wasMinutes !== undefined && { minutes: wasMinutes }),
    ...(wasWith !== undefined && { therapist: sanitizeLine(wasWith) }),
  };
  const line = formatAppointmentLine(practice, appointment);
  return Object.keys(before).length === 0 ? line : joinStyledText(line, getMailWords(practice).itWas(before));
}

/** The subject of several changes at once: "two dates moved, one cancelled". */
export function formatChangeCounts(practice: NotificationPractice, changes: AppointmentsByChange): string {
  const counts = (['moved', 'resized', 'cancelled', 'added', 'takenOver', 'givenOver'] as const)
    .map((change) => ({ change, many: changes[change].length }))
    .filter(({ many }) => many > 0);
  return getMailWords(practice).series.changed(counts);
}

export function numberedAppointmentLines(
  appointments: NotificationAppointment[],
  practice: NotificationPractice,
): StyledText[] {
  if (appointments.length === 1) return [formatAppointmentLine(practice, appointments[0]!)];
  return appointments.map((appointment) =>
    joinStyledText(`${appointment.position}. `, formatAppointmentLine(practice, appointment)),
  );
}

/** The same, with the appointment's number. */
export function numberedAppointmentLineWithPrevious(
  practice: NotificationPractice,
  appointment: NotificationAppointment,
): StyledText {
  return joinStyledText(`${appointment.position}. `, formatLineWithPrevious(practice, appointment));
}

/** Who else comes at the same time, if two were booked together: "Ben Lane comes at the same time, and is with Tom." */
export function sideBySideParts({ kind, audience, practice, series }: SeriesNotification): MessagePart[] {
  const { beside } = series;
  if (!beside) return [];
  const facts = {
    name: formatSafeName(beside.name),
    therapists: beside.therapists.map(sanitizeLine),
    isOwnEmail: kind === 'booked' && audience === 'client',
    isReader: audience === 'client' && beside.isReader === true,
  };
  return [{ text: getMailWords(practice).series.beside(facts) }];
}

/** The current length and the previous one. */
export function getCurrentAndPreviousMinutes({ start, end, wasMinutes = 0 }: NotificationAppointment): {
  minutes: number;
  was: number;
} {
  return { minutes: (end - start) / 60_000, was: wasMinutes };
}
