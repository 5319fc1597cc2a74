import { expect, it } from 'vitest';
import { practices } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { reader, transact } from './database-client';
import { cachedUntilCommit } from './read-cache';

setUpTestDatabase({ now: NOW });

it('reads a value once until something is committed, and once for all who ask together', async () => {
  const db = await reader();
  let reads = 0;
  const call = () => cachedUntilCommit(db, 'counted', async () => ++reads);
  expect(await Promise.all([call(), call()])).toEqual([1, 1]);
  expect(await call()).toBe(1);
  await transact(async (_tx, undo) => undo(null));
  expect(await call()).toBe(1);
  await transact((tx) => tx.update(practices).set({ name: 'Another' }));
  expect(await call()).toBe(2);
});

it('stores no more than some hundreds of values, and keeps the first of them', async () => {
  const db = await reader();
  let reads = 0;
  const call = (name: string) => cachedUntilCommit(db, name, async () => ++reads);
  for (let k = 0; k < 1_000; k++) await call(`of day ${k}`);
  reads = 0;
  await Promise.all([call('of day 0'), call('of day 999')]);
  expect(reads).toBe(1);
});
