import { eq, inArray, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { services } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { reader, transact } from './database-client';
import { createPlaceholders, preparedQuery } from './prepared-queries';

setUpTestDatabase({ now: NOW });

describe('a prepared query', () => {
  const selectName = preparedQuery((on) =>
    on
      .select({ name: services.name })
      .from(services)
      .where(eq(services.id, sql.placeholder('id'))),
  );
  const selectSummary = preparedQuery((on) =>
    on
      .select({ summary: services.summary })
      .from(services)
      .where(eq(services.id, sql.placeholder('id'))),
  );
  const selectSome = preparedQuery((on, column: 'id' | 'name', count: number) =>
    on
      .select({ found: services[column] })
      .from(services)
      .where(inArray(services.id, createPlaceholders(count)))
      .orderBy(services.id),
  );

  it('is not confused with another, inside a transaction too', async () => {
    for (const times of [1, 2]) {
      const db = await reader();
      expect([times, Object.keys((await selectName(db, { id: 'swedish' }))[0]!)]).toEqual([times, ['name']]);
      expect(Object.keys((await selectSummary(db, { id: 'swedish' }))[0]!)).toEqual(['summary']);
      expect(await transact((tx) => selectName(tx, { id: 'sports' }))).toEqual([{ name: 'Sports' }]);
    }
  });

  it('is built once for each of its shapes', async () => {
    let built = 0;
    const counted = preparedQuery((on, count: number) => {
      built += 1;
      return on
        .select({ id: services.id })
        .from(services)
        .where(inArray(services.id, createPlaceholders(count)))
        .orderBy(services.id);
    });
    const db = await reader();
    expect(await counted(db, ['swedish'], 1)).toEqual([{ id: 'swedish' }]);
    expect(await counted(db, ['sports', 'swedish'], 2)).toEqual([{ id: 'sports' }, { id: 'swedish' }]);
    expect(await counted(db, ['sports'], 1)).toEqual([{ id: 'sports' }]);
    expect(built).toBe(2);
  });

  it('is built once for all transactions on a connection', async () => {
    let built = 0;
    const counted = preparedQuery((on) => {
      built += 1;
      return on.select({ id: services.id }).from(services).where(eq(services.id, 'swedish'));
    });
    for (let k = 0; k < 5; k++) expect(await transact((tx) => counted(tx))).toEqual([{ id: 'swedish' }]);
    expect(built).toBe(1);
  });

  it('may differ in more than a number', async () => {
    const db = await reader();
    expect(await selectSome(db, ['sports'], 'id', 1)).toEqual([{ found: 'sports' }]);
    expect(await selectSome(db, ['sports'], 'name', 1)).toEqual([{ found: 'Sports' }]);
  });
});
