import { type BusyBlocks, joinBusyIntervals, type ParsedTherapist } from '@/scheduling/find-free-starts';
import type { Interval } from '@/scheduling/interval-arithmetic';
import type { TherapistHours } from '@/scheduling/standing-times';
import { type ParsedHours, parseWeeklyHoursAndOverrides } from '@/scheduling/working-hours';

const parsedHours = new WeakMap<TherapistHours['weeklyHours'], WeakMap<TherapistHours['overrides'], ParsedHours>>();
const joinedBusy = new WeakMap<Interval[], BusyBlocks>();

/**
 * A therapist's hours and busy time as numbers, computed once per list: hundreds of clashes in one grid use the same
 * ones, and so does every request for the same days until the next commit. The lists must never change.
 */
export function getParsedTherapist({ id, weeklyHours, overrides, busy }: TherapistHours): ParsedTherapist {
  const byOverrides = parsedHours.get(weeklyHours) ?? new WeakMap<TherapistHours['overrides'], ParsedHours>();
  parsedHours.set(weeklyHours, byOverrides);
  const hours = byOverrides.get(overrides) ?? parseWeeklyHoursAndOverrides(weeklyHours, overrides);
  byOverrides.set(overrides, hours);
  const blocks = joinedBusy.get(busy) ?? joinBusyIntervals('busy', busy);
  joinedBusy.set(busy, blocks);
  return { id, hours, blocks };
}
