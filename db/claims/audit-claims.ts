import { and, asc, count, eq, gt, isNull, like, max, min, ne, not, or, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import type { AuditFinding, Clock } from '@/db/results';
import {
  appointments,
  CLAIM_KINDS,
  claims,
  externalBusyTimes,
  followUps,
  holds,
  practices,
  resources,
  rooms,
  therapists,
  timeOff,
  waitlistOffers,
} from '@/db/schema';
import {
  type ClaimRequest,
  getCellRange,
  roomResourceName,
  therapistResourceName,
  toAbsenceClaim,
  toAppointmentClaims,
} from './claims';
import { offerHoldName, rebookingHoldName } from './hold-names';
import { computeOwnerNumber, therapistClaimCondition } from './resource-and-owner-numbers';

// Checks that claims match their owners.

export async function auditClaims(db: Db, clock: Clock | undefined): Promise<AuditFinding[]> {
  return [
    ...(await compareCells(db)),
    { finding: 'Cells are claimed of no therapist and no room there is', rows: await listCellsOfNothing(db) },
    { finding: 'A hold lasts longer than holds do here', rows: clock ? await listLongHolds(db, clock) : [] },
    {
      finding: 'A hold keeps a therapist without a room, or a room without a therapist',
      rows: await listHalfHolds(db),
    },
    await compareHolds(db, clock),
    await compareOffers(db, clock),
    await compareAgainHolds(db),
  ];
}

/** Cancelling releases the time; an appointment that took place or was missed keeps its claims. */
async function compareCells(db: Db): Promise<AuditFinding[]> {
  const booked = await db
    .select({
      id: appointments.id,
      therapistId: appointments.therapistId,
      roomId: appointments.roomId,
      paddedStartAt: appointments.paddedStartAt,
      paddedEndAt: appointments.paddedEndAt,
    })
    .from(appointments)
    .where(ne(appointments.status, 'cancelled'));
  const off = await db.select().from(timeOff);
  const external = await db.select().from(externalBusyTimes);
  const held = await db
    .select({
      owner: claims.owner,
      resourceId: resources.name,
      kind: claims.kind,
      first: min(claims.cell),
      last: max(claims.cell),
      cells: count(),
    })
    .from(claims)
    .innerJoin(resources, eq(resources.number, claims.resource))
    .where(ne(claims.kind, CLAIM_KINDS.hold)) // holds expire without anybody releasing them
    .groupBy(claims.owner, resources.name, claims.kind);

  const expected = new Map<string, Held>();
  const expectedRows = [
    ...booked.flatMap(toAppointmentClaims),
    ...off.map((row) => toAbsenceClaim('time_off', row)),
    ...external.map((row) => toAbsenceClaim('external', row)),
  ];
  for (const request of expectedRows) {
    const row = asHeld(request);
    const other = expected.get(keyOf(row));
    expected.set(keyOf(row), other ? together(row, other) : row);
  }

  const ofNobody: Record<string, unknown>[] = [];
  const wrong: Record<string, unknown>[] = [];
  for (const { kind: number, first, last, ...found } of held) {
    const row = { ...found, kind: wordOf(number), first: Number(first), last: Number(last) };
    const expectedRow = expected.get(keyOf(row));
    expected.delete(keyOf(row));
    if (expectedRow === undefined) ofNobody.push(row);
    else if (expectedRow.first !== row.first || expectedRow.last !== row.last || expectedRow.cells !== row.cells)
      wrong.push({ ...row, ownerUid: expectedRow.ownerUid, shouldBe: expectedRow });
  }
  return [
    { finding: 'Cells are claimed for what is not there, or was cancelled', rows: ofNobody },
    { finding: 'Cells differ from the time their owner takes', rows: wrong },
    { finding: 'Time is taken without cells', rows: [...expected.values()].map((row) => ({ ...row })) },
  ];
}

interface Held {
  ownerUid: string;
  owner: number;
  resourceId: string;
  kind: string;
  first: number;
  last: number;
  cells: number;
}

function asHeld(request: ClaimRequest): Held {
  const { ownerUid, resourceId, kind } = request;
  const { first, last } = getCellRange(request);
  return { ownerUid, owner: computeOwnerNumber(request), resourceId, kind, first, last, cells: last - first + 1 };
}

/** Two owners with the same number cannot be told apart by their cells: together they must have all cells of both. */
function together(a: Held, b: Held): Held {
  return {
    ...a,
    ownerUid: `${b.ownerUid}, ${a.ownerUid}`,
    first: Math.min(a.first, b.first),
    last: Math.max(a.last, b.last),
    cells: a.cells + b.cells,
  };
}

function keyOf({ owner, resourceId, kind }: Pick<Held, 'owner' | 'resourceId' | 'kind'>): string {
  return `${owner} ${resourceId} ${kind}`;
}

function wordOf(kind: number): string {
  return Object.entries(CLAIM_KINDS).find(([, number]) => number === kind)?.[0] ?? String(kind);
}

/** Every hold has a name and every name that has not expired has a hold, and both expire at the same moment. */
async function compareHolds(db: Db, clock: Clock | undefined): Promise<AuditFinding> {
  const named = await db.select({ owner: holds.owner, name: holds.name, until: holds.expiresAt }).from(holds);
  const held = await db
    .selectDistinct({ owner: claims.owner, until: claims.expiresAt })
    .from(claims)
    .where(eq(claims.kind, CLAIM_KINDS.hold));
  const untilOf = new Map(named.map(({ owner, until }) => [owner, until]));
  const nameless = held.filter(({ owner, until }) => untilOf.get(owner) !== until);
  const owners = new Set(held.map(({ owner }) => owner));
  const empty = named.filter(({ owner, until }) => !owners.has(owner) && until > (clock?.now ?? 0));
  return { finding: 'A hold has no name, or nothing is held under its name', rows: [...nameless, ...empty] };
}

/** Cells of a resource that does not exist, whatever claims them. */
async function listCellsOfNothing(db: Db) {
  const claimed = await db
    .select({ number: claims.resource, name: resources.name, cells: count() })
    .from(claims)
    .leftJoin(resources, eq(resources.number, claims.resource))
    .groupBy(claims.resource, resources.name)
    .orderBy(asc(resources.name));
  const people = await db.select({ id: therapists.id }).from(therapists);
  const places = await db.select({ id: rooms.id }).from(rooms);
  const known = new Set([
    ...people.map(({ id }) => therapistResourceName(id)),
    ...places.map(({ id }) => roomResourceName(id)),
  ]);
  return claimed
    .map(({ number, name, cells }) => ({ resourceId: name ?? String(number), cells }))
    .filter(({ resourceId }) => !known.has(resourceId));
}

async function listLongHolds(db: Db, { now }: Clock) {
  const [practice] = await db
    .select({ holdMinutes: practices.holdMinutes, offerMinutes: practices.offerMinutes })
    .from(practices);
  // The clocks of servers differ a little.
  const latest = (minutes = 0) => now + (minutes + 1) * 60_000;
  const isOffer = like(holds.name, offerHoldName('%'));
  const isAgain = like(holds.name, rebookingHoldName('%'));
  return db
    .selectDistinct({ ownerUid: holds.name, expiresAt: claims.expiresAt })
    .from(claims)
    .innerJoin(holds, eq(holds.owner, claims.owner))
    .where(
      or(
        and(not(isOffer), not(isAgain), gt(claims.expiresAt, latest(practice?.holdMinutes))),
        and(isOffer, gt(claims.expiresAt, latest(practice?.offerMinutes))),
      ),
    );
}

/** The time held for a client after their last date must match the recorded rebooking, to the minute. */
async function compareAgainHolds(db: Db): Promise<AuditFinding> {
  const noted = await db.select({ uid: followUps.appointmentId, until: followUps.heldUntil }).from(followUps);
  const untilOf = new Map(noted.map(({ uid, until }) => [rebookingHoldName(uid), until]));
  const held = await db
    .selectDistinct({ ownerUid: holds.name, expiresAt: claims.expiresAt })
    .from(claims)
    .innerJoin(holds, eq(holds.owner, claims.owner))
    .where(like(holds.name, rebookingHoldName('%')));
  return {
    finding: 'A time is held to be booked again, and not as it was noted',
    rows: held.filter(({ ownerUid, expiresAt }) => untilOf.get(ownerUid) !== expiresAt),
  };
}

/** The time held for an offer to somebody on the waiting list must match the offer, to the cell and to the minute. */
async function compareOffers(db: Db, clock: Clock | undefined): Promise<AuditFinding> {
  const open = await db.select().from(waitlistOffers).where(isNull(waitlistOffers.answeredAt));
  const held = await db
    .select({ ownerUid: holds.name, resourceId: resources.name, cell: claims.cell, until: claims.expiresAt })
    .from(claims)
    .innerJoin(holds, eq(holds.owner, claims.owner))
    .innerJoin(resources, eq(resources.number, claims.resource))
    .where(like(holds.name, offerHoldName('%')));
  const offered = new Map<string, number>();
  for (const { id, therapistId, dates, expiresAt } of open) {
    for (const { paddedStartAt: start, paddedEndAt: end, roomId } of dates) {
      const { first, last } = getCellRange({ start, end });
      for (let cell = first; cell <= last; cell++)
        for (const resourceId of [therapistResourceName(therapistId), roomResourceName(roomId)])
          offered.set(`${offerHoldName(id)} ${resourceId} ${cell}`, expiresAt);
    }
  }
  const wrong = held.filter(({ ownerUid, resourceId, cell, until }) => {
    const key = `${ownerUid} ${resourceId} ${cell}`;
    const expected = offered.get(key);
    offered.delete(key);
    return expected !== until;
  });
  // The time of an unanswered offer may be claimed by somebody else before its expiry is recorded.
  const missing = clock ? [...offered].filter(([, until]) => until > clock.now) : [];
  return {
    finding: 'An offer differs from what is held for it',
    rows: [...wrong, ...missing.map(([key]) => ({ key }))],
  };
}

/** A hold is stored only as cells: each cell needs as many therapists as rooms, and all need the same expiry. */
async function listHalfHolds(db: Db) {
  const therapistsLessRooms = sql`sum(case when ${therapistClaimCondition} then 1 else -1 end)`;
  return db
    .select({ ownerUid: holds.name, cell: claims.cell })
    .from(claims)
    .leftJoin(holds, eq(holds.owner, claims.owner))
    .where(eq(claims.kind, CLAIM_KINDS.hold))
    .groupBy(claims.owner, holds.name, claims.cell)
    .having(sql`${therapistsLessRooms} <> 0 or min(${claims.expiresAt}) <> max(${claims.expiresAt})`);
}
