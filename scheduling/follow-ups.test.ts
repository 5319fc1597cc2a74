import { describe, expect, it } from 'vitest';
import { getNextDateInCadence, getRebookingHoldEnd, isFollowUpDue, listRebookingHoldStarts } from './follow-ups';
import { toInstant } from './zone-conversion';

const timeZone = 'Europe/Dublin';
const at = (on: string, time: string) => toInstant(timeZone, on, time);
const end = at('2026-12-01', '19:00');
const isDue = (now: number, since = 0) => isFollowUpDue({ timeZone, end, since, now });

describe('the message after a date', () => {
  it('is due from the next morning on, by day, for three days', () => {
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

  it('is not sent when it was due before the practice switched it on', () => {
    expect(isDue(at('2026-12-02', '12:00'), at('2026-12-02', '09:00'))).toBe(false);
    expect(isDue(at('2026-12-02', '12:00'), at('2026-12-02', '08:59'))).toBe(true);
  });

  it('names the next date of the plan, one or two weeks later by the clock', () => {
    const last = at('2026-10-20', '18:00');
    expect(getNextDateInCadence(timeZone, last, 'weekly')).toEqual({ on: '2026-10-27', time: '18:00' });
    expect(getNextDateInCadence(timeZone, last, 'once')).toEqual({ on: '2026-10-27', time: '18:00' });
    expect(getNextDateInCadence(timeZone, last, 'biweekly')).toEqual({ on: '2026-11-03', time: '18:00' });
  });

  it('a malformed instant is refused', () => {
    expect(() => isFollowUpDue({ timeZone, end: Number.NaN, since: 0, now: 0 })).toThrow(/^end must be/);
    expect(() => isFollowUpDue({ timeZone, end: 0, since: 0, now: Number.NaN })).toThrow(/^now must be/);
  });
});

describe('the hold for booking again', () => {
  const place = { on: '2026-10-20', time: '18:00' };

  it('covers the first dates, by the clock, at most three', () => {
    const starts = [at('2026-10-20', '18:00'), at('2026-10-27', '18:00'), at('2026-11-03', '18:00')];
    expect(listRebookingHoldStarts(timeZone, place, { cadence: 'weekly', sessions: 8 })).toEqual(starts);
    expect(listRebookingHoldStarts(timeZone, place, { cadence: 'biweekly', sessions: 2 })).toEqual([
      starts[0],
      starts[2],
    ]);
    expect(listRebookingHoldStarts(timeZone, place, { cadence: 'once', sessions: 1 })).toEqual([starts[0]]);
  });

  it('ends in the evening or when its first date can no longer be booked, and is not made for less than half a day', () => {
    const until = (days: number, firstStart: number, noticeMinutes = 120) =>
      getRebookingHoldEnd({ timeZone, days, firstStart, noticeMinutes, now: at('2026-12-02', '09:00') });
    expect(until(0, at('2026-12-08', '18:00'))).toBeNull();
    expect(until(3, at('2026-12-08', '18:00'))).toBe(at('2026-12-05', '20:00'));
    expect(until(7, at('2026-12-08', '18:00'))).toBe(at('2026-12-08', '16:00'));
    expect(until(3, at('2026-12-02', '23:00'))).toBe(at('2026-12-02', '21:00'));
    expect(until(3, at('2026-12-02', '22:59'))).toBeNull();
    expect(() => until(3, Number.NaN)).toThrow(/^firstStart must be/);
    expect(() => getRebookingHoldEnd({ timeZone, days: 3, firstStart: 0, noticeMinutes: 0, now: Number.NaN })).toThrow(
      /^now must be/,
    );
  });
});
