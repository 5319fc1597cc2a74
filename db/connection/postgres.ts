import path from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Pool, type PoolClient } from 'pg';
import * as schema from '@/db/schema';
import { type Connection, type Db, driverOf, RollbackSignal, rollBack } from './connection';
import { DatabaseBusy } from './database-busy';
import { refuseNewerDatabase } from './schema-version';
import { sendTogether } from './send-together';
import { createSnapshotVersions, type SnapshotVersions } from './snapshot-versions';

const BUSY = 'The database cannot be asked right now.';
const MIGRATIONS = 'db/migrations/postgres';
const TRIES = 8;
const LONGEST_MS = 5000;
const STOP_AGAIN_MS = 200;
const MIGRATION_LOCK = 14; // any number that nothing else here locks
// The number of a process is given to another one only after many others, or after the machine was started anew.
const SNAPSHOT = {
  name: 'snapshot',
  text: `select pg_current_snapshot()::text as snapshot,
    concat(extract(epoch from pg_postmaster_start_time()), ' ', pg_backend_pid()) as process`,
};
const OWN_TRANSACTION = {
  name: 'own transaction',
  text: 'select pg_current_xact_id_if_assigned()::text as transaction',
};
const UNDEFINED_FUNCTION = '42883'; // raised by servers that speak PostgreSQL's protocol but are something else
const WORTH_ANOTHER_TRY = new Set(['40001', '40P01']); // serialization failure, deadlock
// Temporary failures: full, timed out, shutting down, starting, cut off, locked out; and 25006, a standby that is not
// promoted yet.
const PASSING = new Set(
  '53300 53100 57014 57P01 57P02 57P03 08006 08001 55P03 25006 ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT'.split(' '),
);

export async function connectPostgres(url: string): Promise<Connection> {
  // Queries of one transaction that are sent together go out at once; the server answers them in order.
  const pool = new Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000, pipeline: true });
  // Reads have their own connections, because writes that wait for a lock may use up all the others.
  const readers = new Pool({ connectionString: url, max: 5, connectionTimeoutMillis: 5000 });
  // A connection in use that is cut fails its query, and reports the cut a second time. Without a listener that report
  // would end the process.
  for (const each of [pool, readers])
    each.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
  const runQuery = readers.query.bind(readers) as (...query: unknown[]) => Promise<unknown>;
  readers.query = ((...query: unknown[]) => runQuery(...query).catch(asPassing)) as typeof readers.query;
  const db = drizzle(readers, { schema: schema as never });

  const known = new WeakMap<PoolClient, typeof db>();
  const dbOf = (client: PoolClient) => {
    const own = known.get(client) ?? (drizzle(client, { schema: schema as never }) as unknown as typeof db);
    known.set(client, own);
    return own;
  };

  // A transaction may wait for several locks, each within its own time limit. This limit does not stop a commit that
  // has begun, so a caller that gets "busy" has written nothing. Only a connection that is cut between a commit and its
  // answer leaves that open: a booking that is sent again with its key is made once.
  async function withClient<T>(
    deadline: number,
    work: (client: PoolClient, found: (processID: number) => void) => Promise<T>,
  ): Promise<T> {
    const client = await pool.connect();
    let { processID } = client as PoolClient & { processID?: number };
    let isSpent = false;
    // Repeats, because between two statements there is nothing to cancel.
    const stop = () => {
      isSpent = true;
      readers.query('select pg_cancel_backend($1)', [processID]).catch(() => {});
      timer = setTimeout(stop, STOP_AGAIN_MS);
    };
    let timer = setTimeout(stop, Math.max(0, deadline - performance.now()));
    try {
      return await work(client, (found) => {
        processID = found;
      });
    } catch (error) {
      isSpent ||= PASSING.has(codeOf(error));
      throw error;
    } finally {
      clearTimeout(timer);
      client.release(isSpent); // so that a cancel request that is still under way cannot stop somebody else's query
    }
  }

  // Callers of the same moment share the answer, but later ones must ask again, because a commit may have been
  // acknowledged meanwhile.
  const versions = { rows: createSnapshotVersions(), offer: createSnapshotVersions() };
  let hasSnapshots: boolean | undefined; // unknown until one was asked for
  let pending: Promise<string | undefined> | undefined;
  const readSnapshot = async (client: Pick<Pool, 'query'>) =>
    (await client.query<{ snapshot: string; process: string }>(SNAPSHOT)).rows[0]!;
  async function snapshot(): Promise<string | undefined> {
    if (hasSnapshots === false) return undefined;
    pending ??= readSnapshot(readers).then(
      (read) => {
        hasSnapshots = true;
        return versions.rows.versionOf(read.snapshot, read.process);
      },
      (error) => {
        if (codeOf(error) !== UNDEFINED_FUNCTION) throw error;
        hasSnapshots = false;
        return undefined;
      },
    );
    queueMicrotask(() => {
      pending = undefined;
    });
    return pending;
  }

  async function snapshotIn(tx: Db) {
    // A server without them would fail the transaction, so it is asked outside of one first.
    if (hasSnapshots === undefined) await snapshot();
    if (!hasSnapshots) return undefined;
    const read = await readSnapshot(driverOf(tx) as PoolClient);
    const versionIn = (all: SnapshotVersions) => all.versionOf(read.snapshot, read.process);
    return { rows: versionIn(versions.rows), offer: versionIn(versions.offer) };
  }

  /** Ends the transaction, and notes it where other transactions need not mind that it has. */
  async function end(client: PoolClient, how: 'commit' | 'rollback', harmlessTo: SnapshotVersions[]): Promise<void> {
    const noteHarmless = async () => {
      const { rows } = await client.query<{ transaction: string | null }>(OWN_TRANSACTION);
      const transaction = rows[0]?.transaction;
      for (const each of transaction ? harmlessTo : []) each.noteHarmless(transaction!);
    };
    const isWorthNoting = hasSnapshots && harmlessTo.length > 0;
    const [, { command }] = await sendTogether([isWorthNoting && noteHarmless(), client.query(how)]);
    // Where a statement has failed, the server answers a commit by rolling back, and says so without an error.
    if (command !== how.toUpperCase())
      throw new Error('The transaction was rolled back: a statement of it had failed.');
  }

  return {
    engine: 'postgres',
    reader: db as unknown as Db,
    snapshot,
    snapshotIn,
    async transact(fn, { leavesOffer = false } = {}) {
      const ending = {
        commit: (client: PoolClient) => end(client, 'commit', leavesOffer ? [versions.offer] : []),
        undo: (client: PoolClient) => end(client, 'rollback', [versions.rows, versions.offer]),
      };
      const deadline = performance.now() + LONGEST_MS;
      for (let attempt = 1; ; attempt++) {
        try {
          return await withClient(deadline, (client, found) =>
            inTransaction(client, ending, async () => {
              if (await isBehindPooler(client)) found(await backendOf(client));
              // A separate object for each transaction tells them apart; prepared queries belong to the connection.
              return fn(Object.create(dbOf(client)) as Db, rollBack);
            }),
          );
        } catch (error) {
          if (error instanceof RollbackSignal) return error.value as never;
          const code = codeOf(error);
          if (WORTH_ANOTHER_TRY.has(code) && attempt < TRIES && performance.now() < deadline) {
            await new Promise((resolve) => setTimeout(resolve, attempt * 10 * Math.random()));
          } else if (WORTH_ANOTHER_TRY.has(code) || PASSING.has(code)) {
            throw new DatabaseBusy(BUSY, { cause: error });
          } else {
            throw error;
          }
        }
      }
    },
    async migrate() {
      // Of several processes that start together, one migrates; the others wait and find the work done. The lock is
      // held by a transaction of its own: so it ends with a process that dies, and holds behind a pooler that gives
      // each transaction another connection.
      const lock = await pool.connect();
      const client = await pool.connect();
      try {
        await lock.query('begin');
        await lock.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
        refuseNewerDatabase(MIGRATIONS, await lastMigration(client));
        await migrate(drizzle(client), { migrationsFolder: path.resolve(MIGRATIONS) });
        await lock.query('commit');
      } finally {
        client.release(true);
        lock.release(true);
      }
    },
    // Deleted rows stay in the files until the tables are rewritten. Each table is locked while that happens.
    async whileErasing(work, how) {
      const result = await work();
      if (how?.isSmall) return result;
      const { rows } = await pool.query<{ name: string }>(
        "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = current_schema()",
      );
      for (const { name } of rows) await pool.query(`vacuum (full) ${name}`);
      return result;
    },
    async close() {
      await Promise.all([pool.end(), readers.end()]);
    },
  };
}

async function inTransaction<T>(
  client: PoolClient,
  ending: Record<'commit' | 'undo', (client: PoolClient) => Promise<void>>,
  work: () => Promise<T>,
): Promise<T> {
  // Wait for BEGIN: if it failed, statements sent after it would each be committed on their own.
  await client.query('begin');
  try {
    const result = await work();
    await ending.commit(client);
    return result;
  } catch (error) {
    await (error instanceof RollbackSignal ? ending.undo(client) : client.query('rollback'));
    throw error;
  }
}

const pooled = new WeakMap<PoolClient, boolean>();

/**
 * Whether each transaction gets another server process. If so, the process named at connection time is none of them.
 */
async function isBehindPooler(client: PoolClient): Promise<boolean> {
  const known =
    pooled.get(client) ?? (await backendOf(client)) !== (client as PoolClient & { processID?: number }).processID;
  pooled.set(client, known);
  return known;
}

/** The id of the server process that runs this transaction. */
async function backendOf(client: PoolClient): Promise<number> {
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return rows[0]!.pid;
}

/** The timestamp of the last migration that has run; 0 before the first. */
async function lastMigration(client: PoolClient): Promise<number> {
  const table = await client.query("select to_regclass('drizzle.__drizzle_migrations') as name");
  if (!table.rows[0]?.name) return 0;
  const last = await client.query('select max(created_at) as made_at from drizzle.__drizzle_migrations');
  return Number(last.rows[0]?.made_at ?? 0);
}

function asPassing(error: unknown): never {
  throw PASSING.has(codeOf(error)) ? new DatabaseBusy(BUSY, { cause: error }) : error;
}

function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: string; cause?: { code?: string; message?: string } };
  // When the server dies in the middle of a query, the driver's error has no code.
  const isCut = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/;
  const words = cause?.message ?? (error as Error | null)?.message ?? '';
  return code ?? cause?.code ?? (isCut.test(words) ? '08006' : '');
}
