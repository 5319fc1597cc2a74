import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { listBookableStarts } from '@/db/availability/bookable-starts';
import { listPlanDates } from '@/db/availability/plan-dates';
import { listPossibleMoveTimes } from '@/db/availability/possible-move-times';
import { listStandingTimes } from '@/db/availability/standing-times';
import { appointments, confirmedAddresses, rooms, services, therapistPrices, therapists } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  clientViewer,
  linkViewer,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
} from '@/db/testing/test-requests';
import { bookSeries } from './book-series';
import { extendSeries } from './extend-series';
import { holdTimes } from './holds';
import { moveAppointments } from './move-appointments';
import { approveRequest, listPendingRequestsForStaff } from './unconfirmed-bookings';

// The booking rules of a massage, a room and a therapist. They bind clients; staff may book anything.

const db = setUpTestDatabase({ now: NOW });
const SIX = instantAt('2026-12-01', '18:00');
const HOUR = 3_600_000;

const set = (change: Partial<typeof services.$inferInsert>, id = 'swedish') =>
  db.write((tx) => tx.update(services).set(change).where(eq(services.id, id)));
const cap = (change: Partial<typeof therapists.$inferInsert>) =>
  db.write((tx) => tx.update(therapists).set(change).where(eq(therapists.id, 'mira')));
const book = (request = makeSeriesRequest(SIX), viewer: typeof ANONYMOUS_VIEWER = ANONYMOUS_VIEWER) =>
  bookSeries(viewer, request, { now: NOW });
const messageOf = async (result: ReturnType<typeof book>) => {
  const refused = await result;
  return !refused.ok && refused.reason === 'invalid' ? refused.issues : refused;
};
const openings = async (other: { isForStaff?: boolean; minutes?: number; serviceId?: string } = {}) => {
  const query = { serviceId: 'swedish', minutes: 60, from: '2026-12-01', days: 1, therapistId: 'mira', ...other };
  const found = await listBookableStarts(query, NOW);
  if (!found.ok) return found.issues.map(({ message }) => message);
  return found.openings.map(({ startsAt }) => new Date(startsAt).toISOString().slice(11, 16));
};
const standing = { serviceIds: ['swedish'], minutes: 60, cadence: 'once' as const, from: '2026-12-01' };
const standingOn = async (on: string) => {
  const found = await listStandingTimes({ ...standing, therapistId: 'mira' }, NOW);
  return found.ok ? found.standingTimes.filter(({ firstOn }) => firstOn === on).map(({ time }) => time) : found;
};

describe('a massage that is booked by phone', () => {
  it('is not offered, held or booked on the site, but can be booked by staff', async () => {
    await set({ booking: 'phone' });
    const words = 'This massage is booked by phone. Please call us.';
    expect(await openings()).toEqual([words]);
    expect(await messageOf(book())).toMatchObject([{ path: ['appointments', 0, 'serviceId'], message: words }]);
    const hold = { cadence: 'once' as const, minutes: 60, appointments: makeSeriesRequest(SIX).appointments };
    expect(await holdTimes(hold, { key: 'k', browser: 'b', sender: 's' }, { now: NOW })).toMatchObject({ ok: false });
    expect(await openings({ isForStaff: true })).toContain('18:00');
    expect(await book(makeSeriesRequest(SIX), OWNER_VIEWER)).toMatchObject({ ok: true });
  });

  it('cannot be extended by its client either', async () => {
    const booked = await book(makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 2)));
    if (!booked.ok) throw new Error(JSON.stringify(booked));
    await set({ booking: 'phone' });
    const more = { seriesId: booked.seriesId, sessions: 1 };
    expect(await extendSeries(linkViewer(booked.seriesId), more, { now: NOW })).toMatchObject({ reason: 'invalid' });
    expect(await extendSeries(OWNER_VIEWER, more, { now: NOW })).toMatchObject({ ok: true });
  });
});

describe('a massage for clients who have come before', () => {
  it('is refused to an unknown address, with a plain explanation', async () => {
    await set({ booking: 'known' });
    expect(await messageOf(book())).toMatchObject([
      { path: ['client', 'email'], message: expect.stringContaining('who have come before') },
    ]);
    expect(await db.connection().reader.select().from(appointments)).toEqual([]);
    expect(await book(makeSeriesRequest(SIX), OWNER_VIEWER)).toMatchObject({ ok: true });
  });

  it('can be booked by a confirmed address, and by one with a past visit', async () => {
    await set({ booking: 'known' });
    await db.write((tx) =>
      tx.insert(confirmedAddresses).values({ email: 'ana@example.org', way: 'link', confirmedAt: NOW }),
    );
    expect(await book()).toMatchObject({ ok: true });
    const past = { id: 'past', on: '2026-11-03', time: '18:00', therapistId: 'mira', status: 'completed' as const };
    await db.write((tx) => insertTestAppointment(tx, past));
    const nia = { name: 'Nia Walsh', email: 'nia.walsh@example.org' };
    expect(await book(makeSeriesRequest(instantAt('2026-12-02', '18:00'), { client: nia }))).toMatchObject({
      ok: true,
    });
  });
});

describe('a massage that the practice approves', () => {
  it('waits for the practice even for a confirmed client, and is booked once approved', async () => {
    await set({ booking: 'approval' });
    await db.write((tx) =>
      tx.insert(confirmedAddresses).values({ email: 'ana@example.org', way: 'link', confirmedAt: NOW }),
    );
    const request = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX), { now: NOW, sender: '192.0.2.7' });
    expect(request).toMatchObject({ ok: false, reason: 'to_approve' });
    expect(await db.connection().reader.select().from(appointments)).toEqual([]);
    const [waiting] = await listPendingRequestsForStaff(OWNER_VIEWER, NOW);
    expect(await approveRequest(OWNER_VIEWER, waiting!.id, NOW)).toEqual({ ok: true });
    expect(await db.connection().reader.select().from(appointments)).toHaveLength(1);
  });
});

describe('a massage’s own notice, booking window and latest start', () => {
  it('apply to openings, standing times, plans and bookings, but not to staff', async () => {
    await set({ latestStart: '17:30' });
    expect((await openings()).at(-1)).toBe('17:30');
    expect((await openings({ isForStaff: true })).at(-1)).toBe('19:00');
    expect(await standingOn('2026-12-01')).not.toContain('18:00');
    const plan = await listPlanDates({ ...standing, firstOn: '2026-12-01', time: '18:00', therapistId: 'mira' }, NOW);
    expect(plan).toMatchObject({ dates: [{ state: 'clash', reason: 'closed' }] });
    expect(plan.ok && plan.dates[0]!.alternatives.every(({ start }) => start <= instantAt('2026-12-04', '17:30'))).toBe(
      true,
    );
    expect(await messageOf(book())).toMatchObject([{ path: ['appointments', 0, 'startsAt'] }]);
    expect(await book(makeSeriesRequest(SIX), OWNER_VIEWER)).toMatchObject({ ok: true });
  });

  it('replace the practice’s rules, whether shorter or longer', async () => {
    await set({ noticeMinutes: (SIX - NOW) / 60_000 + 60, windowDays: 9 });
    expect(await openings()).toEqual(['19:00']);
    expect(await messageOf(book())).toMatchObject([{ message: 'This time is too soon to be booked.' }]);
    expect(await messageOf(book(makeSeriesRequest(instantAt('2026-12-03', '18:00'))))).toMatchObject([
      { message: 'This time is too far ahead to be booked.' },
    ]);
    await set({ noticeMinutes: 0 }, 'sports');
    const soon = makeSeriesRequest(instantAt('2026-11-24', '12:00'), { serviceId: 'sports' });
    expect(await bookSeries(ANONYMOUS_VIEWER, soon, { now: instantAt('2026-11-24', '11:45') })).toMatchObject({
      ok: true,
    });
  });

  it('apply to moves by the client too', async () => {
    const booked = await book(makeSeriesRequest(instantAt('2026-12-01', '12:00')));
    if (!booked.ok) throw new Error(JSON.stringify(booked));
    await set({ latestStart: '17:30' });
    const { uid } = booked.appointments[0]!;
    const own = linkViewer(booked.seriesId);
    const times = (await listPossibleMoveTimes(own, { uid, from: '2026-12-01', days: 1 }, NOW))!;
    expect(times.at(-1)).toBe(instantAt('2026-12-01', '17:30'));
    const late = { uid, scope: 'this' as const, startsAt: SIX };
    expect(await moveAppointments(own, late, { now: NOW })).toMatchObject({ reason: 'invalid' });
    expect(await moveAppointments(OWNER_VIEWER, late, { now: NOW })).toMatchObject({ ok: true });
  });
});

describe('a therapist’s caps', () => {
  it('close the rest of a full day to clients, but not to staff', async () => {
    await cap({ capDayMinutes: 120 });
    expect(await book(makeSeriesRequest(instantAt('2026-12-01', '12:00')))).toMatchObject({ ok: true });
    expect(await openings({ minutes: 60 })).toContain('18:00');
    expect(await openings({ minutes: 90 })).toEqual([]);
    expect(await book(makeSeriesRequest(instantAt('2026-12-01', '16:00')))).toMatchObject({ ok: true });
    expect(await openings()).toEqual([]);
    expect(await standingOn('2026-12-01')).toEqual([]);
    expect(await standingOn('2026-12-02')).toContain('18:00');
    expect(await book()).toMatchObject({ ok: false, reason: 'taken', clashes: [{ reason: 'booked' }] });
    expect(await openings({ isForStaff: true })).toContain('18:00');
    expect(await book(makeSeriesRequest(SIX), OWNER_VIEWER)).toMatchObject({ ok: true });
  });

  it('count deep tissue separately, and the dates of one request together', async () => {
    await cap({ capDeepWeekMinutes: 60 });
    const two = [instantAt('2026-12-01', '12:00'), instantAt('2026-12-02', '12:00')];
    expect(await book(makeSeriesRequest(two, { serviceId: 'deep-tissue' }))).toMatchObject({
      ok: false,
      reason: 'taken',
    });
    expect(await book(makeSeriesRequest(two))).toMatchObject({ ok: true });
    const deep = makeSeriesRequest(instantAt('2026-12-01', '18:00'), { serviceId: 'deep-tissue' });
    expect(await book(deep)).toMatchObject({ ok: true });
    expect(await openings({ serviceId: 'deep-tissue' })).toEqual([]);
    expect((await openings()).length).toBeGreaterThan(0);
  });

  it('give a date with any therapist to one who has room', async () => {
    await cap({ capDayMinutes: 0 });
    const anyone = makeSeriesRequest(SIX, { therapistId: 'any' });
    const booked = await book(anyone);
    expect(booked).toMatchObject({ ok: true, appointments: [{ therapistId: 'jun' }] });
  });

  it('let a client move a massage within a day that it fills', async () => {
    await cap({ capDayMinutes: 60 });
    const booked = await book();
    if (!booked.ok) throw new Error(JSON.stringify(booked));
    const uid = booked.appointments[0]!.uid;
    const own = clientViewer('ana@example.org');
    const times = (await listPossibleMoveTimes(own, { uid, from: '2026-12-01', days: 1 }, NOW))!;
    expect(times).toContain(SIX - HOUR);
    const earlier = { uid, scope: 'this' as const, startsAt: SIX - HOUR };
    expect(await moveAppointments(own, earlier, { now: NOW })).toMatchObject({ ok: true });
  });

  it('hold when two clients book different hours of the day at once', async () => {
    await cap({ capDayMinutes: 60 });
    const hours = ['12:00', '14:00', '16:00', '18:00'];
    const results = await Promise.all(hours.map((hour) => book(makeSeriesRequest(instantAt('2026-12-01', hour)))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe('the price', () => {
  it('is the therapist’s own where they have one, and stays as it was booked', async () => {
    const own = { therapistId: 'mira', serviceId: 'swedish', minutes: 60, priceCents: 7200 };
    await db.write((tx) => tx.insert(therapistPrices).values(own));
    const booked = await book();
    expect(await book(makeSeriesRequest(SIX, { therapistId: 'jun' }))).toMatchObject({ ok: true });
    await db.write((tx) => tx.delete(therapistPrices));
    const rows = await db.connection().reader.select().from(appointments);
    expect(rows.map(({ therapistId, priceCents }) => [therapistId, priceCents]).sort()).toEqual([
      ['jun', 6800],
      ['mira', 7200],
    ]);
    expect(booked).toMatchObject({ ok: true });
  });
});

it('a retired room is not given to new appointments', async () => {
  await db.write((tx) => tx.update(rooms).set({ isActive: false }).where(eq(rooms.id, 'garden')));
  await book();
  expect(await db.connection().reader.select().from(appointments)).toMatchObject([{ roomId: 'street' }]);
});
