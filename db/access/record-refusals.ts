// What is remembered of somebody who works here and was refused? That it happened and when, never what they asked for.

import { and, eq, gt } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { auditEvents } from '@/db/schema';
import { getAuditActor, type HistoryEvent, recordEvent } from './audit-trail';
import type { Staff } from './viewer';

/** Of one kind, about one person, in an hour: who is refused can be refused as often as they like. */
const REFUSALS_KEPT = 5;

/** Somebody who works here asked for a page of another role, or more often than is allowed. */
export async function recordStaffRefusal(
  viewer: Staff,
  action: 'page refused' | 'asked too often',
  now: number,
): Promise<void> {
  const event = { at: now, actor: getAuditActor(viewer), action, subject: `user:${viewer.userId}`, facts: {} };
  // Most pages are read: one that is asked for again and again takes no write lock each time.
  if (await isRemembered(await reader(), event)) return;
  await transact((tx) => recordRefusal(tx, event));
}

/** Remembers a refusal, unless it has been remembered often enough within the hour. */
export async function recordRefusal(tx: Db, event: HistoryEvent): Promise<void> {
  if (!(await isRemembered(tx, event))) await recordEvent(tx, event);
}

async function isRemembered(db: Db, { subject, action, at }: HistoryEvent): Promise<boolean> {
  const lately = await db
    .select({ id: auditEvents.id })
    .from(auditEvents)
    .where(and(eq(auditEvents.subject, subject), eq(auditEvents.action, action), gt(auditEvents.at, at - 3_600_000)))
    .limit(REFUSALS_KEPT);
  return lately.length >= REFUSALS_KEPT;
}
