import { describe, expect, it } from 'vitest';
import { audit } from '@/db/audit';
import { listBookableStarts } from '@/db/availability/bookable-starts';
import { listPlanDates } from '@/db/availability/plan-dates';
import { browserWideHoldKey } from '@/db/claims/hold-names';
import { reader } from '@/db/connection/database-client';
import { CLAIM_KINDS, claims, practices } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { bookSeries } from './book-series';
import { findHold, type HoldOwner, holdTimes } from './holds';
import { moveAppointments } from './move-appointments';

const { write } = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const TUESDAYS = listWeeklyInstants('2026-12-01', '18:00', 3);
const ana: HoldOwner = { key: 'plan-of-ana', browser: 'browser-of-ana', sender: '198.51.100.1' };
const ben: HoldOwner = { key: 'plan-of-ben', browser: 'browser-of-ben', sender: '198.51.100.2' };

const hold = (starts: number | number[], holder: HoldOwner, now = NOW) => {
  const { client: _, idempotencyKey: __, ...request } = makeSeriesRequest(starts);
  return holdTimes(request, holder, { now });
};
const heldCells = async () =>
  (await (await reader()).select().from(claims)).filter(({ kind }) => kind === CLAIM_KINDS.hold).length;
const cellsOfOne = 2 * 15; // therapist and room, 75 minutes of 5 each

describe('a hold', () => {
  it('blocks every date for ten minutes', async () => {
    expect(await hold(TUESDAYS, ana)).toEqual({ ok: true, expiresAt: NOW + 10 * MINUTE, dates: 3 });
    expect(await heldCells()).toBe(3 * cellsOfOne);
    expect(await findHold(ana.key, { people: 1, now: NOW })).toEqual({ expiresAt: NOW + 10 * MINUTE, dates: 3 });
    expect(await findHold(ana.key, { people: 1, now: NOW + 10 * MINUTE })).toBeNull();
  });
  it('keeps others from its dates only, not from other dates of their plan', async () => {
    await hold(TUESDAYS, ana);
    expect(await hold(TUESDAYS[1]!, ben)).toEqual({ ok: false, reason: 'taken' });
    const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-08', '18:00', 3)), {
      now: NOW,
    });
    expect(booked).toMatchObject({ ok: false, reason: 'taken', clashes: [{ position: 1 }, { position: 2 }] });
  });
  it('prevents an appointment from being moved onto it', async () => {
    const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-02', '18:00')), {
      now: NOW,
    });
    if (!booked.ok) throw new Error('not booked');
    await hold(TUESDAYS, ana);
    const move = { uid: booked.appointments[0]!.uid, startsAt: TUESDAYS[0]!, scope: 'this' as const };
    expect(await moveAppointments(OWNER_VIEWER, move, { now: NOW })).toMatchObject({ ok: false, reason: 'taken' });
  });
  it('covers all dates of a plan or none', async () => {
    await hold(TUESDAYS[1]!, ben);
    expect(await hold(TUESDAYS, ana)).toEqual({ ok: false, reason: 'taken' });
    expect(await heldCells()).toBe(cellsOfOne);
  });
  it('ends when its time is up', async () => {
    await hold(TUESDAYS, ana);
    expect(await hold(TUESDAYS, ben, NOW + 10 * MINUTE)).toMatchObject({ ok: true });
    expect(await findHold(ana.key, { people: 1, now: NOW })).toBeNull();
  });
  it('is refused for what could not be booked', async () => {
    expect(await hold(instantAt('2026-12-01', '03:00'), ana)).toMatchObject({ ok: false, reason: 'invalid' });
    expect(await heldCells()).toBe(0);
  });
});

describe('the owner of a hold', () => {
  it('is shown the time as free, and others see it as taken', async () => {
    await hold(TUESDAYS, ana);
    const plan = {
      serviceIds: ['swedish', 'swedish', 'swedish'],
      minutes: 60,
      cadence: 'weekly' as const,
      from: '2026-12-01',
      firstOn: '2026-12-01',
      time: '18:00',
      therapistId: 'mira',
    };
    const states = async (heldBy?: string) => {
      const found = await listPlanDates(heldBy ? { ...plan, heldBy } : plan, NOW);
      return found.ok && found.dates.map(({ state }) => state);
    };
    expect(await states(ana.key)).toEqual(['free', 'free', 'free']);
    expect(await states(browserWideHoldKey(ana.browser)), 'to another plan of the same browser').toEqual([
      'free',
      'free',
      'free',
    ]);
    expect(await states(browserWideHoldKey(ben.browser))).toEqual(['clash', 'clash', 'clash']);
    expect(await states(ben.key)).toEqual(['clash', 'clash', 'clash']);
    expect(await states()).toEqual(['clash', 'clash', 'clash']);
    const day = { serviceId: 'swedish', minutes: 60, from: '2026-12-01', days: 1, therapistId: 'mira' };
    const openings = await listBookableStarts(day, NOW);
    expect(openings.ok && openings.openings.some(({ startsAt }) => startsAt === TUESDAYS[0])).toBe(false);
  });
  it('books it with its plan, and nothing stays held', async () => {
    await hold(TUESDAYS, ana);
    const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(TUESDAYS), { now: NOW, heldBy: ana.key });
    expect(booked.ok).toBe(true);
    expect(await heldCells()).toBe(0);
    expect(await audit()).toEqual([]);
  });
  it('keeps it when the plan could not be booked', async () => {
    await hold(TUESDAYS, ana);
    const takenStart = instantAt('2026-12-22', '18:00');
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(takenStart), { now: NOW });
    const refused = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest([...TUESDAYS, takenStart]), {
      now: NOW,
      heldBy: ana.key,
    });
    expect(refused).toMatchObject({ ok: false, reason: 'taken', clashes: [{ position: 4 }] });
    expect(await heldCells()).toBe(3 * cellsOfOne);
  });
});

describe('one browser', () => {
  const plan = (k: number): HoldOwner => ({ key: `plan-${k}`, browser: 'one-browser', sender: '198.51.100.3' });
  const times = ['12:15', '14:00', '16:00', '18:00'].map((time) => instantAt('2026-12-01', time));

  it('holds three plans, and a fourth releases the oldest', async () => {
    for (const [k, time] of times.entries()) expect(await hold(time, plan(k), NOW + k)).toMatchObject({ ok: true });
    const live = await Promise.all(times.map((_, k) => findHold(plan(k).key, { people: 1, now: NOW + 3 })));
    expect(live.map((found) => found !== null)).toEqual([false, true, true, true]);
  });
  it('replaces its hold when it chooses another time for one plan', async () => {
    await hold(times[0]!, plan(0));
    await hold(times[1]!, plan(0));
    expect(await heldCells()).toBe(cellsOfOne);
    expect(await hold(times[0]!, ben)).toMatchObject({ ok: true });
  });
  it('replaces its own overlapping hold with that of another plan', async () => {
    await hold(TUESDAYS, plan(0));
    expect(await hold(TUESDAYS[1]!, plan(1))).toMatchObject({ ok: true });
    expect(await findHold(plan(0).key, { people: 1, now: NOW })).toBeNull();
  });
});

describe('many holds at once', () => {
  it('hold one start once', async () => {
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, k) =>
        hold(TUESDAYS, { key: `key-${k}`, browser: `browser-${k}`, sender: `198.51.100.${k}` }),
      ),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe('holds cannot fill the calendar when requested', () => {
  const days = [1, 2, 3, 4, 7, 8, 9, 10].flatMap((day) =>
    ['12:15', '14:00', '16:00', '18:00'].map((time) => instantAt(`2026-12-${String(day).padStart(2, '0')}`, time)),
  );
  const heldMinutes = async () => (await heldCells()) * 2.5; // therapist and room, 5 each

  it('by one sender who drops the cookie', async () => {
    const request = days.map(
      (start, k) => () => hold(start, { key: `k${k}`, browser: `b${k}`, sender: '203.0.113.9' }),
    );
    await Promise.all(request.map((call) => call()));
    expect(await heldMinutes()).toBeGreaterThan(0);
    expect(await heldMinutes()).toBeLessThanOrEqual(420);
    expect(await hold(instantAt('2026-12-15', '18:00'), ben)).toMatchObject({ ok: true });
  });
  it('and the second reader of one network still gets their first date', async () => {
    const one = { ...ana, sender: '203.0.113.9' };
    const other = { ...ben, sender: '203.0.113.9' };
    expect(await hold(listWeeklyInstants('2026-12-01', '18:00', 4), one)).toMatchObject({ ok: true, dates: 3 });
    expect(await hold(listWeeklyInstants('2026-12-02', '18:00', 4), other)).toMatchObject({ ok: true, dates: 1 });
    expect(await findHold(one.key, { people: 1, now: NOW })).toMatchObject({ dates: 3 });
    expect(await findHold(other.key, { people: 1, now: NOW })).toMatchObject({ dates: 1 });
    expect(await heldMinutes()).toBe(4 * 75);
  });
  it('from the many IPv6 networks of one customer: a /56 holds 4 times as much, a /48 16 times', async () => {
    await write((tx) => tx.update(practices).set({ heldMinutesPerSender: 75, heldDayPercent: 100 }));
    const starts = ['12:15', '14:00', '16:00', '18:00'].flatMap((time) => listWeeklyInstants('2026-12-01', time, 10));
    const holdFrom = async (senders: string[]) => {
      const results = [];
      for (const sender of senders)
        results.push(await hold(starts.shift()!, { key: `k${starts.length}`, browser: sender, sender }));
      return results.filter(({ ok }) => ok).length;
    };
    const networks = (from: number, to: number, text: (k: number) => string) =>
      Array.from({ length: to - from + 1 }, (_, k) => text(from + k));
    expect(await holdFrom(networks(1, 5, (k) => `2001:db8:1:${k}::/64`))).toBe(4);
    expect(await holdFrom(networks(1, 12, (k) => `2001:db8:1:${k.toString(16)}00::/64`))).toBe(12);
    expect(await holdFrom(['2001:db8:1:d00::/64'])).toBe(0);
    expect(await holdFrom(['2001:db8:2:1::/64', '203.0.113.7'])).toBe(2);
  });
  it('by many senders for one therapist’s day', async () => {
    for (const [k, time] of ['12:15', '14:00', '16:00', '18:00'].entries())
      await hold(instantAt('2026-12-01', time), { key: `k${k}`, browser: `b${k}`, sender: `203.0.113.${k}` });
    expect(await heldMinutes()).toBeGreaterThan(0);
    expect(await heldMinutes()).toBeLessThanOrEqual(240);
  });
  it('by one plan of many dates, of which only three are held', async () => {
    expect(await hold(listWeeklyInstants('2026-12-01', '18:00', 6), ana)).toMatchObject({ ok: true });
    expect(await heldCells()).toBe(3 * cellsOfOne);
  });
});
