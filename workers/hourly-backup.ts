import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { getDatabaseUrl } from '@/db/connection/database-client';
import { getBackupsFolder, parseBackupTime } from '@/db/operations/backup-rotation';
import { log } from '@/log';
import { processState } from '@/process-state';

// Starts a backup whenever the newest is an hour old, however often the server was restarted since. A separate process
// does the work: checking a copy reads all of it, and no visitor should wait for that.

const HOUR = 3_600_000;
const FIRST_LOOK_MS = 60_000;
const LOOK_EVERY_MS = 300_000;

/** One timer per process, however often this is called. PostgreSQL is backed up by its own tools. */
export function startHourlyBackup(firstLookMs = FIRST_LOOK_MS): void {
  if (!getDatabaseUrl().startsWith('file:') || process.env.NODE_ENV !== 'production') return;
  processState.hourlyBackup ??= makeDueBackup(firstLookMs);
}

function makeDueBackup(firstLookMs: number) {
  let running: { child: ChildProcess; ended: Promise<void> } | undefined;
  let isStopping = false;

  function look() {
    if (running || isStopping || !isBackupDue(namesIn(getBackupsFolder()), Date.now())) return;
    running = backUpInAnotherProcess(() => isStopping);
    running.ended.then(() => {
      running = undefined;
    });
  }

  let timer = setTimeout(() => {
    timer = setInterval(look, LOOK_EVERY_MS).unref();
    look();
  }, firstLookMs).unref();

  return {
    /** Stops a running backup: the next start finds it due. */
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      processState.hourlyBackup = undefined;
      if (!running) return;
      const { child, ended } = running;
      child.kill('SIGKILL');
      await ended;
      for (const name of namesIn(getBackupsFolder())) {
        if (name.includes(`.${child.pid}.partial`)) rmSync(path.join(getBackupsFolder(), name), { force: true });
      }
    },
  };
}

function backUpInAnotherProcess(isGivenUp: () => boolean) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/backup.mjs'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let lastMessage = '';
  child.stderr.on('data', (chunk) => {
    lastMessage = (lastMessage + chunk).slice(0, 1000);
  });
  child.once('error', (error) => {
    lastMessage += error.message;
  });
  child.unref();
  const ended = new Promise<void>((resolve) => {
    child.once('close', (code) => {
      if (code === 0) log('info', 'backup_made');
      else if (!isGivenUp()) log('error', 'backup_failed', { code, error: lastMessage });
      resolve();
    });
  });
  return { child, ended };
}

/** A minute early counts as due, so that hourly backups do not drift by the time that each one takes. */
export function isBackupDue(names: string[], now: number): boolean {
  const newest = Math.max(0, ...names.map((name) => parseBackupTime(name) ?? 0));
  return now - newest > HOUR - 60_000 || newest > now + HOUR;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
