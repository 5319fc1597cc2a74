import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { applyOldMailDecision, findMailServerRefusal, listMail, retryMessage } from '@/db/delivery/outbox-for-staff';
import { putInOutbox } from '@/db/messages/outbox';
import { leaseDueMessages, markSent } from '@/db/messages/outbox-delivery';
import { outbox, practices } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, OWNER_VIEWER } from '@/db/testing/test-requests';
import { openTestInbox, type TestInbox } from '@/mail/test-inbox';
import { makeTestSeries, testPractice } from '@/mail/test-notifications';
import { processState } from '@/process-state';
import type { Notification } from '@/scheduling/notification-types';
import { sendDueMessages, startOutboxWorker } from './outbox-worker';

const NOW = Date.UTC(2026, 10, 24, 9);
const MINUTE = 60_000;
const owner: Staff = {
  role: 'owner',
  userId: 'ruth',
  email: 'owner@fortnight.example',
  name: 'Ruth',
  therapistId: null,
};
const booked: Notification = { kind: 'booked', audience: 'client', practice: testPractice, series: makeTestSeries(2) };

const db = setUpTestDatabase({ now: NOW });
let inbox: TestInbox;
let logged: string[];

beforeEach(async () => {
  vi.stubEnv('BASE_URL', 'http://127.0.0.1:3000');
  inbox = await openTestInbox();
  logged = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void logged.push(line));
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await inbox.close();
});

const write = (notification: Notification, toEmail = 'ana@example.org', now = NOW) =>
  db.write((tx) => putInOutbox(tx, { notification, toEmail, now }));
const send = (now = NOW, worker = 'one') => sendDueMessages(inbox.url, worker, () => now);
const states = async () => (await listMail(owner, { now: NOW })).map((mail) => mail.state);

describe('the outbox worker', () => {
  it('sends what is due, with links made at that moment, and marks it as sent', async () => {
    await write(booked);
    await send();
    expect(await states()).toEqual(['sent']);
    expect(inbox.received[0]?.recipients).toEqual(['ana@example.org']);
    expect(inbox.received[0]?.mail.text).toMatch(/http:\/\/127\.0\.0\.1:3000\/manage\/[\w-]{43}/);
    expect(JSON.stringify(await listMail(owner, { now: NOW }))).not.toContain('/manage/');
  });

  it('sends nothing twice when several workers poll at once', async () => {
    for (let count = 0; count < 12; count += 1) await write(booked, `client${count}@example.org`);
    await Promise.all([send(NOW, 'one'), send(NOW, 'two'), send(NOW, 'one'), send(NOW, 'two')]);
    const recipients = inbox.received.flatMap((mail) => mail.recipients);
    expect(recipients).toHaveLength(12);
    expect(new Set(recipients).size).toBe(12);
  });

  it('leaves a message leased by another worker alone, until the lease runs out', async () => {
    await write(booked);
    expect(await leaseDueMessages('one', NOW)).toHaveLength(1);
    expect(await send(NOW + MINUTE, 'two')).toBe(0);
    expect(await send(NOW + 5 * MINUTE, 'two')).toBe(1);
    expect(inbox.received).toHaveLength(1);
  });

  it('cannot mark a message that another worker has leased meanwhile', async () => {
    await write(booked);
    const [mail] = await leaseDueMessages('slow', NOW);
    await leaseDueMessages('quick', NOW + 5 * MINUTE);
    await markSent(mail!.id, 'slow', NOW + 5 * MINUTE);
    expect(await states()).toEqual(['waiting']);
  });

  it('tries again later after a temporary refusal, and delivers the message once', async () => {
    inbox.answer = (attempt) => (attempt < 3 ? { code: 451, words: 'Not now' } : 'take');
    await write(booked);
    await send();
    expect(await send(NOW + 1_000)).toBe(0);
    await send(NOW + 2 * MINUTE);
    await send(NOW + 20 * MINUTE);
    expect(await states()).toEqual(['sent']);
    expect(inbox.received).toHaveLength(1);
  });

  it('sends the other messages when one cannot be sent', async () => {
    await write(booked, 'a@x.com,b@y.com');
    await write(booked, 'ana@example.org');
    await send();
    expect((await states()).sort()).toEqual(['dead', 'sent']);
    expect(inbox.received.map((mail) => mail.recipients)).toEqual([['ana@example.org']]);
  });

  it('gives up on a server that is down for days, and sends the message when staff ask for it', async () => {
    await write(booked);
    for (let tries = 0, now = NOW; tries < 12; tries += 1, now += 25 * 60 * MINUTE)
      await sendDueMessages('smtp://127.0.0.1:9', 'one', () => now);
    const [mail] = await listMail(owner, { now: NOW });
    expect(mail).toMatchObject({ state: 'dead', lastError: expect.stringContaining('ECONNREFUSED') });
    const later = NOW + 15 * 24 * 60 * MINUTE;
    expect(await retryMessage(owner, mail!.id, later)).toBe(true);
    await send(later);
    expect(await states()).toEqual(['sent']);
  });

  it('does not send a message that is out of date', async () => {
    await write({ kind: 'sign_in', practice: testPractice, nonce: 'abc', expiresAt: NOW - 1, callbackUrl: '' });
    const later = Date.UTC(2027, 5, 1);
    await send();
    await write(booked, 'ana@example.org', later);
    await send(later);
    expect(await states()).toEqual(['dropped', 'dropped']);
    expect(inbox.received).toHaveLength(0);
  });

  it('sends nothing about an appointment that was cancelled in the meantime', async () => {
    const uids: string[] = [];
    for (const on of ['2026-12-01', '2026-12-02']) {
      const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt(on, '14:00')), { now: NOW });
      if (!booked.ok) throw new Error(booked.reason);
      uids.push(booked.appointments[0]!.uid);
    }
    expect(await cancelAppointments(OWNER_VIEWER, { uid: uids[1]!, scope: 'this' }, { now: NOW })).toMatchObject({
      ok: true,
    });
    await db.write(async (tx) => {
      await tx.delete(outbox); // the messages about booking and cancelling
      for (const appointmentId of uids) {
        await putInOutbox(tx, { notification: booked, toEmail: 'ana@example.org', appointmentId, now: NOW });
      }
    });
    await send();
    expect((await states()).sort()).toEqual(['dropped', 'sent']);
    expect(inbox.received).toHaveLength(1);
  });

  it('uses the sender and reply address of the practice, and MAIL_FROM before the practice’s own', async () => {
    await db.write((tx) =>
      tx.update(practices).set({ mailFrom: 'desk@fortnight.example', mailReplyTo: 'ruth@fortnight.example' }),
    );
    await write(booked);
    await send();
    vi.stubEnv('MAIL_FROM', 'post@fortnight.example');
    await write(booked, 'rui@example.org');
    await send();
    const senders = inbox.received.map(({ mail }) => [mail.from?.value[0]?.address, mail.replyTo?.value[0]?.address]);
    expect(senders).toEqual([
      ['desk@fortnight.example', 'ruth@fortnight.example'],
      ['post@fortnight.example', 'ruth@fortnight.example'],
    ]);
  });

  it('37 waits for as long as the mail server refuses our identity, and tells staff', async () => {
    inbox.refuseSender = { code: 553, words: '5.7.1 Sender address rejected' };
    await write(booked);
    let now = NOW;
    for (let tries = 0; tries < 15; tries += 1, now += 25 * 60 * MINUTE) await send(now);
    expect(await states()).toEqual(['waiting']);
    expect(await findMailServerRefusal(owner)).toEqual({ words: expect.stringContaining('5.7.1'), waiting: 1 });
    inbox.refuseSender = undefined;
    await send(now);
    expect(await states()).toEqual(['sent']);
    expect(await findMailServerRefusal(owner)).toBeNull();
  });

  it('36 leaves a message that nobody tried to send for a day to the practice', async () => {
    for (const name of ['ana', 'rui', 'nia']) await write(booked, `${name}@example.org`);
    const later = NOW + 25 * 60 * MINUTE;
    await write(booked, 'new@example.org', later);
    await send(later);
    expect(inbox.received.map(({ recipients }) => recipients)).toEqual([['new@example.org']]);
    const storedMails = (await listMail(owner, { now: later })).filter(({ state }) => state === 'kept');
    expect(storedMails.map(({ toEmail }) => toEmail).sort()).toEqual(
      ['ana', 'nia', 'rui'].map((text) => `${text}@example.org`),
    );
    const [ana, ...others] = storedMails;
    expect(await applyOldMailDecision(owner, { ids: [ana!.id], isSent: true }, { now: later })).toBe(1);
    expect(await applyOldMailDecision(owner, { ids: [ana!.id], isSent: true }, { now: later })).toBe(0);
    expect(await applyOldMailDecision(owner, { isSent: false }, { now: later })).toBe(others.length);
    await send(later);
    expect(inbox.received.map(({ recipients }) => recipients[0]).sort()).toEqual(
      [ana!.toEmail, 'new@example.org'].sort(),
    );
  });

  it('logs neither addresses nor keys', async () => {
    inbox.answer = () => ({ code: 554, words: `No ana@example.org ${'k'.repeat(43)}` });
    await write(booked);
    await send();
    expect(logged.join()).toMatch(/mail_not_sent.*"attempt":1/);
    expect(logged.join()).not.toMatch(/ana@example|kkkk/);
  });
});

describe('the outbox worker, started with the server', () => {
  // Never out of date, whenever this test is run.
  const notification: Notification = { kind: 'answered', about: 'question', practice: testPractice, askedId: 'an id' };
  beforeEach(() => {
    processState.outboxWorker = undefined;
  });

  it('sends no mail without SMTP_URL', async () => {
    vi.stubEnv('SMTP_URL', '');
    await write(booked);
    await startOutboxWorker().stop();
    expect(await listMail(owner, { now: NOW })).toMatchObject([{ state: 'waiting', attempts: 0 }]);
  });

  it('sends by itself, runs once per process, and stops when asked', async () => {
    vi.stubEnv('SMTP_URL', inbox.url);
    await write(notification, 'ana@example.org', Date.now());
    const worker = startOutboxWorker();
    expect(startOutboxWorker()).toBe(worker);
    await vi.waitFor(async () => expect(await states()).toEqual(['sent']), { timeout: 5_000 });
    await worker.stop();
    await write(notification, 'later@example.org', Date.now());
    expect(await leaseDueMessages('another', Date.now())).toHaveLength(1);
  });
});
