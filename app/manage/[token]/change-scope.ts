import type { AppointmentView } from '@/db/appointments/series';
import type { ManagedSeries } from './managed-series';

export type ChangeScope = 'this' | 'following' | 'all';

/** The upcoming dates that a change with this scope applies to. */
export function listAppointmentsInScope(
  { series, now }: Pick<ManagedSeries, 'series' | 'now'>,
  appointment: AppointmentView,
  scope: ChangeScope,
) {
  const booked = series.appointments.filter(({ status, startsAt }) => status === 'booked' && startsAt > now);
  if (scope === 'this') return booked.filter(({ uid }) => uid === appointment.uid);
  return scope === 'all' ? booked : booked.filter(({ position }) => position >= appointment.position);
}

/**
 * Of two scopes that mean the same dates only one is offered: "following" means "all" for the first upcoming date, and
 * "this" for the last.
 */
export function listOfferedScopes(
  managed: Pick<ManagedSeries, 'series' | 'now'>,
  appointment: AppointmentView,
): ChangeScope[] {
  const count = (scope: ChangeScope) => listAppointmentsInScope(managed, appointment, scope).length;
  if (count('all') === count('this')) return ['this'];
  return count('following') === count('all') || count('following') === count('this')
    ? ['this', 'all']
    : ['this', 'following', 'all'];
}

/**
 * The scope that an address asks for. Where "following" is not offered it means "all" if that is; anything else means
 * this date alone.
 */
export function readChangeScope(offered: ChangeScope[], requested: unknown): ChangeScope {
  const found = offered.find((scope) => scope === requested);
  if (found) return found;
  return requested === 'following' && offered.length > 1 ? 'all' : 'this';
}
