import { and, eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { moveAppointments } from '@/db/booking/move-appointments';
import { reader } from '@/db/connection/database-client';
import { type PreparedMailFacts, prepareMailFacts } from '@/db/delivery/prepare-mail-facts';
import { DEMO_CLIENT } from '@/db/demo/demo-practice';
import { outbox, practices } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { makeJoinRequest } from '@/db/testing/test-waitlist';
import { joinWaitlist } from '@/db/waitlist/join-waitlist';
import { MAX_UNMERGED_WAITING_MESSAGES } from './merge-into-waiting-message';
import { waitingMessageCondition } from './outbox';
import { leaseDueMessages, markSent } from './outbox-delivery';
import { storeAndQueueSignInLink } from './sign-in';

// Whoever books may give somebody else's address. However long they go on, and even while the mail server accepts
// nothing, the messages that wait for one address must not grow without end.

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SIX = instantAt('2026-12-01', '18:00');
const MIRA = 'mira@fortnight.example';
/** A different network each time, so that no cap per sender applies. */
const senderOf = (k: number) => `198.51.${100 + (k >> 8)}.${k % 256}`;

beforeEach(() => vi.stubEnv('RATE_LIMITS', ''));
afterEach(() => vi.unstubAllEnvs());

async function countWaiting(toEmail = DEMO_CLIENT.email): Promise<number> {
  return (await reader()).$count(outbox, and(eq(outbox.toEmail, toEmail), waitingMessageCondition));
}

async function book(k = 0, now = NOW) {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX), { now, sender: senderOf(k) });
  if (!booked.ok) throw new Error(booked.reason);
  return { seriesId: booked.seriesId, uid: booked.appointments[0]!.uid };
}

async function moveToAndFro(seriesId: string, uid: string, times: number, now: number) {
  for (let k = 1; k <= times; k++) {
    const startsAt = SIX - (1 + (k % 2)) * 15 * MINUTE;
    const moved = await moveAppointments(linkViewer(seriesId), { uid, startsAt, scope: 'this' }, { now: now + k });
    expect(moved.ok).toBe(true);
  }
}

async function sendDue(now: number): Promise<PreparedMailFacts[]> {
  const sent: PreparedMailFacts[] = [];
  for (;;) {
    const due = await leaseDueMessages('w', now, 50);
    if (due.length === 0) return sent;
    for (const { id } of due) {
      const mail = await prepareMailFacts(id, 'w', now);
      if (mail) sent.push(mail);
      await markSent(id, 'w', now);
    }
  }
}

describe('messages that wait for one address', () => {
  it('are at most two dozen for a series that is moved again and again, for client and therapist', async () => {
    const { seriesId, uid } = await book();
    await moveToAndFro(seriesId, uid, 60, NOW);
    expect([await countWaiting(), await countWaiting(MIRA)]).toEqual([
      MAX_UNMERGED_WAITING_MESSAGES,
      MAX_UNMERGED_WAITING_MESSAGES,
    ]);
    const sent = await sendDue(NOW + MINUTE);
    expect(sent.map(({ toEmail }) => toEmail).sort()).toEqual([DEMO_CLIENT.email, MIRA].sort());
    expect(sent).toMatchObject([
      { notification: { kind: 'booked', series: { appointments: [{ start: SIX - 15 * MINUTE }] } } },
      { notification: { kind: 'booked', series: { appointments: [{ start: SIX - 15 * MINUTE }] } } },
    ]);
  });

  it('are at most two dozen for bookings that are cancelled before any message is sent', async () => {
    for (let k = 0; k < 30; k++) {
      const { seriesId, uid } = await book(k, NOW + k);
      await cancelAppointments(linkViewer(seriesId), { uid, scope: 'all' }, { now: NOW + k });
    }
    expect([await countWaiting(), await countWaiting(MIRA)]).toEqual([
      MAX_UNMERGED_WAITING_MESSAGES,
      MAX_UNMERGED_WAITING_MESSAGES,
    ]);
    expect(await sendDue(NOW + MINUTE)).toEqual([]);
  });

  it('still announce a cancellation to readers who were told of the booking', async () => {
    const { seriesId, uid } = await book();
    await sendDue(NOW);
    await moveToAndFro(seriesId, uid, 40, NOW);
    await cancelAppointments(linkViewer(seriesId), { uid, scope: 'all' }, { now: NOW + 100 });
    expect(await countWaiting()).toBe(MAX_UNMERGED_WAITING_MESSAGES);
    expect(await sendDue(NOW + MINUTE)).toMatchObject([
      { notification: { kind: 'cancelled', series: { appointments: [{ start: SIX }] } } },
      { notification: { kind: 'cancelled', series: { appointments: [{ start: SIX }] } } },
    ]);
  });

  it('that had become stale are sent again once something new happened', async () => {
    const { seriesId, uid } = await book();
    await moveToAndFro(seriesId, uid, 40, NOW);
    const later = NOW + 2 * DAY;
    expect(await sendDue(later)).toEqual([]);
    await moveAppointments(linkViewer(seriesId), { uid, startsAt: SIX - 45 * MINUTE, scope: 'this' }, { now: later });
    expect(await sendDue(later)).toMatchObject([
      { notification: { kind: 'booked', series: { appointments: [{ start: SIX - 45 * MINUTE }] } } },
      { notification: { kind: 'booked', series: { appointments: [{ start: SIX - 45 * MINUTE }] } } },
    ]);
  });

  it('stop growing, and are sent at six an hour, while somebody books and cancels for half a day', async () => {
    await db.write((tx) => tx.update(practices).set({ unconfirmedPerEmail: 8 }));
    const open = new Map<string, string>();
    const sentEach: number[] = [];
    let [most, sender] = [0, 0];
    for (let hour = 0; hour < 12; hour++) {
      const now = NOW + hour * 61 * MINUTE;
      for (let tries = 0; tries < 12; tries++) {
        const [startsAt, client] = [SIX + (tries % 12) * 7 * DAY, DEMO_CLIENT];
        const request = makeSeriesRequest(startsAt, { client, therapistId: 'any' });
        const booked = await bookSeries(ANONYMOUS_VIEWER, request, { now, sender: senderOf(sender++) });
        if (booked.ok) open.set(booked.seriesId, booked.appointments[0]!.uid);
      }
      const sent = (await sendDue(now)).filter(({ toEmail }) => toEmail === DEMO_CLIENT.email);
      sentEach.push(sent.length);
      // Every booking that has been announced is cancelled, so the cancellation must be announced too.
      for (const { notification } of sent) {
        const seriesId = 'series' in notification && !Array.isArray(notification.series) ? notification.series.uid : '';
        const uid = open.get(seriesId);
        if (uid) await cancelAppointments(linkViewer(seriesId), { uid, scope: 'all' }, { now: now + MINUTE });
        open.delete(seriesId);
      }
      most = Math.max(most, await countWaiting());
    }
    expect(Math.max(...sentEach)).toBeLessThanOrEqual(6);
    // Bookings, news of bookings that were announced before, and requests beyond the cap.
    expect(most).toBeLessThanOrEqual(8 + MAX_UNMERGED_WAITING_MESSAGES + 12);
  });

  it('are at most those of the requests that still wait, without dropped or expired ones', async () => {
    await db.write((tx) => tx.update(practices).set({ newClients: 'confirm' }));
    for (let k = 0; k < 60; k++) {
      const result = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX + (k % 7) * DAY), {
        now: NOW + k * MINUTE,
        sender: senderOf(k % 5),
      });
      expect(result).toMatchObject({ ok: false });
    }
    expect(await countWaiting()).toBeLessThanOrEqual(12);
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX), { now: NOW + DAY, sender: senderOf(9) });
    expect(await countWaiting()).toBe(1);
  });

  it('are at most those that the waitlist allows', async () => {
    const client = { name: DEMO_CLIENT.name, email: DEMO_CLIENT.email };
    for (let k = 0; k < 30; k++) {
      const request = makeJoinRequest({ therapistId: 'any', atTime: null });
      const joined = await joinWaitlist(ANONYMOUS_VIEWER, request, client, { now: NOW + k, sender: senderOf(k) });
      expect(joined).toMatchObject({ ok: true, mustConfirm: true });
    }
    expect(await countWaiting()).toBeLessThanOrEqual(5);
  });

  it('are at most those of sign-in links that still work', async () => {
    const { email } = OWNER_VIEWER;
    for (let k = 0; k < 40; k++) {
      const now = NOW + k * 10 * MINUTE;
      await storeAndQueueSignInLink({ email, nonce: `n${k}`, expiresAt: now + 15 * MINUTE, callbackUrl: '/' }, now);
    }
    expect(await countWaiting(email)).toBeLessThanOrEqual(5);
  });
});
