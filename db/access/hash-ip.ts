import { createHmac } from 'node:crypto';
import { and, eq, gte, lt, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { NETWORK_SIZES, networkKeyOf } from '@/client-networks';

/**
 * A network address as it is stored beside what came from it. Keyed, for the few network addresses there are could all
 * be hashed and compared. Of IPv6 it is one hash for each network that is counted in sum, the widest first, so that what
 * came from a wider one begins with the same text.
 */
export function hashIp(address: string): string {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: senders cannot be told apart without it.');
  const hashOf = (network: string) =>
    createHmac('sha256', secret).update(`sender:${network}`).digest('hex').slice(0, 32);
  const networks = NETWORK_SIZES.map((network) => networkKeyOf(address, network)).filter((network) => network !== null);
  return networks.map(hashOf).reverse().join('.');
}

/**
 * Does a sender, as `hashIp` gives it, or one of the networks it lies in, have more than `most`? A wider network may
 * have more, by its factor. `countLike` is given what `like` finds a network's senders by, and how many may be found.
 */
export async function exceedsNetworkLimit(
  sender: string,
  most: number,
  countLike: (pattern: string, most: number) => Promise<number>,
): Promise<boolean> {
  const hashes = sender.split('.');
  for (const [wider, { factor }] of NETWORK_SIZES.slice(0, hashes.length).entries()) {
    const shared = hashes.slice(0, hashes.length - wider).join('.');
    const allowed = most * factor;
    if ((await countLike(wider === 0 ? shared : `${shared}.%`, allowed)) > allowed) return true;
  }
  return false;
}

/** As `like(column, pattern)` of a pattern for `countLike`, but found by an index: neither database uses one for `like`. */
export function senderNetworkCondition(column: SQLiteColumn, pattern: string): SQL {
  if (!pattern.endsWith('%')) return eq(column, pattern);
  const start = pattern.slice(0, -1);
  // Hashes are written with 0 to f: whatever the collation, the letter g comes after all of them.
  return and(gte(column, start), lt(column, `${start}g`))!;
}
