// When does a client get the message after a date? The morning after, or within three days, else not at all. And when
// would the next date of the same plan have been? Instants are ms since the epoch, UTC.

import { type Cadence, daysBetweenSessions } from './cadence';
import { addDays } from './day';
import { checkInstant } from './input-checks';
import { isQuietHours } from './reminder-schedule';
import { toInstant, toWallTime } from './zone-conversion';

const MORNING = '09:00';
/** No message is sent later than this after the date, in ms. */
export const FOLLOW_UP_DEADLINE_MS = 3 * 24 * 3_600_000;
/** The days for which a practice may hold the same time; 0 holds nothing. */
export const REBOOKING_HOLD_DAY_CHOICES: readonly number[] = [0, 2, 3, 5, 7];
/** The most dates that are held: others seldom want the later ones so soon. */
export const MAX_REBOOKING_HELD_DATES = 3;

const EVENING = '20:00';
/** A shorter hold would end before its e-mail is read. */
const SHORTEST_HOLD_MS = 12 * 3_600_000;

/**
 * Whether it is time to send the message that follows a date that ended at `end`: from 09:00 of the next day by the
 * practice's clock, within three days, and not at night. False for a message that was due by `since`, when the practice
 * switched these messages on.
 *
 * @example
 * isFollowUpDue({ timeZone: 'Europe/Dublin', end: Date.UTC(2026, 11, 1, 19), since: 0, now: Date.UTC(2026, 11, 2, 9) }) //=> true
 */
export function isFollowUpDue(query: { timeZone: string; end: number; since: number; now: number }): boolean {
  const { timeZone, end, since, now } = query;
  checkInstant('end', end);
  checkInstant('now', now);
  const dueAt = toInstant(timeZone, addDays(toWallTime(timeZone, end).on, 1), MORNING);
  return now >= dueAt && dueAt > since && now - end <= FOLLOW_UP_DEADLINE_MS && !isQuietHours(timeZone, now);
}

/**
 * Gives the day and hour of the next date in the rhythm of a plan, by the practice's clock: a week after its last place,
 * or two weeks.
 *
 * @example
 * getNextDateInCadence('Europe/Dublin', Date.UTC(2026, 11, 1, 18), 'weekly') //=> { on: '2026-12-08', time: '18:00' }
 */
export function getNextDateInCadence(timeZone: string, last: number, cadence: Cadence): { on: string; time: string } {
  const { on, time } = toWallTime(timeZone, last);
  return { on: addDays(on, cadence === 'biweekly' ? 14 : 7), time };
}

/**
 * Gives the starts of the dates that are held of a plan that may be booked again: the first of it, in its rhythm, at most
 * three. `place` is the first, by the practice's clock.
 *
 * @example
 * listRebookingHoldStarts('Europe/Dublin', { on: '2026-12-08', time: '18:00' }, { cadence: 'weekly', sessions: 2 }) //=> [Date.UTC(2026, 11, 8, 18), Date.UTC(2026, 11, 15, 18)]
 */
export function listRebookingHoldStarts(
  timeZone: string,
  { on, time }: { on: string; time: string },
  { cadence, sessions }: { cadence: Cadence; sessions: number },
): number[] {
  const many = cadence === 'once' ? 1 : Math.min(sessions, MAX_REBOOKING_HELD_DATES);
  return Array.from({ length: many }, (_, at) =>
    toInstant(timeZone, addDays(on, at * daysBetweenSessions(cadence)), time),
  );
}

/**
 * Gives until when a time is held: 20:00 so many days ahead by the practice's clock, or as long as the first date can be
 * booked where that is sooner. Null for no days, and where less than half a day would be left.
 *
 * @example
 * getRebookingHoldEnd({ timeZone: 'Europe/Dublin', days: 3, firstStart: Date.UTC(2026, 11, 8, 18), noticeMinutes: 120, now: Date.UTC(2026, 11, 2, 9) }) //=> Date.UTC(2026, 11, 5, 20)
 */
export function getRebookingHoldEnd(query: {
  timeZone: string;
  days: number;
  firstStart: number;
  noticeMinutes: number;
  now: number;
}): number | null {
  const { timeZone, days, firstStart, noticeMinutes, now } = query;
  checkInstant('firstStart', firstStart);
  checkInstant('now', now);
  if (days === 0) return null;
  const evening = toInstant(timeZone, addDays(toWallTime(timeZone, now).on, days), EVENING);
  const until = Math.min(evening, firstStart - noticeMinutes * 60_000);
  return until - now < SHORTEST_HOLD_MS ? null : until;
}
