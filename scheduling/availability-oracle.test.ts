import { describe, expect, it } from 'vitest';
import { minuteOfWall, tabulateZone, walkFreeStarts, walkWorkingPeriods } from '@/testing/free-starts-oracle';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import {
  arbitraryAppointmentTiming,
  arbitraryBusyNear,
  arbitraryOverridesNear,
  arbitraryWeeklyHours,
} from '@/testing/random-hours';
import { ZONE_TRAPS } from '@/testing/zone-traps';
import { freeStarts } from './availability';
import { subtractIntervals, unionIntervals } from './interval-arithmetic';
import { listWorkingPeriodsWithin } from './working-hours';
import { toInstant } from './zone-conversion';

const DAY = 86_400_000;
const RUNS = 400;

describe.each(ZONE_TRAPS)('%s around %s: %s', (timeZone, around) => {
  const instant = Date.parse(around);
  const table = tabulateZone(timeZone, instant, 8);
  const day = Math.floor(instant / DAY);
  const query = fc.record({
    timeZone: fc.constant(timeZone),
    weeklyHours: arbitraryWeeklyHours,
    overrides: arbitraryOverridesNear(day),
    busy: arbitraryBusyNear(instant, 3),
    now: fc.option(fc.integer({ min: instant - DAY, max: instant + DAY })),
    minNoticeMinutes: fc.constantFrom(0, 120, 600),
    from: fc.integer({ min: -40 * 60, max: 20 * 60 }).map((minutes) => instant + minutes * 60_000),
    span: fc.integer({ min: 0, max: 40 * 60 * 60_000 }),
    lengths: arbitraryAppointmentTiming,
  });

  it('lists the starts that walking minute by minute finds', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(query, ({ lengths, span, ...rest }) => {
        const query2 = { ...rest, ...lengths, to: rest.from + span };
        // The minute-by-minute walk cannot know where a period began that is older than its table.
        const work = walkWorkingPeriods(table, query2);
        fc.pre(work.every(({ start }) => start > table.first + 2 * 1440));
        expect(freeStarts(query2)).toEqual(walkFreeStarts(work, query2));
      }),
      { numRuns: getPropertyTestRuns(RUNS) },
    );
  });

  it('has one grid: a narrow window lists the same starts as a wide one does there', () => {
    fc.assert(
      fc.property(query, ({ lengths, span, ...rest }) => {
        const wide = freeStarts({ ...rest, ...lengths, from: instant - 4 * DAY, to: instant + 4 * DAY });
        const to = rest.from + span;
        const narrow = freeStarts({ ...rest, ...lengths, to });
        expect(narrow).toEqual(wide.filter((start) => start >= rest.from && start < to));
      }),
      { numRuns: getPropertyTestRuns(100) },
    );
  });

  it('fills the working period with free and busy time that never overlap', () => {
    fc.assert(
      fc.property(query, ({ weeklyHours, overrides, busy }) => {
        const work = listWorkingPeriodsWithin({
          timeZone,
          weeklyHours,
          overrides,
          from: instant - 2 * DAY,
          to: instant + 2 * DAY,
        });
        const free = subtractIntervals(work, busy);
        const blocked = subtractIntervals(work, free);
        expect(unionIntervals([...free, ...blocked])).toEqual(work);
        expect(subtractIntervals(free, busy)).toEqual(free);
      }),
      { numRuns: getPropertyTestRuns(100) },
    );
  });

  it('reads wall times as a search through the minutes does', () => {
    for (let minutes = -2 * 1440; minutes <= 2 * 1440; minutes += 5) {
      const wall = Math.floor(instant / 300_000) * 5 + minutes;
      const text = new Date(wall * 60_000).toISOString();
      expect(toInstant(timeZone, text.slice(0, 10), text.slice(11, 16))).toBe(minuteOfWall(table, wall) * 60_000);
    }
  });
});
