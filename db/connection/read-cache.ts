import type { Db } from './connection';
import { getCommitVersion } from './database-client';

const caches = new WeakMap<Db, { version: number; found: Map<string, Promise<unknown>> }>();

/**
 * Caches what a practice seldom changes until the next commit, which SQLite's data version reveals almost for free.
 * Inside a transaction and on PostgreSQL it is read each time. All readers share one value: do not modify it.
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
  const reading = read();
  found.set(name, reading);
  // Those who asked at the same time share a failure; the next one reads again.
  reading.catch(() => found.delete(name));
  return reading;
}
