import { sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { getDatabaseEngine } from '@/db/engine';

// On PostgreSQL two transactions do not see what the other has not committed: a booking could still rest on hours that
// end just then, while whoever ends them does not find it among the dates that this strands. So either waits for the
// other. It is no lock of a row: those who book share theirs, and would never let one through who wants it alone, while
// here all get their turn in the order they came. On SQLite there is one writer anyway.

const LOCK = 15; // any number that nothing else here locks
const locked = new WeakSet<Db>();

/**
 * For what books, holds or moves, before it reads what is offered: nothing of that is withdrawn before the end of its
 * transaction. Those who book do not wait for each other.
 */
export async function lockOfferForBooking(tx: Db): Promise<void> {
  await lock(tx, lockShared);
}

/**
 * For a setting that withdraws something, before it looks for what is booked: all that was offered so is in the list,
 * and what is booked next rests on what this has set. It ends with the transaction.
 */
export async function lockOfferForChange(tx: Db): Promise<void> {
  await lock(tx, lockAlone);
}

const lockShared = preparedQuery((on) =>
  on.select({ one: sql<number>`1` }).from(sql`pg_advisory_xact_lock_shared(${LOCK})`),
);
const lockAlone = preparedQuery((on) => on.select({ one: sql<number>`1` }).from(sql`pg_advisory_xact_lock(${LOCK})`));

async function lock(tx: Db, take: typeof lockShared): Promise<void> {
  if (getDatabaseEngine(process.env.DATABASE_URL) !== 'postgres' || locked.has(tx)) return;
  // What only looks has no transaction that could keep it.
  if (tx === (await reader())) return;
  await take(tx);
  locked.add(tx);
}
