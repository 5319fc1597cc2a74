import { getTableName, sql } from 'drizzle-orm';
import { encryptBookingNote } from '@/db/appointments/booking-health-encryption';
import { claimCells } from '@/db/claims/claims';
import type { Db } from '@/db/connection/connection';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { PRACTICE } from '@/db/demo/demo-practice';
import { listTablesParentsFirst } from '@/db/operations/move-database';
import { type AppointmentStatus, appointments, clients, series, timeOff } from '@/db/schema';
import { computePaddedInterval } from '@/scheduling/choose-resources';
import { toInstant, toWallTime } from '@/scheduling/zone-conversion';

// Inserts appointments and time off directly into the tables, as booking would leave them.

const MINUTE = 60_000;

/** An instant by the practice's clock: `instantAt('2026-12-01', '18:00')`. */
export const instantAt = (on: string, time: string) => toInstant(PRACTICE.timeZone, on, time);

export interface TestAppointment {
  id: string;
  on: string;
  time: string;
  therapistId: string;
  roomId?: string;
  serviceId?: string;
  minutes?: number;
  status?: AppointmentStatus;
  /** The time in the plan, when the appointment was moved. */
  nominal?: { on: string; time: string };
  /** Appointments of one series share this id. */
  seriesId?: string;
  position?: number;
  sessions?: number;
  client?: string;
  note?: string;
}

export async function insertTestAppointment(tx: Db, planted: TestAppointment): Promise<void> {
  const { id, on, time, therapistId, roomId = 'garden', serviceId = 'swedish', minutes = 60 } = planted;
  const { status = 'booked', seriesId = `${id}-series`, position = 1, sessions = 1, client = 'Nia Walsh' } = planted;
  const startAt = instantAt(on, time);
  const createdAt = startAt - 20 * 86_400_000;
  const padded = computePaddedInterval(startAt, { minutes, setupMinutes: 0, cleanupMinutes: 15 });
  const nominal = planted.nominal ?? { on, time };
  await tx
    .insert(clients)
    .values({ id: client, name: client, email: `${client.toLowerCase().replace(' ', '.')}@example.org`, createdAt })
    .onConflictDoNothing();
  await tx
    .insert(series)
    .values({
      id: seriesId,
      clientId: client,
      therapistId,
      cadence: sessions === 1 ? 'once' : 'weekly',
      firstOn: nominal.on,
      localTime: nominal.time,
      timeZone: PRACTICE.timeZone,
      sessions,
      sealedNote: encryptBookingNote(planted.note),
      version: 1,
      createdAt,
    })
    .onConflictDoNothing();
  await tx.insert(appointments).values({
    id,
    seriesId,
    position,
    clientId: client,
    therapistId,
    roomId,
    serviceId,
    status,
    startAt,
    endAt: startAt + minutes * MINUTE,
    paddedStartAt: padded.start,
    paddedEndAt: padded.end,
    localStart: `${on}T${toWallTime(PRACTICE.timeZone, startAt).time}`,
    timeZone: PRACTICE.timeZone,
    nominalStartAt: instantAt(nominal.on, nominal.time),
    nominalTherapistId: therapistId,
    minutes,
    priceCents: 6800,
    currency: 'EUR',
    sequence: 0,
    version: 1,
    createdAt,
    ...(status === 'cancelled' && { cancelledAt: createdAt, cancelledBy: 'client' as const }),
    ...(status === 'completed' && { completedAt: startAt + minutes * MINUTE }),
    ...(status === 'no_show' && { noShowAt: startAt }),
  });
  if (status === 'cancelled') return;
  for (const resourceId of [`therapist:${therapistId}`, `room:${roomId}`]) {
    await claimCells(tx, [{ ownerUid: id, kind: 'appointment', resourceId, ...padded }], createdAt);
  }
}

export async function insertTestTimeOff(tx: Db, therapistId: string, from: [string, string], until: [string, string]) {
  const [start, end] = [instantAt(...from), instantAt(...until)];
  const id = `off ${therapistId} ${from[0]}`;
  await tx.insert(timeOff).values({ id, therapistId, startAt: start, endAt: end, kind: 'leave', createdAt: 0 });
  await claimCells(tx, [{ ownerUid: id, kind: 'time_off', resourceId: `therapist:${therapistId}`, start, end }], 0);
}

/** Child tables before parents. */
const TABLES = listTablesParentsFirst().reverse();

const selectFilledTables = preparedQuery((db) => {
  const filled = TABLES.map(
    (table) => sql`select ${sql.raw(`'${getTableName(table)}'`)} as name where exists (select 1 from ${table})`,
  );
  return db.select({ name: sql<string>`name` }).from(sql`(${sql.join(filled, sql` union all `)}) as filled`);
});

/** Leaves the database as it is before a practice is created. */
export async function deleteAllRows(tx: Db): Promise<void> {
  const found = await selectFilledTables(tx);
  const names = new Set(found.map(({ name }) => name));
  for (const table of TABLES) if (names.has(getTableName(table))) await tx.delete(table);
}
