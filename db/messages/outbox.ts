import { randomUUID } from 'node:crypto';
import { and, eq, gt, inArray, isNull, lt, lte, or, type SQL } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { insertPrepared } from '@/db/connection/prepared-queries';
import { outbox } from '@/db/schema';
import type { SeriesNotification, SeriesUpdate, StoredNotification } from '@/scheduling/notification-types';

export type OutboxEntry = (
  | { notification: SeriesUpdate; practice: { email: string } }
  | { notification: Exclude<StoredNotification, SeriesUpdate> | SeriesNotification }
) & {
  /** Of a text its number. */
  toEmail: string;
  seriesId?: string;
  /** Of the series, after what happened. */
  seriesVersion?: number;
  appointmentId?: string;
  /** Not before this instant. */
  dueAt?: number;
  now: number;
};

const MINUTE = 60_000;
export const LEASE_MS = 2 * MINUTE;
/** What was not even tried for so long is not sent by itself any more: the practice is asked. */
export const STALE_AFTER_MS = 24 * 60 * MINUTE;
/** The clocks of two servers are never quite the same: what is in the other's future by less is no clock put back. */
export const MAX_CLOCK_SKEW_MS = 60 * MINUTE;
/** The longest that a message waits because what it tells can still be undone. */
export const LONGEST_UNDO_WAIT_MS = 10 * MINUTE;
/** Written by the clock, and sent by day alone. */
export const DAYTIME_ONLY_KINDS = ['reminder', 'reminder_text', 'follow_up'];
/**
 * Writes what must be told, in the transaction that makes it true, and says by which ids it is known. To a client
 * without an address nothing is written.
 */
export async function putInOutbox(tx: Db, entry: OutboxEntry | OutboxEntry[]): Promise<string[]> {
  const rows = [entry]
    .flat()
    .filter(hasAddress)
    .map((message) => {
      const { notification, toEmail, seriesId, seriesVersion = 0, appointmentId, dueAt, now } = message;
      const { email } =
        'practice' in notification ? notification.practice : (message as { practice: { email: string } }).practice;
      const id = randomUUID();
      return {
        id,
        kind: notification.kind,
        toEmail,
        facts: notification,
        told: null,
        // Kept: a message that is sent twice is then seen to be one.
        messageId: `<${id}@${email.split('@')[1]}>`,
        seriesId: seriesId ?? null,
        seriesVersion,
        appointmentId: appointmentId ?? null,
        createdAt: now,
        dueAt: dueAt ?? now,
        attempts: 0,
      };
    });
  if (rows.length > 0) await insertPrepared(tx, outbox, rows);
  return rows.map(({ id }) => id);
}

function hasAddress({ toEmail }: OutboxEntry): boolean {
  return toEmail !== '';
}

export type StoredFacts = (typeof outbox.$inferSelect)['facts'];

/** Drops what waits for an address and is over: nothing would be sent of it, and it would stay until something could. */
export async function dropOutdatedMessages(
  tx: Db,
  toEmail: string,
  isOver: (facts: StoredFacts) => boolean | Promise<boolean>,
  now: number,
): Promise<void> {
  const isFree = and(eq(outbox.toEmail, toEmail), waitingMessageCondition, unleasedMessageCondition(now));
  const waiting = await tx.select({ id: outbox.id, facts: outbox.facts }).from(outbox).where(isFree);
  const over: string[] = [];
  for (const { id, facts } of waiting) if (await isOver(facts)) over.push(id);
  if (over.length === 0) return;
  const dropped = { droppedAt: now, leasedBy: null, leasedUntil: null };
  await tx
    .update(outbox)
    .set(dropped)
    .where(and(inArray(outbox.id, over), isFree));
}

export const waitingMessageCondition = and(isNull(outbox.sentAt), isNull(outbox.deadAt), isNull(outbox.droppedAt));

/** Nobody has tried to send it since it was due, a day ago: there was no mail server. */
export function staleMessageCondition(now: number, entry: Pick<typeof outbox, 'dueAt' | 'attempts'> = outbox): SQL {
  return and(eq(entry.attempts, 0), lt(entry.dueAt, now - STALE_AFTER_MS))!;
}

export function unleasedMessageCondition(now: number): SQL {
  return or(
    isNull(outbox.leasedUntil),
    lte(outbox.leasedUntil, now),
    gt(outbox.leasedUntil, now + LEASE_MS + MAX_CLOCK_SKEW_MS),
  )!;
}
