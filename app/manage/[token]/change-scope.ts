import type { AppointmentView } from '@/db/appointments/series';
import { hasClientMovesLeft } from '@/scheduling/booking-policy';
import { type EditScope, isInEditScope, listDatesToMove, type StayReason } from '@/scheduling/plan-series-edit';
import type { ManagedSeries } from './managed-series';

/** How many dates a change of each scope applies to, the chosen one included. */
export type ScopeSizes = Record<EditScope, number>;

/** A date that stays where it is, and why. */
export interface StayingDate {
  date: AppointmentView;
  because: StayReason;
}

/** The upcoming dates in a scope, whether or not they may be changed. */
export function listAppointmentsInScope(
  { series, now }: Pick<ManagedSeries, 'series' | 'now'>,
  appointment: AppointmentView,
  scope: EditScope,
) {
  const booked = series.appointments.filter(({ status, startsAt }) => status === 'booked' && startsAt > now);
  return booked.filter((date) => isInEditScope(scope, appointment, date));
}

/** The dates that a move of this scope takes along, and the other upcoming ones of the scope, each with its reason. */
export function splitByMove(
  { series, practice, now }: Pick<ManagedSeries, 'series' | 'practice' | 'now'>,
  appointment: AppointmentView,
  scope: EditScope,
): { moving: AppointmentView[]; staying: StayingDate[] } {
  // A single date may be exempt from the limits.
  if (scope === 'this') return { moving: [appointment], staying: [] };
  const toCandidate = (date: AppointmentView) => {
    const { position, startsAt: start, nominalStartsAt: nominalStart, nominalTherapistId, status } = date;
    const hasMovesLeft = hasClientMovesLeft(date.movesByClient, practice);
    const therapistId = date.therapist.id;
    return { position, start, nominalStart, therapistId, nominalTherapistId, status, hasMovesLeft, view: date };
  };
  const dates = series.appointments.map(toCandidate);
  const limits = { now, cutoffMinutes: practice.moveCutoffMinutes };
  const { moving, staying } = listDatesToMove(scope, toCandidate(appointment), dates, limits);
  return {
    moving: moving.map(({ view }) => view),
    staying: staying.map(({ date, because }) => ({ date: date.view, because })),
  };
}

/**
 * Of two scopes that change the same dates only one is offered: "following" means "all" for the first upcoming date, and
 * "this" for the last.
 */
export function listOfferedScopes({ this: one, following, all }: ScopeSizes): EditScope[] {
  if (all <= one) return ['this'];
  return following === all || following <= one ? ['this', 'all'] : ['this', 'following', 'all'];
}

/**
 * The scope that an address asks for. Where "following" is not offered it means "all" if that is; anything else means
 * this date alone.
 */
export function readChangeScope(offered: EditScope[], requested: unknown): EditScope {
  const found = offered.find((scope) => scope === requested);
  if (found) return found;
  return requested === 'following' && offered.length > 1 ? 'all' : 'this';
}
