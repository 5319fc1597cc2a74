import { describe, expect, it } from 'vitest';
import fc from '@/testing/property-tests';
import type { TherapistHours } from './find-free-starts';
import { intervalsOverlap } from './interval-arithmetic';
import { pairStandingTimes } from './pair-standing-times';
import { filterStartsWithRoom, listSpansWithoutRoom } from './room-availability';
import { standingTimes } from './standing-times';

const MINUTE = 60_000;
const DAY = 86_400_000;
const FIRST = Date.parse('2026-12-01T00:00:00Z');
const weekly = { weeklyHours: { 2: [['09:00', '12:00']] }, overrides: [] } as Pick<
  TherapistHours,
  'weeklyHours' | 'overrides'
>;
const query = {
  ...{
    timeZone: 'UTC',
    cadence: 'weekly' as const,
    sessions: 3,
    from: '2026-12-01',
    durationMinutes: 60,
    stepMinutes: 30,
  },
  ...{ bufferBefore: 0, bufferAfter: 15, now: null, minNoticeMinutes: 0 },
};
const fit = { duration: 60 * MINUTE, step: 30 * MINUTE, before: 0, after: 15 * MINUTE };

/** Half hours of the three Tuesdays, as busy time. */
const busy = fc.array(
  fc.record({
    week: fc.integer({ min: 0, max: 2 }),
    at: fc.integer({ min: 18, max: 24 }),
    halves: fc.integer({ min: 1, max: 3 }),
  }),
  { maxLength: 5 },
);
const toBusy = (found: { week: number; at: number; halves: number }[]) =>
  found.map(({ week, at, halves }) => {
    const start = FIRST + week * 7 * DAY + at * 30 * MINUTE;
    return { start, end: start + halves * 30 * MINUTE };
  });

describe('rooms for two', () => {
  it('are those of which two are free for the whole padded time', () => {
    fc.assert(
      fc.property(fc.array(busy, { maxLength: 4 }), fc.integer({ min: 1, max: 3 }), (busyTimes, needed) => {
        const rooms = busyTimes.map((found, r) => ({ id: `room-${r}`, busy: toBusy(found) }));
        const starts = [0, 1, 2].flatMap((week) =>
          Array.from({ length: 12 }, (_, k) => FIRST + week * 7 * DAY + 8 * 60 * MINUTE + k * 30 * MINUTE),
        );
        const expected = starts.filter((start) => {
          const padded = { start, end: start + 75 * MINUTE };
          return rooms.filter((room) => !room.busy.some((span) => intervalsOverlap(span, padded))).length >= needed;
        });
        expect(filterStartsWithRoom(starts, listSpansWithoutRoom(rooms, fit, needed))).toEqual(expected);
      }),
    );
  });

  it('are never free where there is one room', () => {
    expect(listSpansWithoutRoom([{ id: 'loft', busy: [] }], fit, 2)).toEqual([{ after: -Infinity, before: Infinity }]);
  });

  it.each([0, 1.5, Number.NaN])('are not counted in %s', (needed) => {
    expect(() => listSpansWithoutRoom([], fit, needed)).toThrow(/^needed must be/);
  });
});

describe('standing times for two', () => {
  const therapists = (people: { id: string; found: Parameters<typeof toBusy>[0] }[]) =>
    people.map(({ id, found }) => ({ id, ...weekly, busy: toBusy(found) }));
  const team = fc
    .tuple(busy, busy, busy)
    .map((found) => therapists(found.map((times, k) => ({ id: 'abc'[k]!, found: times }))));

  it('are as open as the best two of the team are on the same dates', () => {
    fc.assert(
      fc.property(team, fc.constantFrom(undefined, 'a', 'b', 'c'), (people, withId) => {
        const found = standingTimes({ ...query, therapists: people });
        const paired = pairStandingTimes(found, withId);
        for (const place of new Set(found.map(({ firstOn, time }) => `${firstOn} ${time}`))) {
          const candidates = found.filter(({ firstOn, time }) => `${firstOn} ${time}` === place);
          const open = candidates.flatMap((candidate) =>
            candidates
              .filter(
                ({ therapistId }) =>
                  therapistId !== candidate.therapistId && (!withId || candidate.therapistId === withId),
              )
              .map((two) => candidate.occurrences.filter((date, k) => date.open && two.occurrences[k]!.open).length),
          );
          const best = Math.max(0, ...open);
          const match = paired.find(({ firstOn, time }) => `${firstOn} ${time}` === place);
          expect(match?.open ?? 0).toBe(best);
          if (!match) continue;
          expect(match.occurrences.filter((date) => date.open)).toHaveLength(best);
          expect(match.therapistId).not.toBe(match.besideId);
          if (withId) expect(match.therapistId).toBe(withId);
        }
      }),
    );
  });

  it('stand in order: the most open first, then the earliest, then by id', () => {
    const people = therapists([
      { id: 'tom', found: [] },
      { id: 'mira', found: [{ week: 1, at: 18, halves: 1 }] },
      { id: 'jun', found: [] },
    ]);
    const paired = pairStandingTimes(standingTimes({ ...query, therapists: people }));
    expect(paired.map(({ time, open, therapistId, besideId }) => [time, open, therapistId, besideId])).toEqual([
      ['09:00', 3, 'jun', 'tom'],
      ['09:30', 3, 'jun', 'mira'],
      ['10:00', 3, 'jun', 'mira'],
      ['10:30', 3, 'jun', 'mira'],
      ['11:00', 3, 'jun', 'mira'],
    ]);
  });

  it('are none for a team of one', () => {
    expect(pairStandingTimes(standingTimes({ ...query, therapists: therapists([{ id: 'mira', found: [] }]) }))).toEqual(
      [],
    );
  });
});
