import { and, eq } from 'drizzle-orm';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import { getLinkEnd, replaceLink } from '@/db/access/manage-tokens';
import { isId, ownSeries } from '@/db/access/ownership';
import type { Staff } from '@/db/access/viewer';
import { readOneSeries } from '@/db/appointments/series';
import { reader, transact } from '@/db/connection/client';
import { getPractice, notificationPractice } from '@/db/practice/practice';
import { clients, series } from '@/db/schema';
import { getRenewedSeries } from './manage-links';
import { putInOutbox } from './outbox';

/** When the client's link to a series ends; null where the viewer may not know. */
export async function getLinkExpiry(viewer: Staff, seriesId: string): Promise<number | null> {
  const db = await reader();
  return (await isTheirs(db, viewer, seriesId)) ? getLinkEnd(db, seriesId) : null;
}

/** Makes a new link to one series, good for another year, and sends it to its client. The one before ends. */
export async function renewClientLink(viewer: Staff, seriesId: string, now: number): Promise<boolean> {
  return transact(async (tx) => {
    if (!(await isTheirs(tx, viewer, seriesId))) return false;
    if ((await getLinkEnd(tx, seriesId)) === null) return false;
    await replaceLink(tx, seriesId, now);
    const { client } = await readOneSeries(tx, seriesId);
    const renewed = await getRenewedSeries(tx, seriesId, client.email);
    if (!renewed) return false;
    const practice = notificationPractice(await getPractice(tx));
    const notification = { kind: 'link_renewed', practice, seriesUid: seriesId, ...renewed } as const;
    await putInOutbox(tx, { notification, toEmail: client.email, now });
    const event = { at: now, actor: actorOf(viewer), action: 'link renewed', subject: `series:${seriesId}`, facts: {} };
    await recordEvent(tx, event);
    return true;
  });
}

async function isTheirs(db: Awaited<ReturnType<typeof reader>>, viewer: Staff, seriesId: string): Promise<boolean> {
  if (!isId(seriesId)) return false;
  const found = await db
    .select({ id: series.id })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(and(eq(series.id, seriesId), ownSeries(db, viewer)));
  return found.length > 0;
}
