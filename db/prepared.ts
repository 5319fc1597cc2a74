import type { Db } from './client';

interface Preparable<Row> {
  prepare(name: string): { execute(): Promise<Row> };
}

const kept = new WeakMap<Db, Map<string, { execute(): Promise<unknown> }>>();

/**
 * Runs a query that is always the same, building its SQL once for each connection: that is most of what a small read
 * costs. On PostgreSQL the name also lets the server keep its plan.
 */
export async function runPrepared<Row>(db: Db, name: string, build: (db: Db) => PromiseLike<Row>): Promise<Row> {
  const known = kept.get(db) ?? new Map<string, { execute(): Promise<unknown> }>();
  kept.set(db, known);
  const query = known.get(name) ?? (build(db) as unknown as Preparable<Row>).prepare(name);
  known.set(name, query);
  return (await query.execute()) as Row;
}
