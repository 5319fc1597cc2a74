import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { Viewer } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { createPlaceholders, preparedQuery } from '@/db/connection/prepared-queries';
import type { Practice } from '@/db/practice/practice';
import { appointments, clients, series, therapists, users } from '@/db/schema';
import type { LastNotifiedAppointment, SeriesUpdate } from '@/scheduling/notification-types';
import { mergeIntoWaitingMessage } from './merge-into-waiting-message';
import { type OutboxEntry, putInOutbox } from './outbox';

interface AppointmentBefore {
  uid: string;
  startsAt: number;
  endsAt: number;
  therapistId: string;
}

/** The data of a series that decides who gets a message, and about which dates. */
interface NotifiedSeries {
  /** The client's address. */
  email: string;
  version: number;
  appointments: { uid: string; position: number; isBooked: boolean; therapistId: string }[];
}

/**
 * What happened to a series. `was` are the changed appointments as they were before. For a booking, `added` are the new
 * positions; left out, all are new. A caller that has just written the series passes it as `written`, so that it is not
 * read again.
 */
export type SeriesEvent =
  | { kind: 'booked'; seriesId: string; added?: number[]; written?: NotifiedSeries }
  | { kind: 'cancelled' | 'moved'; seriesId: string; was: AppointmentBefore[] };

/**
 * Options of the messages: the reason, in the practice's own words, and `heldUntil`, before which none is sent because
 * the change can still be undone.
 */
export interface NotificationOptions {
  reason?: string | undefined;
  heldUntil?: number | undefined;
  /** Who made the change: a therapist gets no e-mail about what they did themselves. */
  by?: Viewer | undefined;
}

/**
 * Writes one message for the client, and one for each therapist about their own appointments, or merges it into one
 * that waits for them. Returns the ids.
 */
export async function queueSeriesNotifications(
  tx: Db,
  practice: Practice,
  happening: SeriesEvent,
  now: number,
  { reason, heldUntil, by }: NotificationOptions = {},
): Promise<string[]> {
  const { kind, seriesId } = happening;
  const held = heldUntil === undefined ? {} : { heldUntil };
  const notified = ('written' in happening && happening.written) || (await getNotifiedSeries(tx, seriesId));
  const isNew = (position: number) =>
    happening.kind === 'booked' && (!happening.added || happening.added.includes(position));
  const added = notified.appointments.filter(({ isBooked, position }) => isBooked && isNew(position));
  const was = 'was' in happening ? happening.was : [];
  const changed = notified.appointments.filter(({ uid }) =>
    was.some((appointmentBefore) => appointmentBefore.uid === uid),
  );

  const lastNotifiedOf = (therapistId?: string): Record<string, LastNotifiedAppointment> => {
    const concerns = (entry: { therapistId: string }) => therapistId === undefined || entry.therapistId === therapistId;
    const before = was.map((appointmentBefore): [string, LastNotifiedAppointment] => {
      return [
        appointmentBefore.uid,
        concerns(appointmentBefore)
          ? {
              start: appointmentBefore.startsAt,
              end: appointmentBefore.endsAt,
              therapistId: appointmentBefore.therapistId,
            }
          : null,
      ];
    });
    const first = added.filter(concerns);
    return Object.fromEntries([...before, ...first.map(({ uid }): [string, LastNotifiedAppointment] => [uid, null])]);
  };
  const messages: { toEmail: string; notification: SeriesUpdate }[] = [
    {
      toEmail: notified.email,
      notification: {
        kind,
        audience: 'client',
        was: lastNotifiedOf(),
        mayKnow: [],
        ...(reason && { reason }),
        ...held,
      },
    },
  ];
  const therapistIds = [
    ...[...added, ...changed].map((appointment) => appointment.therapistId),
    ...was.map((appointmentBefore) => appointmentBefore.therapistId),
  ];
  const actor = by && 'therapistId' in by ? by.therapistId : null;
  for (const { id: therapistId, toEmail } of await listAddressesOfTherapists(tx, practice, therapistIds)) {
    if (therapistId === actor) continue;
    const concerned = Object.entries(lastNotifiedOf(therapistId)).filter(([uid, state]) => {
      return (
        state !== null ||
        notified.appointments.some((appointment) => appointment.uid === uid && appointment.therapistId === therapistId)
      );
    });
    const known = Object.fromEntries(concerned);
    const wasWith = Object.fromEntries(
      was
        .filter((entry) => entry.uid in known && entry.therapistId !== therapistId)
        .map((entry) => [entry.uid, entry.therapistId]),
    );
    const takeOver = Object.keys(wasWith).length > 0 ? { wasWith } : {};
    messages.push({
      toEmail,
      notification: { kind, audience: 'therapist', therapistId, was: known, mayKnow: [], ...takeOver, ...held },
    });
  }
  // No message waits about a new series, and a change that can be undone gets messages of its own.
  const mayFold = heldUntil === undefined && (happening.kind !== 'booked' || happening.added !== undefined);
  const ids: string[] = [];
  const entries: OutboxEntry[] = [];
  for (const message of messages) {
    const id = mayFold ? await mergeIntoWaitingMessage(tx, { ...message, seriesId }, now) : null;
    if (id === null)
      entries.push({ ...message, practice, seriesId, seriesVersion: notified.version, dueAt: heldUntil ?? now, now });
    else ids.push(id);
  }
  return [...ids, ...(await putInOutbox(tx, entries))];
}

const selectNotifiedSeries = preparedQuery((on) =>
  on
    .select({ email: clients.email, version: series.version })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(eq(series.id, sql.placeholder('seriesId'))),
);

const selectNotifiedDates = preparedQuery((on) =>
  on
    .select({
      uid: appointments.id,
      position: appointments.position,
      status: appointments.status,
      therapistId: appointments.therapistId,
    })
    .from(appointments)
    .where(eq(appointments.seriesId, sql.placeholder('seriesId')))
    .orderBy(asc(appointments.position)),
);

async function getNotifiedSeries(tx: Db, seriesId: string): Promise<NotifiedSeries> {
  const [seriesRow] = await selectNotifiedSeries(tx, { seriesId });
  const dates = await selectNotifiedDates(tx, { seriesId });
  return {
    ...seriesRow!,
    appointments: dates.map(({ status, ...date }) => ({ ...date, isBooked: status === 'booked' })),
  };
}

const selectAddresses = preparedQuery((on, count: number) => {
  return on
    .select({ id: therapists.id, email: users.email })
    .from(therapists)
    .leftJoin(users, eq(users.id, therapists.userId))
    .where(inArray(therapists.id, createPlaceholders(count)))
    .orderBy(therapists.position);
});

/** A therapist without an account gets messages at the practice's own address. */
export async function listAddressesOfTherapists(
  tx: Db,
  practice: Practice,
  ids: string[],
): Promise<{ id: string; toEmail: string }[]> {
  const uniqueIds = [...new Set(ids)];
  const found = await selectAddresses(tx, uniqueIds, uniqueIds.length);
  return found.map(({ id, email }) => ({ id, toEmail: email ?? practice.email }));
}
