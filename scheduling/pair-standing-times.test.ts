import { describe, expect, it } from 'vitest';
import fc from '@/testing/property-tests';
import type { TherapistHours } from './find-free-starts';
import { intervalsOverlap } from './interval-arithmetic';
import { pairStandingTimes } from './pair-standing-times';
import { filterStartsWithRoom, listSpansWithoutTwoRooms } from './room-availability';
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

const longFit = { ...fit, duration: 90 * MINUTE, before: 15 * MINUTE };

describe('rooms for two', () => {
  it('are two free rooms, one for each massage, for the whole padded time of each', () => {
    const suits = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });
    const lengths = fc.constantFrom(fit, longFit);
    fc.assert(
      fc.property(
        fc.array(busy, { maxLength: 4 }),
        fc.tuple(suits, suits),
        fc.tuple(lengths, lengths),
        (busyTimes, suited, fits) => {
          const rooms = busyTimes.map((found, r) => ({ id: `room-${r}`, busy: toBusy(found) }));
          const [first, second] = [0, 1].map((k) => ({
            rooms: rooms.filter((_, r) => suited[k]![r]),
            fit: fits[k]!,
          })) as [Parameters<typeof listSpansWithoutTwoRooms>[0], Parameters<typeof listSpansWithoutTwoRooms>[0]];
          // Every instant at which a padded massage could begin or end with something that is taken, and those around it.
          const starts = [0, 1, 2].flatMap((week) =>
            Array.from({ length: 96 }, (_, k) => FIRST + week * 7 * DAY + 7 * 60 * MINUTE + k * 5 * MINUTE),
          );
          const isFree = (room: (typeof rooms)[number], start: number, { before, duration, after }: typeof fit) =>
            !room.busy.some((span) => intervalsOverlap(span, { start: start - before, end: start + duration + after }));
          const expected = starts.filter((start) =>
            first.rooms.some((one) =>
              second.rooms.some(
                (two) => one.id !== two.id && isFree(one, start, first.fit) && isFree(two, start, second.fit),
              ),
            ),
          );
          expect(filterStartsWithRoom(starts, listSpansWithoutTwoRooms(first, second))).toEqual(expected);
        },
      ),
    );
  });

  it('are never free where one room suits both, and always where each has its own', () => {
    const [loft, garden] = ['loft', 'garden'].map((id) => ({ rooms: [{ id, busy: [] }], fit }));
    expect(listSpansWithoutTwoRooms(loft!, loft!)).toEqual([{ after: -Infinity, before: Infinity }]);
    expect(listSpansWithoutTwoRooms(loft!, garden!)).toEqual([]);
  });

  it('are free at the instant at which one room is released and another taken', () => {
    const taken = (id: string, hour: number) => {
      const start = FIRST + hour * 60 * MINUTE;
      return { id, busy: [{ start, end: start + 60 * MINUTE }] };
    };
    const need = (r: number) => ({ rooms: [taken('loft', 9), taken('garden', 11 + r)], fit });
    const spans = listSpansWithoutTwoRooms(need(0.25), need(0.25));
    const ten = FIRST + 10 * 60 * MINUTE;
    expect(filterStartsWithRoom([ten - MINUTE, ten, ten + MINUTE], spans)).toEqual([ten]);
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
        const paired = pairStandingTimes(found, { withId });
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

  it('combine two different massages when the therapists of both are free together', () => {
    fc.assert(
      fc.property(
        team,
        team,
        fc.subarray(['a', 'b', 'c']),
        fc.subarray(['a', 'b', 'c']),
        fc.constantFrom(undefined, 'a', 'b'),
        (people, people2, firsts, seconds, withId) => {
          const found = standingTimes({ ...query, therapists: people.filter(({ id }) => firsts.includes(id)) });
          const beside = standingTimes({
            ...query,
            durationMinutes: 30,
            therapists: people2.filter(({ id }) => seconds.includes(id)),
          });
          const paired = pairStandingTimes(found, { withId, beside });
          const places = new Set(found.map(({ firstOn, time }) => `${firstOn} ${time}`));
          for (const place of places) {
            const at = (times: typeof found) => times.filter(({ firstOn, time }) => `${firstOn} ${time}` === place);
            const open = at(found).flatMap((one) =>
              at(beside)
                .filter(({ therapistId }) => therapistId !== one.therapistId && (!withId || one.therapistId === withId))
                .map((two) => one.occurrences.filter((date, k) => date.open && two.occurrences[k]!.open).length),
            );
            const match = paired.find(({ firstOn, time }) => `${firstOn} ${time}` === place);
            expect(match?.open ?? 0).toBe(Math.max(0, ...open));
            if (!match) continue;
            expect(match.therapistId).not.toBe(match.besideId);
            expect(firsts).toContain(match.therapistId);
            expect(seconds).toContain(match.besideId);
            if (withId) expect(match.therapistId).toBe(withId);
          }
          expect(paired.every(({ firstOn, time }) => places.has(`${firstOn} ${time}`))).toBe(true);
        },
      ),
    );
  });

  it('are none for a team of one', () => {
    expect(pairStandingTimes(standingTimes({ ...query, therapists: therapists([{ id: 'mira', found: [] }]) }))).toEqual(
      [],
    );
  });
});
