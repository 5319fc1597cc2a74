import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { asc, eq, like } from 'drizzle-orm';
import { confirmEmailAddress } from '@/db/access/confirmed-email-addresses';
import type { Db } from '@/db/connection/connection';
import { getDatabaseUrl } from '@/db/connection/database-client';
import { appointments, clients, series, textConsents } from '@/db/schema';
import { toWallTime } from '@/scheduling/zone-conversion';
import { assertTrue } from './assert-true';
import { environment, ROOT } from './server';

// Shared by the proofs of reminders by e-mail and by text: dates of a practice, and workers whose clock shows the time
// they are told.

const HOUR = 3_600_000;
/** How many dates begin at each hour of the day. */
const A_HOUR = 4;
const DOMAIN = '@reminders.example.org';

export async function startReminderWorker(workers: ChildProcess[], settings: Record<string, string>): Promise<void> {
  const worker = fork(path.join(ROOT, 'scripts/prove/reminder-worker.ts'), {
    cwd: ROOT,
    execArgv: ['--import', 'tsx'],
    env: environment({ DATABASE_URL: getDatabaseUrl(), ...settings }),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  workers.push(worker);
  await once(worker, 'message');
}

/**
 * Inserts some dates at each hour of the day. `numberOf`: the phone number of each date's client, who wants texts
 * there.
 */
export async function insertTestDates(
  tx: Db,
  { timeZone, began, ends }: { timeZone: string; began: number; ends: number },
  numberOf: (at: number) => string | null = () => null,
): Promise<void> {
  let at = 0;
  for (let start = began + 4 * HOUR; start < ends + 24 * HOUR; start += HOUR) {
    const { time } = toWallTime(timeZone, start);
    if (time < '09:00' || time > '19:00') continue;
    for (let n = 0; n < A_HOUR; n++) await plant(tx, timeZone, start, numberOf(at++));
  }
}

export async function listTestDates(db: Db): Promise<{ id: string; start: number; number: string | null }[]> {
  const planted = await db
    .select({ id: appointments.id, start: appointments.startAt, number: clients.phone })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(like(clients.email, `%${DOMAIN}`))
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  assertTrue(planted.length > 10, `only ${planted.length} dates were made`);
  return planted;
}

/** Inserts a date that was booked long ago, without claims: nothing here checks whose time it takes. */
async function plant(tx: Db, timeZone: string, startAt: number, number: string | null): Promise<void> {
  const id = randomUUID();
  const createdAt = startAt - 60 * 24 * HOUR;
  const { on, time } = toWallTime(timeZone, startAt);
  const endAt = startAt + HOUR;
  const email = `${id}${DOMAIN}`;
  await tx.insert(clients).values({ id, name: `Client ${id.slice(0, 8)}`, email, phone: number, createdAt });
  if (number !== null) {
    await confirmEmailAddress(tx, email, 'link', createdAt);
    const agreed = { number, way: 'link' as const, words: 'Yes', agreedAt: createdAt };
    await tx.insert(textConsents).values({ clientId: id, ...agreed });
  }
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

/**
 * Lets each worker run once at that moment, and waits until all have finished; with `isKill` one of them is killed
 * before it ends.
 */
export async function runWorkersAt(workers: ChildProcess[], now: number, isKill = false): Promise<void> {
  const answers = workers.map(answerOf);
  for (const worker of workers) worker.send(now);
  if (isKill) {
    await wait(Math.random() * 150); // while it writes and sends
    const [worker] = workers.splice(0, 1);
    const closed = once(worker!, 'close');
    worker!.kill('SIGKILL');
    await closed;
  }
  for (const answer of await Promise.all(answers))
    assertTrue(answer === 'done' || (isKill && answer === 'gone'), `a worker could not go on: ${answer}`);
}

/** The next message from a worker; 'gone' when it was killed instead. */
function answerOf(worker: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    const end = (answer: string) => {
      worker.off('message', onMessage).off('close', close);
      resolve(answer);
    };
    const onMessage = (message: unknown) => end(String(message));
    const close = () => end('gone');
    worker.on('message', onMessage).on('close', close);
  });
}
