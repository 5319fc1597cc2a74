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
  /** For a text, its phone number. */
  toEmail: string;
  seriesId?: string;
  /** The version of the series after the event. */
  seriesVersion?: number;
  appointmentId?: string;
  /** The message is not sent before this instant. */
  dueAt?: number;
  now: number;
};

const MINUTE = 60_000;
export const LEASE_MS = 2 * MINUTE;
/** A message that nobody has tried to send for so long is no longer sent automatically: the practice is asked. */
export const STALE_AFTER_MS = 24 * 60 * MINUTE;
/**
 * The clocks of two servers always differ a little: a time that is ahead by less than this does not mean that a clock
 * was put back.
 */
export const MAX_CLOCK_SKEW_MS = 60 * MINUTE;
/** The longest that a message waits while its change can be undone. */
export const LONGEST_UNDO_WAIT_MS = 10 * MINUTE;
/** Kinds that are written by schedule, and sent only by day. */
export const DAYTIME_ONLY_KINDS = ['reminder', 'reminder_text', 'follow_up'];
/**
 * Writes messages in the transaction that makes them true, and returns their ids. Nothing is written to a client
 * without an address.
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
        // Stored, so that a message that is sent twice can be recognised as one.
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

/** Whether a message is for a therapist, about appointments of theirs. */
export function isToTherapist(facts: StoredFacts): boolean {
  if ('audience' in facts) return facts.audience === 'therapist';
  return facts.kind === 'hand_over' && facts.state !== 'ask';
}

export type StoredFacts = (typeof outbox.$inferSelect)['facts'];

/**
 * Drops waiting messages to an address that are out of date: nothing would be sent for them, and they would stay until
 * something could be sent.
 */
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

/** Nobody has tried to send it in the day since it was due, because there was no mail server. */
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
