// May this still be cancelled, moved or booked? Notice and cutoffs are elapsed minutes; the window counts local days of
// the practice, so that "30 days ahead" opens at its midnight and not at an hour that drifts with the clocks.

import { addDays } from './day';
import { checkInstant, checkWhole } from './field';
import { toWall } from './zone';

const MINUTE = 60_000;

/** An appointment's start and the moment of asking, in ms; `cutoffMinutes` before the start it is too late. */
export interface CutoffQuery {
  start: number;
  now: number;
  cutoffMinutes: number;
}

function isBeforeCutoff({ start, now, cutoffMinutes }: CutoffQuery): boolean {
  checkInstant('start', start);
  checkInstant('now', now);
  checkWhole('cutoffMinutes', cutoffMinutes, 0);
  return now < start && now <= start - cutoffMinutes * MINUTE;
}

/**
 * Says whether a client may still cancel: the cutoff's own moment is in time, the start itself never is.
 *
 * @example
 * canCancel({ start: Date.UTC(2026, 11, 2, 18), now: Date.UTC(2026, 11, 1, 18), cutoffMinutes: 1440 }) //=> true
 */
export function canCancel(query: CutoffQuery): boolean {
  return isBeforeCutoff(query);
}

/**
 * Says whether a client may still move an appointment; the cutoff is another setting than that for cancelling.
 *
 * @example
 * canMove({ start: Date.UTC(2026, 11, 2, 18), now: Date.UTC(2026, 11, 2, 17), cutoffMinutes: 720 }) //=> false
 */
export function canMove(query: CutoffQuery): boolean {
  return isBeforeCutoff(query);
}

/**
 * Says whether a start may be booked at `now`: not sooner than the notice, and no later than the last local day of the
 * window, which is `windowDays` after today in the practice's zone.
 *
 * @example
 * isWithinWindow({ start: Date.UTC(2026, 11, 1, 18), now: Date.UTC(2026, 11, 1, 17), noticeMinutes: 120, windowDays: 400, timeZone: 'Europe/Dublin' }) //=> 'too_soon'
 */
export function isWithinWindow(query: {
  start: number;
  now: number;
  noticeMinutes: number;
  windowDays: number;
  timeZone: string;
}): 'ok' | 'too_soon' | 'too_far' {
  checkInstant('start', query.start);
  checkInstant('now', query.now);
  checkWhole('noticeMinutes', query.noticeMinutes, 0);
  checkWhole('windowDays', query.windowDays, 0);
  if (query.start < query.now + query.noticeMinutes * MINUTE) return 'too_soon';
  const lastOn = addDays(toWall(query.timeZone, query.now).on, query.windowDays);
  return toWall(query.timeZone, query.start).on > lastOn ? 'too_far' : 'ok';
}
