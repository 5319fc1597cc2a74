import { and, eq } from 'drizzle-orm';
import { reader, transact } from './client';
import { actorOf, recordEvent } from './history';
import { getRenewed } from './manage-links';
import { getLinkEnd, renewLink } from './manage-tokens';
import { putInOutbox } from './outbox';
import { isId, ownSeries } from './ownership';
import { getPractice, toldPractice } from './practice';
import { clients, series } from './schema';
import { readOneSeries } from './series';

import type { Staff } from './viewer';

/** When the client's link to a series ends; null where the viewer may not know. */
export async function whenLinkEnds(viewer: Staff, seriesId: string): Promise<number | null> {
  const db = await reader();
  return (await isTheirs(db, viewer, seriesId)) ? getLinkEnd(db, seriesId) : null;
}

/** Lets the link to one series live for another year, and sends it to its client again. */
export async function renewLinkOf(viewer: Staff, seriesId: string, now: number): Promise<boolean> {
  return transact(async (tx) => {
    if (!(await isTheirs(tx, viewer, seriesId))) return false;
    if ((await getLinkEnd(tx, seriesId)) === null) return false;
    await renewLink(tx, seriesId, now);
    const { client } = await readOneSeries(tx, seriesId);
    const renewed = await getRenewed(tx, seriesId, client.email);
    if (!renewed) return false;
    const practice = toldPractice(await getPractice(tx));
    const telling = { kind: 'link_renewed', practice, seriesUid: seriesId, ...renewed } as const;
    await putInOutbox(tx, { telling, toEmail: client.email, now });
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
