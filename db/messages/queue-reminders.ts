import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, eq, gt, inArray, lte, ne, or } from 'drizzle-orm';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import { hashTextLinkCode, makeTextLinkCode } from '@/db/access/emailed-link-tokens';
import { getManageLinkGeneration } from '@/db/access/manage-tokens';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { getPractice, type Practice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { appointments, clients, outbox, reminderPreferences, reminders } from '@/db/schema';
import {
  findDueReminderStep,
  getReminderDueTime,
  listReminderChannelsForClient,
  listReminderSearchSpans,
  WEEKLY_REMINDER_STEP,
} from '@/scheduling/reminder-schedule';
import { mayRemindUnconfirmed } from './mail-caps';
import { putInOutbox } from './outbox';
import {
  getReminderFactsToSend,
  getReminderTextFactsToSend,
  listRemindableDates,
  type RemindableDate,
  type SubmittedFormsByClient,
} from './reminder-facts-to-send';
import { getReminderRules } from './reminder-rules';

// Finds due reminders and writes them into the outbox. When a date is moved or cancelled, no reminder has to be
// withdrawn: none is written before its time, and its content is read again when it is sent.

const HOUR_MS = 3_600_000;
/** Reminders that became due within this time are found by every look; older ones only by a whole look. */
const LOOKBACK_MS = 14 * HOUR_MS;
/** The longest set-up before a massage: the index holds only the start of the set-up. */
const LONGEST_SETUP_MS = 24 * HOUR_MS;
const LOOKED_AT_ONCE = 200;
const WRITTEN_AT_ONCE = 25;

interface Due {
  date: RemindableDate;
  step: number;
  channel: 'email' | 'text';
}

/**
 * Writes the due reminders. Each is written in one transaction with a row that records it, so there is one per date,
 * channel and step, however many servers look. `isWhole` looks at everything that can be due, as after a time when no
 * server ran. Returns how many were written.
 */
export async function queueReminders({ now, isWhole }: Clock & { isWhole: boolean }): Promise<number> {
  const db = await reader();
  const { timeZone } = await getPractice(db);
  const candidates = await listCandidates(db, { now, isWhole });
  const due: Due[] = [];
  for (let at = 0; at < candidates.length; at += LOOKED_AT_ONCE) {
    // There may be thousands: page requests to the server get their turn in between.
    await nextTurn();
    due.push(...(await listDue(db, candidates.slice(at, at + LOOKED_AT_ONCE), { timeZone, now })));
  }
  let written = 0;
  for (const group of inGroups(due)) {
    written += await transact((tx) => writeGroup(tx, group, now));
  }
  return written;
}

/** Finds appointments by their index: those that start where some step can be due. */
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
    .select({ it: reminderPreferences.seriesId })
    .from(reminderPreferences)
    .where(eq(reminderPreferences.mode, 'weekly'));
  // Read as a list, not joined: for a join SQLite would begin with all appointments.
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

/** The reminders of these appointments that are due and not written yet. */
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

/** The channels of a step. A step that was due before its client wanted texts goes by e-mail. */
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

/** Groups what one transaction writes: the dates of one plan in one week stay together. */
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
  // Read again in the transaction: another server may have written some, and dates may have moved.
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
  /** Read once for a client with many dates. */
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
    ? await getReminderTextFactsToSend(tx, { seriesUid, step, date, number: toEmail }, practice, now)
    : await getReminderFactsToSend(tx, { seriesUid, step, dates, toEmail }, practice, now, forms);
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
  // Another server has just written some of these: the next look finds what is left.
  await tx.delete(reminders).where(eq(reminders.outboxId, outboxId));
  await tx.delete(outbox).where(eq(outbox.id, outboxId));
  return 0;
}

/**
 * Stores the hash that finds a text's short link. The code belongs to the plan's link as of when the text is sent, not
 * when it was written.
 */
export async function storeTextLinkCode(
  tx: Db,
  outboxId: string,
  { seriesUid, date }: { seriesUid: string; date: { uid: string; start: number } },
): Promise<void> {
  const tokenHash = hashTextLinkCode(makeTextLinkCode(date, await getManageLinkGeneration(tx, seriesUid)));
  await tx.update(reminders).set({ tokenHash }).where(eq(reminders.outboxId, outboxId));
}
