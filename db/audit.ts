import { aliasedTable, and, asc, count, eq, gt, isNull, like, lt, max, min, ne, not, or, sql } from 'drizzle-orm';
import { cellsOf, roomResource, therapistResource } from '@/db/claims/claims';
import { againHold, offerHold } from '@/db/claims/hold-names';
import { reader } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import type { Clock } from './results';
import {
  appointments,
  claims,
  externalTimes,
  followUps,
  idempotency,
  ledgerEntries,
  ledgerLines,
  manageTokens,
  practices,
  rooms,
  series,
  skips,
  therapists,
  timeOff,
  waitlistOffers,
} from './schema';

export interface Finding {
  finding: string;
  rows: Record<string, unknown>[];
}

/**
 * What the claims and what claims them say of each other that cannot both be true. Empty is clean. It may run beside
 * bookings: only what is found twice counts, since one look may fall between a commit's rows. How long holds last can
 * be judged only with a clock that they were made by.
 */
export async function audit(clock?: Clock): Promise<Finding[]> {
  const db = await reader();
  const first = await look(db, clock);
  if (first.length === 0) return first;
  const again = new Map((await look(db, clock)).map(({ finding, rows }) => [finding, new Set(rows.map(textOf))]));
  return first
    .map(({ finding, rows }) => ({ finding, rows: rows.filter((row) => again.get(finding)?.has(textOf(row))) }))
    .filter(({ rows }) => rows.length > 0);
}

async function look(db: Db, clock: Clock | undefined): Promise<Finding[]> {
  const found = [
    ...(await compareCells(db)),
    { finding: 'Cells are claimed of no therapist and no room there is', rows: await listCellsOfNothing(db) },
    { finding: 'A hold lasts longer than holds do here', rows: clock ? await listLongHolds(db, clock) : [] },
    {
      finding: 'A hold keeps a therapist without a room, or a room without a therapist',
      rows: await listHalfHolds(db),
    },
    await compareOffers(db, clock),
    await compareAgainHolds(db),
    { finding: 'Two appointments overlap with one therapist', rows: await listOverlaps(db, 'therapistId') },
    { finding: 'Two appointments overlap in one room', rows: await listOverlaps(db, 'roomId') },
    { finding: 'A place of a series is both booked and skipped', rows: await listBookedAndSkipped(db) },
    { finding: 'An appointment is another client’s than its series', rows: await listOfTwoClients(db) },
    { finding: 'A series has no appointment', rows: await listEmptySeries(db) },
    { finding: 'An answer is kept for a series that is not there', rows: await listAnswersOfNothing(db) },
    { finding: 'A series was booked and has no key', rows: await listSeriesWithoutKey(db) },
    { finding: 'The lines of an entry in the ledger do not add up to nothing', rows: await listUnevenEntries(db) },
    { finding: 'A receipt’s number is missing', rows: await listReceiptGaps(db) },
    { finding: 'A client has paid more than was owed', rows: await listOverpaid(db) },
  ];
  return found.filter(({ rows }) => rows.length > 0);
}

/** Cancelling gives time back; an appointment that took place, or was missed, had its time. */
async function compareCells(db: Db): Promise<Finding[]> {
  const booked = await db
    .select({
      id: appointments.id,
      therapistId: appointments.therapistId,
      roomId: appointments.roomId,
      start: appointments.paddedStartAt,
      end: appointments.paddedEndAt,
    })
    .from(appointments)
    .where(ne(appointments.status, 'cancelled'));
  const off = await db.select().from(timeOff);
  const external = await db.select().from(externalTimes);
  const held = await db
    .select({
      ownerUid: claims.ownerUid,
      resourceId: claims.resourceId,
      kind: claims.kind,
      first: min(claims.cell),
      last: max(claims.cell),
      cells: count(),
    })
    .from(claims)
    .groupBy(claims.ownerUid, claims.resourceId, claims.kind);

  const expected = new Map<string, Record<string, unknown>>();
  const expect = (ownerUid: string, resourceId: string, kind: string, stretch: { start: number; end: number }) => {
    const { first, last } = cellsOf(stretch);
    const row = { ownerUid, resourceId, kind, first, last, cells: last - first + 1 };
    expected.set(keyOf(row), row);
  };
  for (const { id, therapistId, roomId, ...stretch } of booked) {
    expect(id, therapistResource(therapistId), 'appointment', stretch);
    expect(id, roomResource(roomId), 'appointment', stretch);
  }
  for (const { id, therapistId, startAt, endAt } of off) {
    expect(id, therapistResource(therapistId), 'time_off', { start: startAt, end: endAt });
  }
  for (const { id, therapistId, startAt, endAt } of external) {
    expect(id, therapistResource(therapistId), 'external', { start: startAt, end: endAt });
  }

  const ofNobody: Record<string, unknown>[] = [];
  const wrong: Record<string, unknown>[] = [];
  for (const row of held) {
    const wanted = expected.get(keyOf(row));
    expected.delete(keyOf(row));
    if (wanted === undefined) {
      if (row.kind !== 'hold') ofNobody.push(row); // holds expire by themselves
    } else if (textOf(wanted) !== textOf(row)) {
      wrong.push({ ...row, shouldBe: wanted });
    }
  }
  return [
    { finding: 'Cells are claimed for what is not there, or was cancelled', rows: ofNobody },
    { finding: 'Cells differ from the time their owner takes', rows: wrong },
    { finding: 'Time is taken without cells', rows: [...expected.values()] },
  ];
}

/** Whatever claims it, and whether or not that is known here. */
async function listCellsOfNothing(db: Db) {
  const claimed = await db
    .select({ resourceId: claims.resourceId, cells: count() })
    .from(claims)
    .groupBy(claims.resourceId)
    .orderBy(asc(claims.resourceId));
  const people = await db.select({ id: therapists.id }).from(therapists);
  const places = await db.select({ id: rooms.id }).from(rooms);
  const known = new Set([
    ...people.map(({ id }) => therapistResource(id)),
    ...places.map(({ id }) => roomResource(id)),
  ]);
  return claimed.filter(({ resourceId }) => !known.has(resourceId));
}

async function listLongHolds(db: Db, { now }: Clock) {
  const [practice] = await db
    .select({ holdMinutes: practices.holdMinutes, offerMinutes: practices.offerMinutes })
    .from(practices);
  // Servers' clocks differ a little.
  const latest = (minutes = 0) => now + (minutes + 1) * 60_000;
  const isOffer = like(claims.ownerUid, offerHold('%'));
  const isAgain = like(claims.ownerUid, againHold('%'));
  return db
    .selectDistinct({ ownerUid: claims.ownerUid, expiresAt: claims.expiresAt })
    .from(claims)
    .where(
      or(
        and(not(isOffer), not(isAgain), gt(claims.expiresAt, latest(practice?.holdMinutes))),
        and(isOffer, gt(claims.expiresAt, latest(practice?.offerMinutes))),
      ),
    );
}

/** What is held for a client after their last date is what was noted of it, to the minute. */
async function compareAgainHolds(db: Db): Promise<Finding> {
  const noted = await db.select({ uid: followUps.appointmentId, until: followUps.heldUntil }).from(followUps);
  const untilOf = new Map(noted.map(({ uid, until }) => [againHold(uid), until]));
  const held = await db
    .selectDistinct({ ownerUid: claims.ownerUid, expiresAt: claims.expiresAt })
    .from(claims)
    .where(like(claims.ownerUid, againHold('%')));
  return {
    finding: 'A time is held to be booked again, and not as it was noted',
    rows: held.filter(({ ownerUid, expiresAt }) => untilOf.get(ownerUid) !== expiresAt),
  };
}

/** What is held for somebody who waits is what was offered to them, to the cell and to the minute. */
async function compareOffers(db: Db, clock: Clock | undefined): Promise<Finding> {
  const open = await db.select().from(waitlistOffers).where(isNull(waitlistOffers.answeredAt));
  const held = await db
    .select({ ownerUid: claims.ownerUid, resourceId: claims.resourceId, cell: claims.cell, until: claims.expiresAt })
    .from(claims)
    .where(like(claims.ownerUid, offerHold('%')));
  const offered = new Map<string, number>();
  for (const { id, therapistId, dates, expiresAt } of open) {
    for (const { paddedStartAt: start, paddedEndAt: end, roomId } of dates) {
      const { first, last } = cellsOf({ start, end });
      for (let cell = first; cell <= last; cell++)
        for (const resourceId of [therapistResource(therapistId), roomResource(roomId)])
          offered.set(`${offerHold(id)} ${resourceId} ${cell}`, expiresAt);
    }
  }
  const wrong = held.filter(({ ownerUid, resourceId, cell, until }) => {
    const key = `${ownerUid} ${resourceId} ${cell}`;
    const expected = offered.get(key);
    offered.delete(key);
    return expected !== until;
  });
  // What nobody answered in time may be somebody else's before that is noticed.
  const missing = clock ? [...offered].filter(([, until]) => until > clock.now) : [];
  return {
    finding: 'An offer differs from what is held for it',
    rows: [...wrong, ...missing.map(([key]) => ({ key }))],
  };
}

async function listOfTwoClients(db: Db) {
  return db
    .select({ appointment: appointments.id, seriesId: series.id })
    .from(appointments)
    .innerJoin(series, and(eq(series.id, appointments.seriesId), ne(series.clientId, appointments.clientId)));
}

/** A hold is remembered nowhere but in its cells: as many therapists as rooms in each, and one end for all. */
async function listHalfHolds(db: Db) {
  const therapistsLessRooms = sql`sum(case when ${like(claims.resourceId, therapistResource('%'))} then 1 else -1 end)`;
  return db
    .select({ ownerUid: claims.ownerUid, cell: claims.cell })
    .from(claims)
    .where(eq(claims.kind, 'hold'))
    .groupBy(claims.ownerUid, claims.cell)
    .having(sql`${therapistsLessRooms} <> 0 or min(${claims.expiresAt}) <> max(${claims.expiresAt})`);
}

async function listOverlaps(db: Db, resource: 'therapistId' | 'roomId') {
  const [first, other] = [aliasedTable(appointments, 'one'), aliasedTable(appointments, 'other')];
  return db
    .select({ one: first.id, other: other.id, [resource]: first[resource], startAt: other.startAt })
    .from(first)
    .innerJoin(
      other,
      and(
        eq(first[resource], other[resource]),
        lt(first.id, other.id),
        lt(first.paddedStartAt, other.paddedEndAt),
        gt(first.paddedEndAt, other.paddedStartAt),
        // An index can use these: nothing lasts longer than a day.
        gt(other.paddedStartAt, sql`${first.paddedStartAt} - 86400000`),
        lt(other.paddedStartAt, first.paddedEndAt),
      ),
    )
    .where(and(ne(first.status, 'cancelled'), ne(other.status, 'cancelled')));
}

async function listBookedAndSkipped(db: Db) {
  return db
    .select({ seriesId: skips.seriesId, position: skips.position, appointment: appointments.id })
    .from(skips)
    .innerJoin(appointments, and(eq(appointments.seriesId, skips.seriesId), eq(appointments.position, skips.position)))
    .where(or(eq(appointments.status, 'booked'), eq(appointments.status, 'completed')));
}

async function listEmptySeries(db: Db) {
  return db
    .select({ seriesId: series.id })
    .from(series)
    .leftJoin(appointments, eq(appointments.seriesId, series.id))
    .where(isNull(appointments.id));
}

async function listAnswersOfNothing(db: Db) {
  return db
    .select({ seriesId: idempotency.seriesId, createdAt: idempotency.createdAt })
    .from(idempotency)
    .leftJoin(series, eq(series.id, idempotency.seriesId))
    .where(isNull(series.id));
}

async function listSeriesWithoutKey(db: Db) {
  return db
    .select({ seriesId: idempotency.seriesId })
    .from(idempotency)
    .leftJoin(manageTokens, eq(manageTokens.seriesId, idempotency.seriesId))
    .where(isNull(manageTokens.tokenHash));
}

async function listUnevenEntries(db: Db) {
  return db
    .select({ entryId: ledgerLines.entryId, sum: sql<number>`sum(${ledgerLines.amountCents})` })
    .from(ledgerLines)
    .groupBy(ledgerLines.entryId)
    .having(sql`sum(${ledgerLines.amountCents}) <> 0`);
}

/** Numbers are given from 1 on, one after the other, and each once. */
async function listReceiptGaps(db: Db) {
  const [found] = await db
    .select({ receipts: count(ledgerEntries.receiptNumber), last: max(ledgerEntries.receiptNumber) })
    .from(ledgerEntries);
  return found && found.receipts !== (found.last ?? 0) ? [found] : [];
}

async function listOverpaid(db: Db) {
  return db
    .select({ appointmentId: ledgerEntries.appointmentId, sum: sql<number>`sum(${ledgerLines.amountCents})` })
    .from(ledgerEntries)
    .innerJoin(ledgerLines, and(eq(ledgerLines.entryId, ledgerEntries.id), eq(ledgerLines.account, 'owed')))
    .groupBy(ledgerEntries.appointmentId)
    .having(sql`sum(${ledgerLines.amountCents}) < 0`);
}

function keyOf({ ownerUid, resourceId, kind }: Record<string, unknown>): string {
  return `${ownerUid} ${resourceId} ${kind}`;
}

function textOf(row: Record<string, unknown>): string {
  return JSON.stringify(row);
}
