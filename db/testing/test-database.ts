import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { audit } from '@/db/audit';
import type { Connection, Db } from '@/db/connection/connection';
import { loadDataKeys } from '@/db/connection/data-keys';
import { connectDatabase, setConnectionForTests as putConnection } from '@/db/connection/database-client';
import { insertDemoPractice } from '@/db/demo/demo-practice';
import type { practices } from '@/db/schema';
import { deleteAllRows } from './test-appointments';
import { migratedFile, migratedName, runStatement } from './test-run';

// The engine is the one that DATABASE_URL named when db/schema/ was loaded: vitest runs these tests once for each
// engine, as the projects `shell` and `postgres`.

export interface TestDatabase {
  connection(): Connection;
  /** The path of the SQLite file. */
  file(): string;
  /** A connection like that of another process. It is closed after the test file. */
  another(): Promise<Connection>;
  write<T>(fn: (tx: Db) => Promise<T>): Promise<T>;
}

/** A database for this test file, with the real migrations. Before each test it holds the cast and nothing else. */
export function setUpTestDatabase(input: {
  now: number;
  practice?: Partial<typeof practices.$inferInsert>;
}): TestDatabase {
  process.env.AUTH_SECRET ??= 'a secret for tests, and for nothing else';
  process.env.CARE_KEY ??= 'a care key for tests, and for nothing else'.replaceAll(' ', '-');
  const open: Connection[] = [];
  // Files beside the database, such as the erasure list, must not go into a folder of the repository.
  const dataDir = mkdtempSync(path.join(tmpdir(), 'fortnight-test-data-'));
  let url = '';
  let drop = async () => {};

  async function another() {
    const connection = await connectDatabase(url);
    open.push(connection);
    return connection;
  }

  beforeAll(async () => {
    ({ url, drop } = process.env.DATABASE_URL?.startsWith('postgres')
      ? await makePostgres(process.env.DATABASE_URL)
      : await makeSqlite());
    const connection = await another();
    await loadDataKeys(connection);
    putConnection(connection);
  });

  beforeEach(async () => {
    vi.stubEnv('DATA_DIR', dataDir);
    await open[0]!.transact(async (tx) => {
      await deleteAllRows(tx);
      await insertDemoPractice(tx, input.now, input.practice);
    });
  });

  // Whatever a test did, claims and appointments must agree after it.
  afterEach(async () => {
    expect(await audit()).toEqual([]);
  });

  afterAll(async () => {
    putConnection(undefined);
    for (const connection of open) await connection.close();
    await drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  return {
    connection: () => open[0]!,
    file: () => url.slice('file:'.length),
    another,
    write: (fn) => open[0]!.transact(fn),
  };
}

async function makeSqlite() {
  const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-test-'));
  const file = path.join(folder, 'fortnight.db');
  if (!existsSync(migratedFile())) {
    await migrate(`file:${file}`);
    // Another worker may have done the same: the later file replaces the earlier one, and they are identical.
    copyFileSync(file, `${file}-whole`);
    renameSync(`${file}-whole`, migratedFile());
  }
  copyFileSync(migratedFile(), file);
  return { url: `file:${file}`, drop: async () => rmSync(folder, { recursive: true, force: true }) };
}

async function makePostgres(server: string) {
  const name = `fortnight_test_${randomBytes(6).toString('hex')}`;
  const at = (database: string) => Object.assign(new URL(server), { pathname: `/${database}` }).href;
  const isCopied = await runStatement(server, `create database ${name} template ${migratedName()}`).then(
    () => true,
    () => false,
  );
  if (!isCopied) {
    await runStatement(server, `create database ${name}`);
    await migrate(at(name));
    // If another worker was first, its copy stays.
    await runStatement(server, `create database ${migratedName()} template ${name}`).catch(() => {});
  }
  return { url: at(name), drop: () => runStatement(server, `drop database ${name} with (force)`) };
}

async function migrate(url: string) {
  const connection = await connectDatabase(url);
  await connection.migrate();
  await connection.close();
}
