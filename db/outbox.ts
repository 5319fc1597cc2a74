import { randomUUID } from 'node:crypto';
import { aliasedTable, and, asc, desc, eq, gt, inArray, isNull, lt, lte, notExists, or, type SQL } from 'drizzle-orm';
import type { Telling } from '@/scheduling/tell';
import { type Db, reader, transact } from './client';
import { isId } from './ownership';
import { insertPrepared } from './prepared';
import { appointments, outbox } from './schema';
import type { Staff } from './viewer';

/** A message that is still to be made from `telling` and sent. */
export interface MailToSend {
  id: string;
  messageId: string;
  toEmail: string;
  telling: Telling;
  seriesId: string | null;
  appointmentId: string | null;
  /** Failed attempts so far. */
  attempts: number;
}

export interface MailView {
  id: string;
  kind: string;
  toEmail: string;
  telling: Telling;
  seriesId: string | null;
  createdAt: number;
  dueAt: number;
  attempts: number;
  lastError: string | null;
  state: 'waiting' | 'sent' | 'dead' | 'dropped';
  sentAt: number | null;
}

export interface OutboxEntry {
  telling: Telling;
  toEmail: string;
  seriesId?: string;
  appointmentId?: string;
  /** Not before this instant. */
  dueAt?: number;
  now: number;
}

const MINUTE = 60_000;
const LEASE_MS = 2 * MINUTE;
/** After each failure the next wait; after the last of them the message is dead. Three days in all. */
const WAITS_MS = [1, 5, 15, 60, 180, 360, 720, 1440, 1440].map((minutes) => minutes * MINUTE);
const LONGEST_ERROR = 500;
const SHOWN = 200;

/** Writes what must be told, in the transaction that makes it true. */
export async function putInOutbox(tx: Db, entry: OutboxEntry | OutboxEntry[]): Promise<void> {
  const rows = [entry].flat().map(({ telling, toEmail, seriesId, appointmentId, dueAt, now }) => {
    const id = randomUUID();
    return {
      id,
      kind: telling.kind,
      toEmail,
      facts: telling,
      // Made once and kept: a message that is sent twice is then seen to be one.
      messageId: `<${id}@${telling.practice.email.split('@')[1]}>`,
      seriesId: seriesId ?? null,
      appointmentId: appointmentId ?? null,
      createdAt: now,
      dueAt: dueAt ?? now,
      attempts: 0,
    };
  });
  if (rows.length > 0) await insertPrepared(tx, outbox, rows, 'outbox');
}

const isWaiting = and(isNull(outbox.sentAt), isNull(outbox.deadAt), isNull(outbox.droppedAt));

/**
 * Takes up to `limit` due messages for this worker alone, for a while. One that fails to say how it went, because its
 * worker died, is taken again when the lease has run out.
 */
export async function leaseDue(workerId: string, now: number, limit = 10): Promise<MailToSend[]> {
  const db = await reader();
  const isDueIn = (tx: Db) =>
    and(
      isWaiting,
      lte(outbox.dueAt, now),
      or(isNull(outbox.leasedUntil), lte(outbox.leasedUntil, now)),
      isNextOfItsSeries(tx, now),
    );
  // Most of the time there is nothing, and looking takes no lock.
  const waiting = await db.select({ id: outbox.id }).from(outbox).where(isDueIn(db)).limit(1);
  if (waiting.length === 0) return [];
  const leased = await transact(async (tx) => {
    const isDue = isDueIn(tx);
    const due = await tx
      .select({ id: outbox.id })
      .from(outbox)
      .where(isDue)
      .orderBy(asc(outbox.dueAt), asc(outbox.id))
      .limit(limit);
    if (due.length === 0) return [];
    const ids = due.map(({ id }) => id);
    // The condition again: another worker may have taken some since they were listed.
    return tx
      .update(outbox)
      .set({ leasedBy: workerId, leasedUntil: now + LEASE_MS })
      .where(and(inArray(outbox.id, ids), isDue))
      .returning({
        id: outbox.id,
        messageId: outbox.messageId,
        toEmail: outbox.toEmail,
        telling: outbox.facts,
        seriesId: outbox.seriesId,
        appointmentId: outbox.appointmentId,
        attempts: outbox.attempts,
      });
  });
  return leased;
}

/**
 * One message at a time to a recipient about a series, in the order they were written: "cancelled" never overtakes a
 * "booked" that is being sent or tried again. One that was written for later, such as a reminder, holds up nothing.
 */
function isNextOfItsSeries(db: Db, now: number): SQL | undefined {
  const earlier = aliasedTable(outbox, 'earlier');
  const isEarlier = or(
    lt(earlier.createdAt, outbox.createdAt),
    and(eq(earlier.createdAt, outbox.createdAt), lt(earlier.id, outbox.id)),
  );
  return notExists(
    db
      .select({ id: earlier.id })
      .from(earlier)
      .where(
        and(
          eq(earlier.seriesId, outbox.seriesId),
          eq(earlier.toEmail, outbox.toEmail),
          and(isNull(earlier.sentAt), isNull(earlier.deadAt), isNull(earlier.droppedAt)),
          or(lte(earlier.dueAt, now), gt(earlier.attempts, 0)),
          isEarlier,
        ),
      ),
  );
}

/** What is bound to an appointment, such as a reminder, is true only while that is booked. */
export async function isStillTrue({ appointmentId }: MailToSend): Promise<boolean> {
  if (appointmentId === null) return true;
  const [found] = await (await reader())
    .select({ status: appointments.status })
    .from(appointments)
    .where(eq(appointments.id, appointmentId));
  return found?.status === 'booked';
}

/** The mail server has taken it. */
export async function markSent(id: string, workerId: string, now: number): Promise<void> {
  await transact(async (tx) => {
    await tx
      .update(outbox)
      .set({ sentAt: now, leasedBy: null, leasedUntil: null, lastError: null })
      .where(and(eq(outbox.id, id), eq(outbox.leasedBy, workerId), isWaiting));
  });
}

/** Counts a failed attempt: later again, or dead after the last of them, or at once when it can never succeed. */
export async function markFailed(
  id: string,
  workerId: string,
  failure: { error: string; isFinal?: boolean },
  now: number,
): Promise<void> {
  await transact(async (tx) => {
    const isMine: SQL | undefined = and(eq(outbox.id, id), eq(outbox.leasedBy, workerId), isWaiting);
    const [found] = await tx.select({ attempts: outbox.attempts }).from(outbox).where(isMine);
    if (!found) return;
    const wait = failure.isFinal ? undefined : WAITS_MS[found.attempts];
    await tx
      .update(outbox)
      .set({
        attempts: found.attempts + 1,
        lastError: failure.error.slice(0, LONGEST_ERROR),
        leasedBy: null,
        leasedUntil: null,
        ...(wait === undefined ? { deadAt: now } : { dueAt: now + wait }),
      })
      .where(isMine);
  });
}

/** It is no longer true, and is not sent. */
export async function markDropped(id: string, workerId: string, now: number): Promise<void> {
  await transact(async (tx) => {
    await tx
      .update(outbox)
      .set({ droppedAt: now, leasedBy: null, leasedUntil: null })
      .where(and(eq(outbox.id, id), eq(outbox.leasedBy, workerId), isWaiting));
  });
}

/**
 * The practice's mailbox, newest first: a therapist's own and what went to their clients, or all for the owner. What
 * waits for somebody to try it again is there however old it is.
 */
export async function listMail(viewer: Staff): Promise<MailView[]> {
  const db = await reader();
  const list = (condition?: SQL) =>
    db
      .select()
      .from(outbox)
      .where(and(own(db, viewer), condition))
      .orderBy(desc(outbox.createdAt), asc(outbox.id))
      .limit(SHOWN);
  const [newest, dead] = await Promise.all([list(), list(gt(outbox.deadAt, 0))]);
  const shown = new Set(newest.map(({ id }) => id));
  const found = [...newest, ...dead.filter(({ id }) => !shown.has(id))];
  return found.map(({ facts, sentAt, deadAt, droppedAt, ...mail }) => ({
    id: mail.id,
    kind: mail.kind,
    toEmail: mail.toEmail,
    telling: facts,
    seriesId: mail.seriesId,
    createdAt: mail.createdAt,
    dueAt: mail.dueAt,
    attempts: mail.attempts,
    lastError: mail.lastError,
    state: stateOf({ sentAt, deadAt, droppedAt }),
    sentAt,
  }));
}

/** Puts a dead message back in the queue, with as many attempts as a new one. */
export async function retryMail(viewer: Staff, id: string, now: number): Promise<boolean> {
  if (!isId(id)) return false;
  return transact(async (tx) => {
    const back = await tx
      .update(outbox)
      .set({ deadAt: null, attempts: 0, dueAt: now })
      .where(and(eq(outbox.id, id), gt(outbox.deadAt, 0), own(tx, viewer)))
      .returning({ id: outbox.id });
    return back.length > 0;
  });
}

function own(db: Db, viewer: Staff): SQL | undefined {
  if (viewer.role === 'owner') return undefined;
  const theirSeries = db
    .select({ id: appointments.seriesId })
    .from(appointments)
    .where(eq(appointments.therapistId, viewer.therapistId));
  return or(eq(outbox.toEmail, viewer.email), inArray(outbox.seriesId, theirSeries));
}

function stateOf(mail: { sentAt: number | null; deadAt: number | null; droppedAt: number | null }): MailView['state'] {
  if (mail.sentAt !== null) return 'sent';
  if (mail.deadAt !== null) return 'dead';
  return mail.droppedAt === null ? 'waiting' : 'dropped';
}
