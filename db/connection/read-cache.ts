import { versionOf } from './client';
import type { Db } from './connection';

const caches = new WeakMap<Db, { version: number; found: Map<string, Promise<unknown>> }>();

/**
 * Reads what a practice seldom changes, and keeps it until anybody commits anything, which SQLite tells for next to
 * nothing. Inside a transaction and on PostgreSQL it is read each time. It is one for all who ask: nobody may change it.
 */
export async function cachedUntilCommit<T>(db: Db, name: string, read: () => Promise<T>): Promise<T> {
  const version = await versionOf(db);
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
  // A failure is told to those who asked together, and to nobody after them.
  reading.catch(() => found.delete(name));
  return reading;
}
