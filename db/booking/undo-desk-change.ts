import { randomInt, randomUUID } from 'node:crypto';
import { and, eq, gt, gte, inArray, lt, ne, or } from 'drizzle-orm';
import { getAuditActor, type HistoryEvent, recordEvent } from '@/db/access/audit-trail';
import type { Staff } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { unleasedMessageCondition, waitingMessageCondition } from '@/db/messages/outbox';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import type { Clock, Refusal } from '@/db/results';
import { appointments, auditEvents, ledgerEntries, outbox, series, skips } from '@/db/schema';
import { isNoLongerOffered, listOutsideOffer } from './no-longer-offered';
import { restoreBookingRows } from './restore-booking-rows';

// A change at the desk can be undone for some seconds. Until then its e-mails wait, and the history keeps the rows
// as they were: taken back, each has every value that it had, and nobody is told of anything.

/** So long a change can be undone, as the page says. */
export const UNDO_DESK_CHANGE_MS = 10_000;
/** Its e-mails wait a little longer: a press in the last second still has to arrive. */
const MAIL_WAITS_MS = 15_000;
const LONGEST_LEAP = 1000;

type Appointments = Awaited<ReturnType<typeof readAppointments>>;
type Rows = { series: Awaited<ReturnType<typeof readSeries>>; appointments: Appointments; skips: Skips };
type Skips = (typeof skips.$inferSelect)[];

/** A change that has begun and can be undone when it is done. */
export interface UndoableDeskChange {
  id: string;
  /** No e-mail of it leaves before. */
  dueAt: number;
  /** By how much the versions rise. */
  raisedBy: number;
  before: Rows;
  held: { id: string; dueAt: number }[];
}

/** What history keeps of it. */
interface UndoFacts {
  until: number;
  before: Rows;
  after: { series: Record<string, number>; appointments: Record<string, number> };
  mails: string[];
  held: UndoableDeskChange['held'];
  /** The dates that were outside of the offer before, too. */
  outsideOffer: string[];
}

/**
 * `withdrawn`: the massage, the therapist or the room of a date is not offered so any more. `paid`: a fee was raised for
 * a cancelled date since, and paid.
 */
export type UndoDeskChangeResult =
  | { ok: true }
  | Refusal<'not_found' | 'conflict' | 'too_late' | 'taken' | 'withdrawn' | 'paid'>;

/**
 * Reverses the fees of dates that were cancelled or missed, and now are not; false where one was paid. It is passed in
 * by whoever undoes: money is no part of booking.
 */
export type ReverseFees = (tx: Db, viewer: Staff, appointmentIds: string[], now: number) => Promise<boolean>;

/** Remembers these series as they are, and keeps back what waits to be told of them. */
export async function beginUndoableDeskChange(tx: Db, seriesIds: string[], now: number): Promise<UndoableDeskChange> {
  const dueAt = now + MAIL_WAITS_MS;
  // What waits already would be made from the rows as they are then, and tell of this change before its time.
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

/** Writes into history what was done, with all that taking it back needs. */
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
    until: event.at + MAIL_WAITS_MS,
    before: changed,
    after: {
      series: Object.fromEntries(now.series.map((row) => [row.id, row.version])),
      appointments: Object.fromEntries(
        now.appointments.filter((row) => isOf.has(row.id)).map((row) => [row.id, row.version]),
      ),
    },
    mails,
    held,
    outsideOffer: await listOutsideOffer(tx, changed.appointments),
  };
  await recordEvent(tx, { ...event, id, facts: { ...event.facts, undo: undoFacts } });
}

export interface OfferedUndo {
  id: string;
  action: string;
  /** What history says of it. */
  facts: Record<string, unknown>;
  /** How long it is still offered, in milliseconds. */
  leftMs: number;
}

/** What was done by a change of the viewer's own, whether it can still be undone or not. */
export async function findDeskChangeAction(viewer: Staff, id: string): Promise<string | null> {
  return (await findOwn(await reader(), viewer, id))?.action ?? null;
}

/** A change of the viewer's own that can still be undone. */
export async function findOfferedUndo(viewer: Staff, id: string, { now }: Clock): Promise<OfferedUndo | null> {
  const found = await findOwn(await reader(), viewer, id);
  if (!found) return null;
  const leftMs = found.at + UNDO_DESK_CHANGE_MS - now;
  const [standing] = await (await reader())
    .select({ version: series.version })
    .from(series)
    .where(eq(series.id, found.kept.before.series[0]!.id));
  const isAsLeft = standing?.version === found.kept.after.series[found.kept.before.series[0]!.id];
  return leftMs > 0 && isAsLeft ? { id, action: found.action, facts: found.facts, leftMs } : null;
}

/** Puts everything back as it was, and what was to be told of it is not. Only who did it may, and only at once. */
export async function undoDeskChange(
  viewer: Staff,
  id: string,
  { now, reverseFees }: Clock & { reverseFees?: ReverseFees },
): Promise<UndoDeskChangeResult> {
  return transact<UndoDeskChangeResult>(async (tx, undo) => {
    const giveUp = (reason: 'conflict' | 'too_late' | 'taken' | 'withdrawn' | 'paid') =>
      undo<UndoDeskChangeResult>({ ok: false, reason });
    await lockOfferForBooking(tx);
    const found = await findOwn(tx, viewer, id);
    if (!found) return { ok: false, reason: 'not_found' };
    const { at, kept: undoFacts, subject } = found;
    if (now >= undoFacts.until) return { ok: false, reason: 'too_late' };
    const standing = await findAsLeft(tx, undoFacts);
    if (!standing) return giveUp('conflict');
    const isChanged = (name: 'minutes' | 'status') => (row: (typeof standing)[number]) =>
      undoFacts.before.appointments.some((before) => before.id === row.id && before[name] !== row[name]);
    const cancelled = standing.filter(isChanged('status')).map((row) => row.id);
    if (reverseFees && cancelled.length > 0 && !(await reverseFees(tx, viewer, cancelled, now))) return giveUp('paid');
    const priced = [...standing.filter(isChanged('minutes')).map((row) => row.id), ...(reverseFees ? [] : cancelled)];
    if (await isBilledSince(tx, priced, at)) return giveUp('conflict');
    if (!(await takeBackMail(tx, undoFacts, at, now))) return giveUp('too_late');
    if (await isNoLongerOffered(tx, undoFacts.before.appointments, undoFacts.outsideOffer ?? []))
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
  return { ...found, facts, kept: undo as UndoFacts };
}

/** The dates as they stand, or null where something has been changed since. Whoever changes them waits. */
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

async function isBilledSince(tx: Db, appointmentIds: string[], at: number): Promise<boolean> {
  if (appointmentIds.length === 0) return false;
  const billed = await tx
    .select({ id: ledgerEntries.id })
    .from(ledgerEntries)
    .where(and(inArray(ledgerEntries.appointmentId, appointmentIds), gte(ledgerEntries.at, at)))
    .limit(1);
  return billed.length > 0;
}

/** False when one has left, or is leaving, or one that was being sent may have told of the change. */
async function takeBackMail(tx: Db, { mails, held, before }: UndoFacts, at: number, now: number): Promise<boolean> {
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

/** Of a series, what a change at the desk alters: not what its client wrote. */
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
