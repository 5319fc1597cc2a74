import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { asc, eq, sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from '@/db/audit';
import { computeOwnerNumber } from '@/db/claims/resource-and-owner-numbers';
import { CLAIM_KINDS, type ClaimKind, claims, holds, resources } from '@/db/schema';
import { runStatement } from '@/db/testing/test-run';
import type { Connection, Db } from './connection';
import { connectDatabase, setConnectionForTests as putConnection } from './database-client';
import { listMigrations } from './schema-version';
import Sqlite from './sqlite-library';

const BEFORE = '0042';
const server = process.env.DATABASE_URL?.startsWith('postgres') ? process.env.DATABASE_URL : null;
const migrations = `db/migrations/${server ? 'postgres' : 'sqlite'}`;
const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-claims-'));
const name = `fortnight_test_${randomBytes(6).toString('hex')}`;
const url = server ? Object.assign(new URL(server), { pathname: `/${name}` }).href : `file:${folder}/live.db`;

beforeAll(async () => {
  if (server) await runStatement(server, `create database ${name}`);
});
afterAll(async () => {
  if (server) await runStatement(server, `drop database ${name} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

/** Runs statements as an older version would: they use the old table names. */
async function sayAll(statements: string[]): Promise<void> {
  if (server) {
    const client = new Client({ connectionString: url });
    await client.connect();
    for (const statement of statements) await client.query(statement);
    await client.end();
  } else {
    const handle = new Sqlite(url.slice('file:'.length));
    handle.exec(`begin; ${statements.join(';')}; commit`);
    handle.close();
  }
}

const APPOINTMENTS = 1500;
const FIRST_CELL = 5_965_000;
const CELL = 300_000;
const DAY_CELLS = 288;
const UNTIL = 4_000_000_000_000;
const count = (to: number, as = 'n', column = 'k') =>
  `${as}(${column}) as (select 0 union all select ${column} + 1 from ${as} where ${column} < ${to - 1})`;
/** Ids of 36 letters, as most are, and one that was imported. */
const ID = `case k when 0 then 'séance@example.org' else '5f0c1b2a-7d3e-4f60-9a1b-' || (100000000000 + k) end`;

/** A practice with a full calendar, a year of time off, external busy times, and somebody who is booking. */
const LIVE = [
  `insert into therapists (id, name, about, colour, is_active, position)
    values ('mira', 'Mira', '', '#000000', true, 0), ('tom', 'Tom', '', '#000000', true, 1)`,
  `insert into rooms (id, name, position) values ('garden', 'Garden', 0)`,
  `insert into services (id, name, summary, suits, pressure, setup_minutes, cleanup_minutes, is_active, position)
    values ('swedish', 'Swedish', '', '', 1, 0, 15, true, 0)`,
  `insert into clients (id, name, email, created_at) values ('c', 'Ana', 'ana@example.org', 1)`,
  `insert into series (id, client_id, therapist_id, cadence, first_on, local_time, time_zone, sessions, version, created_at)
    values ('s', 'c', 'mira', 'weekly', '2026-12-01', '18:00', 'Europe/Dublin', ${APPOINTMENTS}, 1, 1)`,
  `insert into appointments (id, series_id, position, client_id, therapist_id, room_id, service_id, status, start_at,
      end_at, padded_start_at, padded_end_at, local_start, time_zone, nominal_start_at, minutes, price_cents, currency,
      sequence, version, created_at)
    with recursive ${count(APPOINTMENTS)}
    select ${ID}, 's', k + 1, 'c', 'mira', 'garden', 'swedish', 'booked', start_at, start_at + 3600000, start_at,
      start_at + 4500000, '2026-12-01T18:00', 'Europe/Dublin', start_at, 60, 6800, 'EUR', 0, 1, 1
    from (select k, cast(${FIRST_CELL} + k * 20 as bigint) * ${CELL} as start_at from n) as dates`,
  `insert into claims (resource_id, cell, owner_uid, kind, expires_at)
    with recursive ${count(APPOINTMENTS)}, ${count(15, 'm', 'l')}
    select resource, ${FIRST_CELL} + k * 20 + l, ${ID}, 'appointment', null
    from n cross join m cross join (select 'therapist:mira' as resource union all select 'room:garden') as both_of`,
  `insert into time_off (id, therapist_id, start_at, end_at, kind, created_at)
    values ('leave', 'tom', ${FIRST_CELL * CELL}, ${(FIRST_CELL + 40 * DAY_CELLS) * CELL}, 'leave', 1)`,
  `insert into claims (resource_id, cell, owner_uid, kind, expires_at)
    with recursive ${count(40 * DAY_CELLS)}
    select 'therapist:tom', ${FIRST_CELL} + k, 'leave', 'time_off', null from n`,
  `insert into calendar_imports (id, therapist_id, sealed_address, host, busy, next_at, created_at)
    values ('import', 'tom', '', 'example.org', '[]', 1, 1)`,
  `insert into external_times (id, import_id, therapist_id, start_at, end_at)
    values ('busy', 'import', 'tom', ${(FIRST_CELL - 2) * CELL}, ${FIRST_CELL * CELL})`,
  `insert into claims (resource_id, cell, owner_uid, kind, expires_at)
    values ('therapist:tom', ${FIRST_CELL - 2}, 'busy', 'external', null),
      ('therapist:tom', ${FIRST_CELL - 1}, 'busy', 'external', null),
      ('therapist:mira', ${FIRST_CELL - 1}, 'hold:0a1b:2c3d:4e5f', 'hold', ${UNTIL}),
      ('room:garden', ${FIRST_CELL - 1}, 'hold:0a1b:2c3d:4e5f', 'hold', ${UNTIL})`,
];

interface Cell {
  resource: string;
  cell: number;
  owner: number;
  kind: number;
  until: number | null;
}
const inOrder = (cells: Cell[]) => cells.map((cell) => JSON.stringify(Object.values(cell))).sort();

/** The claims in their old form, as text. */
async function readWords(db: Db): Promise<string[]> {
  const found = await db
    .select({
      resource: sql<string>`resource_id`,
      cell: sql<number>`cell`,
      owner: sql<string>`owner_uid`,
      kind: sql<ClaimKind>`kind`,
      until: sql<number | string | null>`expires_at`,
    })
    .from(sql`claims`);
  return inOrder(
    found.map(({ owner: ownerUid, kind, until, ...where }) => {
      const owner = computeOwnerNumber({ ownerUid, kind });
      return { ...where, owner, kind: CLAIM_KINDS[kind], until: until === null ? null : Number(until) };
    }),
  );
}

async function readNumbers(db: Db): Promise<string[]> {
  const found = await db
    .select({
      resource: resources.name,
      cell: claims.cell,
      owner: claims.owner,
      kind: claims.kind,
      until: claims.expiresAt,
    })
    .from(claims)
    .innerJoin(resources, eq(resources.number, claims.resource));
  return inOrder(found);
}

async function isMigrated({ engine, reader }: Connection): Promise<boolean> {
  const columns =
    engine === 'sqlite'
      ? sql`(select name from pragma_table_info('claims')) as columns`
      : sql`(select column_name as name from information_schema.columns where table_name = 'claims') as columns`;
  const found = await reader.select({ name: sql<string>`name` }).from(columns);
  return !found.some((column) => column.name === 'owner_uid');
}

/** Starts to migrate, and is killed after this many milliseconds. */
async function migrateAndDie(afterMs: number): Promise<void> {
  const args = ['--import', 'tsx', 'testing/migrate.ts'];
  const env = { ...process.env, DATABASE_URL: url };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit'); // the process may finish before it is killed
  await once(child.stdout, 'data');
  await wait(afterMs);
  child.kill('SIGKILL');
  await ended;
}

it('converts all claims from text to numbers, even if the migration is killed half-way', async () => {
  const earlier = listMigrations(migrations).filter(({ tag }) => tag < BEFORE);
  const migrationsTable = server ? 'drizzle.__drizzle_migrations' : '__drizzle_migrations';
  await sayAll([
    ...(server ? ['create schema drizzle'] : []),
    `create table ${migrationsTable} (id ${server ? 'serial' : 'integer'} primary key, hash text not null, created_at bigint)`,
    ...earlier.map(({ tag }) =>
      readFileSync(path.join(migrations, `${tag}.sql`), 'utf8').replaceAll('--> statement-breakpoint', ''),
    ),
    ...earlier.map(({ tag, when }) => `insert into ${migrationsTable} (hash, created_at) values ('${tag}', ${when})`),
    ...LIVE,
  ]);
  const live = await connectDatabase(url);
  const before = await readWords(live.reader);
  expect(before).toHaveLength(APPOINTMENTS * 30 + 40 * DAY_CELLS + 4);
  await live.close();

  let cut = 0;
  for (const afterMs of [0, 20, 50, 100]) {
    await migrateAndDie(afterMs);
    const found = await connectDatabase(url);
    const isDone = await isMigrated(found);
    if (!isDone) {
      cut++;
      expect(await readWords(found.reader)).toEqual(before);
    }
    await found.close();
    if (isDone) break;
  }
  expect(cut).toBeGreaterThan(0);

  const after = await connectDatabase(url);
  await after.migrate();
  expect(await readNumbers(after.reader)).toEqual(before);
  expect(await after.reader.select({ name: holds.name, until: holds.expiresAt }).from(holds)).toEqual([
    { name: 'hold:0a1b:2c3d:4e5f', until: UNTIL },
  ]);
  expect(await after.reader.select().from(resources).orderBy(asc(resources.number))).toEqual([
    { number: 1, name: 'room:garden' },
    { number: 2, name: 'therapist:mira' },
    { number: 3, name: 'therapist:tom' },
  ]);
  putConnection(after);
  const findings = await audit();
  putConnection(undefined);
  await after.close();
  expect(findings).toEqual([]);
}, 120_000);
