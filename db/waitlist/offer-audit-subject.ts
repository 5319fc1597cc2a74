import { eq } from 'drizzle-orm';
import type { WaitlistOfferRow } from '@/db/claims/end-waitlist-offers';
import type { Db } from '@/db/connection/connection';
import { waitlistEntries } from '@/db/schema';

/** The subject of an offer's events in the history. */
export async function getOfferAuditSubject(
  tx: Db,
  { entryId, skipSeriesId }: Pick<WaitlistOfferRow, 'entryId' | 'skipSeriesId'>,
) {
  if (entryId === null) return `series:${skipSeriesId}`;
  const [entry] = await tx
    .select({ clientId: waitlistEntries.clientId })
    .from(waitlistEntries)
    .where(eq(waitlistEntries.id, entryId));
  return `client:${entry?.clientId}`;
}
