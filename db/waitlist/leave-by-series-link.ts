import { and, eq } from 'drizzle-orm';
import type { Viewer } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { reader } from '@/db/connection/database-client';
import type { Clock, Refusal } from '@/db/results';
import { appointments, waitlistEntries } from '@/db/schema';
import { endWaitlistEntry } from './confirm-and-end-entries';

/** The holder of a series stops waiting for something sooner than one of its dates. */
export async function leaveWaitlistBySeriesLink(
  viewer: Extract<Viewer, { role: 'link' }>,
  id: string,
  clock: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  if (!isPossibleId(id)) return { ok: false, reason: 'not_found' };
  const [entry] = await (await reader())
    .select({ id: waitlistEntries.id })
    .from(waitlistEntries)
    .innerJoin(appointments, eq(appointments.id, waitlistEntries.swapAppointmentId))
    .where(and(eq(waitlistEntries.id, id), eq(appointments.seriesId, viewer.seriesId)));
  return entry ? endWaitlistEntry(viewer, id, 'left', clock) : { ok: false, reason: 'not_found' };
}
