import { createHash, createHmac } from 'node:crypto';
import { desc, eq, inArray, max, type SQL } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { insertPrepared } from '@/db/connection/prepared-queries';
import { DAY_MS, RETENTION } from '@/db/retention';
import { allPlansLinks, appointments, calendarFeeds, clients, manageTokens, series } from '@/db/schema';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * The token that opens a series. It is derived whenever it is needed, and so stored nowhere. A new series has
 * generation 0; each replacement by the practice adds one.
 */
export function deriveManageToken(seriesId: string, generation = 0): string {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: manage links cannot be made without it.');
  return createHmac('sha256', secret)
    .update(generation === 0 ? `manage:${seriesId}` : `manage:${seriesId}:${generation}`)
    .digest('base64url');
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export async function storeManageToken(tx: Db, seriesId: string, now: number): Promise<void> {
  const row = {
    tokenHash: hashToken(deriveManageToken(seriesId)),
    seriesId,
    generation: 0,
    createdAt: now,
    renewedAt: null,
  };
  await insertPrepared(tx, manageTokens, [row]);
}

/** The token that opens a series now. */
export async function getManageToken(seriesId: string): Promise<string> {
  return deriveManageToken(seriesId, (await readNewest(await reader(), seriesId))?.generation);
}

/** How long a link lasts after the last date of its series, or after the practice renewed it. */
const LIVES_MS = RETENTION.afterLastDateDays * DAY_MS;

export type FoundManageLink = { state: 'open'; viewer: { role: 'link'; seriesId: string } } | { state: 'ended' };

/** Looks up a manage link; null if there is none. Looking does not use it up. */
export async function findManageLink(token: string, now: number): Promise<FoundManageLink | null> {
  if (!TOKEN.test(token)) return null;
  const found = await readLink(await reader(), eq(manageTokens.tokenHash, hashToken(token)));
  if (!found) return null;
  return found.endsAt > now
    ? { state: 'open', viewer: { role: 'link', seriesId: found.seriesId } }
    : { state: 'ended' };
}

/** The viewer that a manage link lets in; null if the link is wrong or has expired. */
export async function findManageLinkViewer(
  token: string,
  now = Date.now(),
): Promise<{ role: 'link'; seriesId: string } | null> {
  const found = await findManageLink(token, now);
  return found?.state === 'open' ? found.viewer : null;
}

/** When the link of a series expires; null if it has none, for example because its client was removed. */
export async function getManageLinkExpiry(db: Db, seriesId: string): Promise<number | null> {
  const newest = await readNewest(db, seriesId);
  if (!newest || newest.tokenHash.startsWith('erased:')) return null;
  return (await readLink(db, eq(manageTokens.tokenHash, newest.tokenHash)))?.endsAt ?? null;
}

/** The generation of the link that opens a series: 0 for the first, plus one for each replacement. */
export async function getManageLinkGeneration(db: Db, seriesId: string): Promise<number> {
  return (await readNewest(db, seriesId))?.generation ?? 0;
}

/** Whether the first link was replaced. */
export async function isManageLinkReplaced(seriesId: string): Promise<boolean> {
  return (await getManageLinkGeneration(await reader(), seriesId)) > 0;
}

/** Makes a new link to a series. Old links, for example in an old e-mail, stop working. */
export async function replaceManageLink(tx: Db, seriesId: string, now: number): Promise<void> {
  const generation = ((await readNewest(tx, seriesId))?.generation ?? 0) + 1;
  const tokenHash = hashToken(deriveManageToken(seriesId, generation));
  await tx.insert(manageTokens).values({ tokenHash, seriesId, generation, createdAt: now, renewedAt: now });
  // A calendar address that was made with the old link shows the same dates, so it goes too.
  await tx.delete(calendarFeeds).where(eq(calendarFeeds.seriesId, seriesId));
  // So does the link to all plans of the address, because it leads to the new link.
  const address = tx
    .select({ email: clients.email })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(eq(series.id, seriesId));
  await tx.delete(allPlansLinks).where(inArray(allPlansLinks.email, address));
}

async function readNewest(db: Db, seriesId: string) {
  const [newest] = await db
    .select({ tokenHash: manageTokens.tokenHash, generation: manageTokens.generation })
    .from(manageTokens)
    .where(eq(manageTokens.seriesId, seriesId))
    .orderBy(desc(manageTokens.generation))
    .limit(1);
  return newest;
}

async function readLink(db: Db, condition: SQL): Promise<{ seriesId: string; endsAt: number } | undefined> {
  const [found] = await db
    .select({
      seriesId: manageTokens.seriesId,
      generation: manageTokens.generation,
      renewedAt: manageTokens.renewedAt,
      lastAt: max(appointments.endAt),
    })
    .from(manageTokens)
    .leftJoin(appointments, eq(appointments.seriesId, manageTokens.seriesId))
    .where(condition)
    .groupBy(manageTokens.seriesId, manageTokens.generation, manageTokens.renewedAt);
  if (!found) return undefined;
  const { seriesId, generation, renewedAt, lastAt } = found;
  const isReplaced = generation !== (await readNewest(db, seriesId))?.generation;
  return { seriesId, endsAt: isReplaced ? 0 : Math.max(Number(lastAt), renewedAt ?? 0) + LIVES_MS };
}
