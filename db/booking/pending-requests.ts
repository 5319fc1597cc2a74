import { randomUUID } from 'node:crypto';
import { and, asc, count, desc, eq, gt, inArray, lte, type SQL, sql } from 'drizzle-orm';
import { recordEvent } from '@/db/access/audit-trail';
import { decrypt, encrypt } from '@/db/access/encryption';
import { exceedsNetworkLimit, hashIp, senderNetworkCondition } from '@/db/access/hash-ip';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { dropOutdatedMessages, putInOutbox } from '@/db/messages/outbox';
import { getPractice } from '@/db/practice/practice';
import { DAY_MS, MINUTE_MS, RETENTION } from '@/db/retention';
import { bookingRequests } from '@/db/schema';
import type { SeriesRequest } from './booking-request-schemas';
import { buildRequestNotification } from './build-request-notification';
import { releaseHold } from './holds';
import { hashRequestBody } from './idempotency';

// Requests that are not booked yet. They hold no time: once the client confirms one, or the practice approves it, it is
// booked if its times are still free.

const WAIT_LIMIT_MS = {
  confirm: RETENTION.confirmRequestMinutes * MINUTE_MS,
  approve: RETENTION.approveRequestDays * DAY_MS,
};
/** Per sender and address; older requests are dropped to make room. */
const MOST_PER_EMAIL = 3;
/** Per address, from all senders together: a stranger must not be able to push out somebody else's request. */
const MOST_OF_ALL_PER_EMAIL = 12;
/** Per sender and day. */
const MOST_PER_SENDER = 12;
const PURPOSE = 'booking request';

/**
 * Not booked, and no time is held: until `until` it waits for its client's confirmation, or for the practice's
 * approval.
 */
export type PendingBookingResult =
  | { ok: false; reason: 'to_confirm'; until: number }
  | { ok: false; reason: 'to_approve'; until: number };

export interface PendingRequest {
  id: string;
  waitsFor: 'confirm' | 'approve';
  /** As `hashIp` gives it. */
  sender: string;
  createdAt: number;
  until: number;
  request: SeriesRequest;
  /** The page to repair the plan on; null for a request over the API. */
  page: string | null;
}

const selectRequestByKey = preparedQuery((on) =>
  on
    .select()
    .from(bookingRequests)
    .where(and(eq(bookingRequests.key, sql.placeholder('key')), gt(bookingRequests.expiresAt, sql.placeholder('now')))),
);

/** The waiting request with this idempotency key, if any. */
export async function findPendingRequestByIdempotencyKey(
  tx: Db,
  key: string,
  now: number,
): Promise<{ bodyHash: string; answer: PendingBookingResult } | null> {
  const [found] = await selectRequestByKey(tx, { key, now });
  return found ? { bodyHash: found.bodyHash, answer: answerOf(found) } : null;
}

/** Stores the request, and tells its client by e-mail what happens next. */
export async function storePendingRequest(
  request: SeriesRequest,
  waitsFor: 'confirm' | 'approve',
  {
    now,
    sender: address = '',
    heldBy,
    page,
  }: { now: number; sender?: string | undefined; heldBy?: string | undefined; page?: string | undefined },
): Promise<PendingBookingResult | { ok: false; reason: 'too_many' }> {
  const { idempotencyKey: key, ...body } = request;
  const sender = hashIp(address);
  const firstStart = Math.min(...request.appointments.map(({ startsAt }) => startsAt));
  const row = {
    id: randomUUID(),
    waitsFor,
    key,
    bodyHash: hashRequestBody(body),
    sender,
    email: request.client.email,
    sealed: encrypt(JSON.stringify({ request, page: page ?? null }), PURPOSE),
    createdAt: now,
    expiresAt: Math.min(now + WAIT_LIMIT_MS[waitsFor], firstStart),
  };
  return transact(async (tx): Promise<PendingBookingResult | { ok: false; reason: 'too_many' }> => {
    await tx.delete(bookingRequests).where(lte(bookingRequests.expiresAt, now));
    // The same form was sent twice at once.
    const same = await findPendingRequestByIdempotencyKey(tx, key, now);
    if (same?.bodyHash === row.bodyHash) return same.answer;
    const isOverSender = await exceedsNetworkLimit(sender, MOST_PER_SENDER, async (pattern) => {
      const ofToday = gt(bookingRequests.createdAt, now - DAY_MS);
      return (await countOf(tx, and(senderNetworkCondition(bookingRequests.sender, pattern), ofToday))) + 1;
    });
    if (same || isOverSender) return { ok: false, reason: 'too_many' };
    await forgetOlder(tx, row);
    if ((await countOf(tx, eq(bookingRequests.email, row.email))) >= MOST_OF_ALL_PER_EMAIL)
      return { ok: false, reason: 'too_many' };
    const inserted = await tx.insert(bookingRequests).values(row).onConflictDoNothing().returning();
    if (inserted.length === 0) return { ok: false, reason: 'too_many' };
    if (heldBy) await releaseHold(tx, heldBy);
    const practice = await getPractice(tx);
    await dropEmailsOfEnded(tx, [row.email, practice.email], now);
    const common = { practice, requestId: row.id, request, until: row.expiresAt };
    const state = waitsFor === 'confirm' ? 'to_confirm' : 'to_approve';
    const messages = [
      { toEmail: row.email, notification: await buildRequestNotification(tx, { ...common, state }), now },
    ];
    if (waitsFor === 'approve')
      messages.push({
        toEmail: practice.email,
        notification: await buildRequestNotification(tx, { ...common, state: 'new' }),
        now,
      });
    await putInOutbox(tx, messages);
    const facts = { waitsFor, sessions: request.appointments.length };
    await recordEvent(tx, { at: now, actor: 'reader', action: 'asked', subject: `request:${row.id}`, facts });
    return answerOf(row);
  });
}

/**
 * Drops waiting e-mails about requests that were dropped or have ended. E-mails about the practice's decision stay:
 * they are still true.
 */
async function dropEmailsOfEnded(tx: Db, addresses: string[], now: number): Promise<void> {
  const live = new Set((await tx.select({ id: bookingRequests.id }).from(bookingRequests)).map(({ id }) => id));
  for (const address of new Set(addresses))
    await dropOutdatedMessages(
      tx,
      address,
      (facts) =>
        facts.kind === 'request' && facts.state !== 'declined' && facts.state !== 'taken' && !live.has(facts.requestId),
      now,
    );
}

async function countOf(tx: Db, condition: SQL | undefined): Promise<number> {
  const [found] = await tx.select({ waiting: count() }).from(bookingRequests).where(condition);
  return found?.waiting ?? 0;
}

/** Makes room for one more request of this sender for this address. */
async function forgetOlder(tx: Db, { email, sender }: { email: string; sender: string }): Promise<void> {
  const found = await tx
    .select({ id: bookingRequests.id })
    .from(bookingRequests)
    .where(and(eq(bookingRequests.email, email), eq(bookingRequests.sender, sender)))
    .orderBy(desc(bookingRequests.createdAt), asc(bookingRequests.id));
  const older = found.slice(MOST_PER_EMAIL - 1).map(({ id }) => id);
  if (older.length > 0) await tx.delete(bookingRequests).where(inArray(bookingRequests.id, older));
}

export async function findPendingRequest(id: string, now: number): Promise<PendingRequest | null> {
  const [found] = await (await reader())
    .select()
    .from(bookingRequests)
    .where(and(eq(bookingRequests.id, id), gt(bookingRequests.expiresAt, now)));
  return found ? rowOf(found) : null;
}

/** All waiting requests, the oldest first. */
export async function listAllPendingRequests(db: Db, now: number): Promise<PendingRequest[]> {
  const found = await db
    .select()
    .from(bookingRequests)
    .where(gt(bookingRequests.expiresAt, now))
    .orderBy(asc(bookingRequests.createdAt), asc(bookingRequests.id));
  return found.map(rowOf).filter((entry) => entry !== null);
}

export async function deletePendingRequest(tx: Db, id: string): Promise<boolean> {
  const removed = await tx
    .delete(bookingRequests)
    .where(eq(bookingRequests.id, id))
    .returning({ id: bookingRequests.id });
  return removed.length > 0;
}

/** Decrypts the request in a row of the table, to show its own client. Null where it can no longer be decrypted. */
export function decryptPendingRequest(sealed: string): Pick<PendingRequest, 'request' | 'page'> | null {
  const text = decrypt(sealed, PURPOSE);
  return text === null ? null : (JSON.parse(text) as Pick<PendingRequest, 'request' | 'page'>);
}

/** Null where the secret of this server has changed since, so that it can no longer be decrypted. */
function rowOf({ sealed, id, waitsFor, sender, createdAt, expiresAt }: typeof bookingRequests.$inferSelect) {
  const read = decryptPendingRequest(sealed);
  return read && { id, waitsFor, sender, createdAt, until: expiresAt, ...read };
}

function answerOf({
  waitsFor,
  expiresAt,
}: Pick<typeof bookingRequests.$inferSelect, 'waitsFor' | 'expiresAt'>): PendingBookingResult {
  return { ok: false, reason: waitsFor === 'confirm' ? 'to_confirm' : 'to_approve', until: expiresAt };
}
