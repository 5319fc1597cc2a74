// Which minute of the day does "18:30" name, and how is a minute written? No day and no zone play a part; `zone-conversion.ts`
// makes an instant of them.

import { malformedFieldError } from './input-checks';

const ZERO = 48;
const COLON = 58;

/** Two digits of a time as a number; NaN where one is none. */
function twoDigits(time: string, at: number): number {
  const tens = time.charCodeAt(at) - ZERO;
  const unit = time.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && unit >= 0 && unit <= 9 ? tens * 10 + unit : Number.NaN;
}

/** `HH:MM`, from `00:00` to `23:59`: a time at which something can begin. `24:00` only ends. */
export const TIME_OF_DAY = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * Whether a value is a time of day written `HH:MM`, from `00:00` to `23:59`. Values that are not strings are not.
 *
 * @example
 * isTimeOfDay('24:00') //=> false
 */
export function isTimeOfDay(time: unknown): time is string {
  return typeof time === 'string' && TIME_OF_DAY.test(time);
}

/**
 * Reads `HH:MM` as minutes since midnight; `24:00` is 1440, and anything else is NaN. A search for times reads six
 * hundred of them, which is why this looks at characters.
 *
 * @example
 * parseMinuteOfDayOrNaN('18:30') //=> 1110
 */
export function parseMinuteOfDayOrNaN(time: unknown): number {
  if (typeof time !== 'string' || time.length !== 5 || time.charCodeAt(2) !== COLON) return Number.NaN;
  const hours = twoDigits(time, 0);
  const minutes = twoDigits(time, 3);
  return minutes <= 59 && (hours <= 23 || (hours === 24 && minutes === 0)) ? hours * 60 + minutes : Number.NaN;
}

/**
 * Reads `HH:MM` as minutes since midnight; `24:00` is 1440. Throws a RangeError that names `field` for anything else.
 *
 * @example
 * parseMinuteOfDay('18:30') //=> 1110
 */
export function parseMinuteOfDay(time: string, field = 'time'): number {
  const minute = parseMinuteOfDayOrNaN(time);
  if (Number.isNaN(minute)) throw malformedFieldError(field, 'a time written HH:MM, up to 24:00', time);
  return minute;
}

/**
 * Writes minutes since midnight as `HH:MM`.
 *
 * @example
 * formatMinuteOfDay(1110) //=> '18:30'
 */
export function formatMinuteOfDay(minute: number): string {
  const hours = Math.floor(minute / 60);
  const rest = minute % 60;
  return `${hours < 10 ? '0' : ''}${hours}:${rest < 10 ? '0' : ''}${rest}`;
}
