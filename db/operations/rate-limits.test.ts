import { afterEach, describe, expect, it } from 'vitest';
import { networkKeyOf } from '@/client-networks';
import type { Connection } from '@/db/connection/connection';
import { setConnectionForTests as serveFrom } from '@/db/connection/database-client';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { consumeRateLimit } from './rate-limits';

const db = setUpTestDatabase({ now: NOW });
afterEach(() => serveFrom(db.connection()));

async function spendFrom(connection: Connection, address: string): Promise<boolean> {
  serveFrom(connection);
  return (await consumeRateLimit('bookings', address)).ok;
}

describe('the limit of bookings from one address', () => {
  it('is shared by all processes on PostgreSQL, and separate for each process on SQLite', async () => {
    const processes = [db.connection(), await db.another()];
    const allowed: boolean[] = [];
    for (let k = 0; k < 24; k++) allowed.push(await spendFrom(processes[k % 2]!, '192.0.2.7'));
    expect(allowed.filter(Boolean)).toHaveLength(db.connection().engine === 'postgres' ? 20 : 24);
    expect(await spendFrom(processes[1]!, '192.0.2.8')).toBe(true);
  });
});

describe('51 a visitor with many IPv6 networks', () => {
  it.each([
    ['2001:db8:1:2f3::/64', 56, '2001:db8:1:200::/56'],
    ['2001:db8:1:ab::/64', 56, '2001:db8:1:0::/56'],
    ['2001:db8:1:2f3::/64', 48, '2001:db8:1::/48'],
    ['203.0.113.9', 56, null],
    ['203.0.113.9', 64, '203.0.113.9'],
  ] as const)('counts %s in a network of %i bits as %s', (address, bits, network) => {
    expect(networkKeyOf(address, { bits })).toBe(network);
  });

  it('is limited by the sum of the wider network, and a neighbour network is not affected', async () => {
    let allowed = 0;
    for (let k = 0; k < 40; k++)
      if ((await consumeRateLimit('questions', `2001:db8:1:${k.toString(16)}::/64`)).ok) allowed++;
    expect(allowed).toBe(20);
    expect(await consumeRateLimit('questions', '2001:db8:2:1::/64')).toEqual({ ok: true });
  });
});
