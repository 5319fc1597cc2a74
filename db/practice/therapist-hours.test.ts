import { describe, expect, it } from 'vitest';
import { listBookableStarts } from '@/db/availability/bookable-starts';
import { listStandingTimes } from '@/db/availability/standing-times';
import { reader } from '@/db/connection/database-client';
import {
  holidays,
  hoursOverrides,
  INITIAL_HOURS_VALID_FROM,
  type WallRange,
  weeklyHoursChanges,
  workingHours,
} from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import type { WeeklyHours } from '@/scheduling/availability';
import { addDays, type Weekday, weekdayOf } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { getEffectiveHoursOfTherapists } from './therapist-hours';

const { write } = setUpTestDatabase({ now: NOW });
const TIME_ZONE = 'Europe/Dublin';

async function plantWeek(therapistId: string, validFrom: string, week: WeeklyHours) {
  const rows = Object.entries(week).flatMap(([weekday, ranges]) =>
    ranges.map(([from, until]) => ({
      therapistId,
      validFrom,
      weekday: Number(weekday),
      from,
      until,
      timeZone: TIME_ZONE,
    })),
  );
  await write(async (tx) => {
    if (validFrom !== INITIAL_HOURS_VALID_FROM)
      await tx.insert(weeklyHoursChanges).values({ therapistId, validFrom, createdAt: NOW });
    if (rows.length > 0) await tx.insert(workingHours).values(rows);
  });
}

const weekOf = (days: WallRange[][]): WeeklyHours => Object.fromEntries(days.entries());

describe('weekly hours that change at a date', () => {
  const ranges = fc.constantFrom<WallRange[]>(
    [],
    [['09:00', '17:00']],
    [
      ['09:00', '12:30'],
      ['13:15', '17:00'],
    ],
    [['22:00', '24:00']],
  );
  const days = fc.integer({ min: 0, max: 40 }).map((n) => addDays('2026-12-01', n));
  const plan = fc.record({
    first: fc.array(ranges, { minLength: 7, maxLength: 7 }),
    changes: fc.uniqueArray(fc.record({ on: days, week: fc.array(ranges, { minLength: 7, maxLength: 7 }) }), {
      selector: ({ on }) => on,
      maxLength: 3,
    }),
    overridden: fc.uniqueArray(fc.record({ on: days, hours: ranges }), { selector: ({ on }) => on, maxLength: 5 }),
    closed: fc.uniqueArray(days, { maxLength: 4 }),
    from: days,
    length: fc.integer({ min: 1, max: 45 }),
  });

  it('match a day-by-day reading of the plan', async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ first, changes, overridden, closed, from, length }) => {
        await write(async (tx) => {
          for (const table of [workingHours, weeklyHoursChanges, hoursOverrides, holidays]) await tx.delete(table);
          if (closed.length > 0) await tx.insert(holidays).values(closed.map((on) => ({ on, name: 'Closed' })));
          if (overridden.length > 0) {
            const owner = { therapistId: 'mira', timeZone: TIME_ZONE };
            await tx.insert(hoursOverrides).values(overridden.map((day) => ({ ...day, ...owner })));
          }
        });
        await plantWeek('mira', INITIAL_HOURS_VALID_FROM, weekOf(first));
        for (const { on, week } of changes) await plantWeek('mira', on, weekOf(week));

        const to = addDays(from, length);
        const found = (await getEffectiveHoursOfTherapists(await reader(), ['mira', 'tom'], from, to)).therapists;
        const { weeklyHours, overrides: special } = found.get('mira')!;
        expect(new Set(special.map(({ on }) => on)).size).toBe(special.length);
        expect(found.get('tom')!.weeklyHours).toEqual({});
        for (let on = from; on < to; on = addDays(on, 1)) {
          const results = special.find((day) => day.on === on)?.hours ?? weeklyHours[weekdayOf(on)] ?? [];
          const begun = changes.filter((change) => change.on <= on).sort((a, b) => (a.on < b.on ? 1 : -1));
          const planned = (begun[0]?.week ?? first)[weekdayOf(on)];
          const own = overridden.find((day) => day.on === on)?.hours;
          expect(results).toEqual(closed.includes(on) ? [] : (own ?? planned));
        }
      }),
      { numRuns: getPropertyTestRuns(60) },
    );
  });
});

describe('what can be booked', () => {
  const TUESDAY = '2026-12-15';
  const MORNINGS: WeeklyHours = { 2: [['08:00', '11:00']], 4: [['08:00', '10:00']] };

  const offered = async (on: string, days = 1) => {
    const found = await listBookableStarts(
      { serviceId: 'swedish', minutes: 60, from: on, days, therapistId: 'mira' },
      NOW,
    );
    if (!found.ok) throw new Error('Nothing was listed.');
    return found.openings.map(({ startsAt }) => toWallTime(TIME_ZONE, startsAt));
  };
  const timesOn = async (on: string) => (await offered(on)).map(({ time }) => time);

  it('follows the old hours until the day before the change, and the new ones from their first day', async () => {
    const [before, onTheDay] = [await timesOn('2026-12-14'), await timesOn(TUESDAY)];
    await plantWeek('mira', TUESDAY, MORNINGS);
    expect(await timesOn('2026-12-14')).toEqual(before);
    expect(onTheDay[0]).toBe('12:00');
    const mornings = ['08:00', '08:15', '08:30', '08:45', '09:00', '09:15', '09:30', '09:45', '10:00'];
    expect(await timesOn(TUESDAY)).toEqual(mornings);
    expect(await timesOn('2026-12-16')).toEqual([]);
    expect(await timesOn('2026-12-17')).toEqual(mornings.slice(0, 5));
    expect(await timesOn('2026-12-22')).toEqual(mornings);
    expect([...new Set((await offered('2026-12-10', 8)).map(({ on }) => on))]).toEqual([
      '2026-12-10',
      '2026-12-14',
      TUESDAY,
      '2026-12-17',
    ]);
  });

  it('follows a second change from its own first day, even to no hours at all', async () => {
    await plantWeek('mira', TUESDAY, MORNINGS);
    await plantWeek('mira', '2026-12-22', {});
    await plantWeek('mira', '2027-01-05', { 2: [['14:00', '15:00']] as WallRange[] });
    expect(await timesOn('2026-12-17')).not.toEqual([]);
    expect(await offered('2026-12-22', 14)).toEqual([]);
    expect(await timesOn('2027-01-05')).toEqual(['14:00']);
  });

  it('counts the dates of a standing time by the hours of each date', async () => {
    const call = async (time: string) => {
      const request = { serviceIds: Array(4).fill('swedish'), minutes: 60, cadence: 'weekly' as const };
      const found = await listStandingTimes({ ...request, from: '2026-12-01' }, NOW);
      if (!found.ok) throw new Error('Nothing was listed.');
      const standing = found.standingTimes.find(
        (other) => other.firstOn === '2026-12-01' && other.time === time && other.therapistId === 'mira',
      );
      return standing?.open;
    };
    expect(await call('18:00')).toBe(4);
    await plantWeek('mira', TUESDAY, MORNINGS);
    expect(await call('18:00')).toBe(2);
    const weekday: Weekday = 2;
    await plantWeek('mira', '2026-12-22', { [weekday]: [['18:00', '19:00']] as WallRange[] });
    expect(await call('18:00')).toBe(3);
  });
});
