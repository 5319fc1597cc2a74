import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { findManageLinkViewer } from '@/db/access/manage-tokens';
import { type AppointmentView, getSeries, type SeriesView } from '@/db/appointments/series';
import { listCutoffExemptions } from '@/db/booking/move-rule-waivers';
import { getPractice, type Practice } from '@/db/practice/practice';
import { mayMoveSooner as isSwappable } from '@/db/waitlist/may-move-sooner';
import { canClientCancel, canMoveOnline } from '@/scheduling/booking-policy';
import { type Pause, planPause } from '@/scheduling/plan-pause';

/** A series seen through its link. */
export interface ManagedSeries {
  token: string;
  viewer: { role: 'link'; seriesId: string };
  practice: Practice;
  series: SeriesView;
  /** Dates that may be moved whatever the cutoff. */
  freeMoves: string[];
  now: number;
}

/** What the link opens; a link that opens nothing is a page that does not exist. Looking changes nothing. */
export async function loadManagedSeries(params: Promise<{ token: string }>): Promise<ManagedSeries> {
  await connection();
  const { token } = await params;
  const viewer = await findManageLinkViewer(token);
  if (!viewer) notFound();
  const [practice, series, freeMoves] = await Promise.all([
    getPractice(),
    getSeries(viewer, viewer.seriesId),
    listCutoffExemptions(viewer),
  ]);
  if (!series) notFound();
  return { token, viewer, practice, series, freeMoves, now: Date.now() };
}

/** The appointment a page is about, when it is of this series. */
export function requireAppointment({ series }: ManagedSeries, uid: unknown): AppointmentView {
  const found = series.appointments.find((appointment) => appointment.uid === uid);
  if (!found) notFound();
  return found;
}

export function mayCancel(
  { practice, now }: Pick<ManagedSeries, 'practice' | 'now'>,
  appointment: AppointmentView,
): boolean {
  return (
    appointment.status === 'booked' &&
    canClientCancel({
      start: appointment.startsAt,
      now,
      cutoffMinutes: practice.cancelCutoffMinutes,
      bookedAt: appointment.bookedAt,
    })
  );
}

export function mayMove(
  { practice, freeMoves, now }: Pick<ManagedSeries, 'practice' | 'freeMoves' | 'now'>,
  appointment: AppointmentView,
): boolean {
  if (isExemptFromMoveLimits({ freeMoves, now }, appointment)) return true;
  return (
    appointment.status === 'booked' &&
    canMoveOnline({ start: appointment.startsAt, moves: appointment.movesByClient }, practice, now)
  );
}

/** Whether it may be moved although it is late, or was moved as often as it may be. */
export function isExemptFromMoveLimits(
  { freeMoves, now }: Pick<ManagedSeries, 'freeMoves' | 'now'>,
  appointment: AppointmentView,
) {
  return appointment.status === 'booked' && appointment.startsAt > now && freeMoves.includes(appointment.uid);
}

/** Whether its client may wait to come sooner: by the rule that decides when they ask for it. */
export function mayWaitForSooner(
  { practice, now }: ManagedSeries,
  { status, startsAt, movesByClient }: AppointmentView,
): boolean {
  return isSwappable({ status, startAt: startsAt, moves: movesByClient }, practice, now);
}

/** What a pause from now on would give up; null where nothing of the plan can be, or nothing would come after it. */
export function previewPause({
  series,
  practice,
  now,
}: ManagedSeries): (Pause<AppointmentView> & { back: AppointmentView }) | null {
  const dates = series.appointments.map((date) => ({ ...date, start: date.startsAt }));
  const { back, ...pause } = planPause(dates, { now, cutoffMinutes: practice.cancelCutoffMinutes });
  return back !== null && pause.paused.length > 0 ? { ...pause, back } : null;
}

/** Those still to come, in order. */
export function listUpcomingAppointments({ series, now }: ManagedSeries): AppointmentView[] {
  return series.appointments.filter((appointment) => appointment.status === 'booked' && appointment.startsAt > now);
}
