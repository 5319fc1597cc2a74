import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getTableColumns, getTableName, is, sql, Table } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as schema from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import type { Connection, Db } from './connection';
import { connectDatabase } from './database-client';

// There is one schema but two sets of migrations. This compares the catalogs that both sets produce.

type Catalog = Record<string, string[]>;

const { connection } = setUpTestDatabase({ now: Date.UTC(2026, 10, 23, 9) });
const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-catalog-'));
let file: Connection;

beforeAll(async () => {
  file = await connectDatabase(`file:${path.join(folder, 'fortnight.db')}`);
  await file.migrate();
});
afterAll(async () => {
  await file.close();
  rmSync(folder, { recursive: true, force: true });
});

const text = (column: string) => sql<string>`${sql.raw(column)}`;
const list = (names: string) =>
  names
    .replaceAll(/["`\s]/g, '')
    .split(',')
    .join(', ');

async function sqliteCatalog(db: Db): Promise<Catalog> {
  const catalog: Catalog = {};
  const tables = await db
    .select({ name: text('name'), definition: text('sql') })
    .from(sql`sqlite_schema`)
    .where(sql`type = 'table' and name not like 'sqlite%' and name not like '\\_\\_drizzle%' escape '\\'`);
  for (const { name, definition } of tables) {
    const columns = await db
      .select({ name: text('name'), type: text('lower(type)'), isNeeded: sql<number>`"notnull"`, key: sql<number>`pk` })
      .from(sql`pragma_table_info(${name})`);
    const keys = columns.filter(({ key }) => key > 0).sort((a, b) => a.key - b.key);
    const foreign = await db
      .select({ from: text('"from"'), table: text('"table"'), to: text('"to"'), onDelete: text('on_delete') })
      .from(sql`pragma_foreign_key_list(${name})`);
    const indexes = await db
      .select({
        name: text('l.name'),
        isUnique: sql<number>`l."unique"`,
        columns: sql<string>`(select group_concat(i.name, ',') from pragma_index_info(l.name) i)`,
      })
      .from(sql`pragma_index_list(${name}) l`)
      .where(sql`l.origin = 'c'`);
    catalog[name] = [
      ...columns.map((column) => `${column.name} ${column.type}${column.isNeeded ? ' not null' : ''}`),
      `key (${keys.map((key) => key.name).join(', ')})`,
      ...foreign.map((entry) => `${entry.from} of ${entry.table} (${entry.to}), then ${entry.onDelete.toLowerCase()}`),
      ...indexes.map((index) => `index ${index.name}${index.isUnique ? ' unique' : ''} (${list(index.columns)})`),
      ...[...definition.matchAll(/CONSTRAINT "(\w+)" CHECK/g)].map(([, check]) => `check ${check}`),
    ].sort();
  }
  return catalog;
}

async function postgresCatalog(db: Db): Promise<Catalog> {
  const catalog: Catalog = {};
  const add = (table: string, line: string) => {
    catalog[table] = [...(catalog[table] ?? []), line].sort();
  };
  const columns = await db
    .select({ table: text('table_name'), name: text('column_name'), type: text('data_type'), may: text('is_nullable') })
    .from(sql`information_schema.columns`)
    .where(sql`table_schema = 'public'`);
  // SQLite keeps booleans and instants as integers, and JSON as text.
  const kinds: Record<string, string> = { bigint: 'integer', boolean: 'integer', jsonb: 'text', json: 'text' };
  for (const { table, name, type, may } of columns) {
    add(table, `${name} ${kinds[type] ?? type}${may === 'NO' ? ' not null' : ''}`);
  }
  const constraints = await db
    .select({
      table: text('conrelid::regclass::text'),
      name: text('conname'),
      type: text('contype'),
      definition: text('pg_get_constraintdef(oid)'),
    })
    .from(sql`pg_constraint`)
    .where(sql`connamespace = 'public'::regnamespace`);
  for (const { table, name, type, definition } of constraints) {
    if (type === 'c') add(table, `check ${name}`);
    if (type === 'p') add(table, `key (${list(/\((.*)\)/.exec(definition)![1]!)})`);
    if (type !== 'f') continue;
    const [, from, other, to, onDelete = 'no action'] =
      /KEY \((.*?)\) REFERENCES (\w+)\((.*?)\)(?: ON DELETE (.*))?$/.exec(definition)!;
    add(table, `${from} of ${other} (${to}), then ${onDelete.toLowerCase()}`);
  }
  const indexes = await db
    .select({ table: text('tablename'), name: text('indexname'), definition: text('indexdef') })
    .from(sql`pg_indexes`)
    .where(sql`schemaname = 'public'`);
  const ofKeys = new Set(constraints.map(({ name }) => name));
  for (const { table, name, definition } of indexes.filter((index) => !ofKeys.has(index.name))) {
    const isUnique = definition.startsWith('CREATE UNIQUE');
    add(table, `index ${name}${isUnique ? ' unique' : ''} (${list(/\((.*?)\)/.exec(definition)![1]!)})`);
  }
  return catalog;
}

describe('the catalogs of the two engines', () => {
  it('have the tables and columns of the schema, and a primary key in each table', async () => {
    const tables = Object.values(schema).filter((value): value is typeof schema.claims => is(value, Table));
    for (const catalog of [await postgresCatalog(connection().reader), await sqliteCatalog(file.reader)]) {
      expect(Object.keys(catalog).sort()).toEqual(tables.map(getTableName).sort());
      for (const table of tables) {
        const lines = catalog[getTableName(table)]!;
        for (const { name, notNull } of Object.values(getTableColumns(table))) {
          expect(lines).toContainEqual(expect.stringMatching(`^${name} (text|integer)${notNull ? ' not null' : ''}$`));
        }
        expect(lines).toContainEqual(expect.stringMatching(/^key \(\w/));
      }
      expect(catalog.claims).toContain('key (resource_id, cell)');
      expect(catalog.claims).toContain('check claims_expiry');
    }
  });

  it('are identical', async () => {
    expect(await postgresCatalog(connection().reader)).toEqual(await sqliteCatalog(file.reader));
  });
});
