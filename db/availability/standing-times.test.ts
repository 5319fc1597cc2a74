import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { claimCells, releaseHolds } from '@/db/claims/claims';
import { holidays, hoursOverrides } from '@/db/schema';
import { insertTestAppointment, insertTestTimeOff, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest } from '@/db/testing/test-requests';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { PlanQuery } from './plan-availability';
import { listPlanDates } from './plan-dates';
import { listStandingTimeClashes, listStandingTimes } from './standing-times';

const now = Date.UTC(2026, 10, 23, 9);
const { write } = setUpTestDatabase({ now });
const FIRST = '2026-12-01'; // a Tuesday

const eight = (more: Partial<PlanQuery> = {}): PlanQuery => ({
  serviceIds: Array(8).fill('swedish'),
  minutes: 60,
  cadence: 'weekly',
  from: FIRST,
  ...more,
});

async function standingTimesOf(query: PlanQuery) {
  const found = await listStandingTimes(query, now);
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return found.standingTimes;
}

async function tuesdaysAt(time: string, query: PlanQuery = eight()) {
  const found = await standingTimesOf(query);
  return found
    .filter((found) => found.firstOn === FIRST && found.time === time)
    .map((found) => [found.therapistId, found.open]);
}

async function planOf(more: Partial<Parameters<typeof listPlanDates>[0]> = {}) {
  const found = await listPlanDates({ ...eight(), firstOn: FIRST, time: '18:00', therapistId: 'mira', ...more }, now);
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return found.dates;
}

const results = ({ start, therapistId }: { start: number; therapistId: string }) => {
  const { on, time } = toWallTime('Europe/Dublin', start);
  return `${on} ${time} ${therapistId}`;
};

describe('regular times', () => {
  it('have a count of open dates for each weekday, time and therapist', async () => {
    await write((tx) => insertTestAppointment(tx, { id: 'a', on: '2026-12-15', time: '18:30', therapistId: 'mira' }));
    expect(await tuesdaysAt('18:00')).toEqual([
      ['jun', 8],
      ['mira', 7],
    ]);
  });

  it('with a limit are the best of all', async () => {
    await write((tx) => insertTestAppointment(tx, { id: 'a', on: '2026-12-15', time: '18:30', therapistId: 'mira' }));
    const all = await standingTimesOf(eight());
    for (const limit of [1, 7, 50, all.length + 1])
      expect(await standingTimesOf(eight({ limit }))).toEqual(all.slice(0, limit));
  });

  it('use only the therapists who are allowed, and so do the alternatives for a clash', async () => {
    expect(await tuesdaysAt('18:00', eight({ among: ['mira'] }))).toEqual([['mira', 8]]);
    expect(await tuesdaysAt('18:00', eight({ among: ['mira'], therapistId: 'jun' }))).toEqual([]);
    await write((tx) => insertTestAppointment(tx, { id: 'a', on: '2026-12-15', time: '18:30', therapistId: 'mira' }));
    const besides = async (more: Partial<PlanQuery>) =>
      new Set((await planOf(more))[2]!.alternatives.map(({ therapistId }) => therapistId));
    expect(await besides({})).toContain('jun');
    expect(await besides({ among: ['mira'] })).toEqual(new Set(['mira']));
  });

  it('keep 18:00 through both clock changes', async () => {
    const query = eight({ from: '2027-03-02', therapistId: 'mira' });
    const found = (await standingTimesOf(query)).find(
      ({ time, firstOn }) => time === '18:00' && firstOn === '2027-03-02',
    );
    expect(found?.open).toBe(8);
    expect(found?.occurrences.map(({ start }) => new Date(start).getUTCHours())).toEqual([
      18, 18, 18, 18, 17, 17, 17, 17,
    ]);
  });

  it('begin anywhere in the two weeks from the first day if the series is every two weeks', async () => {
    const found = await standingTimesOf(
      eight({ cadence: 'biweekly', therapistId: 'mira', serviceIds: ['swedish', 'swedish'] }),
    );
    expect([...new Set(found.map(({ firstOn }) => firstOn))].sort()).toEqual([
      '2026-12-01',
      '2026-12-02',
      '2026-12-03',
      '2026-12-07',
      '2026-12-08',
      '2026-12-09',
      '2026-12-10',
      '2026-12-14',
    ]);
  });

  it('use only therapists who give every massage, if the massages increase in pressure', async () => {
    const steps = ['swedish', 'sports', 'deep-tissue'];
    const found = await standingTimesOf(eight({ serviceIds: steps }));
    expect([...new Set(found.map(({ therapistId }) => therapistId))].sort()).toEqual(['jun', 'mira']);
  });

  it('check each session against the rooms that suit its massage', async () => {
    await write(async (tx) => {
      for (const on of ['2026-12-01', '2026-12-08']) {
        await insertTestAppointment(tx, { id: `g${on}`, on, time: '18:00', therapistId: 'tom', roomId: 'garden' });
        await insertTestAppointment(tx, { id: `s${on}`, on, time: '18:00', therapistId: 'aoife', roomId: 'street' });
      }
    });
    // Only the loft is free: it suits Swedish, but not deep tissue.
    const found = await standingTimesOf(eight({ serviceIds: ['swedish', 'deep-tissue'], therapistId: 'mira' }));
    const tuesday = found.find(({ firstOn, time }) => firstOn === FIRST && time === '18:00');
    expect(tuesday?.occurrences.map(({ open }) => open)).toEqual([true, false]);
  });

  it('have no open date beyond the booking window', async () => {
    const found = await standingTimesOf(eight({ from: '2027-12-14', therapistId: 'mira' }));
    const last = found.find(({ time, firstOn }) => time === '18:00' && firstOn === '2027-12-14');
    // 400 days from 23 November 2026 is 28 December 2027.
    expect(last?.occurrences.map(({ open }) => open)).toEqual([true, true, true, false, false, false, false, false]);
  });

  it.each([
    ['no massage', { serviceIds: [] }, ['serviceIds']],
    ['27 sessions', { serviceIds: Array(27).fill('swedish') }, ['serviceIds']],
    ['an unknown step', { serviceIds: ['swedish', 'x'] }, ['serviceIds', 1]],
    ['a length that is not sold', { minutes: -30 }, ['minutes']],
    ['an unknown cadence', { cadence: 'daily' as 'weekly' }, ['cadence']],
    ['once, eight times', { cadence: 'once' as const }, ['serviceIds']],
    ['an invalid day', { from: 'soon' }, ['from']],
    [
      'a therapist who gives only some steps',
      { serviceIds: ['swedish', 'sports', 'deep-tissue'], therapistId: 'tom' },
      ['therapistId'],
    ],
  ])('refuses %s and says where', async (_what, more, path) => {
    expect(await listStandingTimes(eight(more), now)).toMatchObject({ ok: false, issues: [{ path }] });
  });
});

describe('the dates of a plan', () => {
  it('have a position, start and end, and a massage', async () => {
    const dates = await planOf({ serviceIds: ['swedish', 'swedish', 'sports'] });
    expect(dates.map(({ position, on, serviceId, state }) => [position, on, serviceId, state])).toEqual([
      [1, '2026-12-01', 'swedish', 'free'],
      [2, '2026-12-08', 'swedish', 'free'],
      [3, '2026-12-15', 'sports', 'free'],
    ]);
    expect(dates[0]).toMatchObject({
      startsAt: instantAt(FIRST, '18:00'),
      endsAt: instantAt(FIRST, '19:00'),
      alternatives: [],
    });
  });

  it('have a reason for each clash', async () => {
    await write(async (tx) => {
      await insertTestAppointment(tx, { id: 'a', on: '2026-12-01', time: '17:15', therapistId: 'mira' });
      await insertTestTimeOff(tx, 'mira', ['2026-12-07', '00:00'], ['2026-12-11', '00:00']);
      await insertTestTimeOff(tx, 'mira', ['2026-12-15', '13:00'], ['2026-12-15', '20:00']);
      await tx.insert(hoursOverrides).values([
        { therapistId: 'mira', on: '2026-12-22', hours: [['12:00', '13:00']], timeZone: 'Europe/Dublin' },
        { therapistId: 'mira', on: '2026-12-29', hours: [], timeZone: 'Europe/Dublin' },
      ]);
      await tx.insert(holidays).values({ on: '2027-01-05', name: 'Day of the Test' });
      await insertTestAppointment(tx, {
        id: 'g',
        on: '2027-01-12',
        time: '18:00',
        therapistId: 'tom',
        roomId: 'garden',
      });
      await insertTestAppointment(tx, {
        id: 's',
        on: '2027-01-12',
        time: '18:15',
        therapistId: 'jun',
        roomId: 'street',
      });
      await insertTestAppointment(tx, {
        id: 'l',
        on: '2027-01-12',
        time: '17:30',
        therapistId: 'aoife',
        roomId: 'loft',
      });
    });
    const dates = await planOf();
    expect(dates.map(({ reason, reasonDetail }) => [reason, reasonDetail])).toEqual([
      ['booked', undefined],
      ['time_off', 'until Thu 10 Dec'],
      ['time_off', 'from 13:00 to 20:00'],
      ['closed', 'from 13:00'],
      ['closed', 'all day'],
      ['holiday', 'Day of the Test'],
      ['room', undefined],
      [undefined, undefined],
    ]);
  });

  it('report too soon and too far before any other reason', async () => {
    const soon = await planOf({ from: '2026-11-17', firstOn: '2026-11-17', serviceIds: ['swedish', 'swedish'] });
    expect(soon.map(({ reason }) => reason)).toEqual(['too_soon', undefined]);
    const far = await planOf({ from: '2027-12-28', firstOn: '2027-12-28', serviceIds: ['swedish', 'swedish'] });
    expect(far.map(({ reason }) => reason)).toEqual([undefined, 'too_far']);
  });

  it('have alternatives on the same day, on the days around, and with another therapist at the same time', async () => {
    await write((tx) => insertTestAppointment(tx, { id: 'a', on: '2026-12-08', time: '18:00', therapistId: 'mira' }));
    const [, second] = await planOf();
    expect(second!.alternatives.map(results)).toEqual([
      '2026-12-08 16:45 mira',
      '2026-12-09 18:00 mira',
      '2026-12-08 18:00 jun',
    ]);
  });

  it('have no alternative that another date of the series already takes', async () => {
    const days = { cadence: 'weekly' as const, serviceIds: ['swedish', 'swedish'] };
    await write((tx) => insertTestAppointment(tx, { id: 'a', on: '2026-12-08', time: '18:00', therapistId: 'mira' }));
    const dates = await planOf(days);
    const free = dates.filter(({ state }) => state === 'free').map(({ startsAt }) => startsAt);
    expect(dates[1]!.alternatives.filter(({ start }) => free.includes(start))).toEqual([]);
  });

  it('agree with the grid about every date, whatever is taken', async () => {
    await write(async (tx) => {
      await insertTestAppointment(tx, { id: 'a', on: '2026-12-01', time: '17:15', therapistId: 'mira' });
      await insertTestAppointment(tx, { id: 'b', on: '2026-12-15', time: '18:45', therapistId: 'jun', roomId: 'loft' });
      await insertTestTimeOff(tx, 'jun', ['2026-12-22', '15:00'], ['2026-12-23', '00:00']);
      await tx.insert(holidays).values({ on: '2026-12-25', name: 'Christmas Day' });
      const held = {
        ownerUid: 'h',
        kind: 'hold' as const,
        start: instantAt('2026-12-08', '18:00'),
        end: instantAt('2026-12-08', '19:15'),
      };
      await claimCells(tx, [{ ...held, resourceId: 'therapist:mira', expiresAt: now + 60_000 }], now);
    });
    const query = eight({ serviceIds: Array(4).fill('sports') });
    const found = (await standingTimesOf(query)).filter((_, n) => n % 7 === 0);
    for (const { firstOn, time, therapistId, occurrences } of found) {
      const dates = await planOf({ ...query, firstOn, time, therapistId });
      expect(dates.map(({ state }) => state === 'free')).toEqual(occurrences.map(({ open }) => open));
    }
    expect(found.length).toBeGreaterThan(20);
    await write((tx) => releaseHolds(tx, ['h']));
  });

  it.each([
    ['an invalid time', { time: '25:00' }, ['time']],
    ['an invalid first day', { firstOn: '2026-13-01' }, ['firstOn']],
    ['an unknown therapist', { therapistId: 'nobody' }, ['therapistId']],
  ])('refuses %s and says where', async (_what, more, path) => {
    const query = { ...eight(), firstOn: FIRST, time: '18:00', therapistId: 'mira', ...more };
    expect(await listPlanDates(query, now)).toMatchObject({ ok: false, issues: [{ path }] });
  });
});

describe('the clashes of many regular times', () => {
  it('have the same reasons and alternatives as in each plan', async () => {
    await write(async (tx) => {
      await insertTestAppointment(tx, { id: 'a', on: '2026-12-08', time: '18:00', therapistId: 'mira' });
      await tx.insert(holidays).values({ on: '2026-12-25', name: 'Christmas Day' });
    });
    const found = (await standingTimesOf(eight())).filter(({ open }) => open < 8).slice(0, 12);
    const clashes = await listStandingTimeClashes(found, eight(), now);
    expect(clashes.map(({ standingTime }) => standingTime)).toEqual(found);
    for (const { standingTime, clashes: messages } of clashes) {
      const { firstOn, time, therapistId } = standingTime;
      const dates = (await planOf({ firstOn, time, therapistId })).filter(({ state }) => state === 'clash');
      expect(messages).toEqual(
        dates.map(({ endsAt: _, moveRefused: _m, serviceId: __, therapistId: ___, state: ____, ...clash }) => clash),
      );
    }
  });

  it('are empty when every date is open', async () => {
    const found = (await standingTimesOf(eight({ therapistId: 'mira' }))).slice(0, 3);
    expect((await listStandingTimeClashes(found, eight(), now)).map(({ clashes }) => clashes)).toEqual([[], [], []]);
  });
});

describe('moving one date of a plan', () => {
  const to = (on: string, time: string, therapistId = 'mira') => ({
    moves: [{ position: 2, startsAt: instantAt(on, time), therapistId }],
  });
  const refusedFor = async (moved: ReturnType<typeof to>) => (await planOf(moved))[1]?.moveRefused;

  it('is possible to a free time', async () => {
    expect(await refusedFor(to('2026-12-09', '18:00'))).toBeNull();
  });
  it.each<[string, ReturnType<typeof to>, string]>([
    ['at night', to('2026-12-09', '03:00'), 'closed'],
    ['off the grid', to('2026-12-09', '18:07'), 'closed'],
    ['with nobody', to('2026-12-09', '18:00', 'nobody'), 'closed'],
    ['in the past', to('2020-12-09', '18:00'), 'too_soon'],
    ['years ahead', to('2037-12-09', '18:00'), 'too_far'],
  ])('is refused for a time %s', async (_, moved, reason) => expect(await refusedFor(moved)).toBe(reason));
  it('is refused for a therapist who does not give that massage', async () => {
    const deep = { serviceIds: Array(8).fill('deep-tissue'), therapistId: 'jun', time: '15:30' };
    const found = await planOf({ ...deep, ...to('2026-12-09', '15:30', 'aoife') });
    expect(found[1]?.moveRefused).toBe('closed');
  });
  it('is refused for a time at which the therapist is booked', async () => {
    await write((tx) => insertTestAppointment(tx, { id: 'a', on: '2026-12-09', time: '18:30', therapistId: 'mira' }));
    expect(await refusedFor(to('2026-12-09', '18:00'))).toBe('booked');
  });
});

describe('a local hour that occurs twice', () => {
  it('40 is listed, planned and booked both times, by two people', async () => {
    await write((tx) =>
      tx
        .insert(hoursOverrides)
        .values({ therapistId: 'mira', on: '2027-10-31', hours: [['01:00', '04:00']], timeZone: 'Europe/Dublin' }),
    );
    const once = eight({
      serviceIds: ['swedish'],
      minutes: 30,
      cadence: 'once',
      from: '2027-10-31',
      therapistId: 'mira',
    });
    const listed = (await standingTimesOf(once)).filter(({ firstOn }) => firstOn === '2027-10-31');
    expect(listed.map(({ time }) => time)).toEqual(expect.arrayContaining(['01:00', '01:00~2', '02:00']));
    const starts = [];
    for (const time of ['01:00', '01:00~2']) {
      const [date] = await planOf({ ...once, firstOn: '2027-10-31', time });
      expect(date).toMatchObject({ state: 'free' });
      starts.push(date!.startsAt);
    }
    expect(starts[1]! - starts[0]!).toBe(3_600_000);
    for (const startsAt of starts) {
      const request = makeSeriesRequest(startsAt, { minutes: 30 });
      expect(await bookSeries(ANONYMOUS_VIEWER, request, { now })).toMatchObject({ ok: true });
    }
    expect((await standingTimesOf(once)).map(({ time }) => time)).not.toContain('01:00~2');
  });
});
