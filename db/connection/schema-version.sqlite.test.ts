import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { connectDatabase } from './database-client';
import { listMigrations } from './schema-version';
import Sqlite from './sqlite-library';

const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-version-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(['sqlite', 'postgres'])('the migrations of %s', (engine) => {
  it('53 have increasing timestamps, so that the migrator skips none', () => {
    const times = listMigrations(`db/migrations/${engine}`).map(({ when }) => when);
    expect(times.length).toBeGreaterThan(0);
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });
});

it('the migrations of both engines have the same names', () => {
  const [sqlite, postgres] = ['sqlite', 'postgres'].map((engine) =>
    listMigrations(`db/migrations/${engine}`).map(({ tag }) => tag),
  );
  expect(sqlite).toEqual(postgres);
});

it('53 refuses an older version on a newer database with a clear message, and changes nothing', async () => {
  const file = path.join(folder, 'newer.db');
  const first = await connectDatabase(`file:${file}`);
  await first.migrate();
  await first.close();
  const handle = new Sqlite(file);
  handle.prepare("insert into __drizzle_migrations (hash, created_at) values ('of a later version', ?)").run(9e12);
  handle.close();
  const again = await connectDatabase(`file:${file}`);
  await expect(again.migrate()).rejects.toThrow('a newer version of Fortnight has used it');
  await again.close();
});
