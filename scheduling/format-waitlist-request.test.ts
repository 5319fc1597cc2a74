import { describe, expect, it } from 'vitest';
import { formatDayParts, formatWaitlistDateRange, formatWaitlistMassage } from './format-waitlist-request';
import { ANY_DAY_PART, getDayPartBit, PARTS_OF_DAY } from './waitlist-matching';

const once = { service: 'Swedish', minutes: 60, therapist: 'Mira', cadence: 'once', sessions: 1 } as const;
const wholeDay = (weekday: number) => PARTS_OF_DAY.reduce((sum, part) => sum + getDayPartBit(weekday, part), 0);

describe('the text of a waitlist request', () => {
  it('names the massage, the therapist, and the number of dates for a regular time', () => {
    expect(formatWaitlistMassage(once)).toBe('Swedish, 60 minutes, with Mira');
    expect(formatWaitlistMassage({ ...once, therapist: null, cadence: 'biweekly', sessions: 8 })).toBe(
      'Swedish, 60 minutes, with any therapist, eight dates, one every 2 weeks',
    );
  });

  it('names the weekdays with their parts, or one time of day', () => {
    const formatParts = (dayParts: number, atTime: string | null = null) =>
      formatDayParts({ dayParts, atTime }, 'en-IE');
    expect(formatParts(ANY_DAY_PART)).toBe('any day and time');
    expect(formatParts(wholeDay(6) + wholeDay(0))).toBe('Sat, Sun');
    expect(formatParts(getDayPartBit(2, 'evening') + getDayPartBit(4, 'evening') + wholeDay(6))).toBe(
      'Tue, Thu evenings; Sat',
    );
    expect(formatParts(ANY_DAY_PART - getDayPartBit(1, 'morning'))).toBe(
      'Mon afternoons and evenings; Tue, Wed, Thu, Fri, Sat, Sun',
    );
    expect(formatParts(getDayPartBit(2, 'evening'), '18:00')).toBe('Tue at 18:00');
  });

  it('names the range of days, or the one day', () => {
    const range = { fromOn: '2026-12-01', untilOn: '2027-01-05' };
    expect(formatWaitlistDateRange(range, 'en-IE')).toBe('from 1 Dec to 5 Jan');
    expect(formatWaitlistDateRange({ ...range, fromOn: '2027-01-05' }, 'en-IE')).toBe('on 5 Jan');
  });
});
