import { eq } from 'drizzle-orm';
import { setConnectionForTests as serveFrom } from '../../db/connection/database-client.ts';
import { appointments, clients, waitlistEntries } from '../../db/schema/index.ts';
import { findNextOfferCandidate } from '../../db/waitlist/find-offer-candidate.ts';
import { addDays } from '../../scheduling/day.ts';
import { getDayPartBit } from '../../scheduling/waitlist-matching.ts';
import { engineName, makeDatabase } from './bench-database.mjs';
import { summarise } from './measure.mjs';
import { buildTherapistId, connectSeeded, firstDay, MASSAGE_MINUTES, SERVICE } from './seed.mjs';

const REQUESTS = 500;
const FREED = 8;
const RUNS = 40;

/**
 * Who of 500 waiting clients is offered eight dates that one therapist has just got back, in the practice that every
 * figure is measured on: once where somebody takes them, and once where all 500 are looked at and nobody does. A fifth
 * of them wait for a whole regular time. On SQLite, or on the PostgreSQL server that DATABASE_URL names.
 */
export async function* waitlistFigures() {
  process.env.AUTH_SECRET ??= 'a secret for measuring only, and nothing else';
  process.env.CARE_KEY ??= 'a-care-key-for-measuring-only-and-nothing-else';
  const now = Date.now();
  const { url, drop, analyze } = await makeDatabase();
  const connection = await connectSeeded(url, now);
  serveFrom(connection);
  try {
    const booked = await connection.reader
      .select()
      .from(appointments)
      .where(eq(appointments.therapistId, buildTherapistId(0)));
    const cancelledRows = booked.sort((a, b) => a.startAt - b.startAt).slice(0, FREED);
    await connection.transact(async (tx) => {
      const cancelled = { status: 'cancelled', cancelledAt: now, cancelledBy: 'client' };
      for (const { id } of cancelledRows) await tx.update(appointments).set(cancelled).where(eq(appointments.id, id));
    });
    const freed = cancelledRows.map(({ paddedStartAt: start, paddedEndAt: end }) => ({
      therapistId: buildTherapistId(0),
      start,
      end,
    }));
    const search = () => findNextOfferCandidate(connection.reader, freed, { now, avoid: new Set() });
    const common = { unit: 'ms', requests: REQUESTS, freed: FREED, engine: engineName() };
    // Nobody works on Sundays.
    await connection.transact((tx) => wait(tx, now, () => [0]));
    await analyze();
    if (await search()) throw new Error('Nobody should be offered anything.');
    yield { name: 'waitlist-search-500-nobody', ...common, ...(await time(search)) };
    await connection.transact((tx) => tx.delete(waitlistEntries));
    await connection.transact((tx) => wait(tx, now, (k) => [k % 7, (k + 2) % 7]));
    await analyze();
    if (!(await search())) throw new Error('Somebody should be offered something.');
    yield { name: 'waitlist-search-500', ...common, ...(await time(search)) };
  } finally {
    serveFrom(undefined);
    await connection.close();
    await drop();
  }
}

async function wait(tx, now, weekdaysOf) {
  const from = firstDay(now);
  const rows = Array.from({ length: REQUESTS }, (_, k) => ({
    id: `w${k}`,
    clientId: `waits${k}`,
    serviceId: SERVICE,
    minutes: MASSAGE_MINUTES,
    therapistId: k % 3 === 0 ? null : buildTherapistId(k % 2),
    cadence: k % 5 === 0 ? 'weekly' : 'once',
    sessions: k % 5 === 0 ? 8 : 1,
    fromOn: from,
    untilOn: addDays(from, 80),
    dayParts: weekdaysOf(k).reduce(
      (sum, day) =>
        sum + ['morning', 'afternoon', 'evening'].reduce((bits, part) => bits + getDayPartBit(day, part), 0),
      0,
    ),
    atTime: null,
    isUrgent: k % 9 === 0,
    source: 'online',
    createdAt: now - k,
    confirmedAt: now,
  }));
  const people = rows.map(({ clientId: id }) => ({ id, name: id, email: `${id}@example.org`, createdAt: now }));
  await tx.insert(clients).values(people).onConflictDoNothing();
  for (let at = 0; at < REQUESTS; at += 100) await tx.insert(waitlistEntries).values(rows.slice(at, at + 100));
}

async function time(work) {
  const times = [];
  for (let run = 0; run < RUNS + 5; run++) {
    const before = performance.now();
    await work();
    times.push(performance.now() - before);
  }
  return summarise(times.slice(5));
}
