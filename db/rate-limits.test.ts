import { afterEach, describe, expect, it } from 'vitest';
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

describe('the limit of bookings from one address', () => {
  it('is one for all processes on a PostgreSQL, and each one its own on SQLite', async () => {
    const processes = [db.connection(), await db.another()];
    const allowed: boolean[] = [];
    for (let k = 0; k < 24; k++) allowed.push(await spendFrom(processes[k % 2]!, '192.0.2.7'));
    expect(allowed.filter(Boolean)).toHaveLength(db.connection().engine === 'postgres' ? 20 : 24);
    expect(await spendFrom(processes[1]!, '192.0.2.8')).toBe(true);
  });
});
