import { sql } from 'drizzle-orm';
import type { Connection, Db } from '@/db/connection/connection';
import { getConnection } from '@/db/connection/database-client';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { cacheOfferAt } from '@/db/connection/read-cache';
import { sendTogether } from '@/db/connection/send-together';
import { getDatabaseEngine } from '@/db/engine';

// On PostgreSQL two transactions do not see each other's uncommitted rows. A booking could use hours that another
// transaction is just ending, and that transaction would not find the booking among the dates that it strands. With
// this lock one of them waits for the other. It is an advisory lock and not a row lock: bookings share theirs, and a
// stream of them could keep out the change that wants the row alone, whereas advisory locks are granted in the order
// they were asked for. On SQLite there is only one writer anyway.

const LOCK = 15; // any number that no other lock uses
const locked = new WeakSet<Db>();

/**
 * For a transaction that books, holds or moves, before it reads what is offered: until it ends, nothing on offer can be
 * withdrawn. Bookings do not wait for each other.
 */
export async function lockOfferForBooking(tx: Db): Promise<void> {
  await lock(tx, lockShared, await getConnection());
}

/**
 * As `lockOfferForBooking`, before a transaction with `leavesOffer` writes anything: what is offered may then be read
 * from the cache. Returns a version of the last commit that the transaction takes into account, as the read cache knows
 * it, or of an earlier one; undefined where the engine cannot give one.
 */
export async function lockOfferAndGetVersion(tx: Db): Promise<number | string | undefined> {
  const connection = await getConnection();
  if (connection.version) return connection.version();
  // The snapshot is sent after the lock: it shows every change that the lock waited for.
  const [, versions] = await sendTogether([lock(tx, lockShared, connection), connection.snapshotIn?.(tx)]);
  if (versions) cacheOfferAt(tx, connection, versions.offer);
  return versions?.rows;
}

/**
 * For a setting that withdraws something, before it looks for affected bookings: it then sees every booking made under
 * the old offer, and later bookings see the new one. The lock ends with the transaction.
 */
export async function lockOfferForChange(tx: Db): Promise<void> {
  await lock(tx, lockAlone, await getConnection());
}

const lockShared = preparedQuery((on) =>
  on.select({ one: sql<number>`1` }).from(sql`pg_advisory_xact_lock_shared(${LOCK})`),
);
const lockAlone = preparedQuery((on) => on.select({ one: sql<number>`1` }).from(sql`pg_advisory_xact_lock(${LOCK})`));

async function lock(tx: Db, take: typeof lockShared, { reader }: Connection): Promise<void> {
  // A plain read has no transaction to hold the lock in.
  if (getDatabaseEngine(process.env.DATABASE_URL) !== 'postgres' || locked.has(tx) || tx === reader) return;
  await take(tx);
  locked.add(tx);
}
