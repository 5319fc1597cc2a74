import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, eq, gt, inArray, lte, ne, or } from 'drizzle-orm';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import { hashTextLinkCode, makeTextLinkCode } from '@/db/access/emailed-link-tokens';
import { getManageLinkGeneration } from '@/db/access/manage-tokens';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { getPractice, type Practice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { appointments, clients, outbox, reminderChoices, reminders } from '@/db/schema';
import {
  findDueReminderStep,
  getReminderDueTime,
  listReminderChannelsForClient,
  listReminderSearchSpans,
  WEEKLY_REMINDER_STEP,
} from '@/scheduling/reminder-schedule';
import { mayRemindUnconfirmed } from './mail-caps';
import { putInOutbox } from './outbox';
import { getReminderRules } from './reminder-rules';
import {
  getReminderTextToSend,
  getReminderToSend,
  listRemindableDates,
  type RemindableDate,
  type SubmittedFormsByClient,
} from './reminder-to-send';

// Finds the reminders that are due and writes them into the outbox. A date that was moved or cancelled needs none taken
// back: nothing is written before its time, and what was is asked again when it is sent.

const HOUR_MS = 3_600_000;
/** What became due within so long is found at every look; all else at a whole one. */
const LOOKBACK_MS = 14 * HOUR_MS;
/** The longest set-up before a massage: the index knows only when that begins. */
const LONGEST_SETUP_MS = 24 * HOUR_MS;
const LOOKED_AT_ONCE = 200;
const WRITTEN_AT_ONCE = 25;

interface Due {
  date: RemindableDate;
  step: number;
  channel: 'email' | 'text';
}

/**
 * Writes the reminders that are due. Each comes in one transaction with the row that says so, by which there is one of
 * each date, way and step, however many servers look. `isWhole` looks at everything that can be due, as after a time in
 * which no server ran. Says how many were written.
 */
export async function queueReminders({ now, isWhole }: Clock & { isWhole: boolean }): Promise<number> {
  const db = await reader();
  const { timeZone } = await getPractice(db);
  const candidates = await listCandidates(db, { now, isWhole });
  const due: Due[] = [];
  for (let at = 0; at < candidates.length; at += LOOKED_AT_ONCE) {
    // There may be thousands: whoever asks the server for a page meanwhile has their turn between.
    await nextTurn();
    due.push(...(await listDue(db, candidates.slice(at, at + LOOKED_AT_ONCE), { timeZone, now })));
  }
  let written = 0;
  for (const group of inGroups(due)) {
    written += await transact((tx) => writeGroup(tx, group, now));
  }
  return written;
}

/** By the index of appointments: those whose start lies where some step can be due. */
async function listCandidates(db: Db, { now, isWhole }: { now: number; isWhole: boolean }): Promise<string[]> {
  const { all, own } = await getReminderRules(db);
  const steps = [...new Set([...all.steps, ...[...own.values()].flatMap((rule) => rule.steps ?? [])])];
  const search = { now, lookbackMs: isWhole ? Number.POSITIVE_INFINITY : LOOKBACK_MS };
  const found: string[] = [];
  for (const { start, end } of listReminderSearchSpans(steps, search)) {
    const rows = await db
      .select({ id: appointments.id })
      .from(appointments)
      .innerJoin(clients, eq(clients.id, appointments.clientId))
      .where(
        and(
          gt(appointments.paddedStartAt, start - LONGEST_SETUP_MS),
          lte(appointments.paddedStartAt, end),
          gt(appointments.startAt, start),
          lte(appointments.startAt, end),
          eq(appointments.status, 'booked'),
          ne(clients.email, ''),
        ),
      );
    found.push(...rows.map(({ id }) => id));
  }
  const [week] = listReminderSearchSpans([WEEKLY_REMINDER_STEP], search);
  const byWeek = db
    .select({ it: reminderChoices.seriesId })
    .from(reminderChoices)
    .where(eq(reminderChoices.mode, 'weekly'));
  // As a list and no join: SQLite would begin with all appointments there are.
  const weekly = await db
    .select({ id: appointments.id })
    .from(appointments)
    .where(
      and(
        inArray(appointments.seriesId, byWeek),
        eq(appointments.status, 'booked'),
        gt(appointments.startAt, week!.start),
        lte(appointments.startAt, week!.end),
      ),
    );
  return [...new Set([...found, ...weekly.map(({ id }) => id)])];
}

/** What is to be sent of these, and was not written yet. */
async function listDue(db: Db, uids: string[], { timeZone, now }: { timeZone: string; now: number }): Promise<Due[]> {
  const due: Due[] = [];
  const some = (await listRemindableDates(db, uids)).flatMap((date): Omit<Due, 'channel'>[] => {
    const step = date.toEmail === '' ? null : findDueReminderStep({ timeZone, ...date, now });
    return step === null ? [] : [{ date, step }];
  });
  if (some.length === 0) return due;
  const written = await db
    .select({
      uid: reminders.appointmentId,
      start: reminders.startAt,
      step: reminders.stepMinutes,
      channel: reminders.channel,
      deadAt: outbox.deadAt,
      droppedAt: outbox.droppedAt,
    })
    .from(reminders)
    .innerJoin(outbox, eq(outbox.id, reminders.outboxId))
    .where(
      or(...some.map(({ date, step }) => and(eq(reminders.appointmentId, date.uid), eq(reminders.stepMinutes, step)))),
    );
  for (const { date, step } of some) {
    const its = written.filter((row) => row.uid === date.uid && row.start === date.start && row.step === step);
    const text = its.find(({ channel }) => channel === 'text');
    const isLost = text !== undefined && (text.deadAt !== null || text.droppedAt !== null);
    const ways = listReminderChannels(date, step, { timeZone, text: isLost ? 'lost' : text ? 'written' : 'none' });
    const rest = ways.filter((way) => !its.some(({ channel }) => channel === way));
    due.push(...rest.map((channel) => ({ date, step, channel })));
  }
  return due;
}

/** A step that was due before its client wanted texts has gone by e-mail. */
export function listReminderChannels(
  { start, channels, text: allowsText }: RemindableDate,
  step: number,
  { timeZone, text }: { timeZone: string; text: 'none' | 'written' | 'lost' },
): ('email' | 'text')[] {
  const mayText = allowsText !== null && getReminderDueTime(timeZone, start, step) > allowsText.since;
  return listReminderChannelsForClient(step === WEEKLY_REMINDER_STEP ? 'email' : (channels[step] ?? 'email'), {
    mayText,
    text,
  });
}

/** What one transaction writes: the dates of a week of one plan are never parted. */
function inGroups(due: Due[]): Due[][] {
  const groups: Due[][] = [];
  for (const message of inMessages(due)) {
    const last = groups.at(-1);
    if (last && last.length < WRITTEN_AT_ONCE) last.push(...message);
    else groups.push([...message]);
  }
  return groups;
}

function inMessages(due: Due[]): [Due, ...Due[]][] {
  const messages = new Map<string, [Due, ...Due[]]>();
  for (const reminder of due) {
    const key =
      reminder.step === WEEKLY_REMINDER_STEP ? reminder.date.seriesUid : `${reminder.date.uid} ${reminder.channel}`;
    const others = messages.get(key);
    if (others) others.push(reminder);
    else messages.set(key, [reminder]);
  }
  return [...messages.values()];
}

async function writeGroup(tx: Db, group: Due[], now: number): Promise<number> {
  const practice = await getPractice(tx);
  const { timeZone } = practice;
  // As things stand by now: another server may have been sooner, and dates may have moved.
  const due = await listDue(
    tx,
    group.map(({ date }) => date.uid),
    { timeZone, now },
  );
  const forms: SubmittedFormsByClient = new Map();
  let written = 0;
  for (const message of inMessages(due)) written += await writeOne(tx, message, { practice, forms, now });
  return written;
}

interface Writing {
  practice: Practice;
  /** Of a client with many dates they are read once. */
  forms: SubmittedFormsByClient;
  now: number;
}

async function writeOne(tx: Db, due: [Due, ...Due[]], { practice, forms, now }: Writing): Promise<number> {
  const [{ date, step, channel }] = due;
  const { seriesUid, seriesVersion } = date;
  const dates = due.map((reminder) => reminder.date);
  const isText = channel === 'text';
  const toEmail = isText ? date.text!.number : date.toEmail;
  if (!isText && !(await isConfirmedEmailAddress(tx, toEmail)) && !(await mayRemindUnconfirmed(tx, toEmail, now)))
    return 0;
  const notification = isText
    ? await getReminderTextToSend(tx, { seriesUid, step, date, number: toEmail }, practice, now)
    : await getReminderToSend(tx, { seriesUid, step, dates, toEmail }, practice, now, forms);
  if (!notification) return 0;
  const appointmentId = step === WEEKLY_REMINDER_STEP ? {} : { appointmentId: date.uid };
  const message = { notification, toEmail, seriesId: seriesUid, seriesVersion, ...appointmentId, now };
  const [outboxId] = (await putInOutbox(tx, message)) as [string];
  const rows = dates.map(({ uid, start }) => {
    const reminder = { appointmentId: uid, startAt: start, channel, stepMinutes: step };
    return { ...reminder, outboxId, writtenAt: now };
  });
  const noted = await tx
    .insert(reminders)
    .values(rows)
    .onConflictDoNothing()
    .returning({ uid: reminders.appointmentId });
  if (noted.length === rows.length) return 1;
  // Another server has just written some of it: the next look finds what is left.
  await tx.delete(reminders).where(eq(reminders.outboxId, outboxId));
  await tx.delete(outbox).where(eq(outbox.id, outboxId));
  return 0;
}

/** By the hash its short link is found. It is of the link to the plan as that is when the text is sent, not when it was written. */
export async function storeTextLinkCode(
  tx: Db,
  outboxId: string,
  { seriesUid, date }: { seriesUid: string; date: { uid: string; start: number } },
): Promise<void> {
  const tokenHash = hashTextLinkCode(makeTextLinkCode(date, await getManageLinkGeneration(tx, seriesUid)));
  await tx.update(reminders).set({ tokenHash }).where(eq(reminders.outboxId, outboxId));
}
