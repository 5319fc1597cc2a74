import { type CalendarEvent, formatICalendar } from '@/scheduling/icalendar';
import type {
  NotificationAppointment,
  NotificationPractice,
  SeriesNotification,
} from '@/scheduling/notification-types';
import { formatNameAndAddressLine, sanitizeLine, sanitizeName } from './layout';
import { getMailWords } from './words/words-of';

export interface CalendarFile {
  method: 'REQUEST' | 'CANCEL';
  content: string;
}

/**
 * The calendar files of a message to `toEmail`: one object for each appointment in it, since requests and cancellations
 * hold one UID each (RFC 5546, 3.2.2 and 3.2.5). Appointments that no longer take place are cancelled; the others are sent as
 * requests with their current state. `manageUrl` is the client's own link: anybody who sees their calendar can open it.
 */
export function buildMailCalendarAttachments(
  notification: SeriesNotification,
  { toEmail, now, manageUrl }: { toEmail: string; now: number; manageUrl: string | undefined },
): CalendarFile[] {
  const { practice, audience, series } = notification;
  const name = audience === 'client' ? sanitizeName(series.bookedBy ?? series.clientName) : '';
  return aboutIn(notification).map((appointment) => {
    const method = appointment.status === 'cancelled' ? 'CANCEL' : 'REQUEST';
    const events = [{ ...eventOf(notification, appointment, manageUrl), attendee: { name, email: toEmail } }];
    return { method, content: formatICalendar({ method, ...calendarName(practice), now, events }) };
  });
}

/** The remaining dates of a series as a file to import into a calendar; undefined when none remain. */
export function buildDownloadableSeriesCalendar(
  notification: SeriesNotification,
  { now, manageUrl }: { now: number; manageUrl: string },
): string | undefined {
  const events = aboutIn(notification).map((appointment) => eventOf(notification, appointment, manageUrl));
  if (events.length === 0) return undefined;
  return formatICalendar({ method: 'PUBLISH', ...calendarName(notification.practice), now, events });
}

function aboutIn({ changed, series }: SeriesNotification): NotificationAppointment[] {
  return changed === undefined
    ? series.appointments.filter(({ status }) => status === 'booked')
    : series.appointments.filter(({ uid }) => changed.includes(uid));
}

function calendarName(practice: NotificationPractice) {
  return { name: sanitizeLine(practice.name), timeZone: practice.timeZone };
}

const A_DAY_MINUTES = 1440;

function eventOf(
  notification: SeriesNotification,
  appointment: NotificationAppointment,
  manageUrl: string | undefined,
): CalendarEvent {
  const { practice, audience, series } = notification;
  const url = audience === 'client' ? manageUrl : undefined;
  const isReminded = audience === 'client' && series.hasCalendarAlarm && appointment.status === 'booked';
  return {
    uid: appointment.uid,
    start: appointment.start,
    end: appointment.end,
    sequence: appointment.sequence,
    status: appointment.status === 'cancelled' ? 'CANCELLED' : 'CONFIRMED',
    location: formatNameAndAddressLine(practice),
    // The address to which calendars send their reader's answer.
    organizer: {
      name: sanitizeLine(practice.name),
      email: practice.mailReplyTo ?? practice.mailFrom ?? practice.email,
    },
    ...eventTextOf(notification, appointment, url),
    ...(url && { url }),
    ...(isReminded && { alarmMinutes: A_DAY_MINUTES }),
  };
}

function eventTextOf(
  { audience, series, practice }: SeriesNotification,
  appointment: NotificationAppointment,
  url: string | undefined,
) {
  const words = getMailWords(practice).calendar;
  const place = series.sessions === 1 ? '' : ` (${words.place(appointment.position, series.sessions)})`;
  if (audience === 'therapist')
    return { summary: `${sanitizeName(series.clientName)}${place}`, description: sanitizeLine(appointment.service) };
  const forWhom = series.bookedBy === undefined ? null : sanitizeName(series.clientName);
  const phone = practice.phone && ` ${sanitizeLine(practice.name)}: ${sanitizeLine(practice.phone)}`;
  return {
    summary: `${words.massageWith(sanitizeLine(appointment.therapist), forWhom)}${place}`,
    description: `${sanitizeLine(appointment.service)}.${phone}${url ? `\n${words.see(url)}` : ''}`,
  };
}
