import { and, eq, inArray } from 'drizzle-orm';
import type { Viewer } from '@/db/access/viewer';
import { isPossibleId, visibleSeriesCondition } from '@/db/access/viewer-conditions';
import { transact } from '@/db/connection/database-client';
import { clients, series } from '@/db/schema';

/** Sets whether the calendar files of a series remind the client a day before each date. */
export async function setCalendarAlarmEnabled(viewer: Viewer, seriesId: string, isOn: boolean): Promise<boolean> {
  if (!isPossibleId(seriesId)) return false;
  return transact(async (tx) => {
    const own = tx
      .select({ id: series.id })
      .from(series)
      .innerJoin(clients, eq(clients.id, series.clientId))
      .where(and(eq(series.id, seriesId), visibleSeriesCondition(tx, viewer)));
    const set = await tx
      .update(series)
      .set({ hasCalendarAlarm: isOn })
      .where(inArray(series.id, own))
      .returning({ id: series.id });
    return set.length > 0;
  });
}
