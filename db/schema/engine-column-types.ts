import { getDatabaseEngine } from '@/db/engine';
import * as postgres from '@/db/kit/postgres-columns';
import * as sqlite from '@/db/kit/sqlite-columns';

// The column types of every table. Both engines share SQLite's TypeScript types: the PostgreSQL builders have the same
// names and meaning.
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
