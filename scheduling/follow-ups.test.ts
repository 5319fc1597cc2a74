import { describe, expect, it } from 'vitest';
import { isFollowUpDue, nextPlace } from './follow-ups';
import { toInstant } from './zone';

const timeZone = 'Europe/Dublin';
const at = (on: string, time: string) => toInstant(timeZone, on, time);
const end = at('2026-12-01', '19:00');
const isDue = (now: number, since = 0) => isFollowUpDue({ timeZone, end, since, now });

describe('after a date', () => {
  it('it is time from the next morning on, by day, for three days', () => {
    const times = [
      ['2026-12-01', '19:30'],
      ['2026-12-02', '08:59'],
      ['2026-12-02', '09:00'],
      ['2026-12-02', '20:00'],
      ['2026-12-04', '19:00'],
      ['2026-12-04', '19:01'],
    ] as const;
    expect(times.map(([on, time]) => isDue(at(on, time)))).toEqual([false, false, true, false, true, false]);
  });

  it('nothing is written that was due before the practice wanted it', () => {
    expect(isDue(at('2026-12-02', '12:00'), at('2026-12-02', '09:00'))).toBe(false);
    expect(isDue(at('2026-12-02', '12:00'), at('2026-12-02', '08:59'))).toBe(true);
  });

  it('the next place of its plan is a week on by the clock, or two', () => {
    const last = at('2026-10-20', '18:00');
    expect(nextPlace(timeZone, last, 'weekly')).toEqual({ on: '2026-10-27', time: '18:00' });
    expect(nextPlace(timeZone, last, 'once')).toEqual({ on: '2026-10-27', time: '18:00' });
    expect(nextPlace(timeZone, last, 'biweekly')).toEqual({ on: '2026-11-03', time: '18:00' });
  });

  it('a malformed instant is refused', () => {
    expect(() => isFollowUpDue({ timeZone, end: Number.NaN, since: 0, now: 0 })).toThrow(/^end must be/);
    expect(() => isFollowUpDue({ timeZone, end: 0, since: 0, now: Number.NaN })).toThrow(/^now must be/);
  });
});
