import { describe, expect, it } from 'vitest';
import {
  canCancel,
  canMoveOnline,
  checkBookingWindow,
  isBeforeMoveCutoff,
  listExceededWorkloadCaps,
  type MassageWorkload,
  type WorkloadCaps,
} from './policy';
import { toInstant } from './zone';

const MINUTE = 60_000;
const start = Date.UTC(2026, 11, 2, 18);

describe.each([
  ['cancelling', canCancel],
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
  const ask = { start, cutoffMinutes: 1440, bookedAt };
  expect(canCancel({ ...ask, now: bookedAt + 15 * MINUTE })).toBe(true);
  expect(canCancel({ ...ask, now: bookedAt + 15 * MINUTE + 1 })).toBe(false);
  expect(canCancel({ ...ask, bookedAt: start - 5 * MINUTE, now: start })).toBe(false);
  expect(() => canCancel({ ...ask, bookedAt: Number.NaN, now: bookedAt })).toThrow(/^bookedAt must be/);
});

describe('the window for booking', () => {
  const query = { now: Date.UTC(2026, 11, 1, 12), noticeMinutes: 120, windowDays: 30, timeZone: 'Europe/Dublin' };

  it('opens when the notice has passed', () => {
    expect(checkBookingWindow({ ...query, start: query.now + 120 * MINUTE })).toBe('ok');
    expect(checkBookingWindow({ ...query, start: query.now + 120 * MINUTE - 1 })).toBe('too_soon');
  });

  it('ends with the last local day, whatever the hour, and whatever day UTC is having', () => {
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
  const ask = (caps: Partial<WorkloadCaps>, given: MassageWorkload[], wanted: MassageWorkload) =>
    listExceededWorkloadCaps({ timeZone: 'Europe/Dublin', caps: { ...none, ...caps }, given, wanted });

  it('count a local day, and may be filled', () => {
    const given = [at('2026-12-01', '00:00', 60), at('2026-11-30', '23:30', 90), at('2026-12-02', '00:00', 90)];
    expect(ask({ dayMinutes: 120 }, given, at('2026-12-01', '18:00', 60))).toEqual([]);
    expect(ask({ dayMinutes: 119 }, given, at('2026-12-01', '18:00', 60))).toEqual(['dayMinutes']);
    expect(ask({ dayMinutes: 59 }, [], at('2026-12-01', '18:00', 60))).toEqual(['dayMinutes']);
  });

  it('count the Sunday to the week before it', () => {
    const given = [at('2026-11-30', '09:00', 60), at('2026-12-07', '09:00', 60)];
    expect(ask({ weekMinutes: 120 }, given, at('2026-12-06', '18:00', 60))).toEqual([]);
    expect(ask({ weekMinutes: 119 }, given, at('2026-12-06', '18:00', 60))).toEqual(['weekMinutes']);
    expect(ask({ weekMinutes: 60 }, given.slice(1), at('2026-12-06', '18:00', 60))).toEqual([]);
  });

  it('count a massage of any length, were it a minute', () => {
    expect(ask({ dayMinutes: 1 }, [], at('2026-12-01', '18:00', 1))).toEqual([]);
    expect(ask({ dayMinutes: 0 }, [], at('2026-12-01', '18:00', 1))).toEqual(['dayMinutes']);
  });

  it('count a week from Monday to Sunday', () => {
    const given = [
      at('2026-11-30', '09:00', 60),
      at('2026-12-06', '23:00', 60),
      at('2026-11-29', '09:00', 60),
      at('2026-12-07', '09:00', 60),
    ];
    expect(ask({ weekMinutes: 180 }, given, at('2026-12-02', '18:00', 60))).toEqual([]);
    expect(ask({ weekMinutes: 179 }, given, at('2026-12-02', '18:00', 60))).toEqual(['weekMinutes']);
    expect(ask({ weekMinutes: 179 }, given, at('2026-12-06', '18:00', 60))).toEqual(['weekMinutes']);
  });

  it('count deep tissue for itself, and hold against deep tissue only', () => {
    const given = [
      at('2026-12-01', '09:00', 60, true),
      at('2026-12-01', '11:00', 90),
      at('2026-12-03', '11:00', 60, true),
      at('2026-12-04', '11:00', 90),
    ];
    const deep = at('2026-12-01', '18:00', 60, true);
    expect(ask({ deepDayMinutes: 120, deepWeekMinutes: 180 }, given, deep)).toEqual([]);
    expect(ask({ deepDayMinutes: 119, deepWeekMinutes: 179 }, given, deep)).toEqual([
      'deepDayMinutes',
      'deepWeekMinutes',
    ]);
    expect(ask({ deepDayMinutes: 0, deepWeekMinutes: 0 }, given, { ...deep, isDeep: false })).toEqual([]);
  });

  it('refuse malformed input by the name of the field', () => {
    const wanted = at('2026-12-01', '18:00', 60);
    expect(() => ask({ dayMinutes: -1 }, [], wanted)).toThrow(/^caps\.dayMinutes must be/);
    expect(() => ask({}, [{ ...wanted, start: Number.NaN }], wanted)).toThrow(/^given\[0\]\.start must be/);
    expect(() => ask({}, [wanted, { ...wanted, durationMinutes: -1 }], wanted)).toThrow(
      /^given\[1\]\.durationMinutes must be/,
    );
    expect(() => ask({}, [], { ...wanted, durationMinutes: 1.5 })).toThrow(/^wanted\.durationMinutes must be/);
  });
});
