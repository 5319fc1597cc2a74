// Records when a member of staff was refused, and never what they asked for.

import { and, eq, gt } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { auditEvents } from '@/db/schema';
import { getAuditActor, type HistoryEvent, recordEvent } from './audit-trail';
import type { Staff } from './viewer';

/** Per kind, person and hour: somebody can be refused any number of times, so the history must be bounded. */
const REFUSALS_KEPT = 5;

/** Records that a member of staff opened a page of another role, or made too many requests. */
export async function recordStaffRefusal(
  viewer: Staff,
  action: 'page refused' | 'asked too often',
  now: number,
): Promise<void> {
  const event = { at: now, actor: getAuditActor(viewer), action, subject: `user:${viewer.userId}`, facts: {} };
  // Most refused requests only read a page, so repeating one must not take a write lock each time.
  if (await isRemembered(await reader(), event)) return;
  await transact((tx) => recordRefusal(tx, event));
}

/** Records a refusal, unless the limit for this hour is reached. */
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
