import { and, between, eq, inArray, like, lte, max, min, ne, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { placeholders, runPrepared } from '@/db/connection/prepared-queries';
import { type ClaimKind, calendarImports, claims } from '@/db/schema';
import { CELL_MS } from '@/scheduling/resources';
import { noteFreed } from './freed-times';

export const therapistResource = (id: string) => `therapist:${id}`;
export const roomResource = (id: string) => `room:${id}`;

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

/** What of an appointment says which time it takes. */
export interface Claimable {
  id: string;
  therapistId: string;
  roomId: string;
  paddedStartAt: number;
  paddedEndAt: number;
}

/** What an appointment takes: its padded time, of its therapist and of its room. */
export function claimsOf(row: Claimable): ClaimRequest[] {
  const common = { ownerUid: row.id, kind: 'appointment' as const, start: row.paddedStartAt, end: row.paddedEndAt };
  return [
    { ...common, resourceId: therapistResource(row.therapistId) },
    { ...common, resourceId: roomResource(row.roomId) },
  ];
}

/** The cells an interval touches: from `first` to `last`, both included. */
export function cellsOf({ start, end }: { start: number; end: number }): { first: number; last: number } {
  return { first: Math.floor(start / CELL_MS), last: Math.ceil(end / CELL_MS) - 1 };
}

// A year of leave is 105,000 cells: as many statements as are needed, none of them long.
const REQUESTS_A_STATEMENT = 100;

/** Claims every cell. Returns the cells that others hold: if there are any, the caller must undo the transaction. */
export async function claim(tx: Db, requests: ClaimRequest[], now: number): Promise<TakenCell[]> {
  const wanted = requests
    .filter(({ start, end }) => start < end)
    .map((request) => ({ ...request, ...cellsOf(request) }));
  if (wanted.length === 0) return [];
  // All that have expired, and not those in the way alone: the index of holds finds them at once, or that there are none.
  const forget = (on: Db) => on.delete(claims).where(lte(claims.expiresAt, sql.placeholder('now')));
  await runPrepared(tx, 'forget expired holds', forget, { now });
  // Everybody takes cells in one order, so that two who want the same ones wait for each other and never in a ring.
  wanted.sort((a, b) => compare(a.resourceId, b.resourceId) || a.first - b.first);
  const taken: TakenCell[] = [];
  for (let at = 0; at < wanted.length; at += REQUESTS_A_STATEMENT) {
    const batch = wanted.slice(at, at + REQUESTS_A_STATEMENT);
    const cells = batch.reduce((sum, { first, last }) => sum + last - first + 1, 0);
    if ((await insertCells(tx, batch)) < cells) taken.push(...(await listConflicts(tx, batch)));
  }
  return taken;
}

type CellRange = ClaimRequest & { first: number; last: number };

// Four values a range, and the database generates the cells: inserting one row per cell costs more in SQL text than in
// storage. Only the number of rows is returned, since returning each costs as much again as storing it.
async function insertCells(tx: Db, batch: CellRange[]): Promise<number> {
  const result = await runPrepared(
    tx,
    `claim ${batch.length}`,
    (on) => {
      const param = placeholders();
      const stretches = batch.map(
        () =>
          sql`(${param()}, cast(${param()} as integer), cast(${param()} as integer), ${param()}, ${param()}, cast(${param()} as bigint))`,
      );
      return on
        .insert(claims)
        .select(
          sql`with recursive wanted(resource_id, cell, last_cell, owner_uid, kind, expires_at) as (
            values ${sql.join(stretches, sql`, `)}
            union all
            select resource_id, cell + 1, last_cell, owner_uid, kind, expires_at from wanted where cell < last_cell
          )
          select resource_id, cell, owner_uid, kind, expires_at from wanted where true order by resource_id, cell`,
        )
        .onConflictDoNothing();
    },
    batch.flatMap(({ resourceId, first, last, ownerUid, kind, expiresAt }) => {
      return [resourceId, first, last, ownerUid, kind, expiresAt ?? null];
    }),
  );
  const { changes, rowCount } = result as { changes?: number; rowCount?: number }; // as SQLite and PostgreSQL say it
  return (changes ?? rowCount)!;
}

/**
 * The cells that could not be claimed. Read from the claims we did get, because only those cannot change: on PostgreSQL
 * the other owner may have released theirs by now, which makes the cells free but not ours.
 */
async function listConflicts(tx: Db, batch: CellRange[]): Promise<TakenCell[]> {
  const owners = [...new Set(batch.map(({ ownerUid }) => ownerUid))];
  const got = await tx.select().from(claims).where(inArray(claims.ownerUid, owners));
  const keyOf = (entry: Pick<ClaimRequest, 'resourceId' | 'ownerUid' | 'kind'>, cell: number) =>
    `${entry.resourceId} ${cell} ${entry.ownerUid} ${entry.kind}`;
  const ours = new Set(got.map((entry) => keyOf(entry, entry.cell)));
  const all = batch.flatMap((range) =>
    Array.from({ length: range.last - range.first + 1 }, (_, k) => ({ ...range, cell: range.first + k })),
  );
  const missed = all.filter((entry) => !ours.has(keyOf(entry, entry.cell)));
  // One cell that is asked for twice is not got twice.
  return (missed.length > 0 ? missed : all).map(({ resourceId, cell }) => ({ resourceId, cell }));
}

/** Deletes every claim of these owners, and notes what is free by that: somebody may be waiting for it. */
export async function release(tx: Db, ownerUids: string | string[], now: number): Promise<void> {
  const owners = [ownerUids].flat();
  await noteReleased(tx, owners, now);
  await tx.delete(claims).where(inArray(claims.ownerUid, owners));
}

/** What these owners are about to give back. A hold never had its time. */
async function noteReleased(tx: Db, ownerUids: string[], now: number): Promise<void> {
  if (ownerUids.length === 0) return;
  const held = await tx
    .select({ resourceId: claims.resourceId, kind: claims.kind, first: min(claims.cell), last: max(claims.cell) })
    .from(claims)
    .where(
      and(
        inArray(claims.ownerUid, ownerUids),
        ne(claims.kind, 'hold'),
        like(claims.resourceId, therapistResource('%')),
      ),
    )
    .groupBy(claims.ownerUid, claims.resourceId, claims.kind);
  const freed = held.map(({ resourceId, kind, first, last }) => ({
    kind,
    therapistId: resourceId.slice(therapistResource('').length),
    start: Number(first) * CELL_MS,
    end: (Number(last) + 1) * CELL_MS,
  }));
  await noteFreed(tx, freed, now);
  // Where their own calendar is busy at that time, it is claimed for it before anybody is offered it.
  const booked = freed.filter(({ kind }) => kind !== 'external').map(({ therapistId }) => therapistId);
  if (booked.length > 0)
    await tx.update(calendarImports).set({ nextAt: now }).where(inArray(calendarImports.therapistId, booked));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Who holds any of these cells, of the owners that are named so: a LIKE pattern such as `offerHold('%')`. In order. */
export async function listOwnersIn(
  tx: Db,
  wanted: Pick<ClaimRequest, 'resourceId' | 'start' | 'end'>[],
  named: string,
): Promise<string[]> {
  const owners = new Set<string>();
  for (const { resourceId, ...span } of wanted) {
    const { first, last } = cellsOf(span);
    const isWanted = and(eq(claims.resourceId, resourceId), between(claims.cell, first, last));
    const found = await tx
      .selectDistinct({ ownerUid: claims.ownerUid })
      .from(claims)
      .where(and(isWanted, like(claims.ownerUid, named)));
    for (const { ownerUid } of found) owners.add(ownerUid);
  }
  return [...owners].sort();
}
