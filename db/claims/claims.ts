import { and, between, eq, inArray, isNotNull, like, lte, max, min, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { createPlaceholderCounter, preparedQuery } from '@/db/connection/prepared-queries';
import { sendTogether } from '@/db/connection/send-together';
import { CLAIM_KINDS, type ClaimKind, calendarImports, claims, holds, resources } from '@/db/schema';
import { CLAIM_GRAIN_MS } from '@/scheduling/choose-resources';
import { recordFreedTimes } from './freed-times';
import {
  computeHoldOwnerNumber,
  computeOwnerNumber,
  getOrCreateResourceNumbers,
  listResourceNumbers,
  roomResourceName,
  therapistResourceName,
} from './resource-and-owner-numbers';

export { roomResourceName, therapistResourceName };

export interface ClaimRequest {
  ownerUid: string;
  kind: ClaimKind;
  /** `therapist:mira` or `room:garden`. */
  resourceId: string;
  /** Half-open; both ends align outward to whole cells. */
  start: number;
  end: number;
  /** For holds only. */
  expiresAt?: number;
}

export interface TakenCell {
  resourceId: string;
  cell: number;
}

/** The parts of an appointment that decide which time it claims. */
export interface ClaimableAppointment {
  id: string;
  therapistId: string;
  roomId: string;
  paddedStartAt: number;
  paddedEndAt: number;
}

/** The claim on a therapist's time by time off, or by a busy time from an external calendar. */
export function toAbsenceClaim(
  kind: 'time_off' | 'external',
  row: { id: string; therapistId: string; startAt: number; endAt: number },
): ClaimRequest {
  const { id: ownerUid, therapistId, startAt: start, endAt: end } = row;
  return { ownerUid, kind, resourceId: therapistResourceName(therapistId), start, end };
}

/** The claims of an appointment: its padded time, for its therapist and for its room. */
export function toAppointmentClaims(row: ClaimableAppointment): ClaimRequest[] {
  const common = { ownerUid: row.id, kind: 'appointment' as const, start: row.paddedStartAt, end: row.paddedEndAt };
  return [
    { ...common, resourceId: therapistResourceName(row.therapistId) },
    { ...common, resourceId: roomResourceName(row.roomId) },
  ];
}

/** The cells an interval touches: from `first` to `last`, both included. */
export function getCellRange({ start, end }: { start: number; end: number }): { first: number; last: number } {
  return { first: Math.floor(start / CLAIM_GRAIN_MS), last: Math.ceil(end / CLAIM_GRAIN_MS) - 1 };
}

// A year of time off is 105,000 cells: it is split over as many statements as needed, none of them long.
const REQUESTS_A_STATEMENT = 100;

/**
 * Claims every cell. Returns the cells that others hold; if there are any, the caller must roll back the transaction.
 */
export async function claimCells(tx: Db, requests: ClaimRequest[], now: number): Promise<TakenCell[]> {
  const nonEmpty = requests.filter(({ start, end }) => start < end);
  if (nonEmpty.length === 0) return [];
  const [, numbers] = await sendTogether([
    forgetExpired(tx, now),
    getOrCreateResourceNumbers(tx, resourcesOf(nonEmpty)),
  ]);
  const requested = inNumbers(nonEmpty, numbers);
  await nameHolds(tx, nonEmpty);
  // Every transaction claims cells in the same order, so that two which want the same cells wait for each other and
  // cannot deadlock.
  requested.sort((a, b) => a.resource - b.resource || a.first - b.first);
  const conflicts: TakenCell[] = [];
  for (const batch of batchesOf(requested)) {
    const cells = batch.reduce((sum, { first, last }) => sum + last - first + 1, 0);
    if ((await insertCells(tx, batch)) < cells) conflicts.push(...(await listConflicts(tx, batch)));
  }
  return conflicts;
}

type CellRange = ClaimRequest & { resource: number; owner: number; first: number; last: number };

function inNumbers(requests: ClaimRequest[], numbers: Map<string, number>): CellRange[] {
  return requests.flatMap((request) => {
    const resource = numbers.get(request.resourceId);
    return resource === undefined
      ? []
      : [{ ...request, ...getCellRange(request), resource, owner: computeOwnerNumber(request) }];
  });
}

function resourcesOf(requests: ClaimRequest[]): string[] {
  return [...new Set(requests.map(({ resourceId }) => resourceId))].sort();
}

function batchesOf<T>(all: T[]): T[][] {
  return Array.from({ length: Math.ceil(all.length / REQUESTS_A_STATEMENT) }, (_, at) =>
    all.slice(at * REQUESTS_A_STATEMENT, (at + 1) * REQUESTS_A_STATEMENT),
  );
}

const deleteExpiredHolds = preparedQuery((on) =>
  on.delete(claims).where(lte(claims.expiresAt, sql.placeholder('now'))),
);

/**
 * Deletes all expired holds, not only those in the way: the index of holds finds them at once, or that there are none.
 */
async function forgetExpired(tx: Db, now: number): Promise<void> {
  const released = rowsOf(await deleteExpiredHolds(tx, { now }));
  if (released > 0) await tx.delete(holds).where(lte(holds.expiresAt, now));
}

/** Stores the name of each hold, so that it can be found by name; a name that exists gets the new expiry. */
async function nameHolds(tx: Db, requests: ClaimRequest[]): Promise<void> {
  const held = requests.filter(({ kind }) => kind === 'hold');
  const rows = new Map(
    held.map(({ ownerUid: name, expiresAt }) => [
      name,
      { owner: computeHoldOwnerNumber(name), name, expiresAt: expiresAt! },
    ]),
  );
  if (rows.size === 0) return;
  await tx
    .insert(holds)
    .values([...rows.values()])
    .onConflictDoUpdate({ target: holds.owner, set: { expiresAt: sql`excluded.expires_at` } });
}

// Sends six numbers per range, and the database generates the cells: inserting one row per cell costs more in SQL text
// than in storage. Returns only the number of rows, because returning each row costs as much again as storing it.
const insertRanges = preparedQuery((on, count: number) => {
  const param = createPlaceholderCounter();
  const number = () => sql`cast(${param()} as integer)`;
  const long = () => sql`cast(${param()} as bigint)`;
  const stretches = Array.from(
    { length: count },
    () => sql`(${number()}, ${number()}, ${number()}, ${long()}, ${number()}, ${long()})`,
  );
  return on
    .insert(claims)
    .select(
      sql`with recursive wanted(resource_id, cell, last_cell, owner, kind, expires_at) as (
            values ${sql.join(stretches, sql`, `)}
            union all
            select resource_id, cell + 1, last_cell, owner, kind, expires_at from wanted where cell < last_cell
          )
          select resource_id, cell, owner, kind, expires_at from wanted where true order by resource_id, cell`,
    )
    .onConflictDoNothing();
});

async function insertCells(tx: Db, batch: CellRange[]): Promise<number> {
  const result = await insertRanges(
    tx,
    batch.flatMap(({ resource, first, last, owner, kind, expiresAt }) => {
      return [resource, first, last, owner, CLAIM_KINDS[kind], expiresAt ?? null];
    }),
    batch.length,
  );
  return rowsOf(result);
}

/** The number of rows that a statement changed: SQLite and PostgreSQL report it differently. */
function rowsOf(result: unknown): number {
  const { changes, rowCount } = result as { changes?: number; rowCount?: number };
  return (changes ?? rowCount)!;
}

/**
 * The cells that could not be claimed. They are derived from the claims we did get, because only those cannot change:
 * on PostgreSQL the other owner may have released its cells by now, which makes them free but not ours.
 */
async function listConflicts(tx: Db, batch: CellRange[]): Promise<TakenCell[]> {
  const got = await tx
    .select({ resource: claims.resource, cell: claims.cell, owner: claims.owner })
    .from(claims)
    .where(or(...batch.map(isRange)));
  const keyOf = ({ resource, owner }: { resource: number; owner: number }, cell: number) =>
    `${resource} ${cell} ${owner}`;
  const ours = new Set(got.map((entry) => keyOf(entry, entry.cell)));
  const all = batch.flatMap((range) =>
    Array.from({ length: range.last - range.first + 1 }, (_, k) => ({ ...range, cell: range.first + k })),
  );
  const missed = all.filter((entry) => !ours.has(keyOf(entry, entry.cell)));
  // If one call requests a cell twice, it can get it only once.
  return (missed.length > 0 ? missed : all).map(({ resourceId, cell }) => ({ resourceId, cell }));
}

/** Matches the cells of a range that belong to its owner. The owner's number alone is not unique. */
function isRange({ resource, first, last, owner, kind }: CellRange): SQL {
  return and(
    eq(claims.resource, resource),
    between(claims.cell, first, last),
    eq(claims.owner, owner),
    eq(claims.kind, CLAIM_KINDS[kind]),
  )!;
}

/**
 * Releases the cells that these requests claimed, and records the freed time, because somebody may be waiting for it.
 * Cells that have another owner by now stay claimed. For holds use `releaseHolds`.
 */
export async function releaseCells(tx: Db, requests: ClaimRequest[], now: number): Promise<void> {
  const nonEmpty = requests.filter(({ start, end }) => start < end);
  if (nonEmpty.length === 0) return;
  const ranges = inNumbers(nonEmpty, await listResourceNumbers(tx, resourcesOf(nonEmpty)));
  for (const batch of batchesOf(ranges)) {
    await noteReleased(tx, batch, now);
    await tx.delete(claims).where(or(...batch.map(isRange)));
  }
}

/** Records the part of a therapist's time that these requests are about to release. */
async function noteReleased(tx: Db, batch: CellRange[], now: number): Promise<void> {
  const ofTherapists = batch.filter(({ resourceId }) => resourceId.startsWith(therapistResourceName('')));
  if (ofTherapists.length === 0) return;
  const held = await tx
    .select({ name: resources.name, kind: claims.kind, first: min(claims.cell), last: max(claims.cell) })
    .from(claims)
    .innerJoin(resources, eq(resources.number, claims.resource))
    .where(or(...ofTherapists.map(isRange)))
    .groupBy(claims.owner, resources.name, claims.kind);
  const freed = held.map(({ name, kind, first, last }) => ({
    kind,
    therapistId: name.slice(therapistResourceName('').length),
    start: Number(first) * CLAIM_GRAIN_MS,
    end: (Number(last) + 1) * CLAIM_GRAIN_MS,
  }));
  await recordFreedTimes(tx, freed, now);
  // If the therapist's own calendar is busy at that time, it claims the time before anybody is offered it.
  const booked = freed.filter(({ kind }) => kind !== CLAIM_KINDS.external).map(({ therapistId }) => therapistId);
  if (booked.length > 0)
    await tx.update(calendarImports).set({ nextAt: now }).where(inArray(calendarImports.therapistId, booked));
}

/** Releases the holds with these names. Nobody had booked their time, so it is not recorded as freed. */
export async function releaseHolds(tx: Db, names: string[]): Promise<void> {
  if (names.length === 0) return;
  const owners = names.map(computeHoldOwnerNumber);
  await tx.delete(claims).where(and(isNotNull(claims.expiresAt), inArray(claims.owner, owners)));
  await tx.delete(holds).where(inArray(holds.owner, owners));
}

/** Changes when a hold expires, to later or earlier. */
export async function setHoldExpiry(tx: Db, name: string, until: number): Promise<void> {
  const owner = computeHoldOwnerNumber(name);
  await tx.update(holds).set({ expiresAt: until }).where(eq(holds.owner, owner));
  await tx
    .update(claims)
    .set({ expiresAt: until })
    .where(and(isNotNull(claims.expiresAt), eq(claims.owner, owner)));
}

/** The names of the holds on any of these cells that match a LIKE pattern, such as `offerHoldName('%')`. In order. */
export async function listHoldNamesIn(
  tx: Db,
  requests: Pick<ClaimRequest, 'resourceId' | 'start' | 'end'>[],
  named: string,
): Promise<string[]> {
  const owners = new Set<string>();
  for (const { resourceId, ...span } of requests) {
    const { first, last } = getCellRange(span);
    const condition = and(eq(resources.name, resourceId), between(claims.cell, first, last));
    const found = await tx
      .selectDistinct({ name: holds.name })
      .from(resources)
      .innerJoin(claims, eq(claims.resource, resources.number))
      .innerJoin(holds, eq(holds.owner, claims.owner))
      .where(and(condition, like(holds.name, named)));
    for (const { name } of found) owners.add(name);
  }
  return [...owners].sort();
}
