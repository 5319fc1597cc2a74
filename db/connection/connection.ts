import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import type { DatabaseEngine } from '@/db/engine';
import type * as schema from '@/db/schema';

/** Drizzle on either engine, typed as SQLite: use only what both engines can do. */
export type Db = Omit<BaseSQLiteDatabase<'async', unknown, typeof schema>, 'run' | 'all' | 'get' | 'values'>;

/** The object that drizzle sends queries to: the same for each transaction on a connection. */
export function driverOf(db: Db): object {
  return (db as { $client?: object }).$client ?? db;
}

/** Rolls the transaction back, and makes `transact` return this value. */
export type RollBack = <T>(value: T) => never;

export interface Connection {
  engine: DatabaseEngine;
  reader: Db;
  /** A number that changes after every commit and costs no query; absent if the engine has none. */
  version?(): number;
  /** A text that changes after every commit and costs a query. Undefined if the server cannot answer. */
  snapshot?(): Promise<string | undefined>;
  /** As `snapshot`, within a transaction that has not written yet. */
  snapshotIn?(tx: Db): Promise<TransactionVersions | undefined>;
  transact<T>(fn: (tx: Db, undo: RollBack) => Promise<T>, how?: TransactOptions): Promise<T>;
  migrate(): Promise<void>;
  /**
   * Runs `work`, which deletes rows, and then erases the deleted data from the database files. With `isSmall` the files
   * are not rewritten: the engine overwrites the deleted data in place, if it can.
   */
  whileErasing<T>(work: () => Promise<T>, how?: { isSmall: boolean }): Promise<T>;
  close(): Promise<void>;
}

interface TransactionVersions {
  /** As `snapshot` gives it. */
  rows: string;
  /** Changes after every commit but those of transactions with `leavesOffer`. */
  offer: string;
}

export interface TransactOptions {
  /** `fn` changes nothing of what is offered: practice, massages, team, rooms and hours. */
  leavesOffer?: boolean;
}

export class RollbackSignal {
  constructor(readonly value: unknown) {}
}

export const rollBack: RollBack = (value) => {
  throw new RollbackSignal(value);
};
