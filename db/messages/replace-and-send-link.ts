import { and, eq, max } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { getManageLinkExpiry, replaceManageLink } from '@/db/access/manage-tokens';
import type { Staff } from '@/db/access/viewer';
import { isPossibleId, visibleSeriesCondition } from '@/db/access/viewer-conditions';
import { getSeriesUnchecked } from '@/db/appointments/series';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { appointments, clients, series } from '@/db/schema';
import { getSeriesForRenewedLinkEmail } from './manage-links-email';
import { putInOutbox } from './outbox';

/** When the client's link to a series expires; null where the viewer may not know. */
export async function getLinkExpiryForStaff(viewer: Staff, seriesId: string): Promise<number | null> {
  const db = await reader();
  return (await isTheirs(db, viewer, seriesId)) ? getManageLinkExpiry(db, seriesId) : null;
}

/** Makes a new link to a series, valid for another year, and sends it to the client. The former link stops working. */
export async function replaceAndSendLink(viewer: Staff, seriesId: string, now: number): Promise<boolean> {
  return transact(async (tx) => {
    if (!(await isTheirs(tx, viewer, seriesId))) return false;
    if ((await getManageLinkExpiry(tx, seriesId)) === null) return false;
    return renewLink(tx, viewer, seriesId, now);
  });
}

/** Ends every working link to a client's plans, and sends a new one for each plan with upcoming dates. */
export async function replaceAndSendLinksOfClient(tx: Db, viewer: Staff, clientId: string, now: number): Promise<void> {
  for (const { id, lastStart } of await listPlans(tx, clientId)) {
    const end = await getManageLinkExpiry(tx, id);
    if (end === null || end <= now) continue;
    if (lastStart !== null && lastStart > now) await renewLink(tx, viewer, id, now);
    else await replaceManageLink(tx, id, now);
  }
}

async function listPlans(tx: Db, clientId: string) {
  return tx
    .select({ id: series.id, lastStart: max(appointments.startAt) })
    .from(series)
    .leftJoin(appointments, and(eq(appointments.seriesId, series.id), eq(appointments.status, 'booked')))
    .where(eq(series.clientId, clientId))
    .groupBy(series.id);
}

/**
 * Replaces the link, and sends the new one to the client's address, if there is one. False where the series has no date
 * that an e-mail could name.
 */
async function renewLink(tx: Db, viewer: Staff, seriesId: string, now: number): Promise<boolean> {
  await replaceManageLink(tx, seriesId, now);
  const { client } = await getSeriesUnchecked(tx, seriesId);
  const renewed = await getSeriesForRenewedLinkEmail(tx, seriesId, client.email);
  if (!renewed) return false;
  const practice = toNotificationPractice(await getPractice(tx));
  const notification = { kind: 'link_renewed', practice, seriesUid: seriesId, ...renewed } as const;
  if (client.email !== '') await putInOutbox(tx, { notification, toEmail: client.email, now });
  const event = {
    at: now,
    actor: getAuditActor(viewer),
    action: 'link renewed' as const,
    subject: `series:${seriesId}`,
    facts: {},
  };
  await recordEvent(tx, event);
  return true;
}

async function isTheirs(db: Db, viewer: Staff, seriesId: string): Promise<boolean> {
  if (!isPossibleId(seriesId)) return false;
  const found = await db
    .select({ id: series.id })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(and(eq(series.id, seriesId), visibleSeriesCondition(db, viewer)));
  return found.length > 0;
}
