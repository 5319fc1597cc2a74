import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Connection, useConnection as serveFrom } from './client';
import { spend } from './rate-limits';
import { testDatabase } from './test-database';
import { NOW } from './test-requests';

const db = testDatabase({ now: NOW });
afterEach(() => serveFrom(db.connection()));

async function spendFrom(connection: Connection, address: string): Promise<boolean> {
  serveFrom(connection);
  return (await spend('bookings', address)).ok;
}

/** Its counters are in the database, or can only be in the process. Before its table is there, they are not yet. */
async function settled(connection: Connection, name: string): Promise<void> {
  if (connection.engine === 'sqlite') return;
  let tries = 0;
  await vi.waitFor(async () => {
    const address = `${name}-${tries++}`;
    await spendFrom(connection, address);
    const isIts = sql`key like ${`%${address}`}`;
    expect(await connection.reader.select({ key: sql`key` }).from(sql`rate_limits`).where(isIts)).not.toEqual([]);
  });
}

describe('the limit of bookings from one address', () => {
  it('is one for all processes on a PostgreSQL, and each one its own on SQLite', async () => {
    const processes = [db.connection(), await db.another()];
    for (const [at, connection] of processes.entries()) await settled(connection, `settling-${at}`);
    const allowed: boolean[] = [];
    for (let k = 0; k < 24; k++) allowed.push(await spendFrom(processes[k % 2]!, '192.0.2.7'));
    expect(allowed.filter(Boolean)).toHaveLength(db.connection().engine === 'postgres' ? 20 : 24);
    expect(await spendFrom(processes[1]!, '192.0.2.8')).toBe(true);
  });
});
