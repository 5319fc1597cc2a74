import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';

/** Every row that a server writes when its own clock is set to this zone, without random ids and secrets. */
function rowsWrittenIn(TZ: string): string[] {
  const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-zone-'));
  const env = {
    ...process.env,
    TZ,
    NOW: String(Date.UTC(2026, 10, 23, 9)),
    AUTH_SECRET: 'one secret for all of these servers',
    CARE_KEY: 'one-care-key-for-all-of-these-servers',
    DATABASE_URL: `file:${path.join(folder, 'fortnight.db')}`,
  };
  try {
    const args = ['--import', 'tsx', 'testing/seed-demo-and-print-rows.ts'];
    const written = execFileSync(process.execPath, args, { env, encoding: 'utf8', maxBuffer: 64_000_000 });
    return written
      .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')
      .replace(/"[0-9a-f]{64}"/g, '"hash"')
      .split('\n')
      .sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it('a server under Pacific/Kiritimati, UTC and America/St_Johns writes the same rows', () => {
  const [first, ...others] = ['UTC', 'Pacific/Kiritimati', 'America/St_Johns'].map(rowsWrittenIn);
  expect(first!.length).toBeGreaterThan(5_000);
  for (const rows of others) expect(rows).toEqual(first);
}, 120_000);
