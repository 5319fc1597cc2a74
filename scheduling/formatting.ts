// How are days, times, lengths of time and zones said? In English, and as the practice's locale writes dates and hours:
// "Tuesday 1 December", "18:00" in Ireland, "Tuesday, December 1", "6:00 PM" in the United States. The words are written
// by hand, so that they read the same under every runtime and server zone.

import type { Cadence } from './cadence';
import { daysBetween, type Weekday, weekdayOf } from './day';
import { getLocaleDateConventions } from './locale-date-conventions';
import { getRepeatedHourOrder, isSecondOfRepeatedTime, removeRepeatMark, toWallTime } from './zone-conversion';
import { canonicalZoneName } from './zone-names';

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const CADENCES: Record<Cadence, string> = { once: 'once', weekly: 'every week', biweekly: 'every 2 weeks' };

/**
 * Formats a date without its weekday: `short` as "1 Dec", `long` as "1 December", `full` with the year. A short month
 * has three letters.
 *
 * @example
 * formatDateWithoutWeekday('2026-12-01', 'full', 'en-US') //=> 'December 1, 2026'
 */
export function formatDateWithoutWeekday(on: string, form: 'short' | 'long' | 'full', locale: string): string {
  const { isMonthFirst } = getLocaleDateConventions(locale);
  const month = form === 'short' ? formatMonthName(on).slice(0, 3) : formatMonthName(on);
  const day = Number(on.slice(8));
  const year = form === 'full' ? `${isMonthFirst ? ',' : ''} ${Number(on.slice(0, 4))}` : '';
  return `${isMonthFirst ? `${month} ${day}` : `${day} ${month}`}${year}`;
}

/**
 * Formats a local day: `short` as "Tue 1 Dec", `long` as "Tuesday 1 December", `full` with the year.
 *
 * @example
 * formatDay('2026-12-01', 'long', 'en-IE') //=> 'Tuesday 1 December'
 */
export function formatDay(on: string, form: 'short' | 'long' | 'full', locale: string): string {
  const weekday = formatWeekday(on);
  const comma = getLocaleDateConventions(locale).isMonthFirst ? ',' : '';
  return `${form === 'short' ? weekday.slice(0, 3) : weekday}${comma} ${formatDateWithoutWeekday(on, form, locale)}`;
}

/**
 * Returns the name of a local day's month.
 *
 * @example
 * formatMonthName('2026-12-01') //=> 'December'
 */
export function formatMonthName(on: string): string {
  return MONTHS[Number(on.slice(5, 7)) - 1]!;
}

/**
 * Returns the name of a local day's weekday.
 *
 * @example
 * formatWeekday('2026-12-01') //=> 'Tuesday'
 */
export function formatWeekday(on: string): string {
  return WEEKDAYS[weekdayOf(on)]!;
}

/**
 * Formats a list of weekdays, Monday first, with consecutive days as a range. `short` as "Mon", `long` as "Monday".
 *
 * @example
 * formatWeekdays([1, 2, 3, 6], 'short') //=> 'Mon to Wed, Sat'
 */
export function formatWeekdays(weekdays: readonly Weekday[], form: 'short' | 'long'): string {
  const sorted = [...weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  const name = (weekday: Weekday) => (form === 'short' ? WEEKDAYS[weekday]!.slice(0, 3) : WEEKDAYS[weekday]!);
  const stretches: Weekday[][] = [];
  for (const weekday of sorted) {
    const stretch = stretches.at(-1);
    if (stretch && (stretch.at(-1)! + 1) % 7 === weekday) stretch.push(weekday);
    else stretches.push([weekday]);
  }
  return stretches
    .map((days) =>
      days.length > 2 ? `${name(days[0]!)} to ${name(days.at(-1)!)}` : days.map((day) => name(day)).join(' and '),
    )
    .join(', ');
}

/**
 * Formats the weekday of a standing time.
 *
 * @example
 * formatWeekdayPlural('2026-12-01') //=> 'Tuesdays'
 */
export function formatWeekdayPlural(on: string): string {
  return `${formatWeekday(on)}s`;
}

/**
 * Formats a wall time on the clock of a locale. A non-breaking space joins the hour and AM or PM. 24:00, the end of a
 * day, is midnight; `01:30~2` is the second of two.
 *
 * @example
 * formatWallTime('18:00', 'en-US') //=> '6:00\u00a0PM'
 */
export function formatWallTime(time: string, locale: string): string {
  const { halves } = getLocaleDateConventions(locale);
  if (isSecondOfRepeatedTime(time)) return `second ${formatWallTime(removeRepeatMark(time), locale)}`;
  if (!halves) return time;
  const hour = Number(time.slice(0, 2));
  return `${hour % 12 || 12}${time.slice(2)}\u00a0${halves[hour % 24 < 12 ? 0 : 1]}`;
}

/**
 * Formats the wall time of an instant in a zone, on the clock of a locale. A time that comes twice, as the clocks are
 * put back, is marked: "first 01:30", "second 01:30".
 *
 * @example
 * formatTime('Europe/Dublin', Date.UTC(2026, 6, 1, 17), 'en-IE') //=> '18:00'
 */
export function formatTime(timeZone: string, instant: number, locale: string): string {
  const time = formatWallTime(toWallTime(timeZone, instant).time, locale);
  const repeatedHour = getRepeatedHourOrder(timeZone, instant);
  return repeatedHour ? `${repeatedHour} ${time}` : time;
}

/**
 * Formats the day and time of an instant in a zone: `formatDay` in the given form, "at", `formatTime`.
 *
 * @example
 * formatDayAtTime('Europe/Dublin', Date.UTC(2026, 11, 3, 17, 30), 'long', 'en-IE') //=> 'Thursday 3 December at 17:30'
 */
export function formatDayAtTime(
  timeZone: string,
  instant: number,
  form: 'short' | 'long' | 'full',
  locale: string,
): string {
  return `${formatDay(toWallTime(timeZone, instant).on, form, locale)} at ${formatTime(timeZone, instant, locale)}`;
}

/**
 * Formats a start and an end, each as `formatTime` does.
 *
 * @example
 * formatStartAndEndTime('Africa/Cairo', { start: Date.UTC(2027, 9, 28, 20, 30), end: Date.UTC(2027, 9, 28, 21, 30) }, 'en-IE') //=> 'first 23:30 to second 23:30'
 */
export function formatStartAndEndTime(
  timeZone: string,
  { start, end }: { start: number; end: number },
  locale: string,
): string {
  return `${formatTime(timeZone, start, locale)} to ${formatTime(timeZone, end, locale)}`;
}

/**
 * Formats a cadence.
 *
 * @example
 * formatCadence('biweekly') //=> 'every 2 weeks'
 */
export function formatCadence(cadence: Cadence): string {
  return CADENCES[cadence];
}

/**
 * Formats a range of days, both included; with years when the span is nearly a year or longer.
 *
 * @example
 * formatDayRange('2026-12-01', '2027-01-19', 'en-IE') //=> '1 Dec to 19 Jan'
 */
export function formatDayRange(fromOn: string, toOn: string, locale: string): string {
  const withYear = Math.abs(daysBetween(fromOn, toOn)) >= 330;
  const comma = getLocaleDateConventions(locale).isMonthFirst ? ',' : '';
  const format = (on: string) =>
    `${formatDateWithoutWeekday(on, 'short', locale)}${withYear ? `${comma} ${Number(on.slice(0, 4))}` : ''}`;
  return `${format(fromOn)} to ${format(toOn)}`;
}

/**
 * Formats a length of time: whole hours as hours, up to two days; whole days beyond; otherwise minutes.
 *
 * @example
 * formatDuration(1440) //=> '24 hours'
 */
export function formatDuration(minutes: number): string {
  const format = (n: number, unit: string) => `${n} ${unit}${n === 1 ? '' : 's'}`;
  if (minutes > 2880 && minutes % 1440 === 0) return format(minutes / 1440, 'day');
  if (minutes >= 60 && minutes % 60 === 0) return format(minutes / 60, 'hour');
  return format(minutes, 'minute');
}

/**
 * Names the zone that times are in, by its city; a zone without a place by its offset from UTC. The sign of `Etc/GMT+5`
 * is the opposite of what people write.
 *
 * @example
 * formatZoneCity('Europe/Dublin') //=> 'Dublin time'
 */
export function formatZoneCity(timeZone: string): string {
  const name = canonicalZoneName(timeZone);
  const city = name.slice(name.lastIndexOf('/') + 1).replaceAll('_', ' ');
  const away = /^GMT([+-])(\d+)$/.exec(city);
  if (away) return `UTC${away[1] === '+' ? '−' : '+'}${away[2]} time`;
  return `${city} time`;
}

/**
 * Names the zone that times are in, with its IANA name where it is a place: for mail, which may be read anywhere.
 *
 * @example
 * formatZoneInFull('Europe/Dublin') //=> 'Dublin time (Europe/Dublin)'
 */
export function formatZoneInFull(timeZone: string): string {
  const name = canonicalZoneName(timeZone);
  return /^(Etc\/|[^/]*$)/.test(name) ? formatZoneCity(name) : `${formatZoneCity(name)} (${name})`;
}
