import { eq } from 'drizzle-orm';
import { reader, transact } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { scoreMailOptOuts, series } from '@/db/schema';

type LinkViewer = { role: 'link'; seriesId: string };

/** Stops the e-mails that ask for scores. Returns false if there is no such plan. */
export async function optOutOfScoreMail({ seriesId }: LinkViewer, { now }: Clock): Promise<boolean> {
  return transact(async (tx) => {
    const [found] = await tx.select({ id: series.id }).from(series).where(eq(series.id, seriesId));
    if (found) await tx.insert(scoreMailOptOuts).values({ seriesId, stoppedAt: now }).onConflictDoNothing();
    return found !== undefined;
  });
}

export async function hasOptedOutOfScoreMail({ seriesId }: LinkViewer): Promise<boolean> {
  const db = await reader();
  return (await db.select().from(scoreMailOptOuts).where(eq(scoreMailOptOuts.seriesId, seriesId))).length > 0;
}
