import { getDatabaseEngine } from '@/db/engine';
import * as postgres from '@/db/kit/postgres-columns';
import * as sqlite from '@/db/kit/sqlite-columns';

// The column words of every table. They are written once, over the words of a kit: the types are SQLite's on both
// engines, and the words mean the same.
const kit =
  getDatabaseEngine(process.env.DATABASE_URL) === 'postgres' ? (postgres as unknown as typeof sqlite) : sqlite;

export const {
  table,
  text,
  int,
  bigInteger,
  bool,
  instant,
  timestampDate,
  json,
  primaryKey,
  uniqueIndex,
  index,
  check,
} = kit;
