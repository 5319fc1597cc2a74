import { describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { listMail, retryMessage } from '@/db/delivery/outbox-for-staff';
import { prepareMailFacts } from '@/db/delivery/prepare-mail-facts';
import { outbox } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import type { Notification } from '@/scheduling/notification-types';
import { putInOutbox } from './outbox';
import { leaseDueMessages, markFailed, markSent } from './outbox-delivery';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const notification: Notification = {
  kind: 'sign_in',
  practice: {
    name: 'Fortnight Massage',
    address: '12 Camden Row, Dublin 8',
    phone: '01 555 0142',
    email: 'hello@fortnight.example',
    timeZone: 'Europe/Dublin',
    currency: 'EUR',
    locale: 'en-IE',
    isDemo: true,
  },
  nonce: 'n',
  expiresAt: NOW + DAY,
  callbackUrl: '/manage',
};
const put = (toEmail: string, dueAt?: number) =>
  db.write((tx) => putInOutbox(tx, { notification, toEmail, dueAt, now: NOW }));
const mailbox = () => listMail(OWNER_VIEWER, { now: NOW });

describe('the outbox', () => {
  it('hands a message to one worker, with the data to build it from', async () => {
    await put('ana@example.org');
    const [mail] = await leaseDueMessages('w1', NOW);
    expect(mail).toMatchObject({ toEmail: 'ana@example.org', attempts: 0 });
    const prepared = await prepareMailFacts(mail!.id, 'w1', NOW);
    expect(prepared).toMatchObject({ toEmail: 'ana@example.org', notification });
    expect(prepared!.messageId).toMatch(/^<[\w-]+@fortnight\.example>$/);
    expect(await prepareMailFacts(mail!.id, 'w2', NOW)).toBeNull();
    expect(await leaseDueMessages('w2', NOW)).toEqual([]);
  });

  it('never hands one message to two workers who ask at once', async () => {
    for (let k = 0; k < 20; k++) await put(`c${k}@example.org`);
    const leased = await Promise.all(['w1', 'w2', 'w3'].map((worker) => leaseDueMessages(worker, NOW, 20)));
    expect(new Set(leased.flat().map(({ id }) => id)).size).toBe(leased.flat().length);
  });

  it('hands out due messages, the longest due first, and at most as many as asked for', async () => {
    await put('later@example.org', NOW + MINUTE);
    await put('second@example.org', NOW - 1);
    await put('first@example.org', NOW - 2);
    await put('third@example.org');
    expect((await leaseDueMessages('w1', NOW, 2)).map(({ toEmail }) => toEmail).sort()).toEqual([
      'first@example.org',
      'second@example.org',
    ]);
    expect((await leaseDueMessages('w1', NOW)).map(({ toEmail }) => toEmail)).toEqual(['third@example.org']);
    expect(await leaseDueMessages('w1', NOW + MINUTE)).toHaveLength(1);
  });

  it('35 hands out one message of a series and recipient at a time, in the order they were written', async () => {
    const booking = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-03', '18:00')), {
      now: NOW,
    });
    if (!booking.ok) throw new Error(booking.reason);
    const [booked] = (await mailbox()).filter(({ toEmail }) => !toEmail.endsWith('@fortnight.example'));
    const { toEmail, seriesId } = booked!;
    const putLater = (now: number, other: { appointmentId?: string; dueAt?: number } = {}) =>
      db.write((tx) =>
        putInOutbox(tx, { notification, toEmail, seriesId: seriesId!, seriesVersion: 1, now, ...other }),
      );
    // A reminder is written for later, and holds up nothing.
    await putLater(NOW - 1, { appointmentId: booking.appointments[0]!.uid, dueAt: NOW + DAY });
    await putLater(NOW + 1);
    const leaseTheirs = async (now: number) =>
      (await leaseDueMessages('w1', now)).filter((mail) => mail.toEmail === toEmail);

    expect(await leaseTheirs(NOW + 2)).toMatchObject([{ id: booked!.id }]);
    expect(await leaseTheirs(NOW + 3)).toEqual([]); // it is being sent
    await markFailed(booked!.id, 'w1', { error: '450 not now' }, NOW + 3);
    expect(await leaseTheirs(NOW + 4)).toEqual([]); // it will be tried again
    const [again] = await leaseTheirs(NOW + 2 * MINUTE);
    expect(again).toMatchObject({ id: booked!.id });
    await markSent(again!.id, 'w1', NOW + 2 * MINUTE);
    const [next] = await leaseTheirs(NOW + 2 * MINUTE);
    expect(await prepareMailFacts(next!.id, 'w1', NOW + 2 * MINUTE)).toMatchObject({
      notification: { kind: 'sign_in' },
    });
  });

  it('respects another server’s lease when that server’s clock is slightly ahead', async () => {
    await put('ana@example.org');
    for (let tries = 0, now = NOW; tries < 8; tries++) {
      const [mail] = await leaseDueMessages('ahead', now + 1_000);
      expect(await leaseDueMessages('behind', now)).toEqual([]);
      await markFailed(mail!.id, 'ahead', { error: '450 not now' }, now + 1_000);
      expect(await leaseDueMessages('behind', now)).toEqual([]);
      now = (await mailbox())[0]!.dueAt;
    }
  });

  it('takes a message back from a worker that died', async () => {
    await put('ana@example.org');
    const [first] = await leaseDueMessages('w1', NOW);
    const { messageId } = (await prepareMailFacts(first!.id, 'w1', NOW))!;
    const [again] = await leaseDueMessages('w2', NOW + 10 * MINUTE);
    expect(await prepareMailFacts(again!.id, 'w2', NOW + 10 * MINUTE)).toMatchObject({ messageId });
    await markSent(first!.id, 'w1', NOW + 10 * MINUTE); // the lease has expired
    expect(await mailbox()).toMatchObject([{ state: 'waiting' }]);
    await markSent(again!.id, 'w2', NOW + 10 * MINUTE);
    expect(await mailbox()).toMatchObject([{ state: 'sent', sentAt: NOW + 10 * MINUTE }]);
    expect(await leaseDueMessages('w3', NOW + 9 * DAY)).toEqual([]);
  });

  it('waits longer after each failure, survives a day without a mail server, and then gives up', async () => {
    await put('ana@example.org');
    const waits: number[] = [];
    let now = NOW;
    for (let tries = 0; tries < 30; tries++) {
      const [mail] = await leaseDueMessages('w1', now);
      if (!mail) break;
      await markFailed(mail.id, 'w1', { error: `connect refused ${'x'.repeat(2000)}` }, now);
      const [seen] = await mailbox();
      expect(seen!.lastError!.length).toBeLessThanOrEqual(500);
      if (seen!.state === 'dead') break;
      waits.push(seen!.dueAt - now);
      now = seen!.dueAt;
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(now - NOW).toBeGreaterThan(2 * DAY);
    expect(await mailbox()).toMatchObject([{ state: 'dead', attempts: waits.length + 1 }]);
  });

  it('gives up at once on a message that can never be delivered, until staff retry it', async () => {
    await put('nobody@example.org');
    const [mail] = await leaseDueMessages('w1', NOW);
    await markFailed(mail!.id, 'w1', { error: '550 no such user', isFinal: true }, NOW);
    expect(await mailbox()).toMatchObject([{ state: 'dead', attempts: 1, lastError: '550 no such user' }]);
    expect(await leaseDueMessages('w1', NOW + DAY)).toEqual([]);
    expect(await retryMessage(OWNER_VIEWER, mail!.id, NOW + DAY)).toBe(true);
    expect(await retryMessage(OWNER_VIEWER, mail!.id, NOW + DAY)).toBe(false);
    expect(await leaseDueMessages('w1', NOW + DAY)).toMatchObject([{ id: mail!.id, attempts: 0 }]);
  });

  it('counts a failure only from the worker that has the lease', async () => {
    await put('ana@example.org');
    const [mail] = await leaseDueMessages('w1', NOW);
    await markFailed(mail!.id, 'w2', { error: 'late' }, NOW);
    expect(await mailbox()).toMatchObject([{ attempts: 0, lastError: null }]);
  });

  it('shows a therapist their own mail and that of their clients, and the owner all of it', async () => {
    const book = (therapistId: string) =>
      bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-03', '18:00'), { therapistId }), { now: NOW });
    await book('mira');
    await book('jun');
    await put('ana@example.org');
    expect(await listMail(OWNER_VIEWER, { now: NOW })).toHaveLength(5);
    const seen = await listMail(therapistViewer('jun'), { now: NOW });
    expect(seen.map(({ toEmail }) => toEmail).sort()).toEqual(['ana@example.org', 'jun@fortnight.example']);
    const [hers] = (await listMail(OWNER_VIEWER, { now: NOW })).filter(({ toEmail }) => toEmail.startsWith('mira'));
    expect(await retryMessage(therapistViewer('jun'), hers!.id, NOW)).toBe(false);
    expect(await retryMessage(OWNER_VIEWER, '\u0000', NOW)).toBe(false);
  });

  it('is part of the transaction: a rollback sends nothing', async () => {
    await db.connection().transact(async (tx, undo) => {
      await putInOutbox(tx, { notification, toEmail: 'ana@example.org', now: NOW });
      return undo(undefined);
    });
    expect(await db.connection().reader.select().from(outbox)).toEqual([]);
  });

  it('shows a dead message, however many were written since', async () => {
    await put('nobody@example.org');
    const [mail] = await leaseDueMessages('w1', NOW);
    await markFailed(mail!.id, 'w1', { error: 'No such person here', isFinal: true }, NOW);
    const entry = { notification, toEmail: 'ana@example.org', now: NOW + DAY };
    await db.write((tx) => putInOutbox(tx, Array(220).fill(entry)));
    const shown = await mailbox();
    expect(shown).toHaveLength(201);
    expect(shown.at(-1)).toMatchObject({ state: 'dead', toEmail: 'nobody@example.org' });
  });
});
