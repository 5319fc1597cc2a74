import { engineOf } from '@/db/engine';
import * as postgres from '@/db/kit/postgres';
import * as sqlite from '@/db/kit/sqlite';

// The column words of every table. They are written once, over the words of a kit: the types are SQLite's on both
// engines, and the words mean the same.
const kit = engineOf(process.env.DATABASE_URL) === 'postgres' ? (postgres as unknown as typeof sqlite) : sqlite;

export const { table, text, int, long, bool, instant, timestampDate, json, primaryKey, uniqueIndex, index, check } =
  kit;
