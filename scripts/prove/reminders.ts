import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { moveAppointments } from '@/db/booking/move-appointments';
import type { Connection } from '@/db/connection/connection';
import { getPractice } from '@/db/practice/practice';
import { outbox, reminderRules, reminders } from '@/db/schema';
import { getReminderDueTime, isQuietHours } from '@/scheduling/reminder-schedule';
import { assertTrue } from './assert-true';
import { countAcceptedButNotMarked } from './count-accepted-but-not-marked';
import { type MailServer, openMailServer } from './mail-server';
import { insertTestDates, listTestDates, runWorkersAt, startReminderWorker } from './reminder-proof-setup';
import { withProofDatabase } from './with-proof-database';

// Reminders for a practice's dates, over some days that pass in steps of an hour, by workers that are killed at random
// moments, through a mail server that fails. Dates are cancelled and moved meanwhile. Each date that stands gets each
// of its reminders once, by day. No reminder is sent for a cancelled date, or for a date's earlier time.

const OWNER: Staff = { role: 'owner', userId: 'o', email: 'o@fortnight.example', name: 'Owner', therapistId: null };
const STEPS = [1440, 180];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const EVERY = HOUR;

interface Size {
  hours: number;
  kills: number;
  workers: number;
}

async function proveReminders(size: Size): Promise<Record<string, number>> {
  const server = await openMailServer();
  try {
    return await withProofDatabase((connection, workers) => run(connection, server, workers, size));
  } finally {
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
    await insertTestDates(tx, { timeZone, began, ends });
  });
  server.goodness = 0.9;
  const start = () => startReminderWorker(workers, { SMTP_URL: server.url, BASE_URL: 'http://127.0.0.1:3000' });
  for (let n = 0; n < many; n++) await start();

  const standing = await listTestDates(db);

  const cancelledAt = new Map<string, number>();
  const moved = new Map<string, number>();
  const counted = new Map<string, number>();
  let inTheGap = 0;
  let killed = 0;
  const steps = Math.ceil((ends - began) / EVERY);
  for (let step = 0; step <= steps; step++) {
    const now = began + step * EVERY;
    const before = isQuietHours(timeZone, now) ? await countReminders(connection, server) : 0;
    const isKill = killed < kills && !isQuietHours(timeZone, now);
    await runWorkersAt(workers, now, isKill);
    if (isKill) killed++;
    if (isKill) {
      await wait(60); // lets the mail server finish what it was about to accept
      inTheGap += await countAcceptedButNotMarked(connection, server, counted);
      await start();
    }
    // A failed e-mail is tried again after one minute, then after five and fifteen.
    for (const minutes of [3, 10, 30]) await runWorkersAt(workers, now + minutes * MINUTE);
    if (isQuietHours(timeZone, now))
      assertTrue((await countReminders(connection, server)) === before, 'a reminder went out in the night');
    // No worker runs now, so everything that they send from here on follows the changes made here.
    const then = now + 31 * MINUTE; // after the last of these runs
    const next = standing.filter(({ id, start }) => start > now + 8 * HOUR && !cancelledAt.has(id) && !moved.has(id));
    const date = next[Math.floor(Math.random() * Math.min(next.length, 12))];
    if (date && step % 8 === 2) {
      const cancelled = await cancelAppointments(OWNER, { uid: date.id, scope: 'this' }, { now: then });
      assertTrue(cancelled.ok, 'an appointment could not be cancelled');
      cancelledAt.set(date.id, then);
    }
    if (date && step % 4 === 3 && (await moveSomewhere(date, then))) moved.set(date.id, then);
  }
  server.goodness = 1;
  for (let more = 1; more <= 24; more++) {
    const now = ends + more * 5 * MINUTE;
    if (isQuietHours(timeZone, now)) break;
    await runWorkersAt(workers, now);
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
    assertTrue(server.accepted.has(messageId), 'a reminder is marked as sent, and the mail server never had it');
  const twice = written.reduce((sum, { messageId }) => sum + Math.max(0, (server.accepted.get(messageId) ?? 0) - 1), 0);
  assertTrue(
    kills > 0 ? twice <= inTheGap : twice === 0,
    `${twice} came twice, and only ${inTheGap} were between "250 OK" and mark`,
  );

  let dueCount = 0;
  for (const { id, start } of standing) {
    for (const step of STEPS) {
      const due = getReminderDueTime(timeZone, start, step);
      const ended = Math.min(cancelledAt.get(id) ?? ends, moved.get(id) ?? ends, ends);
      const ofIt = sent.filter((mail) => mail.uid === id && mail.start === start && mail.step === step);
      assertTrue(
        ofIt.every(({ sentAt }) => sentAt! <= ended || ended === ends),
        'a reminder of a cancelled or moved date went out',
      );
      // A reminder that waited for the mail server until the next one was due is not lost: the next one replaces it.
      const shorter = STEPS.filter((other) => other < step).map((other) => getReminderDueTime(timeZone, start, other));
      const last = Math.min(...shorter, start) - 4 * HOUR;
      if (due < began || due > Math.min(ended, last) - 3 * HOUR) continue;
      dueCount++;
      assertTrue(ofIt.length === 1, `a date had ${ofIt.length} reminders ${step} minutes before`);
    }
  }
  assertTrue(dueCount > 5, `only ${dueCount} reminders were due`);
  assertTrue(
    cancelledAt.size > 0 && moved.size > 0,
    `${cancelledAt.size} dates were cancelled and ${moved.size} moved`,
  );
  return {
    reminders: sent.length,
    expected: dueCount,
    cancelled: cancelledAt.size,
    moved: moved.size,
    kills: killed,
    twice,
    inTheGap,
  };
}

/** Moves a date to the first day and hour that are free with somebody. */
async function moveSomewhere({ id, start }: { id: string; start: number }, now: number): Promise<boolean> {
  for (let days = 2; days < 10; days++)
    for (const hours of [0, 1, -1, 2, -2, 3, -3]) {
      const startsAt = start + (days * 24 + hours) * HOUR;
      const request = { uid: id, startsAt, therapistId: 'any', scope: 'this' } as const;
      if ((await moveAppointments(OWNER, request, { now })).ok) return true;
    }
  return false;
}

/** How many reminders the mail server has accepted. */
async function countReminders(connection: Connection, server: MailServer): Promise<number> {
  const all = await connection.reader
    .select({ messageId: outbox.messageId })
    .from(outbox)
    .where(eq(outbox.kind, 'reminder'));
  return all.reduce((sum, { messageId }) => sum + (server.accepted.get(messageId) ?? 0), 0);
}

const [hours, kills, workers] = process.argv.slice(2).map(Number) as [number, number, number];
await proveReminders({ hours, kills, workers }).then(
  (figures) => console.log(JSON.stringify(figures)),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
