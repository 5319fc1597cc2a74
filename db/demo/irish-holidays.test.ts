import { expect, it } from 'vitest';
import { weekdayOf } from '@/scheduling/day';
import { listIrishHolidays } from './irish-holidays';

const dayOf = (year: number, name: string) => listIrishHolidays(year).find((holiday) => holiday.name === name)?.on;

it('names the ten public holidays of 2027 in order', () => {
  expect(listIrishHolidays(2027)).toEqual([
    { on: '2027-01-01', name: "New Year's Day" },
    { on: '2027-02-01', name: 'St Brigid’s Day' },
    { on: '2027-03-17', name: "St Patrick's Day" },
    { on: '2027-03-29', name: 'Easter Monday' },
    { on: '2027-05-03', name: 'May bank holiday' },
    { on: '2027-06-07', name: 'June bank holiday' },
    { on: '2027-08-02', name: 'August bank holiday' },
    { on: '2027-10-25', name: 'October bank holiday' },
    { on: '2027-12-25', name: 'Christmas Day' },
    { on: '2027-12-26', name: "St Stephen's Day" },
  ]);
});

it.each([
  [2024, '2024-04-01'],
  [2025, '2025-04-21'],
  [2026, '2026-04-06'],
  [2035, '2035-03-26'],
  [2038, '2038-04-26'],
])('finds Easter Monday of %i', (year, on) => {
  expect(dayOf(year, 'Easter Monday')).toBe(on);
});

it('keeps St Brigid’s Day on 1 February when that is a Friday, and on the first Monday otherwise', () => {
  expect(dayOf(2030, 'St Brigid’s Day')).toBe('2030-02-01');
  expect(dayOf(2026, 'St Brigid’s Day')).toBe('2026-02-02');
});

it('puts every bank holiday on a Monday, the last one of October in October', () => {
  for (let year = 2024; year <= 2060; year++) {
    for (const { on, name } of listIrishHolidays(year))
      if (name.endsWith('bank holiday')) expect(weekdayOf(on)).toBe(1);
    expect(dayOf(year, 'October bank holiday')).toMatch(/-10-(2[5-9]|3[01])$/);
  }
});
