import { and, eq } from 'drizzle-orm';
import { reader } from './client';
import type { Db } from './connection';
import { isId, ownAppointments } from './ownership';
import { appointments, clients, series } from './schema';
import type { Viewer } from './viewer';

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
export async function hasAppointment(viewer: Viewer, uid: string): Promise<boolean> {
  return (await findOwnAppointment(await reader(), viewer, uid)) !== null;
}
