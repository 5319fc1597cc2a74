import { eq } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { waitlistEntries, type waitlistOffers } from '@/db/schema';

type Offer = typeof waitlistOffers.$inferSelect;

/** The subject of an offer's events in the history. */
export async function getOfferAuditSubject(tx: Db, { entryId, skipSeriesId }: Pick<Offer, 'entryId' | 'skipSeriesId'>) {
  if (entryId === null) return `series:${skipSeriesId}`;
  const [entry] = await tx
    .select({ clientId: waitlistEntries.clientId })
    .from(waitlistEntries)
    .where(eq(waitlistEntries.id, entryId));
  return `client:${entry?.clientId}`;
}
