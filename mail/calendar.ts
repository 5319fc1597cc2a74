import { calendarOf } from '@/scheduling/icalendar';
import type { SeriesTelling, ToldAppointment, ToldPractice } from '@/scheduling/tell';
import { plain, plainName } from './letter';

export interface CalendarFile {
  method: 'PUBLISH' | 'CANCEL';
  content: string;
}

/**
 * The calendar file of a message: what it is about, one event an appointment. A cancellation withdraws events that
 * an earlier mail put there, so it holds nothing that still stands. No link to manage the booking: calendars are shared.
 */
export function calendarFile(telling: SeriesTelling, now: number): CalendarFile | undefined {
  const { practice, series } = telling;
  const about =
    telling.changed === undefined
      ? series.appointments.filter((one) => one.status === 'booked')
      : series.appointments.filter((one) => telling.changed?.includes(one.uid));
  if (about.length === 0) return undefined;
  const method = telling.kind === 'cancelled' ? 'CANCEL' : 'PUBLISH';
  const content = calendarOf({
    method,
    name: plain(practice.name),
    timeZone: practice.timeZone,
    now,
    events: about.map((one) => ({
      uid: one.uid,
      start: one.start,
      end: one.end,
      sequence: one.sequence,
      status: one.status === 'cancelled' ? ('CANCELLED' as const) : ('CONFIRMED' as const),
      location: `${plain(practice.name)}, ${plain(practice.address)}`,
      organizer: { name: plain(practice.name), email: practice.email },
      ...wordsOf(telling, one),
    })),
  });
  return { method, content };
}

function wordsOf({ audience, series, practice }: SeriesTelling, one: ToldAppointment) {
  const place = series.sessions === 1 ? '' : ` (${one.position} of ${series.sessions})`;
  if (audience === 'therapist')
    return { summary: `${plainName(series.clientName)}${place}`, description: plain(one.service) };
  return {
    summary: `Massage with ${plain(one.therapist)}${place}`,
    description: `${plain(one.service)}. ${phoneOf(practice)}`,
  };
}

function phoneOf(practice: ToldPractice): string {
  return `${plain(practice.name)}: ${plain(practice.phone)}`;
}
