// May this still be cancelled, moved or booked? Notice and cutoffs are elapsed minutes; the window counts local
// days of the practice, so that "30 days ahead" opens at its midnight and not at an hour that drifts with the clocks.

import { addDays } from './day';
import { checkInstant, checkWholeNumber } from './input-checks';
import { toWallTime } from './zone-conversion';

const MINUTE = 60_000;

/** An appointment's start and the moment of asking, in ms; `cutoffMinutes` before the start it is too late. */
export interface CutoffQuery {
  start: number;
  now: number;
  cutoffMinutes: number;
}

/** For how many minutes an appointment that was booked within the cutoff can be undone. */
export const LATE_BOOKING_UNDO_MINUTES = 15;

function isBeforeCutoff({ start, now, cutoffMinutes }: CutoffQuery): boolean {
  checkInstant('start', start);
  checkInstant('now', now);
  checkWholeNumber('cutoffMinutes', cutoffMinutes, 0);
  return now < start && now <= start - cutoffMinutes * MINUTE;
}

/**
 * Whether a client may still cancel. The moment of the cutoff is still in time; the start itself never is. With
 * `bookedAt`, a booking made too close to its start may be undone for `LATE_BOOKING_UNDO_MINUTES`.
 *
 * @example
 * canClientCancel({ start: Date.UTC(2026, 11, 2, 18), now: Date.UTC(2026, 11, 1, 18), cutoffMinutes: 1440 }) //=> true
 */
export function canClientCancel(query: CutoffQuery & { bookedAt?: number }): boolean {
  const { start, now, bookedAt } = query;
  if (isBeforeCutoff(query)) return true;
  if (bookedAt === undefined) return false;
  checkInstant('bookedAt', bookedAt);
  return now < start && now <= bookedAt + LATE_BOOKING_UNDO_MINUTES * MINUTE;
}

/**
 * Whether a client may still move an appointment. This cutoff is a separate setting from the one for cancelling.
 *
 * @example
 * isBeforeMoveCutoff({ start: Date.UTC(2026, 11, 2, 18), now: Date.UTC(2026, 11, 2, 17), cutoffMinutes: 720 }) //=> false
 */
export function isBeforeMoveCutoff(query: CutoffQuery): boolean {
  return isBeforeCutoff(query);
}

/**
 * Whether a client who has moved a date `moves` times may move it once more; 0 means no limit.
 *
 * @example
 * hasClientMovesLeft(2, { movesPerDate: 2 }) //=> false
 */
export function hasClientMovesLeft(moves: number, { movesPerDate }: { movesPerDate: number }): boolean {
  checkWholeNumber('movesPerDate', movesPerDate, 0);
  return movesPerDate === 0 || moves < movesPerDate;
}

/**
 * Whether clients may still change a date themselves, by moving it or by taking a sooner one that becomes free: the
 * date is upcoming, the move cutoff has not passed, and the date has moves left.
 *
 * @example
 * canMoveOnline({ start: Date.UTC(2026, 11, 2, 18), moves: 2 }, { moveCutoffMinutes: 720, movesPerDate: 2 }, Date.UTC(2026, 11, 1)) //=> false
 */
export function canMoveOnline(
  { start, moves }: { start: number; moves: number },
  { moveCutoffMinutes, movesPerDate }: { moveCutoffMinutes: number; movesPerDate: number },
  now: number,
): boolean {
  return (
    isBeforeMoveCutoff({ start, now, cutoffMinutes: moveCutoffMinutes }) && hasClientMovesLeft(moves, { movesPerDate })
  );
}

interface LeadTimes {
  noticeMinutes: number;
  moveCutoffMinutes: number;
}

/**
 * The rules as they bind the practice's own staff: they need no notice, and move a date whenever they like. Other rules
 * stay, and of these two a rule that is missing is not added.
 *
 * @example
 * removeLeadTimes({ noticeMinutes: 120, windowDays: 60 }) //=> { noticeMinutes: 0, windowDays: 60 }
 */
export function removeLeadTimes<Rules extends Partial<LeadTimes>>(rules: Rules): Rules {
  const none: LeadTimes = { noticeMinutes: 0, moveCutoffMinutes: 0 };
  return { ...rules, ...Object.fromEntries(Object.entries(none).filter(([name]) => name in rules)) };
}

/**
 * Checks whether a start may be booked at `now`: no sooner than the notice, and no later than the last local day of the
 * window, which is `windowDays` after today in the practice's zone.
 *
 * @example
 * checkBookingWindow({ start: Date.UTC(2026, 11, 1, 18), now: Date.UTC(2026, 11, 1, 17), noticeMinutes: 120, windowDays: 400, timeZone: 'Europe/Dublin' }) //=> 'too_soon'
 */
export function checkBookingWindow(query: {
  start: number;
  now: number;
  noticeMinutes: number;
  windowDays: number;
  timeZone: string;
}): 'ok' | 'too_soon' | 'too_far' {
  checkInstant('start', query.start);
  checkInstant('now', query.now);
  checkWholeNumber('noticeMinutes', query.noticeMinutes, 0);
  checkWholeNumber('windowDays', query.windowDays, 0);
  if (query.start < query.now + query.noticeMinutes * MINUTE) return 'too_soon';
  const lastOn = addDays(toWallTime(query.timeZone, query.now).on, query.windowDays);
  return toWallTime(query.timeZone, query.start).on > lastOn ? 'too_far' : 'ok';
}
