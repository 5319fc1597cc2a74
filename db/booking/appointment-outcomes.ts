import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { isStaff, type Viewer } from '@/db/access/viewer';
import { type AppointmentRow, findEditableAppointment } from '@/db/appointments/editable-appointment';
import { claimCells, toAppointmentClaims } from '@/db/claims/claims';
import type { Db, RollBack } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { queueSeriesNotifications } from '@/db/messages/series-notifications';
import { lapseUnpaidPrices, reinstateBills } from '@/db/money/cancelled-bills';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { appointments, series } from '@/db/schema';
import { canClientCancel } from '@/scheduling/booking-policy';
import { toWallTime } from '@/scheduling/zone-conversion';
import { cancelUndoably } from './cancel-appointments';
import { isNoLongerOffered } from './no-longer-offered';
import { incrementedVersions } from './row-versions';

// How an appointment went, as staff record it: arrived, begun, completed, no-show, or cancelled too late. Each mark can
// be undone, the last first.

export type OutcomeResult = { ok: true } | Refusal<'not_found' | 'conflict'>;
/** `undo`: the id to undo it by; absent where the appointment was already a late cancellation. */
export type LateCancelResult = { ok: true; undo?: string } | Refusal<'not_found' | 'conflict'>;
/** `paid`: a fee was charged for it and has been paid. */
export type UndoOutcomeResult = OutcomeResult | Refusal<'taken' | 'withdrawn' | 'paid'>;

/** `version`: the version that was seen; when it has changed since, nothing is recorded. */
type AsSeen = Clock & { version?: number | undefined };

export async function markArrived(viewer: Viewer, uid: string, seen: AsSeen): Promise<OutcomeResult> {
  return note(viewer, uid, seen, (found) => {
    if (found.status !== 'booked' || !isItsDay(found, seen.now)) return 'conflict';
    return found.arrivedAt === null ? { action: 'arrived', set: { arrivedAt: seen.now } } : 'as it is';
  });
}

/** Records that the massage has begun, and with it that the client has arrived. */
export async function markBegun(viewer: Viewer, uid: string, seen: AsSeen): Promise<OutcomeResult> {
  return note(viewer, uid, seen, (found) => {
    if (found.status !== 'booked' || !isItsDay(found, seen.now)) return 'conflict';
    if (found.begunAt !== null) return 'as it is';
    return { action: 'begun', set: { begunAt: seen.now, arrivedAt: found.arrivedAt ?? seen.now } };
  });
}

export async function completeAppointment(viewer: Viewer, uid: string, seen: AsSeen): Promise<OutcomeResult> {
  return note(viewer, uid, seen, (found) => {
    if (found.status === 'completed') return 'as it is';
    const isOpen = found.status === 'booked' && (found.startAt <= seen.now || found.begunAt !== null);
    return isOpen ? { action: 'completed', set: { status: 'completed', completedAt: seen.now } } : 'conflict';
  });
}

export async function markNoShow(viewer: Viewer, uid: string, seen: AsSeen): Promise<OutcomeResult> {
  return note(viewer, uid, seen, (found) => {
    if (found.status === 'no_show') return 'as it is';
    // An outcome is unknown before the appointment begins, and one outcome must be undone before another is recorded.
    const isOpen = found.status === 'booked' && found.startAt <= seen.now;
    return isOpen ? { action: 'marked no-show', set: { status: 'no_show', noShowAt: seen.now } } : 'conflict';
  });
}

/** Records that the client cancelled after their cutoff. The time is free again. Can be undone for some seconds. */
export async function markLateCancel(viewer: Viewer, uid: string, { now, version }: AsSeen): Promise<LateCancelResult> {
  if (!isStaff(viewer)) return { ok: false, reason: 'not_found' };
  return transact<LateCancelResult>(async (tx, undo) => {
    const found = await findEditableAppointment(tx, viewer, uid);
    if (!found) return { ok: false, reason: 'not_found' };
    if (found.isLateCancel) return { ok: true };
    const practice = await getPractice(tx);
    const isLate = !canClientCancel({ start: found.startAt, now, cutoffMinutes: practice.cancelCutoffMinutes });
    const isOpen = found.status === 'booked' && found.arrivedAt === null && isLate;
    if (!isOpen || isAnother(found, version)) return { ok: false, reason: 'conflict' };
    const manner = { now, scope: 'this' as const, isForClient: true, isLate: true };
    const id = await cancelUndoably(tx, viewer, practice, [found], manner);
    if (id === null) return undo({ ok: false, reason: 'conflict' });
    await remember(tx, viewer, uid, 'marked late cancel', now);
    return { ok: true, undo: id };
  });
}

/**
 * Undoes the last mark. A late cancellation released its time, so undoing it fails where the time has been taken since
 * or is no longer offered. A fee charged for it is reversed.
 */
export async function undoOutcome(viewer: Viewer, uid: string, { now, version }: AsSeen): Promise<UndoOutcomeResult> {
  if (!isStaff(viewer)) return { ok: false, reason: 'not_found' };
  return transact<UndoOutcomeResult>(async (tx, undo) => {
    await lockOfferForBooking(tx);
    const found = await findEditableAppointment(tx, viewer, uid);
    if (!found) return { ok: false, reason: 'not_found' };
    const isNoted = found.status === 'completed' || found.status === 'no_show';
    if (found.status === 'booked' && found.arrivedAt === null && found.begunAt === null) return { ok: true };
    if (isAnother(found, version)) return { ok: false, reason: 'conflict' };
    const isMissed = found.status === 'no_show' || found.isLateCancel;
    if (isMissed && !(await reinstateBills(tx, [uid], { actor: getAuditActor(viewer), now })))
      return undo<UndoOutcomeResult>({ ok: false, reason: 'paid' });
    if (found.status === 'cancelled') return bookAgain(tx, undo, viewer, found, now);
    const set: Changes = isNoted
      ? { status: 'booked', completedAt: null, noShowAt: null }
      : found.begunAt === null
        ? { arrivedAt: null }
        : { begunAt: null };
    if (!(await write(tx, found, set))) return undo<UndoOutcomeResult>({ ok: false, reason: 'conflict' });
    await remember(tx, viewer, uid, 'took back the outcome', now);
    return { ok: true };
  });
}

type Changes = Partial<Omit<typeof appointments.$inferInsert, 'sequence'>> & { sequence?: SQL };
type Decision = { action: AuditAction; set: Changes } | 'conflict' | 'as it is';

async function note(
  viewer: Viewer,
  uid: string,
  { now, version }: AsSeen,
  decide: (found: AppointmentRow) => Decision,
): Promise<OutcomeResult> {
  if (!isStaff(viewer)) return { ok: false, reason: 'not_found' };
  return transact(async (tx): Promise<OutcomeResult> => {
    const found = await findEditableAppointment(tx, viewer, uid);
    if (!found) return { ok: false, reason: 'not_found' };
    const decision = decide(found);
    if (decision === 'as it is') return { ok: true };
    if (decision === 'conflict' || isAnother(found, version)) return { ok: false, reason: 'conflict' };
    if (!(await write(tx, found, decision.set))) return { ok: false, reason: 'conflict' };
    if (decision.set.status === 'no_show') await lapseUnpaidPrices(tx, [uid], { actor: getAuditActor(viewer), now });
    await remember(tx, viewer, uid, decision.action, now);
    return { ok: true };
  });
}

async function bookAgain(
  tx: Db,
  undo: RollBack,
  viewer: Viewer,
  found: AppointmentRow,
  now: number,
): Promise<UndoOutcomeResult> {
  if (!found.isLateCancel) return { ok: false, reason: 'conflict' };
  // While cancelled it held no time, so it was in no list when something was withdrawn from the offer.
  if (await isNoLongerOffered(tx, [{ ...found, status: 'booked' }], {})) return { ok: false, reason: 'withdrawn' };
  if ((await claimCells(tx, toAppointmentClaims(found), now)).length > 0)
    return undo<UndoOutcomeResult>({ ok: false, reason: 'taken' });
  const { sequence } = incrementedVersions;
  const isWritten = await write(tx, found, { ...NOT_CANCELLED, sequence });
  if (!isWritten) return undo<UndoOutcomeResult>({ ok: false, reason: 'conflict' });
  await tx
    .update(series)
    .set({ version: sql`${series.version} + 1` })
    .where(eq(series.id, found.seriesId));
  const { seriesId, position } = found;
  await queueSeriesNotifications(tx, await getPractice(tx), { kind: 'booked', seriesId, added: [position] }, now, {
    by: viewer,
  });
  await remember(tx, viewer, found.id, 'took back the outcome', now);
  return { ok: true };
}

const NOT_CANCELLED = { status: 'booked', cancelledAt: null, cancelledBy: null, isLateCancel: false } as const;

function isItsDay({ startAt, timeZone }: AppointmentRow, now: number): boolean {
  return toWallTime(timeZone, startAt).on === toWallTime(timeZone, now).on;
}

function isAnother(found: AppointmentRow, version: number | undefined): boolean {
  return version !== undefined && version !== found.version;
}

async function write(tx: Db, found: AppointmentRow, set: Changes): Promise<boolean> {
  const changed = await tx
    .update(appointments)
    .set({ ...set, version: incrementedVersions.version })
    .where(
      and(
        eq(appointments.id, found.id),
        eq(appointments.version, found.version),
        eq(appointments.status, found.status),
      ),
    )
    .returning({ id: appointments.id });
  return changed.length > 0;
}

async function remember(tx: Db, viewer: Viewer, uid: string, action: AuditAction, at: number): Promise<void> {
  await recordEvent(tx, { at, actor: getAuditActor(viewer), action, subject: `appointment:${uid}`, facts: {} });
}
