import { claimCells } from '../../db/claims/claims.ts';
import { loadDataKeys } from '../../db/connection/data-keys.ts';
import { connectDatabase } from '../../db/connection/database-client.ts';
import { PRACTICE } from '../../db/demo/demo-practice.ts';
import { STARTING_POLICIES } from '../../db/practice/new-practice-defaults.ts';
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
} from '../../db/schema/index.ts';
import { addDays, daysBetween, weekdayOf } from '../../scheduling/day.ts';
import { toInstant, toWallTime } from '../../scheduling/zone-conversion.ts';
import { firstMonday, generateBookedTherapists, timeZone } from './practice-data.mjs';

// The practice that every figure is measured on: 50 therapists, one zone, Monday to Saturday 09:00-13:00 and
// 13:30-20:00, a 15-minute step, 60-minute massages with 15 minutes of clean-up, and 20,000 of them booked over 12
// weeks.

export const THERAPISTS = 50;
export const WEEKS = 12;
export const SERVICE = 'swedish';
export const MASSAGE_MINUTES = 60;

const MINUTE = 60_000;
const HOURS = [
  { from: '09:00', until: '13:00' },
  { from: '13:30', until: '20:00' },
];
const ROWS = 500;
const DATES_A_CLIENT = 20;

export const buildTherapistId = (at) => `t${String(at + 1).padStart(2, '0')}`;

/** The first of the 12 weeks: the next Monday after today. */
export function firstDay(now) {
  const { on } = toWallTime(PRACTICE.timeZone, now);
  return addDays(on, (8 - weekdayOf(on)) % 7 || 7);
}

const serviceOf = (at) => (at < THERAPISTS ? SERVICE : `${SERVICE}-${Math.floor(at / THERAPISTS) + 1}`);

/**
 * A migrated database with that practice in it, or with several of its size, each with its own team, rooms and massage:
 * `SERVICE` is the massage of the first. It is filled in steps, because PostgreSQL allows only seconds for a
 * transaction.
 */
export async function connectSeeded(url, now, practicesInIt = 1) {
  const team = practicesInIt * THERAPISTS;
  process.env.AUTH_SECRET ??= 'a secret for measuring only, and nothing else';
  process.env.CARE_KEY ??= 'a-care-key-for-measuring-only-and-nothing-else';
  const connection = await connectDatabase(url);
  await connection.migrate();
  await loadDataKeys(connection);
  await connection.transact((tx) => seedPractice(tx, now, team));
  await fill(connection, now, team);
  return connection;
}

export async function seedPractice(tx, now, team = THERAPISTS) {
  const places = Array.from({ length: team }, (_, at) => at);
  const offered = [...new Set(places.map(serviceOf))];
  await tx.insert(practices).values({ ...PRACTICE, ...STARTING_POLICIES, isDemo: false, createdAt: now });
  await tx.insert(services).values(
    offered.map((id, position) => ({
      id,
      name: 'Swedish',
      summary: 'Long, slow strokes.',
      suits: 'Most people',
      pressure: 1,
      setupMinutes: 0,
      cleanupMinutes: 15,
      isActive: true,
      position,
    })),
  );
  const prices = offered.map((serviceId) => ({ serviceId, minutes: MASSAGE_MINUTES, priceCents: 6800 }));
  await tx.insert(serviceLengths).values(prices);
  for (let from = 0; from < team; from += THERAPISTS) await openTeam(tx, places.slice(from, from + THERAPISTS));
}

async function openTeam(tx, places) {
  await tx.insert(therapists).values(
    places.map((at) => ({
      id: buildTherapistId(at),
      name: `Therapist ${at + 1}`,
      about: 'Made for measuring.',
      colour: '#2C6E5B',
      isActive: true,
      position: at,
    })),
  );
  const offerings = places.map((at) => ({ therapistId: buildTherapistId(at), serviceId: serviceOf(at) }));
  await tx.insert(therapistServices).values(offerings);
  await tx.insert(rooms).values(places.map((at) => ({ id: roomId(at), name: `Room ${at + 1}`, position: at })));
  await tx.insert(roomServices).values(places.map((at) => ({ roomId: roomId(at), serviceId: serviceOf(at) })));
  await tx.insert(workingHours).values(
    places.flatMap((at) =>
      [1, 2, 3, 4, 5, 6].flatMap((weekday) =>
        HOURS.map(({ from, until }) => ({
          therapistId: buildTherapistId(at),
          weekday,
          from,
          until,
          timeZone: PRACTICE.timeZone,
        })),
      ),
    ),
  );
}

export const roomId = (at) => `r${String(at + 1).padStart(2, '0')}`;

async function fill(connection, now, team) {
  const rows = listStarts(firstDay(now), team).map(({ at, startAt }, k) => ({
    id: `a${k}`,
    seriesId: `s${k}`,
    position: 1,
    clientId: `c${Math.floor(k / DATES_A_CLIENT)}`,
    therapistId: buildTherapistId(at),
    roomId: roomId(at),
    serviceId: serviceOf(at),
    status: 'booked',
    startAt,
    endAt: startAt + MASSAGE_MINUTES * MINUTE,
    paddedStartAt: startAt,
    paddedEndAt: startAt + (MASSAGE_MINUTES + 15) * MINUTE,
    localStart: `${toWallTime(PRACTICE.timeZone, startAt).on}T${toWallTime(PRACTICE.timeZone, startAt).time}`,
    timeZone: PRACTICE.timeZone,
    nominalStartAt: startAt,
    nominalTherapistId: buildTherapistId(at),
    minutes: MASSAGE_MINUTES,
    priceCents: 6800,
    currency: PRACTICE.currency,
    sequence: 0,
    version: 1,
    createdAt: now,
  }));
  for (let from = 0; from < rows.length; from += ROWS) {
    const some = rows.slice(from, from + ROWS);
    await connection.transact(async (tx) => {
      const people = [...new Set(some.map(({ clientId }) => clientId))];
      await tx
        .insert(clients)
        .values(people.map((id) => ({ id, name: `Client ${id}`, email: `${id}@example.org`, createdAt: now })))
        .onConflictDoNothing();
      await tx.insert(series).values(
        some.map((row) => ({
          id: row.seriesId,
          clientId: row.clientId,
          therapistId: row.therapistId,
          cadence: 'once',
          firstOn: row.localStart.slice(0, 10),
          localTime: row.localStart.slice(11),
          timeZone: row.timeZone,
          sessions: 1,
          version: 1,
          createdAt: now,
        })),
      );
      await tx.insert(appointments).values(some);
      const clashes = await claimCells(
        tx,
        some.flatMap(({ id, paddedStartAt: start, paddedEndAt: end, ...row }) =>
          [`therapist:${row.therapistId}`, `room:${row.roomId}`].map((resourceId) => ({
            ownerUid: id,
            kind: 'appointment',
            resourceId,
            start,
            end,
          })),
        ),
        now,
      );
      if (clashes.length > 0) throw new Error('The bench booked somebody twice.');
    });
  }
}

/** The appointments that the figures of the pure rules are measured with, in the upcoming weeks. */
function listStarts(first, team) {
  return generateBookedTherapists(team, WEEKS).flatMap(({ busy }, at) =>
    busy.map(({ start }) => {
      const { on, time } = toWallTime(timeZone, start);
      return { at, startAt: toInstant(PRACTICE.timeZone, addDays(first, daysBetween(firstMonday, on)), time) };
    }),
  );
}
