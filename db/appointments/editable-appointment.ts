import { and, eq } from 'drizzle-orm';
import type { Viewer } from '@/db/access/viewer';
import { editableAppointmentsCondition, isPossibleId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { appointments, clients, series } from '@/db/schema';

export type AppointmentRow = typeof appointments.$inferSelect;

/** An appointment that the viewer may change. */
export async function findEditableAppointment(db: Db, viewer: Viewer, uid: string): Promise<AppointmentRow | null> {
  if (!isPossibleId(uid)) return null;
  const [found] = await db
    .select({ appointment: appointments })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(and(eq(appointments.id, uid), editableAppointmentsCondition(viewer)));
  return found?.appointment ?? null;
}

/** Whether there is an appointment with this id that the viewer may change. */
export async function mayChangeAppointment(viewer: Viewer, uid: string): Promise<boolean> {
  return (await findEditableAppointment(await reader(), viewer, uid)) !== null;
}
