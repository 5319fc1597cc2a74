import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { reader } from '@/db/connection/database-client';
import { getNotificationFactsToSend } from '@/db/delivery/notification-facts-to-send';
import { listMail, listMailToClient } from '@/db/delivery/outbox-for-staff';
import { collectAllClientData } from '@/db/people/all-client-data';
import { deleteExpiredRows } from '@/db/people/delete-expired-rows';
import { eraseClient } from '@/db/people/erase-client';
import { findPersonalDataIdsByEmail } from '@/db/people/personal-data-ids';
import { auditEvents, clientMessages, clients, outbox } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  DESK_VIEWER,
  linkViewer,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { renderMessage } from '@/mail/render-message';
import {
  listClientMessagesOfSeries,
  listClientMessageTimes,
  listUnansweredMessages,
  markAnswered,
  sendMessageToPractice,
} from './messages-from-clients';

setUpTestDatabase({ now: NOW });
const EMAIL = 'una.cole@example.org';
const WORDS = 'Could we begin at a quarter past?\nMy knee is better.';
const clock = { now: NOW };
const HOUR = 3_600_000;

let plan = '';
beforeEach(async () => {
  plan = await book('Una Cole', EMAIL, '2026-12-01');
});

async function book(name: string, email: string, on: string): Promise<string> {
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(instantAt(on, '18:00'), { client: { name, email } }),
    clock,
  );
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  return booked.seriesId;
}

const send = (words = WORDS, now = NOW) =>
  sendMessageToPractice(linkViewer(plan) as { role: 'link'; seriesId: string }, words, { now });
const lettersToPractice = async () =>
  (await (await reader()).select().from(outbox)).filter(({ kind }) => kind === 'client_message');

describe('a message to the practice', () => {
  it('is stored encrypted, and is not in the history', async () => {
    expect(await send()).toEqual({ ok: true });
    const db = await reader();
    const [row] = await db.select().from(clientMessages);
    expect(JSON.stringify(row)).not.toContain('quarter');
    expect(JSON.stringify(await db.select().from(auditEvents))).not.toContain('quarter');
    expect(await db.select().from(auditEvents).where(eq(auditEvents.action, 'wrote to the practice'))).toMatchObject([
      { actor: `link:${plan}`, facts: {} },
    ]);
  });

  it.each([
    ['empty', '  \n '],
    ['too long', 'a'.repeat(501)],
    ['text that no page can show', 'a\u0000b'],
  ])('cannot be %s', async (_what, words) => {
    expect(await send(words)).toMatchObject({ ok: false, reason: 'invalid', issues: [{ path: ['words'] }] });
    expect(await lettersToPractice()).toEqual([]);
  });

  it('may have 500 characters, as a reader counts them', async () => {
    expect(await send('é'.repeat(500))).toEqual({ ok: true });
  });

  it('is sent once when the button is pressed twice, and at most five times a day', async () => {
    await send();
    await send(WORDS, NOW + 1000);
    expect(await (await reader()).select().from(clientMessages)).toHaveLength(1);
    for (const word of ['one', 'two', 'three', 'four']) expect(await send(word, NOW + HOUR)).toEqual({ ok: true });
    expect(await send('five', NOW + 2 * HOUR)).toEqual({ ok: false, reason: 'too_many' });
    expect(await send('six', NOW + 24 * HOUR)).toEqual({ ok: true });
  });

  it('is refused without an existing plan', async () => {
    expect(await sendMessageToPractice({ role: 'link', seriesId: 'made-up' }, WORDS, clock)).toEqual({
      ok: false,
      reason: 'not_found',
    });
  });

  it('is announced to the practice in one e-mail, by name and without its text, until it is answered', async () => {
    await send();
    await send('And at ten?', NOW + HOUR);
    const [mail, ...more] = await lettersToPractice();
    expect(more).toEqual([]);
    expect(mail?.toEmail).not.toBe(EMAIL);
    const current = await getNotificationFactsToSend(await reader(), mail!, NOW + HOUR);
    const { subject, text } = renderMessage(current!.notification, { calendarUrl: 'http://a/calendar' }, NOW);
    expect(subject).toBe('Una Cole sent 2 messages');
    expect(`${text}${JSON.stringify(current)}`).not.toMatch(/quarter|knee|ten\?/);
    expect(text).toContain('http://a/calendar');
    for (const { id } of await listClientMessagesOfSeries(OWNER_VIEWER, plan))
      await markAnswered(OWNER_VIEWER, id, clock);
    expect(await getNotificationFactsToSend(await reader(), mail!, NOW + HOUR)).toBeNull();
  });

  it('is not listed among the e-mails to the client', async () => {
    await send();
    const [una] = await (await reader()).select().from(clients).where(eq(clients.email, EMAIL));
    expect((await listMailToClient(OWNER_VIEWER, una!.id, clock)).map(({ kind }) => kind)).not.toContain(
      'client_message',
    );
    expect((await listMail(OWNER_VIEWER, clock)).map(({ kind }) => kind)).toContain('client_message');
  });
});

describe('the list of client messages', () => {
  it('is for staff who may see the plan, and has the newest first', async () => {
    await send();
    await send('And at ten?', NOW + HOUR);
    for (const viewer of [OWNER_VIEWER, DESK_VIEWER, therapistViewer('mira')])
      expect((await listClientMessagesOfSeries(viewer, plan)).map(({ words }) => words)).toEqual([
        'And at ten?',
        WORDS,
      ]);
    expect(await listClientMessagesOfSeries(therapistViewer('tom'), plan)).toEqual([]);
    expect(await listUnansweredMessages(therapistViewer('tom'), clock)).toEqual([]);
    expect(await listUnansweredMessages(therapistViewer('mira'), clock)).toMatchObject([
      { clientName: 'Una Cole', many: 2, startsAt: instantAt('2026-12-01', '18:00') },
    ]);
  });

  it('shows every waiting message, however many are newer, and the longest waiting first', async () => {
    const DAY = 24 * HOUR;
    await send();
    for (let k = 1; k <= 12; k++) {
      await send(`Message ${k}`, NOW + k * DAY);
      const [newest] = await listClientMessagesOfSeries(OWNER_VIEWER, plan);
      await markAnswered(OWNER_VIEWER, newest!.id, { now: NOW + k * DAY });
    }
    const shown = await listClientMessagesOfSeries(OWNER_VIEWER, plan);
    expect(shown).toHaveLength(11);
    expect(shown.at(-1)).toMatchObject({ words: WORDS, answeredAt: null });
    const sooner = await book('Nia Walsh', 'nia@example.org', '2026-11-24');
    await sendMessageToPractice({ role: 'link', seriesId: sooner }, 'Later, please', { now: NOW + DAY });
    expect((await listUnansweredMessages(OWNER_VIEWER, clock)).map(({ clientName }) => clientName)).toEqual([
      'Una Cole',
      'Nia Walsh',
    ]);
  });

  it('marks a message as answered, once, and shows that to the client', async () => {
    await send();
    const link = { role: 'link', seriesId: plan } as const;
    const [message] = await listClientMessagesOfSeries(OWNER_VIEWER, plan);
    expect(await listClientMessageTimes(link)).toEqual([{ sentAt: NOW, isAnswered: false }]);
    expect(await markAnswered(therapistViewer('tom'), message!.id, clock)).toBe(false);
    expect(await markAnswered(DESK_VIEWER, message!.id, clock)).toBe(true);
    expect(await markAnswered(DESK_VIEWER, message!.id, clock)).toBe(false);
    expect(await listClientMessageTimes(link)).toEqual([{ sentAt: NOW, isAnswered: true }]);
    expect(await listUnansweredMessages(OWNER_VIEWER, clock)).toEqual([]);
  });
});

describe('a message as personal data', () => {
  it('is in the client’s export, and is erased with them', async () => {
    await send();
    const db = await reader();
    const copy = await collectAllClientData(db, await findPersonalDataIdsByEmail(db, EMAIL));
    expect(copy.client_messages).toMatchObject([{ words: WORDS }]);
    await eraseClient(EMAIL, NOW);
    expect(await db.select().from(clientMessages)).toEqual([]);
  });

  it('is deleted a year after it was sent', async () => {
    await send();
    await deleteExpiredRows(NOW + 365 * 24 * HOUR);
    expect(await (await reader()).select().from(clientMessages)).toHaveLength(1);
    await deleteExpiredRows(NOW + 365 * 24 * HOUR + 1);
    expect(await (await reader()).select().from(clientMessages)).toEqual([]);
  });
});
