import { and, count, desc, eq, gt, inArray, lt, lte } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { outbox } from '@/db/schema';
import type { Notification, StoredNotification } from '@/scheduling/notification-types';
import { waitingMessageCondition } from './outbox';

// Whoever books may give somebody else's address, and could make our mail server write to it without end. An address
// therefore gets only so many e-mails an hour. Nothing is lost: what exceeds the cap waits, and is then one message
// with all that happened meanwhile.

export const HOUR_MS = 3_600_000;
const AN_HOUR = 6;
const LINKS_AN_HOUR = 3;
/** The kinds of e-mail that a visitor can cause. Sign-in links have a cap of their own. */
const CAUSED_BY_VISITORS = ['booked', 'moved', 'cancelled', 'freed', 'request', 'waitlist'];

function areCapsOn(): boolean {
  return process.env.RATE_LIMITS !== 'off';
}

/**
 * When this message may be sent; null: now. Therapists and the practice get a message about every booking or request at
 * once, but messages about one booking that is changed repeatedly are capped as a client's are.
 */
export async function getSendTimeUnderMailCap(
  tx: Db,
  {
    id,
    facts,
    toEmail,
    seriesId,
  }: Pick<typeof outbox.$inferSelect, 'id' | 'toEmail' | 'seriesId'> & {
    facts: StoredNotification | Notification;
  },
  now: number,
): Promise<number | null> {
  const isForStaff =
    ('audience' in facts && facts.audience === 'therapist') || (facts.kind === 'request' && facts.state === 'new');
  if (!areCapsOn() || !CAUSED_BY_VISITORS.includes(facts.kind)) return null;
  if (isForStaff && seriesId === null) return null;
  const ofItsSeries = isForStaff ? eq(outbox.seriesId, seriesId!) : undefined;
  const toThem = and(eq(outbox.toEmail, toEmail), inArray(outbox.kind, CAUSED_BY_VISITORS), ofItsSeries);
  const sent = await tx
    .select({ at: outbox.sentAt })
    .from(outbox)
    .where(and(toThem, gt(outbox.sentAt, now - HOUR_MS), lte(outbox.sentAt, now)))
    .orderBy(desc(outbox.sentAt))
    .limit(AN_HOUR);
  // Messages that are being sent now, and have their turn before this one.
  const [before] = await tx
    .select({ many: count() })
    .from(outbox)
    .where(and(toThem, waitingMessageCondition, gt(outbox.leasedUntil, now), lt(outbox.id, id)));
  return sent.length + before!.many < AN_HOUR ? null : (sent.at(-1)?.at ?? now) + HOUR_MS;
}

/** Whether a reminder may be written to an unconfirmed address: one a day, however much was booked with it. */
export async function mayRemindUnconfirmed(tx: Db, toEmail: string, now: number): Promise<boolean> {
  if (!areCapsOn()) return true;
  const [lately] = await tx
    .select({ many: count() })
    .from(outbox)
    .where(and(eq(outbox.toEmail, toEmail), eq(outbox.kind, 'reminder'), gt(outbox.createdAt, now - 24 * HOUR_MS)));
  return lately!.many === 0;
}

/** Whether another e-mail with manage links may be written to an address. If one is waiting already, it is enough. */
export async function mayEmailManageLinks(tx: Db, toEmail: string, now: number): Promise<boolean> {
  if (!areCapsOn()) return true;
  const isTheirs = and(eq(outbox.toEmail, toEmail), eq(outbox.kind, 'manage_links'));
  const [waiting] = await tx.select({ many: count() }).from(outbox).where(and(isTheirs, waitingMessageCondition));
  const [lately] = await tx
    .select({ many: count() })
    .from(outbox)
    .where(and(isTheirs, gt(outbox.createdAt, now - HOUR_MS), lte(outbox.createdAt, now)));
  return waiting!.many === 0 && lately!.many < LINKS_AN_HOUR;
}
