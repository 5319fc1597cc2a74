import { afterAll, describe, expect, it } from 'vitest';
import { practices } from '@/db/schema';
import { DatabaseBusy, isDatabaseBusy } from './database-busy';
import { connectDatabase } from './database-client';

describe('a database that is busy', () => {
  it('is recognised by name, from whichever bundle, and inside an error of drizzle', () => {
    const elsewhere = Object.assign(new Error('held'), { name: 'DatabaseBusy' });
    for (const error of [new DatabaseBusy('held'), elsewhere, new Error('Failed query', { cause: elsewhere })])
      expect(isDatabaseBusy(error)).toBe(true);
    for (const error of [new Error('held'), 'DatabaseBusy', undefined, new Error('x', { cause: 'DatabaseBusy' })])
      expect(isDatabaseBusy(error)).toBe(false);
  });
});

describe('a PostgreSQL that is not there', () => {
  const away = connectDatabase('postgres://nobody@127.0.0.1:9/nowhere');
  afterAll(async () => (await away).close());

  it('is busy for reads and for writes', async () => {
    const { reader, transact } = await away;
    const read = async () => reader.select({ id: practices.id }).from(practices);
    const failures = await Promise.all([read(), transact((tx) => tx.select().from(practices))].map(caught));
    expect(failures.map(isDatabaseBusy)).toEqual([true, true]);
  });
});

async function caught(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => 'nothing',
    (error: unknown) => error,
  );
}
