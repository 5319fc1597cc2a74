// Which dates of a plan does a client cancel who stops or pauses it, and when do they come again? By the same cutoff as
// for one date, so that stopping frees no more than cancelling each would.

import { canClientCancel } from './booking-policy';
import { checkArray, checkInstant } from './input-checks';

const DAY = 86_400_000;
/** How long a pause lasts. */
export const PAUSE_DAYS = 14;

/** A date of a plan. Instants in ms UTC; what is not `booked` is over, or was cancelled already. */
export interface CancellationCandidate {
  status: string;
  start: number;
  bookedAt: number;
}

/**
 * The dates that a client gives up who stops before `until`, exclusive, or for good where it is null. What has begun, and what
 * is too near to be cancelled, stays.
 *
 * @example
 * listRemainingDatesToCancel([{ status: 'booked', start: 9, bookedAt: 0 }], { until: 9, now: 0, cutoffMinutes: 0 }) //=> []
 */
export function listRemainingDatesToCancel<PlanDate extends CancellationCandidate>(
  dates: PlanDate[],
  { until, now, cutoffMinutes }: { until: number | null; now: number; cutoffMinutes: number },
): PlanDate[] {
  checkArray('dates', dates);
  if (until !== null) checkInstant('until', until);
  return dates.filter(({ status, start, bookedAt }) => {
    const isIn = status === 'booked' && (until === null || start < until);
    return isIn && canClientCancel({ start, now, cutoffMinutes, bookedAt });
  });
}

/** A pause that begins now: the dates that are cancelled, in order, and the first after them; null where none is left. */
export interface Pause<PlanDate> {
  /** Its end, exclusive, in ms UTC. */
  until: number;
  paused: PlanDate[];
  back: PlanDate | null;
}

/**
 * What a pause of `PAUSE_DAYS` days from `now` on gives up. A date in it that is too near to be cancelled stays, and is the one
 * to come back for.
 *
 * @example
 * planPause([{ status: 'booked', start: 9, bookedAt: 0 }], { now: 0, cutoffMinutes: 0 }).back //=> null
 */
export function planPause<PlanDate extends CancellationCandidate>(
  dates: PlanDate[],
  { now, cutoffMinutes }: { now: number; cutoffMinutes: number },
): Pause<PlanDate> {
  const until = now + PAUSE_DAYS * DAY;
  const paused = listRemainingDatesToCancel(dates, { until, now, cutoffMinutes }).toSorted((a, b) => a.start - b.start);
  const stillBooked = dates.filter((date) => date.status === 'booked' && date.start > now && !paused.includes(date));
  const back = stillBooked.toSorted((a, b) => a.start - b.start)[0] ?? null;
  return { until, paused, back };
}
