import { and, eq } from 'drizzle-orm';
import { isId } from '@/db/access/ownership';
import type { Viewer } from '@/db/access/viewer';
import { reader } from '@/db/connection/client';
import type { Clock, Refusal } from '@/db/results';
import { appointments, waitlistEntries } from '@/db/schema';
import { endEntry } from './entries';

/** The holder of a series waits no more for a sooner time than one of its dates. */
export async function leaveByLink(
  viewer: Extract<Viewer, { role: 'link' }>,
  id: string,
  clock: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  if (!isId(id)) return { ok: false, reason: 'not_found' };
  const [theirs] = await (await reader())
    .select({ id: waitlistEntries.id })
    .from(waitlistEntries)
    .innerJoin(appointments, eq(appointments.id, waitlistEntries.swapAppointmentId))
    .where(and(eq(waitlistEntries.id, id), eq(appointments.seriesId, viewer.seriesId)));
  return theirs ? endEntry(viewer, id, 'left', clock) : { ok: false, reason: 'not_found' };
}
