import type Sqlite from 'better-sqlite3';
import { type Connection, type Db, RollbackSignal, rollBack } from './connection';
import { DatabaseBusy } from './database-busy';

// SQLite allows one writer. Writing a commit to the disk takes as long as computing several bookings, and costs the
// same for one booking as for eight. So transactions that wait at the same moment share a commit.
//
// Each transaction seems to be alone. They run one after the other, each behind its own savepoint, so one that fails or
// is undone rolls back only its own changes. Nobody gets an answer before the commit is on the disk. An answer may
// depend on what another transaction of the group wrote (such as "taken"). So if the commit fails, no answer is valid,
// and every caller gets a "busy" error.

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
      // Waits one turn, so that transactions that have arrived by now join this group.
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
      // The time in the queue counts too: otherwise each transaction could wait for the full time after the one before
      // it.
      waiting.push({ fn: (on) => fn(on, rollBack), queuedAt: performance.now(), resolve, reject });
    });
    working ??= work();
    return turn as ReturnType<typeof fn>;
  };
  return { transact, ended: async () => working };
}

/** Runs the group in the open transaction, commits once, and only then answers. */
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
        // When the disk is full, SQLite may have rolled back the whole transaction itself: then the whole group has
        // failed.
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

// SQLite's own busy_timeout sleeps inside the call and blocks this whole process: all reads would stop while another
// process writes. So we wait for the lock here, and the server goes on working.
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
