import { describe, expect, it } from 'vitest';
import fc from '@/testing/property-tests';
import { addDays, daysBetween } from './day';
import { isMovedBySpacingOut, spaceDaysTwoWeeksApart } from './space-out-to-biweekly';

const HOUR = 3_600_000;
const now = 1000 * HOUR;

describe('the days of a plan that is spaced out', () => {
  it.each([
    ['go a week on after a date of the week before', ['2026-12-01'], ['2026-12-15', '2026-12-29', '2027-01-12']],
    ['begin where they are two weeks after the last', ['2026-11-24'], ['2026-12-08', '2026-12-22', '2027-01-05']],
    ['begin where they are when nothing was before', [], ['2026-12-08', '2026-12-22', '2027-01-05']],
    ['take 10 days for one week', ['2026-11-28', '2026-11-03'], ['2026-12-15', '2026-12-29', '2027-01-12']],
    ['take 11 days for two', ['2026-11-03', '2026-11-27'], ['2026-12-08', '2026-12-22', '2027-01-05']],
  ])('%s', (_what, held, days) => {
    expect(spaceDaysTwoWeeksApart(['2026-12-08', '2026-12-15', '2026-12-22'], held)).toEqual(days);
  });

  it('are none where nothing goes along', () => {
    expect(spaceDaysTwoWeeksApart([], ['2026-12-01'])).toEqual([]);
  });

  it('are as many as before, two weeks apart on the same weekday, and none sooner than it was', () => {
    const day = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2026-01-01', n));
    const weeks = fc.integer({ min: 1, max: 26 });
    fc.assert(
      fc.property(day, weeks, fc.array(day, { maxLength: 4 }), (first, count, held) => {
        const weeklyDays = Array.from({ length: count }, (_, n) => addDays(first, 7 * n));
        const days = spaceDaysTwoWeeksApart(weeklyDays, held);
        expect(days).toHaveLength(count);
        for (const [n, on] of days.entries()) {
          expect(daysBetween(weeklyDays[n]!, on) % 7).toBe(0);
          expect(on >= weeklyDays[n]!).toBe(true);
          if (n > 0) expect(daysBetween(days[n - 1]!, on)).toBe(14);
        }
      }),
    );
  });

  it('are asked of lists of days', () => {
    expect(() => spaceDaysTwoWeeksApart('x' as never, [])).toThrow(/^days must be a list/);
    expect(() => spaceDaysTwoWeeksApart([], 'x' as never)).toThrow(/^held must be a list/);
    expect(() => spaceDaysTwoWeeksApart(['8 December'], [])).toThrow(RangeError);
  });
});

describe('a date of a plan that is spaced out', () => {
  const isSpaced = (hours: number, other: Partial<Parameters<typeof isMovedBySpacingOut>[0]> = {}) =>
    isMovedBySpacingOut({ start: now + hours * HOUR, now, cutoffMinutes: 24 * 60, noticeMinutes: 12 * 60, ...other });

  it('goes along where it can still be moved, and is further than the notice', () => {
    expect([isSpaced(24), isSpaced(23.9), isSpaced(-1)]).toEqual([true, false, false]);
    expect([isSpaced(24, { noticeMinutes: 48 * 60 }), isSpaced(48, { noticeMinutes: 48 * 60 })]).toEqual([
      false,
      false,
    ]);
    expect(isSpaced(48.1, { noticeMinutes: 48 * 60 })).toBe(true);
  });

  it('is asked for instants and whole minutes', () => {
    expect(() => isSpaced(Number.NaN)).toThrow(/^start must be/);
    expect(() => isSpaced(1, { now: Number.NaN })).toThrow(/^start must be|^now must be/);
    expect(() => isSpaced(24, { noticeMinutes: -1 })).toThrow(/^noticeMinutes must be/);
  });
});
