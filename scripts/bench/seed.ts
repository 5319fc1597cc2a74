import { POLICIES, PRACTICE } from '@/db/cast';
import { claim } from '@/db/claims';
import { type Connection, connect, type Db } from '@/db/client';
import {
  appointments,
  clients,
  practices,
  roomServices,
  rooms,
  series,
  serviceLengths,
  services,
  therapistServices,
  therapists,
  workingHours,
} from '@/db/schema';
import { addDays, weekdayOf } from '@/scheduling/day';
import { toInstant, toWall } from '@/scheduling/zone';

// The practice every figure is measured on: 50 therapists, one zone, Monday to Saturday 09:00-13:00 and 13:30-20:00,
// a 15-minute step, 60-minute massages with 15 minutes of clean-up, and 20,000 of them booked over 12 weeks.

export const THERAPISTS = 50;
export const BOOKED = 20_000;
export const WEEKS = 12;
export const SERVICE = 'swedish';
export const MINUTES = 60;

const MINUTE = 60_000;
const HOURS = [
  { from: '09:00', until: '13:00', starts: 13 },
  { from: '13:30', until: '20:00', starts: 23 },
] as const;
const ROWS = 500;

export const therapistId = (at: number) => `t${String(at + 1).padStart(2, '0')}`;

/** Tomorrow's Monday, or the next: the first of the 12 weeks. */
export function firstDay(now: number): string {
  const { on } = toWall(PRACTICE.timeZone, now);
  return addDays(on, (8 - weekdayOf(on)) % 7 || 7);
}

/** A migrated database with that practice in it. */
export async function connectSeeded(url: string, now: number): Promise<Connection> {
  const connection = await connect(url);
  await connection.migrate();
  await connection.transact(async (tx) => {
    await openPractice(tx, now);
    await fill(tx, now);
  });
  return connection;
}

async function openPractice(tx: Db, now: number) {
  const places = Array.from({ length: THERAPISTS }, (_, at) => at);
  await tx.insert(practices).values({ ...PRACTICE, ...POLICIES, isDemo: false, createdAt: now });
  await tx.insert(services).values({
    id: SERVICE,
    name: 'Swedish',
    summary: 'Long, slow strokes.',
    suits: 'Most people',
    pressure: 1,
    setupMinutes: 0,
    cleanupMinutes: 15,
    isActive: true,
    position: 0,
  });
  await tx.insert(serviceLengths).values({ serviceId: SERVICE, minutes: MINUTES, priceCents: 6800 });
  await tx.insert(therapists).values(
    places.map((at) => ({
      id: therapistId(at),
      name: `Therapist ${at + 1}`,
      about: 'Made for measuring.',
      colour: '#2C6E5B',
      isActive: true,
      position: at,
    })),
  );
  await tx.insert(therapistServices).values(places.map((at) => ({ therapistId: therapistId(at), serviceId: SERVICE })));
  await tx.insert(rooms).values(places.map((at) => ({ id: roomId(at), name: `Room ${at + 1}`, position: at })));
  await tx.insert(roomServices).values(places.map((at) => ({ roomId: roomId(at), serviceId: SERVICE })));
  await tx.insert(workingHours).values(
    places.flatMap((at) =>
      [1, 2, 3, 4, 5, 6].flatMap((weekday) =>
        HOURS.map(({ from, until }) => ({
          therapistId: therapistId(at),
          weekday,
          from,
          until,
          timeZone: PRACTICE.timeZone,
        })),
      ),
    ),
  );
}

const roomId = (at: number) => `r${String(at + 1).padStart(2, '0')}`;

async function fill(tx: Db, now: number) {
  await tx.insert(clients).values({ id: 'c', name: 'Client', email: 'client@example.org', createdAt: now });
  const booked = [...chooseStarts(firstDay(now))].slice(0, BOOKED);
  if (booked.length < BOOKED) throw new Error(`Only ${booked.length} appointments found room.`);
  const rows = booked.map(({ at, startAt }, k) => ({
    id: `a${k}`,
    seriesId: `s${k}`,
    position: 1,
    clientId: 'c',
    therapistId: therapistId(at),
    roomId: roomId(at),
    serviceId: SERVICE,
    status: 'booked' as const,
    startAt,
    endAt: startAt + MINUTES * MINUTE,
    paddedStartAt: startAt,
    paddedEndAt: startAt + (MINUTES + 15) * MINUTE,
    localStart: `${toWall(PRACTICE.timeZone, startAt).on}T${toWall(PRACTICE.timeZone, startAt).time}`,
    timeZone: PRACTICE.timeZone,
    nominalStartAt: startAt,
    minutes: MINUTES,
    priceCents: 6800,
    currency: PRACTICE.currency,
    sequence: 0,
    version: 1,
    createdAt: now,
  }));
  for (let from = 0; from < rows.length; from += ROWS) {
    const some = rows.slice(from, from + ROWS);
    await tx.insert(series).values(
      some.map((row) => ({
        id: row.seriesId,
        clientId: 'c',
        therapistId: row.therapistId,
        cadence: 'once' as const,
        firstOn: row.localStart.slice(0, 10),
        localTime: row.localStart.slice(11),
        timeZone: row.timeZone,
        sessions: 1,
        version: 1,
        createdAt: now,
      })),
    );
    await tx.insert(appointments).values(some);
    const clashes = await claim(
      tx,
      some.flatMap(({ id, paddedStartAt: start, paddedEndAt: end, ...row }) =>
        [`therapist:${row.therapistId}`, `room:${row.roomId}`].map((resourceId) => ({
          ownerUid: id,
          kind: 'appointment' as const,
          resourceId,
          start,
          end,
        })),
      ),
      now,
    );
    if (clashes.length > 0) throw new Error('The bench booked somebody twice.');
  }
}

/** Starts scattered over all days and therapists, the same on every run for the same first day. */
function* chooseStarts(first: string): Generator<{ at: number; startAt: number }> {
  const random = randomFrom(20_261_123);
  const taken = new Map<string, number[]>();
  for (let tries = 0; tries < BOOKED * 20; tries++) {
    const at = Math.floor(random() * THERAPISTS);
    const day = Math.floor(random() * WEEKS * 6);
    const on = addDays(first, Math.floor(day / 6) * 7 + (day % 6));
    const period = HOURS[random() < 0.38 ? 0 : 1];
    const startAt =
      toInstant(PRACTICE.timeZone, on, period.from) +
      Math.floor(random() * period.starts) * POLICIES.stepMinutes * MINUTE;
    const others = taken.get(`${at} ${on}`) ?? [];
    if (others.some((other) => Math.abs(other - startAt) < (MINUTES + 15) * MINUTE)) continue;
    taken.set(`${at} ${on}`, [...others, startAt]);
    yield { at, startAt };
  }
}

/** mulberry32: small, and the same everywhere. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
