import { and, asc, eq, gt, gte, inArray, isNull } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Staff } from '@/db/access/viewer';
import { editableAppointmentsCondition } from '@/db/access/viewer-conditions';
import { type AppointmentRow, findEditableAppointment } from '@/db/appointments/editable-appointment';
import type { Db, RollBack } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { toIssues } from '@/db/input/field-schemas';
import type { NotificationOptions } from '@/db/messages/series-notifications';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { getPractice } from '@/db/practice/practice';
import { reasonForClientsSchema } from '@/db/practice/practice-field-schemas';
import { listServices } from '@/db/practice/services';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { appointments, clients, handOverRequests, series, therapists } from '@/db/schema';
import { applyDateDecisions, areAllDatesDecided, type DateDecision, type NewTimeTaken } from './apply-date-decisions';
import { type DateWithReplacementTimes, proposeReplacementTimes } from './propose-replacement-times';
import { getBulkUndoDeadline, readUndoSnapshot, recordUndoableBulkChange } from './undo-bulk-change';

// A date and those after it in its series go over to a colleague: at the same hour where they are free then, at another
// of theirs where they are not. The plan is the colleague's from then on; what each date costs stays as it was booked.

export interface HandOverPreview {
  seriesId: string;
  clientId: string;
  clientName: string;
  from: { id: string; name: string };
  /** Colleagues who give this massage. */
  heirs: { id: string; name: string }[];
  /** Who is asked for, when they are one of them, with the dates that would go over to them. */
  to: { id: string; name: string } | null;
  dates: DateWithReplacementTimes[];
}

export type HandOverResult =
  | { ok: true; cancelled: string[]; moved: string[]; kept: string[]; undoId: string }
  | NewTimeTaken
  /** `changed`: these are not the dates that were decided on. */
  | Refusal<'not_found' | 'changed' | 'nothing'>
  | Invalid;

/** What could go over, and to whom. Nothing is written; null where there is no such date to come. */
export async function previewHandOver(
  viewer: Staff,
  { uid, to }: { uid: string; to: string },
  { now }: Clock,
): Promise<HandOverPreview | null> {
  const db = await reader();
  const named = await findEditableAppointment(db, viewer, uid);
  if (named?.status !== 'booked' || named.startAt <= now) return null;
  const [client] = await db.select({ name: clients.name }).from(clients).where(eq(clients.id, named.clientId));
  const [giver] = await db
    .select({ name: therapists.name })
    .from(therapists)
    .where(eq(therapists.id, named.therapistId));
  const heirs = await listHandOverCandidates(db, named);
  const newTherapist = heirs.find(({ id }) => id === to) ?? null;
  const rows = newTherapist ? await listDatesToHandOver(db, viewer, named, newTherapist.id, now) : [];
  return {
    seriesId: named.seriesId,
    clientId: named.clientId,
    clientName: client!.name,
    from: { id: named.therapistId, name: giver!.name },
    heirs,
    to: newTherapist,
    dates: newTherapist
      ? await proposeReplacementTimes(db, await getPractice(db), rows, { away: null, heir: newTherapist.id }, now)
      : [],
  };
}

/** Does what was decided of each date; the client hears of it when it can no longer be undone. */
export async function handOverDates(
  viewer: Staff,
  request: { uid: string; to: string; decisions: DateDecision[]; reason: string },
  { now }: Clock,
): Promise<HandOverResult> {
  const { uid, to, decisions } = request;
  const reason = reasonForClientsSchema.safeParse(request.reason);
  if (!reason.success) return invalid(toIssues(reason.error).map((found) => ({ ...found, path: ['reason'] })));
  return transact<HandOverResult>(async (tx, undo) => {
    await lockOfferForBooking(tx);
    const named = await findEditableAppointment(tx, viewer, uid);
    if (named?.status !== 'booked' || named.startAt <= now) return { ok: false, reason: 'not_found' };
    if (!(await listHandOverCandidates(tx, named)).some(({ id }) => id === to))
      return { ok: false, reason: 'not_found' };
    const rows = await listDatesToHandOver(tx, viewer, named, to, now);
    if (!areAllDatesDecided(rows, decisions)) return { ok: false, reason: 'changed' };
    if (decisions.every(({ choice }) => choice === 'keep')) return { ok: false, reason: 'nothing' };
    const stray = decisions.find((decision) => decision.choice === 'move' && decision.therapistId !== to);
    if (stray) return { ok: false, reason: 'move_taken', uid: stray.uid };

    const before = await readUndoSnapshot(tx, [named.seriesId]);
    const notify = { reason: reason.data, heldUntil: getBulkUndoDeadline(now) };
    const result = await handOverInTransaction(
      tx,
      undo,
      viewer,
      { seriesId: named.seriesId, to, rows, decisions },
      notify,
      now,
    );
    // Whoever was asked about it is not asked any more.
    const ended = await tx
      .update(handOverRequests)
      .set({ settledAt: now })
      .where(and(eq(handOverRequests.seriesId, named.seriesId), isNull(handOverRequests.settledAt)))
      .returning({ id: handOverRequests.id });
    const counts = { moved: result.moved.length, cancelled: result.cancelled.length, kept: result.kept.length };
    const facts = { from: named.therapistId, to, ...counts };
    const change = {
      before,
      timeOff: [],
      endedRequests: ended.map(({ id }) => id),
      action: 'handed over' as const,
      subject: `therapist:${named.therapistId}`,
      facts,
    };
    const undoId = await recordUndoableBulkChange(tx, viewer, change, now);
    const event = {
      at: now,
      actor: getAuditActor(viewer),
      action: 'handed over' as const,
      subject: `series:${named.seriesId}`,
    };
    await recordEvent(tx, { ...event, facts: { to, moved: result.moved, cancelled: result.cancelled } });
    return { ok: true, ...result, undoId };
  });
}

/** Does what was decided of these dates of one series, or names the date that cannot be as it was decided. */
export async function handOverInTransaction(
  tx: Db,
  undo: RollBack,
  viewer: Staff,
  { seriesId, to, ...decided }: { seriesId: string; to: string; rows: AppointmentRow[]; decisions: DateDecision[] },
  notify: NotificationOptions,
  now: number,
): Promise<{ kept: string[]; cancelled: string[]; moved: string[] }> {
  const how = { practice: await getPractice(tx), now, scope: 'hand over' as const, notify };
  const result = await applyDateDecisions(tx, undo, viewer, decided, how);
  if (result.moved.length > 0) {
    // With the colleague they are on the plan, and no exception to it.
    await tx.update(appointments).set({ nominalTherapistId: to }).where(inArray(appointments.id, result.moved));
    await tx.update(series).set({ therapistId: to }).where(eq(series.id, seriesId));
  }
  return result;
}

export async function listHandOverCandidates(db: Db, { serviceId, therapistId }: AppointmentRow) {
  const service = (await listServices(db)).find(({ id }) => id === serviceId);
  const team = await db
    .select({ id: therapists.id, name: therapists.name })
    .from(therapists)
    .where(eq(therapists.isActive, true))
    .orderBy(asc(therapists.position));
  return team.filter(({ id }) => id !== therapistId && service?.therapists.includes(id));
}

/** It and those after it that are booked, to come, the viewer's to change, and not with the colleague already. */
export async function listDatesToHandOver(db: Db, viewer: Staff, named: AppointmentRow, to: string, now: number) {
  const found = await db
    .select({ row: appointments })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(
      and(
        eq(appointments.seriesId, named.seriesId),
        gte(appointments.position, named.position),
        eq(appointments.status, 'booked'),
        gt(appointments.startAt, now),
        editableAppointmentsCondition(viewer),
      ),
    )
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  return found.map(({ row }) => row).filter(({ therapistId }) => therapistId !== to);
}
