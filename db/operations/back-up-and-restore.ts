import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { audit } from '@/db/audit';
import { connectDatabase, setConnectionForTests as putConnection } from '@/db/connection/database-client';
import Sqlite from '@/db/connection/sqlite-library';
import { formatBackupName, listExpiredBackups } from './backup-rotation';

// Copies the one SQLite file while it is in use, and restores it. PostgreSQL has its own tools for both.

const PAGES_A_STEP = 500;

type Checked = { ok: true } | { ok: false; reason: 'damaged'; finding: string };
export type BackupResult = { ok: true; file: string; bytes: number; removed: string[] } | (Checked & { ok: false });
export type RestoreResult =
  | { ok: true; file: string; previousFile: string | null }
  | (Checked & { ok: false })
  | { ok: false; reason: 'in_use' | 'missing' };

/**
 * Writes a checked copy into `folder` and removes expired ones. Run it in a process of its own: the check reads the
 * whole copy and audits it on this process's connection.
 */
export async function backUp(file: string, folder: string, now: number): Promise<BackupResult> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const finished = path.join(folder, formatBackupName(now));
  // The name contains the process id, so that whoever ends that process knows which file to delete.
  const partial = `${finished}.${process.pid}.partial`;
  try {
    await copyWhileWritten(file, partial);
    const checked = await check(partial);
    if (!checked.ok) return checked;
    sync(partial);
    renameSync(partial, finished);
    sync(folder);
  } finally {
    removeDatabase(partial);
  }
  const removed = listExpiredBackups(readdirSync(folder));
  for (const name of removed) rmSync(path.join(folder, name), { force: true });
  return { ok: true, file: finished, bytes: statSync(finished).size, removed };
}

/** Replaces `file` with a checked copy of `backup`, and keeps the previous file beside it. */
export async function restoreBackup(backup: string, file: string, now: number): Promise<RestoreResult> {
  if (!existsSync(backup)) return { ok: false, reason: 'missing' };
  const incoming = `${file}.restoring`;
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  removeDatabase(incoming);
  try {
    // Not a plain copy: the file may be another live database, with commits still in its WAL.
    const copied = await copyWhileWritten(backup, incoming).then(
      () => ({ ok: true }) as const,
      (error: Error) => ({ ok: false, reason: 'damaged', finding: error.message }) as const,
    );
    if (!copied.ok) return copied;
    const checked = await check(incoming);
    if (!checked.ok) return checked;
    sync(incoming);
    return swap(incoming, file, now);
  } finally {
    removeDatabase(incoming);
  }
}

function swap(incoming: string, file: string, now: number): RestoreResult {
  if (!existsSync(file)) {
    removeDatabase(file); // a leftover WAL would be replayed into the restored file
    renameSync(incoming, file);
    return { ok: true, file, previousFile: null };
  }
  const previousFile = `${file.replace(/\.db$/, '')}-before-${formatBackupName(now).replace('fortnight-', '')}`;
  const unlock = lockAlone(file);
  if (unlock === 'in_use') return { ok: false, reason: 'in_use' };
  try {
    for (const end of ['', '-wal', '-shm']) {
      if (existsSync(file + end)) renameSync(file + end, previousFile + end);
    }
    renameSync(incoming, file);
    sync(path.dirname(file));
  } finally {
    unlock();
  }
  return { ok: true, file, previousFile };
}

/**
 * Locks out everyone else, or reports that somebody has the file open: every connection in WAL mode holds a shared lock
 * for as long as it lives, and a killed process holds none. Afterwards the WAL has been merged into the file and
 * deleted.
 */
function lockAlone(file: string): 'in_use' | (() => void) {
  const handle = new Sqlite(file, { timeout: 0 });
  try {
    handle.pragma('locking_mode = EXCLUSIVE');
    handle.pragma('journal_mode = DELETE');
    handle.exec('BEGIN EXCLUSIVE');
    return () => handle.close();
  } catch (error) {
    handle.close();
    if ((error as { code?: string }).code?.startsWith('SQLITE_BUSY')) return 'in_use';
    // A file too damaged to lock is also too damaged for a server to start with: exactly what a backup is for.
    return () => {};
  }
}

// One read transaction for all steps: commits continue meanwhile, and none of them restarts the copy.
async function copyWhileWritten(from: string, to: string): Promise<void> {
  const source = new Sqlite(from, { readonly: true, fileMustExist: true });
  try {
    source.exec('BEGIN');
    source.pragma('schema_version'); // the first read fixes the moment of the copy
    await source.backup(to, { progress: () => PAGES_A_STEP });
    chmodSync(to, 0o600);
  } finally {
    source.close();
  }
}

/** Checks that the file is intact and that its data passes the audit. Also migrates it to this version's schema. */
async function check(file: string): Promise<Checked> {
  try {
    const connection = await connectDatabase(`file:${file}`);
    try {
      const handle = new Sqlite(file, { readonly: true });
      const found = handle.pragma('integrity_check(1)', { simple: true });
      handle.close();
      if (found !== 'ok') return { ok: false, reason: 'damaged', finding: String(found) };
      await connection.migrate();
      putConnection(connection);
      const [first] = await audit();
      if (first) return { ok: false, reason: 'damaged', finding: `${first.finding} (${first.rows.length})` };
      return { ok: true };
    } finally {
      putConnection(undefined);
      await connection.close();
    }
  } catch (error) {
    return { ok: false, reason: 'damaged', finding: error instanceof Error ? error.message : String(error) };
  }
}

function removeDatabase(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true });
}

function sync(file: string): void {
  const handle = openSync(file, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
