import { createHash, createHmac } from 'node:crypto';
import { desc, eq, inArray, max, type SQL } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { insertPrepared } from '@/db/connection/prepared-queries';
import { DAY_MS, RETENTION } from '@/db/retention';
import { allPlansLinks, appointments, calendarFeeds, clients, manageTokens, series } from '@/db/schema';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * The key to a series. Made again whenever it is needed, so that it is stored nowhere. A new series has that of
 * generation 0; each time the practice replaces it, the next.
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

/** The key that opens a series now. */
export async function getManageToken(seriesId: string): Promise<string> {
  return deriveManageToken(seriesId, (await readNewest(await reader(), seriesId))?.generation);
}

/** How long a link lives after the last date of its series, or after the practice renewed it. */
const LIVES_MS = RETENTION.afterLastDateDays * DAY_MS;

export type FoundManageLink = { state: 'open'; viewer: { role: 'link'; seriesId: string } } | { state: 'ended' };

/** What a manage link is; null where there is no such link. Looking spends nothing. */
export async function findManageLink(token: string, now: number): Promise<FoundManageLink | null> {
  if (!TOKEN.test(token)) return null;
  const found = await readLink(await reader(), eq(manageTokens.tokenHash, hashToken(token)));
  if (!found) return null;
  return found.endsAt > now
    ? { state: 'open', viewer: { role: 'link', seriesId: found.seriesId } }
    : { state: 'ended' };
}

/** Whom a manage link lets in; null where it lets nobody in, or not any more. */
export async function findManageLinkViewer(
  token: string,
  now = Date.now(),
): Promise<{ role: 'link'; seriesId: string } | null> {
  const found = await findManageLink(token, now);
  return found?.state === 'open' ? found.viewer : null;
}

/** When the link of a series ends; null where it has none, as when its client was removed. */
export async function getManageLinkExpiry(db: Db, seriesId: string): Promise<number | null> {
  const newest = await readNewest(db, seriesId);
  if (!newest || newest.tokenHash.startsWith('erased:')) return null;
  return (await readLink(db, eq(manageTokens.tokenHash, newest.tokenHash)))?.endsAt ?? null;
}

/** Which link of a series is the one that opens it: 0 for the first, and one more each time it is replaced. */
export async function getManageLinkGeneration(db: Db, seriesId: string): Promise<number> {
  return (await readNewest(db, seriesId))?.generation ?? 0;
}

/** Whether another link has taken the place of the first one. */
export async function isManageLinkReplaced(seriesId: string): Promise<boolean> {
  return (await getManageLinkGeneration(await reader(), seriesId)) > 0;
}

/** Makes a new link to a series. Whoever has one from before, in an old e-mail or by mistake, sees nothing with it. */
export async function replaceManageLink(tx: Db, seriesId: string, now: number): Promise<void> {
  const generation = ((await readNewest(tx, seriesId))?.generation ?? 0) + 1;
  const tokenHash = hashToken(deriveManageToken(seriesId, generation));
  await tx.insert(manageTokens).values({ tokenHash, seriesId, generation, createdAt: now, renewedAt: now });
  // A calendar address that was made with the old one shows the same dates.
  await tx.delete(calendarFeeds).where(eq(calendarFeeds.seriesId, seriesId));
  // So does the link to all plans of the address, which leads on to the new one.
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
