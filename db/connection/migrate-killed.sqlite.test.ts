import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { asc, sql } from 'drizzle-orm';
import { afterAll, expect, it } from 'vitest';
import { connectDatabase } from './database-client';
import Sqlite from './sqlite-library';

const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-migrate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Starts to migrate a new file and is killed after this many milliseconds; true if it had not finished. */
async function migrateAndDie(file: string, afterMs: number): Promise<boolean> {
  const env = { ...process.env, DATABASE_URL: `file:${file}` };
  const args = ['--import', 'tsx', 'testing/migrate.ts'];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = once(child, 'exit'); // the process may finish before it is killed
  await once(child.stdout, 'data');
  await wait(afterMs);
  child.kill('SIGKILL');
  const [code] = await exit;
  return code === null;
}

/** Migrates, and describes the result: every table and index, and the migrations that ran. */
async function migrate(file: string): Promise<string> {
  const connection = await connectDatabase(`file:${file}`);
  await connection.migrate();
  const list = (column: string, table: string) =>
    connection.reader
      .select({ value: sql<string>`${sql.identifier(column)}` })
      .from(sql`${sql.identifier(table)}`)
      .orderBy(asc(sql.identifier(column)));
  const found = [await list('sql', 'sqlite_schema'), await list('hash', '__drizzle_migrations')];
  await connection.close();
  const handle = new Sqlite(file, { readonly: true });
  expect(handle.pragma('integrity_check', { simple: true })).toBe('ok');
  handle.close();
  return JSON.stringify(found);
}

it('the next start finishes a migration that was killed half-way', async () => {
  const undisturbed = await migrate(path.join(folder, 'whole.db'));
  expect(undisturbed).toContain('WITHOUT ROWID');
  let cut = 0;
  for (let k = 0; k < 8; k++) {
    const file = path.join(folder, `killed-${k}.db`);
    if (await migrateAndDie(file, 2 * k)) cut++;
    expect(await migrate(file)).toBe(undisturbed);
  }
  expect(cut).toBeGreaterThan(0);
}, 120_000);
