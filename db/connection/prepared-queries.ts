import { getTableColumns, type Placeholder, sql } from 'drizzle-orm';
import type { Db } from './connection';

/** By name, or by place for placeholders that are called 0, 1, 2 and so on. */
type Values = Record<string, unknown> | unknown[];
type Table = Parameters<Db['insert']>[0];

interface Prepared {
  execute(values?: Values): Promise<unknown>;
}

const preparedCache = new WeakMap<Db, Map<string, Prepared>>();

/**
 * Runs a query whose words are always the same, building its SQL once for each connection: that is most of what a
 * small query costs. What differs is a `sql.placeholder`, and comes in `values`. On PostgreSQL the name also lets the
 * server keep its plan; it may have 63 letters.
 */
export async function runPrepared<Row>(
  db: Db,
  name: string,
  build: (db: Db) => PromiseLike<Row>,
  values: Values = {},
): Promise<Row> {
  const known = preparedCache.get(db) ?? new Map<string, Prepared>();
  preparedCache.set(db, known);
  const query = known.get(name) ?? (build(db) as unknown as { prepare(name: string): Prepared }).prepare(name);
  known.set(name, query);
  return (await query.execute(values)) as Row;
}

/** Gives placeholders that are called 0, 1, 2 and so on. */
export function makePlaceholders(): () => Placeholder {
  let at = 0;
  return () => sql.placeholder(String(at++));
}

/**
 * Inserts rows that give every column, with one statement that is kept for each number of rows. A column that is left
 * out is null; none may be of a kind that does not say null as null: `bool` and `jsonResponse` do not.
 */
export async function insertPrepared<T extends Table>(tx: Db, into: T, rows: T['$inferInsert'][], name: string) {
  const columns = Object.keys(getTableColumns(into));
  const values = rows.flatMap((row) => columns.map((column) => (row as Record<string, unknown>)[column] ?? null));
  const build = (on: Db) => {
    const param = makePlaceholders();
    const row = () => Object.fromEntries(columns.map((column) => [column, param()]));
    return on.insert(into).values(rows.map(row) as T['$inferInsert'][]);
  };
  await runPrepared(tx, `insert ${rows.length} ${name}`, build, values);
}
