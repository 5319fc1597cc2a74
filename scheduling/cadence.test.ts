import { describe, expect, it } from 'vitest';
import { type Cadence, countSessions, daysBetweenSessions, listSeriesDays } from './cadence';

describe('the dates of a series', () => {
  it.each<[Cadence, string, number, string[]]>([
    ['once', '2026-12-01', 1, ['2026-12-01']],
    ['once', '2026-12-01', 8, ['2026-12-01']],
    ['weekly', '2028-02-22', 3, ['2028-02-22', '2028-02-29', '2028-03-07']],
    ['weekly', '2026-10-20', 3, ['2026-10-20', '2026-10-27', '2026-11-03']],
    ['biweekly', '2026-12-22', 3, ['2026-12-22', '2027-01-05', '2027-01-19']],
  ])('%s from %s, %d of them', (cadence, firstOn, sessions, dates) => {
    expect(listSeriesDays({ cadence, firstOn, sessions })).toEqual(dates);
  });

  it('keeps every two weeks through a week 53', () => {
    const dates = listSeriesDays({ cadence: 'biweekly', firstOn: '2026-12-29', sessions: 26 });
    expect(new Set(dates.map((on) => (Date.parse(on) / 86_400_000) % 14)).size).toBe(1);
  });

  it('has steps of 0, 7 and 14 days', () => {
    expect([daysBetweenSessions('once'), daysBetweenSessions('weekly'), daysBetweenSessions('biweekly')]).toEqual([
      0, 7, 14,
    ]);
    expect(countSessions('weekly', 8)).toBe(8);
  });

  it('has at most twenty years of weekly dates', () => {
    expect(countSessions('weekly', 1040)).toBe(1040);
    expect(() => countSessions('weekly', 1041)).toThrow(/^sessions must be at most 1040/);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %d sessions by name', (sessions) => {
    expect(() => listSeriesDays({ cadence: 'once', firstOn: '2026-12-01', sessions })).toThrow(/^sessions must be/);
  });

  it.each(['daily', 'toString', ''])('refuses %j as a cadence by name', (cadence) => {
    expect(() => daysBetweenSessions(cadence as Cadence)).toThrow(/^cadence must be once, weekly or biweekly/);
  });

  it('refuses an invalid first day, naming the field', () => {
    expect(() => listSeriesDays({ cadence: 'weekly', firstOn: '2026-02-30', sessions: 2 })).toThrow(/^firstOn must be/);
  });
});
