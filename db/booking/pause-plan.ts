import { transact } from '@/db/connection/database-client';
import type { Clock, Refusal } from '@/db/results';
import { DAY_MS } from '@/db/retention';
import { PAUSE_DAYS } from '@/scheduling/plan-pause';
import { type CancelRemainingResult, cancelRemainingDates } from './cancel-remaining-dates';

/** A pause as it was shown to a client. */
export interface PauseRequest {
  /** The version of the plan that was seen. */
  version: number;
  until: number;
  /** How many dates it cancels; if that is no longer right, nothing is changed. */
  count: number;
}

export type PauseResult = { ok: true } | Refusal<'not_found' | 'conflict' | 'nothing_left'>;

/** Cancels a client's dates of the next two weeks, as they were shown; later dates stay. */
export async function pausePlan(
  viewer: { role: 'link'; seriesId: string },
  { version, until, count }: PauseRequest,
  { now }: Clock,
): Promise<PauseResult> {
  if (!(until > now && until <= now + PAUSE_DAYS * DAY_MS)) return { ok: false, reason: 'conflict' };
  const result = await transact<CancelRemainingResult>(async (tx, undo) => {
    const cancelled = await cancelRemainingDates(tx, undo, viewer, { version, until }, now);
    if (!cancelled.ok) return undo<CancelRemainingResult>(cancelled);
    // A date that has become too near since it was shown would stay booked, and nobody would come.
    return cancelled.cancelled.length === count
      ? cancelled
      : undo<CancelRemainingResult>({ ok: false, reason: 'conflict' });
  });
  return result.ok ? { ok: true } : result;
}
