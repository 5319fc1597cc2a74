import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import autocannon from 'autocannon';
import { addDays, daysBetween } from '../../scheduling/day.ts';
import { engineName, makeDatabase } from './bench-database.mjs';
import { round, summarise } from './measure.mjs';
import { connectSeeded, firstDay, MASSAGE_MINUTES, SERVICE, WEEKS } from './seed.mjs';

const ROOT = path.resolve(import.meta.dirname, '../..');
// As `npm start` starts it, with the same flags of Node.
const [, ...START_ARGS] = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')).scripts.start.split(' ');
const PACE_MS = (MASSAGE_MINUTES + 15) * 60_000;

/** What a visitor waits for: the production server, over HTTP, on a practice of 50 therapists and 20,000 appointments. */
export async function* httpFigures() {
  const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-bench-'));
  const now = Date.now();
  const { url, drop, analyze } = await makeDatabase();
  await (await connectSeeded(url, now)).close();
  await analyze();
  let server = await startServer(folder, url);
  try {
    const first = firstDay(now);
    const days = Array.from({ length: WEEKS * 6 }, (_, k) => addDays(first, Math.floor(k / 6) * 7 + (k % 6)));
    const ofService = `service=${SERVICE}&minutes=${MASSAGE_MINUTES}`;
    const openings = days.map((on) => `/api/v1/openings?${ofService}&from=${on}&days=1`);
    yield* reads(server.url, 'http-openings', openings);
    const weekly12 = days
      .slice(0, 6)
      .map((on) => `/api/v1/standing-times?${ofService}&cadence=weekly&sessions=12&from=${on}`);
    yield* reads(server.url, 'http-standing-times', weekly12);
    yield* reads(server.url, 'page-question', ['/questions/hamstring-tendinopathy']);
    const plan = `/book?type=${SERVICE}&minutes=${MASSAGE_MINUTES}&cadence=weekly&sessions=8`;
    yield* reads(server.url, 'page-book', [plan]);
    yield* reads(server.url, 'page-times', [`${plan}&step=time`]);

    const bodies = await listBookingRequestBodies(server.url, addDays(first, WEEKS * 7));
    const alone = bodies.splice(0, 400);
    const body = bodies.pop();
    yield await bookings(server.url, alone, 1);
    yield await bookings(server.url, bodies, 8);
    yield await oneStart(server.url, body);
    yield memory(server.pid);
    await server.stop();
    server = await startServer(folder, url, { RATE_LIMITS: '', TRUST_PROXY: '1' });
    yield* cappedBookings(server.url, addDays(first, (WEEKS + 4) * 7));
  } finally {
    await server.stop();
    await drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function buildSite() {
  const built = spawnSync(process.execPath, ['scripts/bootstrap.mjs', '--build'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  });
  if (built.status !== 0) throw new Error('The site could not be built.');
}

/** Starts a server on that database, or without an address on a file in the folder. */
export async function startServer(dataDir, databaseUrl = '', settings = { RATE_LIMITS: 'off' }) {
  buildSite();
  const child = spawn(process.execPath, START_ARGS, {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      BASE_URL: '',
      DATA_DIR: dataDir,
      DATABASE_URL: databaseUrl,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const url = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
      const ready = /ready at (\S+)/.exec(output);
      if (ready) resolve(ready[1]);
    });
    ended.then(() => reject(new Error(`The server did not start: ${output}`)));
  });
  return {
    url,
    pid: child.pid,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The memory that the server holds after all of these requests, and the most that it ever held. */
function memory(pid) {
  return { name: 'http-memory', unit: 'MB', p50: rssMb(pid), p99: rssMb(pid, 'VmHWM'), n: 1, engine: engineName() };
}

/** How long one visitor waits, then how many requests are served with eight at once. */
async function* reads(url, name, paths) {
  const requests = paths.map((at) => ({ method: 'GET', path: at }));
  await cannon({ url, requests, connections: 1, duration: 2 });
  for (const connections of [1, 8]) {
    const { times, seconds } = await cannon({ url, requests, connections, duration: 5 });
    const perSecond = round(times.length / seconds);
    yield { name, c: connections, unit: 'ms', ...summarise(times), perSecond, engine: engineName() };
  }
}

/** Every start of some free weeks that leaves the other starts of its therapist possible, in no order. */
export async function listBookingRequestBodies(url, from, days = 21) {
  const query = `service=${SERVICE}&minutes=${MASSAGE_MINUTES}&from=${from}&days=${days}`;
  const { openings } = await (await fetch(`${url}/api/v1/openings?${query}`)).json();
  const last = new Map();
  const bodies = [];
  for (const { startsAt, therapists } of openings) {
    for (const therapist of therapists) {
      if (Date.parse(startsAt) < (last.get(therapist) ?? 0) + PACE_MS) continue;
      last.set(therapist, Date.parse(startsAt));
      const at = bodies.length;
      bodies.push({
        service: SERVICE,
        minutes: MASSAGE_MINUTES,
        cadence: 'once',
        appointments: [{ startsAt, therapist }],
        client: { name: `Client ${at}`, email: `client-${at}@example.org` },
      });
    }
  }
  return bodies;
}

/**
 * Bookings with limits and caps as a practice has them. Each comes from another client, for a week in which that
 * therapist has no other unconfirmed booking, so all of them are counted against the caps and all are booked.
 */
async function* cappedBookings(url, from) {
  const all = [
    ...(await listBookingRequestBodies(url, from, 28)),
    ...(await listBookingRequestBodies(url, addDays(from, 28), 28)),
  ];
  const weeks = new Map();
  for (const body of all) {
    const [{ startsAt, therapist }] = body.appointments;
    const week = `${therapist} ${Math.floor(daysBetween(from, startsAt.slice(0, 10)) / 7)}`;
    const client = { name: `Capped ${weeks.size}`, email: `capped-${weeks.size}@example.org` };
    if (!weeks.has(week)) weeks.set(week, { ...body, client });
  }
  const bodies = [...weeks.values()];
  const sender = (at) => ({ 'x-forwarded-for': `10.0.${at >> 8}.${at & 255}` });
  const alone = bodies.splice(0, 100);
  yield await bookings(url, alone, 1, { name: 'http-book-capped', sender });
  const others = (at) => sender(at + alone.length);
  yield await bookings(url, bodies, 8, { name: 'http-book-capped', sender: others });
}

async function bookings(url, bodies, connections, { name = 'http-book', sender } = {}) {
  let at = 0;
  const setupRequest = (request) => {
    const body = bodies[at % bodies.length];
    const headers = {
      'content-type': 'application/json',
      'idempotency-key': `${name}-${connections}-${at}`,
      ...sender?.(at),
    };
    at++;
    return { ...request, body: JSON.stringify(body), headers };
  };
  const requests = [{ method: 'POST', path: '/api/v1/series', setupRequest }];
  const amount = Math.min(bodies.length, connections * 350);
  const { times, seconds } = await cannon({ url, requests, connections, amount }, [201]);
  return {
    name,
    c: connections,
    unit: 'ms',
    ...summarise(times),
    perSecond: round(times.length / seconds),
    engine: engineName(),
    synchronous: 'FULL',
  };
}

/** Two hundred requests at once for the same time: one gets it, and all others are told that it is taken. */
async function oneStart(url, body) {
  let at = 0;
  const setupRequest = (request) => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': `bench-one-${at++}` };
    return { ...request, body: JSON.stringify(body), headers };
  };
  const requests = [{ method: 'POST', path: '/api/v1/series', setupRequest }];
  const { times, statusCounts } = await cannon(
    { url, requests, connections: 200, amount: 200, timeout: 30 },
    [201, 409],
  );
  const booked = statusCounts.get(201) ?? 0;
  if (booked !== 1) throw new Error(`One start was booked ${booked} times.`);
  return { name: 'http-one-start', c: 200, unit: 'ms', ...summarise(times), booked, engine: engineName() };
}

async function cannon(options, expectedStatuses = [200]) {
  const times = [];
  const statusCounts = new Map();
  const started = performance.now();
  let ended = started; // until the last answer: autocannon itself ends up to a second later
  const { errors } = await new Promise((resolve, reject) => {
    const run = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
    run.on('response', (_client, status, _bytes, time) => {
      ended = performance.now();
      times.push(time);
      statusCounts.set(status, (statusCounts.get(status) ?? 0) + 1);
    });
  });
  if ([...statusCounts.keys()].some((status) => !expectedStatuses.includes(status))) {
    throw new Error(`Not every answer was ${expectedStatuses}: ${JSON.stringify([...statusCounts])}`);
  }
  // A request without an answer has no time, so it would silently be missing from the figures.
  if (errors > 0) throw new Error(`${errors} requests were not answered in time: the server stood still.`);
  return { times, statusCounts, seconds: (ended - started) / 1000 };
}

/** The machine's memory that a process holds; `VmHWM` is the most that it ever held. */
export function rssMb(pid, which = 'VmRSS') {
  const [, kilobytes] = new RegExp(`${which}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return round(Number(kilobytes) / 1024);
}
