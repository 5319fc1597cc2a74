import { bigint, boolean, customType, integer, pgTable, text as textColumn } from 'drizzle-orm/pg-core';

// The column types of the schema for PostgreSQL. `sqlite-columns.ts` exports the same names.
export { check, index, primaryKey, uniqueIndex } from 'drizzle-orm/pg-core';

export const table = pgTable;
export const text = (name: string) => textColumn(name);
export const int = (name: string) => integer(name);
export const bigInteger = (name: string) => bigint(name, { mode: 'number' });
export const bool = (name: string) => boolean(name);
export const instant = (name: string) => bigint(name, { mode: 'number' });
export const timestampDate = (name: string) =>
  customType<{ data: Date; driverData: string | number }>({
    dataType: () => 'bigint',
    toDriver: (value) => value.getTime(),
    fromDriver: (value) => new Date(Number(value)),
  })(name);
export const json = <T>(name: string) =>
  customType<{ data: T; driverData: string }>({
    dataType: () => 'text',
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (value) => JSON.parse(value) as T,
  })(name);
