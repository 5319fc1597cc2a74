import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import Sqlite from '@/db/connection/sqlite-library';
import { formatBackupName } from '@/db/operations/backup-rotation';
import { processState } from '@/process-state';
import { isBackupDue, startHourlyBackup } from './hourly-backup';

const NOW = Date.parse('2026-11-23T18:00:00Z');
const MINUTE = 60_000;

describe('a backup is due', () => {
  it('when there is none, or only other files', () => {
    expect(isBackupDue([], NOW)).toBe(true);
    expect(isBackupDue(['fortnight.db', `${formatBackupName(NOW)}.partial`], NOW)).toBe(true);
  });

  it('an hour after the newest, in whatever order the folder lists them', () => {
    expect(isBackupDue([formatBackupName(NOW - 30 * MINUTE), formatBackupName(NOW - 300 * MINUTE)], NOW)).toBe(false);
    expect(isBackupDue([formatBackupName(NOW - 60 * MINUTE), formatBackupName(NOW - 300 * MINUTE)], NOW)).toBe(true);
  });

  it('when the newest is dated in the future because the clock was once wrong', () => {
    expect(isBackupDue([formatBackupName(NOW + 90 * MINUTE)], NOW)).toBe(true);
  });
});

it('stops a running backup when the server stops, and leaves no process and no partial file', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-hourly-'));
  vi.stubEnv('DATA_DIR', folder);
  vi.stubEnv('NODE_ENV', 'production');
  const large = new Sqlite(path.join(folder, 'fortnight.db'));
  large.exec('create table filler (bytes blob)');
  for (let k = 0; k < 80; k++) large.exec('insert into filler values (randomblob(1000000))');
  large.close();
  const begun = () => readdirSync(path.join(folder, 'backups')).find((name) => name.endsWith('.partial'));
  startHourlyBackup(0);
  await expect.poll(() => safely(begun), { timeout: 20_000, interval: 5 }).toBeTruthy();
  const pid = Number(begun()?.split('.').at(-2));
  await processState.hourlyBackup?.stop();
  expect(readdirSync(path.join(folder, 'backups'))).toEqual([]);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function safely<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
