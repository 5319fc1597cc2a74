import { type BusyBlocks, joinBusyIntervals, type TherapistHoursInMs } from '@/scheduling/find-free-starts';
import type { Interval } from '@/scheduling/interval-arithmetic';
import type { TherapistHours } from '@/scheduling/standing-times';
import { toWorkingHoursInMs, type WorkingHoursInMs } from '@/scheduling/working-hours';

const workingHoursInMs = new WeakMap<
  TherapistHours['weeklyHours'],
  WeakMap<TherapistHours['overrides'], WorkingHoursInMs>
>();
const joinedBusy = new WeakMap<Interval[], BusyBlocks>();

/**
 * A therapist's hours and busy time as numbers, computed once per list: hundreds of clashes in one grid use the same
 * ones, and so does every request for the same days until the next commit. The lists must never change.
 */
export function getTherapistHoursInMs({ id, weeklyHours, overrides, busy }: TherapistHours): TherapistHoursInMs {
  const byOverrides = workingHoursInMs.get(weeklyHours) ?? new WeakMap<TherapistHours['overrides'], WorkingHoursInMs>();
  workingHoursInMs.set(weeklyHours, byOverrides);
  const hours = byOverrides.get(overrides) ?? toWorkingHoursInMs(weeklyHours, overrides);
  byOverrides.set(overrides, hours);
  const blocks = joinedBusy.get(busy) ?? joinBusyIntervals('busy', busy);
  joinedBusy.set(busy, blocks);
  return { id, hours, blocks };
}
