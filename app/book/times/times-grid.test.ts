import { describe, expect, it } from 'vitest';
import { addDays } from '@/scheduling/day';
import type { StandingTime } from '@/scheduling/standing-times';
import { filterByDayPart } from './day-parts';
import { buildTimesGrid, chooseInitialDay, groupTimesByDayPart, listBestCells } from './times-grid';

const instant = (on: string, time: string) => Date.parse(`${on}T${time}:00Z`);
const standing = (therapistId: string, firstOn: string, time: string, line: string): StandingTime => {
  const occurrences = [...line].map((mark, index) => {
    const on = addDays(firstOn, 7 * index);
    return { on, start: instant(on, time), open: mark === 'o' };
  });
  return { therapistId, firstOn, time, open: occurrences.filter(({ open }) => open).length, occurrences };
};
const query = {
  from: '2026-11-30',
  until: '2026-12-07',
  notBefore: 0,
  order: ['mira', 'tom', 'aoife'],
  everyStart: false,
};

describe('a cell', () => {
  const cell = (...times: StandingTime[]) => buildTimesGrid(times, query).days[0]?.cells[0];
  it('has the number of open dates, the clashes and the therapists', () => {
    expect(cell(standing('mira', '2026-12-03', '17:30', 'oooxoooo'))).toEqual({
      on: '2026-12-03',
      time: '17:30',
      open: 7,
      sessions: 8,
      level: 'most',
      therapists: ['mira'],
      line: [true, true, true, false, true, true, true, true],
      clashes: ['2026-12-24'],
    });
  });
  it("has the therapists with the most open dates, in the practice's order", () => {
    const best = cell(
      standing('aoife', '2026-12-01', '10:00', 'oooo'),
      standing('mira', '2026-12-01', '10:00', 'ooxo'),
      standing('tom', '2026-12-01', '10:00', 'oooo'),
    );
    expect(best).toMatchObject({ therapists: ['tom', 'aoife'], open: 4, level: 'all' });
  });
  it('has three levels: all, three quarters or more, fewer', () => {
    expect(cell(standing('mira', '2026-12-01', '10:00', 'ooox'))?.level).toBe('most');
    expect(cell(standing('mira', '2026-12-01', '10:00', 'ooxx'))?.level).toBe('some');
  });
});

describe('the grid', () => {
  it('leaves out first days outside the weeks shown and first dates that are too soon', () => {
    const times = [
      standing('mira', '2026-11-29', '10:00', 'oo'),
      standing('mira', '2026-11-30', '10:00', 'xo'),
      standing('mira', '2026-12-07', '10:00', 'oo'),
    ];
    expect(buildTimesGrid(times, query).days.map(({ on }) => on)).toEqual(['2026-11-30']);
    expect(buildTimesGrid(times, { ...query, notBefore: instant('2026-11-30', '10:01') }).days).toEqual([]);
  });
  it('shows only starts on the half hour unless every start is asked for', () => {
    const times = ['10:00', '10:15', '10:30'].map((time) => standing('mira', '2026-12-01', time, 'oo'));
    expect(buildTimesGrid(times, query)).toMatchObject({
      isThinned: true,
      days: [{ cells: [{ time: '10:00' }, { time: '10:30' }] }],
    });
    expect(buildTimesGrid(times, { ...query, everyStart: true })).toMatchObject({ isThinned: false });
    expect(buildTimesGrid(times, { ...query, everyStart: true }).days[0]?.cells).toHaveLength(3);
  });
  it('shows all starts of a day that has none on the half hour', () => {
    expect(buildTimesGrid([standing('mira', '2026-12-01', '10:20', 'oo')], query).days[0]?.cells).toHaveLength(1);
  });
  it('has rows only for hours at which some day has a time, grouped by part of the day', () => {
    const { days } = buildTimesGrid(
      [
        standing('mira', '2026-12-01', '18:00', 'oo'),
        standing('tom', '2026-12-02', '09:30', 'oo'),
        standing('tom', '2026-12-02', '18:00', 'ox'),
      ],
      query,
    );
    expect(groupTimesByDayPart(days)).toEqual([
      { part: 'morning', times: ['09:30'] },
      { part: 'evening', times: ['18:00'] },
    ]);
    expect(groupTimesByDayPart(filterByDayPart(days, 'evening'))).toHaveLength(1);
    expect(filterByDayPart(days, 'morning').map(({ cells }) => cells.length)).toEqual([0, 1]);
  });
});

describe('the best fits', () => {
  const day = (offset: number) => addDays('2026-11-30', offset);
  it('have the most free dates first, then the earliest, one for each day', () => {
    const { days } = buildTimesGrid(
      [
        standing('mira', day(0), '09:00', 'oooo'),
        standing('mira', day(0), '10:00', 'oooo'),
        standing('mira', day(1), '18:00', 'oooo'),
        standing('mira', day(2), '09:00', 'ooox'),
        standing('mira', day(3), '09:00', 'oooo'),
      ],
      query,
    );
    expect(listBestCells(days, 4).map(({ on, time }) => `${on} ${time}`)).toEqual([
      `${day(0)} 09:00`,
      `${day(1)} 18:00`,
      `${day(3)} 09:00`,
      `${day(2)} 09:00`,
    ]);
  });
  it('repeat days when there are too few of them', () => {
    const times = ['09:00', '10:00', '11:00'].map((time) => standing('mira', day(0), time, 'oo'));
    expect(listBestCells(buildTimesGrid(times, query).days, 2).map(({ time }) => time)).toEqual(['09:00', '10:00']);
  });
  it('decide which day a phone shows first, unless another is asked for', () => {
    const { days } = buildTimesGrid(
      [standing('mira', day(0), '09:00', 'ox'), standing('mira', day(1), '09:00', 'oo')],
      query,
    );
    expect(chooseInitialDay(days, [])?.on).toBe(day(1));
    expect(chooseInitialDay(days, [null, day(0)])?.on).toBe(day(0));
    expect(chooseInitialDay(days, ['2030-01-01'])?.on).toBe(day(1));
    expect(chooseInitialDay([], [])).toBeUndefined();
  });
});
