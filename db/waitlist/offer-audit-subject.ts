import { eq } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { waitlistEntries, type waitlistOffers } from '@/db/schema';

type Offer = typeof waitlistOffers.$inferSelect;

/** Of whom an offer is, as history names them. */
export async function getOfferAuditSubject(tx: Db, { entryId, skipSeriesId }: Pick<Offer, 'entryId' | 'skipSeriesId'>) {
  if (entryId === null) return `series:${skipSeriesId}`;
  const [entry] = await tx
    .select({ clientId: waitlistEntries.clientId })
    .from(waitlistEntries)
    .where(eq(waitlistEntries.id, entryId));
  return `client:${entry?.clientId}`;
}
