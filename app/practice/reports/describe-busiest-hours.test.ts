import { expect, it } from 'vitest';
import type { Weekday } from '@/scheduling/day';
import { describeBusiestHours } from './describe-busiest-hours';

const cell = (weekday: Weekday, hour: number, bookedMinutes: number, openMinutes = 60) => {
  return { weekday, hour, openMinutes, bookedMinutes };
};

it('names the fullest and the emptiest hours of a week, and joins neighbouring hours', () => {
  const cells = [
    cell(0, 9, 60),
    cell(1, 9, 30),
    cell(1, 10, 50),
    cell(1, 11, 55),
    cell(2, 9, 0),
    cell(2, 10, 10),
    cell(3, 9, 20),
    cell(6, 20, 5),
    cell(6, 21, 60, 0),
  ];
  expect(describeBusiestHours(cells, 'en-IE')).toEqual({
    fullest: 'Monday 10:00 to 12:00, Sunday 09:00 to 10:00',
    emptiest: 'Tuesday 09:00 to 11:00, Saturday 20:00 to 21:00',
  });
});

it('is null for a week of only a few hours', () => {
  expect(describeBusiestHours([cell(1, 9, 60), cell(1, 10, 0)], 'en-IE')).toBeNull();
});

it('calls no hour full in which nothing was booked', () => {
  const week = Array.from({ length: 9 }, (_, hour) => cell(1, 9 + hour, 0));
  expect(describeBusiestHours(week, 'en-IE')).toBeNull();
  expect(describeBusiestHours([...week, cell(2, 11, 15)], 'en-IE')?.fullest).toBe('Tuesday 11:00 to 12:00');
});
