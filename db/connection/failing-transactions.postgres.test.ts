import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { practices } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import type { Db } from './connection';
import { isDatabaseBusy } from './database-busy';
import { reader, transact } from './database-client';

const db = setUpTestDatabase({ now: NOW });
const selectProcess = (tx: Db) => tx.select({ id: sql<number>`pg_backend_pid()` }).from(sql`(values (1)) as one`);

it('is busy when its connection is cut between two statements, and the process goes on', async () => {
  const elsewhere = await db.another();
  const cut = transact(async (tx) => {
    const [{ id } = { id: 0 }] = await selectProcess(tx);
    await elsewhere.reader.select({ is: sql`pg_terminate_backend(${id}, 5000)` }).from(sql`(values (1)) as one`);
    await tx.select().from(practices);
  });
  expect(await cut.catch(isDatabaseBusy)).toBe(true);
  expect(await transact(selectProcess)).toHaveLength(1);
});

it('does not pass for committed when the failure of a statement was ignored', async () => {
  const before = await (await reader()).select({ name: practices.name }).from(practices);
  const ignoring = transact(async (tx) => {
    await tx.update(practices).set({ name: 'Another' });
    await tx
      .select({ no: sql`no_such_column` })
      .from(practices)
      .catch(() => {});
    return 'done';
  });
  await expect(ignoring).rejects.toThrow('rolled back');
  expect(await (await reader()).select({ name: practices.name }).from(practices)).toEqual(before);
});
