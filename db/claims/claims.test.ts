import { eq } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { CLAIM_KINDS, claims, holds, resources } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW } from '@/db/testing/test-requests';
import { CLAIM_GRAIN_MS } from '@/scheduling/choose-resources';
import { type ClaimRequest, claimCells, releaseCells, releaseHolds } from './claims';
import { computeOwnerNumber } from './resource-and-owner-numbers';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TEN = Math.ceil(NOW / HOUR) * HOUR;

// Removes claims that have no row in another table, before the audit that follows each test.
afterEach(() =>
  db.write(async (tx) => {
    await tx.delete(claims);
    await tx.delete(holds);
  }),
);
function outside(ownerUid: string, fromMinutes: number, untilMinutes: number, other: Partial<ClaimRequest> = {}) {
  const start = TEN + fromMinutes * MINUTE;
  const end = TEN + untilMinutes * MINUTE;
  return { ownerUid, kind: 'external' as const, resourceId: 'therapist:mira', start, end, ...other };
}
// A complete hold has a therapist and a room.
const hold = (ownerUid: string, expiresAt: number) =>
  ['therapist:mira', 'room:garden'].map((resourceId) => ({
    ...outside(ownerUid, 0, 60, { resourceId }),
    kind: 'hold' as const,
    expiresAt,
  }));
const take = (requests: ClaimRequest[], now = NOW) => db.write((tx) => claimCells(tx, requests, now));
const cellsOf = (name: string) =>
  db
    .connection()
    .reader.select({ cell: claims.cell, owner: claims.owner })
    .from(claims)
    .innerJoin(resources, eq(resources.number, claims.resource))
    .where(eq(resources.name, name));
const cellsOfMira = () => cellsOf('therapist:mira');

describe('claiming time', () => {
  it('claims every five-minute cell of the interval', async () => {
    expect(await take([outside('a', 0, 60)])).toEqual([]);
    expect((await cellsOfMira()).map(({ cell }) => cell).sort()).toEqual(
      Array.from({ length: 12 }, (_, k) => TEN / CLAIM_GRAIN_MS + k),
    );
  });

  it('aligns both ends outward to whole cells', async () => {
    await take([outside('a', 1, 61)]);
    expect(await cellsOfMira()).toHaveLength(13);
  });

  it('allows two intervals that only touch', async () => {
    await take([outside('a', 0, 60)]);
    expect(await take([outside('b', 60, 120)])).toEqual([]);
  });

  it('names the cells that somebody else has claimed', async () => {
    await take([outside('a', 0, 60)]);
    expect(await take([outside('b', 55, 70)])).toEqual([
      { resourceId: 'therapist:mira', cell: TEN / CLAIM_GRAIN_MS + 11 },
    ]);
  });

  it('does not count a cell as its own if it was released between the insert and the check', async () => {
    await db.write((tx) => claimCells(tx, [outside('first', 0, 60)], NOW));
    const conflicts = await db.write((tx) => {
      // The other owner has gone by the time anybody looks.
      const select = (fields?: Record<string, never>) => {
        if (fields === undefined) return tx.select();
        if (!('owner' in fields)) return tx.select(fields);
        const where = async (condition: never) => {
          await releaseCells(tx, [outside('first', 0, 60)], NOW);
          return tx.select(fields).from(claims).where(condition);
        };
        return { from: () => ({ where }) };
      };
      const meddled = new Proxy(tx, { get: (db, key) => (key === 'select' ? select : Reflect.get(db, key)) });
      return claimCells(meddled, [outside('second', 0, 60)], NOW);
    });
    expect(conflicts).not.toEqual([]);
  });

  it('refuses two requests in one call for the same cell', async () => {
    expect(await take([outside('a', 0, 10), outside('b', 5, 15)])).toHaveLength(1);
  });

  it('claims each resource separately', async () => {
    await take([outside('a', 0, 60)]);
    expect(await take([outside('b', 0, 60, { resourceId: 'room:garden' })])).toEqual([]);
  });

  it('keeps the new expiry when the same hold is claimed again', async () => {
    await take(hold('a', NOW + HOUR));
    await db.write((tx) => tx.delete(claims));
    await take(hold('a', NOW + 2 * HOUR));
    expect(await db.connection().reader.select({ expiresAt: holds.expiresAt }).from(holds)).toEqual([
      { expiresAt: NOW + 2 * HOUR },
    ]);
  });

  it('takes over an expired hold, but not a current one', async () => {
    const end = NOW + 10 * MINUTE;
    await take(hold('a', end));
    expect(await take([outside('b', 0, 60)], end - 1)).toHaveLength(12);
    expect(await take(hold('c', NOW + HOUR), end)).toEqual([]);
    const owner = computeOwnerNumber({ kind: 'hold', ownerUid: 'c' });
    expect(new Set((await cellsOfMira()).map((row) => row.owner))).toEqual(new Set([owner]));
    expect(await db.connection().reader.select({ name: holds.name }).from(holds)).toEqual([{ name: 'c' }]);
  });

  it('claims a year of time off', async () => {
    expect(await take([outside('a', 0, 365 * 24 * 60)])).toEqual([]);
    expect(await cellsOfMira()).toHaveLength(365 * 288);
  });

  it('claims nothing for an empty list', async () => {
    expect(await take([])).toEqual([]);
    expect(await take([outside('a', 0, 0)])).toEqual([]);
  });
});

describe('releasing time', () => {
  it('keeps the claims of others', async () => {
    await take([outside('a', 0, 60), outside('b', 60, 70)]);
    await db.write((tx) => releaseCells(tx, [outside('a', 0, 60)], NOW));
    expect(await cellsOfMira()).toHaveLength(2);
    await db.write((tx) => releaseCells(tx, [outside('b', 60, 70), outside('nobody', 0, 60)], NOW));
    expect(await cellsOfMira()).toEqual([]);
  });

  it('keeps the owner’s other claims, and another owner’s claims of that time', async () => {
    await take([outside('a', 0, 60), outside('a', 0, 60, { resourceId: 'room:garden' })]);
    await db.write((tx) => releaseCells(tx, [outside('b', 0, 60)], NOW));
    await db.write((tx) => releaseCells(tx, [outside('a', 0, 60, { kind: 'time_off' })], NOW));
    expect(await cellsOfMira()).toHaveLength(12);
    await db.write((tx) => releaseCells(tx, [outside('a', 0, 60)], NOW));
    expect([await cellsOfMira(), await cellsOf('room:garden')]).toEqual([[], expect.objectContaining({ length: 12 })]);
  });

  it('never confuses two owners with the same number', async () => {
    expect(computeOwnerNumber({ kind: 'external', ownerUid: 'Aa' })).toBe(
      computeOwnerNumber({ kind: 'external', ownerUid: 'BB' }),
    );
    await take([outside('Aa', 0, 60), outside('BB', 60, 120)]);
    expect(await take([outside('BB', 30, 60)])).not.toEqual([]);
    await db.write((tx) => releaseCells(tx, [outside('Aa', 0, 60)], NOW));
    expect(await cellsOfMira()).toHaveLength(12);
  });

  it('releases a hold with its name, and keeps the holds of others', async () => {
    await take(hold('a', NOW + HOUR));
    await take(
      hold('b', NOW + HOUR).map((request) => ({
        ...request,
        ...outside('b', 60, 120),
        kind: 'hold' as const,
        resourceId: request.resourceId,
      })),
    );
    await db.write((tx) => releaseHolds(tx, ['a', 'nobody']));
    expect(await cellsOfMira()).toHaveLength(12);
    expect(await db.connection().reader.select({ name: holds.name }).from(holds)).toEqual([{ name: 'b' }]);
  });
});

describe('the database refuses', () => {
  const row = { resource: 1, cell: 1, owner: 7, kind: CLAIM_KINDS.appointment as number };

  it('a second owner of one cell', async () => {
    const external = { ...row, kind: CLAIM_KINDS.external };
    await db.write((tx) => tx.insert(claims).values(external));
    await expect(db.write((tx) => tx.insert(claims).values({ ...external, owner: 8 }))).rejects.toThrow();
  });

  it('a hold that never expires, and anything else that does', async () => {
    await expect(db.write((tx) => tx.insert(claims).values({ ...row, kind: CLAIM_KINDS.hold }))).rejects.toThrow();
    await expect(db.write((tx) => tx.insert(claims).values({ ...row, expiresAt: 1 }))).rejects.toThrow();
  });

  it('an unknown kind', async () => {
    await expect(db.write((tx) => tx.insert(claims).values({ ...row, kind: 5 }))).rejects.toThrow();
  });
});
