import { describe, expect, it } from 'vitest';
import { getShownDays } from './get-shown-days';

const at = (cadence: 'once' | 'weekly' | 'biweekly', week: string | null, today = '2026-11-26') =>
  getShownDays({ cadence, week, today, windowDays: 60 });

describe('the days shown', () => {
  it('are those of next week for a series', () => {
    expect(at('weekly', null)).toEqual({
      from: '2026-11-30',
      until: '2026-12-07',
      earlier: '2026-11-26',
      later: '2026-12-07',
      weekB: null,
    });
  });
  it('are the rest of this week when asked for, and never earlier days', () => {
    expect(at('weekly', '2026-11-26')).toEqual({
      from: '2026-11-26',
      until: '2026-11-30',
      earlier: null,
      later: '2026-11-30',
      weekB: null,
    });
  });
  it('begin on the Monday of the requested week', () => {
    expect(at('weekly', '2026-12-10').from).toBe('2026-12-07');
  });
  it('are two weeks for a series every 2 weeks', () => {
    expect(at('biweekly', null)).toEqual({
      from: '2026-11-30',
      until: '2026-12-14',
      earlier: '2026-11-26',
      later: '2026-12-14',
      weekB: '2026-12-07',
    });
  });
  it('are the next seven for one massage', () => {
    expect(at('once', null)).toMatchObject({
      from: '2026-11-26',
      until: '2026-12-03',
      earlier: null,
      later: '2026-12-03',
    });
    expect(at('once', '2026-12-03').earlier).toBe('2026-11-26');
  });
  it('end where the booking window ends', () => {
    expect(at('weekly', '2027-01-18').later).toBe('2027-01-25');
    expect(at('weekly', '2027-01-25').later).toBeNull();
  });
});
