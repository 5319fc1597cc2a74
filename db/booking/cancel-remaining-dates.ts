import type { Viewer } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/own-appointment';
import type { Db, Undo } from '@/db/connection/connection';
import { getPractice } from '@/db/practice/practice';
import type { Refusal } from '@/db/results';
import { canCancel } from '@/scheduling/policy';
import { findWholeSeries } from './add-dates';
import { cancelRows, notifyCancelled } from './cancel-appointments';

export type GiveUpResult = { ok: true; cancelled: string[] } | Refusal<'not_found' | 'conflict' | 'nothing_left'>;

/**
 * Gives up the dates of a plan that begin before an instant, or all that are left; those too near to be cancelled stay.
 * Nothing else of the plan changes. Whatever it returns but `ok`, the caller has to undo.
 */
export async function cancelRemainingDates(
  tx: Db,
  undo: Undo,
  viewer: Extract<Viewer, { role: 'link' }>,
  { version, until }: { version: number; until: number | null },
  now: number,
): Promise<GiveUpResult> {
  const found = await findWholeSeries(tx, viewer, viewer.seriesId);
  if (!found) return { ok: false, reason: 'not_found' };
  if (found.seriesRow.version !== version) return { ok: false, reason: 'conflict' };
  const practice = await getPractice(tx);
  const going = datesToGiveUp(found.rows, practice, { until, now });
  if (going.length === 0) return { ok: false, reason: 'nothing_left' };
  if (!(await cancelRows(tx, viewer, going, now))) return undo<GiveUpResult>({ ok: false, reason: 'conflict' });
  await notifyCancelled(tx, viewer, practice, going, { now, scope: until === null ? 'all' : 'pause' });
  return { ok: true, cancelled: going.map(({ id }) => id) };
}

/** Those of a plan that its client can still cancel. */
export function datesToGiveUp(
  rows: AppointmentRow[],
  { cancelCutoffMinutes: cutoffMinutes }: { cancelCutoffMinutes: number },
  { until, now }: { until: number | null; now: number },
): AppointmentRow[] {
  return rows.filter(({ status, startAt: start, createdAt: bookedAt }) => {
    const isIn = status === 'booked' && start > now && (until === null || start < until);
    return isIn && canCancel({ start, now, cutoffMinutes, bookedAt });
  });
}
