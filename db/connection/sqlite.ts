import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Database, Statement } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import * as schema from '@/db/schema';
import type { Connection, Db } from './connection';
import { DatabaseBusy } from './database-busy';
import { createGroupCommit, WAIT_FOR_LOCK_MS } from './group-commit';
import { refuseNewerDatabase } from './schema-version';
import Sqlite from './sqlite-library';

const OLDEST_LIBRARY = '3.51.3'; // older versions can lose a WAL commit on reset
const CACHED_STATEMENTS = 500;
const MIGRATIONS = 'db/migrations/sqlite';

export async function connectSqlite(file: string): Promise<Connection> {
  makeFilePrivate(file);
  const writer = open(file);
  refuseUnsafe(writer, file);
  const viewer = open(file);
  const version = viewer.prepare('PRAGMA data_version').pluck();
  const writes = createGroupCommit(writer, drizzle(writer, { schema }) as unknown as Db);

  return {
    engine: 'sqlite',
    reader: drizzle(viewer, { schema }) as unknown as Db,
    version: () => version.get() as number,
    transact: writes.transact,
    async migrate() {
      refuseNewerDatabase(MIGRATIONS, lastMigration(writer));
      // A migration rebuilds a table by copying, dropping and renaming it. With foreign keys on, dropping it would
      // delete the rows that refer to it.
      writer.pragma('foreign_keys = OFF');
      try {
        migrate(drizzle(writer, { schema }), { migrationsFolder: path.resolve(MIGRATIONS) });
      } finally {
        writer.pragma('foreign_keys = ON');
      }
      const broken = writer.pragma('foreign_key_check') as { table: string }[];
      if (broken.length > 0) throw new Error(`A row of ${broken[0]!.table} refers to one that is not there.`);
    },
    async whileErasing(work, how) {
      writer.pragma('secure_delete = ON');
      try {
        const result = await work();
        await writes.ended();
        if (!how?.isSmall) writer.exec('VACUUM');
        await emptyLog(writer);
        return result;
      } finally {
        writer.pragma('secure_delete = OFF');
      }
    },
    async close() {
      await writes.ended();
      viewer.close();
      writer.pragma('wal_checkpoint(TRUNCATE)');
      writer.close();
    },
  };
}

/** Writes the write-ahead log into the database and truncates it. Waits for current readers. */
async function emptyLog(handle: Database): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    const [{ busy }] = handle.pragma('wal_checkpoint(TRUNCATE)') as [{ busy: number }];
    if (busy === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new DatabaseBusy('The database is being read without a pause, so its log could not be emptied.');
}

/** The timestamp of the last migration that has run; 0 before the first. */
function lastMigration(handle: Database): number {
  const table = handle.prepare("select 1 from sqlite_schema where name = '__drizzle_migrations'").get();
  if (!table) return 0;
  return Number(handle.prepare('select max(created_at) from __drizzle_migrations').pluck().get() ?? 0);
}

// The file contains what clients told their therapist. SQLite gives its side files the same mode as the file.
function makeFilePrivate(file: string) {
  closeSync(openSync(file, 'a', 0o600));
  for (const end of ['', '-wal', '-shm']) {
    try {
      if (existsSync(file + end) && (statSync(file + end).mode & 0o077) !== 0) chmodSync(file + end, 0o600);
    } catch (error) {
      // The file belongs to another user but is writable, or a side file has just gone: neither should stop the start.
      if (!['EPERM', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

function open(file: string) {
  const handle = rememberStatements(new Sqlite(file));
  handle.pragma('journal_mode = WAL');
  handle.pragma('synchronous = FULL'); // SQLite opens a file that is already in WAL mode with NORMAL
  handle.pragma('foreign_keys = ON');
  handle.pragma('temp_store = MEMORY'); // savepoint data can stay in memory
  handle.pragma(`busy_timeout = ${WAIT_FOR_LOCK_MS}`);
  if (handle.pragma('synchronous', { simple: true }) !== 2) throw new Error('SQLite did not take synchronous=FULL.');
  return handle;
}

// Drizzle prepares each query again, and parsing it would take a third of a short transaction.
function rememberStatements(handle: Database): Database {
  const known = new Map<string, Statement>();
  const prepare = handle.prepare.bind(handle);
  const remembering = (text: string) => {
    const statement = known.get(text) ?? prepare(text);
    if (known.size >= CACHED_STATEMENTS) known.clear();
    known.set(text, statement);
    return statement.reader ? statement.raw(false) : statement;
  };
  handle.prepare = remembering as typeof handle.prepare;
  return handle;
}

function refuseUnsafe(handle: Database, file: string) {
  const version = handle.prepare('select sqlite_version()').pluck().get() as string;
  if (version.localeCompare(OLDEST_LIBRARY, 'en', { numeric: true }) < 0)
    throw new Error(`SQLite ${version} is too old to be safe; Fortnight wants ${OLDEST_LIBRARY} or newer.`);
  const found = handle.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') throw new Error(`The database ${file} is damaged (${found}). Restore a backup of it.`);
}
