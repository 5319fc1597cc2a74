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
import { optionalReasonForClientsSchema } from '@/db/practice/practice-field-schemas';
import { listServicesOfBookedDates } from '@/db/practice/services';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { appointments, clients, handOverRequests, series, therapists } from '@/db/schema';
import { applyDateDecisions, areAllDatesDecided, type DateDecision, type NewTimeTaken } from './apply-date-decisions';
import { hasUnseenMoveOverCaps } from './check-caps-of-decisions';
import { type DateWithReplacementTimes, proposeReplacementTimes } from './propose-replacement-times';
import { getBulkUndoDeadline, readUndoSnapshot, recordUndoableBulkChange } from './undoable-bulk-changes';

// Hands a date and those after it in its series over to a colleague: at the same hour where they are free, at another
// of their hours where not. The plan is the colleague's from then on; each date keeps its booked price.

export interface HandOverPreview {
  seriesId: string;
  clientId: string;
  clientName: string;
  from: { id: string; name: string };
  /** Colleagues who give this massage. */
  heirs: { id: string; name: string }[];
  /** The requested colleague, where they are one of the heirs; `dates` are those that would go over to them. */
  to: { id: string; name: string } | null;
  dates: DateWithReplacementTimes[];
}

export interface HandOverDecisions {
  uid: string;
  to: string;
  decisions: DateDecision[];
  reason: string;
  /** The moves beyond the colleague’s caps that the viewer was told of, by their keys; left out: they are not asked. */
  seenOverCaps?: readonly string[];
}

export type HandOverResult =
  | { ok: true; cancelled: string[]; moved: string[]; kept: string[]; undoId: string }
  | NewTimeTaken
  /**
   * `changed`: the dates differ from those that were decided on. `over_caps`: a date would go beyond a limit of the
   * colleague that the viewer was not told of.
   */
  | Refusal<'not_found' | 'changed' | 'nothing' | 'over_caps'>
  | Invalid;

/** Lists what could go over, and to whom. Writes nothing; null where there is no such upcoming date. */
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

/** Carries out the decision on each date; the client is notified once it can no longer be undone. */
export async function handOverDates(
  viewer: Staff,
  request: HandOverDecisions,
  { now }: Clock,
): Promise<HandOverResult> {
  const { uid, to, decisions } = request;
  const reason = optionalReasonForClientsSchema.safeParse(request.reason);
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
    if (await hasUnseenMoveOverCaps(tx, rows, decisions, request.seenOverCaps))
      return { ok: false, reason: 'over_caps' };

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
    // An open request to the client about these dates ends.
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

/** Carries out the decisions on dates of one series, or names the date whose decision cannot be carried out. */
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
    // With the colleague, these dates follow the plan and are no exception to it.
    await tx.update(appointments).set({ nominalTherapistId: to }).where(inArray(appointments.id, result.moved));
    await tx.update(series).set({ therapistId: to }).where(eq(series.id, seriesId));
  }
  return result;
}

export async function listHandOverCandidates(db: Db, { serviceId, therapistId }: AppointmentRow) {
  const service = (await listServicesOfBookedDates(db)).find(({ id }) => id === serviceId);
  const team = await db
    .select({ id: therapists.id, name: therapists.name })
    .from(therapists)
    .where(eq(therapists.isActive, true))
    .orderBy(asc(therapists.position));
  return team.filter(({ id }) => id !== therapistId && service?.therapists.includes(id));
}

/**
 * The named date and those after it that are booked, upcoming, editable by the viewer, and not with the colleague
 * already.
 */
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
