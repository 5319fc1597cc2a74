import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { getDatabaseEngine } from '@/db/engine';
import { processState } from '@/process-state';
import type { Connection, Db, RollBack, TransactOptions } from './connection';

// Use `reader()` for work that only reads, and `transact()` for work that writes.

export function getDatabaseUrl(): string {
  const dataDir = process.env.DATA_DIR ?? './data';
  return process.env.DATABASE_URL || `file:${path.join(dataDir, 'fortnight.db')}`;
}

export async function connectDatabase(url: string): Promise<Connection> {
  if (getDatabaseEngine(url) === 'postgres') return (await import('./postgres')).connectPostgres(url);
  const file = url.slice('file:'.length);
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true, mode: 0o700 });
  return (await import('./sqlite')).connectSqlite(file);
}

export function getConnection(): Promise<Connection> {
  processState.database ??= connectDatabase(getDatabaseUrl()).catch((error) => {
    processState.database = undefined;
    throw error;
  });
  return processState.database;
}

/** Replaces the connection of the process: for tests. */
export function setConnectionForTests(connection: Connection | undefined): void {
  processState.database = connection && Promise.resolve(connection);
}

export async function reader(): Promise<Db> {
  return (await getConnection()).reader;
}

/**
 * A number or text that changes after every commit. Undefined inside a transaction, on any connection but the process's
 * own, and where the engine cannot give one.
 */
export async function getCommitVersion(db: Db): Promise<number | string | undefined> {
  const connection = await processState.database;
  return connection?.reader === db ? (connection.version?.() ?? connection.snapshot?.()) : undefined;
}

/**
 * Runs `fn` in one transaction. Do database work only: `fn` may run several times, and other writers wait for it. A
 * value passed to `undo` rolls everything back and becomes the result.
 */
export async function transact<T>(fn: (tx: Db, undo: RollBack) => Promise<T>, how: TransactOptions = {}): Promise<T> {
  return (await getConnection()).transact(fn, how);
}
