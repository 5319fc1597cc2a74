import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addDays } from '../../scheduling/day.ts';
import { engineName, makeDatabase } from './bench-database.mjs';
import { listBookingRequestBodies, rssMb, startServer } from './http.mjs';
import { exponentOf, summarise } from './measure.mjs';
import { connectSeeded, firstDay, MASSAGE_MINUTES, SERVICE, THERAPISTS, WEEKS } from './seed.mjs';

/**
 * The number of practices that share a database and a server, each of 50 therapists and 20,000 massages: at most 1,000
 * and 400,000 together.
 */
const PRACTICES = [1, 5, 20];
const RUNS = 40;

/**
 * Does the time of one practice's queries grow with the number of other practices in the database? Something is booked
 * before each search, so that no search finds the previous one's data in memory.
 */
export async function* growthFigures() {
  const found = [];
  for (const practices of PRACTICES) found.push(await measureBeside(practices));
  const therapists = PRACTICES.map((practices) => practices * THERAPISTS);
  for (const kind of ['openings', 'standing-times', 'book']) {
    const p50s = found.map(({ times }) => summarise(times[kind]).p50);
    const p99s = found.map(({ times }) => summarise(times[kind]).p99);
    yield {
      name: `growth-${kind}`,
      unit: 'ms',
      sizes: therapists,
      p50s,
      p99s,
      exponent: exponentOf(therapists, p50s),
      engine: engineName(),
    };
  }
  yield {
    name: 'growth-memory',
    unit: 'MB',
    sizes: therapists,
    rss: found.map(({ rss }) => rss),
    engine: engineName(),
  };
}

async function measureBeside(practices) {
  const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-bench-'));
  const { url, drop, analyze } = await makeDatabase();
  const now = Date.now();
  let server;
  try {
    await (await connectSeeded(url, now, practices)).close();
    await analyze();
    server = await startServer(folder, url);
    const first = firstDay(now);
    const ofService = `service=${SERVICE}&minutes=${MASSAGE_MINUTES}&from=`;
    const bodies = await listBookingRequestBodies(server.url, addDays(first, WEEKS * 7));
    const weekly = `${ofService}${first}&cadence=weekly&sessions=12`;
    const times = { openings: [], 'standing-times': [], book: [] };
    const book = async (run) => {
      const headers = { 'content-type': 'application/json', 'idempotency-key': `growth-${run}` };
      const body = JSON.stringify(bodies[run]);
      return timeOf(`${server.url}/api/v1/series`, { method: 'POST', headers, body }, 201);
    };
    for (let run = 0; run < RUNS; run++) {
      const day = addDays(first, Math.floor(run / 6) * 7 + (run % 6));
      times.book.push(await book(2 * run));
      times.openings.push(await timeOf(`${server.url}/api/v1/openings?${ofService}${day}&days=1`));
      times.book.push(await book(2 * run + 1));
      times['standing-times'].push(await timeOf(`${server.url}/api/v1/standing-times?${weekly}`));
    }
    // The first runs meet code that is not compiled yet, so they do not count.
    for (const kind of Object.keys(times)) times[kind].splice(0, RUNS / 4);
    return { times, rss: rssMb(server.pid) };
  } finally {
    await server?.stop();
    await drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeOf(url, request, status = 200) {
  const before = performance.now();
  const answer = await fetch(url, request);
  await answer.text();
  if (answer.status !== status) throw new Error(`${url} answered ${answer.status}.`);
  return performance.now() - before;
}
