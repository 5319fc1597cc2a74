import { describe, expect, it } from 'vitest';
import { blockTimeHref, calendarHref, parseCalendarUrl, parseTimeToBlock } from './calendar-url';

const today = '2026-11-23';

describe('the address of the calendar', () => {
  it('by default opens today with one’s own appointments, and lets the screen choose day or week', () => {
    const choice = { on: today, view: undefined, whose: 'mine', only: undefined, open: undefined };
    expect(parseCalendarUrl({}, today, true)).toEqual(choice);
  });

  it('shows everyone to an owner who has no calendar of their own', () => {
    expect(parseCalendarUrl({ whose: 'mine' }, today, false).whose).toBe('everyone');
  });

  it.each([
    ['on', '2027-02-29'],
    ['on', ['2026-12-01', '2026-12-02']],
    ['on', '9999-12-31'],
    ['on', '0001-01-01'],
    ['view', 'month'],
    ['whose', '__proto__'],
  ])('falls back to the default when %s is %j', (name, value) => {
    expect(parseCalendarUrl({ [name]: value }, today, true)).toEqual(parseCalendarUrl({}, today, true));
  });

  it('shows one therapist out of everyone, and ignores that choice on one’s own calendar', () => {
    expect(parseCalendarUrl({ whose: 'everyone', only: 'jun' }, today, true).only).toBe('jun');
    expect(parseCalendarUrl({ whose: 'mine', only: 'jun' }, today, true).only).toBeUndefined();
  });

  it('reads back what it writes', () => {
    const choice = { on: '2026-12-03', view: 'week', whose: 'everyone', only: 'jun', open: 'a&b' } as const;
    const query = Object.fromEntries(new URL(calendarHref(choice), 'http://x').searchParams);
    expect(parseCalendarUrl(query, today, true)).toEqual(choice);
  });
});

it('names the time to block, and reads it back only for a therapist whose time the viewer may take', () => {
  const choice = parseCalendarUrl({}, '2026-12-01', true);
  const stretch = { at: '2026-12-01T12:30', to: '13:15', until: '2026-12-01', therapistId: 'mira' };
  const raw = Object.fromEntries(new URL(blockTimeHref(choice, stretch), 'http://x').searchParams);
  expect(parseTimeToBlock(raw, ['tom', 'mira'])).toEqual(stretch);
  expect(parseTimeToBlock(raw, ['tom'])).toBeNull();
  expect(parseTimeToBlock({ ...raw, to: '12:00' }, ['mira'])).toEqual({ ...stretch, to: '' });
  for (const block of ['2026-02-30T12:30', '2026-12-01T25:00', 'soon', ''])
    expect(parseTimeToBlock({ ...raw, block }, ['mira'])).toBeNull();
  for (const to of ['13:15', '09:00']) {
    const days = { ...stretch, to, until: '2026-12-04' };
    const raw = Object.fromEntries(new URL(blockTimeHref(choice, days), 'http://x').searchParams);
    expect(parseTimeToBlock(raw, ['mira'])).toEqual(days);
    expect(parseTimeToBlock({ ...raw, to: 'noon' }, ['mira'])).toEqual({ ...stretch, to: '' });
  }
  for (const until of ['2026-11-30', '2026-12-32', ['2026-12-04', '2026-12-05']])
    expect(parseTimeToBlock({ ...raw, until }, ['mira'])).toEqual(stretch);
});
