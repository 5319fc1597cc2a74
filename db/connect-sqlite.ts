import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { type Connection, DatabaseBusy, type Db, Undone, undo } from './client';
import * as schema from './schema';

const OLDEST_LIBRARY = '3.51.3'; // older ones can lose a WAL commit on reset
const WAIT_FOR_LOCK_MS = 5000;
const STATEMENTS_KEPT = 500;

export async function connectSqlite(file: string): Promise<Connection> {
  const writer = open(file);
  refuseUnsafe(writer, file);
  const viewer = open(file);
  const writes = drizzle(writer, { schema });
  let queue: Promise<unknown> = Promise.resolve();

  async function inTransaction<T>(fn: (tx: Db, undo_: typeof undo) => Promise<T>, asked: number): Promise<T> {
    await begin(writer, asked + WAIT_FOR_LOCK_MS);
    try {
      const value = await fn(writes as unknown as Db, undo);
      writer.exec('COMMIT');
      return value;
    } catch (error) {
      if (writer.inTransaction) writer.exec('ROLLBACK');
      if (error instanceof Undone) return error.value as T;
      throw asBusy(error);
    }
  }

  return {
    engine: 'sqlite',
    reader: drizzle(viewer, { schema }) as unknown as Db,
    transact(fn) {
      const asked = performance.now(); // waiting in the queue counts: each would have its own wait after the other's
      const turn = queue.then(() => inTransaction(fn, asked));
      queue = turn.catch(() => {});
      return turn;
    },
    async migrate() {
      migrate(writes, { migrationsFolder: path.resolve('db/migrations/sqlite') });
    },
    async close() {
      await queue;
      viewer.close();
      writer.pragma('wal_checkpoint(TRUNCATE)');
      writer.close();
    },
  };
}

function open(file: string) {
  const handle = rememberStatements(new Sqlite(file));
  handle.pragma('journal_mode = WAL');
  handle.pragma('synchronous = FULL'); // a file already in WAL opens at NORMAL
  handle.pragma('foreign_keys = ON');
  handle.pragma(`busy_timeout = ${WAIT_FOR_LOCK_MS}`);
  if (handle.pragma('synchronous', { simple: true }) !== 2) throw new Error('SQLite did not take synchronous=FULL.');
  return handle;
}

// drizzle prepares each query anew, and SQLite's parser is then a third of a short transaction.
function rememberStatements(handle: Sqlite.Database): Sqlite.Database {
  const known = new Map<string, Sqlite.Statement>();
  const prepare = handle.prepare.bind(handle);
  const remembering = (text: string) => {
    const statement = known.get(text) ?? prepare(text);
    if (known.size >= STATEMENTS_KEPT) known.clear();
    known.set(text, statement);
    return statement.reader ? statement.raw(false) : statement;
  };
  handle.prepare = remembering as typeof handle.prepare;
  return handle;
}

function refuseUnsafe(handle: Sqlite.Database, file: string) {
  const version = handle.prepare('select sqlite_version()').pluck().get() as string;
  if (version.localeCompare(OLDEST_LIBRARY, 'en', { numeric: true }) < 0)
    throw new Error(`SQLite ${version} is too old to be safe; Fortnight wants ${OLDEST_LIBRARY} or newer.`);
  const found = handle.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') throw new Error(`The database ${file} is damaged (${found}). Restore a backup of it.`);
}

// SQLite's own busy_timeout sleeps inside the call, and with it this whole process: reads would stop
// while another process writes. So the wait for the lock is ours, and the rest of the server goes on.
async function begin(handle: Sqlite.Database, deadline: number) {
  handle.pragma('busy_timeout = 0');
  try {
    for (;;) {
      try {
        handle.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (!isCode(error, 'SQLITE_BUSY') || performance.now() > deadline) throw asBusy(error);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }
  } finally {
    handle.pragma(`busy_timeout = ${WAIT_FOR_LOCK_MS}`);
  }
}

function asBusy(error: unknown): unknown {
  const passing = ['SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_LOCKED'];
  return passing.some((code) => isCode(error, code))
    ? new DatabaseBusy('The database cannot be written to right now.', { cause: error })
    : error;
}

function isCode(error: unknown, code: string): boolean {
  const own = (error as { code?: string } | null)?.code;
  const inner = (error as { cause?: { code?: string } } | null)?.cause?.code;
  return [own, inner].some((found) => found?.startsWith(code));
}
