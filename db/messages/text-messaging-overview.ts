import { and, count, desc, eq, gt, isNotNull, isNull, or } from 'drizzle-orm';
import type { Owner } from '@/db/access/viewer';
import { reader } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { outbox, textConsents } from '@/db/schema';
import { maxTextsPerDay } from '@/text-gateway-settings';

const DAY_MS = 24 * 3_600_000;

export interface TextMessagingOverview {
  /** How many clients want texts. */
  clients: number;
  sentToday: number;
  most: number;
  /** Why the last text was not sent; null where it was. */
  trouble: string | null;
}

/** An overview of text messages for the owner who set them up. */
export async function getTextMessagingOverview(_viewer: Owner, { now }: Clock): Promise<TextMessagingOverview> {
  const db = await reader();
  const isText = eq(outbox.kind, 'reminder_text');
  const [sent] = await db
    .select({ many: count() })
    .from(outbox)
    .where(and(isText, gt(outbox.sentAt, now - DAY_MS)));
  const [last] = await db
    .select({ sentAt: outbox.sentAt, why: outbox.lastError })
    .from(outbox)
    .where(and(isText, or(isNotNull(outbox.sentAt), isNotNull(outbox.lastError))))
    .orderBy(desc(outbox.createdAt))
    .limit(1);
  const clients = await db.$count(textConsents, isNull(textConsents.endedAt));
  return { clients, sentToday: sent!.many, most: maxTextsPerDay(), trouble: last?.sentAt === null ? last.why : null };
}
