import { setTimeout as wait } from 'node:timers/promises';
import { dayFromToday, openings, requestApi } from '../api-client';
import { createFormClient, readHiddenFields, submitForm } from '../form-client';
import { openMailServer } from '../mail-server';
import { startServer } from '../server';

export const title = 'our mail server cannot be used to flood somebody';

const VICTIM = 'victim@example.org';
const MOVES = 60;
const NETWORKS = 40;
/** The most e-mails to one address in an hour: six about what happened, and three with links. */
const MOST = 6 + 3;
/** A few more polls of the outbox worker than it needs. */
const AFTER_MS = 8_000;

/**
 * Books with the victim's address, moves the booking to and fro sixty times, and asks from forty networks for the links
 * to the victim's bookings.
 */
export async function attack(folder: string) {
  const mail = await openMailServer();
  const server = await startServer({ DATA_DIR: folder, RATE_LIMITS: '', TRUST_PROXY: '1', SMTP_URL: mail.url });
  try {
    const { address } = server;
    const from = { 'X-Forwarded-For': '203.0.113.9' };
    const free = await openings(address, dayFromToday(45), 14, { therapist: 'mira' });
    const [first, second] = free;
    if (!first || !second) throw new Error('Mira has no two times to be booked');
    const request = {
      service: 'swedish',
      minutes: 60,
      cadence: 'once',
      appointments: [{ startsAt: first.startsAt, therapist: 'mira' }],
      client: { name: 'Claim your prize at evil.example', email: VICTIM },
    };
    const booked = await requestApi('POST', `${address}/api/v1/series`, request, {
      ...from,
      'Idempotency-Key': 'a-flood-of-mail-to-one-address',
    });
    if (booked.status !== 201)
      throw new Error(`the booking was answered ${booked.status}: ${JSON.stringify(booked.body)}`);
    const { manageToken, appointments } = booked.body as { manageToken: string; appointments: { uid: string }[] };
    const target = `${address}/api/v1/appointments/${appointments[0]!.uid}/move`;
    const own = { ...from, Authorization: `Bearer ${manageToken}` };
    let moved = 0;
    for (let k = 0; k < MOVES; k++) {
      const startsAt = (k % 2 ? first : second).startsAt;
      const answer = await requestApi('POST', target, { startsAt, scope: 'this' }, own);
      if (answer.status === 200) moved++;
    }
    for (let k = 0; k < NETWORKS; k++) {
      const sender = createFormClient(address, { 'X-Forwarded-For': `2001:db8:${k.toString(16)}::1` });
      await submitForm(
        sender,
        '/manage',
        new Map([...(await readHiddenFields(sender, '/manage', 'email')), ['email', VICTIM]]),
      );
    }
    await wait(AFTER_MS);
    const messages = mail.messages.filter(({ to }) => to === VICTIM);
    if (moved < 2 || messages.length === 0)
      throw new Error(`${moved} moves and ${messages.length} e-mails prove nothing`);
    if (messages.length > MOST) throw new Error(`${messages.length} e-mails went to one address`);
    if (messages.some(({ text }) => /prize/i.test(text))) throw new Error('an e-mail carries the words of a stranger');
    return { moved, askedForLinks: NETWORKS, messages: messages.length };
  } finally {
    await server.end('SIGTERM');
    await mail.down();
  }
}
