import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { connectSqlite } from './sqlite';

it('makes the file and its side files private, even if other users could read the file before', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-private-'));
  const file = path.join(folder, 'fortnight.db');
  writeFileSync(file, '', { mode: 0o644 });
  const connection = await connectSqlite(file);
  await connection.migrate();
  const modes = ['', '-wal', '-shm'].map((end) => (statSync(file + end).mode & 0o777).toString(8));
  expect(modes).toEqual(['600', '600', '600']);
  await connection.close();
  rmSync(folder, { recursive: true });
});
