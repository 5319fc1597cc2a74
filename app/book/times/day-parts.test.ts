import { describe, expect, it } from 'vitest';
import { dayParts } from '@/app/book/booking-choice';
import { ANY_DAY_PART, getDayPartBit } from '@/scheduling/waitlist-matching';
import {
  filterByDayPart,
  formatDayPart,
  formatDayPartTimesLabel,
  listDayPartOptions,
  toDayPartBits,
} from './day-parts';
import { listBestCells, type TimeCellData, type TimesGridDayData } from './times-grid';

const FRIDAY = '2026-12-04';
const SATURDAY = '2026-12-05';

const cell = (on: string, time: string, open = 8): TimeCellData => ({
  on,
  time,
  open,
  sessions: 8,
  level: open === 8 ? 'all' : 'most',
  therapists: ['mira'],
  line: [],
  clashes: [],
});
const times = ['09:00', '11:59', '12:00', '13:59', '14:00', '16:59', '17:00', '20:30'];
const days: TimesGridDayData[] = [FRIDAY, SATURDAY].map((on) => ({ on, cells: times.map((time) => cell(on, time)) }));
const timesOn = (on: string, part: (typeof dayParts)[number], among = days) =>
  filterByDayPart(among, part)
    .find((day) => day.on === on)
    ?.cells.map(({ time }) => time);

describe('the filter by part of the day', () => {
  it.each([
    ['all', times],
    ['morning', ['09:00', '11:59']],
    ['lunch', ['12:00', '13:59']],
    ['afternoon', ['12:00', '13:59', '14:00', '16:59']],
    ['evening', ['17:00', '20:30']],
    ['saturday', []],
  ] as const)('%s keeps these times of a Friday', (part, expected) => {
    expect(timesOn(FRIDAY, part)).toEqual(expected);
  });
  it('keeps a whole Saturday, or one part of it', () => {
    expect(timesOn(SATURDAY, 'saturday')).toEqual(times);
    expect(timesOn(SATURDAY, 'evening')).toEqual(['17:00', '20:30']);
  });
  it('keeps days without a fitting time, so that a phone shows them', () => {
    expect(filterByDayPart(days, 'saturday').map(({ on }) => on)).toEqual([FRIDAY, SATURDAY]);
  });
  it('puts the second of two hours with the same clock time in the same part as the first', () => {
    const night = [{ on: FRIDAY, cells: [cell(FRIDAY, '01:30~2')] }];
    expect(timesOn(FRIDAY, 'morning', night)).toEqual(['01:30~2']);
  });
  it('offers Saturdays where one has a time, or where they are already chosen', () => {
    expect(listDayPartOptions(days, 'all')).toEqual([...dayParts]);
    expect(listDayPartOptions(days.slice(0, 1), 'all')).not.toContain('saturday');
    expect(listDayPartOptions(days.slice(0, 1), 'saturday')).toContain('saturday');
    expect(listDayPartOptions([{ on: SATURDAY, cells: [] }], 'all')).not.toContain('saturday');
  });
  it('becomes the same part of the day on the waiting list', () => {
    expect(toDayPartBits('all')).toBe(ANY_DAY_PART);
    expect(toDayPartBits('morning') + toDayPartBits('afternoon') + toDayPartBits('evening')).toBe(ANY_DAY_PART);
    expect(toDayPartBits('lunch')).toBe(toDayPartBits('afternoon'));
    expect(toDayPartBits('saturday')).toBe(
      getDayPartBit(6, 'morning') + getDayPartBit(6, 'afternoon') + getDayPartBit(6, 'evening'),
    );
  });
  it('is named with its hours in the local format', () => {
    expect(formatDayPart('evening', 'en-IE')).toBe('Evenings, from 17');
    expect(formatDayPart('evening', 'en-US')).toBe('Evenings, from 5');
    expect(formatDayPart('saturday', 'en-IE')).toBe('Saturdays');
    expect(dayParts.map(formatDayPartTimesLabel).slice(0, 2)).toEqual(['times', 'morning times']);
    expect(formatDayPartTimesLabel('saturday')).toBe('Saturday times');
  });
});

it('the best times of a part of the day are five, on different days while there are enough days', () => {
  const week = ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03', FRIDAY, SATURDAY];
  const grid = week.map((on) => ({ on, cells: times.map((time) => cell(on, time, time === '20:30' ? 8 : 7)) }));
  const evenings = listBestCells(filterByDayPart(grid, 'evening'));
  expect(evenings.map(({ on, time }) => `${on} ${time}`)).toEqual(week.slice(0, 5).map((on) => `${on} 20:30`));
  const saturdays = listBestCells(filterByDayPart(grid, 'saturday'));
  expect(saturdays).toHaveLength(5);
  expect(new Set(saturdays.map(({ on }) => on))).toEqual(new Set([SATURDAY]));
});
