import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startPostgres } from '@/testing/postgres.mjs';
import type { Connection, Db } from './connection';
import { connectDatabase } from './database-client';

// On a server of its own: the snapshots of one that other tests use change all the time.

let stop = async () => {};
let connection: Connection;
beforeAll(async () => {
  const server = await startPostgres();
  if (!server.ok) throw new Error(server.reason);
  stop = server.stop;
  connection = await connectDatabase(server.url);
}, 120_000);
afterAll(async () => {
  await connection?.close();
  await stop();
});

// Gives the transaction a number, as any write does.
const write = (tx: Db) => tx.select({ number: sql`pg_current_xact_id()` }).from(sql`(values (1)) as one`);
const versionsIn = () => connection.transact((tx) => connection.snapshotIn!(tx));

// The server itself may commit something now and then, so each of these has to show in one of some attempts only.
const once = { timeout: 20_000, interval: 20 };

it('a version stays through a transaction that was rolled back, and none that was committed', async () => {
  const { snapshot, transact } = connection;
  const isKeptAfter = async (end: 'rolled back' | 'committed') => {
    const before = await snapshot!();
    await transact(async (tx, undo) => {
      await write(tx);
      return end === 'rolled back' ? undo(null) : null;
    });
    return (await snapshot!()) === before;
  };
  await expect.poll(() => isKeptAfter('rolled back'), once).toBe(true);
  for (let k = 0; k < 10; k++) expect(await isKeptAfter('committed')).toBe(false);
});

it('the version of the offer stays through transactions that leave the offer as it is, and no longer', async () => {
  const isKeptAfter = async (leavesOffer: boolean) => {
    const before = await versionsIn();
    await connection.transact(write, { leavesOffer });
    const after = await versionsIn();
    expect(after!.rows).not.toBe(before!.rows);
    return after!.offer === before!.offer;
  };
  await expect.poll(() => isKeptAfter(true), once).toBe(true);
  for (let k = 0; k < 10; k++) expect(await isKeptAfter(false)).toBe(false);
});

it('no version stays through a crash of the server, after which it gives the same number again', async () => {
  const { snapshot, transact } = connection;
  const selectProcess = (tx: Db) => tx.select({ id: sql<number>`pg_backend_pid()` }).from(sql`(values (1)) as one`);
  const before = await snapshot!();
  const rolledBack = await transact(async (tx, undo) => {
    await write(tx);
    return undo((await selectProcess(tx))[0]!.id);
  });
  // The server ends all its processes when one is killed, and starts anew from what is on the disk.
  process.kill(rolledBack, 'SIGKILL');
  const commits = () =>
    transact(write).then(
      () => true,
      () => false,
    );
  await expect.poll(commits, once).toBe(true);
  expect(await snapshot!()).not.toBe(before);
});
