import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { DatabaseEngine } from '@/db/engine';
import type * as schema from '@/db/schema';

/** Drizzle on either engine, typed as SQLite's: only what both engines can do may be asked of it. */
export type Db = Omit<BaseSQLiteDatabase<'async', unknown, typeof schema>, 'run' | 'all' | 'get' | 'values'>;

/** What drizzle talks to: the same for each transaction on a connection. */
export function driverOf(db: Db): object {
  return (db as { $client?: object }).$client ?? db;
}

/** Ends a transaction: nothing in it happened, and `transact` gives this value back. */
export type RollBack = <T>(value: T) => never;

export interface Connection {
  engine: DatabaseEngine;
  reader: Db;
  /** Another number after anybody's commit, told for nothing; absent where it cannot be. */
  version?(): number;
  /** Where it takes a question: another text after anybody's commit. Undefined where the server has no answer. */
  snapshot?(): Promise<string | undefined>;
  transact<T>(fn: (tx: Db, undo: RollBack) => Promise<T>): Promise<T>;
  migrate(): Promise<void>;
  /**
   * Runs `work`, which deletes, and clears what was deleted from the files of the database as well. With `isSmall` the
   * files are not written anew: what is deleted is overwritten where the engine can do that.
   */
  whileErasing<T>(work: () => Promise<T>, how?: { isSmall: boolean }): Promise<T>;
  close(): Promise<void>;
}

export class RollbackSignal {
  constructor(readonly value: unknown) {}
}

export const rollBack: RollBack = (value) => {
  throw new RollbackSignal(value);
};
