import { describe, expect, it } from 'vitest';
import {
  canClientCancel,
  canMoveOnline,
  checkBookingWindow,
  isBeforeMoveCutoff,
  listExceededWorkloadCaps,
  type MassageWorkload,
  removeLeadTimes,
  type WorkloadCaps,
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

describe('caps on a therapist’s hands', () => {
  const at = (on: string, time: string, durationMinutes: number, isDeep = false): MassageWorkload => ({
    start: toInstant('Europe/Dublin', on, time),
    durationMinutes,
    isDeep,
  });
  const none: WorkloadCaps = { dayMinutes: null, weekMinutes: null, deepDayMinutes: null, deepWeekMinutes: null };
  const checkCaps = (caps: Partial<WorkloadCaps>, existing: MassageWorkload[], requested: MassageWorkload) =>
    listExceededWorkloadCaps({ timeZone: 'Europe/Dublin', caps: { ...none, ...caps }, existing, requested });

  it('count by local day, and may be filled exactly', () => {
    const existing = [at('2026-12-01', '00:00', 60), at('2026-11-30', '23:30', 90), at('2026-12-02', '00:00', 90)];
    expect(checkCaps({ dayMinutes: 120 }, existing, at('2026-12-01', '18:00', 60))).toEqual([]);
    expect(checkCaps({ dayMinutes: 119 }, existing, at('2026-12-01', '18:00', 60))).toEqual(['dayMinutes']);
    expect(checkCaps({ dayMinutes: 59 }, [], at('2026-12-01', '18:00', 60))).toEqual(['dayMinutes']);
  });

  it('count the Sunday to the week before it', () => {
    const existing = [at('2026-11-30', '09:00', 60), at('2026-12-07', '09:00', 60)];
    expect(checkCaps({ weekMinutes: 120 }, existing, at('2026-12-06', '18:00', 60))).toEqual([]);
    expect(checkCaps({ weekMinutes: 119 }, existing, at('2026-12-06', '18:00', 60))).toEqual(['weekMinutes']);
    expect(checkCaps({ weekMinutes: 60 }, existing.slice(1), at('2026-12-06', '18:00', 60))).toEqual([]);
  });

  it('count a massage of any length, even one minute', () => {
    expect(checkCaps({ dayMinutes: 1 }, [], at('2026-12-01', '18:00', 1))).toEqual([]);
    expect(checkCaps({ dayMinutes: 0 }, [], at('2026-12-01', '18:00', 1))).toEqual(['dayMinutes']);
  });

  it('count a week from Monday to Sunday', () => {
    const existing = [
      at('2026-11-30', '09:00', 60),
      at('2026-12-06', '23:00', 60),
      at('2026-11-29', '09:00', 60),
      at('2026-12-07', '09:00', 60),
    ];
    expect(checkCaps({ weekMinutes: 180 }, existing, at('2026-12-02', '18:00', 60))).toEqual([]);
    expect(checkCaps({ weekMinutes: 179 }, existing, at('2026-12-02', '18:00', 60))).toEqual(['weekMinutes']);
    expect(checkCaps({ weekMinutes: 179 }, existing, at('2026-12-06', '18:00', 60))).toEqual(['weekMinutes']);
  });

  it('count deep tissue separately, and limit deep tissue only', () => {
    const existing = [
      at('2026-12-01', '09:00', 60, true),
      at('2026-12-01', '11:00', 90),
      at('2026-12-03', '11:00', 60, true),
      at('2026-12-04', '11:00', 90),
    ];
    const deep = at('2026-12-01', '18:00', 60, true);
    expect(checkCaps({ deepDayMinutes: 120, deepWeekMinutes: 180 }, existing, deep)).toEqual([]);
    expect(checkCaps({ deepDayMinutes: 119, deepWeekMinutes: 179 }, existing, deep)).toEqual([
      'deepDayMinutes',
      'deepWeekMinutes',
    ]);
    expect(checkCaps({ deepDayMinutes: 0, deepWeekMinutes: 0 }, existing, { ...deep, isDeep: false })).toEqual([]);
  });

  it('refuse malformed input by the name of the field', () => {
    const requested = at('2026-12-01', '18:00', 60);
    expect(() => checkCaps({ dayMinutes: -1 }, [], requested)).toThrow(/^caps\.dayMinutes must be/);
    expect(() => checkCaps({}, [{ ...requested, start: Number.NaN }], requested)).toThrow(
      /^existing\[0\]\.start must be/,
    );
    expect(() => checkCaps({}, [requested, { ...requested, durationMinutes: -1 }], requested)).toThrow(
      /^existing\[1\]\.durationMinutes must be/,
    );
    expect(() => checkCaps({}, [], { ...requested, durationMinutes: 1.5 })).toThrow(
      /^requested\.durationMinutes must be/,
    );
  });
});
