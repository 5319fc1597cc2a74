// Which dates of a plan does a client cancel who stops or pauses it, and when do they come again? By the same cutoff as
// for one date, so that stopping frees no more than cancelling each would.

import { canClientCancel } from './booking-policy';
import { addDays } from './day';
import { checkArray, checkInstant, checkWholeNumber } from './input-checks';
import { getDayInterval, toWallTime } from './zone-conversion';

/** How many weeks a pause may last. */
export const PAUSE_WEEKS = [1, 2, 3, 4] as const;

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

/** A pause of a plan: the dates that are left out, in order, and the first after them; null where none is left. */
export interface Pause<PlanDate> {
  weeks: number;
  /** Its end, exclusive, in ms UTC: the beginning of the local day that many weeks after the first date left out. */
  until: number;
  paused: PlanDate[];
  back: PlanDate | null;
}

interface PauseQuery {
  now: number;
  cutoffMinutes: number;
  timeZone: string;
}

/**
 * Plans a pause of so many weeks, counted in local days from the first date that can still be cancelled; null where none
 * can. Dates before that one stay, and so does a date within the pause that is too near to be cancelled: it is the one
 * to come back for.
 *
 * @example
 * planPause([{ status: 'booked', start: 9, bookedAt: 0 }], 2, { now: 0, cutoffMinutes: 0, timeZone: 'Europe/Dublin' })?.back //=> null
 */
export function planPause<PlanDate extends CancellationCandidate>(
  dates: PlanDate[],
  weeks: number,
  { now, cutoffMinutes, timeZone }: PauseQuery,
): Pause<PlanDate> | null {
  checkWholeNumber('weeks', weeks, 1);
  const limits = { now, cutoffMinutes };
  const inOrder = dates.toSorted((a, b) => a.start - b.start);
  const [first] = listRemainingDatesToCancel(inOrder, { until: null, ...limits });
  if (!first) return null;
  const lastOn = addDays(toWallTime(timeZone, first.start).on, 7 * weeks);
  const until = getDayInterval(timeZone, lastOn).start;
  const paused = listRemainingDatesToCancel(inOrder, { until, ...limits });
  const back = inOrder.find((date) => date.status === 'booked' && date.start > first.start && !paused.includes(date));
  return { weeks, until, paused, back: back ?? null };
}

/**
 * The pauses that a client may choose from. Each leaves a date to come back for, and of two that leave out the same
 * dates only the longer one is listed.
 *
 * @example
 * listPauses([{ status: 'booked', start: 9, bookedAt: 0 }], { now: 0, cutoffMinutes: 0, timeZone: 'Europe/Dublin' }) //=> []
 */
export function listPauses<PlanDate extends CancellationCandidate>(
  dates: PlanDate[],
  query: PauseQuery,
): (Pause<PlanDate> & { back: PlanDate })[] {
  const pauses = PAUSE_WEEKS.flatMap((weeks) => {
    const pause = planPause(dates, weeks, query);
    return pause?.back ? [{ ...pause, back: pause.back }] : [];
  });
  return pauses.filter(({ paused }, at) => pauses[at + 1]?.paused.length !== paused.length);
}
