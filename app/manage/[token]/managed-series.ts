import { notFound, redirect } from 'next/navigation';
import { connection } from 'next/server';
import { findManageLinkViewer } from '@/db/access/manage-tokens';
import { type LastMove, listLastMoves } from '@/db/appointments/last-moves';
import { type AppointmentView, getSeries, type SeriesView } from '@/db/appointments/series';
import { listDatesExemptFromMoveLimits } from '@/db/booking/move-limit-exemptions';
import { getPractice, type Practice } from '@/db/practice/practice';
import { mayMoveSooner as isSwappable } from '@/db/waitlist/may-move-sooner';
import { canClientCancel, canMoveOnline } from '@/scheduling/booking-policy';
import { listPauses } from '@/scheduling/plan-pause';

/** A series seen through its link. */
export interface ManagedSeries {
  token: string;
  viewer: { role: 'link'; seriesId: string };
  practice: Practice;
  series: SeriesView;
  /** The uids of dates that may be moved after the cutoff, or once more than is allowed. */
  datesExemptFromMoveLimits: string[];
  /** The last moves of the dates that are not at their place in the plan, by uid, as far as they are known. */
  lastMoves: Record<string, LastMove>;
  now: number;
}

/** The series of a manage link; an unknown link is a 404. Loading it changes nothing. */
export async function loadManagedSeries(params: Promise<{ token: string }>): Promise<ManagedSeries> {
  await connection();
  const { token } = await params;
  const viewer = await findManageLinkViewer(token);
  if (!viewer) notFound();
  const [practice, series, datesExemptFromMoveLimits] = await Promise.all([
    getPractice(),
    getSeries(viewer, viewer.seriesId),
    listDatesExemptFromMoveLimits(viewer),
  ]);
  if (!series) notFound();
  const lastMoves = series.appointments.some(wasMovedFromPlan) ? await listLastMoves(viewer) : {};
  return { token, viewer, practice, series, datesExemptFromMoveLimits, lastMoves, now: Date.now() };
}

/**
 * The appointment that a page is about: a 404 unless it is part of this series. An address that names none leads to the
 * list of dates.
 */
export function requireAppointment({ series, token }: ManagedSeries, uid: unknown): AppointmentView {
  if (!uid) redirect(`/manage/${token}`);
  const found = series.appointments.find((appointment) => appointment.uid === uid);
  if (!found) notFound();
  return found;
}

/** Whether it is not at its place in the plan because it was moved, and not because it was booked at another time. */
export function wasMovedFromPlan({ isMoved, movedAt }: Pick<AppointmentView, 'isMoved' | 'movedAt'>): boolean {
  return isMoved && movedAt !== null;
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
  { practice, datesExemptFromMoveLimits, now }: Pick<ManagedSeries, 'practice' | 'datesExemptFromMoveLimits' | 'now'>,
  appointment: AppointmentView,
): boolean {
  if (isExemptFromMoveLimits({ datesExemptFromMoveLimits, now }, appointment)) return true;
  return (
    appointment.status === 'booked' &&
    canMoveOnline({ start: appointment.startsAt, moves: appointment.movesByClient }, practice, now)
  );
}

/** Whether it may be moved although it is past the cutoff, or was moved as often as allowed. */
export function isExemptFromMoveLimits(
  { datesExemptFromMoveLimits, now }: Pick<ManagedSeries, 'datesExemptFromMoveLimits' | 'now'>,
  appointment: AppointmentView,
) {
  return (
    appointment.status === 'booked' && appointment.startsAt > now && datesExemptFromMoveLimits.includes(appointment.uid)
  );
}

/** Whether the client may wait for an earlier time, by the same rule that decides when they ask for it. */
export function mayWaitForSooner(
  { practice, now }: ManagedSeries,
  { status, startsAt, movesByClient }: AppointmentView,
): boolean {
  return isSwappable({ status, startAt: startsAt, moves: movesByClient }, practice, now);
}

/** The pauses that this client may choose from, the shortest first. */
export function listPossiblePauses({ series, practice, now }: ManagedSeries) {
  const dates = series.appointments.map((date) => ({ ...date, start: date.startsAt }));
  const { cancelCutoffMinutes: cutoffMinutes, timeZone } = practice;
  return listPauses(dates, { now, cutoffMinutes, timeZone });
}

/** The upcoming appointments, the next one first. */
export function listUpcomingAppointments({ series, now }: ManagedSeries): AppointmentView[] {
  return series.appointments.filter((appointment) => appointment.status === 'booked' && appointment.startsAt > now);
}
