import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { confirmEmailAddress } from '@/db/access/confirmed-email-addresses';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { moveAppointments } from '@/db/booking/move-appointments';
import { prepareMailFacts } from '@/db/delivery/prepare-mail-facts';
import { leaseDueMessages, markSent } from '@/db/messages/outbox-delivery';
import { appointments, outbox, scoreEmails, series } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { withdrawConsent } from './consents';
import { saveScore } from './pain-scores';
import { queueScoreEmails } from './queue-score-emails';
import { optOutOfScoreMail } from './score-mail-opt-out';

const db = setUpTestDatabase({ now: NOW });
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const FIRST = instantAt('2026-12-01', '18:00');

async function book({ isConfirmed = true, isAgreed = true, count = 6 } = {}) {
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', count)),
    {
      now: NOW,
    },
  );
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  const link = { role: 'link', seriesId: booked.seriesId } as const;
  if (isConfirmed) await db.write((tx) => confirmEmailAddress(tx, 'ana@example.org', 'link', NOW));
  if (isAgreed) await saveScore(link, { answers: {}, consent: true }, { now: NOW });
  return { link, uids: booked.appointments.map(({ uid }) => uid) };
}
const refusal = async () => {
  const all = await db.connection().reader.select().from(outbox);
  return all.filter(({ kind }) => kind === 'score_ask').sort((a, b) => a.createdAt - b.createdAt);
};
/** Runs the job every few hours between two instants, as the worker does. */
async function run(from: number, to: number, every = 12 * HOUR) {
  for (let now = from; now <= to; now += every) await queueScoreEmails({ now });
}
/** Sends everything in the outbox. */
async function deliver(now: number) {
  const sent = [];
  for (let rest = await leaseDueMessages('w', now, 50); rest.length > 0; rest = await leaseDueMessages('w', now, 50))
    for (const { id } of rest) {
      const mail = await prepareMailFacts(id, 'w', now);
      if (mail) await markSent(id, 'w', now);
      if (mail?.notification.kind === 'score_ask') sent.push(mail.notification);
    }
  return sent;
}

describe('e-mails that ask for scores', () => {
  it('go out three times in the week before, once before each session, two days after each, and after the fourth to check in', async () => {
    const { uids } = await book();
    await run(NOW, FIRST + 50 * DAY);
    const found = (await refusal()).map(({ facts }) => ('ask' in facts ? `${facts.ask} ${facts.slot}` : ''));
    const after = (n: number) => `${n === 4 ? 'check_in' : 'after'} ${uids[n - 1]}`;
    expect(found).toEqual([
      ...['before 1', 'before 2', 'before 3'],
      ...[1, 2, 3, 4, 5, 6].flatMap((n) => [`session ${uids[n - 1]}`, after(n)]),
    ]);
    await run(NOW, FIRST + 50 * DAY);
    expect(await refusal()).toHaveLength(15);
  });

  it('go out once, even with two servers at the same time', async () => {
    await book();
    await Promise.all([1, 2, 3, 4].map(() => queueScoreEmails({ now: FIRST - 6 * DAY })));
    expect(await refusal()).toHaveLength(1);
    expect(await db.connection().reader.select().from(scoreEmails)).toHaveLength(1);
  });

  it('name the date as it is when they are sent, and mention nothing about health', async () => {
    const { link } = await book();
    await queueScoreEmails({ now: FIRST - 6 * DAY });
    const { appointments } = { appointments: await refusal() };
    expect(JSON.stringify(appointments)).not.toMatch(/pain|score of|health/i);
    const [sent] = await deliver(FIRST - 6 * DAY);
    expect(sent).toMatchObject({ ask: 'before', seriesUid: link.seriesId, start: FIRST });
  });

  it('stop once the client presses stop, including those still waiting', async () => {
    const { link } = await book();
    await queueScoreEmails({ now: FIRST - 6 * DAY });
    expect(await optOutOfScoreMail(link, { now: FIRST - 6 * DAY })).toBe(true);
    expect(await deliver(FIRST - 6 * DAY)).toEqual([]);
    await run(NOW, FIRST + 20 * DAY);
    expect(await refusal()).toHaveLength(1);
    expect(await optOutOfScoreMail({ role: 'link', seriesId: 'nobody' }, { now: NOW })).toBe(false);
  });

  it('are not sent for cancelled sessions, even if already waiting', async () => {
    const { uids } = await book({ count: 2 });
    await queueScoreEmails({ now: FIRST - HOUR * 20 });
    await cancelAppointments(OWNER_VIEWER, { uid: uids[0]!, scope: 'all' }, { now: FIRST - 20 * HOUR });
    expect(await deliver(FIRST - 20 * HOUR)).toEqual([]);
    await run(FIRST - 19 * HOUR, FIRST + 20 * DAY);
    expect(await refusal()).toHaveLength(1);
  });

  it('are not sent for a session that was moved, and again for its new time only if the first was not sent', async () => {
    const { uids } = await book({ count: 2 });
    await queueScoreEmails({ now: FIRST - 20 * HOUR });
    const moved = { uid: uids[0]!, startsAt: instantAt('2026-12-03', '14:00'), scope: 'this' as const };
    expect(await moveAppointments(OWNER_VIEWER, moved, { now: FIRST - 20 * HOUR })).toMatchObject({ ok: true });
    expect((await deliver(FIRST - 19 * HOUR)).filter(({ ask: call }) => call === 'session')).toEqual([]);
    await run(FIRST - 18 * HOUR, instantAt('2026-12-03', '12:00'));
    const found = (await refusal()).map(({ facts }) => ('ask' in facts ? facts.ask : ''));
    expect(found.filter((call) => call === 'session')).toHaveLength(1);
  });

  it('are not sent if the client has noted the score already', async () => {
    const { link } = await book();
    await saveScore(link, { answers: { usual: 5 } }, { now: FIRST - 6 * DAY });
    await queueScoreEmails({ now: FIRST - 6 * DAY });
    expect(await refusal()).toEqual([]);
    await queueScoreEmails({ now: FIRST - 5 * DAY });
    await saveScore(link, { answers: { usual: 5 } }, { now: FIRST - 5 * DAY });
    expect(await refusal()).toHaveLength(1);
    expect(await deliver(FIRST - 5 * DAY)).toEqual([]);
  });

  it('are sent only once before consent, and never after it was withdrawn', async () => {
    const { link } = await book({ isAgreed: false });
    await run(NOW, FIRST + 20 * DAY);
    expect(await refusal()).toHaveLength(1);
    await saveScore(link, { answers: {}, consent: true }, { now: FIRST + 20 * DAY });
    await run(FIRST + 20 * DAY, FIRST + 27 * DAY);
    expect((await refusal()).length).toBeGreaterThan(1);
    const many = (await refusal()).length;
    await withdrawConsent(link, { kind: 'health_kept' }, { now: FIRST + 27 * DAY });
    await run(FIRST + 27 * DAY, FIRST + 50 * DAY);
    expect(await refusal()).toHaveLength(many);
  });

  it('are not sent to an address that nobody has confirmed', async () => {
    await book({ isConfirmed: false });
    await run(NOW, FIRST);
    expect(await refusal()).toEqual([]);
  });

  it('are found quickly even if one address has thousands of dates', async () => {
    const { uids, link } = await book({ isConfirmed: false, count: 1 });
    await addCancelledPlans(link.seriesId, uids[0]!, 8000);
    const began = performance.now();
    await queueScoreEmails({ now: FIRST - HOUR });
    // Checking the address once per plan would take ten seconds; checking it once takes milliseconds.
    expect(performance.now() - began).toBeLessThan(2000);
    expect(await refusal()).toEqual([]);
  }, 30_000);

  it('are found behind hundreds of dates at the same time, without blocking others', async () => {
    const { uids, link } = await book({ count: 1 });
    await addCancelledPlans(link.seriesId, uids[0]!, 1000, '!first');
    await addCancelledPlans(link.seriesId, uids[0]!, 1000, 'zlast');
    let turns = 0;
    let isOver = false;
    const count = () => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    setImmediate(count);
    await queueScoreEmails({ now: FIRST - 6 * DAY });
    isOver = true;
    expect(await refusal()).toHaveLength(1);
    // The job reads two thousand dates in eight parts, and lets others work between them.
    expect(turns).toBeGreaterThanOrEqual(8);
  }, 30_000);
});

/** Copies the plan this often, each with one cancelled date. */
async function addCancelledPlans(seriesId: string, uid: string, count: number, prefix = 'many') {
  const { reader } = db.connection();
  const [plan] = await reader.select().from(series).where(eq(series.id, seriesId));
  const [date] = await reader.select().from(appointments).where(eq(appointments.id, uid));
  const cancelled = { status: 'cancelled', cancelledAt: NOW, cancelledBy: 'client' } as const;
  const BATCH = 500;
  for (let at = 0; at < count; at += BATCH) {
    const ids = Array.from({ length: BATCH }, (_, k) => `${prefix}-${at + k}`);
    await db.write(async (tx) => {
      await tx.insert(series).values(ids.map((id) => ({ ...plan!, id })));
      await tx.insert(appointments).values(ids.map((id) => ({ ...date!, ...cancelled, id, seriesId: id })));
    });
  }
}
