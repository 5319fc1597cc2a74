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
export const UNDO_MOVE_MS = 10_000;
/** Its e-mails wait a little longer: a press in the last second still has to arrive. */
const MAIL_WAITS_MS = 15_000;
const LONGEST_LEAP = 1000;

type Appointments = Awaited<ReturnType<typeof readAppointments>>;
type Rows = { series: Awaited<ReturnType<typeof readSeries>>; appointments: Appointments; skips: Skips };
type Skips = (typeof skips.$inferSelect)[];

/** A change that has begun and can be undone when it is done. */
export interface UndoableMove {
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
  held: UndoableMove['held'];
  /** The dates that were outside of the offer before, too. */
  outsideOffer: string[];
}

/** `withdrawn`: the massage, the therapist or the room of a date is not offered so any more. */
export type UndoMoveResult = { ok: true } | Refusal<'not_found' | 'conflict' | 'too_late' | 'taken' | 'withdrawn'>;

/** Remembers these series as they are, and keeps back what waits to be told of them. */
export async function beginUndoableMove(tx: Db, seriesIds: string[], now: number): Promise<UndoableMove> {
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
export async function recordUndoableMove(
  tx: Db,
  change: UndoableMove,
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

/** A change of the viewer's own that can still be undone. */
export async function findOfferedUndo(viewer: Staff, id: string, { now }: Clock): Promise<OfferedUndo | null> {
  const found = await findOwn(await reader(), viewer, id);
  if (!found) return null;
  const leftMs = found.at + UNDO_MOVE_MS - now;
  const [standing] = await (await reader())
    .select({ version: series.version })
    .from(series)
    .where(eq(series.id, found.kept.before.series[0]!.id));
  const isAsLeft = standing?.version === found.kept.after.series[found.kept.before.series[0]!.id];
  return leftMs > 0 && isAsLeft ? { id, action: found.action, facts: found.facts, leftMs } : null;
}

/** Puts everything back as it was, and what was to be told of it is not. Only who did it may, and only at once. */
export async function undoMove(viewer: Staff, id: string, { now }: Clock): Promise<UndoMoveResult> {
  return transact<UndoMoveResult>(async (tx, undo) => {
    const giveUp = (reason: 'conflict' | 'too_late' | 'taken' | 'withdrawn') =>
      undo<UndoMoveResult>({ ok: false, reason });
    await lockOfferForBooking(tx);
    const found = await findOwn(tx, viewer, id);
    if (!found) return { ok: false, reason: 'not_found' };
    const { at, kept: undoFacts, subject } = found;
    if (now >= undoFacts.until) return { ok: false, reason: 'too_late' };
    if (!(await areAsLeft(tx, undoFacts, at))) return giveUp('conflict');
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

/** Nothing has been changed since, nor been entered of the money for what had another length. Whoever changes it waits. */
async function areAsLeft(tx: Db, { before, after }: UndoFacts, at: number): Promise<boolean> {
  for (const [id, version] of Object.entries(after.series).sort()) {
    const locked = await tx
      .update(series)
      .set({ version })
      .where(and(eq(series.id, id), eq(series.version, version)))
      .returning({ id: series.id });
    if (locked.length === 0) return false;
  }
  const ids = before.appointments.map(({ id }) => id);
  if (ids.length === 0) return true;
  const rows = await tx
    .select({ id: appointments.id, version: appointments.version, minutes: appointments.minutes })
    .from(appointments)
    .where(inArray(appointments.id, ids));
  if (!rows.every(({ id, version }) => after.appointments[id] === version)) return false;
  const resized = before.appointments.filter(({ id, minutes }) =>
    rows.some((row) => row.id === id && row.minutes !== minutes),
  );
  if (resized.length === 0) return true;
  const billed = await tx
    .select({ id: ledgerEntries.id })
    .from(ledgerEntries)
    .where(
      and(
        inArray(
          ledgerEntries.appointmentId,
          resized.map(({ id }) => id),
        ),
        gte(ledgerEntries.at, at),
      ),
    )
    .limit(1);
  return billed.length === 0;
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

/** Of a series, what a move changes: not what its client wrote. */
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
    })
    .from(appointments)
    .where(inArray(appointments.seriesId, seriesIds))
    .orderBy(appointments.id);
}
