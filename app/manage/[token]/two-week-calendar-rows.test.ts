import { describe, expect, it } from 'vitest';
import { buildTwoWeekCalendarRows } from './two-week-calendar-rows';

describe('the calendar picture of the dates', () => {
  const lines = buildTwoWeekCalendarRows(
    ['2026-12-03', '2026-12-10', '2026-12-17', '2026-12-23', '2026-12-31'],
    ['2026-12-24'],
  );
  it('has two weeks in each row, from a Monday to a Sunday', () => {
    expect(lines.map((line) => [line[0]?.on, line.at(-1)?.on])).toEqual([
      ['2026-11-30', '2026-12-13'],
      ['2026-12-14', '2026-12-27'],
      ['2026-12-28', '2027-01-10'],
    ]);
  });
  it('marks the sessions, and the day that one was moved from', () => {
    const marked = lines.flat().filter(({ state }) => state);
    expect(marked.map(({ on, state }) => `${on.slice(8)} ${state}`)).toEqual([
      '03 session',
      '10 session',
      '17 session',
      '23 session',
      '24 was',
      '31 session',
    ]);
  });
  it("names each month above its first day, and the first row's month where there is room", () => {
    const named = (sessions: string[]) =>
      buildTwoWeekCalendarRows(sessions, [])
        .flat()
        .filter(({ month }) => month)
        .map(({ on, month }) => `${on} ${month}`);
    expect(named(['2026-12-03', '2026-12-31'])).toEqual(['2026-12-01 Dec', '2027-01-01 Jan']);
    expect(named(['2026-12-28', '2027-01-08'])).toEqual(['2026-12-28 Dec', '2027-01-01 Jan']);
  });
  it('is empty when no date is left', () => expect(buildTwoWeekCalendarRows([], [])).toEqual([]));
});
