import { and, inArray, isNotNull, isNull, lt, or } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { waitlistEntries, waitlistOffers } from '@/db/schema';
import { toWallTime } from '@/scheduling/zone-conversion';

/** Deletes entries that were never confirmed, and those that ended long ago, with all their offers. */
export async function deleteOldEntries(
  tx: Db,
  { unconfirmedBefore, endedBefore }: { unconfirmedBefore: number; endedBefore: number },
  timeZone: string,
): Promise<void> {
  const lastDay = toWallTime(timeZone, endedBefore).on;
  const over = await tx
    .select({ id: waitlistEntries.id })
    .from(waitlistEntries)
    .where(
      or(
        and(isNull(waitlistEntries.confirmedAt), lt(waitlistEntries.createdAt, unconfirmedBefore)),
        lt(waitlistEntries.endedAt, endedBefore),
        and(isNull(waitlistEntries.endedAt), lt(waitlistEntries.untilOn, lastDay)),
      ),
    );
  const ids = over.map(({ id }) => id);
  await tx.delete(waitlistOffers).where(inArray(waitlistOffers.entryId, ids));
  await tx.delete(waitlistEntries).where(inArray(waitlistEntries.id, ids));
  await tx
    .delete(waitlistOffers)
    .where(and(isNotNull(waitlistOffers.skipSeriesId), lt(waitlistOffers.answeredAt, endedBefore)));
}
