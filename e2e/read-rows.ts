import path from 'node:path';
import Sqlite from '@/db/connection/sqlite-library';

/** The rows of a query on the database of a journey's own server. */
export function readRows<T>(dataFolder: string, query: string, ...values: string[]): T[] {
  const database = new Sqlite(path.join(dataFolder, 'fortnight.db'), { readonly: true });
  try {
    return database.prepare(query).all(...values) as T[];
  } finally {
    database.close();
  }
}
