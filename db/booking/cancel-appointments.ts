import { and, asc, eq, inArray, ne, or, sql } from 'drizzle-orm';
import { getAuditActor, type HistoryEvent, recordEvents } from '@/db/access/audit-trail';
import { isStaff, type Viewer } from '@/db/access/viewer';
import { type AppointmentRow, findEditableAppointment } from '@/db/appointments/editable-appointment';
import { releaseCells, toAppointmentClaims } from '@/db/claims/claims';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { type AppointmentScope, toIssues } from '@/db/input/field-schemas';
import { type NotificationOptions, queueSeriesNotifications } from '@/db/messages/series-notifications';
import { lapseUnpaidPrices } from '@/db/money/cancelled-bills';
import { getPractice, type Practice } from '@/db/practice/practice';
import { optionalReasonForClientsSchema } from '@/db/practice/practice-field-schemas';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { appointments, series } from '@/db/schema';
import { planSeriesEdit } from '@/scheduling/plan-series-edit';
import { mayCancel } from './may-cancel';
import { gatherSeriesForEdit, toOccurrence } from './plan-move';
import { buildVersionIncrement, incrementedVersions } from './row-versions';
import { beginUndoableDeskChange, recordUndoableDeskChange, type UndoableDeskChange } from './undo-desk-change';

export type CancelResult =
  | {
      ok: true;
      seriesId: string;
      cancelled: string[];
      /** The id to undo it by, where that was asked for. */
      undo?: string;
    }
  | Invalid
  | Refusal<'not_found' | 'cutoff' | 'conflict'>;

export interface CancelRequest {
  uid: string;
  scope: AppointmentScope;
  /** The version that was seen; when it has changed since, nothing is cancelled. */
  version?: number | undefined;
  /** As `version`, but of the series: for a scope of more than one date. */
  seriesVersion?: number | undefined;
  /** The reason, in the practice's own words to the client. */
  reason?: string | undefined;
  /** Staff cancel at the client's request. */
  isForClient?: boolean;
  /** Where two people were booked together, also cancel the other's massage at the same time. */
  withOther?: boolean;
}

/**
 * Cancels an appointment, that appointment and all after it, or all upcoming ones of its series. The named appointment
 * must be before its cutoff; others in scope that are past it stay. `isUndoable`: staff can undo it for some seconds.
 */
export async function cancelAppointments(
  viewer: Viewer,
  { uid, scope, version, seriesVersion, isForClient = false, withOther = false, ...request }: CancelRequest,
  { now, isUndoable = false }: Clock & { isUndoable?: boolean },
): Promise<CancelResult> {
  const reason = optionalReasonForClientsSchema.safeParse(request.reason ?? '');
  if (!reason.success) return invalid(toIssues(reason.error).map((found) => ({ ...found, path: ['reason'] })));
  // Read before waiting for the transaction: of two changes requested at once, the second then finds another version.
  const seen = await findEditableAppointment(await reader(), viewer, uid);
  if (!seen) return { ok: false, reason: 'not_found' };
  return transact<CancelResult>(async (tx, undo) => {
    const named = await findEditableAppointment(tx, viewer, uid);
    if (!named) return { ok: false, reason: 'not_found' };
    if (named.version !== (version ?? seen.version)) return { ok: false, reason: 'conflict' };
    if (seriesVersion !== undefined && seriesVersion !== (await versionOf(tx, named.seriesId))) {
      return { ok: false, reason: 'conflict' };
    }
    const practice = await getPractice(tx);
    const own = await listRowsToCancel(tx, viewer, named, { scope, practice, now });
    if (own === 'cutoff' || own === 'conflict') return { ok: false, reason: own };
    const besideRows = withOther ? await listBeside(tx, named.seriesId, own) : [];
    // Two massages that were to be cancelled together are cancelled together or not at all.
    if (!besideRows.every(mayCancel(viewer, practice, now))) return { ok: false, reason: 'cutoff' };
    const targets = [...own, ...besideRows];

    const manner = { now, scope, isForClient, notify: { reason: reason.data } };
    if (isUndoable) {
      const id = await cancelUndoably(tx, viewer, practice, targets, manner);
      if (id === null) return undo({ ok: false, reason: 'conflict' });
      return { ok: true, seriesId: named.seriesId, cancelled: targets.map((target) => target.id), undo: id };
    }
    if (!(await cancelRowsSilently(tx, viewer, targets, now, { isForClient })))
      return undo({ ok: false, reason: 'conflict' });
    await finishCancellation(tx, viewer, practice, targets, manner);
    return { ok: true, seriesId: named.seriesId, cancelled: targets.map(({ id }) => id) };
  });
}

/**
 * Cancels them in a way that can be undone for some seconds, while their e-mails wait. Returns the id to undo it by, or
 * null when one of them has changed since: the caller must then undo the transaction.
 */
export async function cancelUndoably(
  tx: Db,
  viewer: Viewer,
  practice: Practice,
  targets: AppointmentRow[],
  {
    isForClient,
    isLate,
    ...manner
  }: Clock & { scope: AppointmentScope; isForClient: boolean; isLate?: boolean; notify?: NotificationOptions },
): Promise<string | null> {
  const { now } = manner;
  const seriesIds = [...new Set(targets.map(({ seriesId }) => seriesId))].sort();
  const change = await beginUndoableDeskChange(tx, seriesIds, now);
  const { raisedBy, dueAt } = change;
  if (!(await cancelRowsSilently(tx, viewer, targets, now, { isForClient, isLate, raisedBy }))) return null;
  const notify = { ...manner.notify, heldUntil: dueAt };
  await finishCancellation(tx, viewer, practice, targets, { ...manner, notify, undoable: change });
  return change.id;
}

/**
 * Marks all of them cancelled, releases their time, and ends what is still owed for them. False when one of them has
 * changed since: the caller must then undo the transaction, because the others are marked already.
 */
export async function cancelRowsSilently(
  tx: Db,
  viewer: Viewer,
  targets: AppointmentRow[],
  now: number,
  /** `isForClient`: staff do it at the client’s request. `isLate`: too late for the client to do it themselves. */
  {
    isForClient = false,
    isLate = false,
    raisedBy,
  }: { isForClient?: boolean; isLate?: boolean | undefined; raisedBy?: number | undefined } = {},
): Promise<boolean> {
  const cancelled = await tx
    .update(appointments)
    .set({
      status: 'cancelled',
      cancelledAt: now,
      cancelledBy: isStaff(viewer) && !isForClient ? 'practice' : 'client',
      isLateCancel: isLate,
      ...(raisedBy === undefined ? incrementedVersions : buildVersionIncrement(raisedBy)),
    })
    .where(
      and(
        eq(appointments.status, 'booked'),
        or(...targets.map((target) => and(eq(appointments.id, target.id), eq(appointments.version, target.version)))),
      ),
    )
    .returning({ id: appointments.id });
  if (cancelled.length < targets.length) return false;
  await releaseCells(tx, targets.flatMap(toAppointmentClaims), now);
  const ids = targets.map(({ id }) => id);
  await lapseUnpaidPrices(tx, ids, { actor: getAuditActor(viewer), now });
  return true;
}

/** Queues the messages and records the event, once for each series; returns the ids of the e-mails. */
export async function finishCancellation(
  tx: Db,
  viewer: Viewer,
  practice: Practice,
  targets: AppointmentRow[],
  {
    now,
    scope,
    notify,
    undoable,
  }: Clock & {
    scope: AppointmentScope | 'pause' | 'time off' | 'hours' | 'closed day' | 'hand over';
    notify?: NotificationOptions | undefined;
    undoable?: UndoableDeskChange;
  },
): Promise<string[]> {
  const mails: string[] = [];
  const events: Omit<HistoryEvent, 'id'>[] = [];
  for (const seriesId of new Set(targets.map((target) => target.seriesId))) {
    const ofIt = targets.filter((target) => target.seriesId === seriesId);
    await tx
      .update(series)
      .set({ version: sql`${series.version} + ${undoable?.raisedBy ?? 1}` })
      .where(eq(series.id, seriesId));
    const was = ofIt.map(({ id, startAt, endAt, therapistId }) => {
      return { uid: id, startsAt: startAt, endsAt: endAt, therapistId };
    });
    const event = { kind: 'cancelled' as const, seriesId, was };
    mails.push(...(await queueSeriesNotifications(tx, practice, event, now, { ...notify, by: viewer })));
    events.push({
      at: now,
      actor: getAuditActor(viewer),
      action: 'cancelled',
      subject: `series:${seriesId}`,
      facts: { scope, cancelled: ofIt.map(({ id }) => id) },
    });
  }
  const [first, ...others] = undoable ? events : [];
  if (undoable && first) await recordUndoableDeskChange(tx, undoable, first, mails);
  await recordEvents(tx, undoable ? others : events);
  return mails;
}

/**
 * The other person’s appointments at the same times, where two were booked together. The link names them, and so may
 * cancel them too.
 */
async function listBeside(tx: Db, seriesId: string, own: AppointmentRow[]): Promise<AppointmentRow[]> {
  const pairOf = tx.select({ id: series.pairId }).from(series).where(eq(series.id, seriesId));
  const found = await tx
    .select({ appointment: appointments })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .where(
      and(
        inArray(series.pairId, pairOf),
        ne(series.id, seriesId),
        eq(appointments.status, 'booked'),
        inArray(
          appointments.startAt,
          own.map(({ startAt }) => startAt),
        ),
      ),
    )
    .orderBy(asc(appointments.position));
  return found.map(({ appointment }) => appointment);
}

async function versionOf(tx: Db, seriesId: string): Promise<number | undefined> {
  const [found] = await tx.select({ version: series.version }).from(series).where(eq(series.id, seriesId));
  return found?.version;
}

/** The rows that the cancellation is about, the named one first; or why there are none. */
async function listRowsToCancel(
  tx: Db,
  viewer: Viewer,
  named: AppointmentRow,
  { scope, practice, now }: Clock & { scope: AppointmentScope; practice: Practice },
): Promise<AppointmentRow[] | 'cutoff' | 'conflict'> {
  const { seriesRow, own, skipped } = await gatherSeriesForEdit(tx, viewer, named.seriesId);
  const by = isStaff(viewer) ? ('practice' as const) : ('client' as const);
  const plan = planSeriesEdit({
    rule: { timeZone: practice.timeZone, cadence: seriesRow.cadence, time: seriesRow.localTime, therapistId: null },
    occurrences: own.map((row) => toOccurrence(row)),
    skips: skipped,
    ...{ uid: named.id, scope, change: { kind: 'cancel', by }, now },
    cutoffMinutes: practice.cancelCutoffMinutes,
  });
  if (!plan.ok) return plan.reason === 'cutoff' || plan.reason === 'past' ? 'cutoff' : 'conflict';
  const ids = new Set(plan.cancel.map(({ uid }) => uid));
  const rows = [named, ...own.filter(({ id }) => id !== named.id)].filter(({ id }) => ids.has(id));
  return rows.length > 0 ? rows : 'conflict';
}
