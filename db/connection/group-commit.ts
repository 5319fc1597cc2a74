import type Sqlite from 'better-sqlite3';
import { type Connection, type Db, RollbackSignal, rollBack } from './connection';
import { DatabaseBusy } from './database-busy';

// SQLite's one writer. Putting a commit on the disk takes as long as several bookings take to be worked out, and it
// costs the same for one as for eight: so transactions that wait at the same moment share a commit.
//
// To each it looks as if it were alone. They run one after the other, each behind a savepoint of its own, so that one
// that fails or is undone rolls back what it did and nothing else. Nobody is answered before the commit is on the disk.
// An answer may rest on what another of the same commit wrote ("taken"): if the commit fails, none of them is true,
// and every one is told that the database is busy.

export const WAIT_FOR_LOCK_MS = 5000;
const MOST_TOGETHER = 32;
const BUSY = 'The database cannot be written to right now.';

interface Waiting {
  fn(tx: Db): Promise<unknown>;
  queuedAt: number;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

export function createGroupCommit(handle: Sqlite.Database, tx: Db) {
  const waiting: Waiting[] = [];
  let working: Promise<void> | undefined;

  async function work() {
    while (waiting.length > 0) {
      // Whatever else has come in by now joins: that is what makes them meet.
      await new Promise((resolve) => setImmediate(resolve));
      try {
        await begin(handle, waiting[0]!.queuedAt + WAIT_FOR_LOCK_MS);
      } catch (error) {
        const late = performance.now() - WAIT_FOR_LOCK_MS;
        waiting.shift()!.reject(error);
        while (waiting[0] && waiting[0].queuedAt < late) waiting.shift()!.reject(error);
        continue;
      }
      await runTogether(handle, tx, waiting.splice(0, MOST_TOGETHER));
    }
    working = undefined;
  }

  const transact: Connection['transact'] = (fn) => {
    const turn = new Promise((resolve, reject) => {
      // Waiting in the queue counts: each would have its own wait after the other's.
      waiting.push({ fn: (on) => fn(on, rollBack), queuedAt: performance.now(), resolve, reject });
    });
    working ??= work();
    return turn as ReturnType<typeof fn>;
  };
  return { transact, ended: async () => working };
}

/** Runs all of the group in the open transaction, commits them as one, and only then answers. */
async function runTogether(handle: Sqlite.Database, tx: Db, group: Waiting[]) {
  const answers: (() => void)[] = [];
  let isChanged = false;
  try {
    for (const { fn, resolve, reject } of group) {
      handle.exec('SAVEPOINT one');
      try {
        const value = await fn(tx);
        isChanged = true;
        answers.push(() => resolve(value));
      } catch (error) {
        // Out of room, SQLite may have undone the whole transaction by itself: then all of the group is lost.
        if (!handle.inTransaction) throw new DatabaseBusy(BUSY, { cause: error });
        handle.exec('ROLLBACK TO one');
        answers.push(() => (error instanceof RollbackSignal ? resolve(error.value) : reject(asBusy(error))));
      }
      handle.exec('RELEASE one');
    }
    handle.exec(isChanged ? 'COMMIT' : 'ROLLBACK');
  } catch (error) {
    if (handle.inTransaction) handle.exec('ROLLBACK');
    for (const { reject } of group) reject(asBusy(error));
    return;
  }
  for (const answer of answers) answer();
}

// SQLite's own busy_timeout sleeps inside the call, and with it this whole process: reads would stop
// while another process writes. So the wait for the lock is ours, and the rest of the server goes on.
async function begin(handle: Sqlite.Database, deadline: number) {
  handle.pragma('busy_timeout = 0');
  try {
    for (;;) {
      try {
        handle.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (!isCode(error, 'SQLITE_BUSY') || performance.now() > deadline) throw asBusy(error);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }
  } finally {
    handle.pragma(`busy_timeout = ${WAIT_FOR_LOCK_MS}`);
  }
}

function asBusy(error: unknown): unknown {
  const passing = ['SQLITE_BUSY', 'SQLITE_FULL', 'SQLITE_IOERR', 'SQLITE_LOCKED'];
  return passing.some((code) => isCode(error, code)) ? new DatabaseBusy(BUSY, { cause: error }) : error;
}

function isCode(error: unknown, code: string): boolean {
  const own = (error as { code?: string } | null)?.code;
  const inner = (error as { cause?: { code?: string } } | null)?.cause?.code;
  return [own, inner].some((found) => found?.startsWith(code));
}
