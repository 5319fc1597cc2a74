import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { connect, useConnection as serveFrom } from '../../db/connection/client.ts';
import { loadDataKeys } from '../../db/connection/data-keys.ts';
import { searchTextOf } from '../../db/input/search-text.ts';
import { listClients } from '../../db/people/find-clients.ts';
import { appointments, clients, series } from '../../db/schema/index.ts';
import { summarise } from './measure.mjs';
import { MINUTES, openPractice, roomId, SERVICE, THERAPISTS, therapistId } from './seed.mjs';

const CLIENTS = 20_000;
const ROWS = 250;
const FIRST = ['Ana', 'Ben', 'Ciarán', 'Dora', 'Eve', 'Finn', 'Gráinne', 'Hugh', 'Ines', 'Jun', 'Kit', 'Lena'];
const LAST = ['Adeyemi', 'Byrne', 'Cole', 'Daly', 'Egan', 'Finn', 'Hart', 'Kovač', 'Ní Bhriain', 'Walsh', 'Young'];
/** What somebody types: a first letter, that finds most; a name; the end of a number; an address; nobody. */
const TYPED = ['a', 'ciaran wal', '87 555 12', '9034', 'client-1234', 'zzzz'];
const OWNER = { role: 'owner', userId: 'o', email: 'o@example.org', name: 'O', therapistId: null };
const THERAPIST = { ...OWNER, role: 'therapist', therapistId: therapistId(0) };

/**
 * The list of clients as it follows what is typed: a count and one page of 20,000 clients, with the dates of those on it.
 * On SQLite, or on the PostgreSQL server that DATABASE_URL names, in a database of its own that is dropped again.
 */
export async function* clientsFigures() {
  process.env.AUTH_SECRET ??= 'a secret for measuring only, and nothing else';
  process.env.CARE_KEY ??= 'a-care-key-for-measuring-only-and-nothing-else';
  const now = Date.now();
  const { url, drop } = await makeDatabase();
  const connection = await connect(url);
  await connection.migrate();
  await loadDataKeys(connection);
  await connection.transact((tx) => openPractice(tx, now));
  for (let from = 0; from < CLIENTS; from += ROWS) await connection.transact((tx) => fill(tx, from, now));
  serveFrom(connection);
  try {
    for (const viewer of [OWNER, THERAPIST]) {
      const times = [];
      for (let run = 0; run < 120; run++) {
        const before = performance.now();
        await listClients(viewer, { words: TYPED[run % TYPED.length], page: 1 }, { now });
        times.push(performance.now() - before);
      }
      const engine = isPostgres() ? 'postgres' : 'sqlite';
      yield { name: `find-clients-20000-${viewer.role}`, unit: 'ms', ...summarise(times.slice(12)), engine };
    }
  } finally {
    serveFrom(undefined);
    await connection.close();
    await drop();
  }
}

/** Some clients, each with a visit that is over: they take no time that could be booked, and so no claims. */
async function fill(tx, first, now) {
  const rows = Array.from({ length: ROWS }, (_, k) => first + k).map((at) => {
    const name = `${FIRST[at % FIRST.length]} ${LAST[Math.floor(at / FIRST.length) % LAST.length]} ${at}`;
    const person = { name, email: `client-${at}@example.org`, phone: `+35387555${String(at).padStart(4, '0')}` };
    return { id: `client-${at}`, ...person, createdAt: now, searchText: searchTextOf(person) };
  });
  const visits = rows.map(({ id: clientId }, k) => {
    const startAt = now - (first + k + 1) * 3_600_000;
    const own = { clientId, therapistId: therapistId((first + k) % THERAPISTS), timeZone: 'Europe/Dublin' };
    const times = { startAt, endAt: startAt + MINUTES * 60_000, completedAt: now };
    const padded = { paddedStartAt: times.startAt, paddedEndAt: times.endAt, nominalStartAt: startAt };
    const facts = { position: 1, serviceId: SERVICE, roomId: roomId(0), status: 'completed', localStart: '' };
    const price = { minutes: MINUTES, priceCents: 6800, currency: 'EUR', sequence: 0, version: 1, createdAt: now };
    return { id: `a-${clientId}`, seriesId: `s-${clientId}`, ...own, ...times, ...padded, ...facts, ...price };
  });
  await tx.insert(clients).values(rows);
  await tx.insert(series).values(
    visits.map(({ seriesId: id, clientId, therapistId, timeZone }) => ({
      ...{ id, clientId, therapistId, timeZone, cadence: 'once', firstOn: '', localTime: '' },
      ...{ sessions: 1, version: 1, createdAt: now },
    })),
  );
  await tx.insert(appointments).values(visits);
}

export async function makeDatabase() {
  if (!isPostgres()) {
    const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-bench-'));
    const drop = async () => rmSync(folder, { recursive: true, force: true });
    return { url: `file:${path.join(folder, 'fortnight.db')}`, drop };
  }
  const name = `fortnight_bench_${randomBytes(6).toString('hex')}`;
  const say = async (statement) => {
    const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await say(`create database ${name}`);
  const url = new URL(process.env.DATABASE_URL);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => say(`drop database ${name} with (force)`) };
}

export function isPostgres() {
  return process.env.DATABASE_URL?.startsWith('postgres');
}
