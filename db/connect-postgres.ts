import path from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Pool } from 'pg';
import { type Connection, DatabaseBusy, type Db, Undone, undo } from './client';
import * as schema from './schema';

const TRIES = 8;
const WAIT_FOR_LOCK_MS = 5000;
const MIGRATION_LOCK = 14; // any number that nothing else here locks
const WORTH_ANOTHER_TRY = new Set(['40001', '40P01']); // serialization failure, deadlock
// Full, going down, just starting, cut off, locked out; and 25006, a standby that was not promoted yet.
const PASSING = new Set(
  '53300 53100 57P01 57P02 57P03 08006 08001 55P03 25006 ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT'.split(' '),
);

export async function connectPostgres(url: string): Promise<Connection> {
  const pool = new Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 5000 });
  // Without it a lock that somebody else holds is waited for without end. Queued before whatever the pool sends.
  pool.on('connect', (client) => void client.query(`set lock_timeout = ${WAIT_FOR_LOCK_MS}`).catch(() => {}));
  pool.on('error', () => {}); // an idle connection that dies is replaced at the next query
  const db = drizzle(pool, { schema: schema as never });

  return {
    engine: 'postgres',
    reader: db as unknown as Db,
    async transact(fn) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await db.transaction((tx) => fn(tx as unknown as Db, undo));
        } catch (error) {
          if (error instanceof Undone) return error.value as never;
          const code = codeOf(error);
          if (WORTH_ANOTHER_TRY.has(code) && attempt < TRIES) {
            await new Promise((resolve) => setTimeout(resolve, attempt * 10 * Math.random()));
          } else if (WORTH_ANOTHER_TRY.has(code) || PASSING.has(code)) {
            throw new DatabaseBusy('The database cannot be written to right now.', { cause: error });
          } else {
            throw error;
          }
        }
      }
    },
    async migrate() {
      // Of several processes that start at once one migrates, and the others wait and find it done. The lock is this
      // connection's own: it goes with a process that dies.
      const client = await pool.connect();
      try {
        await client.query('set lock_timeout = 0');
        await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
        await migrate(drizzle(client), { migrationsFolder: path.resolve('db/migrations/postgres') });
      } finally {
        client.release(true);
      }
    },
    async close() {
      await pool.end();
    },
  };
}

function codeOf(error: unknown): string {
  const { code, cause } = (error ?? {}) as { code?: string; cause?: { code?: string; message?: string } };
  // A server that dies in the middle leaves the driver without a code.
  const isCut = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying)/;
  const words = cause?.message ?? (error as Error | null)?.message ?? '';
  return code ?? cause?.code ?? (isCut.test(words) ? '08006' : '');
}
