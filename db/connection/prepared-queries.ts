import { randomBytes } from 'node:crypto';
import { getTableColumns, type Placeholder, sql } from 'drizzle-orm';
import { type Db, driverOf } from './connection';

/** By name, or by place for placeholders that are called 0, 1, 2 and so on. */
type Values = Record<string, unknown> | unknown[];
type Table = Parameters<Db['insert']>[0];
/** What the words of a query depend on besides its values: how many names it looks for, or in which column. */
type Shape = (string | number)[];

interface Prepared {
  execute(values?: Values): Promise<unknown>;
}

interface Preparable {
  prepare(name: string): Prepared;
}

/** Runs the query with these values. */
type PreparedQuery<Row, Form extends Shape> = (db: Db, values?: Values, ...shape: Form) => Promise<Row>;

// Next puts a copy of this module into each of its bundles, and they share connections: each has names of its own.
const COPY = randomBytes(6).toString('hex');
let prepared = 0;

/**
 * A query whose words are always the same, or the same for each `shape`. Its SQL is built once for each connection: that is
 * most of what a small query costs. What differs is a `sql.placeholder`, and comes in `values`. On PostgreSQL the server
 * keeps its plan too, by a name that no other query has. Call this once, where a module begins, and not for each reading.
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

/** Gives placeholders that are called 0, 1, 2 and so on. */
export function createPlaceholderCounter(): () => Placeholder {
  let at = 0;
  return () => sql.placeholder(String(at++));
}

/** So many placeholders, called 0, 1, 2 and so on: the values are then a list, or have a list spread among them. */
export function createPlaceholders(count: number): Placeholder[] {
  return Array.from({ length: count }, createPlaceholderCounter());
}

/**
 * Inserts rows that give every column, with one statement that is kept for each number of rows. A column that is left
 * out is null; none may be of a kind that does not say null as null: `bool` and `jsonResponse` do not.
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
