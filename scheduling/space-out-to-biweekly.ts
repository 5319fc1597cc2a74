// On which days does a weekly plan go on that is spaced out to every 2 weeks? At its hour, and with as many dates as are left of
// it. Days are those that the plan had for each date, whatever was moved by hand since.

import { isBeforeMoveCutoff } from './booking-policy';
import { addDays, daysBetween } from './day';
import { checkArray, checkInstant, checkWholeNumber } from './input-checks';

const MINUTE = 60_000;
const WEEK = 7;
const FORTNIGHT = 14;
/** Nearer than that, two dates are a week apart and not two. */
const NEAR = 11;

/**
 * Whether a date moves along when its plan is spaced out. Dates too close to be moved stay, and so do those closer than
 * the notice, as no other time so soon could be booked. `start` and `now` are instants in ms UTC.
 *
 * @example
 * isMovedBySpacingOut({ start: 3_600_000, now: 0, cutoffMinutes: 0, noticeMinutes: 60 }) //=> false
 */
export function isMovedBySpacingOut(query: {
  start: number;
  now: number;
  cutoffMinutes: number;
  noticeMinutes: number;
}): boolean {
  const { start, now, cutoffMinutes, noticeMinutes } = query;
  checkInstant('start', start);
  checkInstant('now', now);
  checkWholeNumber('noticeMinutes', noticeMinutes, 0);
  return start > now + noticeMinutes * MINUTE && isBeforeMoveCutoff({ start, now, cutoffMinutes });
}

/**
 * The days of the dates that go along, in order, each two weeks after the one before. `days` are the days they have, the
 * first one first, and `held` those of the dates that stand before them, in any order. The first stays where it is if the last
 * before it is two weeks back, and goes a week on else. Days are `YYYY-MM-DD`; anything else throws a RangeError.
 *
 * @example
 * spaceDaysTwoWeeksApart(['2026-12-08', '2026-12-15'], ['2026-12-01']) //=> ['2026-12-15', '2026-12-29']
 */
export function spaceDaysTwoWeeksApart(days: string[], held: string[]): string[] {
  checkArray('days', days);
  checkArray('held', held);
  const [first] = days;
  if (first === undefined) return [];
  const last = held.toSorted().at(-1);
  const isWeekOn = last !== undefined && daysBetween(last, first) < NEAR;
  const from = isWeekOn ? addDays(first, WEEK) : first;
  return days.map((_, at) => addDays(from, FORTNIGHT * at));
}
