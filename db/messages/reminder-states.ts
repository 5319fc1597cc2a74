import { and, asc, eq, gt, isNull, lt } from 'drizzle-orm';
import { isId, ownAppointments } from '@/db/access/ownership';
import type { Staff } from '@/db/access/viewer';
import { findOwnAppointment } from '@/db/appointments/own-appointment';
import { reader } from '@/db/connection/client';
import { getPractice } from '@/db/practice/practice';
import type { Clock } from '@/db/results';
import { appointments, attendances, bouncedAddresses, clients, outbox, reminders, series } from '@/db/schema';
import { plannedReminders } from '@/scheduling/reminders';
import { readRemindedDates } from './reminders';

/** One reminder of a date. `waiting`: it goes at `at`; `dropped`: it was out of date before it went. */
export interface ReminderState {
  /** Minutes before; 0 is the line of a week. */
  step: number;
  channel: 'email' | 'text';
  state: 'waiting' | 'sent' | 'failed' | 'dropped';
  at: number;
}

export interface RemindersOfDate {
  reminders: ReminderState[];
  /** When its client said that they come; null where they have not, or the date was moved since. */
  confirmedAt: number | null;
}

/** What was sent of a date as it stands, and what still will be; null for one that is not the viewer's. */
export async function getReminders(viewer: Staff, uid: string, { now }: Clock): Promise<RemindersOfDate | null> {
  if (!isId(uid)) return null;
  const db = await reader();
  const row = await findOwnAppointment(db, viewer, uid);
  if (!row) return null;
  const written = await db
    .select({
      step: reminders.stepMinutes,
      channel: reminders.channel,
      dueAt: outbox.dueAt,
      sentAt: outbox.sentAt,
      deadAt: outbox.deadAt,
      droppedAt: outbox.droppedAt,
    })
    .from(reminders)
    .innerJoin(outbox, eq(outbox.id, reminders.outboxId))
    .where(and(eq(reminders.appointmentId, uid), eq(reminders.startAt, row.startAt)))
    .orderBy(asc(reminders.writtenAt));
  const [said] = await db
    .select({ at: attendances.confirmedAt })
    .from(attendances)
    .where(and(eq(attendances.appointmentId, uid), eq(attendances.startAt, row.startAt)));
  const { timeZone } = await getPractice(db);
  const [date] = await readRemindedDates(db, [uid]);
  const planned = date && date.toEmail !== '' ? plannedReminders({ timeZone, ...date, now }) : [];
  return {
    reminders: [
      ...written.map(stateOf),
      ...planned.map(({ step, dueAt }) => ({ step, channel: 'email' as const, state: 'waiting' as const, at: dueAt })),
    ],
    confirmedAt: said?.at ?? null,
  };
}

interface Written {
  step: number;
  channel: 'email' | 'text';
  dueAt: number;
  sentAt: number | null;
  deadAt: number | null;
  droppedAt: number | null;
}

function stateOf({ step, channel, dueAt, sentAt, deadAt, droppedAt }: Written): ReminderState {
  if (sentAt !== null) return { step, channel, state: 'sent', at: sentAt };
  if (deadAt !== null) return { step, channel, state: 'failed', at: deadAt };
  if (droppedAt !== null) return { step, channel, state: 'dropped', at: droppedAt };
  return { step, channel, state: 'waiting', at: dueAt };
}

/** An upcoming date whose client could not be reached by e-mail: the address comes back, or a reminder was given up. */
export interface UnreachedDate {
  uid: string;
  startsAt: number;
  clientName: string;
  why: 'bounced' | 'failed';
}

/** So far ahead somebody is told whose address comes back. */
const SOON_MS = 14 * 24 * 3_600_000;

/** Those of the viewer, in order: somebody may want to call. */
export async function listUnreached(viewer: Staff, { now }: Clock): Promise<UnreachedDate[]> {
  const db = await reader();
  const shown = { uid: appointments.id, startsAt: appointments.startAt, clientName: clients.name };
  const isUpcoming = and(eq(appointments.status, 'booked'), gt(appointments.startAt, now), ownAppointments(viewer));
  const bounced = await db
    .selectDistinct(shown)
    .from(bouncedAddresses)
    .innerJoin(clients, eq(clients.email, bouncedAddresses.email))
    .innerJoin(appointments, eq(appointments.clientId, clients.id))
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .where(and(isUpcoming, lt(appointments.startAt, now + SOON_MS)));
  const failed = await db
    .selectDistinct(shown)
    .from(outbox)
    .innerJoin(reminders, eq(reminders.outboxId, outbox.id))
    .innerJoin(
      appointments,
      and(eq(appointments.id, reminders.appointmentId), eq(appointments.startAt, reminders.startAt)),
    )
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    // What went to an address that is another by now says nothing of the new one.
    .where(and(isNull(outbox.sentAt), gt(outbox.deadAt, 0), eq(outbox.toEmail, clients.email), isUpcoming));
  const others = failed.filter(({ uid }) => !bounced.some((date) => date.uid === uid));
  return [
    ...bounced.map((date) => ({ ...date, why: 'bounced' as const })),
    ...others.map((date) => ({ ...date, why: 'failed' as const })),
  ].sort((a, b) => a.startsAt - b.startsAt);
}
