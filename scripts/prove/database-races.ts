import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { claimCells, releaseCells, toAppointmentClaims } from '@/db/claims/claims';
import { DatabaseBusy } from '@/db/connection/database-busy';
import { getConnection, reader, transact } from '@/db/connection/database-client';
import { insertDemoPractice } from '@/db/demo/demo-practice';
import { getPractice } from '@/db/practice/practice';
import { appointments, clients, series } from '@/db/schema';
import { computePaddedInterval } from '@/scheduling/choose-resources';
import { mapConcurrently } from './api-client';

// One of several processes that compete for the same few hours directly on the database: three therapists, three rooms,
// starts five minutes apart that overlap without being equal, cancellations, and holds that expire. Every booking that
// was acknowledged must be there in the end; the auditor checks everything else.

const AT_ONCE = 32;
const HOURS = 24;
const DAY_BEGINS = Date.UTC(2027, 1, 2);
const MINUTE = 60_000;
const people = ['mira', 'tom', 'jun'];
const places = ['garden', 'street', 'loft'];
const pick = <T>(from: T[]) => from[Math.floor(Math.random() * from.length)]!;

const [what, count = '0'] = process.argv.slice(2);
const { migrate, close } = await getConnection();
if (what === 'open') await open();
else console.log(JSON.stringify(await attempt(Number(count))));
await close();

async function open() {
  await migrate();
  await transact((tx) => insertDemoPractice(tx, Date.now()));
  await transact((tx) => tx.insert(clients).values({ id: 'c', name: 'C', email: 'c@example.org', createdAt: 0 }));
}

async function attempt(attempts: number) {
  const { timeZone, currency } = await getPractice();
  const seriesId = randomUUID();
  const bookedIds: string[] = [];
  const figures = { attempts, booked: 0, refused: 0, busy: 0, cancelled: 0, held: 0 };
  await transact((tx) =>
    tx.insert(series).values({
      id: seriesId,
      clientId: 'c',
      therapistId: 'mira',
      cadence: 'weekly',
      firstOn: '2027-02-02',
      localTime: '09:00',
      timeZone,
      sessions: attempts,
      version: 1,
      createdAt: 0,
    }),
  );

  async function book(position: number) {
    const startAt = DAY_BEGINS + 5 * MINUTE * Math.floor(Math.random() * HOURS * 12);
    const minutes = pick([30, 60, 90]);
    const padded = computePaddedInterval(startAt, { minutes, setupMinutes: 0, cleanupMinutes: 15 });
    const row = {
      id: randomUUID(),
      therapistId: pick(people),
      roomId: pick(places),
      paddedStartAt: padded.start,
      paddedEndAt: padded.end,
    };
    const isHold = Math.random() < 0.1;
    const now = Date.now();
    const held = { kind: 'hold' as const, expiresAt: now + Math.floor(Math.random() * 50) };
    const requests = toAppointmentClaims(row).map((request) => (isHold ? { ...request, ...held } : request));
    const won = await transact(async (tx, undo) => {
      if ((await claimCells(tx, requests, now)).length > 0) return undo(false);
      if (isHold) return true;
      await tx.insert(appointments).values({
        ...row,
        seriesId,
        position,
        clientId: 'c',
        serviceId: 'swedish',
        status: 'booked',
        startAt,
        endAt: startAt + minutes * MINUTE,
        localStart: new Date(startAt).toISOString().slice(0, 16),
        timeZone,
        nominalStartAt: startAt,
        nominalTherapistId: row.therapistId,
        minutes,
        priceCents: 6800,
        currency,
        sequence: 0,
        version: 1,
        createdAt: now,
      });
      return true;
    }).catch(asBusy);
    if (won === 'busy') figures.busy++;
    else if (!won) figures.refused++;
    else if (isHold) figures.held++;
    else {
      figures.booked++;
      bookedIds.push(row.id);
    }
  }

  async function cancel(id: string) {
    const outcome = await transact(async (tx) => {
      const [cancelled] = await tx
        .update(appointments)
        .set({ status: 'cancelled', cancelledAt: Date.now(), cancelledBy: 'practice' })
        .where(eq(appointments.id, id))
        .returning();
      await releaseCells(tx, toAppointmentClaims(cancelled!), Date.now());
    }).catch(asBusy);
    if (outcome === 'busy') bookedIds.push(id);
    else figures.cancelled++;
  }

  const tasks = Array.from({ length: attempts }, (_, k) => k + 1);
  await mapConcurrently(tasks, AT_ONCE, async (position) => {
    await book(position);
    // The calendar stays half full, so that bookings and refusals both go on.
    if (bookedIds.length > 12 && Math.random() < 0.2)
      await cancel(bookedIds.splice(Math.floor(Math.random() * bookedIds.length), 1)[0]!);
  });

  const rows = await (await reader())
    .select({ id: appointments.id })
    .from(appointments)
    .where(and(eq(appointments.seriesId, seriesId), eq(appointments.status, 'booked')));
  const ids = new Set(rows.map(({ id }) => id));
  const missing = bookedIds.filter((id) => !ids.has(id));
  if (missing.length > 0 || ids.size !== bookedIds.length)
    throw new Error(`${missing.length} that were booked are not there`);
  return figures;
}

/**
 * Two processes on one SQLite file may wait too long for each other. Then nothing happened, just as a 503 would say.
 */
function asBusy(error: unknown): 'busy' {
  if (error instanceof DatabaseBusy) return 'busy';
  throw error;
}
