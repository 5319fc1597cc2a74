import {
  aliasedTable,
  and,
  asc,
  eq,
  gt,
  inArray,
  isNull,
  lt,
  lte,
  ne,
  not,
  notExists,
  notInArray,
  or,
  type SQL,
} from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { outbox } from '@/db/schema';
import type { SeriesUpdate } from '@/scheduling/notification-types';
import { shouldRetryText } from '@/scheduling/reminder-schedule';
import { deleteServerReportedBounce, recordBounce } from './bounces';
import {
  DAYTIME_ONLY_KINDS,
  LEASE_MS,
  MAX_CLOCK_SKEW_MS,
  staleMessageCondition,
  unleasedMessageCondition,
  waitingMessageCondition,
} from './outbox';
import { recordUnreachableNumber } from './text-consents';

// What a worker does with the outbox: leases due messages, one after the other for each series, and records how each
// attempt went.

/** A message leased to one worker, still to be made and sent. */
export interface LeasedMessage {
  id: string;
  toEmail: string;
  /** Failed attempts so far. */
  attempts: number;
}

const MINUTE = 60_000;
/** The wait after each failed attempt; after the last one the message is dead. Three days in all. */
const WAITS_MS = [1, 5, 15, 60, 180, 360, 720, 1440, 1440].map((minutes) => minutes * MINUTE);
const LONGEST_ERROR = 500;
/** The longest that a message waits for its turn. */
const LONGEST_TURN_MS = 60 * MINUTE;
/** The longest that a reminder waits for the morning. */
const LONGEST_NIGHT_MS = 14 * 60 * MINUTE;

/**
 * Whether a message is due. It also is when its wait would exceed every possible wait: then the clock was put back, and
 * nothing else would end that wait. Only messages about an appointment are written long before they are due.
 */
function isDueBy(now: number, { dueAt, attempts, appointmentId, kind } = outbox): SQL {
  const isBeyond = (ms: number) =>
    or(
      and(notInArray(kind, DAYTIME_ONLY_KINDS), gt(dueAt, now + ms + MAX_CLOCK_SKEW_MS)),
      gt(dueAt, now + Math.max(ms, LONGEST_NIGHT_MS) + MAX_CLOCK_SKEW_MS),
    );
  const waitsTooLong = WAITS_MS.map((ms, at) => and(eq(attempts, at + 1), isBeyond(Math.max(ms, LONGEST_TURN_MS))));
  return or(
    lte(dueAt, now),
    and(eq(attempts, 0), isNull(appointmentId), isBeyond(LONGEST_TURN_MS)),
    ...waitsTooLong,
    and(gt(attempts, WAITS_MS.length), isBeyond(WAITS_MS.at(-1)!)),
  )!;
}

/**
 * Leases up to `limit` due messages to this worker. If the worker dies without recording the outcome, the message is
 * leased again once its lease has expired.
 */
export async function leaseDueMessages(
  workerId: string,
  now: number,
  limit = 10,
  only: 'texts' | 'mail' | 'all' = 'all',
): Promise<LeasedMessage[]> {
  const db = await reader();
  const isDueIn = (tx: Db) =>
    and(
      only === 'texts' ? eq(outbox.kind, 'reminder_text') : undefined,
      only === 'mail' ? ne(outbox.kind, 'reminder_text') : undefined,
      waitingMessageCondition,
      isDueBy(now),
      not(staleMessageCondition(now)),
      unleasedMessageCondition(now),
      isNextOfItsSeries(tx, now),
    );
  // Usually nothing is due, and looking takes no lock.
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
    // The condition is repeated: another worker may have leased some since they were listed.
    return tx
      .update(outbox)
      .set({ leasedBy: workerId, leasedUntil: now + LEASE_MS })
      .where(and(inArray(outbox.id, ids), isDue))
      .returning({ id: outbox.id, toEmail: outbox.toEmail, attempts: outbox.attempts });
  });
  return leased;
}

/**
 * One message at a time to a recipient about a series, in the order of events: "cancelled" never overtakes a "booked"
 * that is being sent or retried. Some messages hold up nothing: a reminder, whose content is read when it is sent and
 * which may wait for the morning, and a message that was written for a later time or waits for the practice to release
 * it.
 */
function isNextOfItsSeries(db: Db, now: number): SQL | undefined {
  const earlier = aliasedTable(outbox, 'earlier');
  const isAlike = and(eq(earlier.seriesVersion, outbox.seriesVersion), eq(earlier.createdAt, outbox.createdAt));
  const isEarlier = or(
    lt(earlier.seriesVersion, outbox.seriesVersion),
    and(eq(earlier.seriesVersion, outbox.seriesVersion), lt(earlier.createdAt, outbox.createdAt)),
    and(isAlike, lt(earlier.id, outbox.id)),
  );
  return notExists(
    db
      .select({ id: earlier.id })
      .from(earlier)
      .where(
        and(
          eq(earlier.seriesId, outbox.seriesId),
          eq(earlier.toEmail, outbox.toEmail),
          notInArray(earlier.kind, DAYTIME_ONLY_KINDS),
          and(isNull(earlier.sentAt), isNull(earlier.deadAt), isNull(earlier.droppedAt)),
          or(isDueBy(now, earlier), gt(earlier.attempts, 0)),
          not(staleMessageCondition(now, earlier)),
          isEarlier,
        ),
      ),
  );
}

const isMine = (id: string, workerId: string) =>
  and(eq(outbox.id, id), eq(outbox.leasedBy, workerId), waitingMessageCondition);
const RETURNED = { leasedBy: null, leasedUntil: null };

/** The mail server has taken it. */
export async function markSent(id: string, workerId: string, now: number): Promise<void> {
  await transact(async (tx) => {
    const [sent] = await tx
      .update(outbox)
      .set({ sentAt: now, ...RETURNED, lastError: null, refused: null })
      .where(isMine(id, workerId))
      .returning({ toEmail: outbox.toEmail });
    if (sent) await deleteServerReportedBounce(tx, sent.toEmail);
  });
}

export interface SendFailure {
  error: string;
  /** The address will never accept this message. */
  isFinal?: boolean;
  /** This message will never be accepted, which says nothing about its address. */
  isOver?: boolean;
  /** The practice must fix it: its sender address, its password, a policy. Until then the message waits. */
  isOurs?: boolean;
  /** The server may have accepted the message anyway: it did not say that it had not. */
  mayHaveArrived?: boolean;
}

/**
 * Counts a failed attempt. The message is retried later; after the last attempt, or when it can never succeed, it is
 * dead.
 */
export async function markFailed(id: string, workerId: string, failure: SendFailure, now: number): Promise<void> {
  const { error, isFinal, isOurs, mayHaveArrived } = failure;
  await transact(async (tx) => {
    const [found] = await tx
      .select({
        kind: outbox.kind,
        attempts: outbox.attempts,
        facts: outbox.facts,
        toEmail: outbox.toEmail,
        createdAt: outbox.createdAt,
      })
      .from(outbox)
      .where(isMine(id, workerId));
    if (!found) return;
    const isText = found.kind === 'reminder_text';
    if (isFinal) await (isText ? recordUnreachableNumber : recordBounce)(tx, found.toEmail, now);
    const longest = isOurs ? WAITS_MS.at(-1) : undefined;
    // A phone shows a text twice if it is sent twice, so a text that may have arrived is not sent again.
    const isOver = isFinal || failure.isOver || (isText && mayHaveArrived);
    const next = isOver ? undefined : (WAITS_MS[found.attempts] ?? longest);
    const wait = next !== undefined && (await isWorthIt(tx, found, now + next)) ? next : undefined;
    await tx
      .update(outbox)
      .set({
        attempts: found.attempts + 1,
        lastError: error.slice(0, LONGEST_ERROR),
        refused: isOurs && wait !== undefined ? 'us' : null,
        // For a text, this field says that sending has begun; its outcome is known now.
        ...(isText && { told: null }),
        ...RETURNED,
        ...(!mayHaveArrived && 'was' in found.facts && { facts: withoutLastAttempt(found.facts) }),
        ...(wait === undefined ? { deadAt: now } : { dueAt: now + wait }),
      })
      .where(isMine(id, workerId));
  });
}

/**
 * Whether a retry at that time is still worthwhile: a text that keeps failing gives way to its e-mail while that is of
 * use.
 */
async function isWorthIt(
  tx: Db,
  { facts, createdAt }: Pick<typeof outbox.$inferSelect, 'facts' | 'createdAt'>,
  nextTryAt: number,
): Promise<boolean> {
  if (!('kind' in facts) || facts.kind !== 'reminder_text') return true;
  const { timeZone } = await getPractice(tx);
  return shouldRetryText({ timeZone, start: facts.date.start, writtenAt: createdAt, nextTryAt });
}

function withoutLastAttempt(news: SeriesUpdate): SeriesUpdate {
  return { ...news, mayKnow: news.mayKnow.slice(0, -1) };
}
