import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { claims } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { CELL_MS } from '@/scheduling/resources';
import { type ClaimRequest, claim, release } from './claims';

const db = testDatabase({ now: NOW });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TEN = Math.ceil(NOW / HOUR) * HOUR;

// Taken for nothing that is in another table, and gone before the audit after each test.
afterEach(() => db.write((tx) => tx.delete(claims)));
function outside(ownerUid: string, fromMinutes: number, untilMinutes: number, other: Partial<ClaimRequest> = {}) {
  const start = TEN + fromMinutes * MINUTE;
  const end = TEN + untilMinutes * MINUTE;
  return { ownerUid, kind: 'external' as const, resourceId: 'therapist:mira', start, end, ...other };
}
// A whole hold has a therapist and a room.
const hold = (ownerUid: string, expiresAt: number) =>
  ['therapist:mira', 'room:garden'].map((resourceId) => ({
    ...outside(ownerUid, 0, 60, { resourceId }),
    kind: 'hold' as const,
    expiresAt,
  }));
const take = (requests: ClaimRequest[], now = NOW) => db.write((tx) => claim(tx, requests, now));
const cellsOfMira = () => db.connection().reader.select().from(claims).where(eq(claims.resourceId, 'therapist:mira'));

describe('claiming time', () => {
  it('takes every five minutes of it', async () => {
    expect(await take([outside('a', 0, 60)])).toEqual([]);
    expect((await cellsOfMira()).map(({ cell }) => cell).sort()).toEqual(
      Array.from({ length: 12 }, (_, k) => TEN / CELL_MS + k),
    );
  });

  it('aligns both ends outward to whole cells', async () => {
    await take([outside('a', 1, 61)]);
    expect(await cellsOfMira()).toHaveLength(13);
  });

  it('lets touching times stand side by side', async () => {
    await take([outside('a', 0, 60)]);
    expect(await take([outside('b', 60, 120)])).toEqual([]);
  });

  it('names the cells that somebody else has', async () => {
    await take([outside('a', 0, 60)]);
    expect(await take([outside('b', 55, 70)])).toEqual([{ resourceId: 'therapist:mira', cell: TEN / CELL_MS + 11 }]);
  });

  it('does not take for its own what was given back between the asking and the looking', async () => {
    await db.write((tx) => claim(tx, [outside('first', 0, 60)], NOW));
    const taken = await db.write((tx) => {
      // Whoever was in the way is gone by the time anybody looks who it was.
      const select = (fields: never) => ({
        from: (table: never) => ({
          where: async (condition: never) => {
            await release(tx, 'first', NOW);
            return tx.select(fields).from(table).where(condition);
          },
        }),
      });
      const meddled = new Proxy(tx, { get: (db, key) => (key === 'select' ? select : Reflect.get(db, key)) });
      return claim(meddled, [outside('second', 0, 60)], NOW);
    });
    expect(taken).not.toEqual([]);
  });

  it('refuses two requests of one caller for the same cell', async () => {
    expect(await take([outside('a', 0, 10), outside('b', 5, 15)])).toHaveLength(1);
  });

  it('keeps the resources apart', async () => {
    await take([outside('a', 0, 60)]);
    expect(await take([outside('b', 0, 60, { resourceId: 'room:garden' })])).toEqual([]);
  });

  it('takes over an expired hold, and leaves a living one', async () => {
    const end = NOW + 10 * MINUTE;
    await take(hold('a', end));
    expect(await take([outside('b', 0, 60)], end - 1)).toHaveLength(12);
    expect(await take(hold('c', NOW + HOUR), end)).toEqual([]);
    expect(new Set((await cellsOfMira()).map(({ ownerUid }) => ownerUid))).toEqual(new Set(['c']));
  });

  it('takes a year of leave', async () => {
    expect(await take([outside('a', 0, 365 * 24 * 60)])).toEqual([]);
    expect(await cellsOfMira()).toHaveLength(365 * 288);
  });

  it('takes nothing for nothing', async () => {
    expect(await take([])).toEqual([]);
    expect(await take([outside('a', 0, 0)])).toEqual([]);
  });
});

describe('giving time back', () => {
  it('leaves what others have', async () => {
    await take([outside('a', 0, 60), outside('b', 60, 70)]);
    await db.write((tx) => release(tx, 'a', NOW));
    expect(await cellsOfMira()).toHaveLength(2);
    await db.write((tx) => release(tx, ['b', 'nobody'], NOW));
    expect(await cellsOfMira()).toEqual([]);
  });
});

describe('what the database itself refuses', () => {
  const row = { resourceId: 'room:loft', cell: 1, ownerUid: 'x', kind: 'appointment' as const };

  it('a second owner of one cell', async () => {
    const external = { ...row, kind: 'external' as const };
    await db.write((tx) => tx.insert(claims).values(external));
    await expect(db.write((tx) => tx.insert(claims).values({ ...external, ownerUid: 'y' }))).rejects.toThrow();
  });

  it('a hold that never expires, and anything else that does', async () => {
    await expect(db.write((tx) => tx.insert(claims).values({ ...row, kind: 'hold' }))).rejects.toThrow();
    await expect(db.write((tx) => tx.insert(claims).values({ ...row, expiresAt: 1 }))).rejects.toThrow();
  });

  it('a kind it does not know', async () => {
    await expect(
      db.write((tx) => tx.insert(claims).values({ ...row, kind: 'lock' as 'appointment' })),
    ).rejects.toThrow();
  });
});
