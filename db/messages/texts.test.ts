import { beforeEach, expect, it, vi } from 'vitest';
import { confirmAddress } from '@/db/access/confirmed-addresses';
import { bookSeries } from '@/db/booking/book-series';
import { prepareMail } from '@/db/delivery/prepare-mail';
import { clients, outbox, reminderRules } from '@/db/schema';
import { at } from '@/db/testing/test-appointments';
import { testDatabase } from '@/db/testing/test-database';
import { linkViewer, NOW, OWNER_VIEWER, READER, requestOf } from '@/db/testing/test-requests';
import { leaseDue, markFailed, markSent } from './outbox';
import { getReminders } from './reminder-states';
import { getTextChoice, saveTextChoice, takeReply } from './text-consents';
import { findAttendanceToken } from './text-links';
import { getTextsNow } from './texts-now';
import { writeReminders } from './write-reminders';

// On both engines: workers/texts.test.ts sends them.

const db = testDatabase({ now: NOW });
const MINUTE = 60_000;
const FIRST = at('2026-12-01', '18:00');
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
  const booked = await bookSeries(READER, requestOf(FIRST), { now: NOW });
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  await db.write(async (tx) => {
    await tx.update(clients).set({ phone: NUMBER });
    await confirmAddress(tx, 'ana@example.org', 'link', NOW);
    await tx.update(outbox).set({ droppedAt: NOW });
  });
  const link = linkViewer(booked.seriesId) as { role: 'link'; seriesId: string };
  expect(await saveTextChoice(link, true, { now: NOW })).toEqual({ ok: true });
  return { link, uid: booked.appointments[0]!.uid };
}
const take = async (now: number, only?: 'texts') => {
  const [leased, ...more] = await leaseDue('w', now, 5, only);
  expect(more).toEqual([]);
  return leased && { ...leased, mail: await prepareMail(leased.id, 'w', now) };
};

it('is written once, is leased as any message, and says what it is about', async () => {
  const { uid } = await book();
  await Promise.all([1, 2, 3].map(() => writeReminders({ now: DUE, isWhole: true })));
  const text = await take(DUE, 'texts');
  expect(text).toMatchObject({ toEmail: NUMBER, mail: { notification: { kind: 'reminder_text', date: { uid } } } });
  await markSent(text!.id, 'w', DUE);
  expect(await writeReminders({ now: DUE + MINUTE, isWhole: true })).toBe(0);
  expect(await getReminders(OWNER_VIEWER, uid, { now: DUE })).toMatchObject({
    reminders: [{ channel: 'text', state: 'sent' }],
  });
  expect(await getTextsNow(OWNER_VIEWER, { now: DUE })).toMatchObject({ clients: 1, sentToday: 1, trouble: null });
  expect(await findAttendanceToken('AAAAAAAAAAAA')).toBeNull();
});

it('gives way to the e-mail once nobody has the number, or it says STOP', async () => {
  const { link } = await book();
  await writeReminders({ now: DUE, isWhole: true });
  const text = await take(DUE);
  await markFailed(text!.id, 'w', { error: 'No such number.', isFinal: true }, DUE);
  expect(await getTextChoice(link)).toMatchObject({ state: 'unreachable' });
  expect(await writeReminders({ now: DUE + MINUTE, isWhole: true })).toBe(1);
  expect((await take(DUE + MINUTE))?.toEmail).toBe('ana@example.org');
  await saveTextChoice(link, true, { now: DUE + MINUTE });
  expect(await takeReply({ from: '086 123 4567', reply: 'stop' }, { now: DUE + MINUTE })).toBe(1);
  expect(await getTextChoice(link)).toMatchObject({ state: 'stopped' });
  expect(await takeReply({ from: NUMBER, reply: 'start' }, { now: DUE + MINUTE })).toBe(1);
  expect(await takeReply({ from: '+353870000000', reply: 'stop' }, { now: DUE + MINUTE })).toBe(0);
});
