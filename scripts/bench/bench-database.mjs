import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';

/**
 * An empty database of its own: a file, or one on the PostgreSQL server that DATABASE_URL names. `drop` removes it.
 * `analyze` lets PostgreSQL collect statistics: by itself it does so only within a minute, and until then it plans as
 * for empty tables.
 */
export async function makeDatabase() {
  if (!isPostgres()) {
    const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-bench-'));
    const drop = async () => rmSync(folder, { recursive: true, force: true });
    return { url: `file:${path.join(folder, 'fortnight.db')}`, drop, analyze: async () => {} };
  }
  const name = `fortnight_bench_${randomBytes(6).toString('hex')}`;
  const runSql = async (statement, connectionString = process.env.DATABASE_URL) => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await runSql(`create database ${name}`);
  const url = new URL(process.env.DATABASE_URL);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    drop: () => runSql(`drop database ${name} with (force)`),
    analyze: () => runSql('analyze', url.href),
  };
}

export function isPostgres() {
  return process.env.DATABASE_URL?.startsWith('postgres');
}

export const engineName = () => (isPostgres() ? 'postgres' : 'sqlite');
