import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';

// Each test run creates one database with all migrations, and each test file a copy of it (test-database.ts). The
// workers only have to agree on its name.

export function setup(): void {
  process.env.TEST_RUN = randomBytes(6).toString('hex');
}

export async function teardown(): Promise<void> {
  const server = process.env.TEST_POSTGRES_URL;
  if (server) await runStatement(server, `drop database if exists ${migratedName()} with (force)`);
  rmSync(migratedFile(), { force: true });
}

/** The name of this run's migrated database on PostgreSQL. */
export function migratedName(): string {
  return `fortnight_migrated_${process.env.TEST_RUN}`;
}

/** The same on SQLite. */
export function migratedFile(): string {
  return path.join(tmpdir(), `${migratedName()}.db`);
}

/** Runs one statement on PostgreSQL, outside any transaction. */
export async function runStatement(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
