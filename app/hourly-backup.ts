import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import process from 'node:process';
import { backupsFolder, takenAt } from '@/db/backup-rotation';
import { databaseUrl } from '@/db/client';
import { log } from '@/log';

// Has a backup made whenever the newest is an hour old, however often the server was started since. The work is done
// by a process of its own: checking a copy reads all of it, and no visitor should wait for that.

const HOUR = 3_600_000;
const FIRST_LOOK_MS = 60_000;
const LOOK_EVERY_MS = 300_000;

const shared = globalThis as typeof globalThis & { fortnightBackups?: NodeJS.Timeout };

/** One a process, however often it is asked for. PostgreSQL is backed up by its own tools. */
export function startHourlyBackup(): void {
  if (!databaseUrl().startsWith('file:') || process.env.NODE_ENV !== 'production') return;
  shared.fortnightBackups ??= setTimeout(() => {
    shared.fortnightBackups = setInterval(backUpIfDue, LOOK_EVERY_MS).unref();
    backUpIfDue();
  }, FIRST_LOOK_MS).unref();
}

let isRunning = false;

function backUpIfDue(): void {
  if (isRunning || !isDue(namesIn(backupsFolder()), Date.now())) return;
  isRunning = true;
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/backup.mjs'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(0, 1000);
  });
  child.once('error', (error) => {
    said += error.message;
  });
  child.once('close', (code) => {
    isRunning = false;
    if (code === 0) log('info', 'backup_made');
    else log('error', 'backup_failed', { code, said });
  });
  child.unref();
}

/** A minute early counts: a backup an hour must not slip by the time each one takes. */
export function isDue(names: string[], now: number): boolean {
  const newest = Math.max(0, ...names.map((name) => takenAt(name) ?? 0));
  return now - newest > HOUR - 60_000 || newest > now + HOUR;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
