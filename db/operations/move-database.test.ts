import { getTableName } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { seedDemo } from '@/db/demo/seed-demo';
import { services } from '@/db/schema';
import { deleteAllRows } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { checksumTables, exportAllRows, importAllRows, listTablesParentsFirst } from './move-database';

const now = Date.UTC(2026, 10, 23, 9);
const { connection, write } = setUpTestDatabase({ now });

async function takenCells(): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportAllRows(connection().reader)) lines.push(line);
  return lines;
}
async function* input(lines: string[]) {
  yield* lines;
}

describe('moving a practice to another database', () => {
  it('writes tables after those that they refer to', () => {
    const names = listTablesParentsFirst().map(getTableName);
    expect(names.indexOf('clients')).toBeLessThan(names.indexOf('series'));
    expect(names.indexOf('series')).toBeLessThan(names.indexOf('appointments'));
    expect(new Set(names).size).toBe(names.length);
  });

  it('keeps every row and the same checksums', async () => {
    await write(deleteAllRows);
    await seedDemo(now);
    const before = await checksumTables(connection().reader);
    const lines = await takenCells();
    await write(deleteAllRows);
    expect(await importAllRows(connection(), input(lines))).toEqual({ ok: true, sums: before });
    expect(before.find(({ table }) => table === 'appointments')!.rows).toBeGreaterThan(50);
    expect(await takenCells()).toEqual(lines);
  });

  it('is refused when the target database holds any row', async () => {
    const lines = await takenCells();
    expect(await importAllRows(connection(), input(lines))).toEqual({
      ok: false,
      reason: 'not_empty',
      table: 'practices',
    });
  });

  it('writes nothing when a row was changed or lost on the way', async () => {
    const lines = await takenCells();
    await write(deleteAllRows);
    const changed = lines.map((line) => line.replace('Long, slow strokes', 'Long, fast strokes'));
    expect(await importAllRows(connection(), input(changed))).toEqual({
      ok: false,
      reason: 'differs',
      table: 'services',
    });
    await expect(importAllRows(connection(), input(lines.slice(0, -1)))).rejects.toThrow('was not read to its end');
    expect(await connection().reader.select().from(services)).toEqual([]);
  });
});
