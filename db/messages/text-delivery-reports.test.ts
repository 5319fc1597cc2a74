import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { outbox } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { leaseDueMessages, markFailed, markSent } from './outbox-delivery';
import { recordTextDeliveryReport } from './text-delivery-reports';

// The rows after each report; workers/texts.test.ts sends texts and receives reports as a server does.

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;

async function write(kind = 'reminder_text') {
  const id = randomUUID();
  const facts = { kind, date: { uid: id, start: NOW + 48 * 60 * MINUTE } } as never;
  const bare = { seriesId: null, appointmentId: null, told: null, attempts: 0 };
  const row = { id, kind, toEmail: '+353861234567', facts, messageId: id, createdAt: NOW, dueAt: NOW, ...bare };
  await db.write((tx) => tx.insert(outbox).values(row));
  return id;
}
async function stateOf(id: string) {
  const [row] = await db.connection().reader.select().from(outbox).where(eq(outbox.id, id));
  const state = row!.sentAt !== null ? 'sent' : row!.deadAt !== null ? 'dead' : 'waiting';
  return `${state}${row!.reportedAt === null ? '' : ' by report'}`;
}
const report = (id: string, state: 'sent' | 'delivered' | 'failed', more: object = {}, now = NOW + MINUTE) =>
  recordTextDeliveryReport({ id, state, ...more }, { now });
const sent = async () => {
  const id = await write();
  await leaseDueMessages('w', NOW);
  await markSent(id, 'w', NOW);
  return id;
};

it('a report records that a text arrived or failed, in whatever order reports come: an arrival always wins', async () => {
  const states = ['sent', 'delivered', 'failed'] as const;
  for (const first of states)
    for (const second of states)
      for (const third of states) {
        const id = await sent();
        for (const state of [first, second, third, first, third]) await report(id, state);
        const results: string[] = [first, second, third];
        const expected = results.includes('delivered')
          ? 'sent by report'
          : results.includes('failed')
            ? 'dead by report'
            : 'sent';
        expect(await stateOf(id), results.join()).toBe(expected);
      }
});

it('a report may come before the gateway has answered that it accepted the text', async () => {
  const id = await write();
  await leaseDueMessages('w', NOW);
  expect(await report(id, 'failed')).toBe(true);
  await markSent(id, 'w', NOW);
  expect(await stateOf(id)).toBe('dead by report');
  const other = await write();
  await leaseDueMessages('w', NOW);
  expect(await report(other, 'sent')).toBe(true);
  await markFailed(other, 'w', { error: 'No answer.', mayHaveArrived: true }, NOW);
  expect(await stateOf(other)).toBe('sent');
  expect(await leaseDueMessages('another', NOW + 60 * MINUTE)).toEqual([]);
});

it('a report of arrival counts for a text that was given up without an answer', async () => {
  const id = await write();
  await leaseDueMessages('w', NOW);
  await markFailed(id, 'w', { error: 'No answer.', mayHaveArrived: true }, NOW);
  expect(await stateOf(id)).toBe('dead');
  expect(await report(id, 'delivered')).toBe(true);
  expect(await stateOf(id)).toBe('sent by report');
});

it('a report about an earlier attempt does not end a text that was sent again since', async () => {
  const id = await sent();
  await db.write((tx) => tx.update(outbox).set({ dueAt: NOW + 5 * MINUTE }));
  expect(await report(id, 'failed', { triedAt: NOW })).toBe(false);
  expect(await stateOf(id)).toBe('sent');
  expect(await report(id, 'failed', { triedAt: NOW + 5 * MINUTE })).toBe(true);
});

it('simultaneous reports of arrival and failure leave the text as arrived', async () => {
  for (let times = 0; times < 10; times++) {
    const id = await sent();
    await Promise.all((['failed', 'delivered', 'sent', 'failed'] as const).map((state) => report(id, state)));
    expect(await stateOf(id)).toBe('sent by report');
  }
});

it('a report for anything but a known text is ignored', async () => {
  expect(await report(randomUUID(), 'failed')).toBe(false);
  expect(await report('no id', 'failed')).toBe(false);
  const email = await write('reminder');
  expect(await report(email, 'failed')).toBe(false);
  const dropped = await write();
  await db.write((tx) => tx.update(outbox).set({ droppedAt: NOW }).where(eq(outbox.id, dropped)));
  expect(await report(dropped, 'delivered')).toBe(false);
});
