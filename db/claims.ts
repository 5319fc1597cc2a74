import { and, between, inArray, lte, sql } from 'drizzle-orm';
import { CELL_MS } from '@/scheduling/booking';
import type { Db } from './client';
import { type ClaimKind, claims } from './schema';

export interface ClaimRequest {
  ownerUid: string;
  kind: ClaimKind;
  /** `therapist:mira` or `room:garden`. */
  resourceId: string;
  /** Half-open; both ends align outward to whole cells. */
  start: number;
  end: number;
  /** Holds only. */
  expiresAt?: number;
}

export interface TakenCell {
  resourceId: string;
  cell: number;
}

/** The cells an interval touches: from `first` to `last`, both included. */
export function cellsOf({ start, end }: { start: number; end: number }): { first: number; last: number } {
  return { first: Math.floor(start / CELL_MS), last: Math.ceil(end / CELL_MS) - 1 };
}

// A year of leave is 105,000 cells: as many statements as are needed, none of them long.
const REQUESTS_A_STATEMENT = 100;

/** Takes every cell, and answers with those somebody else has; then the caller must undo. */
export async function claim(tx: Db, requests: ClaimRequest[], now: number): Promise<TakenCell[]> {
  const wanted = requests
    .filter(({ start, end }) => start < end)
    .map((request) => ({ ...request, ...cellsOf(request) }));
  if (wanted.length === 0) return [];
  await tx.delete(claims).where(
    and(
      lte(claims.expiresAt, now),
      inArray(claims.resourceId, [...new Set(wanted.map(({ resourceId }) => resourceId))]),
      between(
        claims.cell,
        wanted.reduce((least, { first }) => Math.min(least, first), Number.POSITIVE_INFINITY),
        wanted.reduce((most, { last }) => Math.max(most, last), 0),
      ),
    ),
  );
  // Everybody takes cells in one order, so that two who want the same ones wait for each other and never in a ring.
  wanted.sort((a, b) => compare(a.resourceId, b.resourceId) || a.first - b.first);
  const taken: TakenCell[] = [];
  for (let at = 0; at < wanted.length; at += REQUESTS_A_STATEMENT) {
    const batch = wanted.slice(at, at + REQUESTS_A_STATEMENT);
    const got = new Set((await insertCells(tx, batch)).map(keyOf));
    for (const { resourceId, first, last } of batch) {
      for (let cell = first; cell <= last; cell++) {
        if (!got.delete(keyOf({ resourceId, cell }))) taken.push({ resourceId, cell });
      }
    }
  }
  return taken;
}

type Wanted = ClaimRequest & { first: number; last: number };

// Four values a stretch and the cells counted by the database: a row of values for each of 360 cells costs more to
// say than to store.
async function insertCells(tx: Db, batch: Wanted[]): Promise<TakenCell[]> {
  const stretches = batch.map(
    ({ resourceId, first, last, ownerUid, kind, expiresAt }) =>
      sql`(${resourceId}, cast(${first} as integer), cast(${last} as integer), ${ownerUid}, ${kind}, cast(${expiresAt ?? null} as bigint))`,
  );
  return tx
    .insert(claims)
    .select(
      sql`with recursive wanted(resource_id, cell, last_cell, owner_uid, kind, expires_at) as (
        values ${sql.join(stretches, sql`, `)}
        union all
        select resource_id, cell + 1, last_cell, owner_uid, kind, expires_at from wanted where cell < last_cell
      )
      select resource_id, cell, owner_uid, kind, expires_at from wanted where true order by resource_id, cell`,
    )
    .onConflictDoNothing()
    .returning({ resourceId: claims.resourceId, cell: claims.cell });
}

/** Gives back everything these owners had. */
export async function release(tx: Db, ownerUids: string | string[]): Promise<void> {
  await tx.delete(claims).where(inArray(claims.ownerUid, [ownerUids].flat()));
}

function keyOf({ resourceId, cell }: TakenCell): string {
  return `${resourceId} ${cell}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
