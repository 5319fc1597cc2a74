import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { allPlansLinks, clients, series } from '@/db/schema';
import { makeAllPlansToken, readAllPlansToken } from './emailed-link-tokens';
import { getManageLinkExpiry } from './manage-tokens';

// One link to all plans of an e-mail address. It is sent to that address alone (the owner sees it in the mailbox), never
// shown after a booking: whoever has it reads the address's mail.

/** Whoever holds such a link. It is no `Viewer`: it changes nothing, and what it shows of each plan leads on by that plan's own link. */
export interface AllPlansViewer {
  role: 'address';
  /** In lower case. */
  email: string;
}

/** Makes the link of an address where it has none. */
export async function createAllPlansLinkIfMissing(tx: Db, email: string, now: number): Promise<void> {
  await tx.insert(allPlansLinks).values({ id: randomUUID(), email, createdAt: now }).onConflictDoNothing();
}

/** The key to all plans of an address; null where none was made since the last one ended. */
export async function getAllPlansToken(email: string): Promise<string | null> {
  const [found] = await (await reader())
    .select({ id: allPlansLinks.id })
    .from(allPlansLinks)
    .where(eq(allPlansLinks.email, email));
  return found ? makeAllPlansToken(found.id) : null;
}

/** Whoever has the link of this address sees nothing with it any more. */
export async function endAllPlansLink(tx: Db, email: string): Promise<void> {
  await tx.delete(allPlansLinks).where(eq(allPlansLinks.email, email));
}

export type FoundAllPlansLink = { state: 'open'; viewer: AllPlansViewer; endsAt: number } | { state: 'ended' };

/** What such a link is; null where this server made no such link. It lives as long as the longest of the links it leads to. */
export async function findAllPlansLink(token: string, now: number): Promise<FoundAllPlansLink | null> {
  const id = readAllPlansToken(token);
  if (id === null) return null;
  const db = await reader();
  const [found] = await db.select({ email: allPlansLinks.email }).from(allPlansLinks).where(eq(allPlansLinks.id, id));
  if (!found) return { state: 'ended' };
  const plans = await db
    .select({ id: series.id })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(eq(clients.email, found.email));
  const ends = await Promise.all(plans.map(async (plan) => (await getManageLinkExpiry(db, plan.id)) ?? 0));
  const endsAt = Math.max(0, ...ends);
  return endsAt > now ? { state: 'open', viewer: { role: 'address', email: found.email }, endsAt } : { state: 'ended' };
}
