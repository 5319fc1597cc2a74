// When is "18:00 on 1 December in Dublin", and what does the wall clock there show at this instant? Decided only here:
// a time that a clock change skips is shifted forward by the length of the gap, and one that happens twice is the first
// of the two (RFC 5545, section 3.3.5). Instants are ms since the epoch, UTC.

import { dayFromNumber, dayNumber } from './day';
import { checkInstant } from './input-checks';
import type { Interval } from './interval-arithmetic';
import { formatMinuteOfDay, parseMinuteOfDay } from './time-of-day';
import { getZone, listClockChanges, offsetPeriodAt, type Zone } from './zone-offsets';

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * Turns a wall time, counted in ms as if it were UTC, into the instant it names in a zone.
 *
 * @example
 * wallMsToInstant(getZone('Europe/Dublin'), Date.UTC(2026, 6, 1, 18)) //=> Date.UTC(2026, 6, 1, 17)
 */
export function wallMsToInstant(zone: Zone, wall: number): number {
  const before = offsetPeriodAt(zone, wall - DAY).offset;
  const after = offsetPeriodAt(zone, wall + DAY).offset;
  if (before === after) return wall - before;
  const early = wall - Math.max(before, after);
  const late = wall - Math.min(before, after);
  if (offsetPeriodAt(zone, early).offset === wall - early) return early;
  if (offsetPeriodAt(zone, late).offset === wall - late) return late;
  return wall - before;
}

/**
 * Turns a wall time into its instant. `24:00` is the next midnight. A time in a gap is shifted forward by the gap
 * (the instant's own wall time is then later than the one asked for, perhaps on the next day); a repeated time is
 * the first of the two, and `01:30~2` the second, where there is one. Throws a RangeError for a malformed zone, day or
 * time.
 *
 * @example
 * toInstant('Europe/Dublin', '2026-12-01', '18:00') //=> Date.UTC(2026, 11, 1, 18)
 */
export function toInstant(timeZone: string, on: string, time: string): number {
  const zone = getZone(timeZone);
  const first = wallMsToInstant(zone, dayNumber(on) * DAY + parseMinuteOfDay(removeRepeatMark(time)) * MINUTE);
  if (!isSecondOfRepeatedTime(time)) return first;
  const change = listClockChanges(zone, first, first + DAY).find(
    ({ at, before, after }) => first >= at - (before - after),
  );
  return change ? first + change.before - change.after : first;
}

/** Suffix of a wall time that comes twice on its day, for the second of the two. */
const SECOND = '~2';

/**
 * Whether a wall time is marked as the second of two.
 *
 * @example
 * isSecondOfRepeatedTime('01:30~2') //=> true
 */
export function isSecondOfRepeatedTime(time: string): boolean {
  return /~2$/.test(time);
}

/**
 * Removes the mark for the second of two from a wall time.
 *
 * @example
 * removeRepeatMark('01:30~2') //=> '01:30'
 */
export function removeRepeatMark(time: string): string {
  return isSecondOfRepeatedTime(time) ? time.slice(0, -SECOND.length) : time;
}

/**
 * Formats the wall time of an instant in a form from which `toInstant` finds the same instant, also where the clock
 * shows it twice.
 *
 * @example
 * toWallTimeWithRepeatMark('Europe/Dublin', Date.UTC(2027, 9, 31, 1, 30)) //=> '01:30~2'
 */
export function toWallTimeWithRepeatMark(timeZone: string, instant: number): string {
  const { time } = toWallTime(timeZone, instant);
  return getRepeatedHourOrder(timeZone, instant) === 'second' ? `${time}${SECOND}` : time;
}

/**
 * Converts an instant to what calendar and clock show. `time` drops the seconds; `offsetMinutes` is wall minus UTC.
 *
 * @example
 * toWallTime('Asia/Kathmandu', Date.UTC(2026, 11, 1)) //=> { on: '2026-12-01', time: '05:45', offsetMinutes: 345 }
 */
export function toWallTime(timeZone: string, instant: number): { on: string; time: string; offsetMinutes: number } {
  checkInstant('instant', instant);
  const offset = offsetPeriodAt(getZone(timeZone), instant).offset;
  const wall = instant + offset;
  const day = Math.floor(wall / DAY);
  return {
    on: dayFromNumber(day),
    time: formatMinuteOfDay(Math.floor((wall - day * DAY) / MINUTE)),
    offsetMinutes: offset / MINUTE,
  };
}

/**
 * Writes an instant as ISO 8601 with the zone's offset, to the second.
 *
 * @example
 * toIsoWithOffset('Europe/Dublin', Date.UTC(2026, 11, 1, 18)) //=> '2026-12-01T18:00:00+00:00'
 */
export function toIsoWithOffset(timeZone: string, instant: number): string {
  const { on, time, offsetMinutes } = toWallTime(timeZone, instant);
  const seconds = Math.floor((instant + offsetMinutes * MINUTE) / 1000) % 60;
  const size = formatMinuteOfDay(Math.round(Math.abs(offsetMinutes)));
  return `${on}T${time}:${String((seconds + 60) % 60).padStart(2, '0')}${offsetMinutes < 0 ? '-' : '+'}${size}`;
}

/**
 * Returns where a local day begins and ends: 23, 24 or 25 hours, from its first instant to the next day's first. A day
 * whose midnight lies in a gap begins when the gap ends; a day that the zone skipped is empty.
 *
 * @example
 * getDayInterval('America/Sao_Paulo', '2018-11-04').start //=> Date.UTC(2018, 10, 4, 3)
 */
export function getDayInterval(timeZone: string, on: string): Interval {
  const zone = getZone(timeZone);
  const day = dayNumber(on) * DAY;
  return { start: firstInstantOfDay(zone, day), end: firstInstantOfDay(zone, day + DAY) };
}

/**
 * Finds the first instant of a local day, whose midnight is counted in ms as if it were UTC. A day whose midnight lies
 * in a gap begins when the gap ends; shifting midnight forward would lose the minutes in between.
 *
 * @example
 * firstInstantOfDay(getZone('America/Toronto'), Date.UTC(1919, 2, 31)) //=> Date.UTC(1919, 2, 31, 4, 30)
 */
export function firstInstantOfDay(zone: Zone, midnight: number): number {
  const instant = wallMsToInstant(zone, midnight);
  if (instant + offsetPeriodAt(zone, instant).offset === midnight) return instant;
  return listClockChanges(zone, instant - DAY, instant + 1).at(-1)!.at;
}

/**
 * Returns which of the two an instant is, if the clock shows its wall time twice, as when clocks are put back; null for
 * all other times.
 *
 * @example
 * getRepeatedHourOrder('Europe/Dublin', Date.UTC(2027, 9, 31, 1, 30)) //=> 'second'
 */
export function getRepeatedHourOrder(timeZone: string, instant: number): 'first' | 'second' | null {
  for (const { at, before, after } of listClockChanges(getZone(timeZone), instant - DAY, instant + DAY)) {
    const twice = before - after;
    if (instant >= at - twice && instant < at) return 'first';
    if (instant >= at && instant < at + twice) return 'second';
  }
  return null;
}
