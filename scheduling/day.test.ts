import { describe, expect, it } from 'vitest';
import {
  addDays,
  dayFromNumber,
  dayNumber,
  daysBetween,
  isDay,
  isDayWithinSupportedYears,
  listDays,
  mondayOf,
  weekdayOf,
} from './day';

describe('a local day', () => {
  it.each(['2026-11-23', '2028-02-29', '2000-02-29', '0001-01-01', '9999-12-31', '2026-04-30', '2026-01-31'])(
    'is %s',
    (on) => {
      expect(isDay(on)).toBe(true);
      expect(dayFromNumber(dayNumber(on))).toBe(on);
    },
  );

  it.each([
    '2027-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-06-31',
    '2026-09-31',
    '2026-11-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '2026-01-32',
    '2026-1-01',
    '2026-12-011',
    '2026-12-1',
    '2026/01/01',
    '2026-01/01',
    '0000-01-01',
    '20260101',
    '2026-01-0x',
    '2026-01-0 ',
    '2026-01-0:',
    '2026-0/-01',
    '',
    null,
    undefined,
    20260101,
  ])('is not %j', (on) => {
    expect(isDay(on)).toBe(false);
    expect(() => dayNumber(on as string)).toThrow(RangeError);
  });

  it.each([
    ['1969-12-31', false],
    ['1970-01-01', true],
    ['2199-12-31', true],
    ['2200-01-01', false],
    ['2027-02-29', false],
    [['2026-12-01'], false],
  ])('%j can be planned with: %s', (on, can) => {
    expect(isDayWithinSupportedYears(on)).toBe(can);
  });

  it('counts as Date does, over four centuries', () => {
    const wrong: string[] = [];
    for (let day = Date.UTC(1890, 0, 1) / 86_400_000; day < Date.UTC(2290, 0, 1) / 86_400_000; day++) {
      const on = new Date(day * 86_400_000).toISOString().slice(0, 10);
      if (dayNumber(on) !== day || dayFromNumber(day) !== on) wrong.push(on);
    }
    expect(wrong).toEqual([]);
    expect(dayNumber('1970-01-01')).toBe(0);
  });
});

describe('counting days', () => {
  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2027-03-01', -1, '2027-02-28'],
    ['2026-12-28', 14, '2027-01-11'],
  ])('%s plus %d is %s', (on, n, then) => {
    expect(addDays(on, n)).toBe(then);
    expect(daysBetween(on, then)).toBe(n);
  });

  it('lists days over the end of a month, and none where there are none', () => {
    expect(listDays('2028-02-28', 3)).toEqual(['2028-02-28', '2028-02-29', '2028-03-01']);
    expect(listDays('2028-02-28', 0)).toEqual([]);
    expect(listDays('2028-02-28', -1)).toEqual([]);
  });

  it('ends with the year 9999 and begins with the year 1', () => {
    expect(() => addDays('9999-12-31', 1)).toThrow(/^day must be in the years 0001 to 9999/);
    expect(() => addDays('0001-01-01', -1)).toThrow(RangeError);
    expect(() => addDays('2026-01-01', Number.NaN)).toThrow(RangeError);
  });

  it('names the invalid day in its error', () => {
    expect(() => daysBetween('x', '2026-01-01')).toThrow(/^a must be a day/);
    expect(() => daysBetween('2026-01-01', 'x')).toThrow(/^b must be a day/);
  });

  it.each([
    ['2026-11-29', 0],
    ['2026-12-01', 2],
    ['1969-12-31', 3],
    ['0001-01-01', 1],
  ])('%s has weekday %d', (on, weekday) => {
    expect(weekdayOf(on)).toBe(weekday);
  });
});

describe('the Monday of a week', () => {
  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-29', '2026-11-23'],
    ['2027-01-01', '2026-12-28'],
    ['2027-01-03', '2026-12-28'],
  ])('%s belongs to the week of %s', (on, monday) => {
    expect(mondayOf(on)).toBe(monday);
  });
});
