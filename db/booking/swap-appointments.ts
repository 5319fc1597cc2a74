import { getAuditActor } from '@/db/access/audit-trail';
import type { Staff } from '@/db/access/viewer';
import { type AppointmentRow, findEditableAppointment } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { getPractice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { type ListSuitedTherapists, listPossiblyUnsuitedTherapists } from './allowed-therapists';
import { gatherMoveRules, relaxRulesForStaff } from './booking-rules';
import { checkMovesAgainstRules, placeNewTimes } from './claim-new-times';
import type { DateMove } from './plan-move';
import { beginUndoableDeskChange, recordUndoableDeskChange } from './undo-desk-change';
import { notifyOfMoves, writeSeriesAfterMove } from './write-move';

export type SwapResult =
  /** `undo`: the id to undo it by. */
  | { ok: true; undo: string }
  /** `taken`: one of them is longer than the free time of the other. */
  | Refusal<'not_found' | 'conflict' | 'taken'>
  /** Nothing was changed: somebody has to be asked about these therapists first. */
  | { ok: false; reason: 'unusual'; askFirst: string[] }
  | Invalid;

/** One of the two appointments, with the version that was seen. */
export interface SeenAppointment {
  uid: string;
  version: number;
}

/**
 * Swaps two booked appointments in one step: each begins when the other did, with the other's therapist. Length,
 * massage and price stay with each, and each client gets one message. Only these two dates move, whatever series they
 * are in. With `listSuited`, nothing is swapped when one of them would go to another therapist who may not suit its
 * client.
 */
export async function swapAppointments(
  viewer: Staff,
  [first, second]: [SeenAppointment, SeenAppointment],
  { now, isAcknowledged = false, listSuited }: Clock & { isAcknowledged?: boolean; listSuited?: ListSuitedTherapists },
): Promise<SwapResult> {
  if (first.uid === second.uid) return invalid([{ path: ['uid'], message: 'Choose two appointments to swap.' }]);
  return transact<SwapResult>(async (tx, undo) => {
    await lockOfferForBooking(tx);
    const rows = [await findSeen(tx, viewer, first), await findSeen(tx, viewer, second)];
    const [a, b] = rows;
    if (!a || !b) return { ok: false, reason: 'not_found' };
    if (a === 'changed' || b === 'changed') return { ok: false, reason: 'conflict' };
    const practice = await getPractice(tx);
    const moves = [inPlaceOf(a, b), inPlaceOf(b, a)];
    const gathered = await gatherMoveRules(tx, moves, now);
    const rules = relaxRulesForStaff(gathered, isAcknowledged);
    const matched = checkMovesAgainstRules(moves, rules, [a.id, b.id]);
    if (!matched.ok) return matched;
    const seriesIds = [...new Set([a.seriesId, b.seriesId])].sort();
    const undoable = await beginUndoableDeskChange(tx, seriesIds, now);
    const placing = { practice, rules, now, isForStaff: true, isCounted: false, raisedBy: undoable.raisedBy };
    const placed = await placeNewTimes(tx, moves, matched, placing);
    if (!placed.ok) return undo<SwapResult>('clashes' in placed ? { ok: false, reason: 'taken' } : placed);
    const askFirst = await listPossiblyUnsuitedTherapists(tx, moves, listSuited);
    if (askFirst.length > 0) return undo<SwapResult>({ ok: false, reason: 'unusual', askFirst });
    const mails: string[] = [];
    for (const seriesId of seriesIds) {
      await writeSeriesAfterMove(tx, seriesId, { series: null, places: [], skips: [] }, undoable.raisedBy);
      const ofIt = moves.filter(({ row }) => row.seriesId === seriesId);
      mails.push(
        ...(await notifyOfMoves(tx, practice, seriesId, ofIt, now, { heldUntil: undoable.dueAt, by: viewer })),
      );
    }
    const event = {
      at: now,
      actor: getAuditActor(viewer),
      action: 'swapped' as const,
      subject: `appointment:${a.id}`,
      facts: { with: b.id, from: a.startAt, to: b.startAt, therapistId: b.therapistId },
    };
    await recordUndoableDeskChange(tx, undoable, event, mails);
    return { ok: true, undo: undoable.id };
  });
}

async function findSeen(
  tx: Db,
  viewer: Staff,
  { uid, version }: SeenAppointment,
): Promise<AppointmentRow | 'changed' | null> {
  const found = await findEditableAppointment(tx, viewer, uid);
  if (!found) return null;
  return found.version === version && found.status === 'booked' ? found : 'changed';
}

function inPlaceOf(row: AppointmentRow, place: AppointmentRow): DateMove {
  return {
    row,
    startsAt: place.startAt,
    therapistId: place.therapistId,
    minutes: row.minutes,
    nominalStartsAt: row.nominalStartAt,
    nominalTherapistId: row.nominalTherapistId,
  };
}
