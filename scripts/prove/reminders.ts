import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { asc, eq, like } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { moveAppointments } from '@/db/booking/move-appointments';
import { connect, databaseUrl, useConnection as serveFrom } from '@/db/connection/client';
import type { Connection, Db } from '@/db/connection/connection';
import { prepareDatabase } from '@/db/operations/start';
import { getPractice } from '@/db/practice/practice';
import { appointments, clients, outbox, reminderRules, reminders, series } from '@/db/schema';
import { isNight, reminderDueAt } from '@/scheduling/reminders';
import { toWall } from '@/scheduling/zone';
import { type MailServer, openMailServer } from './mail-server';
import { environment, ROOT } from './server';

// Reminders of a practice's dates, over some days that pass in steps of an hour, by workers that are
// killed at random moments, through a mail server that fails. Dates are cancelled and moved meanwhile. Each date that stands
// has each of its reminders once, by day; none is sent of what was cancelled or of where a date was before.

const OWNER: Staff = { role: 'owner', userId: 'o', email: 'o@fortnight.example', name: 'Owner', therapistId: null };
const STEPS = [1440, 180];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const EVERY = HOUR;
/** How many dates begin at each hour of the day. */
const A_HOUR = 4;
const DOMAIN = '@reminders.example.org';

interface Size {
  hours: number;
  kills: number;
  workers: number;
}

function must(isSo: boolean, words: string): asserts isSo {
  if (!isSo) throw new Error(words);
}

async function proveReminders(size: Size): Promise<Record<string, number>> {
  process.env.AUTH_SECRET ??= 'a secret for servers that are raced';
  process.env.CARE_KEY ??= 'a-care-key-for-servers-that-are-raced';
  const connection = await connect(databaseUrl());
  serveFrom(connection);
  const server = await openMailServer();
  const workers: ChildProcess[] = [];
  try {
    await prepareDatabase();
    return await run(connection, server, workers, size);
  } finally {
    for (const worker of workers) worker.kill('SIGKILL');
    serveFrom(undefined);
    await connection.close();
    await server.down();
  }
}

async function run(
  connection: Connection,
  server: MailServer,
  workers: ChildProcess[],
  { hours, kills, workers: many }: Size,
) {
  const db = connection.reader;
  const { timeZone } = await getPractice();
  const began = Math.ceil(Date.now() / HOUR) * HOUR;
  const ends = began + hours * HOUR;
  await connection.transact(async (tx) => {
    await tx.delete(outbox);
    await tx.insert(reminderRules).values({ id: 'all', steps: STEPS, changedAt: 0 });
    for (let start = began + 4 * HOUR; start < ends + 24 * HOUR; start += HOUR) {
      const { time } = toWall(timeZone, start);
      if (time >= '09:00' && time <= '19:00') for (let n = 0; n < A_HOUR; n++) await plant(tx, timeZone, start);
    }
  });
  server.goodness = 0.9;
  const start = async () => {
    const settings = { DATABASE_URL: databaseUrl(), SMTP_URL: server.url, BASE_URL: 'http://127.0.0.1:3000' };
    const worker = fork(path.join(ROOT, 'scripts/prove/reminder-worker.ts'), {
      cwd: ROOT,
      execArgv: ['--import', 'tsx'],
      env: environment(settings),
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    workers.push(worker);
    await once(worker, 'message');
  };
  for (let n = 0; n < many; n++) await start();

  const standing = await db
    .select({ id: appointments.id, start: appointments.startAt })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(like(clients.email, `%${DOMAIN}`))
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  must(standing.length > 10, `only ${standing.length} dates were made`);

  const gone = new Map<string, number>();
  const moved = new Map<string, number>();
  const counted = new Map<string, number>();
  let inTheGap = 0;
  let killed = 0;
  const steps = Math.ceil((ends - began) / EVERY);
  for (let step = 0; step <= steps; step++) {
    const now = began + step * EVERY;
    const before = isNight(timeZone, now) ? await countReminders(connection, server) : 0;
    const answers = workers.map(answerOf);
    for (const worker of workers) worker.send(now);
    const isKill = killed < kills && !isNight(timeZone, now);
    if (isKill) {
      await wait(Math.random() * 150); // by day, while it writes and sends
      const [worker] = workers.splice(0, 1);
      const closed = once(worker!, 'close');
      worker!.kill('SIGKILL');
      await closed;
      killed++;
    }
    for (const said of await Promise.all(answers))
      must(said === 'done' || (isKill && said === 'gone'), `a worker could not go on: ${said}`);
    if (isKill) {
      await wait(60); // what the mail server was about to take, it has taken
      inTheGap += await takenAndNotMarked(connection, server, counted);
      await start();
    }
    // What failed is tried again a minute later, then after five and fifteen.
    for (const minutes of [3, 10, 30]) await tellAll(workers, now + minutes * MINUTE);
    if (isNight(timeZone, now))
      must((await countReminders(connection, server)) === before, 'a reminder went out in the night');
    // No worker is at work now: what is changed here is known to all that they send from here on.
    const then = now + 31 * MINUTE; // after the last of these looks
    const next = standing.filter(({ id, start }) => start > now + 8 * HOUR && !gone.has(id) && !moved.has(id));
    const one = next[Math.floor(Math.random() * Math.min(next.length, 12))];
    if (one && step % 8 === 2) {
      const done = await cancelAppointments(OWNER, { uid: one.id, scope: 'this' }, { now: then });
      must(done.ok, 'an appointment could not be cancelled');
      gone.set(one.id, then);
    }
    if (one && step % 4 === 3 && (await moveSomewhere(one, then))) moved.set(one.id, then);
  }
  server.goodness = 1;
  for (let more = 1; more <= 24; more++) {
    const now = ends + more * 5 * MINUTE;
    if (isNight(timeZone, now)) break;
    await tellAll(workers, now);
  }

  const written = await db
    .select({
      uid: reminders.appointmentId,
      start: reminders.startAt,
      step: reminders.stepMinutes,
      messageId: outbox.messageId,
      sentAt: outbox.sentAt,
      droppedAt: outbox.droppedAt,
    })
    .from(reminders)
    .innerJoin(outbox, eq(outbox.id, reminders.outboxId));
  const sent = written.filter(({ sentAt }) => sentAt !== null);
  for (const { messageId } of sent)
    must(server.taken.has(messageId), 'a reminder is marked as sent, and the mail server never had it');
  const twice = written.reduce((sum, { messageId }) => sum + Math.max(0, (server.taken.get(messageId) ?? 0) - 1), 0);
  must(
    kills > 0 ? twice <= inTheGap : twice === 0,
    `${twice} came twice, and only ${inTheGap} were between "250 OK" and mark`,
  );

  let wanted = 0;
  for (const { id, start } of standing) {
    for (const step of STEPS) {
      const due = reminderDueAt(timeZone, start, step);
      const ended = Math.min(gone.get(id) ?? ends, moved.get(id) ?? ends, ends);
      const ofIt = sent.filter((one) => one.uid === id && one.start === start && one.step === step);
      must(
        ofIt.every(({ sentAt }) => sentAt! <= ended || ended === ends),
        'a reminder of a cancelled or moved date went out',
      );
      // One that waited for the mail server or was overtaken by the next step is no loss: it is said in the next.
      const shorter = STEPS.filter((other) => other < step).map((other) => reminderDueAt(timeZone, start, other));
      const last = Math.min(...shorter, start) - 4 * HOUR;
      if (due < began || due > Math.min(ended, last) - 3 * HOUR) continue;
      wanted++;
      must(ofIt.length === 1, `a date had ${ofIt.length} reminders ${step} minutes before`);
    }
  }
  must(wanted > 5, `only ${wanted} reminders were due`);
  must(gone.size > 0 && moved.size > 0, `${gone.size} dates were cancelled and ${moved.size} moved`);
  return {
    reminders: sent.length,
    expected: wanted,
    cancelled: gone.size,
    moved: moved.size,
    kills: killed,
    twice,
    inTheGap,
  };
}

/** To a day on which somebody works, and is free: the first that there is. */
async function moveSomewhere({ id, start }: { id: string; start: number }, now: number): Promise<boolean> {
  for (let days = 2; days < 10; days++) {
    const asked = { uid: id, startsAt: start + days * 24 * HOUR, therapistId: 'mira', scope: 'this' } as const;
    if ((await moveAppointments(OWNER, asked, { now })).ok) return true;
  }
  return false;
}

/** A date of somebody, booked long ago; nothing here asks whose time it takes. */
async function plant(tx: Db, timeZone: string, startAt: number): Promise<void> {
  const id = randomUUID();
  const createdAt = startAt - 60 * 24 * HOUR;
  const { on, time } = toWall(timeZone, startAt);
  const endAt = startAt + HOUR;
  await tx.insert(clients).values({ id, name: `Client ${id.slice(0, 8)}`, email: `${id}${DOMAIN}`, createdAt });
  const plan = { id, clientId: id, therapistId: 'mira', cadence: 'once' as const, sessions: 1, version: 1, createdAt };
  await tx.insert(series).values({ ...plan, firstOn: on, localTime: time, timeZone });
  await tx.insert(appointments).values({
    ...{ id, seriesId: id, position: 1, clientId: id, therapistId: 'mira', roomId: 'garden', serviceId: 'swedish' },
    ...{
      status: 'booked',
      startAt,
      endAt,
      paddedStartAt: startAt,
      paddedEndAt: endAt,
      localStart: `${on}T${time}`,
      timeZone,
    },
    ...{ nominalStartAt: startAt, minutes: 60, priceCents: 6800, currency: 'EUR', sequence: 0, version: 1, createdAt },
  });
}

/** How many reminders the mail server has taken. */
async function countReminders(connection: Connection, server: MailServer): Promise<number> {
  const all = await connection.reader
    .select({ messageId: outbox.messageId })
    .from(outbox)
    .where(eq(outbox.kind, 'reminder'));
  return all.reduce((sum, { messageId }) => sum + (server.taken.get(messageId) ?? 0), 0);
}

/** Lets each look once at that moment, and waits until all have. */
async function tellAll(workers: ChildProcess[], now: number): Promise<void> {
  const answers = workers.map(answerOf);
  for (const worker of workers) worker.send(now);
  for (const said of await Promise.all(answers)) must(said === 'done', `a worker could not go on: ${said}`);
}

/** What a worker says next; 'gone' when it was killed instead. */
function answerOf(worker: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    const end = (said: string) => {
      worker.off('message', say).off('close', close);
      resolve(said);
    };
    const say = (said: unknown) => end(String(said));
    const close = () => end('gone');
    worker.on('message', say).on('close', close);
  });
}

/** While the killed worker lives no more: how often since the last time the mail server took what the outbox does not know of. */
async function takenAndNotMarked(connection: Connection, server: MailServer, counted: Map<string, number>) {
  const all = await connection.reader.select({ messageId: outbox.messageId, sentAt: outbox.sentAt }).from(outbox);
  let found = 0;
  for (const { messageId, sentAt } of all) {
    if (sentAt !== null) continue;
    const times = server.taken.get(messageId) ?? 0;
    found += times - (counted.get(messageId) ?? 0);
    counted.set(messageId, times);
  }
  return found;
}

const [hours, kills, workers] = process.argv.slice(2).map(Number) as [number, number, number];
await proveReminders({ hours, kills, workers }).then(
  (figures) => console.log(JSON.stringify(figures)),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
