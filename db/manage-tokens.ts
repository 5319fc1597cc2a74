import { createHash, createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { type Db, reader } from './client';
import { insertPrepared } from './prepared';
import { manageTokens } from './schema';

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
  const row = { tokenHash: hashToken(manageTokenOf(seriesId)), seriesId, createdAt: now };
  await insertPrepared(tx, manageTokens, [row], 'manage tokens');
}

/** Whom a manage link lets in, or null. Looking spends nothing. */
export async function findLinkViewer(token: string): Promise<{ role: 'link'; seriesId: string } | null> {
  if (!TOKEN.test(token)) return null;
  const [found] = await (await reader())
    .select({ seriesId: manageTokens.seriesId })
    .from(manageTokens)
    .where(eq(manageTokens.tokenHash, hashToken(token)));
  return found ? { role: 'link', seriesId: found.seriesId } : null;
}
