import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { connectDatabase } from './database-client';
import { listMigrations } from './schema-version';
import Sqlite from './sqlite-library';

const FOLDER = 'db/migrations/sqlite';
const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-kept-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A database as the version before a migration left it. */
function openBefore(file: string, tag: string) {
  const handle = new Sqlite(file);
  handle.exec('create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)');
  const earlier = listMigrations(FOLDER).filter((entry) => entry.tag < tag);
  for (const { tag: name, when } of earlier) {
    handle.exec(readFileSync(path.join(FOLDER, `${name}.sql`), 'utf8').replaceAll('--> statement-breakpoint', ''));
    handle.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run(name, when);
  }
  return handle;
}

interface ColumnInfo {
  name: string;
  type: string;
  notnull: number;
  dflt_value: string | null;
}

it('a rebuilt table keeps its rows and the rows that refer to them', async () => {
  const file = path.join(folder, 'kept.db');
  const before = openBefore(file, '0011');
  before.exec(`
    insert into users (id, name, email, role) values ('mira', 'Mira', 'mira@example.org', 'therapist');
    insert into sessions (session_token, user_id, expires_at) values ('s', 'mira', 1);
    insert into therapists (id, user_id, name, about, colour, is_active, position)
      values ('mira', 'mira', 'Mira', '', '#000000', 1, 0);
    insert into working_hours (therapist_id, weekday, from_time, until_time, time_zone)
      values ('mira', 1, '09:00', '17:00', 'Europe/Dublin');
    insert into clients (id, name, email, phone, created_at) values ('c', 'Ana Costa', 'ana@example.org', '+35315550177', 1);
  `);
  before.close();
  const connection = await connectDatabase(`file:${file}`);
  await connection.migrate();
  await connection.close();

  const after = new Sqlite(file, { readonly: true });
  const all = (query: string) => [...after.prepare(query).iterate()];
  expect(all('select id, role from users')).toEqual([{ id: 'mira', role: 'therapist' }]);
  expect(all('select user_id from sessions')).toEqual([{ user_id: 'mira' }]);
  expect(all('select user_id from therapists')).toEqual([{ user_id: 'mira' }]);
  expect(all('select weekday, from_time, valid_from from working_hours')).toEqual([
    { weekday: 1, from_time: '09:00', valid_from: '0001-01-01' },
  ]);
  expect(all('select search_text from clients')).toEqual([{ search_text: 'ana costa ana@example.org +35315550177' }]);
  expect(after.pragma('foreign_key_check')).toEqual([]);
  after.close();
});

it('keeps the recorded consents when the table allows new kinds', async () => {
  const file = path.join(folder, 'consents.db');
  const before = openBefore(file, '0019');
  before.exec(`
    insert into asked_questions (id, kind, email, words, created_at) values ('q', 'question', 'ana@example.org', 'Why?', 1);
    insert into consents (id, kind, asked_id, words, version, way, given_at, hash)
      values ('yes', 'question', 'q', 'They may.', '1', 'page', 5, 'abc');
  `);
  before.close();
  const connection = await connectDatabase(`file:${file}`);
  await connection.migrate();
  await connection.close();

  const after = new Sqlite(file, { readonly: true });
  const all = (query: string) => [...after.prepare(query).iterate()];
  expect(all('select kind, asked_id, words, given_at, hash, appointment_id from consents')).toEqual([
    { kind: 'question', asked_id: 'q', words: 'They may.', given_at: 5, hash: 'abc', appointment_id: null },
  ]);
  expect(after.pragma('foreign_key_check')).toEqual([]);
  after.close();
});

it('takes off what dates that were cancelled still owed of their price, and keeps what they owe as a fee', async () => {
  const file = path.join(folder, 'lapsed.db');
  const before = openBefore(file, '0054');
  const line = before.prepare('insert into ledger_lines (entry_id, account, amount_cents) values (?, ?, ?)');
  const enter = (date: string, kind: string, lines: Record<string, number>) => {
    const id = `${date}-${kind}`;
    before
      .prepare(
        `insert into ledger_entries (id, happened_at, kind, client_id, appointment_id, currency, actor)
         values (?, 5, ?, 'x', ?, 'EUR', 'owner:ruth')`,
      )
      .run(id, kind, date);
    for (const [account, amount] of Object.entries(lines)) line.run(id, account, amount);
  };
  // The columns that a row must have, filled with anything; every row refers to one named x.
  const plant = (table: string, own: Record<string, string | number>) => {
    const columns = before.pragma(`table_info(${table})`) as ColumnInfo[];
    const any = columns
      .filter(({ notnull, dflt_value }) => notnull === 1 && dflt_value === null)
      .map(({ name, type }) => [name, /int/i.test(type) ? 1 : 'x']);
    const row = { ...Object.fromEntries(any), ...own };
    const marks = Object.keys(row).map(() => '?');
    before.prepare(`insert into ${table} (${Object.keys(row)}) values (${marks})`).run(...Object.values(row));
  };
  plant('services', { id: 'x', booking: 'online', pressure: 2 });
  for (const table of ['clients', 'rooms', 'therapists']) plant(table, { id: 'x' });
  plant('series', { id: 'x', source: 'desk', cadence: 'once' });
  const cancelled = { status: 'cancelled', cancelled_at: 1, cancelled_by: 'client' };
  const dates = { part: cancelled, fee: cancelled, coming: { status: 'booked' } };
  for (const [position, [id, state]] of Object.entries(dates).entries())
    plant('appointments', { id, position, client_id: 'x', end_at: 60_001, padded_end_at: 60_001, ...state });
  for (const id of ['part', 'coming']) {
    enter(id, 'charge', { owed: 6800, sales: -6800 });
    enter(id, 'discount', { discounts: 800, owed: -800 });
    enter(id, 'payment', { card: 5000, owed: -5000 });
  }
  enter('fee', 'fee', { owed: 3000, fees: -3000 });
  before.close();
  const connection = await connectDatabase(`file:${file}`);
  await connection.migrate();
  await connection.close();

  const after = new Sqlite(file, { readonly: true });
  const lapsed = after.prepare(
    `select e.appointment_id as id, l.account, l.amount_cents as cents from ledger_entries e
     join ledger_lines l on l.entry_id = e.id where e.kind = 'lapse' order by l.account`,
  );
  expect([...lapsed.iterate()]).toEqual([
    { id: 'part', account: 'discounts', cents: -800 },
    { id: 'part', account: 'owed', cents: -1000 },
    { id: 'part', account: 'sales', cents: 1800 },
  ]);
  expect([...after.prepare('select count(*) as entries from ledger_entries').iterate()]).toEqual([{ entries: 8 }]);
  expect(after.pragma('foreign_key_check')).toEqual([]);
  after.close();
});
