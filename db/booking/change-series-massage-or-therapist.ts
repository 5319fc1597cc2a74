import { eq } from 'drizzle-orm';
import { isStaff, type Viewer } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db, RollBack } from '@/db/connection/connection';
import { getPractice } from '@/db/practice/practice';
import { exemptStaff } from '@/db/practice/staff-exemption';
import type { Refusal } from '@/db/results';
import { appointments, series } from '@/db/schema';
import { isBeforeMoveCutoff } from '@/scheduling/booking-policy';
import { computePaddedInterval } from '@/scheduling/choose-resources';
import { type BookableService, getPriceOfLength } from '@/scheduling/plan-booking';
import { findWholeSeries } from './add-dates';
import { gatherBookingRules, relaxRulesForStaff } from './booking-rules';
import { checkMovesAgainstRules, placeNewTimes } from './claim-new-times';
import { hasLedgerEntry } from './has-ledger-entry';
import type { DateMove } from './plan-move';
import { notifyOfMoves, writeSeriesAfterMove } from './write-move';

export type ChangeSeriesMassageResult =
  | { ok: true }
  | Refusal<'not_found' | 'conflict' | 'nothing_left' | 'taken' | 'paid'>;

/**
 * Gives every remaining date another massage, another therapist, or both, at its present time and at today's price: all
 * of them or none. On any result but `ok`, the caller must undo the transaction.
 */
export async function changeSeriesMassageOrTherapist(
  tx: Db,
  undo: RollBack,
  viewer: Viewer,
  request: { seriesId: string; version: number; serviceId: string; therapistId: string },
  now: number,
): Promise<ChangeSeriesMassageResult> {
  const { seriesId, version, serviceId, therapistId } = request;
  const found = await findWholeSeries(tx, viewer, seriesId);
  if (!found) return { ok: false, reason: 'not_found' };
  if (found.seriesRow.version !== version) return { ok: false, reason: 'conflict' };
  const practice = await getPractice(tx);
  const isForStaff = isStaff(viewer);
  const { moveCutoffMinutes: cutoffMinutes, noticeMinutes } = exemptStaff(practice, isForStaff);
  // A date too near to be booked stays as it is.
  const soonest = now + noticeMinutes * MINUTE;
  const toChange = found.rows.filter(
    ({ status, startAt: start }) =>
      status === 'booked' && start > soonest && isBeforeMoveCutoff({ start, now, cutoffMinutes }),
  );
  if (toChange.length === 0) return { ok: false, reason: 'nothing_left' };
  const ids = toChange.map(({ id }) => id);
  if (await hasLedgerEntry(tx, ids)) return { ok: false, reason: 'paid' };
  const dates = toChange.map((row) => ({ startsAt: row.startAt, therapistId }));
  const { rules: gathered, services } = await gatherBookingRules(tx, dates, now);
  const rules = isForStaff ? relaxRulesForStaff(gathered) : gathered;
  const service = rules.services.get(serviceId);
  const booking = services.find(({ id }) => id === serviceId)?.booking;
  if (!isForStaff && (booking === 'phone' || booking === 'approval')) return { ok: false, reason: 'not_found' };
  if (!service || !toChange.every(({ minutes }) => service.lengths.some((length) => length.minutes === minutes)))
    return { ok: false, reason: 'not_found' };
  const moves = toChange.map((row): DateMove => {
    const padded = computePaddedInterval(row.startAt, { ...service, minutes: row.minutes });
    const paddedEndAt = padded.end + extraOf(row, rules.services.get(row.serviceId));
    return {
      row: { ...row, serviceId, paddedStartAt: padded.start, paddedEndAt },
      startsAt: row.startAt,
      therapistId,
      minutes: row.minutes,
      nominalStartsAt: row.nominalStartAt,
      nominalTherapistId: therapistId,
    };
  });
  const matched = checkMovesAgainstRules(moves, rules, []);
  if (!matched.ok) return { ok: false, reason: 'not_found' };
  const placed = await placeNewTimes(tx, moves, matched, { practice, rules, now, isForStaff, isCounted: false });
  if (!placed.ok) return undo<ChangeSeriesMassageResult>({ ok: false, reason: 'taken' });
  for (const row of toChange)
    await tx
      .update(appointments)
      .set({ serviceId, priceCents: getPriceOfLength(service, row.minutes, therapistId) })
      .where(eq(appointments.id, row.id));
  await writeSeriesAfterMove(tx, seriesId, { series: null, places: [], skips: [] });
  await tx.update(series).set({ therapistId }).where(eq(series.id, seriesId));
  await notifyOfMoves(
    tx,
    practice,
    seriesId,
    moves.map((move, at) => ({ ...move, row: toChange[at]! })),
    now,
  );
  return { ok: true };
}

const MINUTE = 60_000;

/** The extra minutes that this client needs after each massage; the change keeps them. */
function extraOf(row: AppointmentRow, before: BookableService | undefined): number {
  const after = row.paddedEndAt - row.endAt;
  return before ? Math.max(0, after - before.cleanupMinutes * MINUTE) : 0;
}
