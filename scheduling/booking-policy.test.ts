import { describe, expect, it } from 'vitest';
import {
  canClientCancel,
  canMoveOnline,
  checkBookingWindow,
  isBeforeMoveCutoff,
  removeLeadTimes,
} from './booking-policy';
import { toInstant } from './zone-conversion';

const MINUTE = 60_000;
const start = Date.UTC(2026, 11, 2, 18);

describe.each([
  ['cancelling', canClientCancel],
  ['moving', isBeforeMoveCutoff],
])('%s', (_, may) => {
  it('is in time at the cutoff, and a millisecond later it is not', () => {
    const now = start - 1440 * MINUTE;
    expect(may({ start, now, cutoffMinutes: 1440 })).toBe(true);
    expect(may({ start, now: now + 1, cutoffMinutes: 1440 })).toBe(false);
  });

  it('is never in time once the massage has begun, even without a cutoff', () => {
    expect(may({ start, now: start - 1, cutoffMinutes: 0 })).toBe(true);
    expect(may({ start, now: start, cutoffMinutes: 0 })).toBe(false);
  });

  it('refuses malformed input by the name of the field', () => {
    expect(() => may({ start: Number.NaN, now: 0, cutoffMinutes: 0 })).toThrow(/^start must be/);
    expect(() => may({ start, now: Number.NaN, cutoffMinutes: 0 })).toThrow(/^now must be/);
    expect(() => may({ start, now: 0, cutoffMinutes: -1 })).toThrow(/^cutoffMinutes must be/);
  });
});

it.each([
  ['before the cutoff, with a move left', 1440, 1, true],
  ['after the cutoff', 1439, 1, false],
  ['before the cutoff, moved as often as it may be', 1440, 2, false],
])('a client moves a date by themselves: %s', (_, minutesBefore, moves, expected) => {
  const policy = { moveCutoffMinutes: 1440, movesPerDate: 2 };
  expect(canMoveOnline({ start, moves }, policy, start - minutesBefore * MINUTE)).toBe(expected);
});

it('lets what was booked within the cutoff be undone for 15 minutes, and not once it has begun', () => {
  const bookedAt = start - 120 * MINUTE;
  const query = { start, cutoffMinutes: 1440, bookedAt };
  expect(canClientCancel({ ...query, now: bookedAt + 15 * MINUTE })).toBe(true);
  expect(canClientCancel({ ...query, now: bookedAt + 15 * MINUTE + 1 })).toBe(false);
  expect(canClientCancel({ ...query, bookedAt: start - 5 * MINUTE, now: start })).toBe(false);
  expect(() => canClientCancel({ ...query, bookedAt: Number.NaN, now: bookedAt })).toThrow(/^bookedAt must be/);
});

describe('for staff', () => {
  it('notice and the cutoff for moves are removed, and other rules stay', () => {
    const rules = { noticeMinutes: 120, moveCutoffMinutes: 720, cancelCutoffMinutes: 1440, windowDays: 60 };
    expect(removeLeadTimes(rules)).toEqual({ ...rules, noticeMinutes: 0, moveCutoffMinutes: 0 });
    expect(rules.noticeMinutes).toBe(120);
  });

  it('rules without notice and cutoff stay as they are', () => {
    expect(removeLeadTimes({ noticeMinutes: 120, stepMinutes: 15 })).toEqual({ noticeMinutes: 0, stepMinutes: 15 });
  });
});

describe('the window for booking', () => {
  const query = { now: Date.UTC(2026, 11, 1, 12), noticeMinutes: 120, windowDays: 30, timeZone: 'Europe/Dublin' };

  it('opens when the notice has passed', () => {
    expect(checkBookingWindow({ ...query, start: query.now + 120 * MINUTE })).toBe('ok');
    expect(checkBookingWindow({ ...query, start: query.now + 120 * MINUTE - 1 })).toBe('too_soon');
  });

  it('ends with the last local day, whatever the hour and the day in UTC', () => {
    expect(checkBookingWindow({ ...query, start: toInstant('Europe/Dublin', '2026-12-31', '23:59') })).toBe('ok');
    expect(checkBookingWindow({ ...query, start: toInstant('Europe/Dublin', '2027-01-01', '00:00') })).toBe('too_far');
    const far = { ...query, timeZone: 'Pacific/Chatham', noticeMinutes: 0, windowDays: 0 };
    expect(checkBookingWindow({ ...far, start: toInstant('Pacific/Chatham', '2026-12-02', '23:59') })).toBe('ok');
    expect(checkBookingWindow({ ...far, start: toInstant('Pacific/Chatham', '2026-12-03', '00:00') })).toBe('too_far');
  });

  it('refuses malformed input by the name of the field', () => {
    for (const [field, value] of [
      ['start', Number.NaN],
      ['now', Number.NaN],
      ['noticeMinutes', -1],
      ['windowDays', 1.5],
      ['timeZone', 'x'],
    ]) {
      expect(() => checkBookingWindow({ start, ...query, [field!]: value })).toThrow(new RegExp(`^${field} must be`));
    }
  });
});
