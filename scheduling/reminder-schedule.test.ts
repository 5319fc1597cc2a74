import { describe, expect, it } from 'vitest';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import {
  findDueReminderStep,
  getNextTimeOutsideQuietHours,
  getReminderDueTime,
  isQuietHours,
  isReminderStillDue,
  listPendingReminders,
  listReminderChannelsForClient,
  listReminderSearchSpans,
  listReminderStepsForClient,
  shouldRetryText,
  WEEKLY_REMINDER_STEP,
} from './reminder-schedule';
import { toInstant, toWallTime } from './zone-conversion';

const ZONE = 'Europe/Dublin';
const HOUR = 3_600_000;
const MINUTE = 60_000;
const DAY_STEP = 1440;
const at = (on: string, time: string, zone = ZONE) => toInstant(zone, on, time);
const wall = (instant: number, zone = ZONE) => `${toWallTime(zone, instant).on} ${toWallTime(zone, instant).time}`;

describe('the night', () => {
  it('begins at 20:00 and ends at 08:00 by the clock of the zone', () => {
    const found = ['07:59', '08:00', '19:59', '20:00', '23:30', '00:00'].map((time) =>
      isQuietHours(ZONE, at('2026-12-01', time)),
    );
    expect(found).toEqual([true, false, false, true, true, true]);
  });

  it('ends in the morning of the same day, or of the next', () => {
    const found = ['03:00', '12:00', '21:00'].map((time) =>
      wall(getNextTimeOutsideQuietHours(ZONE, at('2026-12-01', time))),
    );
    expect(found).toEqual(['2026-12-01 08:00', '2026-12-01 12:00', '2026-12-02 08:00']);
  });
});

describe('a step is due', () => {
  it.each([
    ['a day before', '2026-12-02 18:00', 1440, '2026-12-01 18:00'],
    ['two hours before', '2026-12-02 18:00', 120, '2026-12-02 16:00'],
    ['fourteen days before', '2026-12-16 10:30', 14 * 1440, '2026-12-02 10:30'],
    ['in the morning, where that is early enough', '2026-12-02 09:00', 120, '2026-12-02 08:00'],
    ['a day before an early date, at 08:00', '2026-12-02 07:00', 1440, '2026-12-01 08:00'],
    ['a day before a late date, the next morning', '2026-12-02 21:00', 1440, '2026-12-02 08:00'],
    ['the evening before, where the morning is too near', '2026-12-02 08:15', 60, '2026-12-01 19:00'],
    ['the same evening, where the morning is too late', '2026-12-02 22:00', 60, '2026-12-02 19:00'],
    ['the evening before, also by a step that lies before midnight', '2026-12-02 08:15', 600, '2026-12-01 19:00'],
    ['half an hour before, in the morning', '2026-12-02 08:30', 60, '2026-12-02 08:00'],
    ['at the same hour of the day before, over the end of summer time', '2026-10-25 18:00', 1440, '2026-10-24 18:00'],
    ['at the same hour of the day before, over its beginning', '2027-03-28 18:00', 1440, '2027-03-27 18:00'],
    ['by elapsed hours, where it is not whole days', '2026-10-25 12:00', 180, '2026-10-25 09:00'],
    ['on the Sunday before its week', '2026-12-02 18:00', WEEKLY_REMINDER_STEP, '2026-11-29 17:00'],
    ['on the Sunday before its week, for a Monday', '2026-11-30 09:00', WEEKLY_REMINDER_STEP, '2026-11-29 17:00'],
    ['on the Sunday before its week, for a Sunday', '2026-12-06 18:00', WEEKLY_REMINDER_STEP, '2026-11-29 17:00'],
  ])('%s', (_, start, step, due) => {
    const [on, time] = start.split(' ') as [string, string];
    expect(wall(getReminderDueTime(ZONE, at(on, time), step))).toBe(due);
  });

  it.each([
    ['start', () => getReminderDueTime(ZONE, Number.NaN, 60)],
    ['step', () => getReminderDueTime(ZONE, 0, 1.5)],
    ['since', () => findDueReminderStep({ timeZone: ZONE, start: 0, since: Number.NaN, steps: [60], now: 0 })],
    ['now', () => findDueReminderStep({ timeZone: ZONE, start: 0, since: 0, steps: [60], now: Number.NaN })],
    ['steps', () => findDueReminderStep({ timeZone: ZONE, start: 0, since: 0, steps: 60 as never, now: 0 })],
    ['steps', () => listReminderSearchSpans([1.5], { now: 0, lookbackMs: 0 })],
  ])('and a malformed %s is refused', (field, call) => {
    expect(call).toThrow(new RegExp(`^${field} must be`));
  });
});

describe('what is sent at a moment', () => {
  const start = at('2026-12-02', '18:00');
  const query = { timeZone: ZONE, start, since: 0, steps: [7 * DAY_STEP, DAY_STEP, 120] };
  const sentAt = (on: string, time: string, other = {}) =>
    findDueReminderStep({ ...query, ...other, now: at(on, time) });

  it('is nothing before the first is due, then each when it is', () => {
    expect(sentAt('2026-11-25', '17:59')).toBeNull();
    expect(sentAt('2026-11-25', '18:00')).toBe(7 * DAY_STEP);
    expect(sentAt('2026-12-01', '17:59')).toBe(7 * DAY_STEP);
    expect(sentAt('2026-12-01', '18:00')).toBe(DAY_STEP);
    expect(sentAt('2026-12-02', '16:00')).toBe(120);
  });

  it('is nothing in the night, nor in the last quarter of an hour', () => {
    expect(sentAt('2026-12-01', '20:00')).toBeNull();
    expect(sentAt('2026-12-02', '17:45')).toBe(120);
    expect(sentAt('2026-12-02', '17:46')).toBeNull();
    expect(sentAt('2026-12-03', '09:00')).toBeNull();
  });

  it('is nothing that was due when the date was made, or moved to where it is', () => {
    expect(sentAt('2026-12-01', '18:30', { since: at('2026-12-01', '18:00') })).toBeNull();
    expect(sentAt('2026-12-02', '16:00', { since: at('2026-12-01', '18:00') })).toBe(120);
    expect(sentAt('2026-12-02', '17:00', { since: at('2026-12-02', '16:30') })).toBeNull();
  });

  it('is the shorter of two steps, also where the night has brought it before the longer', () => {
    const early = { start: at('2026-12-02', '08:15'), steps: [780, 60] };
    expect(sentAt('2026-12-01', '19:00', early)).toBe(60);
    expect(sentAt('2026-12-01', '19:15', early)).toBe(60);
  });

  it('may still go while its date is upcoming and no shorter step is due', () => {
    const still = (on: string, time: string, other = {}) =>
      isReminderStillDue({
        timeZone: ZONE,
        start,
        steps: [DAY_STEP, 120],
        step: DAY_STEP,
        ...other,
        now: at(on, time),
      });
    expect(still('2026-12-02', '15:59')).toBe(true);
    expect(still('2026-12-02', '16:00')).toBe(false);
    expect(still('2026-12-02', '17:50', { step: 120 })).toBe(false);
    expect(still('2026-12-02', '15:00', { steps: [120] })).toBe(false);
  });

  it('is tried as a text for twenty minutes, by day, and while the e-mail is still of use', () => {
    const again = (writtenAt: number, minutes: number) =>
      shouldRetryText({ timeZone: ZONE, start, writtenAt, nextTryAt: writtenAt + minutes * MINUTE });
    expect(again(at('2026-12-01', '18:00'), 20)).toBe(true);
    expect(again(at('2026-12-01', '18:00'), 21)).toBe(false);
    expect(again(at('2026-12-01', '19:55'), 4)).toBe(true);
    expect(again(at('2026-12-01', '19:55'), 5)).toBe(false);
    expect(again(start - 40 * MINUTE, 10)).toBe(true);
    expect(again(start - 40 * MINUTE, 11)).toBe(false);
  });

  it('on the line of a week as soon as it is wanted, for what is left of that week, and not in the night', () => {
    const line = { ...query, steps: [WEEKLY_REMINDER_STEP], weekLineSince: at('2026-11-30', '21:00') };
    const sentAt = (on: string, time: string, other = {}) =>
      findDueReminderStep({ ...line, ...other, now: at(on, time) });
    expect(sentAt('2026-12-01', '07:59')).toBeNull();
    expect(sentAt('2026-12-01', '08:00')).toBe(WEEKLY_REMINDER_STEP);
    // Booked after it was wanted: its reader has just been told of it.
    expect(sentAt('2026-12-01', '12:00', { since: at('2026-12-01', '11:00') })).toBeNull();
    const [planned] = listPendingReminders({ ...line, now: at('2026-11-30', '21:01') });
    expect(wall(planned!.dueAt)).toBe('2026-12-01 08:00');
  });

  it('is planned in order, and leaves out what is over', () => {
    const planned = listPendingReminders({ ...query, now: at('2026-11-30', '09:00') });
    expect(planned.map(({ step, dueAt }) => [step, wall(dueAt)])).toEqual([
      [DAY_STEP, '2026-12-01 18:00'],
      [120, '2026-12-02 16:00'],
    ]);
    expect(
      listPendingReminders({ ...query, since: at('2026-12-02', '10:00'), now: at('2026-11-30', '09:00') }),
    ).toHaveLength(1);
  });
});

describe('what a client has chosen', () => {
  it.each([
    ['nothing', null, [1440, 120]],
    ['each but one', { mode: 'each', skipped: [120] } as const, [1440]],
    ['a line a week', { mode: 'weekly', skipped: [] } as const, [WEEKLY_REMINDER_STEP]],
    ['none', { mode: 'none', skipped: [] } as const, []],
  ])('%s', (_, choice, expected) => {
    expect(listReminderStepsForClient([1440, 120], choice)).toEqual(expected);
  });
});

describe('of any date, in any zone', () => {
  const zone = fc.constantFrom('Europe/Dublin', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu');
  const start = fc
    .integer({ min: Date.UTC(2026, 0, 1) / MINUTE, max: Date.UTC(2028, 0, 1) / MINUTE })
    .map((m) => m * MINUTE);
  const step = fc.oneof(fc.integer({ min: 60, max: 14 * 1440 }), fc.constantFrom(60, 1440, 2880, 14 * 1440));
  const steps = fc.uniqueArray(step, { minLength: 1, maxLength: 3 });

  it('a step is due by day and before its date, and found among the starts to search at that moment', () => {
    fc.assert(
      fc.property(zone, start, fc.oneof(step, fc.constant(WEEKLY_REMINDER_STEP)), (timeZone, date, minutes) => {
        const due = getReminderDueTime(timeZone, date, minutes);
        expect(isQuietHours(timeZone, due)).toBe(false);
        expect(due).toBeLessThan(date);
        for (const now of [due, due + HOUR, due + 13 * HOUR].filter((moment) => moment < date)) {
          const found = listReminderSearchSpans([minutes], { now, lookbackMs: 14 * HOUR });
          expect(found.some((stretch) => date > stretch.start && date <= stretch.end)).toBe(true);
        }
      }),
    );
  });

  it('looked at every quarter of an hour from long before, each step is sent once at most, in order, and only by day', () => {
    fc.assert(
      fc.property(zone, start, steps, fc.integer({ min: 0, max: 20 * 24 }), (timeZone, date, all, hours) => {
        const since = date - hours * HOUR;
        const sent: number[] = [];
        for (let now = date - 20 * 24 * HOUR; now < date; now += 15 * MINUTE) {
          const found = findDueReminderStep({ timeZone, start: date, since, steps: all, now });
          if (found === null || sent.includes(found)) continue;
          expect(isQuietHours(timeZone, now)).toBe(false);
          expect(now).toBeGreaterThanOrEqual(getReminderDueTime(timeZone, date, found));
          expect(isReminderStillDue({ timeZone, start: date, step: found, steps: all, now })).toBe(true);
          sent.push(found);
        }
        expect(sent).toEqual([...sent].sort((a, b) => b - a));
        const planned = listPendingReminders({ timeZone, start: date, since, steps: all, now: date - 30 * 24 * HOUR });
        expect(planned.map((reminder) => reminder.step)).toEqual(expect.arrayContaining(sent));
      }),
      { numRuns: getPropertyTestRuns(40) },
    );
  });

  it('starts to search are apart and in order, and end', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 48 }), (all, hours) => {
        const found = listReminderSearchSpans(all, { now: 0, lookbackMs: hours * HOUR });
        for (const [k, stretch] of found.entries()) {
          expect(stretch.end).toBeGreaterThan(stretch.start);
          if (k > 0) expect(stretch.start).toBeGreaterThan(found[k - 1]!.end);
        }
        expect(listReminderSearchSpans(all, { now: 0, lookbackMs: Number.POSITIVE_INFINITY })).toMatchObject([
          { start: 0 },
        ]);
      }),
    );
  });
});

it('reminds of no week where the practice reminds nobody', () => {
  expect(listReminderStepsForClient([], { mode: 'weekly', skipped: [] })).toEqual([]);
});

it('a step goes by text to those who may have one, and by e-mail to all others', () => {
  expect(listReminderChannelsForClient('email', { mayText: true, text: 'none' })).toEqual(['email']);
  expect(listReminderChannelsForClient('text', { mayText: true, text: 'none' })).toEqual(['text']);
  expect(listReminderChannelsForClient('both', { mayText: true, text: 'none' })).toEqual(['email', 'text']);
  expect(listReminderChannelsForClient('text', { mayText: false, text: 'none' })).toEqual(['email']);
  expect(listReminderChannelsForClient('both', { mayText: false, text: 'none' })).toEqual(['email']);
  expect(listReminderChannelsForClient('text', { mayText: false, text: 'written' })).toEqual(['text']);
  expect(listReminderChannelsForClient('text', { mayText: true, text: 'lost' })).toEqual(['email']);
});
