import { and, eq, inArray, isNull, or, type SQL } from 'drizzle-orm';
import { endOffer } from '@/db/claims/end-waitlist-offers';
import type { Db } from '@/db/connection/connection';
import { series, waitlistEntries, waitlistOffers } from '@/db/schema';

// Ends offers that nobody can answer any more.

/** Ends these offers, whatever they were for. */
export async function withdrawOffersById(tx: Db, offerIds: string[], answer: 'withdrawn', now: number): Promise<void> {
  for (const id of offerIds) await endOffer(tx, id, answer, now);
}

/** Ends the open offer of a client. */
export async function withdrawOffersToClient(tx: Db, clientId: string, now: number): Promise<void> {
  const entries = tx
    .select({ id: waitlistEntries.id })
    .from(waitlistEntries)
    .where(eq(waitlistEntries.clientId, clientId));
  const plans = tx.select({ id: series.id }).from(series).where(eq(series.clientId, clientId));
  await withdraw(tx, or(inArray(waitlistOffers.entryId, entries), inArray(waitlistOffers.skipSeriesId, plans))!, now);
}

/** Ends the offers of these entries, which have ended themselves. */
export async function withdrawOffersOfEntries(tx: Db, entryIds: string[], now: number): Promise<void> {
  await withdraw(tx, inArray(waitlistOffers.entryId, entryIds), now);
}

async function withdraw(tx: Db, condition: SQL, now: number): Promise<void> {
  const open = await tx
    .select({ id: waitlistOffers.id })
    .from(waitlistOffers)
    .where(and(isNull(waitlistOffers.answeredAt), condition));
  await withdrawOffersById(
    tx,
    open.map(({ id }) => id),
    'withdrawn',
    now,
  );
}
