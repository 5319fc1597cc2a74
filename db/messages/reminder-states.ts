import { and, asc, eq, gt, isNull, lt, or } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { editableAppointmentsCondition, isPossibleId } from '@/db/access/viewer-conditions';
import { findEditableAppointment } from '@/db/appointments/editable-appointment';
import { reader } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import {
  appointments,
  attendanceConfirmations,
  bouncedAddresses,
  clients,
  outbox,
  reminders,
  series,
} from '@/db/schema';
import { listPendingReminders } from '@/scheduling/reminder-schedule';
import { listReminderChannels } from './queue-reminders';
import { listRemindableDates } from './reminder-facts-to-send';

/**
 * One reminder of a date. `waiting`: to be sent at `at`; `delivered`: confirmed by the gateway of a text; `dropped`: it
 * was out of date before it was sent.
 */
export interface ReminderState {
  /** In minutes before the date; 0 is the weekly reminder. */
  step: number;
  channel: 'email' | 'text';
  state: 'waiting' | 'sent' | 'delivered' | 'failed' | 'dropped';
  at: number;
  /** For a text that failed, or fails for now: the reason in plain words. */
  why: string | null;
}

export interface RemindersOfDate {
  reminders: ReminderState[];
  /** When its client confirmed that they will come; null where they have not, or where the date was moved since. */
  confirmedAt: number | null;
}

/** The reminders of a date as it stands: those sent and those upcoming; null for a date that the viewer may not see. */
export async function getRemindersOfDate(viewer: Staff, uid: string, { now }: Clock): Promise<RemindersOfDate | null> {
  if (!isPossibleId(uid)) return null;
  const db = await reader();
  const row = await findEditableAppointment(db, viewer, uid);
  if (!row) return null;
  const written = await db
    .select({
      step: reminders.stepMinutes,
      channel: reminders.channel,
      dueAt: outbox.dueAt,
      sentAt: outbox.sentAt,
      deadAt: outbox.deadAt,
      droppedAt: outbox.droppedAt,
      reportedAt: outbox.reportedAt,
      lastError: outbox.lastError,
    })
    .from(reminders)
    .innerJoin(outbox, eq(outbox.id, reminders.outboxId))
    .where(and(eq(reminders.appointmentId, uid), eq(reminders.startAt, row.startAt)))
    .orderBy(asc(reminders.writtenAt));
  const [latest] = await db
    .select({ at: attendanceConfirmations.confirmedAt })
    .from(attendanceConfirmations)
    .where(and(eq(attendanceConfirmations.appointmentId, uid), eq(attendanceConfirmations.startAt, row.startAt)));
  const { timeZone } = await getPractice(db);
  const [date] = await listRemindableDates(db, [uid]);
  const planned = date && date.toEmail !== '' ? listPendingReminders({ timeZone, ...date, now }) : [];
  const plannedWays = planned.flatMap(({ step, dueAt }) =>
    listReminderChannels(date!, step, { timeZone, text: 'none' }).map((channel) => ({ step, channel, at: dueAt })),
  );
  return {
    reminders: [
      ...written.map(stateOf),
      ...plannedWays.map((way) => ({ ...way, state: 'waiting' as const, why: null })),
    ],
    confirmedAt: latest?.at ?? null,
  };
}

interface Written {
  step: number;
  channel: 'email' | 'text';
  dueAt: number;
  sentAt: number | null;
  deadAt: number | null;
  droppedAt: number | null;
  reportedAt: number | null;
  lastError: string | null;
}

function stateOf({ step, channel, dueAt, sentAt, deadAt, droppedAt, reportedAt, lastError }: Written): ReminderState {
  // The answer of a mail server is not in plain words.
  const why = channel === 'text' ? lastError : null;
  if (sentAt !== null && reportedAt !== null) return { step, channel, state: 'delivered', at: reportedAt, why: null };
  if (sentAt !== null) return { step, channel, state: 'sent', at: sentAt, why: null };
  if (deadAt !== null) return { step, channel, state: 'failed', at: deadAt, why };
  if (droppedAt !== null) return { step, channel, state: 'dropped', at: droppedAt, why: null };
  return { step, channel, state: 'waiting', at: dueAt, why };
}

/** An upcoming date whose client could not be reached: their address bounces, or an e-mail or a text was given up. */
export interface UnreachedDate {
  uid: string;
  startsAt: number;
  clientName: string;
  why: 'bounced' | 'failed' | 'text';
}

/** How far ahead staff are told of a client whose address bounces. */
const SOON_MS = 14 * 24 * 3_600_000;

/** The viewer's dates of this kind, in order, so that staff can call. */
export async function listUnreachedDates(viewer: Staff, { now }: Clock): Promise<UnreachedDate[]> {
  const db = await reader();
  const shown = { uid: appointments.id, startsAt: appointments.startAt, clientName: clients.name };
  const isUpcoming = and(
    eq(appointments.status, 'booked'),
    gt(appointments.startAt, now),
    editableAppointmentsCondition(viewer),
  );
  const bounced = await db
    .selectDistinct(shown)
    .from(bouncedAddresses)
    .innerJoin(clients, eq(clients.email, bouncedAddresses.email))
    .innerJoin(appointments, eq(appointments.clientId, clients.id))
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .where(and(isUpcoming, lt(appointments.startAt, now + SOON_MS)));
  const failed = await db
    .selectDistinct({ ...shown, channel: reminders.channel })
    .from(outbox)
    .innerJoin(reminders, eq(reminders.outboxId, outbox.id))
    .innerJoin(
      appointments,
      and(eq(appointments.id, reminders.appointmentId), eq(appointments.startAt, reminders.startAt)),
    )
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    // A failure at a former address says nothing of the new one.
    .where(
      and(
        isNull(outbox.sentAt),
        gt(outbox.deadAt, 0),
        or(eq(outbox.toEmail, clients.email), eq(outbox.toEmail, clients.phone)),
        isUpcoming,
      ),
    );
  const others = failed.filter(
    ({ uid, channel }) =>
      !bounced.some((date) => date.uid === uid) &&
      !(channel === 'text' && failed.some((date) => date.uid === uid && date.channel === 'email')),
  );
  return [
    ...bounced.map((date) => ({ ...date, why: 'bounced' as const })),
    ...others.map(({ channel, ...date }) => ({
      ...date,
      why: channel === 'text' ? ('text' as const) : ('failed' as const),
    })),
  ].sort((a, b) => a.startsAt - b.startsAt);
}
