import { expect, it } from 'vitest';
import { getPractice } from '@/db/practice/practice';
import { practices } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { reader, transact } from './database-client';
import { cachedUntilCommit } from './read-cache';

const { another, connection } = setUpTestDatabase({ now: NOW });

// Other databases on this server commit at any time, and each commit empties the cache. So a cache hit has to show in
// only one of many attempts, but a new read in every one.

it('does not read a cached value again while nobody commits', async () => {
  const db = await reader();
  let reads = 0;
  const call = () => cachedUntilCommit(db, 'counted', async () => ++reads);
  const isKept = async () => {
    const before = await call();
    return (await call()) === before;
  };
  await expect.poll(isKept, { timeout: 10_000, interval: 20 }).toBe(true);
});

it('reads again after each commit, from whichever connection', async () => {
  const elsewhere = await another();
  for (let k = 0; k < 50; k++) {
    await Promise.all([getPractice(), getPractice()]);
    const name = `Name ${k}`;
    const rename = (tx: Parameters<Parameters<typeof transact>[0]>[0]) => tx.update(practices).set({ name });
    await (k % 2 ? elsewhere.transact(rename) : transact(rename));
    expect((await getPractice()).name).toBe(name);
  }
});

it('shares one query between all who ask at the same moment, and sends another one later', async () => {
  const { snapshot } = connection();
  const [first, second] = [snapshot!(), snapshot!()];
  expect(await first).toBe(await second);
  const before = await snapshot!();
  await transact((tx) => tx.update(practices).set({ name: 'Another' }));
  expect(await snapshot!()).not.toBe(before);
});
