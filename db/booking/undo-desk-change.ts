import { randomInt, randomUUID } from 'node:crypto';
import { and, eq, gt, gte, inArray, lt, ne, or } from 'drizzle-orm';
import { getAuditActor, type HistoryEvent, recordEvent } from '@/db/access/audit-trail';
import type { Staff } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { unleasedMessageCondition, waitingMessageCondition } from '@/db/messages/outbox';
import { reinstateBills } from '@/db/money/cancelled-bills';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import type { Clock, Refusal } from '@/db/results';
import { appointments, auditEvents, outbox, series, skips } from '@/db/schema';
import { hasLedgerEntry } from './has-ledger-entry';
import { type DatesOutsideOffer, findOutsideOffer, isNoLongerOffered } from './no-longer-offered';
import { restoreBookingRows } from './restore-booking-rows';

// A change at the desk can be undone for some seconds. Until then its e-mails wait, and the history stores the former
// rows: undoing restores every value, and nobody is notified of anything.

/** How long the page offers to undo a change. */
export const DESK_UNDO_OFFERED_MS = 10_000;
/** Accepted a little longer, as a press in the last second still has to arrive. The e-mails wait as long. */
const DESK_UNDO_ACCEPTED_MS = 15_000;
const LONGEST_LEAP = 1000;

type Appointments = Awaited<ReturnType<typeof readAppointments>>;
type Rows = { series: Awaited<ReturnType<typeof readSeries>>; appointments: Appointments; skips: Skips };
type Skips = (typeof skips.$inferSelect)[];

/** A change that has begun and can be undone once it is made. */
export interface UndoableDeskChange {
  id: string;
  /** None of its e-mails is sent before this. */
  dueAt: number;
  /** By how much the versions rise. */
  raisedBy: number;
  before: Rows;
  held: { id: string; dueAt: number }[];
}

/** What the history stores of a change. */
interface UndoFacts {
  until: number;
  before: Rows;
  after: { series: Record<string, number>; appointments: Record<string, number> };
  mails: string[];
  held: UndoableDeskChange['held'];
  /** The dates that were outside the offer before the change, too. */
  outsideOffer: DatesOutsideOffer;
}

/**
 * `withdrawn`: the massage, the therapist or the room of a date is no longer offered. `paid`: a fee charged for a
 * cancelled date has been paid since.
 */
export type UndoDeskChangeResult =
  | { ok: true }
  | Refusal<'not_found' | 'conflict' | 'too_late' | 'taken' | 'withdrawn' | 'paid'>;

/** Records these series as they are, and holds back their waiting e-mails. */
export async function beginUndoableDeskChange(tx: Db, seriesIds: string[], now: number): Promise<UndoableDeskChange> {
  const dueAt = now + DESK_UNDO_ACCEPTED_MS;
  // A waiting e-mail would be made from the changed rows, and so reveal this change too early.
  const waiting = and(
    inArray(outbox.seriesId, seriesIds),
    waitingMessageCondition,
    unleasedMessageCondition(now),
    lt(outbox.dueAt, dueAt),
  );
  const held = await tx.select({ id: outbox.id, dueAt: outbox.dueAt }).from(outbox).where(waiting);
  if (held.length > 0) await tx.update(outbox).set({ dueAt }).where(waiting);
  const raisedBy = randomInt(2, LONGEST_LEAP);
  return { id: randomUUID(), dueAt, raisedBy, before: await readRows(tx, seriesIds), held };
}

/** Records in the history what was done, with all that undoing it needs. */
export async function recordUndoableDeskChange(
  tx: Db,
  change: UndoableDeskChange,
  event: Omit<HistoryEvent, 'id'>,
  mails: string[],
): Promise<void> {
  const { id, before, held } = change;
  const ids = before.series.map((row) => row.id);
  const now = await readRows(tx, ids);
  const isChanged = <Row>(row: Row, all: Row[]) => !all.some((other) => JSON.stringify(other) === JSON.stringify(row));
  const changed: Rows = {
    series: before.series,
    appointments: before.appointments.filter((row) => isChanged(row, now.appointments)),
    skips: before.skips.filter((row) => isChanged(row, now.skips)),
  };
  const isOf = new Set(changed.appointments.map((row) => row.id));
  const undoFacts: UndoFacts = {
    until: event.at + DESK_UNDO_ACCEPTED_MS,
    before: changed,
    after: {
      series: Object.fromEntries(now.series.map((row) => [row.id, row.version])),
      appointments: Object.fromEntries(
        now.appointments.filter((row) => isOf.has(row.id)).map((row) => [row.id, row.version]),
      ),
    },
    mails,
    held,
    outsideOffer: await findOutsideOffer(tx, changed.appointments),
  };
  await recordEvent(tx, { ...event, id, facts: { ...event.facts, undo: undoFacts } });
}

export interface OfferedUndo {
  id: string;
  action: string;
  /** The facts of the event in the history. */
  facts: Record<string, unknown>;
  /** How long undo is still offered, in milliseconds. */
  leftMs: number;
}

/** The action of one of the viewer's own changes, whether or not it can still be undone. */
export async function findDeskChangeAction(viewer: Staff, id: string): Promise<string | null> {
  return (await findOwn(await reader(), viewer, id))?.action ?? null;
}

/** A change of the viewer's own that can still be undone. */
export async function findOfferedUndo(viewer: Staff, id: string, { now }: Clock): Promise<OfferedUndo | null> {
  const found = await findOwn(await reader(), viewer, id);
  if (!found) return null;
  const leftMs = found.at + DESK_UNDO_OFFERED_MS - now;
  const [standing] = await (await reader())
    .select({ version: series.version })
    .from(series)
    .where(eq(series.id, found.undoFacts.before.series[0]!.id));
  const isAsLeft = standing?.version === found.undoFacts.after.series[found.undoFacts.before.series[0]!.id];
  return leftMs > 0 && isAsLeft ? { id, action: found.action, facts: found.facts, leftMs } : null;
}

/**
 * Restores everything as it was, and removes the e-mails. Only whoever made the change may, and only for some seconds.
 */
export async function undoDeskChange(viewer: Staff, id: string, { now }: Clock): Promise<UndoDeskChangeResult> {
  return transact<UndoDeskChangeResult>(async (tx, undo) => {
    const giveUp = (reason: 'conflict' | 'too_late' | 'taken' | 'withdrawn' | 'paid') =>
      undo<UndoDeskChangeResult>({ ok: false, reason });
    await lockOfferForBooking(tx);
    const found = await findOwn(tx, viewer, id);
    if (!found) return { ok: false, reason: 'not_found' };
    const { at, undoFacts, subject } = found;
    if (now >= undoFacts.until) return { ok: false, reason: 'too_late' };
    const standing = await findAsLeft(tx, undoFacts);
    if (!standing) return giveUp('conflict');
    const isChanged = (name: 'minutes' | 'status') => (row: (typeof standing)[number]) =>
      undoFacts.before.appointments.some((before) => before.id === row.id && before[name] !== row[name]);
    const cancelled = standing.filter(isChanged('status')).map((row) => row.id);
    if (!(await reinstateBills(tx, cancelled, { actor: getAuditActor(viewer), now }))) return giveUp('paid');
    const priced = standing.filter(isChanged('minutes')).map((row) => row.id);
    if (await hasLedgerEntry(tx, priced, at)) return giveUp('conflict');
    if (!(await removeUnsentMail(tx, undoFacts, at, now))) return giveUp('too_late');
    if (await isNoLongerOffered(tx, undoFacts.before.appointments, undoFacts.outsideOffer ?? {}))
      return giveUp('withdrawn');
    if (!(await restoreBookingRows(tx, undoFacts.before, now))) return giveUp('taken');
    const facts = { undone: id };
    await recordEvent(tx, { at: now, actor: getAuditActor(viewer), action: 'took back a change', subject, facts });
    return { ok: true };
  });
}

async function findOwn(db: Db, viewer: Staff, id: string) {
  if (!isPossibleId(id)) return null;
  const [found] = await db
    .select()
    .from(auditEvents)
    .where(and(eq(auditEvents.id, id), eq(auditEvents.actor, getAuditActor(viewer))));
  if (!found?.facts.undo) return null;
  const { undo, ...facts } = found.facts;
  return { ...found, facts, undoFacts: undo as UndoFacts };
}

/**
 * The dates as they stand, or null where something has been changed since. Locks the series: others who change them
 * wait.
 */
async function findAsLeft(tx: Db, { before, after }: UndoFacts) {
  for (const [id, version] of Object.entries(after.series).sort()) {
    const locked = await tx
      .update(series)
      .set({ version })
      .where(and(eq(series.id, id), eq(series.version, version)))
      .returning({ id: series.id });
    if (locked.length === 0) return null;
  }
  const ids = before.appointments.map(({ id }) => id);
  if (ids.length === 0) return [];
  const { id, version, minutes, status } = appointments;
  const rows = await tx.select({ id, version, minutes, status }).from(appointments).where(inArray(id, ids));
  return rows.every((row) => after.appointments[row.id] === row.version) ? rows : null;
}

/**
 * Removes its e-mails. False when one has been sent or is being sent, or when another that was being sent may have told
 * of the change.
 */
async function removeUnsentMail(tx: Db, { mails, held, before }: UndoFacts, at: number, now: number): Promise<boolean> {
  const isOurs = inArray(outbox.id, mails);
  const removed =
    mails.length === 0
      ? []
      : await tx
          .delete(outbox)
          .where(and(isOurs, waitingMessageCondition, unleasedMessageCondition(now), eq(outbox.attempts, 0)))
          .returning({ id: outbox.id });
  if (removed.length < mails.length) return false;
  const seriesIds = before.series.map((row) => row.id);
  const notified = await tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(
      and(
        inArray(outbox.seriesId, seriesIds),
        or(gte(outbox.sentAt, at), and(waitingMessageCondition, gt(outbox.leasedUntil, now))),
      ),
    )
    .limit(1);
  if (notified.length > 0) return false;
  for (const { id, dueAt } of held) {
    await tx
      .update(outbox)
      .set({ dueAt })
      .where(and(eq(outbox.id, id), waitingMessageCondition, ne(outbox.dueAt, dueAt)));
  }
  return true;
}

async function readRows(tx: Db, seriesIds: string[]): Promise<Rows> {
  return {
    series: await readSeries(tx, seriesIds),
    appointments: await readAppointments(tx, seriesIds),
    skips: await tx.select().from(skips).where(inArray(skips.seriesId, seriesIds)),
  };
}

/** The columns of a series that a change at the desk may alter; none that the client wrote. */
function readSeries(tx: Db, ids: string[]) {
  const { id, therapistId, firstOn, localTime, timeZone, version } = series;
  return tx
    .select({ id, therapistId, firstOn, localTime, timeZone, version })
    .from(series)
    .where(inArray(series.id, ids))
    .orderBy(series.id);
}

function readAppointments(tx: Db, seriesIds: string[]) {
  return tx
    .select({
      id: appointments.id,
      status: appointments.status,
      therapistId: appointments.therapistId,
      roomId: appointments.roomId,
      startAt: appointments.startAt,
      endAt: appointments.endAt,
      paddedStartAt: appointments.paddedStartAt,
      paddedEndAt: appointments.paddedEndAt,
      localStart: appointments.localStart,
      timeZone: appointments.timeZone,
      nominalStartAt: appointments.nominalStartAt,
      nominalTherapistId: appointments.nominalTherapistId,
      minutes: appointments.minutes,
      priceCents: appointments.priceCents,
      sequence: appointments.sequence,
      version: appointments.version,
      movedAt: appointments.movedAt,
      cancelledAt: appointments.cancelledAt,
      cancelledBy: appointments.cancelledBy,
      isLateCancel: appointments.isLateCancel,
    })
    .from(appointments)
    .where(inArray(appointments.seriesId, seriesIds))
    .orderBy(appointments.id);
}
