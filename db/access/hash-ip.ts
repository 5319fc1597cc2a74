import { createHmac } from 'node:crypto';
import { and, eq, gte, lt, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { NETWORK_SIZES, networkKeyOf } from '@/client-networks';

/**
 * Hashes a network address for storage. The hash is keyed, because all possible addresses could be hashed and compared.
 * An IPv6 address gives one hash for each size of network that is limited, the widest first: addresses in one network
 * share the beginning of the text.
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
 * Whether a sender (as `hashIp` gives it), or a network that contains it, has more than `most`. For a wider network the
 * limit is multiplied by its factor. `countLike` gets a `like` pattern for the senders of a network, and the limit of
 * that network.
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

/**
 * Like `like(column, pattern)` with a pattern for `countLike`, but through an index: neither database uses one for
 * `like`.
 */
export function senderNetworkCondition(column: SQLiteColumn, pattern: string): SQL {
  if (!pattern.endsWith('%')) return eq(column, pattern);
  const start = pattern.slice(0, -1);
  // Hashes use the digits 0 to f: in every collation the letter g sorts after all of them.
  return and(gte(column, start), lt(column, `${start}g`))!;
}
