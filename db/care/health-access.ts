import { desc, eq } from 'drizzle-orm';
import type { TherapistOrOwner, Viewer } from '@/db/access/viewer';
import { isPossibleId, maySeeHealthOfClient } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { series } from '@/db/schema';

/** Who may answer for a client, or read what they answered. */
export type CareViewer = Extract<Viewer, { role: 'link' }> | TherapistOrOwner;

/** The series whose health data the viewer may see and change. */
export interface HealthAccess {
  clientId: string;
  /** The series to which new answers are saved. */
  seriesId: string;
  /** All series whose answers the viewer may see and withdraw. */
  seriesIds: string[];
  way: 'link' | 'staff';
}

/**
 * Which health data of a client a viewer may reach; null for none. Staff name the client. A link reaches only its own
 * series: anybody can book with another person's name and e-mail address, and must not read through that link what the
 * other person said before.
 */
export async function findHealthAccess(db: Db, viewer: CareViewer, clientId?: string): Promise<HealthAccess | null> {
  if (viewer.role === 'link') {
    const { seriesId } = viewer;
    const [own] = await db.select({ clientId: series.clientId }).from(series).where(eq(series.id, seriesId));
    return own ? { clientId: own.clientId, seriesId, seriesIds: [seriesId], way: 'link' } : null;
  }
  if (!isPossibleId(clientId) || !(await maySeeHealthOfClient(db, viewer, clientId))) return null;
  const seriesIds = await listSeriesIdsOfClient(db, clientId);
  const [latest] = seriesIds;
  return latest === undefined ? null : { clientId, seriesId: latest, seriesIds, way: 'staff' };
}

/** Latest booking first. */
export async function listSeriesIdsOfClient(db: Db, clientId: string): Promise<string[]> {
  const found = await db
    .select({ id: series.id })
    .from(series)
    .where(eq(series.clientId, clientId))
    .orderBy(desc(series.createdAt), desc(series.id));
  return found.map(({ id }) => id);
}
