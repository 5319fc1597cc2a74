import { eq } from 'drizzle-orm';
import { reader, transact } from '@/db/connection/client';
import type { Clock } from '@/db/results';
import { scoreStops, series } from '@/db/schema';

type LinkViewer = { role: 'link'; seriesId: string };

/** No e-mail asks for scores any more. False: there is no such plan. */
export async function stopAsking({ seriesId }: LinkViewer, { now }: Clock): Promise<boolean> {
  return transact(async (tx) => {
    const [found] = await tx.select({ id: series.id }).from(series).where(eq(series.id, seriesId));
    if (found) await tx.insert(scoreStops).values({ seriesId, stoppedAt: now }).onConflictDoNothing();
    return found !== undefined;
  });
}

export async function hasStoppedAsking({ seriesId }: LinkViewer): Promise<boolean> {
  const db = await reader();
  return (await db.select().from(scoreStops).where(eq(scoreStops.seriesId, seriesId))).length > 0;
}
