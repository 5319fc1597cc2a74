import type { Viewer } from '@/db/access/viewer';
import type { Db, RollBack } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { PAUSE_WEEKS, planPause } from '@/scheduling/plan-pause';
import { findWholeSeries } from './add-dates';
import { type CancelRemainingResult, cancelRemainingDates, toCancellationCandidates } from './cancel-remaining-dates';

/** A pause as it was shown to a client: where it ends, and how many dates it cancels. */
export interface ShownPause {
  until: number;
  count: number;
}

export type PauseResult = { ok: true } | Refusal<'not_found' | 'conflict' | 'nothing_left'>;

/** Cancels a client's dates of so many weeks, as they were shown; later dates stay. */
export async function pausePlan(
  viewer: Extract<Viewer, { role: 'link' }>,
  request: ShownPause & { version: number },
  { now }: Clock,
): Promise<PauseResult> {
  const result = await transact<CancelRemainingResult>(async (tx, undo) => {
    const cancelled = await pauseInTransaction(tx, undo, viewer, request, now);
    return cancelled.ok ? cancelled : undo<CancelRemainingResult>(cancelled);
  });
  return result.ok ? { ok: true } : result;
}

/**
 * As `pausePlan`, inside a transaction that does more. On any result but `ok`, the caller must undo the transaction.
 */
export async function pauseInTransaction(
  tx: Db,
  undo: RollBack,
  viewer: Extract<Viewer, { role: 'link' }>,
  { version, until, count }: ShownPause & { version: number },
  now: number,
): Promise<CancelRemainingResult> {
  const found = await findWholeSeries(tx, viewer, viewer.seriesId);
  if (!found) return { ok: false, reason: 'not_found' };
  const { timeZone, cancelCutoffMinutes: cutoffMinutes } = await getPractice(tx);
  const dates = toCancellationCandidates(found.rows);
  const pauses = PAUSE_WEEKS.flatMap((weeks) => planPause(dates, weeks, { now, cutoffMinutes, timeZone }) ?? []);
  if (pauses.length === 0) return { ok: false, reason: 'nothing_left' };
  // A date that has become too near since the pause was shown would stay booked, and another would be cancelled for it.
  if (!pauses.some((pause) => pause.until === until && pause.paused.length === count))
    return { ok: false, reason: 'conflict' };
  return cancelRemainingDates(tx, undo, viewer, { version, until }, now);
}
