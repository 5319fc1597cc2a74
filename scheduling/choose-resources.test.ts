import { describe, expect, it } from 'vitest';
import fc from '@/testing/property-tests';
import { chooseResources, computePaddedInterval, type TakenTime } from './choose-resources';
import { intervalsOverlap } from './interval-arithmetic';
import { toInstant } from './zone-conversion';

const ZONE = 'Europe/Dublin';
const MINUTE = 60_000;
const at = (on: string, time: string) => toInstant(ZONE, on, time);
const TUESDAY = at('2026-12-01', '18:00');

describe('what an appointment takes', () => {
  it('is set-up, massage and clean-up', () => {
    expect(computePaddedInterval(TUESDAY, { minutes: 60, setupMinutes: 5, cleanupMinutes: 15 })).toEqual({
      start: TUESDAY - 5 * MINUTE,
      end: TUESDAY + 75 * MINUTE,
    });
  });

  it('is extended to whole cells at both ends', () => {
    expect(computePaddedInterval(TUESDAY, { minutes: 52, setupMinutes: 1, cleanupMinutes: 1 })).toEqual({
      start: TUESDAY - 5 * MINUTE,
      end: TUESDAY + 55 * MINUTE,
    });
  });
});

describe('choosing who and where', () => {
  const hour = (k: number) => ({ start: k * 60 * MINUTE, end: (k + 1) * 60 * MINUTE });
  const hourTaken = (k: number, isTimeOff = false): TakenTime => ({ ...hour(k), isTimeOff });
  const date = (k: number, therapistIds = ['mira', 'jun'], roomIds = ['garden', 'street']) => ({
    padded: hour(k),
    therapistIds,
    roomIds,
  });
  const choose = (
    dates: ReturnType<typeof date>[],
    therapists: Record<string, TakenTime[]> = {},
    rooms: Record<string, TakenTime[]> = {},
  ) =>
    chooseResources(dates, { therapists: new Map(Object.entries(therapists)), rooms: new Map(Object.entries(rooms)) });

  it('takes the first listed of those that are free', () => {
    expect(choose([date(0)])).toEqual({ ok: true, choices: [{ therapistId: 'mira', roomId: 'garden' }] });
    expect(choose([date(0)], { mira: [hourTaken(0)] }, { garden: [hourTaken(0)] })).toEqual({
      ok: true,
      choices: [{ therapistId: 'jun', roomId: 'street' }],
    });
  });

  it('allows dates that touch taken time', () => {
    expect(
      choose([date(1)], { mira: [hourTaken(0), hourTaken(2)] }, { garden: [hourTaken(0), hourTaken(2)] }),
    ).toMatchObject({
      choices: [{ therapistId: 'mira', roomId: 'garden' }],
    });
  });

  it('keeps one person for the whole where somebody can do it all', () => {
    const result = choose([date(0), date(2), date(4)], { mira: [hourTaken(4)] });
    expect(result).toMatchObject({ choices: [{ therapistId: 'jun' }, { therapistId: 'jun' }, { therapistId: 'jun' }] });
  });

  it('shares the dates among therapists when nobody can do all', () => {
    const result = choose([date(0), date(2), date(4)], { mira: [hourTaken(4)], jun: [hourTaken(0), hourTaken(2)] });
    expect(result).toMatchObject({
      choices: [{ therapistId: 'mira' }, { therapistId: 'mira' }, { therapistId: 'jun' }],
    });
  });

  it('names every date that cannot be booked, and why', () => {
    const result = choose(
      [date(0), date(1, ['mira']), date(2, ['mira']), date(3), date(4)],
      { mira: [hourTaken(1), hourTaken(2), hourTaken(2, true), hourTaken(3, true)], jun: [hourTaken(3)] },
      { garden: [hourTaken(4)], street: [hourTaken(4)] },
    );
    expect(result).toEqual({
      ok: false,
      refused: [
        { at: 1, reason: 'booked' },
        { at: 2, reason: 'time_off' },
        { at: 3, reason: 'booked' },
        { at: 4, reason: 'room' },
      ],
    });
  });

  it('never gives the same time of a therapist or room to two dates', () => {
    expect(choose([date(0), date(0)])).toEqual({
      ok: true,
      choices: [
        { therapistId: 'mira', roomId: 'garden' },
        { therapistId: 'jun', roomId: 'street' },
      ],
    });
    expect(choose([date(0, ['mira']), date(0, ['mira'])])).toEqual({
      ok: false,
      refused: [{ at: 1, reason: 'booked' }],
    });
    expect(choose([date(0), date(0)], {}, { street: [hourTaken(0)] })).toEqual({
      ok: false,
      refused: [{ at: 1, reason: 'room' }],
    });
  });

  it('finds therapists and rooms for two dates that begin together, whenever there is a solution', () => {
    const ids = fc.subarray(['a', 'b', 'c'], { minLength: 1 });
    const need = fc.record({ hours: fc.integer({ min: 1, max: 2 }), therapistIds: ids, roomIds: ids });
    const taken = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.integer({ min: 0, max: 2 }).map((k) => [hourTaken(k)]),
    );
    fc.assert(
      fc.property(need, need, taken, taken, (one, two, therapists, rooms) => {
        const dates = [one, two].map(({ hours, ...rest }) => ({
          ...rest,
          padded: { start: 0, end: hours * 60 * MINUTE },
        }));
        const freeOf = (ids: string[], busy: Record<string, TakenTime[]>, { padded }: (typeof dates)[number]) =>
          ids.filter((id) => !(busy[id] ?? []).some((span) => intervalsOverlap(span, padded)));
        const canPair = (firsts: string[], seconds: string[]) => firsts.some((a) => seconds.some((b) => a !== b));
        const [first, second] = dates as [(typeof dates)[number], (typeof dates)[number]];
        const isPossible =
          canPair(freeOf(first.therapistIds, therapists, first), freeOf(second.therapistIds, therapists, second)) &&
          canPair(freeOf(first.roomIds, rooms, first), freeOf(second.roomIds, rooms, second));
        const chosen = choose(dates, therapists, rooms);
        expect(chosen.ok).toBe(isPossible);
        if (!chosen.ok) return;
        for (const [at, { therapistId, roomId }] of chosen.choices.entries()) {
          expect(freeOf(dates[at]!.therapistIds, therapists, dates[at]!)).toContain(therapistId);
          expect(freeOf(dates[at]!.roomIds, rooms, dates[at]!)).toContain(roomId);
        }
        expect(chosen.choices[0]!.therapistId).not.toBe(chosen.choices[1]!.therapistId);
        expect(chosen.choices[0]!.roomId).not.toBe(chosen.choices[1]!.roomId);
      }),
      { numRuns: 500 },
    );
  });

  it('does not change its arguments', () => {
    const therapists = new Map([['mira', [hourTaken(9)]]]);
    chooseResources([date(0)], { therapists, rooms: new Map() });
    expect(therapists.get('mira')).toHaveLength(1);
  });
});
