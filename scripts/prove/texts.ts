import type { ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import type { Connection } from '@/db/connection/connection';
import { handleStopOrStart } from '@/db/messages/text-consents';
import { recordTextDeliveryReport, type TextDeliveryReport } from '@/db/messages/text-delivery-reports';
import { getPractice } from '@/db/practice/practice';
import { outbox, reminderRules, reminders } from '@/db/schema';
import { openTestTextGateway, type TextGatewayForTests } from '@/mail/test-text-gateway';
import { getNextTimeOutsideQuietHours, getReminderDueTime, isQuietHours } from '@/scheduling/reminder-schedule';
import { parseTextReportQuery } from '@/text-gateway-settings';
import { assertTrue } from './assert-true';
import { type MailServer, openMailServer } from './mail-server';
import { insertTestDates, listTestDates, runWorkersAt, startReminderWorker } from './reminder-proof-setup';
import { withProofDatabase } from './with-proof-database';

// Reminders by text over some days that pass in steps of an hour, by workers that are killed at random moments, through
// a gateway that fails, hangs up, is slow, and reports what became of a text late, twice and in any order. Dates are
// cancelled and numbers say STOP meanwhile. Every client with a date is reminded by a text that arrived or by an
// e-mail. No text goes twice, by night, for a cancelled date, or after STOP.

const OWNER: Staff = { role: 'owner', userId: 'o', email: 'o@fortnight.example', name: 'Owner', therapistId: null };
const STEPS = { byText: 1440, byBoth: 180 };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Size {
  hours: number;
  kills: number;
  workers: number;
  way: 'twilio' | 'android';
}

async function proveTexts(size: Size): Promise<Record<string, number>> {
  const [mail, gateway] = [await openMailServer(), await openTestTextGateway()];
  try {
    return await withProofDatabase((connection, workers) => run(connection, { mail, gateway, workers }, size));
  } finally {
    await Promise.all([mail.down(), gateway.close()]);
  }
}

interface Around {
  mail: MailServer;
  gateway: TextGatewayForTests;
  workers: ChildProcess[];
}

async function run(connection: Connection, { mail, gateway, workers }: Around, size: Size) {
  const { hours, kills, workers: many, way } = size;
  const db = connection.reader;
  const { timeZone } = await getPractice();
  const began = Math.ceil(Date.now() / HOUR) * HOUR;
  const ends = began + hours * HOUR;
  await connection.transact(async (tx) => {
    await tx.delete(outbox);
    const channels = { [STEPS.byText]: 'text', [STEPS.byBoth]: 'both' } as const;
    await tx.insert(reminderRules).values({ id: 'all', steps: Object.values(STEPS), channels, changedAt: 0 });
    await insertTestDates(tx, { timeZone, began, ends }, (at) => `+35386${String(1_000_000 + at)}`);
  });
  mail.goodness = 0.9;
  makeBad(gateway);
  const settings = {
    ...{ SMTP_URL: mail.url, BASE_URL: 'https://massage.example', AUTH_SECRET: process.env.AUTH_SECRET! },
    ...{ TEXTS_WAY: way, TEXTS_URL: `http://AC1:secret@127.0.0.1:${gateway.port}`, TEXTS_FROM: '+353861111111' },
    TEXTS_A_DAY: '999999',
  };
  const start = () => startReminderWorker(workers, settings);
  for (let n = 0; n < many; n++) await start();

  const standing = await listTestDates(db);
  const cancelledAt = new Map<string, number>();
  const silent = new Map<string, { at: number; texts: number }>();
  const cancelledTexts = new Map<string, number>();
  const reporter = makeReporter(gateway);
  let inTheGap = 0;
  let killed = 0;
  const textsTo = (number: string | null) => gateway.accepted.filter(({ to }) => to === number).length;
  for (let step = 0; step <= hours; step++) {
    const now = began + step * HOUR;
    const [isByNight, before] = [isQuietHours(timeZone, now), gateway.accepted.length];
    const isKill = killed < kills && !isByNight;
    await runWorkersAt(workers, now, isKill);
    if (isKill) {
      killed++;
      await wait(250); // lets the gateway finish what it was about to accept
      inTheGap += await countAcceptedButNotMarked(connection, gateway);
      await start();
    }
    for (const minutes of [3, 10, 30]) await runWorkersAt(workers, now + minutes * MINUTE);
    assertTrue(!isByNight || gateway.accepted.length === before, 'a text went out in the night');
    // No worker runs now, so everything that they send from here on follows the changes made here.
    const then = now + 31 * MINUTE;
    await reporter.report(then);
    const next = standing.filter(
      ({ id, start, number }) => start > now + 8 * HOUR && !cancelledAt.has(id) && !silent.has(number!),
    );
    const date = next[Math.floor(Math.random() * Math.min(next.length, 12))];
    if (date && step % 6 === 2) {
      assertTrue(
        (await cancelAppointments(OWNER, { uid: date.id, scope: 'this' }, { now: then })).ok,
        'nothing was cancelled',
      );
      cancelledAt.set(date.id, then);
      cancelledTexts.set(date.number!, textsTo(date.number));
    } else if (date && step % 6 === 4) {
      assertTrue(
        (await handleStopOrStart({ from: date.number!, reply: 'stop' }, { now: then })) === 1,
        'STOP ended nothing',
      );
      silent.set(date.number!, { at: then, texts: textsTo(date.number) });
    }
  }
  mail.goodness = 1;
  gateway.answer = () => 'take';
  // E-mails that wait for the morning go now: those whose text was reported as failed in the evening.
  const after = getNextTimeOutsideQuietHours(timeZone, ends);
  for (let more = 1; more <= 24; more++) {
    const now = after + more * 5 * MINUTE;
    await runWorkersAt(workers, now);
    if (more % 6 === 0) await reporter.report(now);
  }

  const times = countAccepted(gateway);
  const twice = [...times.values()].reduce((sum, count) => sum + count - 1, 0);
  // A text that a killed worker had sent but not marked may be followed by an e-mail, but not by a second text.
  assertTrue(twice === 0, `${twice} texts came twice`);
  for (const [number, texts] of cancelledTexts)
    assertTrue(textsTo(number) === texts, 'a text went out of a cancelled date');
  for (const [number, { texts }] of silent) assertTrue(textsTo(number) === texts, 'a text went out after STOP');
  const written = await db
    .select({
      ...{ id: outbox.id, kind: outbox.kind, messageId: outbox.messageId, sentAt: outbox.sentAt },
      ...{ uid: reminders.appointmentId, start: reminders.startAt, step: reminders.stepMinutes },
    })
    .from(reminders)
    .innerJoin(outbox, eq(outbox.id, reminders.outboxId));
  const texts = written.filter(({ kind }) => kind === 'reminder_text');
  for (const { id, sentAt } of texts)
    assertTrue(sentAt === null || times.has(id), 'a text is marked as sent, and the gateway never had it');

  let dueCount = 0;
  let byEmail = 0;
  for (const { id, start } of standing)
    for (const step of Object.values(STEPS)) {
      const due = getReminderDueTime(timeZone, start, step);
      const ended = Math.min(cancelledAt.get(id) ?? ends, ends);
      const overtaken = step === STEPS.byText ? getReminderDueTime(timeZone, start, STEPS.byBoth) : start;
      const last = Math.min(overtaken, start) - 4 * HOUR;
      const isShort = step === STEPS.byBoth && due > Math.min(ended, start - 2 * HOUR);
      if (
        due < began ||
        isShort ||
        (step === STEPS.byText && due > Math.min(ended, last) - 3 * HOUR) ||
        due > ended - 3 * HOUR
      )
        continue;
      dueCount++;
      const ofIt = written.filter((row) => row.uid === id && row.start === start && row.step === step);
      const hasArrived = ofIt.some(({ id }) => times.has(id) && !reporter.failed.has(id));
      const isMailed = ofIt.some(({ kind, messageId }) => kind === 'reminder' && mail.accepted.has(messageId));
      if (isMailed) byEmail++;
      assertTrue(
        hasArrived || isMailed,
        `a date at ${new Date(start).toISOString()} had no reminder ${step} minutes before`,
      );
      assertTrue(step === STEPS.byText || isMailed, 'a date had a text alone, where both were wanted');
    }
  assertTrue(dueCount > 5, `only ${dueCount} reminders were due`);
  assertTrue(
    cancelledAt.size > 0 && silent.size > 0,
    `${cancelledAt.size} dates were cancelled, and ${silent.size} numbers said STOP`,
  );
  return {
    texts: gateway.accepted.length,
    asked: gateway.sendRequests,
    expected: dueCount,
    byEmail,
    ...{
      reports: reporter.count(),
      failedLater: reporter.failed.size,
      cancelled: cancelledAt.size,
      stopped: silent.size,
    },
    ...{ kills: killed, twice, inTheGap },
  };
}

/**
 * Of twenty texts, two are refused for now, one is not accepted, and one is accepted without an answer. The gateway
 * waits a little before it answers.
 */
function makeBad(gateway: TextGatewayForTests): void {
  gateway.answer = () => {
    const dice = Math.random();
    if (dice < 0.1) return { status: 503 };
    if (dice < 0.15) return 'hang_up';
    return dice < 0.2 ? 'take_and_hang_up' : 'take';
  };
  gateway.delayMs = () => Math.random() * 60;
}

function idOf({ id, reportUrl }: TextGatewayForTests['accepted'][number]): string {
  return id ?? parseTextReportQuery(new URL(reportUrl!).search)!.id;
}

function countAccepted(gateway: TextGatewayForTests): Map<string, number> {
  const times = new Map<string, number>();
  for (const text of gateway.accepted) times.set(idOf(text), (times.get(idOf(text)) ?? 0) + 1);
  return times;
}

/** Reports what became of each text: more than once, in any order, and for some an hour late. */
function makeReporter(gateway: TextGatewayForTests) {
  const failed = new Set<string>();
  let seen = 0;
  let reportCount = 0;
  let waiting: TextDeliveryReport[] = [];
  return {
    failed,
    count: () => reportCount,
    async report(now: number): Promise<void> {
      const reports = waiting;
      waiting = [];
      for (const text of gateway.accepted.slice(seen)) {
        const about =
          text.reportUrl === null ? { id: idOf(text) } : parseTextReportQuery(new URL(text.reportUrl).search)!;
        const hasFailed = Math.random() < 0.1;
        if (hasFailed) failed.add(about.id);
        const states: TextDeliveryReport['state'][] = ['sent', hasFailed ? 'failed' : 'delivered'];
        const all = [...states, ...states].map((state) => ({ ...about, state }));
        if (Math.random() < 0.2) waiting.push(...all);
        else reports.push(...all);
      }
      seen = gateway.accepted.length;
      reports.sort(() => Math.random() - 0.5);
      for (const report of reports) await recordTextDeliveryReport(report, { now });
      reportCount += reports.length;
    },
  };
}

/**
 * Only after the killed worker has ended: how many texts the gateway has accepted that are not marked as sent in the
 * outbox.
 */
async function countAcceptedButNotMarked(connection: Connection, gateway: TextGatewayForTests): Promise<number> {
  const open = await connection.reader
    .select({ id: outbox.id, sentAt: outbox.sentAt, deadAt: outbox.deadAt, droppedAt: outbox.droppedAt })
    .from(outbox)
    .where(eq(outbox.kind, 'reminder_text'));
  const times = countAccepted(gateway);
  return open.filter(
    ({ id, sentAt, deadAt, droppedAt }) => sentAt === null && deadAt === null && droppedAt === null && times.has(id),
  ).length;
}

const [hours, kills, workers] = process.argv.slice(2, 5).map(Number) as [number, number, number];
const way = process.argv[5] === 'android' ? 'android' : 'twilio';
await proveTexts({ hours, kills, workers, way }).then(
  (figures) => console.log(JSON.stringify(figures)),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
