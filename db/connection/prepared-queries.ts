import { randomBytes } from 'node:crypto';
import { getTableColumns, type Placeholder, sql } from 'drizzle-orm';
import { type Db, driverOf } from './connection';

/** By name, or by position for placeholders that are called 0, 1, 2 and so on. */
type Values = Record<string, unknown> | unknown[];
type Table = Parameters<Db['insert']>[0];
/** What the SQL text depends on besides its values: for example the number of ids, or the column. */
type Shape = (string | number)[];

interface Prepared {
  execute(values?: Values): Promise<unknown>;
}

interface Preparable {
  prepare(name: string): Prepared;
}

/** Runs the query with these values. */
type PreparedQuery<Row, Form extends Shape> = (db: Db, values?: Values, ...shape: Form) => Promise<Row>;

// Next puts a copy of this module into each bundle, but the bundles share connections: so each copy needs names of its
// own.
const COPY = randomBytes(6).toString('hex');
let prepared = 0;

/**
 * A query whose SQL text is always the same, or the same for each `shape`. Its SQL is built once per connection, which
 * is most of the cost of a small query. What varies is a `sql.placeholder`, filled from `values`. On PostgreSQL the
 * server stores its plan too, under a unique name. Call this once at module level, not for each read.
 */
export function preparedQuery<Row, Form extends Shape = []>(
  build: (db: Db, ...shape: Form) => PromiseLike<Row>,
): PreparedQuery<Row, Form> {
  const number = ++prepared;
  const byConnection = new WeakMap<object, Map<string, Prepared>>();
  return async (db, values = {}, ...shape) => {
    const connection = driverOf(db);
    const byShape = byConnection.get(connection) ?? new Map<string, Prepared>();
    byConnection.set(connection, byShape);
    const form = shape.join(' ');
    const query =
      byShape.get(form) ?? (build(db, ...shape) as unknown as Preparable).prepare(`${COPY} ${number} ${form}`);
    byShape.set(form, query);
    return (await query.execute(values)) as Row;
  };
}

/** Returns placeholders that are called 0, 1, 2 and so on. */
export function createPlaceholderCounter(): () => Placeholder {
  let at = 0;
  return () => sql.placeholder(String(at++));
}

/** This many placeholders, called 0, 1, 2 and so on: `values` is then a list, or has a list spread into it. */
export function createPlaceholders(count: number): Placeholder[] {
  return Array.from({ length: count }, createPlaceholderCounter());
}

/**
 * Inserts rows with one statement, which is prepared once for each number of rows. A missing column becomes null. Do
 * not use columns that do not encode null as null: `bool` and `json`.
 */
export async function insertPrepared<T extends Table>(tx: Db, into: T, rows: T['$inferInsert'][]): Promise<void> {
  const columns = Object.keys(getTableColumns(into));
  const insert =
    inserts.get(into) ??
    preparedQuery((on, count: number) => {
      const param = createPlaceholderCounter();
      const row = () => Object.fromEntries(columns.map((column) => [column, param()]));
      return on.insert(into).values(Array.from({ length: count }, row) as T['$inferInsert'][]);
    });
  inserts.set(into, insert);
  const values = rows.flatMap((row) => columns.map((column) => (row as Record<string, unknown>)[column] ?? null));
  await insert(tx, values, rows.length);
}

const inserts = new WeakMap<Table, PreparedQuery<unknown, [count: number]>>();
