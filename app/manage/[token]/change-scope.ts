import type { AppointmentView } from '@/db/appointments/series';
import { type EditScope, isInEditScope } from '@/scheduling/plan-series-edit';
import type { ManagedSeries } from './managed-series';

/** The upcoming dates that a change with this scope applies to. */
export function listAppointmentsInScope(
  { series, now }: Pick<ManagedSeries, 'series' | 'now'>,
  appointment: AppointmentView,
  scope: EditScope,
) {
  const booked = series.appointments.filter(({ status, startsAt }) => status === 'booked' && startsAt > now);
  return booked.filter((date) => isInEditScope(scope, appointment, date));
}

/**
 * Of two scopes that mean the same dates only one is offered: "following" means "all" for the first upcoming date, and
 * "this" for the last.
 */
export function listOfferedScopes(
  managed: Pick<ManagedSeries, 'series' | 'now'>,
  appointment: AppointmentView,
): EditScope[] {
  const count = (scope: EditScope) => listAppointmentsInScope(managed, appointment, scope).length;
  if (count('all') === count('this')) return ['this'];
  return count('following') === count('all') || count('following') === count('this')
    ? ['this', 'all']
    : ['this', 'following', 'all'];
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
