import { describe, expect, it } from 'vitest';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import {
  arbitraryAppointmentTiming,
  arbitraryBusyNear,
  arbitraryOverridesNear,
  arbitraryWeeklyHours,
} from '@/testing/random-hours';
import {
  type FreeStartsQuery,
  freeStarts,
  isAllowedTherapist,
  isStartOnGrid,
  listFreeStartsInRooms,
  type WallRange,
} from './availability';
import { intervalsOverlap } from './interval-arithmetic';
import { listWorkingPeriodsWithin, toWorkingHoursInMs } from './working-hours';
import { toInstant, toWallTime } from './zone-conversion';

const MINUTE = 60_000;
const DAY = 86_400_000;
const dublin = (on: string, time: string) => toInstant('Europe/Dublin', on, time);

/** A Tuesday of Mira's, 09:00 to 12:00, an hour's massage on the hour. */
function tuesday(changes: Partial<FreeStartsQuery> = {}): FreeStartsQuery {
  return {
    timeZone: 'Europe/Dublin',
    weeklyHours: { 2: [['09:00', '12:00']] },
    overrides: [],
    busy: [],
    durationMinutes: 60,
    stepMinutes: 60,
    bufferBefore: 0,
    bufferAfter: 0,
    now: null,
    minNoticeMinutes: 0,
    from: dublin('2026-12-01', '00:00'),
    to: dublin('2026-12-02', '00:00'),
    ...changes,
  };
}

function times(query: FreeStartsQuery): string[] {
  return freeStarts(query).map((start) => toWallTime(query.timeZone, start).time);
}

describe('free starts', () => {
  it('are those whose massage ends by closing', () => {
    expect(times(tuesday())).toEqual(['09:00', '10:00', '11:00']);
    expect(times(tuesday({ durationMinutes: 61 }))).toEqual(['09:00', '10:00']);
    expect(times(tuesday({ durationMinutes: 181 }))).toEqual([]);
  });

  it('leave out a start whose clean-up would meet busy time, and keep one whose clean-up only touches it', () => {
    const busy = [{ start: dublin('2026-12-01', '11:00'), end: dublin('2026-12-01', '11:30') }];
    expect(times(tuesday({ busy }))).toEqual(['09:00', '10:00']);
    expect(times(tuesday({ busy, bufferAfter: 1 }))).toEqual(['09:00']);
  });

  it('leave out a start whose set-up would meet busy time, and keep one whose set-up only touches it', () => {
    const busy = [{ start: dublin('2026-12-01', '09:00'), end: dublin('2026-12-01', '09:45') }];
    expect(times(tuesday({ busy, bufferBefore: 15 }))).toEqual(['10:00', '11:00']);
    expect(times(tuesday({ busy, bufferBefore: 16 }))).toEqual(['11:00']);
  });

  it('let set-up and clean-up run past opening and closing', () => {
    expect(times(tuesday({ bufferBefore: 30, bufferAfter: 30 }))).toEqual(['09:00', '10:00', '11:00']);
  });

  it('respect busy time outside working hours that padding would meet', () => {
    const busy = [{ start: dublin('2026-12-01', '08:00'), end: dublin('2026-12-01', '08:45') }];
    expect(times(tuesday({ busy, bufferBefore: 15 }))[0]).toBe('09:00');
    expect(times(tuesday({ busy, bufferBefore: 20 }))[0]).toBe('10:00');
  });

  it('take busy time in any order, overlapping, nested and empty', () => {
    const at = (from: string, until: string) => ({
      start: dublin('2026-12-01', from),
      end: dublin('2026-12-01', until),
    });
    const busy = [
      at('11:10', '11:20'),
      at('08:00', '10:00'),
      at('08:30', '09:00'),
      at('10:30', '10:30'),
      at('09:50', '10:00'),
    ];
    expect(times(tuesday({ busy }))).toEqual(['10:00']);
    expect(busy[0]).toEqual(at('11:10', '11:20'));
  });

  it('begin from `from`, which is included, to `to`, which is not, and may end after it', () => {
    const at = (time: string) => dublin('2026-12-01', time);
    expect(times(tuesday({ from: at('10:00'), to: at('11:00') }))).toEqual(['10:00']);
    expect(times(tuesday({ from: at('10:00') + 1, to: at('11:00') + 1 }))).toEqual(['11:00']);
    expect(times(tuesday({ from: at('10:00'), to: at('10:00') }))).toEqual([]);
  });

  it('respect the notice, to the millisecond', () => {
    const now = dublin('2026-12-01', '08:00');
    expect(times(tuesday({ now, minNoticeMinutes: 120 }))).toEqual(['10:00', '11:00']);
    expect(times(tuesday({ now: now + 1, minNoticeMinutes: 120 }))).toEqual(['11:00']);
    expect(times(tuesday({ now, minNoticeMinutes: 0 }))).toEqual(['09:00', '10:00', '11:00']);
    expect(times(tuesday({ now: null, minNoticeMinutes: 9999 }))).toEqual(['09:00', '10:00', '11:00']);
    expect(times(tuesday({ now: dublin('2026-12-05', '08:00') }))).toEqual([]);
  });

  it('count the step from the start of each working period, not from the window or the hour', () => {
    const hours: WallRange[] = [
      ['09:10', '11:00'],
      ['13:05', '15:00'],
    ];
    const query = tuesday({ weeklyHours: { 2: hours }, durationMinutes: 30, stepMinutes: 40 });
    expect(times(query)).toEqual(['09:10', '09:50', '10:30', '13:05', '13:45', '14:25']);
    expect(times({ ...query, from: dublin('2026-12-01', '09:11') })[0]).toBe('09:50');
  });

  it('treat ranges that touch or overlap as one period, whatever their order', () => {
    const query = tuesday({
      weeklyHours: {
        2: [
          ['11:00', '12:00'],
          ['09:30', '10:15'],
          ['10:00', '11:00'],
          ['12:30', '12:30'],
        ],
      },
    });
    expect(times(query)).toEqual(['09:30', '10:30']);
    expect(times({ ...query, durationMinutes: 150 })).toEqual(['09:30']);
  });

  it('use a day’s override in place of its weekday (the later of two; an empty one means closed)', () => {
    expect(times(tuesday({ overrides: [{ on: '2026-12-01', hours: [] }] }))).toEqual([]);
    expect(times(tuesday({ overrides: [{ on: '2026-12-08', hours: [] }] }))).toHaveLength(3);
    const hours: WallRange[] = [['14:00', '16:00']];
    expect(times(tuesday({ overrides: [{ on: '2026-12-01', hours }] }))).toEqual(['14:00', '15:00']);
    const both = [
      { on: '2026-12-01', hours: [] },
      { on: '2026-12-01', hours },
    ];
    expect(times(tuesday({ overrides: both }))).toEqual(['14:00', '15:00']);
  });
});

describe('hours that touch at midnight are one period', () => {
  const night = tuesday({
    weeklyHours: { 1: [['22:10', '24:00']], 2: [['00:00', '02:00']] },
    durationMinutes: 50,
    stepMinutes: 50,
  });

  it('so that the step goes on counting, from before the window too', () => {
    expect(times(night)).toEqual(['00:40']);
    expect(times({ ...night, from: dublin('2026-11-30', '00:00') })).toEqual(['22:10', '23:00', '23:50', '00:40']);
  });

  it('so that a massage may lie across it', () => {
    expect(times({ ...night, durationMinutes: 230, from: dublin('2026-11-30', '00:00') })).toEqual(['22:10']);
    expect(times({ ...night, durationMinutes: 231, from: dublin('2026-11-30', '00:00') })).toEqual([]);
  });

  it('through whole days, with an override in between', () => {
    const all: WallRange[] = [['00:00', '24:00']];
    const query = tuesday({
      weeklyHours: { 0: [['23:50', '24:00']], 1: [], 2: [['00:00', '01:00']] },
      overrides: [{ on: '2026-11-30', hours: all }],
      stepMinutes: 45,
      durationMinutes: 30,
    });
    // Counted from Sunday 23:50: 33 steps of 45 minutes end at 00:35 on Tuesday, where half an hour no longer fits.
    expect(times(query)).toEqual([]);
    expect(times({ ...query, durationMinutes: 25 })).toEqual(['00:35']);
  });
});

describe('the edges of the grid', () => {
  const hour = (from: string, until: string) => ({
    start: dublin('2026-12-01', from),
    end: dublin('2026-12-01', until),
  });

  it('include a start that ends exactly as busy time begins, and one that begins as it ends', () => {
    expect(times(tuesday({ busy: [hour('10:00', '11:00')] }))).toEqual(['09:00', '11:00']);
    expect(times(tuesday({ busy: [hour('10:15', '10:30'), hour('10:30', '11:00')], bufferAfter: 15 }))).toEqual([
      '09:00',
      '11:00',
    ]);
  });

  it('follow the clocks that changed the night before, east and west', () => {
    const night = (timeZone: string, on: string, utc: string) => {
      const [year, month, day] = on.split('-').map(Number) as [number, number, number];
      const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay() as 0;
      const from = Date.parse(`${utc}Z`);
      const weeklyHours = { [weekday]: [['00:00', '05:00']] as WallRange[] };
      return freeStarts(tuesday({ timeZone, weeklyHours, from: from - DAY, to: from + DAY, stepMinutes: 300 })).map(
        (start) => (start - from) / MINUTE,
      );
    };
    expect(night('Australia/Lord_Howe', '2026-10-04', '2026-10-03T13:30')).toEqual([0]);
    expect(night('Pacific/Auckland', '2026-09-27', '2026-09-26T12:00')).toEqual([0]);
    expect(night('Pacific/Auckland', '2027-04-04', '2027-04-03T11:00')).toEqual([0, 300]);
    expect(night('America/Los_Angeles', '2026-11-01', '2026-11-01T07:00')).toEqual([0, 300]);
  });

  it('sort hours that a gap in the clock shifts past those that follow', () => {
    const from = dublin('2027-03-28', '00:00');
    const short = { durationMinutes: 5, stepMinutes: 5, from, to: from + DAY };
    const startsOpen = (...hours: WallRange[]) => times(tuesday({ ...short, weeklyHours: { 0: hours } }));
    expect(startsOpen(['01:40', '01:50'], ['02:00', '02:10'])).toEqual(['02:00', '02:05', '02:40', '02:45']);
    expect(startsOpen(['01:40', '01:45'], ['02:35', '02:50'])).toEqual(['02:35', '02:40', '02:45']);
    const joined = { ...short, durationMinutes: 15, weeklyHours: { 0: [['01:40', '01:45'] as WallRange] } };
    joined.weeklyHours[0].push(['02:30', '02:40']);
    expect(times(tuesday(joined))).toEqual(['02:30']);
  });

  it('leave nothing of hours that a gap swallows', () => {
    const from = dublin('2027-03-28', '00:00');
    const weeklyHours = { 0: [['01:00', '02:00']] as WallRange[] };
    expect(freeStarts(tuesday({ weeklyHours, durationMinutes: 0, from, to: from + DAY }))).toEqual([]);
  });
});

describe('hours that never close', () => {
  const all: WallRange[] = [['00:00', '24:00']];

  it('count the step from the single day on which they begin', () => {
    const weeklyHours = { 0: all, 1: all, 2: all, 3: all, 4: all, 5: all, 6: all };
    const overrides = [{ on: '2026-11-29', hours: [['12:10', '24:00']] as WallRange[] }];
    const [first] = times(tuesday({ weeklyHours, overrides, stepMinutes: 1440 }));
    expect(first).toBe('12:10');
  });

  it('do not include a week in which one weekday opens late or closes early', () => {
    const late = { 0: all, 1: [['09:10', '24:00']] as WallRange[], 2: all, 3: all, 4: all, 5: all, 6: all };
    const overrides = [{ on: '2027-06-01', hours: [] }];
    const days = { from: dublin('2026-12-03', '00:00'), to: dublin('2026-12-04', '00:00') };
    expect(times(tuesday({ ...days, weeklyHours: late, overrides, stepMinutes: 1440 }))).toEqual(['09:10']);
    const early = { ...late, 0: [['00:00', '23:00']] as WallRange[] };
    expect(times(tuesday({ ...days, weeklyHours: early, overrides, stepMinutes: 1440 }))).toEqual(['09:10']);
  });

  it('have a start between a midnight that was jumped over and the time it is shifted to', () => {
    const from = Date.UTC(1919, 2, 31, 4, 30);
    const weeklyHours = { 0: all, 1: all, 2: all, 3: all, 4: all, 5: all, 6: all };
    const query = tuesday({ timeZone: 'America/Toronto', weeklyHours, stepMinutes: 15, from, to: from + 60 * MINUTE });
    expect(freeStarts(query).map((start) => (start - from) / MINUTE)).toEqual([0, 15, 30, 45]);
  });
  const weekly = { 0: all, 1: all, 2: all, 3: all, 4: all, 5: all, 6: all };
  const query = tuesday({ weeklyHours: weekly, stepMinutes: 700, durationMinutes: 60 });

  it('count the step from each local midnight, since they have no other beginning', () => {
    expect(times(query)).toEqual(['00:00', '11:40', '23:20']);
    expect(times({ ...query, from: dublin('2026-12-01', '20:00'), to: dublin('2026-12-02', '12:00') })).toEqual([
      '23:20',
      '00:00',
      '11:40',
    ]);
  });

  it('let a massage lie across midnight all the same', () => {
    expect(times({ ...query, durationMinutes: 3000 })).toEqual(['00:00', '11:40', '23:20']);
  });

  it('count from the end of the last closed day once there was one, however long ago', () => {
    const closed = tuesday({ weeklyHours: weekly, stepMinutes: 1000, overrides: [{ on: '2026-11-01', hours: [] }] });
    const opening = dublin('2026-11-02', '00:00');
    const starts = freeStarts(closed);
    expect(starts.length).toBeGreaterThan(0);
    expect(starts.every((start) => (start - opening) % (1000 * MINUTE) === 0)).toBe(true);
  });

  it('end where a later day is closed', () => {
    const closing = { ...query, overrides: [{ on: '2026-12-02', hours: [] }], to: dublin('2026-12-03', '00:00') };
    expect(times(closing)).toEqual(['00:00', '11:40']);
    expect(times({ ...closing, durationMinutes: 40 })).toEqual(['00:00', '11:40', '23:20']);
  });

  it('run through a day that a zone skipped', () => {
    const apia = {
      ...query,
      timeZone: 'Pacific/Apia',
      from: Date.UTC(2011, 11, 30, 9),
      to: Date.UTC(2011, 11, 30, 11),
    };
    expect(freeStarts(apia)).toEqual([Date.UTC(2011, 11, 30, 9, 20), Date.UTC(2011, 11, 30, 10)]);
    expect(freeStarts({ ...apia, durationMinutes: 3000 })).toHaveLength(2);
  });
});

describe('hours on a day when clocks change', () => {
  const early: WallRange[] = [['00:30', '04:00']];

  it('lose the hour that is skipped', () => {
    const query = tuesday({
      weeklyHours: { 0: early },
      from: dublin('2027-03-28', '00:00'),
      to: dublin('2027-03-29', '00:00'),
    });
    expect(times(query)).toEqual(['00:30', '02:30']);
    expect(times({ ...query, stepMinutes: 30 })).toEqual(['00:30', '02:00', '02:30', '03:00']);
  });

  it('have the repeated hour twice', () => {
    const query = tuesday({
      weeklyHours: { 0: early },
      from: dublin('2026-10-25', '00:00'),
      to: dublin('2026-10-26', '00:00'),
    });
    expect(times(query)).toEqual(['00:30', '01:30', '01:30', '02:30']);
  });

  it('that would open in a gap open as long after it as they would have been into it', () => {
    const query = tuesday({
      weeklyHours: { 0: [['01:30', '04:00']] },
      from: dublin('2027-03-28', '00:00'),
      to: dublin('2027-03-29', '00:00'),
    });
    expect(times(query)).toEqual(['02:30']);
  });

  it('are dropped when a gap swallows or reverses them', () => {
    const nuuk = tuesday({
      timeZone: 'America/Nuuk',
      weeklyHours: { 6: [['23:30', '24:00']] },
      durationMinutes: 5,
      stepMinutes: 5,
    });
    expect(freeStarts({ ...nuuk, from: Date.UTC(2027, 2, 27), to: Date.UTC(2027, 2, 29) })).toEqual([]);
    expect(freeStarts({ ...nuuk, from: Date.UTC(2027, 3, 3), to: Date.UTC(2027, 3, 5) })).toHaveLength(6);
  });

  it('on a day that was skipped whole are none, and the days around it have theirs', () => {
    const apia = tuesday({
      timeZone: 'Pacific/Apia',
      weeklyHours: { 4: [['09:00', '12:00']], 5: [['09:00', '12:00']] },
    });
    const starts = freeStarts({ ...apia, from: Date.UTC(2011, 11, 28), to: Date.UTC(2012, 0, 2) });
    expect(new Set(starts.map((start) => toWallTime('Pacific/Apia', start).on))).toEqual(new Set(['2011-12-29']));
  });
});

describe('malformed input', () => {
  it.each<[string, Partial<FreeStartsQuery>]>([
    ['timeZone', { timeZone: 'Europe/Atlantis' }],
    ['timeZone', { timeZone: undefined as unknown as string }],
    ['weeklyHours[2][0]', { weeklyHours: { 2: [['12:00', '09:00']] } }],
    [
      'weeklyHours[2][1]',
      {
        weeklyHours: {
          2: [
            ['09:00', '10:00'],
            ['9', '10:00'],
          ],
        },
      },
    ],
    ['weeklyHours[2][0]', { weeklyHours: { 2: [['09:00'] as unknown as WallRange] } }],
    ['weeklyHours[2][0]', { weeklyHours: { 2: ['09:00' as unknown as WallRange] } }],
    ['weeklyHours[2]', { weeklyHours: { 2: '09:00-12:00' as unknown as WallRange[] } }],
    ['weeklyHours[7]', { weeklyHours: { 7: [] } as FreeStartsQuery['weeklyHours'] }],
    ['overrides[0].on', { overrides: [{ on: '2026-02-30', hours: [] }] }],
    [
      'overrides[1].hours[0]',
      {
        overrides: [
          { on: '2026-12-01', hours: [] },
          { on: '2026-12-02', hours: [['24:00', '00:00']] },
        ],
      },
    ],
    ['busy[0].end', { busy: [{ start: 2, end: 1 }] }],
    [
      'busy[1].start',
      {
        busy: [
          { start: 1, end: 2 },
          { start: Number.NaN, end: 1 },
        ],
      },
    ],
    ['durationMinutes', { durationMinutes: -1 }],
    ['durationMinutes', { durationMinutes: Number.NaN }],
    ['durationMinutes', { durationMinutes: 7.5 }],
    ['stepMinutes', { stepMinutes: 0 }],
    ['stepMinutes', { stepMinutes: Number.NaN }],
    ['stepMinutes', { stepMinutes: Number.POSITIVE_INFINITY }],
    ['bufferBefore', { bufferBefore: -5 }],
    ['bufferAfter', { bufferAfter: Number.NaN }],
    ['now', { now: Number.NaN }],
    ['minNoticeMinutes', { minNoticeMinutes: -1 }],
    ['from', { from: Number.NaN }],
    ['from', { from: '2026-12-01' as unknown as number }],
    ['to', { to: Number.POSITIVE_INFINITY }],
    ['to', { to: 0 }],
  ])('is refused by the name of the field: %s', (field, changes) => {
    expect(() => freeStarts(tuesday(changes))).toThrow(RangeError);
    let message = '';
    try {
      freeStarts(tuesday(changes));
    } catch (error) {
      message = String((error as Error).message);
    }
    expect(message.startsWith(`${field} must be `)).toBe(true);
  });

  it('does not include a weekday that is named but has no hours', () => {
    expect(freeStarts(tuesday({ weeklyHours: { 2: undefined } }))).toEqual([]);
  });
});

describe('lengths', () => {
  it('may be as little as nothing', () => {
    expect(times(tuesday({ durationMinutes: 0 }))).toEqual(['09:00', '10:00', '11:00', '12:00']);
    expect(times(tuesday({ durationMinutes: 1, stepMinutes: 90 }))).toEqual(['09:00', '10:30']);
    expect(times(tuesday({ stepMinutes: 1, durationMinutes: 179 }))).toEqual(['09:00', '09:01']);
  });
});

describe('the grid', () => {
  it('has the starts that free time has, whatever is busy', () => {
    const query = tuesday({ stepMinutes: 15 });
    const at = (time: string) => isStartOnGrid(query, dublin('2026-12-01', time));
    expect([at('09:00'), at('09:15'), at('09:20'), at('11:00'), at('11:15'), at('08:45')]).toEqual([
      true,
      true,
      false,
      true,
      false,
      false,
    ]);
    expect(isStartOnGrid({ ...query, busy: [{ start: 0, end: 9e12 }], now: 9e12 }, dublin('2026-12-01', '09:00'))).toBe(
      true,
    );
    expect(isStartOnGrid(query, dublin('2026-12-01', '09:00') + 0.5)).toBe(false);
    expect(() => isStartOnGrid(query, Number.NaN)).toThrow(/^start must be/);
  });

  it('is the same from hours that were converted before', () => {
    const { weeklyHours, overrides, ...query } = tuesday({ stepMinutes: 15 });
    const hours = toWorkingHoursInMs(weeklyHours, overrides);
    const at = (time: string) => isStartOnGrid({ ...query, hours }, dublin('2026-12-01', time));
    expect([at('09:15'), at('09:20')]).toEqual([true, false]);
  });
});

describe('rooms', () => {
  const during = (from: string, until: string) => ({
    start: dublin('2026-12-01', from),
    end: dublin('2026-12-01', until),
  });

  it('shut a start out only when every one of them is taken', () => {
    const garden = { id: 'garden', busy: [during('09:00', '10:30')] };
    const street = { id: 'street', busy: [during('09:30', '11:00')] };
    const at = (rooms: (typeof garden)[]) =>
      listFreeStartsInRooms({ ...tuesday(), rooms }).map((start) => toWallTime('Europe/Dublin', start).time);
    expect(at([garden, street])).toEqual(['11:00']);
    expect(at([garden])).toEqual(['11:00']);
    expect(at([street])).toEqual(['11:00']);
    expect(at([garden, street, { id: 'loft', busy: [] }])).toEqual(['09:00', '10:00', '11:00']);
    expect(at([])).toEqual([]);
  });

  it('let a massage fit exactly between two others', () => {
    const garden = { id: 'garden', busy: [during('09:00', '10:00'), during('11:00', '12:00')] };
    const found = listFreeStartsInRooms({ ...tuesday(), bufferAfter: 0, rooms: [garden] });
    expect(found).toEqual([dublin('2026-12-01', '10:00')]);
  });

  it('must be free for the whole time: two half-free rooms do not make one', () => {
    const rooms = [
      { id: 'garden', busy: [during('09:00', '09:30')] },
      { id: 'street', busy: [during('09:30', '10:00')] },
    ];
    expect(listFreeStartsInRooms({ ...tuesday(), rooms })).toHaveLength(2);
  });

  it('with reversed busy time are refused by name', () => {
    const rooms = [{ id: 'garden', busy: [{ start: 2, end: 1 }] }];
    expect(() => listFreeStartsInRooms({ ...tuesday(), rooms })).toThrow(/^rooms\[0\]\.busy\[0\]\.end must be/);
  });

  it('leave the free starts at which some room is free over the padded interval', () => {
    const around = dublin('2026-12-01', '12:00');
    const rooms = fc.array(
      fc.record({ id: fc.constantFrom('garden', 'street'), busy: arbitraryBusyNear(around, 1, 12) }),
      {
        maxLength: 3,
      },
    );
    fc.assert(
      fc.property(
        arbitraryWeeklyHours,
        arbitraryOverridesNear(Math.floor(around / DAY)),
        arbitraryAppointmentTiming,
        rooms,
        (weekly, overrides, fit, all) => {
          const query = tuesday({ weeklyHours: weekly, overrides, ...fit, from: around - DAY, to: around + DAY });
          const expected = freeStarts(query).filter((start) => {
            const padded = {
              start: start - fit.bufferBefore * MINUTE,
              end: start + (fit.durationMinutes + fit.bufferAfter) * MINUTE,
            };
            return all.some(({ busy }) => !busy.some((interval) => intervalsOverlap(interval, padded)));
          });
          expect(listFreeStartsInRooms({ ...query, rooms: all })).toEqual(expected);
        },
      ),
      { numRuns: getPropertyTestRuns(1500) },
    );
  });
});

describe('working periods', () => {
  it('are cut off at the ends of the span that is asked about', () => {
    const { timeZone, weeklyHours, overrides } = tuesday();
    const startsBetween = (from: string, to: string) =>
      listWorkingPeriodsWithin({
        timeZone,
        weeklyHours,
        overrides,
        from: dublin('2026-12-01', from),
        to: dublin('2026-12-01', to),
      });
    expect(startsBetween('10:00', '11:00')).toEqual([during('10:00', '11:00')]);
    expect(startsBetween('08:00', '13:00')).toEqual([during('09:00', '12:00')]);
    expect(startsBetween('12:00', '13:00')).toEqual([]);
    expect(startsBetween('08:00', '09:00')).toEqual([]);
    expect(() => startsBetween('13:00', '12:00')).toThrow(/^to must be/);
  });
  const during = (from: string, until: string) => ({
    start: dublin('2026-12-01', from),
    end: dublin('2026-12-01', until),
  });
});

describe('the only therapists who will do', () => {
  it('are all therapists without a list, and none with an empty list', () => {
    expect([isAllowedTherapist(null, 'tom'), isAllowedTherapist(undefined, 'tom')]).toEqual([true, true]);
    expect([
      isAllowedTherapist(['mira'], 'tom'),
      isAllowedTherapist(['mira', 'tom'], 'tom'),
      isAllowedTherapist([], 'tom'),
    ]).toEqual([false, true, false]);
  });
});
