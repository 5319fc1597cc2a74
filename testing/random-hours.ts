import type { Interval } from '@/scheduling/interval-arithmetic';
import { formatMinuteOfDay } from '@/scheduling/time-of-day';
import type { Override, WallRange, WeeklyHours } from '@/scheduling/working-hours';
import fc from '@/testing/property-tests';

/** Wall times, more often at midnight and in the small hours, where clocks change. */
const minute = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom(0, 30, 60, 90, 120, 150, 180, 1380, 1410, 1440) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 1440 }) },
);

const range = fc
  .tuple(minute, minute)
  .map(([a, b]): WallRange => [formatMinuteOfDay(Math.min(a, b)), formatMinuteOfDay(Math.max(a, b))]);

const ranges = fc.array(range, { maxLength: 3 });

export const arbitraryWeeklyHours: fc.Arbitrary<WeeklyHours> = fc.record(
  { 0: ranges, 1: ranges, 2: ranges, 3: ranges, 4: ranges, 5: ranges, 6: ranges },
  { requiredKeys: [] },
);

/** Overrides on days near `day`, a day number. */
export function arbitraryOverridesNear(day: number): fc.Arbitrary<Override[]> {
  const on = fc
    .integer({ min: -4, max: 4 })
    .map((days) => new Date((day + days) * 86_400_000).toISOString().slice(0, 10));
  return fc.array(fc.record({ on, hours: ranges }), { maxLength: 3 });
}

/** Busy time within `days` of an instant, in any order, overlapping, sometimes empty, not always on whole minutes. */
export function arbitraryBusyNear(instant: number, days: number, maxLength = 8): fc.Arbitrary<Interval[]> {
  const start = fc.integer({ min: -days * 96, max: days * 96 }).map((quarters) => instant + quarters * 900_000);
  const length = fc.oneof(fc.constantFrom(0, 60_000, 1_800_000, 4_500_000), fc.integer({ min: 0, max: 30_000_000 }));
  return fc.array(
    fc.tuple(start, length).map(([from, ms]) => ({ start: from, end: from + ms })),
    { maxLength },
  );
}

export const arbitraryAppointmentTiming = fc.record({
  durationMinutes: fc.constantFrom(5, 30, 45, 60, 90, 110),
  stepMinutes: fc.constantFrom(1, 5, 7, 15, 20, 45, 60, 90),
  bufferBefore: fc.constantFrom(0, 5, 15),
  bufferAfter: fc.constantFrom(0, 10, 15, 30),
});
