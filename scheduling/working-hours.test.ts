import { describe, expect, it } from 'vitest';
import { toWorkingHoursInMs, type WallRange } from './working-hours';

const HOUR = 3_600_000;
const hoursOf = (ranges: WallRange[]) => toWorkingHoursInMs({ 1: ranges }, []).weekly[1]!.map((at) => at / HOUR);

describe('the hours of a day in ms', () => {
  it.each<[what: string, ranges: WallRange[], pairs: number[]]>([
    [
      'as they are',
      [
        ['09:00', '13:00'],
        ['13:30', '20:00'],
      ],
      [9, 13, 13.5, 20],
    ],
    [
      'in any order',
      [
        ['13:30', '20:00'],
        ['09:00', '13:00'],
      ],
      [9, 13, 13.5, 20],
    ],
    [
      'joined where they touch',
      [
        ['09:00', '13:00'],
        ['13:00', '20:00'],
      ],
      [9, 20],
    ],
    [
      'joined where they overlap',
      [
        ['09:00', '14:00'],
        ['13:00', '20:00'],
      ],
      [9, 20],
    ],
    [
      'joined where one holds the other',
      [
        ['09:00', '20:00'],
        ['10:00', '11:00'],
      ],
      [9, 20],
    ],
    [
      'without empty ranges',
      [
        ['08:00', '08:00'],
        ['09:00', '13:00'],
      ],
      [9, 13],
    ],
    [
      'without an empty range behind another',
      [
        ['09:00', '13:00'],
        ['15:00', '15:00'],
      ],
      [9, 13],
    ],
    [
      'from midnight',
      [
        ['00:00', '08:00'],
        ['20:00', '24:00'],
      ],
      [0, 8, 20, 24],
    ],
  ])('are taken %s', (_, ranges, pairs) => {
    expect(hoursOf(ranges)).toEqual(pairs);
  });

  it('never close if every day runs from midnight to midnight, however split', () => {
    const always = Object.fromEntries(
      [0, 1, 2, 3, 4, 5, 6].map((day) => [
        day,
        [
          ['00:00', '12:00'],
          ['12:00', '24:00'],
        ],
      ]),
    );
    expect(toWorkingHoursInMs(always, []).closesFrom).toBe(Number.POSITIVE_INFINITY);
    expect(toWorkingHoursInMs({ ...always, 6: [['00:00', '12:00']] }, []).closesFrom).toBe(Number.NEGATIVE_INFINITY);
    expect(toWorkingHoursInMs(always, [{ on: '1970-01-11', hours: [] }]).closesFrom).toBe(10);
  });
});
