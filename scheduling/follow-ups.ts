// When is a client written to after a date? The morning after, and soon or not at all. And when would the next date of the
// same plan have been? Instants are ms since the epoch, UTC.

import { addDays } from './day';
import { checkInstant } from './input-checks';
import { isNight } from './reminders';
import { toInstant, toWall } from './zone';

const MORNING = '09:00';
/** Later than this after the date nobody is written to because of it. */
export const FOLLOW_UP_WITHIN_MS = 3 * 24 * 3_600_000;

/**
 * Says whether it is time to write after a date that ended at `end`: from 09:00 of the next day by the practice's clock,
 * within three days, and not in the night. Nothing that was due at `since`, when the practice began to write.
 *
 * @example
 * isFollowUpDue({ timeZone: 'Europe/Dublin', end: Date.UTC(2026, 11, 1, 19), since: 0, now: Date.UTC(2026, 11, 2, 9) }) //=> true
 */
export function isFollowUpDue(query: { timeZone: string; end: number; since: number; now: number }): boolean {
  const { timeZone, end, since, now } = query;
  checkInstant('end', end);
  checkInstant('now', now);
  const dueAt = toInstant(timeZone, addDays(toWall(timeZone, end).on, 1), MORNING);
  return now >= dueAt && dueAt > since && now - end <= FOLLOW_UP_WITHIN_MS && !isNight(timeZone, now);
}

/**
 * Gives the day and hour of the next date in the rhythm of a plan, by the practice's clock: a week after its last place,
 * or two weeks.
 *
 * @example
 * nextPlace('Europe/Dublin', Date.UTC(2026, 11, 1, 18), 'weekly') //=> { on: '2026-12-08', time: '18:00' }
 */
export function nextPlace(
  timeZone: string,
  last: number,
  cadence: 'once' | 'weekly' | 'biweekly',
): { on: string; time: string } {
  const { on, time } = toWall(timeZone, last);
  return { on: addDays(on, cadence === 'biweekly' ? 14 : 7), time };
}
