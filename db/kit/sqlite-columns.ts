import { customType, integer, sqliteTable, text as textColumn } from 'drizzle-orm/sqlite-core';

// The column types of the schema for SQLite. `postgres-columns.ts` exports the same names.
export { check, index, primaryKey, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const table = sqliteTable;
export const text = (name: string) => textColumn(name);
export const int = (name: string) => integer(name);
/** An integer of more than 32 bits. */
export const bigInteger = (name: string) => integer(name);
export const bool = (name: string) => integer(name, { mode: 'boolean' });
/** Milliseconds since the epoch, UTC. */
export const instant = (name: string) => integer(name);
/** Stored as the same number, but a `Date` in code, as next-auth's tables require. */
export const timestampDate = (name: string) => integer(name, { mode: 'timestamp_ms' });
export const json = <T>(name: string) =>
  customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (value) => JSON.parse(value) as T,
  })(name);
