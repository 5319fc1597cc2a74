import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { findLinkViewer } from '@/db/access/manage-tokens';
import { type AppointmentView, getSeries, type SeriesView } from '@/db/appointments/series';
import { getPractice, type Practice } from '@/db/practice/practice';
import { canCancel, canMove, canMoveAgain } from '@/scheduling/policy';

/** A series seen through its link. */
export interface Managed {
  token: string;
  viewer: { role: 'link'; seriesId: string };
  practice: Practice;
  series: SeriesView;
  now: number;
}

/** What the link opens; a link that opens nothing is a page that does not exist. Looking changes nothing. */
export async function loadManaged(params: Promise<{ token: string }>): Promise<Managed> {
  await connection();
  const { token } = await params;
  const viewer = await findLinkViewer(token);
  if (!viewer) notFound();
  const [practice, series] = await Promise.all([getPractice(), getSeries(viewer, viewer.seriesId)]);
  if (!series) notFound();
  return { token, viewer, practice, series, now: Date.now() };
}

/** The appointment a page is about, when it is of this series. */
export function findAppointment({ series }: Managed, uid: unknown): AppointmentView {
  const found = series.appointments.find((appointment) => appointment.uid === uid);
  if (!found) notFound();
  return found;
}

export function mayCancel({ practice, now }: Managed, appointment: AppointmentView): boolean {
  return (
    appointment.status === 'booked' &&
    canCancel({
      start: appointment.startsAt,
      now,
      cutoffMinutes: practice.cancelCutoffMinutes,
      bookedAt: appointment.bookedAt,
    })
  );
}

export function mayMove({ practice, now }: Managed, appointment: AppointmentView): boolean {
  return (
    appointment.status === 'booked' &&
    canMove({ start: appointment.startsAt, now, cutoffMinutes: practice.moveCutoffMinutes }) &&
    canMoveAgain(appointment.movesByClient, practice)
  );
}

/** Those still to come, in order. */
export function upcoming({ series, now }: Managed): AppointmentView[] {
  return series.appointments.filter((appointment) => appointment.status === 'booked' && appointment.startsAt > now);
}
