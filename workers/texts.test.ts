import { createHmac, randomUUID } from 'node:crypto';
import { eq, isNull } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { GET as openShortLink } from '@/app/c/[code]/route';
import { POST as takeIncoming } from '@/app/texts/incoming/route';
import { confirmEmailAddress } from '@/db/access/confirmed-email-addresses';
import { replaceManageLink } from '@/db/access/manage-tokens';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { prepareMailFacts } from '@/db/delivery/prepare-mail-facts';
import { findAttendanceDate } from '@/db/messages/confirm-attendance';
import { leaseDueMessages } from '@/db/messages/outbox-delivery';
import { queueReminders } from '@/db/messages/queue-reminders';
import { getRemindersOfDate, listUnreachedDates } from '@/db/messages/reminder-states';
import { getTextCapRefusal } from '@/db/messages/text-caps';
import { getTextMessageConsent, saveTextMessageConsent } from '@/db/messages/text-consents';
import { recordTextDeliveryReport } from '@/db/messages/text-delivery-reports';
import { getTextStateByCode, setTextStateByCode } from '@/db/messages/text-links';
import { getTextMessagingOverview } from '@/db/messages/text-messaging-overview';
import { collectAllClientData } from '@/db/people/all-client-data';
import { eraseClient } from '@/db/people/erase-client';
import { mergeClients } from '@/db/people/merge-clients';
import { findPersonalDataIdsByEmail } from '@/db/people/personal-data-ids';
import { clients, outbox, reminderRules, reminders, series, textConsents, textOptOuts } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { openTestInbox, type TestInbox } from '@/mail/test-inbox';
import { openTestTextGateway, type TextGatewayForTests } from '@/mail/test-text-gateway';
import type { ReminderChannel } from '@/scheduling/reminder-schedule';
import { sendDueMessages } from './outbox-worker';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIRST = instantAt('2026-12-01', '18:00');
const DUE = FIRST - DAY;
const NUMBER = '+353861234567';
const SITE = 'http://127.0.0.1:3000';

let fake: TextGatewayForTests;
let inbox: TestInbox;

beforeEach(async () => {
  fake = await openTestTextGateway();
  inbox = await openTestInbox();
  vi.stubEnv('BASE_URL', SITE);
  vi.stubEnv('TEXTS_WAY', 'twilio');
  vi.stubEnv('TEXTS_URL', `http://AC1:secret@127.0.0.1:${fake.port}`);
  vi.stubEnv('TEXTS_FROM', '+353861111111');
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await Promise.all([fake.close(), inbox.close()]);
});

type Link = { role: 'link'; seriesId: string };

async function book({ channel = 'text' as ReminderChannel, phone = NUMBER, wantsTexts = true } = {}) {
  await db.write((tx) =>
    tx
      .insert(reminderRules)
      .values({ id: 'all', steps: [1440], channels: { 1440: channel }, changedAt: 0 })
      .onConflictDoNothing(),
  );
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(FIRST), { now: NOW });
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  await db.write(async (tx) => {
    await tx.update(clients).set({ phone });
    await confirmEmailAddress(tx, 'ana@example.org', 'link', NOW);
    // Drops the message about the booking itself.
    await tx.update(outbox).set({ droppedAt: NOW });
  });
  const link = linkViewer(booked.seriesId) as Link;
  if (wantsTexts) expect(await saveTextMessageConsent(link, true, { now: NOW })).toEqual({ ok: true });
  return { link, uid: booked.appointments[0]!.uid };
}
const write = (now: number) => queueReminders({ now, isWhole: true });
const send = (now: number, worker = 'one', url = inbox.url) => sendDueMessages(url, worker, () => now);
const mailed = () =>
  inbox.received.map(({ mail }) => mail.subject).filter((subject) => subject?.startsWith('Reminder'));
const texted = () => fake.accepted.map(({ to }) => to);
const read = <T>(query: (reader: ReturnType<typeof db.connection>['reader']) => T) => query(db.connection().reader);
const incoming = (text: string, from = NUMBER, secret = 'secret') => {
  const body = new URLSearchParams({ From: from, Body: text, MessageSid: 'SM2' });
  const signed = `${SITE}/texts/incoming${[...body]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flat()
    .join('')}`;
  const signature = createHmac('sha1', secret).update(signed).digest('base64');
  const headers = { 'X-Twilio-Signature': signature, 'Content-Type': 'application/x-www-form-urlencoded' };
  return takeIncoming(new Request(`${SITE}/texts/incoming`, { method: 'POST', headers, body: body.toString() }));
};

/** Sends the due text and returns the code in its link. */
const sentCode = async () => {
  await write(DUE);
  await send(DUE);
  return /\/c\/([\w-]{12})/.exec(fake.accepted[0]!.body)![1]!;
};

describe('a text reminder', () => {
  it('goes once to a client who wants texts, with a link to confirm that they come', async () => {
    const { uid } = await book();
    expect(await getRemindersOfDate(OWNER_VIEWER, uid, { now: NOW })).toMatchObject({
      reminders: [{ channel: 'text', state: 'waiting', at: DUE }],
    });
    await Promise.all([write(DUE), write(DUE), write(DUE + 1)]);
    await Promise.all([send(DUE), send(DUE, 'two'), send(DUE, 'three')]);
    await write(DUE + HOUR);
    await send(DUE + HOUR);
    expect(fake.accepted).toHaveLength(1);
    expect(mailed()).toEqual([]);
    const { to, body } = fake.accepted[0]!;
    expect(to).toBe(NUMBER);
    expect(body).toMatch(
      /: Tue 1 Dec 18:00 with Mira\. Coming, or need to move\? http\S+\/c\/[\w-]{12} Reply STOP to end$/,
    );
    expect(body).not.toMatch(/Ana|Costa|Swedish|massage type/);
    expect((await getRemindersOfDate(OWNER_VIEWER, uid, { now: DUE + HOUR }))?.reminders).toMatchObject([
      { channel: 'text', state: 'sent', why: null },
    ]);
    const code = /\/c\/([\w-]{12})/.exec(body)![1]!;
    const answer = await openShortLink(new Request(`${SITE}/c/${code}`), { params: Promise.resolve({ code }) });
    const [, token, named] = /\/manage\/coming\/([\w-]{43})\?text=([\w-]+)$/.exec(answer.headers.get('location')!)!;
    expect(named).toBe(code);
    expect(await findAttendanceDate(token!, { now: DUE })).toMatchObject({ start: FIRST, state: 'asked' });
    expect(JSON.stringify(await read((reader) => reader.select().from(reminders)))).not.toContain(code);
    const other = await openShortLink(new Request(SITE), { params: Promise.resolve({ code: 'AAAAAAAAAAAA' }) });
    expect(other.status).toBe(404);
    // The reader of a text can end texts through its link.
    expect(await getTextStateByCode(code)).toBe('on');
    expect(await setTextStateByCode(code, false, { now: DUE })).toEqual({ ok: true });
    expect(await getTextStateByCode(code)).toBe('ended');
    expect(await getTextStateByCode('AAAAAAAAAAAA')).toBeNull();
    expect(await setTextStateByCode('AAAAAAAAAAAA', false, { now: DUE })).toEqual({ ok: false, reason: 'not_found' });
  });

  it('goes by e-mail as well where the practice chose both', async () => {
    await book({ channel: 'both' });
    await write(DUE);
    await send(DUE);
    expect([texted(), mailed()]).toEqual([[NUMBER], [expect.stringContaining('1 December')]]);
  });

  it('goes out even without a mail server', async () => {
    await book({ channel: 'both' });
    await write(DUE);
    await send(DUE, 'one', '');
    expect([texted(), mailed()]).toEqual([[NUMBER], []]);
  });

  it.each([
    ['has not ticked it', { wantsTexts: false }],
    ['gave a landline', { phone: '+35312345678', wantsTexts: false }],
  ])('is replaced by an e-mail to a client who %s', async (_why, other) => {
    await book(other);
    await write(DUE);
    await send(DUE);
    expect([texted(), mailed()]).toEqual([[], [expect.stringContaining('1 December')]]);
  });

  it('is replaced by an e-mail when it was due before they wanted texts', async () => {
    const { link } = await book({ wantsTexts: false });
    await saveTextMessageConsent(link, true, { now: DUE });
    await write(DUE + MINUTE);
    await send(DUE + MINUTE);
    expect([texted(), mailed()]).toEqual([[], [expect.stringContaining('1 December')]]);
  });

  it('is not sent when the date was cancelled after it was written', async () => {
    const { uid } = await book();
    await write(DUE);
    await cancelAppointments(OWNER_VIEWER, { uid, scope: 'this' }, { now: DUE });
    await send(DUE);
    expect(texted()).toEqual([]);
  });

  it('waits until the night is over', async () => {
    await book();
    await write(DUE);
    await send(instantAt('2026-11-30', '20:30'));
    expect(texted()).toEqual([]);
    await send(instantAt('2026-12-01', '08:00'));
    expect(texted()).toEqual([NUMBER]);
  });
});

describe('a failing text gateway', () => {
  it('is tried again, and the text goes once', async () => {
    const { uid } = await book();
    await write(DUE);
    fake.answer = (attempt) => (attempt < 3 ? { status: 503 } : 'take');
    await send(DUE);
    expect((await getRemindersOfDate(OWNER_VIEWER, uid, { now: DUE }))?.reminders).toMatchObject([
      { state: 'waiting', why: 'The gateway cannot take it now (503).' },
    ]);
    for (let now = DUE; now < DUE + 90 * MINUTE; now += MINUTE) await send(now);
    expect(fake.sendRequests).toBe(3);
    expect(texted()).toEqual([NUMBER]);
    expect(mailed()).toEqual([]);
  });

  it('that rejects the number as unknown causes an e-mail instead, and no more texts to it', async () => {
    const { link, uid } = await book();
    await write(DUE);
    fake.answer = () => ({ status: 400, body: { code: 21211 } });
    await send(DUE);
    expect(await listUnreachedDates(OWNER_VIEWER, { now: DUE })).toMatchObject([{ uid, why: 'text' }]);
    expect((await getTextMessagingOverview(OWNER_VIEWER, { now: DUE })).trouble).toBe('This number takes no texts.');
    await write(DUE + MINUTE);
    await send(DUE + MINUTE);
    expect(mailed()).toHaveLength(1);
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'unreachable', ending: '567' });
    expect((await getRemindersOfDate(OWNER_VIEWER, uid, { now: DUE + HOUR }))?.reminders).toMatchObject([
      { channel: 'text', state: 'failed', why: 'This number takes no texts.' },
      { channel: 'email', state: 'sent' },
    ]);
  });

  it('that hangs up after it may have accepted the text is not tried again: an e-mail goes', async () => {
    await book();
    await write(DUE);
    fake.answer = () => 'take_and_hang_up';
    for (let now = DUE; now < DUE + 3 * HOUR; now += MINUTE * 5) {
      await write(now);
      await send(now);
    }
    expect(texted()).toEqual([NUMBER]);
    expect(mailed()).toHaveLength(1);
  });

  it.each([
    ['stays down', { status: 503 }],
    ['does not take our password', { status: 401 }],
    ['refuses it by a code that we do not know', { status: 400, body: { code: 99999 } }],
  ])('that %s is given up within half an hour, and an e-mail goes', async (_why, answer) => {
    const { link } = await book();
    fake.answer = () => answer;
    for (let now = DUE; now < DUE + 30 * MINUTE; now += MINUTE) {
      await write(now);
      await send(now);
    }
    expect([texted(), mailed().length]).toEqual([[], 1]);
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'on' });
  });

  it('is not called again when a worker died before it stored the answer', async () => {
    const { uid } = await book();
    await write(DUE);
    const [leased] = await leaseDueMessages('dies', DUE);
    await prepareMailFacts(leased!.id, 'dies', DUE);
    await send(DUE + 3 * MINUTE);
    await write(DUE + 4 * MINUTE);
    await send(DUE + 4 * MINUTE);
    expect([texted(), mailed().length]).toEqual([[], 1]);
    expect((await getRemindersOfDate(OWNER_VIEWER, uid, { now: DUE + HOUR }))?.reminders[0]).toMatchObject({
      channel: 'text',
      state: 'failed',
      why: 'It may have arrived already.',
    });
  });

  it('is sent a link that opens, even if the link to the plan was replaced after the text was written', async () => {
    const { link } = await book();
    await write(DUE);
    await db.write((tx) => replaceManageLink(tx, link.seriesId, DUE));
    await send(DUE);
    const code = /\/c\/([\w-]{12})/.exec(fake.accepted[0]!.body)![1]!;
    const answer = await openShortLink(new Request(SITE), { params: Promise.resolve({ code }) });
    expect(answer.status).toBe(307);
  });

  it('delays no e-mail: texts and mail are sent separately', async () => {
    await book({ channel: 'both' });
    await write(DUE);
    expect(await sendDueMessages(inbox.url, 'mail', () => DUE, 'mail')).toBe(1);
    expect([texted(), mailed().length]).toEqual([[], 1]);
    expect(await sendDueMessages(inbox.url, 'texts', () => DUE, 'texts')).toBe(1);
    expect([texted(), mailed().length]).toEqual([[NUMBER], 1]);
  });

  it('is called again once the lease of a dead worker runs out', async () => {
    await book();
    await write(DUE);
    await db.write((tx) =>
      tx
        .update(outbox)
        .set({ leasedBy: 'dead', leasedUntil: DUE + MINUTE })
        .where(eq(outbox.kind, 'reminder_text')),
    );
    await send(DUE);
    expect(texted()).toEqual([]);
    await send(DUE + 2 * MINUTE);
    expect(texted()).toEqual([NUMBER]);
  });
});

describe('the caps on texts', () => {
  it('allow three texts a day to one number, and send the rest by e-mail', async () => {
    const { uid } = await book();
    await write(DUE);
    const [row] = await read((reader) => reader.select().from(outbox).where(eq(outbox.kind, 'reminder_text')));
    const sent = (hoursAgo: number) => {
      const id = randomUUID();
      const bare = { seriesId: null, appointmentId: null, sentAt: DUE - hoursAgo * HOUR };
      return db.write((tx) => tx.insert(outbox).values({ ...row!, ...bare, id, messageId: id }));
    };
    for (const hoursAgo of [1, 5, 25]) await sent(hoursAgo);
    await sent(23);
    await send(DUE);
    expect((await getRemindersOfDate(OWNER_VIEWER, uid, { now: DUE }))?.reminders).toMatchObject([
      { channel: 'text', state: 'failed', why: 'This number has had 3 texts within a day.' },
    ]);
    await write(DUE + MINUTE);
    await send(DUE + MINUTE);
    expect([texted(), mailed().length]).toEqual([[], 1]);
  });

  it('do not count texts that are a day old', async () => {
    await book();
    await write(DUE);
    const [row] = await read((reader) => reader.select().from(outbox).where(eq(outbox.kind, 'reminder_text')));
    for (const id of [1, 2, 3].map(() => randomUUID())) {
      const bare = { seriesId: null, appointmentId: null, sentAt: DUE - DAY };
      await db.write((tx) => tx.insert(outbox).values({ ...row!, ...bare, id, messageId: id }));
    }
    await send(DUE);
    expect(texted()).toEqual([NUMBER]);
  });

  it('limit the texts that the practice sends in a day', async () => {
    vi.stubEnv('TEXTS_A_DAY', '0');
    const { uid } = await book();
    await write(DUE);
    await send(DUE);
    expect((await getRemindersOfDate(OWNER_VIEWER, uid, { now: DUE }))?.reminders).toMatchObject([
      { state: 'failed', why: 'The practice has sent 0 texts within a day.' },
    ]);
  });
});

describe('STOP and START', () => {
  it('from the number end and begin texts for every client who gave it; other replies do nothing', async () => {
    const { link } = await book();
    expect((await incoming('Running late, sorry')).status).toBe(200);
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'on' });
    await write(DUE);
    expect(await (await incoming('Stop')).text()).toContain('<Response/>');
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'stopped' });
    await send(DUE);
    await write(DUE + MINUTE);
    await send(DUE + MINUTE);
    expect([texted(), mailed().length]).toEqual([[], 1]);
    // Nobody else can end the opt-out.
    expect(await saveTextMessageConsent(link, true, { now: DUE })).toEqual({ ok: false, reason: 'conflict' });
    await incoming('START');
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'on' });
    const storedConsents = JSON.stringify(await read((reader) => reader.select().from(textConsents)));
    expect(storedConsents).not.toMatch(/Running late/);
  });

  it('begin nothing that was never wanted, or that the client withdrew', async () => {
    const { link } = await book({ wantsTexts: false });
    await incoming('START');
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'off' });
    await saveTextMessageConsent(link, true, { now: NOW });
    await saveTextMessageConsent(link, false, { now: NOW });
    await incoming('START');
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'off' });
  });

  it('do not restart texts that the client has withdrawn', async () => {
    const { link } = await book();
    await saveTextMessageConsent(link, false, { now: NOW });
    await incoming('STOP');
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'stopped' });
    await incoming('START');
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'off' });
  });

  it('belong to the number: another number in between and an erasure change nothing', async () => {
    const { link } = await book();
    await incoming('STOP');
    const call = (phone: string) => db.write((tx) => tx.update(clients).set({ phone }));
    await call('+353871234567');
    expect(await saveTextMessageConsent(link, true, { now: NOW + MINUTE })).toEqual({ ok: true });
    await call(NUMBER);
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'stopped' });
    expect(await saveTextMessageConsent(link, true, { now: NOW + MINUTE })).toEqual({ ok: false, reason: 'conflict' });
    await eraseClient('ana@example.org', NOW + MINUTE);
    expect(JSON.stringify(await read((reader) => reader.select().from(textOptOuts)))).not.toContain('861234567');
    const again = await book({ wantsTexts: false });
    expect(await getTextMessageConsent(again.link)).toMatchObject({ state: 'stopped' });
    await incoming('START');
    expect(await getTextMessageConsent(again.link)).toMatchObject({ state: 'off' });
  });

  it('are checked when a text is sent', async () => {
    const { link } = await book();
    await incoming('STOP');
    await db.write((tx) => tx.update(textConsents).set({ endedAt: null, endedAs: null }));
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'stopped' });
    await write(DUE);
    await send(DUE);
    expect([texted(), mailed().length]).toEqual([[], 1]);
  });

  it('work through the link of a text too, for every client who gave the number, and can be reversed there', async () => {
    const { link } = await book();
    const code = await sentCode();
    const [own] = await read((reader) => reader.select().from(clients));
    const [agreed] = await read((reader) => reader.select().from(textConsents));
    const twin = 'c0ffee00-0000-4000-8000-000000000000';
    await db.write(async (tx) => {
      await tx.insert(clients).values({ ...own!, id: twin, email: '' });
      await tx.insert(textConsents).values({ ...agreed!, clientId: twin });
    });
    const active = () => read((reader) => reader.$count(textConsents, isNull(textConsents.endedAt)));
    expect(await setTextStateByCode(code, false, { now: DUE })).toEqual({ ok: true });
    expect([await active(), await getTextMessageConsent(link)]).toMatchObject([0, { state: 'ended' }]);
    expect(await setTextStateByCode(code, false, { now: DUE })).toEqual({ ok: true });
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'ended' });
    expect(await setTextStateByCode(code, true, { now: DUE + 1 })).toEqual({ ok: true });
    expect([await active(), await getTextStateByCode(code)]).toEqual([2, 'on']);
    await setTextStateByCode(code, false, { now: DUE + 2 });
    await incoming('START');
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'on' });
  });

  it('through the link can be reversed by the client on their page once, and after that only by the number itself', async () => {
    const { link } = await book();
    const code = await sentCode();
    const [agreed] = await read((reader) => reader.select().from(textConsents));
    await setTextStateByCode(code, false, { now: DUE });
    expect(await saveTextMessageConsent(link, true, { now: DUE + 1 })).toEqual({ ok: true });
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'on' });
    const [again] = await read((reader) => reader.select().from(textConsents));
    expect(again).toEqual({ ...agreed, agreedAt: DUE + 1 });
    // The reader of the texts opts out again; it may be somebody other than the client.
    await setTextStateByCode(code, false, { now: DUE + 2 });
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'stopped' });
    expect(await saveTextMessageConsent(link, true, { now: DUE + 3 })).toEqual({ ok: false, reason: 'conflict' });
    expect(await getTextStateByCode(code)).toBe('stopped');
    expect(await setTextStateByCode(code, true, { now: DUE + 3 })).toEqual({ ok: false, reason: 'conflict' });
    await incoming('START');
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'on' });
  });

  it('through the link start no texts to a number that no client has any more', async () => {
    await book();
    const code = await sentCode();
    await setTextStateByCode(code, false, { now: DUE });
    await db.write(async (tx) => void (await tx.update(textConsents).set({ number: '+353861230000' })));
    expect(await setTextStateByCode(code, true, { now: DUE + 1 })).toEqual({ ok: false, reason: 'conflict' });
    expect(await getTextStateByCode(code)).toBe('ended');
    await incoming('START');
    expect(await setTextStateByCode(code, true, { now: DUE + 2 })).toEqual({ ok: false, reason: 'conflict' });
  });

  it('are possible through the link alone where the sender takes no replies', async () => {
    vi.stubEnv('TEXTS_FROM', 'Fortnight');
    const { link } = await book();
    const code = await sentCode();
    expect(fake.accepted[0]!.body).toMatch(/To end texts, use the link$/);
    for (const now of [DUE, DUE + 2]) {
      await setTextStateByCode(code, false, { now });
      expect(await getTextStateByCode(code)).toBe('ended');
      await setTextStateByCode(code, true, { now: now + 1 });
      expect(await getTextMessageConsent(link)).toMatchObject({ state: 'on' });
    }
    await setTextStateByCode(code, false, { now: DUE + 4 });
    await saveTextMessageConsent(link, true, { now: DUE + 5 });
    await setTextStateByCode(code, false, { now: DUE + 6 });
    expect([await getTextMessageConsent(link), await getTextStateByCode(code)]).toMatchObject([
      { state: 'stopped' },
      'ended',
    ]);
  });

  it('apply to the number that the text went to, whatever number the client has now', async () => {
    const { link } = await book();
    const code = await sentCode();
    await db.write((tx) => tx.update(clients).set({ phone: '+353871234567' }));
    await saveTextMessageConsent(link, true, { now: DUE });
    expect(await getTextStateByCode(code)).toBeNull();
    await setTextStateByCode(code, false, { now: DUE });
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'on', ending: '567' });
  });

  it('are accepted only with the gateway’s signature', async () => {
    const { link } = await book();
    expect((await incoming('STOP', NUMBER, 'another')).status).toBe(403);
    const body = JSON.stringify({
      event: 'sms:received',
      payload: { phoneNumber: '086 123 4567', message: 'STOP', receivedAt: '' },
    });
    vi.stubEnv('TEXTS_WAY', 'android');
    vi.stubEnv('TEXTS_KEY', 'signing');
    const fromPhone = (key: string, apart = 0, sent = body) => {
      const timestamp = String(Math.floor((Date.now() + apart) / 1000));
      const signature = createHmac('sha256', key)
        .update(sent + timestamp)
        .digest('hex');
      const headers = { 'X-Signature': signature, 'X-Timestamp': timestamp };
      return takeIncoming(new Request(`${SITE}/texts/incoming`, { method: 'POST', headers, body: sent }));
    };
    expect((await fromPhone('other')).status).toBe(403);
    expect((await fromPhone('signing', -10 * MINUTE)).status).toBe(403);
    expect((await fromPhone('signing', 0, '{')).status).toBe(403);
    vi.stubEnv('TEXTS_KEY', '');
    expect((await fromPhone('')).status).toBe(403);
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'on' });
    vi.stubEnv('TEXTS_KEY', 'signing');
    expect((await fromPhone('signing')).status).toBe(200);
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'stopped' });
  });
});

describe('a delivery report', () => {
  const PUBLIC = 'https://massage.example';
  const signed = (address: string, fields: Record<string, string>, secret = 'secret') => {
    const body = new URLSearchParams(fields);
    const sorted = [...body].sort(([a], [b]) => (a < b ? -1 : 1)).flat();
    const signature = createHmac('sha1', secret)
      .update(`${address}${sorted.join('')}`)
      .digest('base64');
    const headers = { 'X-Twilio-Signature': signature, 'Content-Type': 'application/x-www-form-urlencoded' };
    // Behind a proxy the server sees only its internal address.
    const inside = address.replace(PUBLIC, SITE);
    return takeIncoming(new Request(inside, { method: 'POST', headers, body: body.toString() }));
  };
  const texts = async (uid: string) =>
    (await getRemindersOfDate(OWNER_VIEWER, uid, { now: DUE + HOUR }))?.reminders.filter(
      ({ channel }) => channel === 'text',
    );
  const sendOne = async () => {
    vi.stubEnv('BASE_URL', PUBLIC);
    const { uid, link } = await book();
    await sentCode();
    return { uid, link, reportUrl: fake.accepted[0]!.reportUrl! };
  };

  it('of an arrived text is shown with its date', async () => {
    const { uid, reportUrl } = await sendOne();
    expect(reportUrl).toMatch(/^https:\/\/massage\.example\/texts\/incoming\?text=[\w-]{36}&tried=\d+$/);
    for (const MessageStatus of ['queued', 'sent', 'sending'])
      expect((await signed(reportUrl, { MessageStatus, To: NUMBER })).status).toBe(200);
    expect(await texts(uid)).toMatchObject([{ state: 'sent' }]);
    await signed(reportUrl, { MessageStatus: 'delivered', To: NUMBER });
    expect(await texts(uid)).toMatchObject([{ state: 'delivered' }]);
    await signed(reportUrl, { MessageStatus: 'undelivered', ErrorCode: '30008' });
    expect(await texts(uid)).toMatchObject([{ state: 'delivered' }]);
  });

  it('of a failed text is shown with its date and on the day’s list, and one e-mail goes instead', async () => {
    const { uid, link, reportUrl } = await sendOne();
    for (let n = 0; n < 2; n++) await signed(reportUrl, { MessageStatus: 'undelivered', ErrorCode: '30008' });
    expect(await texts(uid)).toMatchObject([{ state: 'failed', why: 'It could not be delivered (30008).' }]);
    expect(await listUnreachedDates(OWNER_VIEWER, { now: DUE })).toMatchObject([{ uid, why: 'text' }]);
    expect((await getTextMessagingOverview(OWNER_VIEWER, { now: DUE })).trouble).toBe(
      'It could not be delivered (30008).',
    );
    for (const now of [DUE + MINUTE, DUE + 2 * MINUTE]) {
      await write(now);
      await send(now);
    }
    expect([texted(), mailed().length]).toEqual([[NUMBER], 1]);
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'on' });
  });

  it('that the number takes no texts ends texts to it', async () => {
    const { uid, link, reportUrl } = await sendOne();
    await signed(reportUrl, { MessageStatus: 'failed', ErrorCode: '30006' });
    expect(await texts(uid)).toMatchObject([{ state: 'failed', why: 'This number takes no texts.' }]);
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'unreachable' });
  });

  it('counts only with a signature, and only for the text that it names', async () => {
    const { uid, reportUrl } = await sendOne();
    const failed = { MessageStatus: 'failed' };
    expect((await signed(reportUrl, failed, 'another')).status).toBe(403);
    const other = `${PUBLIC}/texts/incoming?text=${randomUUID()}&tried=${DUE}`;
    expect((await signed(other, failed)).status).toBe(200);
    const headers = { 'X-Twilio-Signature': createHmac('sha1', 'secret').update(other).digest('base64') };
    const request = new Request(reportUrl, { method: 'POST', headers, body: '' });
    expect((await takeIncoming(request)).status).toBe(403);
    expect(await texts(uid)).toMatchObject([{ state: 'sent' }]);
  });

  it('from the phone app is matched by the id that the app was given', async () => {
    vi.stubEnv('TEXTS_WAY', 'android');
    vi.stubEnv('TEXTS_KEY', 'signing');
    const { uid } = await book();
    await sentCode();
    const [{ id: messageId } = { id: null }] = fake.accepted;
    const postEvent = (event: string, key = 'signing') => {
      const body = JSON.stringify({ event, payload: { messageId, phoneNumber: NUMBER, reason: 'RESULT_ERROR' } });
      const timestamp = String(Math.floor(Date.now() / 1000));
      const signature = createHmac('sha256', key).update(`${body}${timestamp}`).digest('hex');
      const headers = { 'X-Signature': signature, 'X-Timestamp': timestamp };
      return takeIncoming(new Request(`${SITE}/texts/incoming`, { method: 'POST', headers, body }));
    };
    expect((await postEvent('sms:failed', 'other')).status).toBe(403);
    expect((await postEvent('system:ping')).status).toBe(403);
    expect((await postEvent('sms:sent')).status).toBe(200);
    expect(await texts(uid)).toMatchObject([{ state: 'sent' }]);
    await postEvent('sms:failed');
    expect(await texts(uid)).toMatchObject([{ state: 'failed', why: 'The phone could not send it.' }]);
    await postEvent('sms:delivered');
    expect(await texts(uid)).toMatchObject([{ state: 'delivered' }]);
  });

  it('is not requested from a service that cannot reach this computer', async () => {
    await book();
    await sentCode();
    expect(fake.accepted[0]!.reportUrl).toBeNull();
  });

  it('of a failure still counts against the caps, because the text may have cost money', async () => {
    await sendOne();
    const [{ id, toEmail } = { id: '', toEmail: '' }] = await read((reader) =>
      reader.select().from(outbox).where(eq(outbox.kind, 'reminder_text')),
    );
    await recordTextDeliveryReport({ id, state: 'failed' }, { now: DUE + MINUTE });
    vi.stubEnv('TEXTS_A_DAY', '1');
    const why = await db.write((tx) => getTextCapRefusal(tx, { id: randomUUID(), toEmail }, DUE + HOUR));
    expect(why).toBe('The practice has sent 1 texts within a day.');
  });
});

describe('the consent to texts', () => {
  it('is asked for again when the number changes', async () => {
    const { link } = await book();
    await db.write((tx) => tx.update(clients).set({ phone: '+353871234567' }));
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'off', ending: '567' });
    await write(DUE);
    await send(DUE);
    expect([texted(), mailed().length]).toEqual([[], 1]);
  });

  it('needs a confirmed e-mail address first', async () => {
    const { link } = await book({ wantsTexts: false });
    await db.write((tx) => tx.update(clients).set({ email: 'nobody@example.org' }));
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'unconfirmed' });
    expect(await saveTextMessageConsent(link, true, { now: NOW })).toEqual({ ok: false, reason: 'conflict' });
  });

  it('is the latest one for the same number when two entries are merged', async () => {
    const { link } = await book();
    const [own] = await read((reader) => reader.select().from(clients));
    const [agreed] = await read((reader) => reader.select().from(textConsents));
    const join = { ...own!, id: 'c0ffee00-0000-4000-8000-000000000000', email: '' };
    await db.write(async (tx) => {
      await tx.insert(clients).values(join);
      await tx.insert(textConsents).values({ ...agreed!, clientId: join.id, endedAt: NOW + 1, endedAs: 'client' });
    });
    expect(await mergeClients(OWNER_VIEWER, { keep: own!, join }, { now: NOW + 2 })).toEqual({ ok: true });
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'off' });
    await db.write(async (tx) => {
      await tx.insert(clients).values(join);
      await tx.insert(textConsents).values({ ...agreed!, clientId: join.id, agreedAt: NOW + 3 });
    });
    const [target] = await read((reader) => reader.select().from(clients).where(eq(clients.id, own!.id)));
    expect(await mergeClients(OWNER_VIEWER, { keep: target!, join }, { now: NOW + 4 })).toEqual({ ok: true });
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'on' });
  });

  it('is not asked for where the practice sends no texts', async () => {
    const { link } = await book({ channel: 'email', wantsTexts: false });
    expect(await getTextMessageConsent(link)).toBeNull();
    await db.write((tx) => tx.update(reminderRules).set({ channels: { 1440: 'both' } }));
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'off' });
    vi.stubEnv('TEXTS_WAY', '');
    expect(await getTextMessageConsent(link)).toBeNull();
  });

  it('is in the copy of a client’s data, moves in a merge, and is erased with the client', async () => {
    const { link } = await book();
    await write(DUE);
    const data = await read(async (reader) =>
      collectAllClientData(reader, await findPersonalDataIdsByEmail(reader, 'ana@example.org')),
    );
    expect(data.text_consents).toMatchObject([
      { number: NUMBER, way: 'link', words: expect.stringContaining('Text me') },
    ]);
    expect(JSON.stringify(data)).not.toContain('tokenHash');
    const [own] = await read((reader) => reader.select().from(clients));
    const twin = { ...own!, id: 'c0ffee00-0000-4000-8000-000000000000', name: 'Anna Costa', email: '', phone: null };
    await db.write((tx) => tx.insert(clients).values(twin));
    const target = { id: twin.id, version: twin.version };
    expect(await mergeClients(OWNER_VIEWER, { keep: target, join: own! }, { now: NOW })).toEqual({ ok: true });
    expect(await getTextMessageConsent(link)).toMatchObject({ state: 'on' });
    await eraseClient('ana@example.org', NOW);
    expect(await read((reader) => reader.$count(textConsents))).toBe(0);
    expect(await read((reader) => reader.$count(series))).toBe(0);
    expect(JSON.stringify(await read((reader) => reader.select().from(outbox)))).not.toContain('353861234567');
  });
});
