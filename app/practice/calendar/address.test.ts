import { describe, expect, it } from 'vitest';
import { calendarHref, mondayOf, parseCalendar } from './address';

const today = '2026-11-23';

describe('the address of the calendar', () => {
  it('opens on today, on one’s own appointments, and leaves day or week to the screen', () => {
    expect(parseCalendar({}, today, true)).toEqual({ on: today, view: undefined, whose: 'mine', open: undefined });
  });

  it('shows everyone to an owner who has no calendar of their own', () => {
    expect(parseCalendar({ whose: 'mine' }, today, false).whose).toBe('everyone');
  });

  it.each([
    ['on', '2027-02-29'],
    ['on', ['2026-12-01', '2026-12-02']],
    ['view', 'month'],
    ['whose', '__proto__'],
  ])('falls back when %s is %j', (name, value) => {
    expect(parseCalendar({ [name]: value }, today, true)).toEqual(parseCalendar({}, today, true));
  });

  it('reads back what it writes', () => {
    const choice = { on: '2026-12-03', view: 'week', whose: 'everyone', open: 'a&b' } as const;
    const query = Object.fromEntries(new URL(calendarHref(choice), 'http://x').searchParams);
    expect(parseCalendar(query, today, true)).toEqual(choice);
  });
});

describe('the Monday of a week', () => {
  it.each([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-29', '2026-11-23'],
    ['2027-01-01', '2026-12-28'],
  ])('%s belongs to the week of %s', (on, monday) => {
    expect(mondayOf(on)).toBe(monday);
  });
});
