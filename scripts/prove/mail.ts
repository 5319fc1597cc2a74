import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { and, eq, gt, isNull } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import type { Connection } from '@/db/connection/connection';
import { getDatabaseUrl } from '@/db/connection/database-client';
import { listMail, retryMessage } from '@/db/delivery/outbox-for-staff';
import { putInOutbox } from '@/db/messages/outbox';
import { getPractice, toNotificationPractice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import { appointments, outbox, waitlistOffers } from '@/db/schema';
import { acceptOfferAsStaff } from '@/db/waitlist/accept-offer';
import { withdrawOffer } from '@/db/waitlist/decline-offer';
import { canJoinWaitlistFor } from '@/db/waitlist/join-request-issues';
import { joinWaitlist } from '@/db/waitlist/join-waitlist';
import { offerByHand } from '@/db/waitlist/staff-waitlist-actions';
import { listPossibleOffersForEntry } from '@/db/waitlist/waiting-clients';
import { addDays } from '@/scheduling/day';
import type { Notification } from '@/scheduling/notification-types';
import { ANY_DAY_PART } from '@/scheduling/waitlist-matching';
import { toWallTime } from '@/scheduling/zone-conversion';
import { assertTrue } from './assert-true';
import { countAcceptedButNotMarked } from './count-accepted-but-not-marked';
import { type MailServer, openMailServer } from './mail-server';
import { environment, ROOT } from './server';
import { withProofDatabase } from './with-proof-database';

// E-mails go through a mail server that fails three times in ten and is down for a while, sent by workers that are
// killed at random moments. No e-mail may be lost, and one that is sent twice must be recognisable as one. An offer
// from the waiting list that is accepted or withdrawn must not be sent any more.

const OWNER: Staff = { role: 'owner', userId: 'o', email: 'o@fortnight.example', name: 'Owner', therapistId: null };
const REMINDERS = 10;
const UNKNOWN = 3;
const OFFERS = 16;

/** Either one worker that is killed, or several at once that are not. */
interface Size {
  messages: number;
  kills: number;
  workers: number;
}

async function proveMail(size: Size): Promise<Record<string, number>> {
  const server = await openMailServer();
  try {
    return await withProofDatabase((connection, workers) => run(connection, server, workers, size));
  } finally {
    await server.down();
  }
}

async function run(connection: Connection, server: MailServer, workers: ChildProcess[], size: Size) {
  const began = Date.now();
  // How fast the clock runs: the hours between two attempts pass in seconds. With several workers it runs slower, because
  // a worker's lease on an e-mail must outlast a slow sending.
  const times = size.workers > 1 ? 30 : 600;
  const settings = { DATABASE_URL: getDatabaseUrl(), SMTP_URL: server.url, BASE_URL: 'http://127.0.0.1:3000' };
  const start = async () => {
    const worker = fork(path.join(ROOT, 'scripts/prove/mail-worker.ts'), {
      cwd: ROOT,
      execArgv: ['--import', 'tsx'],
      env: environment({ ...settings, CLOCK_FROM: String(began), CLOCK_TIMES: String(times) }),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    workers.push(worker);
    await once(worker, 'message');
  };
  const killOne = async () => {
    const worker = workers.shift();
    const closed = once(worker!, 'close');
    worker!.kill('SIGKILL');
    await closed;
  };
  const count = async (...conditions: Parameters<typeof and>) =>
    (
      await connection.reader
        .select({ id: outbox.id })
        .from(outbox)
        .where(and(...conditions))
    ).length;

  const cancelled = await queueEmails(connection, server, size, began);
  const offers = await makeOffers(connection, began);
  server.goodness = size.kills > 0 ? 0.7 : 0.9;
  for (let n = 0; n < size.workers; n++) await start();

  const counted = new Map<string, number>();
  let inTheGap = 0;
  let kills = 0;
  let downs = 0;
  const waiting = () => count(isNull(outbox.sentAt), isNull(outbox.deadAt), isNull(outbox.droppedAt));
  for (; kills < size.kills; kills++) {
    await wait(40 + Math.random() * 5 * (size.messages / size.kills)); // so that sending lasts as long as the kills
    await killOne();
    inTheGap += await countAcceptedButNotMarked(connection, server, counted);
    if (kills === Math.floor(size.kills / 2)) await offers.withdrawSome(server);
    if (kills === Math.floor(size.kills / 3)) {
      downs++;
      await server.down();
      await start();
      await wait(3_000);
      await server.up();
    } else await start();
  }
  for (let tries = 0; (await waiting()) > 0; tries++) {
    assertTrue(tries < 6_000, `${await waiting()} messages still wait after ten minutes`);
    if (tries === 100) server.goodness = 1;
    await wait(100);
  }

  const stored = await connection.reader
    .select({ messageId: outbox.messageId, toEmail: outbox.toEmail, sentAt: outbox.sentAt })
    .from(outbox);
  const known = new Set(stored.map(({ messageId }) => messageId));
  const missing = stored.filter(({ sentAt, messageId }) => sentAt !== null && !server.accepted.has(messageId));
  assertTrue(missing.length === 0, `${missing.length} messages are marked as sent, and the mail server never had them`);
  assertTrue(
    [...server.accepted.keys()].every((id) => known.has(id)),
    'a message came with a Message-ID that is not stored',
  );
  const twice = [...server.accepted.values()].reduce((sum, times) => sum + times - 1, 0);
  if (size.kills > 0)
    assertTrue(twice <= inTheGap, `${twice} came twice, and only ${inTheGap} were between "250 OK" and mark`);
  else assertTrue(twice === 0, `${twice} came twice, and no worker was killed`);
  for (const address of cancelled)
    assertTrue(!server.recipients.has(address), 'a reminder of a cancelled appointment went out');
  offers.check(server);
  const retried = await retryTheDead(server, waiting);
  const sent = await count(gt(outbox.sentAt, 0));
  assertTrue(sent === server.accepted.size, `${sent} are marked as sent, ${server.accepted.size} arrived`);
  return {
    messages: sent,
    kills,
    downs,
    twice,
    inTheGap,
    droppedReminders: cancelled.length,
    ...offers.figures,
    deadThenSent: retried,
  };
}

/**
 * Puts e-mails into the outbox. Some go to unknown addresses; some belong to an upcoming date, as reminders do, and half
 * of those dates are then cancelled. Returns the addresses that must get nothing.
 */
async function queueEmails(connection: Connection, server: MailServer, { messages }: Size, now: number) {
  const notification: Notification = {
    kind: 'answered',
    about: 'question',
    practice: toNotificationPractice(await getPractice()),
    askedId: 'an id',
  };
  await connection.transact(async (tx) => {
    await tx.delete(outbox);
    const to = (k: number) => (k < UNKNOWN ? `unknown${k}@example.org` : `client${k}@example.org`);
    for (let k = 0; k < messages; k++) await putInOutbox(tx, { notification, toEmail: to(k), now });
  });
  for (let k = 0; k < UNKNOWN; k++) server.unknown.add(`unknown${k}@example.org`);
  const soon = await connection.reader
    .select({ id: appointments.id })
    .from(appointments)
    .where(and(eq(appointments.status, 'booked'), gt(appointments.startAt, now + 5 * 86_400_000)))
    .limit(REMINDERS);
  const to = (id: string) => `${id}@reminders.example.org`;
  await connection.transact(async (tx) => {
    for (const { id } of soon) {
      await putInOutbox(tx, { notification, toEmail: to(id), appointmentId: id, now, dueAt: now + 10 * 60_000 });
    }
  });
  const chosen = soon.filter((_, k) => k % 2 === 0);
  for (const { id } of chosen) {
    const result = await cancelAppointments(OWNER, { uid: id, scope: 'this' }, { now });
    assertTrue(result.ok, 'an appointment could not be cancelled');
  }
  return chosen.map(({ id }) => to(id));
}

/**
 * Offers times to some waiting clients. Before anything is sent, a quarter is accepted by phone and a quarter is
 * withdrawn; another quarter is withdrawn while the workers run, and the rest stay open.
 */
async function makeOffers(connection: Connection, now: number) {
  const { timeZone } = await getPractice();
  const today = toWallTime(timeZone, now).on;
  const service = (await listServices()).find(canJoinWaitlistFor)!;
  const entry = {
    ...{ serviceId: service.id, minutes: service.lengths[0]!.minutes, therapistId: 'any', sessions: 1, atTime: null },
    ...{ cadence: 'once' as const, fromOn: addDays(today, 2), untilOn: addDays(today, 21), dayParts: ANY_DAY_PART },
    isUrgent: false,
  };
  const offered: { id: string; messageId: string }[] = [];
  for (let k = 0; k < OFFERS; k++) {
    const who = { name: `Waits ${k}`, email: `waits${k}@example.org` };
    const joined = await joinWaitlist(OWNER, entry, who, { now });
    assertTrue(joined.ok, 'nobody could join the waiting list');
    const [offer] = await listPossibleOffersForEntry(OWNER, joined.entryId, { now });
    assertTrue(offer !== undefined, 'nothing was free to be offered');
    const { therapistId, starts } = offer;
    const request = { entryId: joined.entryId, therapistId, firstStartAt: starts[0]! };
    assertTrue((await offerByHand(OWNER, request, { now })).ok, 'what was free could not be offered');
    const [row] = await connection.reader
      .select({ id: waitlistOffers.id, messageId: outbox.messageId })
      .from(waitlistOffers)
      .innerJoin(outbox, eq(outbox.id, waitlistOffers.outboxId))
      .where(eq(waitlistOffers.entryId, joined.entryId));
    offered.push(row!);
  }
  // The clock runs fast here, so the offers get an end that they do not reach while this runs.
  await connection.transact((tx) => tx.update(waitlistOffers).set({ expiresAt: now + 30 * 86_400_000 }));
  const [accepted, early, late, open] = [0, 1, 2, 3].map((k) => offered.filter((_, at) => at % 4 === k));
  for (const { id } of accepted!)
    assertTrue((await acceptOfferAsStaff(OWNER, id, { now })).ok, 'an offer was not accepted');
  for (const { id } of early!) assertTrue((await withdrawOffer(OWNER, id, { now })).ok, 'an offer was not withdrawn');
  const endedOffers = new Map([...accepted!, ...early!].map(({ messageId }) => [messageId, 0]));
  return {
    figures: { offers: offered.length, offersEnded: endedOffers.size },
    /** Only while no worker lives. */
    async withdrawSome(server: MailServer) {
      for (const { id, messageId } of late!) {
        assertTrue((await withdrawOffer(OWNER, id, { now: Date.now() })).ok, 'an offer was not withdrawn meanwhile');
        endedOffers.set(messageId, server.accepted.get(messageId) ?? 0);
      }
    },
    check(server: MailServer) {
      for (const [messageId, times] of endedOffers)
        assertTrue((server.accepted.get(messageId) ?? 0) === times, 'an offer went out that was accepted or withdrawn');
      for (const { messageId } of open!) assertTrue(server.accepted.has(messageId), 'an open offer never went out');
    },
  };
}

/** The practice sees the dead e-mails, and "Try again" sends them once their address exists. */
async function retryTheDead(server: MailServer, waiting: () => Promise<number>): Promise<number> {
  const dead = (await listMail(OWNER, { now: Date.now() })).filter(({ state }) => state === 'dead');
  assertTrue(dead.length === UNKNOWN, `${dead.length} dead messages are shown to the practice, not ${UNKNOWN}`);
  server.unknown.clear();
  server.goodness = 1;
  for (const { id } of dead)
    assertTrue(await retryMessage(OWNER, id, Date.now()), 'a dead message could not be tried again');
  for (let tries = 0; (await waiting()) > 0; tries++) {
    assertTrue(tries < 300, 'a dead message was tried again, and did not go out');
    await wait(100);
  }
  return dead.length;
}

// A process of its own, because the engine is chosen by DATABASE_URL when the schema is loaded.
const [messages, kills, workers] = process.argv.slice(2).map(Number) as [number, number, number];
await proveMail({ messages, kills, workers }).then(
  (figures) => console.log(JSON.stringify(figures)),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
