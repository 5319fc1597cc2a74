// Which day is it, and which day is n days later? Local days are text, `YYYY-MM-DD`, in no zone at all: a day of the
// practice is not an instant, and adding days to it crosses no clock change. Counting is by the proleptic Gregorian
// calendar, years 0001 to 9999; anything else throws a RangeError that names the field.

import { malformedFieldError } from './input-checks';

/** 0 = Sunday, as `Date.getDay` and the hours of a practice count. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

const FIRST = -719_162;
const LAST = 2_932_896;
const DAYS_BEFORE_MONTH = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

function digits(text: string, from: number, until: number): number {
  let value = 0;
  for (let i = from; i < until; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days since 1970-01-01, or NaN when `on` is no day. */
function numberOf(on: unknown): number {
  if (typeof on !== 'string' || on.length !== 10 || on[4] !== '-' || on[7] !== '-') return Number.NaN;
  const year = digits(on, 0, 4);
  const month = digits(on, 5, 7);
  const day = digits(on, 8, 10);
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  const long =
    month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  if (day > long) return Number.NaN;
  const before = year - 1;
  const leapDay = month > 2 && isLeap(year) ? 1 : 0;
  return (
    FIRST +
    before * 365 +
    Math.floor(before / 4) -
    Math.floor(before / 100) +
    Math.floor(before / 400) +
    DAYS_BEFORE_MONTH[month]! +
    leapDay +
    day -
    1
  );
}

/**
 * Whether `on` is a real day written `YYYY-MM-DD`.
 *
 * @example
 * isDay('2027-02-29') //=> false
 */
export function isDay(on: unknown): on is string {
  return !Number.isNaN(numberOf(on));
}

/**
 * Whether `on` is a real day in the years 1970 to 2199. A day read from an address should be: weeks and years are
 * counted on from it, and those after 9999-12-31 are not days.
 *
 * @example
 * isDayWithinSupportedYears('9999-12-31') //=> false
 */
export function isDayWithinSupportedYears(on: unknown): on is string {
  return isDay(on) && on >= '1970-01-01' && on < '2200-01-01';
}

/**
 * Counts the days from 1970-01-01 to `on`, so that days can be compared and divided as integers.
 * `field` is the name the RangeError uses when `on` is no day.
 *
 * @example
 * dayNumber('1970-01-02') //=> 1
 */
export function dayNumber(on: string, field = 'on'): number {
  const number = numberOf(on);
  if (Number.isNaN(number)) throw malformedFieldError(field, 'a day written YYYY-MM-DD', on);
  return number;
}

/**
 * Writes a day number as a local day; throws a RangeError that names `field` outside the years 0001 to 9999.
 *
 * @example
 * dayFromNumber(1) //=> '1970-01-02'
 */
export function dayFromNumber(number: number, field = 'day'): string {
  if (!(number >= FIRST && number <= LAST)) throw malformedFieldError(field, 'in the years 0001 to 9999', number);
  const date = new Date(number * 86_400_000);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + 1;
  const day = date.getUTCDate();
  return `${String(year).padStart(4, '0')}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`;
}

/**
 * Adds `n` calendar days, which may be negative.
 *
 * @example
 * addDays('2028-02-28', 2) //=> '2028-03-01'
 */
export function addDays(on: string, n: number): string {
  return dayFromNumber(dayNumber(on) + n);
}

/**
 * Lists `n` days in a row, from `on`; none where `n` is not positive.
 *
 * @example
 * listDays('2026-12-31', 2) //=> ['2026-12-31', '2027-01-01']
 */
export function listDays(on: string, n: number): string[] {
  return Array.from({ length: n }, (_, after) => addDays(on, after));
}

/**
 * Counts the calendar days from `a` to `b`; negative when `b` is earlier.
 *
 * @example
 * daysBetween('2026-12-31', '2027-01-04') //=> 4
 */
export function daysBetween(a: string, b: string): number {
  return dayNumber(b, 'b') - dayNumber(a, 'a');
}

/**
 * Returns the weekday of a day number.
 *
 * @example
 * weekdayOfDayNumber(0) //=> 4
 */
export function weekdayOfDayNumber(number: number): Weekday {
  return ((((number + 4) % 7) + 7) % 7) as Weekday;
}

/**
 * Returns the weekday of a local day, 0 = Sunday.
 *
 * @example
 * weekdayOf('2026-12-01') //=> 2
 */
export function weekdayOf(on: string): Weekday {
  return weekdayOfDayNumber(dayNumber(on));
}

/**
 * Gives the Monday of the week that holds a local day.
 *
 * @example
 * mondayOf('2027-01-03') //=> '2026-12-28'
 */
export function mondayOf(on: string): string {
  return addDays(on, -((weekdayOf(on) + 6) % 7));
}
