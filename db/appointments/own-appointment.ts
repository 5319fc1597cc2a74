import { and, eq } from 'drizzle-orm';
import { isId, ownAppointments } from '@/db/access/ownership';
import type { Viewer } from '@/db/access/viewer';
import { reader } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import { appointments, clients, series } from '@/db/schema';

export type AppointmentRow = typeof appointments.$inferSelect;

/** One appointment that the viewer may change. */
export async function findOwnAppointment(db: Db, viewer: Viewer, uid: string): Promise<AppointmentRow | null> {
  if (!isId(uid)) return null;
  const [found] = await db
    .select({ appointment: appointments })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(and(eq(appointments.id, uid), ownAppointments(viewer)));
  return found?.appointment ?? null;
}

/** Is there an appointment by this name that the viewer may change? */
export async function ownsAppointment(viewer: Viewer, uid: string): Promise<boolean> {
  return (await findOwnAppointment(await reader(), viewer, uid)) !== null;
}
