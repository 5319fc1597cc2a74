import { createHash } from 'node:crypto';
import { getTableName, is, Table } from 'drizzle-orm';
import { getTableConfig as configOfPostgres } from 'drizzle-orm/pg-core';
import { getTableConfig as configOfSqlite, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Connection, Db } from '@/db/connection/connection';
import { getDatabaseEngine } from '@/db/engine';
import * as schema from '@/db/schema';

// Exports a whole database as lines of text, and imports it. The schema is made for one engine when it is loaded, so
// export and import run in separate processes; the text is the same for both engines.

const ROWS_READ = 5_000;
const ROWS_WRITTEN = 200;
const SUM_BITS = 256;

export interface TableSum {
  table: string;
  rows: number;
  /** The sum of the rows' SHA-256 hashes, so that their order does not matter. */
  checksum: string;
}

export type DatabaseImportResult =
  | { ok: true; sums: TableSum[] }
  | { ok: false; reason: 'not_empty'; table: string }
  | { ok: false; reason: 'differs'; table: string };

type Row = Record<string, unknown>;

/** One line for every row, tables after those that they refer to; then one line with the checksums of all tables. */
export async function* exportAllRows(db: Db): AsyncGenerator<string> {
  const sums: TableSum[] = [];
  for (const table of listTablesParentsFirst()) {
    const sum = new Summing(getTableName(table));
    for await (const row of rowsOf(db, table)) {
      const text = asText(row);
      sum.add(text);
      yield JSON.stringify({ table: sum.table, row: text });
    }
    sums.push(sum.result());
  }
  yield JSON.stringify({ sums });
}

/** Imports those lines into an empty database of this version, all or none. Its checksums must then be the same. */
export async function importAllRows(
  connection: Connection,
  lines: AsyncIterable<string>,
): Promise<DatabaseImportResult> {
  await connection.migrate();
  let hasBegun = false;
  return connection.transact<DatabaseImportResult>(async (tx, undo) => {
    if (hasBegun) throw new Error('The database asked for another try, and the rows have gone by. Run it again.');
    hasBegun = true;
    for (const table of listTablesParentsFirst()) {
      const some = await tx.select().from(table).limit(1);
      if (some.length > 0)
        return undo<DatabaseImportResult>({ ok: false, reason: 'not_empty', table: getTableName(table) });
    }
    const expected = await insertAll(tx, lines);
    const sums = await checksumTables(tx);
    const odd = sums.find(({ table, rows, checksum }) =>
      expected.every((sum) => sum.table !== table || sum.rows !== rows || sum.checksum !== checksum),
    );
    return odd ? undo<DatabaseImportResult>({ ok: false, reason: 'differs', table: odd.table }) : { ok: true, sums };
  });
}

export async function checksumTables(db: Db): Promise<TableSum[]> {
  const sums: TableSum[] = [];
  for (const table of listTablesParentsFirst()) {
    const sum = new Summing(getTableName(table));
    for await (const row of rowsOf(db, table)) sum.add(asText(row));
    sums.push(sum.result());
  }
  return sums;
}

async function insertAll(tx: Db, lines: AsyncIterable<string>): Promise<TableSum[]> {
  const byName = new Map(listTablesParentsFirst().map((table) => [getTableName(table), table]));
  let waiting: Row[] = [];
  let into: SQLiteTable | undefined;
  const flush = async () => {
    if (into && waiting.length > 0) await tx.insert(into).values(waiting);
    waiting = [];
  };
  for await (const line of lines) {
    const { table, row, sums } = JSON.parse(line) as { table: string; row: string; sums?: TableSum[] };
    if (sums) {
      await flush();
      return sums;
    }
    const next = byName.get(table);
    if (!next) throw new Error(`This version knows no table ${table}.`);
    if (next !== into || waiting.length === ROWS_WRITTEN) await flush();
    into = next;
    waiting.push(fromText(row));
  }
  throw new Error('The other database was not read to its end.');
}

/**
 * Parent tables before children. The practice comes before everything except what it refers to, so that a database
 * which already has a practice reports that first.
 */
export function listTablesParentsFirst(): SQLiteTable[] {
  const all = Object.values(schema).filter((value) => is(value, Table)) as SQLiteTable[];
  const first: SQLiteTable[] = [schema.pictures, schema.practices];
  const remaining = [...first, ...all.filter((table) => !first.includes(table))];
  const parentsOf = new Map(all.map((table) => [table, configOf(table).parents]));
  const ordered: SQLiteTable[] = [];
  while (remaining.length > 0) {
    const at = remaining.findIndex((table) => parentsOf.get(table)!.every((parent) => ordered.includes(parent)));
    if (at < 0) throw new Error('These tables refer to each other in a ring.');
    ordered.push(...remaining.splice(at, 1));
  }
  return ordered;
}

async function* rowsOf(db: Db, table: SQLiteTable): AsyncGenerator<Row> {
  const { key } = configOf(table);
  for (let offset = 0; ; offset += ROWS_READ) {
    const rows = await db
      .select()
      .from(table)
      .orderBy(...key)
      .limit(ROWS_READ)
      .offset(offset);
    yield* rows;
    if (rows.length < ROWS_READ) return;
  }
}

/** The columns that identify a row of a table. */
export function listPrimaryKeyColumns(table: SQLiteTable): SQLiteColumn[] {
  return configOf(table).key;
}

function configOf(table: SQLiteTable) {
  const isPostgres = getDatabaseEngine(process.env.DATABASE_URL) === 'postgres';
  const config = isPostgres ? (configOfPostgres as unknown as typeof configOfSqlite)(table) : configOfSqlite(table);
  return {
    key: [...config.columns.filter(({ primary }) => primary), ...config.primaryKeys.flatMap(({ columns }) => columns)],
    parents: config.foreignKeys.map((key) => key.reference().foreignTable).filter((parent) => parent !== table),
  };
}

// A `Date` in code is a number in both databases; the mark tells the import to restore it.
function asText(row: Row): string {
  return JSON.stringify(
    Object.entries(row).map(([name, value]) => [name, value instanceof Date ? { instant: value.getTime() } : value]),
  );
}

function fromText(text: string): Row {
  const entries = JSON.parse(text) as [string, unknown][];
  return Object.fromEntries(entries.map(([name, value]) => [name, isInstant(value) ? new Date(value.instant) : value]));
}

function isInstant(value: unknown): value is { instant: number } {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return false;
  return 'instant' in value && typeof value.instant === 'number';
}

class Summing {
  #sum = 0n;
  #rows = 0;
  constructor(readonly table: string) {}

  add(text: string): void {
    const hash = createHash('sha256').update(text).digest('hex');
    this.#sum = BigInt.asUintN(SUM_BITS, this.#sum + BigInt(`0x${hash}`));
    this.#rows++;
  }

  result(): TableSum {
    return { table: this.table, rows: this.#rows, checksum: this.#sum.toString(16).padStart(64, '0') };
  }
}
