import { createHash, createHmac } from 'node:crypto';
import { and, eq, max, notLike, type SQL } from 'drizzle-orm';
import { reader } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import { insertPrepared } from '@/db/connection/prepared-queries';
import { DAY_MS, RETENTION } from '@/db/retention';
import { appointments, manageTokens } from '@/db/schema';

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** The key to a series. Made again whenever it is needed, so that it is stored nowhere. */
export function manageTokenOf(seriesId: string): string {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: manage links cannot be made without it.');
  return createHmac('sha256', secret).update(`manage:${seriesId}`).digest('base64url');
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export async function storeManageToken(tx: Db, seriesId: string, now: number): Promise<void> {
  const row = { tokenHash: hashToken(manageTokenOf(seriesId)), seriesId, createdAt: now, renewedAt: null };
  await insertPrepared(tx, manageTokens, [row], 'manage tokens');
}

/** How long a link lives after the last date of its series, or after the practice renewed it. */
const LIVES_MS = RETENTION.afterLastDateDays * DAY_MS;

export type FoundLink = { state: 'open'; viewer: { role: 'link'; seriesId: string } } | { state: 'ended' };

/** What a manage link is; null where there is no such link. Looking spends nothing. */
export async function findLink(token: string, now: number): Promise<FoundLink | null> {
  if (!TOKEN.test(token)) return null;
  const found = await readLink(await reader(), eq(manageTokens.tokenHash, hashToken(token)));
  if (!found) return null;
  return found.endsAt > now
    ? { state: 'open', viewer: { role: 'link', seriesId: found.seriesId } }
    : { state: 'ended' };
}

/** Whom a manage link lets in; null where it lets nobody in, or not any more. */
export async function findLinkViewer(
  token: string,
  now = Date.now(),
): Promise<{ role: 'link'; seriesId: string } | null> {
  const found = await findLink(token, now);
  return found?.state === 'open' ? found.viewer : null;
}

/** When the link of a series ends; null where it has none, as when its client was removed. */
export async function getLinkEnd(db: Db, seriesId: string): Promise<number | null> {
  const isAlive = notLike(manageTokens.tokenHash, 'erased:%');
  return (await readLink(db, and(eq(manageTokens.seriesId, seriesId), isAlive)))?.endsAt ?? null;
}

export async function renewLink(tx: Db, seriesId: string, now: number): Promise<void> {
  await tx.update(manageTokens).set({ renewedAt: now }).where(eq(manageTokens.seriesId, seriesId));
}

async function readLink(db: Db, which: SQL | undefined): Promise<{ seriesId: string; endsAt: number } | undefined> {
  const [found] = await db
    .select({
      seriesId: manageTokens.seriesId,
      renewedAt: manageTokens.renewedAt,
      lastAt: max(appointments.endAt),
    })
    .from(manageTokens)
    .leftJoin(appointments, eq(appointments.seriesId, manageTokens.seriesId))
    .where(which)
    .groupBy(manageTokens.seriesId, manageTokens.renewedAt);
  return found && { seriesId: found.seriesId, endsAt: Math.max(Number(found.lastAt), found.renewedAt ?? 0) + LIVES_MS };
}
