import type { Connection, Db } from './connection';
import { getCommitVersion } from './database-client';

/** A key may contain days from a request: between two commits anybody may ask for any, so the cache is bounded. */
const MOST_NAMES = 500;

const caches = new WeakMap<Db, { version: number | string; found: Map<string, Promise<unknown>> }>();

/**
 * Caches what a practice seldom changes until the next commit. SQLite reveals a commit by its data version, almost for
 * free, and PostgreSQL by its snapshot, for one short query. Inside a transaction every call reads. A cached value may
 * be newer than the version it is cached under, never older. All readers share one value: do not modify it.
 */
export async function cachedUntilCommit<T>(db: Db, name: string, read: () => Promise<T>): Promise<T> {
  const version = await getCommitVersion(db);
  if (version === undefined) return read();
  let cache = caches.get(db);
  if (cache?.version !== version) {
    cache = { version, found: new Map() };
    caches.set(db, cache);
  }
  const { found } = cache;
  const known = found.get(name) as Promise<T> | undefined;
  if (known) return known;
  if (found.size >= MOST_NAMES) return read();
  const reading = read();
  found.set(name, reading);
  // Callers that asked at the same time share a failure; the next one reads again.
  reading.catch(() => found.delete(name));
  return reading;
}

interface OfferCache {
  version: string;
  found: Map<string, unknown>;
}

const lastOffers = new WeakMap<Connection, OfferCache>();
const offersOfTransactions = new WeakMap<Db, OfferCache>();

/** From now on, `cachedWhileOfferStands` may answer this transaction from what was read at this version of the offer. */
export function cacheOfferAt(tx: Db, connection: Connection, version: string): void {
  const last = lastOffers.get(connection);
  const offer = last?.version === version ? last : { version, found: new Map() };
  lastOffers.set(connection, offer);
  offersOfTransactions.set(tx, offer);
}

/**
 * As `cachedUntilCommit`, for what is offered: the practice, its massages, team, rooms and hours. Bookings do not change
 * it, so on PostgreSQL it is also cached for the transactions that book (`lockOfferAndGetVersion`). Each of them reads
 * for itself what is not cached yet, so that none fails with another.
 */
export async function cachedWhileOfferStands<T>(db: Db, name: string, read: () => Promise<T>): Promise<T> {
  const found = offersOfTransactions.get(db)?.found;
  if (!found) return cachedUntilCommit(db, name, read);
  if (found.has(name)) return found.get(name) as T;
  const value = await read();
  if (found.size < MOST_NAMES) found.set(name, value);
  return value;
}
