import { aliasedTable, and, eq, gt, isNull, lt, ne, or, sql } from 'drizzle-orm';
import { auditClaims } from '@/db/claims/audit-claims';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { auditLedger } from '@/db/money/audit-ledger';
import type { AuditFinding, Clock } from './results';
import { appointments, idempotencyKeys, manageTokens, series, skips } from './schema';

/**
 * Finds rows that contradict each other: claims and their owners, series, the ledger. An empty list means clean. It may
 * run during bookings: a single look may fall between the rows of one commit, so only what two looks find counts. To
 * judge how long holds last, pass the clock that made them.
 */
export async function audit(clock?: Clock): Promise<AuditFinding[]> {
  const db = await reader();
  const first = await look(db, clock);
  if (first.length === 0) return first;
  const again = new Map((await look(db, clock)).map(({ finding, rows }) => [finding, new Set(rows.map(textOf))]));
  return first
    .map(({ finding, rows }) => ({ finding, rows: rows.filter((row) => again.get(finding)?.has(textOf(row))) }))
    .filter(({ rows }) => rows.length > 0);
}

async function look(db: Db, clock: Clock | undefined): Promise<AuditFinding[]> {
  const found = [
    ...(await auditClaims(db, clock)),
    { finding: 'Two appointments overlap with one therapist', rows: await listOverlaps(db, 'therapistId') },
    { finding: 'Two appointments overlap in one room', rows: await listOverlaps(db, 'roomId') },
    { finding: 'A place of a series is both booked and skipped', rows: await listBookedAndSkipped(db) },
    { finding: 'An appointment is another client’s than its series', rows: await listOfTwoClients(db) },
    { finding: 'A series has no appointment', rows: await listEmptySeries(db) },
    { finding: 'An answer is kept for a series that is not there', rows: await listAnswersOfNothing(db) },
    { finding: 'A series was booked and has no key', rows: await listSeriesWithoutKey(db) },
    ...(await auditLedger(db)),
  ];
  return found.filter(({ rows }) => rows.length > 0);
}

async function listOfTwoClients(db: Db) {
  return db
    .select({ appointment: appointments.id, seriesId: series.id })
    .from(appointments)
    .innerJoin(series, and(eq(series.id, appointments.seriesId), ne(series.clientId, appointments.clientId)));
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
        // This bound lets the database use an index: no appointment lasts longer than a day.
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
    .select({ seriesId: idempotencyKeys.seriesId, createdAt: idempotencyKeys.createdAt })
    .from(idempotencyKeys)
    .leftJoin(series, eq(series.id, idempotencyKeys.seriesId))
    .where(isNull(series.id));
}

async function listSeriesWithoutKey(db: Db) {
  return db
    .select({ seriesId: idempotencyKeys.seriesId })
    .from(idempotencyKeys)
    .leftJoin(manageTokens, eq(manageTokens.seriesId, idempotencyKeys.seriesId))
    .where(isNull(manageTokens.tokenHash));
}

function textOf(row: Record<string, unknown>): string {
  return JSON.stringify(row);
}
