import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { allPlansLinks, clients, series } from '@/db/schema';
import { makeAllPlansToken, readAllPlansLinkId } from './emailed-link-tokens';
import { getManageLinkExpiry } from './manage-tokens';

// One link opens all plans of an e-mail address. It is sent only to that address (the owner can also see it in the
// mailbox), and never shown after a booking: having the link proves that you read the address's mail.

/**
 * The holder of such a link. This is no `Viewer`: the link changes nothing but the language of its e-mails, and it opens
 * each plan through that plan's own link.
 */
export interface AllPlansViewer {
  role: 'address';
  /** In lower case. */
  email: string;
}

/** Creates a link for an address that has none. */
export async function createAllPlansLinkIfMissing(tx: Db, email: string, now: number): Promise<void> {
  await tx.insert(allPlansLinks).values({ id: randomUUID(), email, createdAt: now }).onConflictDoNothing();
}

/** The token that opens all plans of an address; null if it has no link, or its last one has ended. */
export async function getAllPlansToken(email: string): Promise<string | null> {
  const [found] = await (await reader())
    .select({ id: allPlansLinks.id })
    .from(allPlansLinks)
    .where(eq(allPlansLinks.email, email));
  return found ? makeAllPlansToken(found.id) : null;
}

/** Ends the link of an address: whoever still has it can open nothing with it. */
export async function endAllPlansLink(tx: Db, email: string): Promise<void> {
  await tx.delete(allPlansLinks).where(eq(allPlansLinks.email, email));
}

export type FoundAllPlansLink = { state: 'open'; viewer: AllPlansViewer; endsAt: number } | { state: 'ended' };

/**
 * Looks up a link; null if this server never made it. It lasts as long as the longest-lived manage link it leads to.
 */
export async function findAllPlansLink(token: string, now: number): Promise<FoundAllPlansLink | null> {
  const id = readAllPlansLinkId(token);
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
