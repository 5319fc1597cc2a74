import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeConfirmToken, readConfirmToken } from '@/db/access/emailed-link-tokens';
import { findManageLinkViewer } from '@/db/access/manage-tokens';
import { decryptBookingNote } from '@/db/appointments/booking-health-encryption';
import type { Connection } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { getNotificationFactsToSend } from '@/db/delivery/notification-facts-to-send';
import { appointments, bookingRequests, outbox, practices, series } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  linkViewer,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { runOnTwoConnections } from '@/db/testing/two-connections';
import { completeAppointment } from './appointment-outcomes';
import { bookSeries } from './book-series';
import { cancelAppointments } from './cancel-appointments';
import { confirmBookingByLink, findConfirmLinkTarget } from './confirm-booking';
import { extendSeries } from './extend-series';
import { findHold, holdTimes } from './holds';
import { moveAppointments } from './move-appointments';
import {
  approveRequest,
  cancelUnconfirmedOfSender,
  confirmSeriesByStaff,
  declineRequest,
  listPendingRequestsForStaff,
  listUnconfirmedGroupedBySender,
} from './unconfirmed-bookings';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SENDER = '203.0.113.9';
const THERAPISTS = ['mira', 'tom', 'aoife', 'jun'];

const someone = (name: string) => ({ name, email: `${name}@example.org` });
const book = (
  startsAt: number | number[],
  {
    sender = SENDER,
    now = NOW,
    ...other
  }: Parameters<typeof makeSeriesRequest>[1] & { sender?: string; now?: number } = {},
) => bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(startsAt, other), { now, sender });
async function booked(...request: Parameters<typeof book>) {
  const result = await book(...request);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result;
}
const openSessions = async () =>
  (await (await reader()).select().from(appointments)).filter(({ status }) => status === 'booked').length;
const sent = async () =>
  (await (await reader()).select().from(outbox)).map(({ facts, toEmail }) => ({ facts, toEmail }));
const waitingIds = async () => (await (await reader()).select().from(bookingRequests)).map(({ id }) => id);
const set = (values: Partial<typeof practices.$inferInsert>) => db.write((tx) => tx.update(practices).set(values));

beforeEach(() => vi.stubEnv('RATE_LIMITS', ''));
afterEach(() => vi.unstubAllEnvs());

describe('an honest new client', () => {
  it('is booked at once, and gets an e-mail with a link that confirms their address', async () => {
    const { seriesId } = await booked(listWeeklyInstants('2026-12-01', '18:00', 12));
    expect(await openSessions()).toBe(12);
    const mail = await (await reader()).select().from(outbox);
    const toClient = mail.find(({ facts }) => 'audience' in facts && facts.audience === 'client');
    const results = await getNotificationFactsToSend(await reader(), toClient!, NOW);
    expect(results?.notification).toMatchObject({ series: { uid: seriesId, isUnconfirmed: true } });
  });

  it('is booked at once even though a therapist works few hours in a week', async () => {
    await set({ unconfirmedWeekPercent: 1 });
    await booked(listWeeklyInstants('2026-12-01', '18:00', 4));
  });

  it('may book again while the first booking is unconfirmed', async () => {
    await booked(listWeeklyInstants('2026-12-01', '18:00', 4));
    await booked(listWeeklyInstants('2026-12-03', '18:00', 4), { therapistId: 'jun', serviceId: 'sports' });
  });
});

describe('a stranger cannot fill the practice', () => {
  it('with more than 12 sessions from one sender in a day', async () => {
    await booked(listWeeklyInstants('2026-12-01', '18:00', 12), { client: someone('a') });
    const next = await book(instantAt('2026-12-02', '18:00'), { client: someone('b'), therapistId: 'any' });
    expect(next).toEqual({ ok: false, reason: 'to_confirm', until: NOW + 60 * MINUTE });
    expect(await openSessions()).toBe(12);
    // A day later the sender may book again.
    await booked(instantAt('2026-12-02', '18:00'), { client: someone('b'), therapistId: 'any', now: NOW + DAY + 1 });
  });

  it('from the many IPv6 networks of one customer: a /56 may book 4 times as much, a /48 16 times', async () => {
    await set({ unconfirmedPerSender: 1, unconfirmedWeekPercent: 100 });
    const times = ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-08', '2026-12-09', '2026-12-10']
      .flatMap((day) => ['12:15', '16:00', '17:30'].map((time) => instantAt(day, time)))
      .map((start, k) => ({ start, client: someone(`v6-${k}`) }));
    const bookFrom = (sender: string) => {
      const { start, client } = times.shift()!;
      return book(start, { client, sender, therapistId: 'any' });
    };
    const oneByOne = async (senders: string[]) => {
      const results = [];
      for (const sender of senders) results.push(await bookFrom(sender));
      return results.filter(({ ok }) => ok).length;
    };
    expect(await oneByOne([1, 2, 3, 4, 5].map((k) => `2001:db8:1:${k}::/64`))).toBe(4);
    expect(await oneByOne([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((k) => `2001:db8:1:${k}00::/64`))).toBe(12);
    expect(await oneByOne(['2001:db8:1:d00::/64'])).toBe(0);
    // The neighbouring /48 has booked nothing yet.
    expect(await oneByOne(['2001:db8:2:1::/64', '203.0.113.7'])).toBe(2);
  });

  it('but may book again after cancelling, because sessions are counted and not requests', async () => {
    const { seriesId, appointments: dates } = await booked(listWeeklyInstants('2026-12-01', '18:00', 12));
    await cancelAppointments(linkViewer(seriesId), { uid: dates[0]!.uid, scope: 'all' }, { now: NOW });
    await booked(listWeeklyInstants('2026-12-01', '18:00', 12), { client: someone('b') });
  });

  it('with more than 26 sessions from one address, even a confirmed one', async () => {
    await db.write(async (tx) => {
      await tx.update(practices).set({ unconfirmedWeekPercent: 100, unconfirmedPerSender: 1000 });
    });
    await booked(listWeeklyInstants('2026-12-01', '18:00', 26), { sender: '198.51.100.1' });
    const more = () => book(instantAt('2026-12-03', '17:30'), { sender: '198.51.100.2', therapistId: 'any' });
    expect(await more()).toMatchObject({ ok: false, reason: 'to_confirm' });
    const { seriesId } = (await (await reader()).select({ seriesId: series.id }).from(series))[0]!;
    await confirmBookingByLink(makeConfirmToken(seriesId), { now: NOW });
    expect(await more()).toMatchObject({ ok: true });
  });

  it('with more than a fifth of a therapist’s week, by many senders', async () => {
    const days = ['2026-12-01', '2026-12-02', '2026-12-03', '2026-12-04', '2026-12-05'];
    const hours = ['10:00', '11:30', '13:00', '14:30', '16:00', '17:30'];
    const results = [];
    for (const [k, start] of days.flatMap((day) => hours.map((hour) => instantAt(day, hour))).entries())
      results.push(await book(start, { client: someone(`s${k}`), sender: `198.51.100.${k}` }));
    const held = results.filter(({ ok }) => ok).length;
    expect(held).toBeGreaterThan(2);
    expect(held * 75).toBeLessThanOrEqual((5 * 8 * 60) / 5);
    expect(results.filter((result) => !result.ok && result.reason === 'to_confirm').length).toBeGreaterThan(2);
  });

  it('by adding dates to a booked series', async () => {
    const { seriesId } = await booked(listWeeklyInstants('2026-12-01', '18:00', 10));
    const request = { seriesId, sessions: 4 };
    expect(await extendSeries(linkViewer(seriesId), request, { now: NOW })).toEqual({
      ok: false,
      reason: 'unconfirmed',
    });
    expect(await openSessions()).toBe(10);
    await confirmBookingByLink(makeConfirmToken(seriesId), { now: NOW });
    expect(await extendSeries(linkViewer(seriesId), request, { now: NOW })).toMatchObject({ ok: true });
  });

  it('by moving dates into one week', async () => {
    const dates = listWeeklyInstants('2026-12-01', '18:00', 8);
    const booking = await Promise.all(
      dates.map((start, k) => booked(start, { client: someone(`m${k}`), sender: `198.51.100.${k}` })),
    );
    const hours = ['12:15', '13:45', '16:00', '17:30'].flatMap((time) => [
      instantAt('2026-12-02', time),
      instantAt('2026-12-03', time),
    ]);
    const results = [];
    for (const [
      k,
      {
        seriesId,
        appointments: [entry],
      },
    ] of booking.slice(0, 6).entries()) {
      const move = { uid: entry!.uid, startsAt: hours[k]!, scope: 'this' as const };
      results.push(await moveAppointments(linkViewer(seriesId), move, { now: NOW }));
    }
    expect(results.filter(({ ok }) => ok).length).toBeGreaterThan(1);
    expect(results.at(-1)).toEqual({ ok: false, reason: 'unconfirmed' });
    const {
      seriesId,
      appointments: [last],
    } = booking[5]!;
    await confirmBookingByLink(makeConfirmToken(seriesId), { now: NOW });
    const move = { uid: last!.uid, startsAt: hours[5]!, scope: 'this' as const };
    expect(await moveAppointments(linkViewer(seriesId), move, { now: NOW })).toMatchObject({ ok: true });
  });

  it('by sending many requests at once', async () => {
    const both: [Connection, Connection] = [db.connection(), await db.another()];
    const requests = THERAPISTS.flatMap((therapistId) =>
      listWeeklyInstants('2026-12-01', '12:15', 5).map(
        (start, k) => () => book(start, { therapistId, client: someone(`${therapistId}${k}`) }),
      ),
    );
    await runOnTwoConnections(both, requests);
    expect(await openSessions()).toBeLessThanOrEqual(12);
  });

  it('by storing requests for ever: 12 wait per sender, and three per address', async () => {
    await set({ newClients: 'confirm' });
    const results = [];
    for (let k = 0; k < 14; k++)
      results.push(await book(instantAt('2026-12-01', '18:00'), { client: someone(`c${k}`) }));
    expect(results.filter((result) => !result.ok && result.reason === 'to_confirm')).toHaveLength(12);
    expect(results.at(-1)).toEqual({ ok: false, reason: 'too_many' });
    for (let k = 0; k < 5; k++) await book(instantAt('2026-12-01', '18:00'), { sender: '198.51.100.7' });
    expect(await waitingIds()).toHaveLength(15);
    await book(instantAt('2026-12-01', '18:00'), { sender: '198.51.100.7', now: NOW + 61 * MINUTE });
    expect(await waitingIds()).toHaveLength(1);
  });

  it('by storing requests from many IPv6 networks: 48 wait per /56', async () => {
    await set({ newClients: 'confirm' });
    const results = [];
    for (let k = 1; k <= 50; k++)
      results.push(
        await book(instantAt('2026-12-01', '18:00'), {
          client: someone(`n${k}`),
          sender: `2001:db8:1:${k.toString(16)}::/64`,
        }),
      );
    expect(results.filter((result) => !result.ok && result.reason === 'to_confirm')).toHaveLength(48);
    expect(results.at(-1)).toEqual({ ok: false, reason: 'too_many' });
  });

  it('by pushing out somebody else’s request', async () => {
    await set({ newClients: 'approve' });
    const victim = { client: someone('victim'), sender: '198.51.100.8' };
    await book(instantAt('2026-12-02', '18:00'), victim);
    const [first] = await waitingIds();
    for (let k = 0; k < 5; k++)
      await book(instantAt('2026-12-03', '17:30'), { client: someone('victim'), therapistId: 'any' });
    expect(await waitingIds()).toContain(first);
    expect(await waitingIds()).toHaveLength(1 + 3);
  });

  it('but many people behind one network address can still send requests on different days', async () => {
    await set({ newClients: 'approve' });
    const results = [];
    for (let k = 0; k < 13; k++)
      results.push(
        await book(instantAt('2026-12-09', '18:00'), { client: someone(`d${k}`), now: NOW + Math.floor(k / 5) * DAY }),
      );
    expect(results.every((result) => !result.ok && result.reason === 'to_approve')).toBe(true);
  });

  it('unless the limits are off', async () => {
    vi.stubEnv('RATE_LIMITS', 'off');
    await booked(listWeeklyInstants('2026-12-01', '18:00', 26));
    await booked(listWeeklyInstants('2026-12-02', '12:15', 26), { therapistId: 'any' });
  });
});

describe('a request that waits to be confirmed', () => {
  const call = async (other: Parameters<typeof book>[1] = {}) => {
    await set({ newClients: 'confirm' });
    const result = await book(listWeeklyInstants('2026-12-01', '18:00', 4), other);
    expect(result).toMatchObject({ ok: false, reason: 'to_confirm' });
    return (await waitingIds())[0]!;
  };

  it('holds no time, and does not reveal its sender', async () => {
    const client = { name: 'Claim your prize at evil.example', email: 'victim@example.org' };
    const id = await call({ client, note: 'a note' });
    expect(await openSessions()).toBe(0);
    const mail = await sent();
    expect(mail).toHaveLength(1);
    expect(mail[0]).toMatchObject({ toEmail: 'victim@example.org', facts: { kind: 'request', requestId: id } });
    expect(JSON.stringify(mail)).not.toMatch(/prize|a note/);
    expect(JSON.stringify(await (await reader()).select().from(bookingRequests))).not.toMatch(/prize|a note/);
  });

  it('releases the times that its plan held', async () => {
    const {
      client: _,
      idempotencyKey: __,
      ...request
    } = makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 4));
    await holdTimes(request, { key: 'plan', browser: 'browser', sender: SENDER }, { now: NOW });
    await set({ newClients: 'confirm' });
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 4)), {
      now: NOW,
      sender: SENDER,
      heldBy: 'plan',
    });
    expect(await findHold('plan', { people: 1, now: NOW })).toBeNull();
  });

  it('is booked by its link, once, however often that is pressed', async () => {
    const id = await call({ note: 'Sore neck' });
    const token = makeConfirmToken(id);
    const first = await confirmBookingByLink(token, { now: NOW + MINUTE });
    expect(first).toMatchObject({ ok: true, isBooked: true });
    expect(await confirmBookingByLink(token, { now: NOW + 2 * MINUTE })).toMatchObject({ ok: true, isBooked: false });
    expect(await openSessions()).toBe(4);
    const [row] = await (await reader()).select().from(series);
    expect(row).toMatchObject({ id, confirmedAt: NOW + MINUTE });
    expect(decryptBookingNote(row!.sealedNote)).toBe('Sore neck');
    // The address is confirmed now.
    await booked(instantAt('2026-12-03', '17:30'), { therapistId: 'any' });
  });

  it('leads to the plans of both where two were to come at the same time', async () => {
    const beside = { name: 'Ben Costa', therapistIds: Array.from({ length: 4 }, () => 'any') };
    const id = await call({ therapistId: 'any', beside });
    const result = await confirmBookingByLink(makeConfirmToken(id), { now: NOW });
    if (!result.ok) throw new Error(result.reason);
    const other = await findManageLinkViewer(result.besideToken!);
    const rows = await (await reader()).select().from(series);
    expect(rows.map((row) => row.id).sort()).toEqual([id, other!.seriesId].sort());
  });

  it('is booked once when the link is pressed twice at once', async () => {
    const token = makeConfirmToken(await call());
    const both = await Promise.all([
      confirmBookingByLink(token, { now: NOW }),
      confirmBookingByLink(token, { now: NOW }),
    ]);
    expect(both).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await openSessions()).toBe(4);
  });

  it('gets the same answer when it is sent again, and another when its body differs', async () => {
    await set({ newClients: 'confirm' });
    const request = makeSeriesRequest(instantAt('2026-12-01', '18:00'));
    const send = (changes = {}) =>
      bookSeries(ANONYMOUS_VIEWER, { ...request, ...changes }, { now: NOW, sender: SENDER });
    const first = await send();
    expect(await send()).toEqual(first);
    expect(await waitingIds()).toHaveLength(1);
    expect(await send({ minutes: 30 })).toEqual({ ok: false, reason: 'idempotency_mismatch' });
  });

  it('is not booked when its time has been taken, and its client can book another at once', async () => {
    const token = makeConfirmToken(await call());
    await bookSeries(OWNER_VIEWER, makeSeriesRequest(instantAt('2026-12-08', '18:00'), { client: someone('ben') }), {
      now: NOW,
    });
    expect(await confirmBookingByLink(token, { now: NOW })).toMatchObject({
      ok: false,
      reason: 'taken',
      clashes: [{ position: 2, alternatives: [{}, {}, {}] }],
    });
    expect(await openSessions()).toBe(1);
    await booked(listWeeklyInstants('2026-12-02', '17:30', 4), { therapistId: 'any' });
  });

  it('ends after an hour, and a link that was not made here opens nothing', async () => {
    const id = await call();
    expect(await confirmBookingByLink(makeConfirmToken(id), { now: NOW + 60 * MINUTE })).toEqual({
      ok: false,
      reason: 'gone',
    });
    const token = makeConfirmToken(id);
    expect(readConfirmToken(token)).toBe(id);
    for (const other of [
      `${token.slice(0, -4)}AAAA`,
      `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`,
      '',
      'x'.repeat(43),
      `${token}A`,
    ])
      expect(await findConfirmLinkTarget(other, NOW), other).toBeNull();
  });
});

describe('a series becomes confirmed', () => {
  const isKnown = async () => (await listUnconfirmedGroupedBySender(OWNER_VIEWER, NOW)).length === 0;

  it('by the link of the e-mail, once it is pressed', async () => {
    const { seriesId } = await booked(listWeeklyInstants('2026-12-01', '18:00', 4));
    expect(await isKnown()).toBe(false);
    await findConfirmLinkTarget(makeConfirmToken(seriesId), NOW); // a mail program opens the link
    expect(await isKnown()).toBe(false);
    await confirmBookingByLink(makeConfirmToken(seriesId), { now: NOW });
    expect(await isKnown()).toBe(true);
  });

  it('by a visit that took place', async () => {
    const { appointments: dates } = await booked(listWeeklyInstants('2026-12-01', '18:00', 4));
    const then = dates[0]!.startsAt + MINUTE;
    await completeAppointment(OWNER_VIEWER, dates[0]!.uid, { now: then });
    expect(await listUnconfirmedGroupedBySender(OWNER_VIEWER, then)).toEqual([]);
  });

  it('by staff, for series that are theirs', async () => {
    const { seriesId } = await booked(listWeeklyInstants('2026-12-01', '18:00', 4));
    expect(await listUnconfirmedGroupedBySender(therapistViewer('jun'), NOW)).toEqual([]);
    expect(await confirmSeriesByStaff(therapistViewer('jun'), seriesId, NOW)).toBe(false);
    expect(await confirmSeriesByStaff(therapistViewer('mira'), seriesId, NOW)).toBe(true);
    expect(await isKnown()).toBe(true);
  });
});

describe('the list of unconfirmed bookings', () => {
  it('can be cancelled for one sender in one step, without changing the others', async () => {
    await booked(listWeeklyInstants('2026-12-01', '18:00', 6), { client: someone('a') });
    await booked(listWeeklyInstants('2026-12-02', '17:30', 6), { client: someone('b'), therapistId: 'any' });
    await booked(instantAt('2026-12-03', '17:30'), {
      client: someone('c'),
      sender: '198.51.100.1',
      therapistId: 'any',
    });
    const listed = await listUnconfirmedGroupedBySender(OWNER_VIEWER, NOW);
    expect(listed).toMatchObject([{ sessions: 12, bookings: [{}, {}] }, { sessions: 1 }]);
    expect(JSON.stringify(listed)).not.toContain(SENDER);
    expect(await cancelUnconfirmedOfSender(OWNER_VIEWER, listed[0]!.sender, NOW)).toBe(12);
    expect(await openSessions()).toBe(1);
    expect(await listUnconfirmedGroupedBySender(OWNER_VIEWER, NOW)).toHaveLength(1);
  });

  it('shows a therapist only their own', async () => {
    await booked(listWeeklyInstants('2026-12-01', '18:00', 6), { client: someone('a') });
    await booked(listWeeklyInstants('2026-12-03', '17:30', 6), {
      client: someone('b'),
      therapistId: 'jun',
      serviceId: 'sports',
    });
    const [own] = await listUnconfirmedGroupedBySender(therapistViewer('mira'), NOW);
    expect(own).toMatchObject({ sessions: 6 });
    expect(await cancelUnconfirmedOfSender(therapistViewer('mira'), own!.sender, NOW)).toBe(6);
    expect(await openSessions()).toBe(6);
  });
});

describe('a practice that approves each new client', () => {
  beforeEach(() => set({ newClients: 'approve' }));
  const call = async () => {
    expect(await book(listWeeklyInstants('2026-12-01', '18:00', 4))).toMatchObject({ ok: false, reason: 'to_approve' });
    const [request] = await listPendingRequestsForStaff(OWNER_VIEWER, NOW);
    return request!.id;
  };
  const states = async () => (await sent()).map(({ facts }) => ('state' in facts ? facts.state : facts.kind));

  it('books what the owner approves, and from then on books this client at once', async () => {
    const id = await call();
    expect(await states()).toEqual(expect.arrayContaining(['to_approve', 'new']));
    expect(await findConfirmLinkTarget(makeConfirmToken(id), NOW)).toBeNull();
    expect(await approveRequest(OWNER_VIEWER, id, NOW)).toEqual({ ok: true });
    expect(await openSessions()).toBe(4);
    expect(await listPendingRequestsForStaff(OWNER_VIEWER, NOW)).toEqual([]);
    await booked(instantAt('2026-12-03', '17:30'), { therapistId: 'any' });
  });

  it('notifies the client when a request is declined', async () => {
    const id = await call();
    expect(await declineRequest(OWNER_VIEWER, id, NOW)).toBe(true);
    expect(await declineRequest(OWNER_VIEWER, id, NOW)).toBe(false);
    expect(await states()).toContain('declined');
    expect(await openSessions()).toBe(0);
  });

  it('notifies the client when a date was taken meanwhile', async () => {
    const id = await call();
    await bookSeries(OWNER_VIEWER, makeSeriesRequest(instantAt('2026-12-08', '18:00'), { client: someone('ben') }), {
      now: NOW,
    });
    expect(await approveRequest(OWNER_VIEWER, id, NOW)).toEqual({ ok: false, reason: 'taken' });
    expect(await states()).toContain('taken');
    expect(await approveRequest(OWNER_VIEWER, id, NOW)).toEqual({ ok: false, reason: 'gone' });
  });
});
