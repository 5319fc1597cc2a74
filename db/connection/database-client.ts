import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { getDatabaseEngine } from '@/db/engine';
import { processState } from '@/process-state';
import type { Connection, Db, RollBack } from './connection';

// `reader()` is for what only reads, `transact()` for what changes.

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

/** Replaces the process's connection: for tests. */
export function setConnectionForTests(connection: Connection | undefined): void {
  processState.database = connection && Promise.resolve(connection);
}

export async function reader(): Promise<Db> {
  return (await getConnection()).reader;
}

/**
 * Another number or text after anybody's commit. Undefined inside a transaction, on any connection but the process's own,
 * and where it cannot be told.
 */
export async function getCommitVersion(db: Db): Promise<number | string | undefined> {
  const connection = await processState.database;
  return connection?.reader === db ? (connection.version?.() ?? connection.snapshot?.()) : undefined;
}

/**
 * Runs `fn` in one transaction. Database work only: it may run twice, and others wait for it.
 * A value passed to `undo` rolls everything back and becomes the result.
 */
export async function transact<T>(fn: (tx: Db, undo: RollBack) => Promise<T>): Promise<T> {
  return (await getConnection()).transact(fn);
}
