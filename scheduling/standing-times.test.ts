import { describe, expect, it } from 'vitest';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { arbitraryBusyNear, arbitraryOverridesNear, arbitraryWeeklyHours } from '@/testing/random-hours';
import { ZONE_TRAPS } from '@/testing/zone-traps';
import { freeStarts, listFreeStartsInRooms } from './availability';
import { countSessions, daysBetweenSessions } from './cadence';
import { addDays } from './day';
import { toAppointmentTimingInMs, toTherapistHoursInMs } from './find-free-starts';
import type { Interval } from './interval-arithmetic';
import { listSpansWithoutRoom } from './room-availability';
import { type OccurrenceNeeds, type StandingTimesQuery, standingTimes } from './standing-times';
import { formatMinuteOfDay } from './time-of-day';
import type { Override } from './working-hours';
import { toInstant } from './zone-conversion';

const DAY = 86_400_000;
const open = { overrides: [], busy: [] };

function eight(changes: Partial<StandingTimesQuery> = {}): StandingTimesQuery {
  return {
    timeZone: 'Europe/Dublin',
    cadence: 'weekly',
    sessions: 8,
    from: '2026-12-01',
    durationMinutes: 60,
    stepMinutes: 60,
    bufferBefore: 0,
    bufferAfter: 15,
    now: null,
    minNoticeMinutes: 0,
    therapists: [{ id: 'mira', weeklyHours: { 2: [['18:00', '20:00']] }, ...open }],
    ...changes,
  };
}

const format = (query: StandingTimesQuery) =>
  standingTimes(query).map(({ therapistId, firstOn, time, open }) => `${therapistId} ${firstOn} ${time} ${open}`);

/**
 * Each wall time of a day, and each that comes a second time, with its start. Cached, because every case needs the same
 * days.
 */
const wallTimesOf = (() => {
  const timesByZone = new Map<
    string,
    { first: [time: string, start: number][]; again: [time: string, start: number][] }
  >();
  return (timeZone: string, on: string) => {
    const key = `${timeZone} ${on}`;
    let day = timesByZone.get(key);
    if (!day) {
      day = { first: [], again: [] };
      for (let minute = 0; minute < 1440; minute++) {
        const time = formatMinuteOfDay(minute);
        const start = toInstant(timeZone, on, time);
        day.first.push([time, start]);
        const second = toInstant(timeZone, on, `${time}~2`);
        if (second !== start) day.again.push([`${time}~2`, second]);
      }
      timesByZone.set(key, day);
    }
    return day;
  };
})();

/** Asks `freeStarts` for every wall time of every date. */
function askEach(query: StandingTimesQuery) {
  const span = daysBetweenSessions(query.cadence) || 7;
  const count = countSessions(query.cadence, query.sessions);
  const all = query.therapists.flatMap(({ id, ...therapist }) =>
    Array.from({ length: span }, (_, first) => addDays(query.from, first)).flatMap((firstOn) => {
      const found = [];
      const dates = Array.from({ length: count }, (_, k) => addDays(firstOn, k * span));
      const free = dates.map((on, k) => {
        const { rooms: suiting, ...visit } = query.visits?.[k] ?? { rooms: undefined };
        const from = toInstant(query.timeZone, on, '00:00') - DAY;
        const startsQuery = { ...query, ...therapist, ...visit, from, to: from + 4 * DAY };
        if (!query.rooms) return new Set(freeStarts(startsQuery));
        return new Set(
          listFreeStartsInRooms({
            ...startsQuery,
            rooms: query.rooms.filter((room) => suiting?.includes(room.id) ?? true),
          }),
        );
      });
      const days = dates.map((on) => wallTimesOf(query.timeZone, on));
      for (const kind of count === 1 ? (['first', 'again'] as const) : (['first'] as const)) {
        for (const [n, [time]] of days[0]![kind].entries()) {
          const starts = days.map((day) => day[kind][n]![1]);
          const open = starts.filter((start, k) => free[k]!.has(start)).length;
          if (open === 0) continue;
          const occurrences = dates.map((on, k) => ({ on, start: starts[k]!, open: free[k]!.has(starts[k]!) }));
          found.push({ therapistId: id, firstOn, time, open, occurrences });
        }
      }
      return found;
    }),
  );
  return all.sort(
    (a, b) =>
      b.open - a.open ||
      a.occurrences[0]!.start - b.occurrences[0]!.start ||
      (a.therapistId < b.therapistId ? -1 : a.therapistId > b.therapistId ? 1 : 0),
  );
}

/** The visits with the spans without a room, as a caller passes them who has computed them before. */
function withRoomsRead({ rooms, visits, ...query }: StandingTimesQuery): OccurrenceNeeds[] {
  const { durationMinutes, bufferBefore, bufferAfter, stepMinutes } = query;
  const plain: OccurrenceNeeds = { durationMinutes, bufferBefore, bufferAfter };
  const each = visits ?? Array.from({ length: countSessions(query.cadence, query.sessions) }, () => plain);
  return each.map(({ rooms: suiting, ...visit }) => {
    const usable = rooms?.filter(({ id }) => suiting?.includes(id) ?? true);
    return {
      ...visit,
      shut: usable && listSpansWithoutRoom(usable, toAppointmentTimingInMs({ ...visit, stepMinutes })),
    };
  });
}

describe('standing times', () => {
  it('say of each date whether it is open', () => {
    const busy = [
      {
        start: toInstant('Europe/Dublin', '2026-12-15', '18:30'),
        end: toInstant('Europe/Dublin', '2026-12-15', '19:00'),
      },
    ];
    const [nineteen, eighteen] = standingTimes(
      eight({
        sessions: 3,
        therapists: [{ id: 'mira', weeklyHours: { 2: [['18:00', '20:00']] }, overrides: [], busy }],
      }),
    );
    expect(nineteen).toMatchObject({ therapistId: 'mira', firstOn: '2026-12-01', time: '19:00', open: 3 });
    expect(eighteen!.occurrences).toEqual([
      { on: '2026-12-01', start: Date.UTC(2026, 11, 1, 18), open: true },
      { on: '2026-12-08', start: Date.UTC(2026, 11, 8, 18), open: true },
      { on: '2026-12-15', start: Date.UTC(2026, 11, 15, 18), open: false },
    ]);
  });

  it('are at the same wall time after both clock changes', () => {
    const [first] = standingTimes(eight({ from: '2026-10-20', sessions: 26 }));
    const hours = first!.occurrences.map(({ start }) => new Date(start).getUTCHours());
    expect(hours).toEqual([17, ...Array(22).fill(18), 17, 17, 17]);
    expect(first!.open).toBe(26);
  });

  it('come the most open first, then by first start, then by the therapist’s id', () => {
    const therapists = ['tom', 'aoife', 'mira'].map((id) => ({
      id,
      weeklyHours: { 2: [['18:00', '20:00'] as [string, string]] },
      ...open,
    }));
    therapists[2]!.weeklyHours[2].push(['09:00', '10:00']);
    const closed = { ...therapists[0]!, overrides: [{ on: '2026-12-15', hours: [] }] };
    expect(format(eight({ sessions: 3, therapists: [closed, ...therapists.slice(1)] }))).toEqual([
      'mira 2026-12-01 09:00 3',
      'aoife 2026-12-01 18:00 3',
      'mira 2026-12-01 18:00 3',
      'aoife 2026-12-01 19:00 3',
      'mira 2026-12-01 19:00 3',
      'tom 2026-12-01 18:00 2',
      'tom 2026-12-01 19:00 2',
    ]);
  });

  it('begin within a week of `from`, within two when they come every two weeks', () => {
    const weekly = { 1: [['18:00', '19:00'] as [string, string]] };
    const therapists = [{ id: 'mira', weeklyHours: weekly, ...open }];
    expect(format(eight({ therapists }))).toEqual(['mira 2026-12-07 18:00 8']);
    expect(format(eight({ therapists, cadence: 'once' }))).toEqual(['mira 2026-12-07 18:00 1']);
    expect(format(eight({ therapists, cadence: 'biweekly' }))).toEqual([
      'mira 2026-12-07 18:00 8',
      'mira 2026-12-14 18:00 8',
    ]);
  });

  it('count a date too soon for notice as not open', () => {
    const now = Date.UTC(2026, 11, 1, 17);
    expect(format(eight({ sessions: 2, now, minNoticeMinutes: 90 }))).toEqual([
      'mira 2026-12-01 19:00 2',
      'mira 2026-12-01 18:00 1',
    ]);
    expect(format(eight({ cadence: 'once', now: Date.UTC(2027, 0, 1) }))).toEqual([]);
  });

  it('of several services ask each date for its own length and rooms', () => {
    const visit = (durationMinutes: number, rooms?: string[]): OccurrenceNeeds => ({
      durationMinutes,
      bufferBefore: 0,
      bufferAfter: 0,
      ...(rooms && { rooms }),
    });
    const visits = [visit(60), visit(90), visit(60, ['loft'])];
    const rooms = [
      { id: 'garden', busy: [] },
      { id: 'loft', busy: [{ start: Date.UTC(2026, 11, 15, 18), end: Date.UTC(2026, 11, 15, 19) }] },
    ];
    const found = standingTimes(eight({ sessions: 3, visits, rooms }));
    expect(found.map(({ time, occurrences }) => [time, occurrences.map((occurrence) => occurrence.open)])).toEqual([
      ['18:00', [true, true, false]],
      ['19:00', [true, false, true]],
    ]);
  });

  it('have no wall time where a zone once changed by seconds', () => {
    const all: [string, string][] = [['00:00', '24:00']];
    const weekly = { 4: all, 5: [['00:00', '02:00']] as [string, string][] };
    const query = eight({
      timeZone: 'Africa/Monrovia',
      from: '1972-01-06',
      sessions: 1,
      stepMinutes: 7,
      therapists: [{ id: 'mira', weeklyHours: weekly, ...open }],
    });
    expect(standingTimes(query)).toEqual(askEach(query));
  });

  it('40 hold both of an hour that comes twice, where it is one date, and the first of them in a series', () => {
    const late = { timeZone: 'Africa/Cairo', from: '2027-10-28', stepMinutes: 30, durationMinutes: 30, bufferAfter: 0 };
    const therapists = [{ id: 'mira', weeklyHours: { 4: [['22:30', '24:00']] as [string, string][] }, ...open }];
    const once = standingTimes(eight({ ...late, cadence: 'once', therapists }));
    const first = Date.UTC(2027, 9, 28, 19, 30);
    expect(once.map(({ time, occurrences }) => [time, occurrences[0]!.start - first])).toEqual([
      ['22:30', 0],
      ['23:00', 1_800_000],
      ['23:30', 3_600_000],
      ['23:00~2', 5_400_000],
      ['23:30~2', 7_200_000],
    ]);
    const weekly = standingTimes(eight({ ...late, sessions: 2, therapists }));
    expect(weekly.map(({ time }) => time)).toEqual(['22:30', '23:00', '23:30']);
    expect(weekly[2]!.occurrences[0]!.start).toBe(first + 3_600_000);
  });

  it('are at a shifted time when a clock jumped over midnight', () => {
    const night: [string, string][] = [
      ['00:00', '03:00'],
      ['22:00', '24:00'],
    ];
    const weeklyHours = { 0: night, 1: night, 2: night };
    for (const from of ['1919-03-23', '1919-03-24', '1919-03-25', '1919-03-31', '1919-04-01']) {
      for (const cadence of ['once', 'weekly', 'biweekly'] as const) {
        const visit = (durationMinutes: number): OccurrenceNeeds => ({
          durationMinutes,
          bufferBefore: 0,
          bufferAfter: 0,
        });
        const query = eight({
          timeZone: 'America/Toronto',
          cadence,
          from,
          sessions: 2,
          stepMinutes: 10,
          visits: cadence === 'once' ? [visit(30)] : [visit(30), visit(50)],
          therapists: [{ id: 'mira', weeklyHours, ...open }],
        });
        expect(standingTimes(query)).toEqual(askEach(query));
      }
    }
  });

  it('of a limit are the first of all, between equals by the therapist’s id', () => {
    const therapists = ['tom', 'aoife', 'mira'].map((id) => ({
      id,
      weeklyHours: { 2: [['18:00', '20:00'] as [string, string]] },
      ...open,
    }));
    const query = eight({ therapists });
    expect(format({ ...query, limit: 2 })).toEqual(['aoife 2026-12-01 18:00 8', 'mira 2026-12-01 18:00 8']);
    for (let limit = 1; limit < 8; limit++)
      expect(standingTimes({ ...query, limit })).toEqual(standingTimes(query).slice(0, limit));
  });

  it('of a limit are the first of all also where any minute of the week may be one', () => {
    const weeklyHours = Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((day) => [day, [['00:00', '24:00']]]));
    const therapists = ['tom', 'mira'].map((id) => ({ id, weeklyHours, ...open }));
    const query = eight({ sessions: 2, stepMinutes: 1, therapists });
    const all = standingTimes(query);
    expect(all.length).toBe(2 * 7 * 1440);
    for (const limit of [50, 12_000]) expect(standingTimes({ ...query, limit })).toEqual(all.slice(0, limit));
  });

  it('may be as many as twenty years of weeks', () => {
    expect(standingTimes(eight({ sessions: 1040 }))[0]!.open).toBe(1040);
  });

  it('share occurrence objects without mixing them up', () => {
    const therapists = ['aoife', 'mira'].map((id) => ({
      id,
      weeklyHours: { 2: [['18:00', '19:00'] as [string, string]] },
      ...open,
    }));
    therapists[1] = { ...therapists[1]!, overrides: [{ on: '2026-12-08', hours: [] }] as never };
    const [aoife, mira] = standingTimes(eight({ sessions: 2, therapists }));
    expect([aoife!.occurrences[1]!.open, mira!.occurrences[1]!.open]).toEqual([true, false]);
    expect(aoife!.occurrences[0]).toBe(mira!.occurrences[0]);
  });

  it.each<[string, Partial<StandingTimesQuery>]>([
    ['timeZone', { timeZone: 'x' }],
    ['cadence', { cadence: 'daily' as 'once' }],
    ['sessions', { sessions: 0 }],
    ['sessions', { sessions: 1041 }],
    ['limit', { limit: 0 }],
    ['from', { from: '2026-13-01' }],
    ['durationMinutes', { durationMinutes: Number.NaN }],
    ['stepMinutes', { stepMinutes: 0 }],
    ['bufferAfter', { bufferAfter: -1 }],
    ['minNoticeMinutes', { minNoticeMinutes: -1 }],
    ['now', { now: Number.NaN }],
    ['therapists[0].weeklyHours[2][0]', { therapists: [{ id: 'mira', weeklyHours: { 2: [['2', '3']] }, ...open }] }],
    [
      'therapists[0].overrides[0].on',
      { therapists: [{ id: 'mira', weeklyHours: {}, overrides: [{ on: 'x', hours: [] }], busy: [] }] },
    ],
    [
      'therapists[0].busy[0].end',
      { therapists: [{ id: 'mira', weeklyHours: {}, overrides: [], busy: [{ start: 1, end: 0 }] }] },
    ],
    ['visits', { visits: [] }],
    [
      'visits[1].durationMinutes',
      {
        sessions: 2,
        visits: [60, -1].map((durationMinutes) => ({ durationMinutes, bufferBefore: 0, bufferAfter: 0 })),
      },
    ],
    ['rooms[0].busy[0].end', { rooms: [{ id: 'loft', busy: [{ start: 1, end: 0 }] }] }],
  ])('refuse malformed input by the name of the field: %s', (field, changes) => {
    let message = '';
    try {
      standingTimes(eight(changes));
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      message = (error as Error).message;
    }
    expect(message.startsWith(`${field} must be `)).toBe(true);
  });
});

it('on a last day whose clock skips its last hour, find that hour after midnight', () => {
  // On Saturday 29 March 2025 the clock in Scoresbysund goes from 23:00 to 00:00 of Sunday.
  const saturdayNight = {
    6: [['22:00', '24:00']],
    0: [['00:00', '03:00']],
  } satisfies StandingTimesQuery['therapists'][0]['weeklyHours'];
  const query = eight({
    timeZone: 'America/Scoresbysund',
    cadence: 'once',
    from: '2025-03-23',
    durationMinutes: 30,
    stepMinutes: 15,
    bufferAfter: 0,
    therapists: [{ id: 'mira', weeklyHours: saturdayNight, ...open }],
  });
  expect(format(query)).toEqual(expect.arrayContaining(['mira 2025-03-29 23:00 1', 'mira 2025-03-29 23:45 1']));
  expect(standingTimes(query)).toEqual(askEach(query));
});

it.each(['2006-10-22', '2006-10-29'])(
  'on a day whose last hour comes twice, over midnight, from %s, find both',
  (from) => {
    // At 00:01 of Sunday 29 October 2006 the clock in St. John's goes back to 23:01 of Saturday.
    const query = eight({
      timeZone: 'America/St_Johns',
      cadence: 'once',
      from,
      durationMinutes: 30,
      stepMinutes: 15,
      bufferAfter: 0,
      therapists: [{ id: 'mira', weeklyHours: { 0: [['00:00', '00:01']] }, ...open }],
    });
    expect(format(query).includes('mira 2006-10-28 23:15~2 1')).toBe(from === '2006-10-22');
    expect(standingTimes(query)).toEqual(askEach(query));
  },
);

describe.each(ZONE_TRAPS)('standing times in %s around %s: %s', (timeZone, around) => {
  it('are what asking for each date finds', { timeout: 60_000 }, () => {
    const instant = Date.parse(around);
    const from = new Date(instant - 8 * DAY).toISOString().slice(0, 10);
    const visit = fc.record({
      durationMinutes: fc.constantFrom(30, 60),
      bufferBefore: fc.constantFrom(0, 15),
      bufferAfter: fc.constant(10),
    });
    const cadence = fc.constantFrom<StandingTimesQuery['cadence']>('once', 'weekly', 'weekly', 'biweekly');
    fc.assert(
      fc.property(
        fc.record({
          timeZone: fc.constant(timeZone),
          cadence,
          sessions: fc.constantFrom(1, 2, 3),
          from: fc.constantFrom(0, 1, 3, 7).map((days) => addDays(from, days)),
          durationMinutes: fc.constantFrom(30, 60, 90),
          stepMinutes: fc.constantFrom(15, 30, 45),
          bufferBefore: fc.constantFrom(0, 15),
          bufferAfter: fc.constantFrom(0, 15),
          now: fc.option(fc.constant(instant)),
          minNoticeMinutes: fc.constantFrom(0, 90),
          therapists: fc.tuple(
            fc.record({
              id: fc.constant('tom'),
              weeklyHours: arbitraryWeeklyHours,
              overrides: arbitraryOverridesNear(Math.floor(instant / DAY)),
              busy: arbitraryBusyNear(instant, 7),
            }),
            fc.record({
              id: fc.constant('mira'),
              weeklyHours: arbitraryWeeklyHours,
              overrides: fc.constant<Override[]>([]),
              busy: fc.constant<Interval[]>([]),
            }),
          ),
        }),
        fc.option(
          fc.array(fc.record({ id: fc.constantFrom('garden', 'loft'), busy: arbitraryBusyNear(instant, 7) }), {
            maxLength: 2,
          }),
        ),
        fc.option(
          fc.array(fc.tuple(visit, fc.option(fc.constantFrom<string[]>(['garden'], ['garden', 'loft']))), {
            minLength: 3,
            maxLength: 3,
          }),
        ),
        fc.integer({ min: 1, max: 60 }),
        (plain, rooms, visits, limit) => {
          const count = countSessions(plain.cadence, plain.sessions);
          const query: StandingTimesQuery = { ...plain };
          if (rooms) query.rooms = rooms;
          if (visits)
            query.visits = visits.slice(0, count).map(([fit, suiting]) => (suiting ? { ...fit, rooms: suiting } : fit));
          const all = askEach(query);
          expect(standingTimes(query)).toEqual(all);
          expect(standingTimes({ ...query, limit })).toEqual(all.slice(0, limit));
          const { rooms: _, ...withoutRooms } = query;
          const read = {
            ...withoutRooms,
            therapists: toTherapistHoursInMs(query.therapists),
            visits: withRoomsRead(query),
          };
          expect(standingTimes(read)).toEqual(all);
        },
      ),
      { numRuns: getPropertyTestRuns(30) },
    );
  });
});

it('starts that a rule does not allow are not open, for one date and for a plan', () => {
  const mayStart = (start: number) => start < toInstant('Europe/Dublin', '2026-12-08', '00:00');
  const plan = (rule: OccurrenceNeeds['mayStart']) => {
    const visit = { durationMinutes: 60, bufferBefore: 0, bufferAfter: 15, mayStart: rule };
    return format(eight({ visits: Array.from({ length: 8 }, () => visit) }));
  };
  expect(plan(mayStart)).toEqual(['mira 2026-12-01 18:00 1', 'mira 2026-12-01 19:00 1']);
  expect(plan(() => false)).toEqual([]);
});
