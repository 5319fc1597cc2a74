import { listStandingTimes } from '../../db/availability/standing-times.ts';
import { addTimeOff } from '../../db/booking/add-time-off.ts';
import { bookSeries } from '../../db/booking/book-series.ts';
import { setConnectionForTests as serveFrom } from '../../db/connection/database-client.ts';
import Sqlite from '../../db/connection/sqlite-library.ts';
import { addDays } from '../../scheduling/day.ts';
import { toInstant } from '../../scheduling/zone-conversion.ts';
import { engineName, isPostgres, makeDatabase } from './bench-database.mjs';
import { round, summarise } from './measure.mjs';
import { buildTherapistId, connectSeeded, firstDay, MASSAGE_MINUTES, SERVICE, THERAPISTS, WEEKS } from './seed.mjs';

const ZONE = 'Europe/Dublin';

/**
 * What the database does with a practice of 50 therapists and 20,000 appointments. Every commit is written to disk. On
 * SQLite, or on the PostgreSQL server that DATABASE_URL names, in a database of its own that is dropped afterwards.
 */
export async function* databaseFigures() {
  const now = Date.now();
  const { url, drop, analyze } = await makeDatabase();
  const connection = await connectSeeded(url, now);
  await analyze();
  serveFrom(connection);
  try {
    yield await standingTimesFigure(now);
    yield await bookSeriesFigure(now);
    if (!isPostgres()) yield claimBytesFigure(url.slice('file:'.length));
    yield await leaveFigure(now);
  } finally {
    serveFrom(undefined);
    await connection.close();
    await drop();
  }
}

async function standingTimesFigure(now) {
  const query = {
    serviceIds: Array(WEEKS).fill(SERVICE),
    minutes: MASSAGE_MINUTES,
    cadence: 'weekly',
    from: firstDay(now),
  };
  let entries = 0;
  const times = await timesOf(60, async () => {
    const found = await listStandingTimes(query, now);
    if (!found.ok) throw new Error(found.issues[0].message);
    entries = found.standingTimes.length;
  });
  return {
    name: 'standing-times-50x12-read',
    unit: 'ms',
    ...summarise(times.slice(10)),
    entries,
    engine: engineName(),
  };
}

/** Books series of 12 in the free weeks after the booked ones, one after the other. */
async function bookSeriesFigure(now) {
  const free = addDays(firstDay(now), WEEKS * 7);
  const runs = 300;
  let at = 0;
  const times = await timesOf(runs, async () => {
    const therapist = buildTherapistId(at % THERAPISTS);
    const day = Math.floor(at / THERAPISTS) % 6;
    const time = ['09:00', '13:30'][Math.floor(at / THERAPISTS / 6) % 2];
    const booked = await bookSeries(
      { role: 'reader' },
      {
        cadence: 'weekly',
        minutes: MASSAGE_MINUTES,
        appointments: Array.from({ length: 12 }, (_, k) => ({
          startsAt: toInstant(ZONE, addDays(free, day + 7 * k), time),
          therapistId: therapist,
          serviceId: SERVICE,
        })),
        client: { name: `Client ${at}`, email: `client-${at}@example.org` },
        idempotencyKey: `bench-${at}`,
      },
      { now },
    );
    if (!booked.ok) throw new Error(`A series was refused: ${JSON.stringify(booked)}`);
    at++;
  });
  const figures = summarise(times);
  const total = times.reduce((sum, time) => sum + time, 0);
  return {
    name: 'book-series-12',
    unit: 'ms',
    ...figures,
    perSecond: round((1000 * runs) / total),
    engine: engineName(),
    synchronous: 'FULL',
  };
}

/** The bytes of claims and their indexes for each appointment: two resources of 15 cells. */
function claimBytesFigure(file) {
  const handle = new Sqlite(file, { readonly: true });
  const queryValue = (query) => handle.prepare(query).pluck().get();
  const ofClaims = "select name from sqlite_schema where tbl_name = 'claims'";
  const bytes = queryValue(`select sum(pgsize) from dbstat where name in (${ofClaims})`);
  const n = queryValue('select count(*) from appointments');
  handle.close();
  const each = round(bytes / n);
  return { name: 'claim-bytes-an-appointment', unit: 'bytes', p50: each, p99: each, n };
}

/** Takes a year of leave for one therapist after the other, after everything that is booked: 105,000 cells each. */
async function leaveFigure(now) {
  const start = toInstant(ZONE, addDays(firstDay(now), (2 * WEEKS + 2) * 7), '00:00');
  let at = 0;
  const times = await timesOf(10, async () => {
    const leave = { therapistIds: [buildTherapistId(at++)], start, end: start + 365 * 86_400_000, kind: 'leave' };
    const absence = await addTimeOff({ role: 'owner', userId: 'bench', therapistId: null }, leave, { now });
    if (!absence.ok) throw new Error(`Leave was refused: ${JSON.stringify(absence)}`);
  });
  return { name: 'leave-of-a-year', unit: 'ms', ...summarise(times.slice(2)), cells: 365 * 288, engine: engineName() };
}

async function timesOf(runs, work) {
  const times = [];
  for (let run = 0; run < runs; run++) {
    const before = performance.now();
    await work();
    times.push(performance.now() - before);
  }
  return times;
}
