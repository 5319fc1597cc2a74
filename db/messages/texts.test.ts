import { beforeEach, expect, it, vi } from 'vitest';
import { confirmEmailAddress } from '@/db/access/confirmed-email-addresses';
import { bookSeries } from '@/db/booking/book-series';
import { prepareMailFacts } from '@/db/delivery/prepare-mail-facts';
import { clients, outbox, reminderRules } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { leaseDueMessages, markFailed, markSent } from './outbox-delivery';
import { queueReminders } from './queue-reminders';
import { getRemindersOfDate } from './reminder-states';
import { getTextMessageConsent, handleStopOrStart, saveTextMessageConsent } from './text-consents';
import { findAttendanceTokenByCode } from './text-links';
import { getTextMessagingOverview } from './text-messaging-overview';

// Runs on both engines; workers/texts.test.ts sends the texts.

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const FIRST = instantAt('2026-12-01', '18:00');
const DUE = FIRST - 24 * 60 * MINUTE;
const NUMBER = '+353861234567';

beforeEach(() => {
  vi.stubEnv('TEXTS_WAY', 'android');
  vi.stubEnv('TEXTS_URL', 'http://sms:secret@192.168.1.20:8080');
});

async function book() {
  await db.write((tx) =>
    tx.insert(reminderRules).values({ id: 'all', steps: [1440], channels: { 1440: 'text' }, changedAt: 0 }),
  );
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(FIRST), { now: NOW });
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  await db.write(async (tx) => {
    await tx.update(clients).set({ phone: NUMBER });
    await confirmEmailAddress(tx, 'ana@example.org', 'link', NOW);
    await tx.update(outbox).set({ droppedAt: NOW });
  });
  const link = linkViewer(booked.seriesId) as { role: 'link'; seriesId: string };
  expect(await saveTextMessageConsent(link, true, { now: NOW })).toEqual({ ok: true });
  return { link, uid: booked.appointments[0]!.uid };
}
const take = async (now: number, only?: 'texts') => {
  const [leased, ...more] = await leaseDueMessages('w', now, 5, only);
  expect(more).toEqual([]);
  return leased && { ...leased, mail: await prepareMailFacts(leased.id, 'w', now) };
};

it('a reminder text is written once, is leased like any message, and names its date', async () => {
  const { uid } = await book();
  await Promise.all([1, 2, 3].map(() => queueReminders({ now: DUE, isWhole: true })));
  const text = await take(DUE, 'texts');
  expect(text).toMatchObject({ toEmail: NUMBER, mail: { notification: { kind: 'reminder_text', date: { uid } } } });
  await markSent(text!.id, 'w', DUE);
  expect(await queueReminders({ now: DUE + MINUTE, isWhole: true })).toBe(0);
  expect(await getRemindersOfDate(OWNER_VIEWER, uid, { now: DUE })).toMatchObject({
    reminders: [{ channel: 'text', state: 'sent' }],
  });
  expect(await getTextMessagingOverview(OWNER_VIEWER, { now: DUE })).toMatchObject({
    clients: 1,
    sentToday: 1,
    trouble: null,
  });
  expect(await findAttendanceTokenByCode('AAAAAAAAAAAA')).toBeNull();
});

it('a reminder text is replaced by the e-mail once its number does not exist or has sent STOP', async () => {
  const { link } = await book();
  await queueReminders({ now: DUE, isWhole: true });
  const text = await take(DUE);
  await markFailed(text!.id, 'w', { error: 'No such number.', isFinal: true }, DUE);
  expect(await getTextMessageConsent(link)).toMatchObject({ state: 'unreachable' });
  expect(await queueReminders({ now: DUE + MINUTE, isWhole: true })).toBe(1);
  expect((await take(DUE + MINUTE))?.toEmail).toBe('ana@example.org');
  await saveTextMessageConsent(link, true, { now: DUE + MINUTE });
  expect(await handleStopOrStart({ from: '086 123 4567', reply: 'stop' }, { now: DUE + MINUTE })).toBe(1);
  expect(await getTextMessageConsent(link)).toMatchObject({ state: 'stopped' });
  expect(await handleStopOrStart({ from: NUMBER, reply: 'start' }, { now: DUE + MINUTE })).toBe(1);
  expect(await handleStopOrStart({ from: '+353870000000', reply: 'stop' }, { now: DUE + MINUTE })).toBe(0);
});
