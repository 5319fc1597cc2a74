import { describe, expect, it } from 'vitest';
import fc from '@/testing/property-tests';
import {
  findCurrentScoreMoment,
  findDueScoreEmail,
  getNextScoreMoment,
  isTimeForProgressCheckIn,
  listScoreEmailTimesBeforeFirstSession,
  type SessionToScore,
} from './score-moments';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 11, 15, 18);

/** Sessions of one hour, each the given number of days after the first. */
function visitsOn(...days: number[]): SessionToScore[] {
  return days.map((day, at) => {
    const startsAt = START + day * DAY;
    return { id: `v${at + 1}`, startsAt, endsAt: startsAt + HOUR };
  });
}

describe('which score may be noted', () => {
  const visits = visitsOn(0, 7, 14);
  it.each([
    ['8 days before the first session', -8 * DAY, null],
    ['7 days before it', -7 * DAY, { kind: 'before', visitId: null, until: START - DAY }],
    ['just over 24 hours before it', -DAY - 1, { kind: 'before', visitId: null, until: START - DAY }],
    ['24 hours before it', -DAY, { kind: 'session', visitId: 'v1', until: START }],
    ['as it begins', 0, null],
    ['a day after it', DAY, null],
    ['two days after it', 2 * DAY + HOUR, { kind: 'after', visitId: 'v1', until: START + 5 * DAY + HOUR }],
    ['five days after it', 5 * DAY + HOUR, null],
    ['24 hours before the second', 6 * DAY, { kind: 'session', visitId: 'v2', until: START + 7 * DAY }],
    ['two days after the last', 16 * DAY + HOUR, { kind: 'after', visitId: 'v3', until: START + 19 * DAY + HOUR }],
    ['long after the last', 60 * DAY, null],
  ])('%s', (_, after, moment) => {
    expect(findCurrentScoreMoment(visits, START + after)).toEqual(moment);
    expect(findCurrentScoreMoment(visits.toReversed(), START + after)).toEqual(moment);
  });

  it('is that of the next session where the next session is near', () => {
    const close = visitsOn(0, 3);
    expect(findCurrentScoreMoment(close, START + 2 * DAY + HOUR)).toMatchObject({ kind: 'session', visitId: 'v2' });
    expect(findCurrentScoreMoment(visitsOn(0, 4), START + 2 * DAY + HOUR)).toMatchObject({
      kind: 'after',
      until: START + 3 * DAY,
    });
  });

  it('is none where nothing is booked', () => {
    expect(findCurrentScoreMoment([], START)).toBeNull();
    expect(getNextScoreMoment([], START)).toBeNull();
  });

  it('comes later, at a time that is given, where no score may be noted now', () => {
    expect(getNextScoreMoment(visits, START - 9 * DAY)).toBe(START - 7 * DAY);
    expect(getNextScoreMoment(visits, START + DAY)).toBe(START + 2 * DAY + HOUR);
    expect(getNextScoreMoment(visits, START + 5 * DAY + HOUR)).toBe(START + 6 * DAY);
    expect(getNextScoreMoment(visits, START + 15 * DAY)).toBe(START + 16 * DAY + HOUR);
    expect(getNextScoreMoment(visits, START + 60 * DAY)).toBeNull();
  });

  it('rejects visits that are not a list and a time that is not an instant', () => {
    expect(() => findCurrentScoreMoment([], Number.NaN)).toThrow(/^now /);
    expect(() => findCurrentScoreMoment('visits' as never, START)).toThrow(/^visits /);
  });
});

describe('the three e-mails before the first session', () => {
  it.each([
    [30, [-7, -5, -3]],
    [7, [-7, -5, -3]],
    [5, [-5, -4, -2]],
    [4, [-4, -3, -2]],
    [3, [-3, -2]],
    [2.5, [-2.5, -1.5]],
    [2, [-2]],
    [1, []],
    [0.5, []],
  ])('booked %d days ahead', (days, daysBefore) => {
    expect(listScoreEmailTimesBeforeFirstSession(START - days * DAY, START)).toEqual(
      daysBefore.map((day) => START + day * DAY),
    );
  });

  it('are at most three, a day apart, after the booking and before the last 24 hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 }), (hours) => {
        const bookedAt = START - hours * HOUR;
        const askTimes = listScoreEmailTimesBeforeFirstSession(bookedAt, START);
        expect(askTimes.length).toBeLessThanOrEqual(3);
        for (const [n, at] of askTimes.entries()) {
          expect(at).toBeGreaterThanOrEqual(Math.max(bookedAt, START - 7 * DAY));
          expect(at).toBeLessThan(START - DAY);
          if (n > 0) expect(at - askTimes[n - 1]!).toBeGreaterThanOrEqual(DAY);
        }
        if (hours > 96) expect(askTimes).toHaveLength(3);
      }),
    );
  });
});

describe('which e-mail is due', () => {
  const bookedAt = START - 20 * DAY;
  const dueAt = (
    after: number,
    previousAsks: Parameters<typeof findDueScoreEmail>[0]['previousAsks'] = [],
    visits = visitsOn(0, 7, 14, 21, 28),
  ) => findDueScoreEmail({ visits, bookedAt, previousAsks, now: START + after });

  it.each([
    ['more than a week before', -8 * DAY, null],
    ['a week before', -7 * DAY, { kind: 'before', slot: '1' }],
    ['five days before', -5 * DAY, { kind: 'before', slot: '2' }],
    ['two days before', -2 * DAY, { kind: 'before', slot: '3' }],
    ['a day before', -DAY, { kind: 'session', slot: 'v1' }],
    ['in the last hour', -HOUR, null],
    ['a day after', DAY, null],
    ['two days after', 2 * DAY + HOUR, { kind: 'after', slot: 'v1' }],
    ['two days after the third', 16 * DAY + HOUR, { kind: 'after', slot: 'v3' }],
    ['two days after the fourth', 23 * DAY + HOUR, { kind: 'check_in', slot: 'v4' }],
    ['two days after the fifth and last', 30 * DAY + HOUR, { kind: 'after', slot: 'v5' }],
  ])('%s', (_, after, expected) => {
    expect(dueAt(after)).toEqual(expected);
    if (expected) expect(dueAt(after, [expected as never])).toBeNull();
  });

  it('is no check-in after the fourth session if that is the last', () => {
    expect(dueAt(23 * DAY + HOUR, [], visitsOn(0, 7, 14, 21))).toEqual({ kind: 'after', slot: 'v4' });
  });

  it('is none before the first of the three e-mails', () => {
    const query = { visits: visitsOn(0), bookedAt: START - 3 * DAY, previousAsks: [], now: START - 4 * DAY };
    expect(findDueScoreEmail(query)).toBeNull();
  });

  it('is sent at most once, whenever the worker checks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20 * 24, max: 40 * 24 }), { maxLength: 80 }), (hours) => {
        const sent: NonNullable<ReturnType<typeof findDueScoreEmail>>[] = [];
        for (const hour of hours.toSorted((a, b) => a - b)) {
          const due = dueAt(hour * HOUR, sent);
          if (due) sent.push(due);
        }
        expect(new Set(sent.map(({ kind, slot }) => `${kind} ${slot}`)).size).toBe(sent.length);
        expect(sent.filter(({ kind }) => kind === 'before').length).toBeLessThanOrEqual(3);
      }),
    );
  });
});

describe('the check-in', () => {
  it.each([
    ['after the third', 14 * DAY + HOUR, false],
    ['in the fourth', 21 * DAY, false],
    ['after the fourth', 21 * DAY + HOUR, true],
    ['after the last', 28 * DAY + HOUR, false],
  ])('%s', (_, after, isIt) => {
    expect(isTimeForProgressCheckIn(visitsOn(0, 7, 14, 21, 28), START + after)).toBe(isIt);
  });
});
