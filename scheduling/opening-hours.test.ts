import { describe, expect, it } from 'vitest';
import { joinOpeningHours } from './opening-hours';
import type { WeeklyHours } from './working-hours';

describe('the opening hours of a practice', () => {
  it('are open whenever anybody works', () => {
    const early: WeeklyHours = { 1: [['08:00', '12:00']], 2: [['08:00', '12:00']] };
    const late: WeeklyHours = { 1: [['11:00', '19:30']], 2: [['13:00', '19:30']] };
    expect(joinOpeningHours([early, late]).slice(0, 2)).toEqual([
      { weekdays: [1], hours: [['08:00', '19:30']] },
      {
        weekdays: [2],
        hours: [
          ['08:00', '12:00'],
          ['13:00', '19:30'],
        ],
      },
    ]);
  });

  it('go from Monday to Sunday, weekdays with the same hours on one line', () => {
    const week: WeeklyHours = { 0: [['10:00', '24:00']], 1: [['10:00', '24:00']], 3: [['09:00', '10:00']], 4: [] };
    expect(joinOpeningHours([week])).toEqual([
      { weekdays: [1], hours: [['10:00', '24:00']] },
      { weekdays: [2], hours: [] },
      { weekdays: [3], hours: [['09:00', '10:00']] },
      { weekdays: [4, 5, 6], hours: [] },
      { weekdays: [0], hours: [['10:00', '24:00']] },
    ]);
  });

  it('are closed all week where nobody works', () => {
    expect(joinOpeningHours([])).toEqual([{ weekdays: [1, 2, 3, 4, 5, 6, 0], hours: [] }]);
  });

  it('refuse a time that is none', () => {
    expect(() => joinOpeningHours([{ 1: [['9', '10:00']] }])).toThrow(RangeError);
  });
});
