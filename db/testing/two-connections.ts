import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'drizzle-orm';
import type { Connection } from '@/db/connection/connection';
import { setConnectionForTests } from '@/db/connection/database-client';
import { processState } from '@/process-state';

const ofTask = new AsyncLocalStorage<Connection>();

/**
 * Starts every task before any can end, alternating between the two connections, as two processes would. A task keeps
 * its connection for as long as it runs, however often it asks for one.
 */
export async function runOnTwoConnections<T>(
  both: readonly [Connection, Connection],
  tasks: (() => Promise<T>)[],
): Promise<T[]> {
  const connectionOfTask = { get: () => Promise.resolve(ofTask.getStore() ?? both[0]), configurable: true };
  Object.defineProperty(processState, 'database', connectionOfTask);
  try {
    return await Promise.all(tasks.map((task, k) => ofTask.run(both[k % 2]!, task)));
  } finally {
    const plain = { value: undefined, writable: true, enumerable: true, configurable: true };
    Object.defineProperty(processState, 'database', plain);
    setConnectionForTests(both[0]);
  }
}

/** Whether a query on this PostgreSQL database waits for a lock that another transaction has. */
export async function isQueryWaitingForLock({ reader }: Connection): Promise<boolean> {
  const [found] = await reader
    .select({ waiting: sql<number>`count(*)::int` })
    .from(sql`pg_stat_activity`)
    .where(sql`datname = current_database() and wait_event_type = 'Lock'`);
  return found!.waiting > 0;
}
