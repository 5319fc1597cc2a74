import { describe, expect, it } from 'vitest';
import fc from '@/testing/property-tests';
import { addDays, type Weekday, weekdayOf } from './day';
import { type BreakTimes, subtractBreaks } from './repeating-breaks';
import { formatMinuteOfDay, parseMinuteOfDay } from './time-of-day';
import type { WallRange, WeeklyHours } from './working-hours';

const FIRST = '2026-11-30';
const LAST = 60;

const weekday = fc.constantFrom<Weekday>(0, 1, 2, 3, 4, 5, 6);
const span = fc.uniqueArray(fc.integer({ min: 0, max: 24 }), { minLength: 2, maxLength: 2 }).map((hours): WallRange => {
  const [from, until] = [...hours].sort((a, b) => a - b) as [number, number];
  return [formatMinuteOfDay(from * 60), formatMinuteOfDay(until * 60)];
});
const day = fc.integer({ min: -5, max: LAST }).map((n) => addDays(FIRST, n));
const repeating = fc.record({
  weekdays: fc.uniqueArray(weekday, { minLength: 1 }),
  span,
  validFrom: day,
  length: fc.option(fc.integer({ min: 0, max: 40 })),
});
const weekly = fc.dictionary(weekday.map(String), fc.array(span, { minLength: 1, maxLength: 2 }), {
  maxKeys: 7,
}) as unknown as fc.Arbitrary<WeeklyHours>;

/** Half-hours of a day that lie in one of the ranges. */
function cellsOf(ranges: readonly WallRange[] = []): number[] {
  const cells = Array.from({ length: 48 }, (_, n) => n * 30);
  return cells.filter((at) =>
    ranges.some(([from, until]) => parseMinuteOfDay(from) <= at && at < parseMinuteOfDay(until)),
  );
}

describe('breaks that are taken out of weekly hours', () => {
  it('leave on each day what a plain look at every half-hour leaves', () => {
    fc.assert(
      fc.property(
        weekly,
        fc.option(fc.tuple(day, weekly)),
        fc.array(repeating, { maxLength: 4 }),
        (first, later, expectedKind) => {
          const weeks = [{ validFrom: '0001-01-01', week: first }];
          if (later) weeks.push({ validFrom: later[0], week: later[1] });
          const breaks = expectedKind.map(({ span: [from, until], length, ...rest }): BreakTimes => {
            return { ...rest, from, until, validUntil: length === null ? null : addDays(rest.validFrom, length) };
          });
          const remaining = subtractBreaks(weeks, breaks);
          for (let on = FIRST; on < addDays(FIRST, LAST); on = addDays(on, 1)) {
            const planned = (later && later[0] <= on ? later[1] : first)[weekdayOf(on)];
            const breakTimes = breaks
              .filter((repeating) => repeating.weekdays.includes(weekdayOf(on)) && repeating.validFrom <= on)
              .filter(({ validUntil }) => validUntil === null || on <= validUntil)
              .map(({ from, until }): WallRange => [from, until]);
            const expected = cellsOf(planned).filter((cell) => !cellsOf(breakTimes).includes(cell));
            const { week } = remaining.findLast(({ validFrom }) => validFrom <= on)!;
            expect(cellsOf(week[weekdayOf(on)])).toEqual(expected);
          }
        },
      ),
    );
  });

  it('leave a weekday unnamed that has nothing left, and hours without breaks as they are', () => {
    const weeks = [
      { validFrom: '0001-01-01', week: { 1: [['09:00', '12:00']], 2: [['09:00', '12:00']] } as WeeklyHours },
    ];
    const morning = { weekdays: [1] as Weekday[], from: '08:00', until: '13:00', validFrom: FIRST, validUntil: null };
    expect(subtractBreaks(weeks, [morning]).at(-1)).toEqual({ validFrom: FIRST, week: { 2: [['09:00', '12:00']] } });
    expect(subtractBreaks(weeks, [])).toEqual(weeks);
    expect(subtractBreaks([], [morning])).toEqual([]);
  });

  it('end with their last day, and the hours are whole again', () => {
    const weeks = [{ validFrom: '0001-01-01', week: { 1: [['09:00', '12:00']] } as WeeklyHours }];
    const lunch = { weekdays: [1] as Weekday[], from: '10:00', until: '11:00', validFrom: FIRST, validUntil: FIRST };
    expect(subtractBreaks(weeks, [lunch])).toEqual([
      ...weeks,
      {
        validFrom: FIRST,
        week: {
          1: [
            ['09:00', '10:00'],
            ['11:00', '12:00'],
          ],
        },
      },
      { validFrom: addDays(FIRST, 1), week: weeks[0]!.week },
    ]);
  });
});
