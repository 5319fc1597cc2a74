import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { confirmEmailAddress } from '@/db/access/confirmed-email-addresses';
import { completeAppointment } from '@/db/booking/appointment-outcomes';
import { bookSeries } from '@/db/booking/book-series';
import { moveAppointments } from '@/db/booking/move-appointments';
import { reader } from '@/db/connection/database-client';
import { listMail } from '@/db/delivery/outbox-for-staff';
import { type PreparedMailFacts, prepareMailFacts } from '@/db/delivery/prepare-mail-facts';
import { DEMO_CLIENT } from '@/db/demo/demo-practice';
import { outbox } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { queueManageLinksEmail } from './manage-links-email';
import { leaseDueMessages, markSent } from './outbox-delivery';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const SIX = instantAt('2026-12-01', '18:00');

beforeEach(() => vi.stubEnv('RATE_LIMITS', ''));
afterEach(() => vi.unstubAllEnvs());

async function sendDue(now: number, to = DEMO_CLIENT.email): Promise<PreparedMailFacts[]> {
  const sent: PreparedMailFacts[] = [];
  for (;;) {
    const due = await leaseDueMessages('w', now, 50);
    if (due.length === 0) return sent.filter(({ toEmail }) => toEmail === to);
    const prepared = await Promise.all(due.map(({ id }) => prepareMailFacts(id, 'w', now)));
    sent.push(...prepared.filter((mail) => mail !== null));
    for (const { id } of due) await markSent(id, 'w', now);
  }
}

describe('one address', () => {
  it('gets six e-mails an hour, and then one with all that happened meanwhile', async () => {
    const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX), { now: NOW });
    if (!booked.ok) throw new Error(booked.reason);
    const uid = booked.appointments[0]!.uid;
    let messages = (await sendDue(NOW)).length;
    for (let k = 1; k <= 20; k++) {
      const startsAt = SIX - (k % 2) * 15 * MINUTE;
      const now = NOW + k * MINUTE;
      await moveAppointments(linkViewer(booked.seriesId), { uid, startsAt, scope: 'this' }, { now });
      messages += (await sendDue(now)).length;
    }
    expect(messages).toBe(6);
    await moveAppointments(
      OWNER_VIEWER,
      { uid, startsAt: SIX - 30 * MINUTE, scope: 'this' },
      { now: NOW + 30 * MINUTE },
    );
    expect(await sendDue(NOW + 59 * MINUTE)).toEqual([]);
    expect(await sendDue(NOW + 61 * MINUTE)).toMatchObject([
      { notification: { kind: 'moved', series: { appointments: [{ start: SIX - 30 * MINUTE }] } } },
    ]);
  });

  it('waits for its next turn without a retry each second', async () => {
    for (let k = 0; k < 8; k++)
      await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX + k * 7 * 24 * 60 * MINUTE), { now: NOW });
    expect(await sendDue(NOW)).toHaveLength(6);
    expect(await leaseDueMessages('w', NOW + MINUTE, 50)).toEqual([]);
    expect(await sendDue(NOW + 60 * MINUTE)).toHaveLength(2);
  });

  it('gets three e-mails with manage links an hour, one at a time', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX), { now: NOW });
    await sendDue(NOW);
    let messages = 0;
    for (let k = 0; k < 40; k++) {
      await queueManageLinksEmail(DEMO_CLIENT.email, NOW + k * 1000);
      if (k % 2 === 1) messages += (await sendDue(NOW + k * 1000)).length;
    }
    expect(messages).toBe(3);
    await queueManageLinksEmail(DEMO_CLIENT.email, NOW + 62 * MINUTE);
    expect(await sendDue(NOW + 62 * MINUTE)).toHaveLength(1);
  });

  it('has no wait where the limits are off', async () => {
    vi.stubEnv('RATE_LIMITS', 'off');
    for (let k = 0; k < 8; k++)
      await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX + k * 7 * 24 * 60 * MINUTE), { now: NOW });
    expect(await sendDue(NOW)).toHaveLength(8);
  });
});

describe('a therapist', () => {
  const MIRA = 'mira@fortnight.example';

  it('gets six e-mails an hour about one booking that is moved repeatedly, and then one with its final time', async () => {
    const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX), { now: NOW });
    if (!booked.ok) throw new Error(booked.reason);
    const uid = booked.appointments[0]!.uid;
    let messages = (await sendDue(NOW, MIRA)).length;
    for (let k = 1; k <= 20; k++) {
      const [startsAt, now] = [SIX - (k % 2) * 15 * MINUTE, NOW + k * MINUTE];
      await moveAppointments(linkViewer(booked.seriesId), { uid, startsAt, scope: 'this' }, { now });
      messages += (await sendDue(now, MIRA)).length;
    }
    expect(messages).toBe(6);
    await moveAppointments(
      OWNER_VIEWER,
      { uid, startsAt: SIX - 30 * MINUTE, scope: 'this' },
      { now: NOW + 30 * MINUTE },
    );
    expect(await sendDue(NOW + 61 * MINUTE, MIRA)).toMatchObject([
      { notification: { kind: 'moved', series: { appointments: [{ start: SIX - 30 * MINUTE }] } } },
    ]);
  });

  it('gets an e-mail about every booking at once, however many there are', async () => {
    for (let k = 0; k < 8; k++)
      await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX + k * 7 * 24 * 60 * MINUTE), { now: NOW });
    expect(await sendDue(NOW, MIRA)).toHaveLength(8);
  });
});

describe('a client’s name', () => {
  const nameInMail = async () => {
    const [mail] = (await listMail(OWNER_VIEWER, { now: NOW })).filter(({ toEmail }) => toEmail === DEMO_CLIENT.email);
    return mail?.notification && 'audience' in mail.notification && mail.notification.series.clientName;
  };

  it('is left out of e-mails to an unconfirmed address', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX), { now: NOW });
    expect(await nameInMail()).toBe('');
    await db.write((tx) => confirmEmailAddress(tx, DEMO_CLIENT.email, 'link', NOW));
    expect(await nameInMail()).toBe(DEMO_CLIENT.name);
  });

  it('is included once somebody with that address has come to a massage', async () => {
    const past = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-11-24', '18:00')), { now: NOW });
    if (!past.ok) throw new Error(past.reason);
    await completeAppointment(OWNER_VIEWER, past.appointments[0]!.uid, { now: instantAt('2026-11-24', '19:00') });
    await db.write((tx) => tx.delete(outbox));
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX), { now: NOW });
    expect(await nameInMail()).toBe(DEMO_CLIENT.name);
    expect((await (await reader()).select().from(outbox)).length).toBeGreaterThan(0);
  });
});
