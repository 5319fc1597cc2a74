import type { NotificationAppointment, NotificationPractice, NotificationSeries } from '@/scheduling/notification';
import { sayClock, sayCount, sayDay, sayHours, saySpan, sayTime, sayWeekdays } from '@/scheduling/wording';
import { toWall } from '@/scheduling/zone';
import { bold, plain } from './layout';

/** "Tuesday 1 December 2026, 18:00 to 19:00: Swedish with Mira Kovač", the date and hours standing out. */
export function dateLine(
  { timeZone, locale }: NotificationPractice,
  told: Pick<NotificationAppointment, 'start' | 'end' | 'service' | 'therapist'>,
): (string | { bold: string })[] {
  return [
    bold(`${dayOf(timeZone, told.start, 'full', locale)}, ${sayHours(timeZone, told, locale)}`),
    `: ${plain(told.service)} with ${plain(told.therapist)}`,
  ];
}

/** "Tuesday 1 December at 18:00". */
export function momentOf({ timeZone, locale }: NotificationPractice, instant: number): string {
  return `${dayOf(timeZone, instant, 'long', locale)} at ${sayTime(timeZone, instant, locale)}`;
}

/** "Tuesday 1 December 2026", for what may be more than a year away. */
export function dateOf({ timeZone, locale }: NotificationPractice, instant: number): string {
  return dayOf(timeZone, instant, 'full', locale);
}

/** "Tuesdays at 18:00". */
export function weekdayAndTime({ timeZone, locale }: NotificationPractice, instant: number): string {
  return weekdayAndClock(locale, toWall(timeZone, instant));
}

/** The same of a place in the calendar: "Tuesdays at 18:00". */
export function weekdayAndClock(locale: string, { on, time }: { on: string; time: string }): string {
  return `${sayWeekdays(on)} at ${sayClock(time, locale)}`;
}

/**
 * The dates in as few words as are true: "Tuesdays at 18:00 with Mira Kovač, 1 Dec to 19 Jan", or
 * "eight dates, 1 Dec to 19 Jan".
 */
export function datesInShort(
  practice: NotificationPractice,
  series: NotificationSeries,
  told: NotificationAppointment[],
  audience: 'client' | 'therapist',
): string {
  const [first] = told;
  const last = told.at(-1);
  if (!first || !last) return 'no dates';
  const whom = audience === 'client' ? withWhom(told) : '';
  if (first === last) return `${momentOf(practice, first.start)}${whom}`;
  const walls = told.map((appointment) => toWall(practice.timeZone, appointment.start));
  const from = walls[0]!;
  const span = saySpan(from.on, walls.at(-1)!.on, practice.locale);
  const isSteady = walls.every((wall) => wall.time === from.time && sayWeekdays(wall.on) === sayWeekdays(from.on));
  if (!isSteady) return `${sayCount(told.length)} dates${whom}, ${span}`;
  const every = series.cadence === 'biweekly' ? 'every 2 weeks, ' : '';
  return `${every}${sayWeekdays(from.on)} at ${sayClock(from.time, practice.locale)}${whom}, ${span}`;
}

/** " with Mira Kovač", when it is one therapist throughout. */
function withWhom(told: NotificationAppointment[]): string {
  const names = new Set(told.map((appointment) => appointment.therapist));
  return names.size === 1 ? ` with ${plain(told[0]!.therapist)}` : '';
}

function dayOf(timeZone: string, instant: number, form: 'long' | 'full', locale: string): string {
  return sayDay(toWall(timeZone, instant).on, form, locale);
}
