import { expect, it } from 'vitest';
import { listPlanDates } from '@/db/availability/plan-dates';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { leaseDueMessages, markSent } from '@/db/messages/outbox-delivery';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  linkViewer,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
} from '@/db/testing/test-requests';
import { listAlternativeTimes } from './alternative-times';
import { prepareMailFacts } from './prepare-mail-facts';

setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;

async function book(starts: number[]) {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts), { now: NOW });
  if (!booked.ok) throw new Error(booked.reason);
  await sendAll(NOW);
  return { uids: booked.appointments.map(({ uid }) => uid), link: linkViewer(booked.seriesId) };
}

/** Sends what is due, and returns the messages to Ana. */
async function sendAll(now: number) {
  const toAna = [];
  for (const { id, toEmail } of await leaseDueMessages('w', now, 50)) {
    const prepared = await prepareMailFacts(id, 'w', now);
    if (prepared && toEmail === 'ana@example.org') toAna.push(prepared.notification);
    if (prepared) await markSent(id, 'w', now);
  }
  return toAna;
}

const later = NOW + 10 * MINUTE;

it('offers three dates near the one that the practice cancelled, each of which can be booked', async () => {
  const starts = listWeeklyInstants('2026-12-01', '18:00', 3);
  const { uids } = await book(starts);
  const request = { uid: uids[1]!, scope: 'this' as const, reason: ' The heating is out. ' };
  expect(await cancelAppointments(OWNER_VIEWER, request, { now: NOW })).toMatchObject({ ok: true });
  const [notification] = await sendAll(later);
  expect(notification).toMatchObject({ kind: 'cancelled', reason: 'The heating is out.' });
  const instead = await listAlternativeTimes(notification!, later, async () => null);
  expect(new Set(instead.map(({ on }) => on)).size).toBe(3);
  for (const { serviceId, minutes, sessions, cadence, on, time, therapistId, start } of instead) {
    expect({ serviceId, minutes, sessions, cadence }).toEqual({
      serviceId: 'swedish',
      minutes: 60,
      sessions: 1,
      cadence: 'once',
    });
    expect(Math.abs(start - starts[1]!)).toBeLessThanOrEqual(8 * 24 * 60 * MINUTE);
    const plan = { serviceIds: [serviceId], minutes, cadence, from: on, firstOn: on, time, therapistId };
    expect(await listPlanDates(plan, later)).toMatchObject({ ok: true, dates: [{ startsAt: start, state: 'free' }] });
  }
  expect(instead.map(({ on }) => on)).not.toContain('2026-12-08');
});

it('offers whole plans in place of several dates', async () => {
  const { uids } = await book(listWeeklyInstants('2026-12-01', '18:00', 3));
  await cancelAppointments(OWNER_VIEWER, { uid: uids[0]!, scope: 'all' }, { now: NOW });
  const [notification] = await sendAll(later);
  const instead = await listAlternativeTimes(notification!, later, async () => null);
  expect(instead).toHaveLength(3);
  expect(instead).toMatchObject(Array(3).fill({ sessions: 3, cadence: 'weekly' }));
  // The practice has just said that it cannot give a massage on those days.
  for (const { on } of instead) expect(['2026-12-01', '2026-12-08', '2026-12-15']).not.toContain(on);
});

it('offers nothing to clients who cancelled themselves, or asked staff to', async () => {
  const { uids, link } = await book(listWeeklyInstants('2026-12-01', '18:00', 3));
  await cancelAppointments(link, { uid: uids[0]!, scope: 'this' }, { now: NOW });
  await cancelAppointments(OWNER_VIEWER, { uid: uids[1]!, scope: 'this', isForClient: true }, { now: NOW });
  const [notification] = await sendAll(later);
  expect(notification).toMatchObject({
    series: { appointments: [{ cancelledBy: 'client' }, { cancelledBy: 'client' }, { status: 'booked' }] },
  });
  expect(await listAlternativeTimes(notification!, later, async () => null)).toEqual([]);
});

it('refuses a cancellation reason that is too long', async () => {
  const { uids } = await book([instantAt('2026-12-01', '18:00')]);
  const request = { uid: uids[0]!, scope: 'this' as const, reason: 'x'.repeat(201) };
  expect(await cancelAppointments(OWNER_VIEWER, request, { now: NOW })).toMatchObject({
    ok: false,
    reason: 'invalid',
    issues: [{ path: ['reason'] }],
  });
});

it('offers only suitable therapists, and no massage that the client’s health answers withhold', async () => {
  const { uids, link } = await book(listWeeklyInstants('2026-12-01', '18:00', 3));
  await cancelAppointments(OWNER_VIEWER, { uid: uids[1]!, scope: 'this' }, { now: NOW });
  const [notification] = await sendAll(later);
  const request: string[] = [];
  const among = (therapistIds: string[] | null, ...held: string[]) =>
    listAlternativeTimes(notification!, later, async (seriesId) => {
      request.push(seriesId);
      return { trained: therapistIds && { therapistIds }, held: held.map((serviceId) => ({ serviceId })) };
    });
  const instead = await among(['aoife']);
  expect(new Set(instead.map(({ therapistId }) => therapistId))).toEqual(new Set(['aoife']));
  expect(await among(null, 'swedish')).toEqual([]);
  expect((await among(null, 'deep-tissue')).length).toBeGreaterThan(0);
  expect(new Set(request)).toEqual(new Set([link.role === 'link' && link.seriesId]));
  expect(instead.every(({ seriesId }) => seriesId === request[0])).toBe(true);
});
