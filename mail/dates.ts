import {
  formatDay,
  formatDayRange,
  formatNumberInWords,
  formatStartAndEndTime,
  formatTime,
  formatWallTime,
  formatWeekdayPlural,
} from '@/scheduling/formatting';
import type {
  NotificationAppointment,
  NotificationPractice,
  NotificationSeries,
} from '@/scheduling/notification-types';
import { toWallTime } from '@/scheduling/zone-conversion';
import { bold, sanitizeLine } from './layout';

/** "Tuesday 1 December 2026, 18:00 to 19:00: Swedish with Mira Kovač", the date and hours standing out. */
export function appointmentLine(
  { timeZone, locale }: NotificationPractice,
  appointment: Pick<NotificationAppointment, 'start' | 'end' | 'service' | 'therapist'>,
): (string | { bold: string })[] {
  return [
    bold(
      `${dayOf(timeZone, appointment.start, 'full', locale)}, ${formatStartAndEndTime(timeZone, appointment, locale)}`,
    ),
    `: ${sanitizeLine(appointment.service)} with ${sanitizeLine(appointment.therapist)}`,
  ];
}

/** "Tuesday 1 December at 18:00". */
export function sayDayAndTimeOf({ timeZone, locale }: NotificationPractice, instant: number): string {
  return `${dayOf(timeZone, instant, 'long', locale)} at ${formatTime(timeZone, instant, locale)}`;
}

/** "Tuesday 1 December 2026", for what may be more than a year away. */
export function sayFullDateOf({ timeZone, locale }: NotificationPractice, instant: number): string {
  return dayOf(timeZone, instant, 'full', locale);
}

/** "Tuesdays at 18:00". */
export function weekdayAndTime({ timeZone, locale }: NotificationPractice, instant: number): string {
  return weekdayAndTimeOfWall(locale, toWallTime(timeZone, instant));
}

/** The same of a place in the calendar: "Tuesdays at 18:00". */
export function weekdayAndTimeOfWall(locale: string, { on, time }: { on: string; time: string }): string {
  return `${formatWeekdayPlural(on)} at ${formatWallTime(time, locale)}`;
}

/**
 * The dates in as few words as are true: "Tuesdays at 18:00 with Mira Kovač, 1 Dec to 19 Jan", or
 * "eight dates, 1 Dec to 19 Jan".
 */
export function datesInShort(
  practice: NotificationPractice,
  series: NotificationSeries,
  appointments: NotificationAppointment[],
  audience: 'client' | 'therapist',
): string {
  const [first] = appointments;
  const last = appointments.at(-1);
  if (!first || !last) return 'no dates';
  const withTherapist = audience === 'client' ? withSoleTherapist(appointments) : '';
  if (first === last) return `${sayDayAndTimeOf(practice, first.start)}${withTherapist}`;
  const walls = appointments.map((appointment) => toWallTime(practice.timeZone, appointment.start));
  const from = walls[0]!;
  const span = formatDayRange(from.on, walls.at(-1)!.on, practice.locale);
  const isSteady = walls.every(
    (wall) => wall.time === from.time && formatWeekdayPlural(wall.on) === formatWeekdayPlural(from.on),
  );
  if (!isSteady) return `${formatNumberInWords(appointments.length)} dates${withTherapist}, ${span}`;
  const every = series.cadence === 'biweekly' ? 'every 2 weeks, ' : '';
  return `${every}${formatWeekdayPlural(from.on)} at ${formatWallTime(from.time, practice.locale)}${withTherapist}, ${span}`;
}

/** " with Mira Kovač", when it is one therapist throughout. */
function withSoleTherapist(appointments: NotificationAppointment[]): string {
  const names = new Set(appointments.map((appointment) => appointment.therapist));
  return names.size === 1 ? ` with ${sanitizeLine(appointments[0]!.therapist)}` : '';
}

function dayOf(timeZone: string, instant: number, form: 'long' | 'full', locale: string): string {
  return formatDay(toWallTime(timeZone, instant).on, form, locale);
}
