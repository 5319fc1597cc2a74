import { describe, expect, it } from 'vitest';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { arbitraryBusyNear, arbitraryOverridesNear, arbitraryWeeklyHours } from '@/testing/random-hours';
import { type AlternativesQuery, suggestAlternatives } from './alternative-times';
import { freeStarts, listFreeStartsInRooms, type WallRange } from './availability';
import { toTherapistHoursInMs } from './find-free-starts';
import { intervalsOverlap } from './interval-arithmetic';
import { toInstant, toWallTime } from './zone-conversion';

const MINUTE = 60_000;
const DAY = 86_400_000;
const dublin = (on: string, time: string) => toInstant('Europe/Dublin', on, time);
const long: WallRange[] = [['09:00', '21:00']];
const weekdays = { 1: long, 2: long, 3: long, 4: long, 5: long };

/** Mira is booked on Tuesday 22 December at 18:00; Tom works too. */
function clashing(changes: Partial<AlternativesQuery> = {}): AlternativesQuery {
  const start = dublin('2026-12-22', '18:00');
  return {
    timeZone: 'Europe/Dublin',
    clash: { start, therapistId: 'mira', durationMinutes: 60, bufferBefore: 0, bufferAfter: 15 },
    taken: [],
    therapists: [
      { id: 'tom', weeklyHours: weekdays, overrides: [], busy: [] },
      { id: 'mira', weeklyHours: weekdays, overrides: [], busy: [{ start, end: start + 75 * MINUTE }] },
    ],
    stepMinutes: 15,
    now: null,
    minNoticeMinutes: 0,
    ...changes,
  };
}

function format(query: AlternativesQuery): string[] {
  return suggestAlternatives(query).map(({ start, therapistId }) => {
    const { on, time } = toWallTime(query.timeZone, start);
    return `${therapistId} ${on} ${time}`;
  });
}

describe('alternatives for a clash', () => {
  it('are the same day, the days around it, and another therapist at that time', () => {
    expect(format(clashing())).toEqual(['mira 2026-12-22 19:15', 'mira 2026-12-23 18:00', 'tom 2026-12-22 18:00']);
  });

  it('are the same from hours and busy time that were converted before', () => {
    const query = clashing();
    const therapists = toTherapistHoursInMs(query.therapists);
    expect(suggestAlternatives({ ...query, therapists })).toEqual(suggestAlternatives(query));
  });

  it('leave out starts that a rule of the massage or a cap does not allow', () => {
    const mayStart = (start: number, therapistId: string) =>
      therapistId === 'mira' && start !== dublin('2026-12-22', '19:15');
    expect(format(clashing({ mayStart }))).toEqual([
      'mira 2026-12-22 16:45',
      'mira 2026-12-22 19:30',
      'mira 2026-12-23 18:00',
    ]);
  });

  it('are as many as there are of one kind when another has none', () => {
    const query = clashing();
    const mira = query.therapists[1]!;
    expect(format({ ...query, therapists: [mira] })).toEqual([
      'mira 2026-12-22 19:15',
      'mira 2026-12-22 16:45',
      'mira 2026-12-23 18:00',
    ]);
    const away = { ...mira, overrides: [{ on: '2026-12-22', hours: [] }] };
    expect(format({ ...query, therapists: [away] })).toEqual([
      'mira 2026-12-23 18:00',
      'mira 2026-12-21 18:00',
      'mira 2026-12-23 19:15',
    ]);
    expect(format({ ...query, therapists: [query.therapists[0]!] })).toEqual(['tom 2026-12-22 18:00']);
    expect(format({ ...query, therapists: [] })).toEqual([]);
  });

  it('stay on the same day when a start of the next day would overlap', () => {
    const query = clashing();
    const night = {
      id: 'mira',
      weeklyHours: { 2: [['23:00', '24:00'] as WallRange], 3: [['00:00', '01:00'] as WallRange] },
      overrides: [],
      busy: [{ start: dublin('2026-12-22', '23:00'), end: dublin('2026-12-22', '23:30') }],
    };
    const clash = { ...query.clash, start: dublin('2026-12-22', '23:00'), bufferAfter: 0 };
    expect(format({ ...query, clash, therapists: [night] })).toEqual(['mira 2026-12-22 23:30']);
  });

  it('are with another therapist at that very time, not a moment later', () => {
    const query = clashing();
    const clash = { ...query.clash, start: query.clash.start - 1 };
    expect(format({ ...query, clash, therapists: [query.therapists[0]!] })).toEqual([]);
  });

  it('lie no more than three days away, with the nearest day and then the nearest time of day first', () => {
    const query = clashing();
    const only = (...hours: [string, string, string][]) => {
      const overrides = ['19', '20', '21', '22', '23', '24', '25', '26'].map((day) => ({
        on: `2026-12-${day}`,
        hours: hours.filter(([on]) => on === day).map(([, from, until]): WallRange => [from, until]),
      }));
      return format({ ...query, therapists: [{ id: 'mira', weeklyHours: {}, overrides, busy: [] }] });
    };
    expect(only(['25', '18:00', '19:00'], ['19', '18:00', '19:00'])).toEqual([
      'mira 2026-12-25 18:00',
      'mira 2026-12-19 18:00',
    ]);
    expect(only(['26', '18:00', '19:00'])).toEqual([]);
    expect(only(['23', '09:00', '10:00'], ['24', '18:00', '19:00'], ['21', '17:00', '18:00'])).toEqual([
      'mira 2026-12-21 17:00',
      'mira 2026-12-23 09:00',
      'mira 2026-12-24 18:00',
    ]);
  });

  it('name several others at that time in order of their ids', () => {
    const query = clashing();
    const [tom] = query.therapists;
    expect(format({ ...query, therapists: [tom!, { ...tom!, id: 'jun' }] })).toEqual(['jun 2026-12-22 18:00']);
  });

  it('take rooms that were read before', () => {
    const shut = [{ after: Number.NEGATIVE_INFINITY, before: dublin('2026-12-23', '18:30') }];
    expect(format(clashing({ shut }))[0]).toBe('mira 2026-12-23 18:30');
  });

  it('are on the local day of the clash, whatever the day in UTC', () => {
    const start = toInstant('America/New_York', '2026-12-22', '20:00');
    const therapist = { id: 'mira', weeklyHours: weekdays, overrides: [], busy: [{ start, end: start + 60 * MINUTE }] };
    const query = clashing({ timeZone: 'America/New_York', therapists: [therapist] });
    expect(format({ ...query, clash: { ...query.clash, start, bufferAfter: 0 } })).toEqual([
      'mira 2026-12-22 19:00',
      'mira 2026-12-22 18:00',
      'mira 2026-12-23 20:00',
    ]);
  });

  it('may touch one another and busy time', () => {
    const query = clashing();
    const [tom] = query.therapists;
    const mira = { id: 'mira', weeklyHours: { 2: [['16:50', '18:00'] as WallRange] }, overrides: [], busy: [] };
    const clash = { ...query.clash, bufferBefore: 10, bufferAfter: 0 };
    const dayTaken = [{ start: dublin('2026-12-22', '16:00'), end: dublin('2026-12-22', '16:50') }];
    const closingAt = (end: string) =>
      format({
        ...query,
        stepMinutes: 10,
        clash,
        therapists: [tom!, mira],
        taken: [{ ...dayTaken[0]!, end: dublin('2026-12-22', end) }],
      });
    expect(closingAt('16:50')).toEqual(['mira 2026-12-22 17:00', 'tom 2026-12-22 18:00']);
    expect(closingAt('16:51')).toEqual(['tom 2026-12-22 18:00']);
  });

  it('never propose the clashing start itself', () => {
    const query = clashing();
    const free = query.therapists.map((therapist) => ({ ...therapist, busy: [] }));
    expect(format({ ...query, therapists: [free[1]!] })).not.toContain('mira 2026-12-22 18:00');
  });

  it('leave out starts that overlap the series’ other dates, padding included', () => {
    const allTaken = [
      { start: dublin('2026-12-22', '19:15'), end: dublin('2026-12-22', '20:30') },
      { start: dublin('2026-12-22', '17:45'), end: dublin('2026-12-22', '18:15') },
    ];
    expect(format(clashing({ taken: allTaken }))).toEqual([
      'mira 2026-12-22 16:30',
      'mira 2026-12-22 15:15',
      'mira 2026-12-23 18:00',
    ]);
  });

  it('need a room when rooms are given', () => {
    const rooms = [
      { id: 'garden', busy: [{ start: dublin('2026-12-22', '00:00'), end: dublin('2026-12-23', '18:30') }] },
    ];
    expect(format(clashing({ rooms }))).toEqual([
      'mira 2026-12-21 18:00',
      'mira 2026-12-23 18:30',
      'mira 2026-12-21 19:15',
    ]);
    expect(format(clashing({ rooms: [] }))).toEqual([]);
  });

  it('keep notice', () => {
    const now = dublin('2026-12-22', '18:30');
    expect(format(clashing({ now, minNoticeMinutes: 120 }))[0]).toBe('mira 2026-12-23 18:00');
  });

  it('refuse malformed input by the name of the field', () => {
    const { clash } = clashing();
    expect(() => suggestAlternatives(clashing({ clash: { ...clash, start: Number.NaN } }))).toThrow(
      /^clash\.start must be/,
    );
    expect(() => suggestAlternatives(clashing({ clash: { ...clash, durationMinutes: -1 } }))).toThrow(
      /^clash\.durationMinutes must be/,
    );
    expect(() => suggestAlternatives(clashing({ taken: [{ start: 1, end: 0 }] }))).toThrow(/^taken\[0\]\.end must be/);
    expect(() => suggestAlternatives(clashing({ timeZone: 'x' }))).toThrow(/^timeZone must be/);
  });

  it('are always free, and never overlap one another or busy time', () => {
    const day = Math.floor(dublin('2026-12-22', '18:00') / DAY);
    const near = arbitraryBusyNear(day * DAY, 4);
    const therapist = fc.record({
      id: fc.constantFrom('mira', 'tom'),
      weeklyHours: arbitraryWeeklyHours,
      overrides: arbitraryOverridesNear(day),
      busy: near,
    });
    const rooms = fc.array(fc.record({ id: fc.constant('loft'), busy: near }), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(
        fc.array(therapist, { maxLength: 3 }),
        near,
        fc.option(rooms),
        fc.integer({ min: 0, max: 95 }),
        (all, ownDates, some, quarter) => {
          const therapists = all.filter(({ id }, i) => all.findIndex((other) => other.id === id) === i);
          const clash = {
            start: day * DAY + quarter * 15 * MINUTE,
            therapistId: 'mira',
            durationMinutes: 60,
            bufferBefore: 10,
            bufferAfter: 15,
          };
          const query = clashing({ therapists, taken: ownDates, clash, ...(some && { rooms: some }) });
          const found = suggestAlternatives(query);
          const padded = found.map(({ start }) => ({ start: start - 10 * MINUTE, end: start + 75 * MINUTE }));
          expect(found.length).toBeLessThanOrEqual(3);
          for (const [i, { start, therapistId }] of found.entries()) {
            const therapist = therapists.find(({ id }) => id === therapistId)!;
            const startsQuery = { ...query, ...clash, ...therapist, from: start, to: start + 1 };
            expect(some ? listFreeStartsInRooms({ ...startsQuery, rooms: some }) : freeStarts(startsQuery)).toEqual([
              start,
            ]);
            expect(ownDates.some((other) => intervalsOverlap(other, padded[i]!))).toBe(false);
            for (const [j, other] of found.slice(0, i).entries()) {
              if (other.therapistId === therapistId) expect(intervalsOverlap(padded[j]!, padded[i]!)).toBe(false);
              expect(Math.abs(other.start - start)).toBeGreaterThanOrEqual(60 * MINUTE);
            }
          }
        },
      ),
      { numRuns: getPropertyTestRuns(1000) },
    );
  });
});
