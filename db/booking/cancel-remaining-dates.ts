import type { Viewer } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db, RollBack } from '@/db/connection/connection';
import { getPractice } from '@/db/practice/practice';
import type { Refusal } from '@/db/results';
import { type CancellationCandidate, listRemainingDatesToCancel } from '@/scheduling/plan-pause';
import { findWholeSeries } from './add-dates';
import { cancelRowsSilently, finishCancellation } from './cancel-appointments';

export type CancelRemainingResult =
  | { ok: true; cancelled: string[] }
  | Refusal<'not_found' | 'conflict' | 'nothing_left'>;

/**
 * Cancels the dates of a plan that begin before an instant, or all that are left; those too near to be cancelled stay.
 * Nothing else of the plan changes. On any result but `ok`, the caller must undo the transaction.
 */
export async function cancelRemainingDates(
  tx: Db,
  undo: RollBack,
  viewer: Extract<Viewer, { role: 'link' }>,
  { version, until }: { version: number; until: number | null },
  now: number,
): Promise<CancelRemainingResult> {
  const found = await findWholeSeries(tx, viewer, viewer.seriesId);
  if (!found) return { ok: false, reason: 'not_found' };
  if (found.seriesRow.version !== version) return { ok: false, reason: 'conflict' };
  const practice = await getPractice(tx);
  const cutoffMinutes = practice.cancelCutoffMinutes;
  const toCancel = listRemainingDatesToCancel(toCancellationCandidates(found.rows), { until, now, cutoffMinutes });
  if (toCancel.length === 0) return { ok: false, reason: 'nothing_left' };
  if (!(await cancelRowsSilently(tx, viewer, toCancel, now)))
    return undo<CancelRemainingResult>({ ok: false, reason: 'conflict' });
  await finishCancellation(tx, viewer, practice, toCancel, { now, scope: until === null ? 'all' : 'pause' });
  return { ok: true, cancelled: toCancel.map(({ id }) => id) };
}

/** Maps rows of a plan to what the cancellation rules look at. */
export function toCancellationCandidates(rows: AppointmentRow[]): (AppointmentRow & CancellationCandidate)[] {
  return rows.map((row) => ({ ...row, start: row.startAt, bookedAt: row.createdAt }));
}
