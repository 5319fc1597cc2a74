import { aliasedTable, and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { PAYMENT_METHODS, type PaymentMethod } from '@/db/money/build-ledger-entries';
import { isOverCondition, mapOwedCents } from '@/db/money/owed';
import type { Clock } from '@/db/results';
import {
  appointments,
  clients,
  type LedgerAccount,
  ledgerEntries,
  ledgerLines,
  services,
  therapists,
} from '@/db/schema';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { startsInPeriodCondition } from './report-conditions';
import { type ReportRow, selectDateRows } from './report-rows';

/**
 * The amounts that some ledger accounts received in the period, one row for each entry. `sign` turns a ledger amount
 * into the amount to show.
 */
export async function listPayments(
  db: Db,
  { start, end }: Interval,
  accounts: LedgerAccount[],
  sign: 1 | -1,
): Promise<ReportRow[]> {
  const [ways, receipts] = [await mapWays(db, { start, end }), await mapReversedReceipts(db, { start, end })];
  const found = await db
    .select({
      id: ledgerEntries.id,
      kind: ledgerEntries.kind,
      receiptNumber: ledgerEntries.receiptNumber,
      appointmentId: appointments.id,
      therapistId: appointments.therapistId,
      serviceId: appointments.serviceId,
      at: ledgerEntries.at,
      clientId: clients.id,
      client: clients.name,
      therapist: therapists.name,
      service: services.name,
      status: appointments.status,
      amount: sql<number>`${sign} * sum(${ledgerLines.amountCents})`.mapWith(Number),
    })
    .from(ledgerEntries)
    .innerJoin(ledgerLines, and(eq(ledgerLines.entryId, ledgerEntries.id), inArray(ledgerLines.account, accounts)))
    .innerJoin(appointments, eq(appointments.id, ledgerEntries.appointmentId))
    .innerJoin(clients, eq(clients.id, ledgerEntries.clientId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .where(and(gte(ledgerEntries.at, start), lt(ledgerEntries.at, end)))
    .groupBy(ledgerEntries.id, clients.id, therapists.id, services.id, appointments.id)
    .orderBy(asc(ledgerEntries.at));
  return found
    .filter(({ amount }) => amount !== 0)
    .map(({ receiptNumber, ...row }) => ({
      ...row,
      way: ways.get(row.id) ?? null,
      receipt: receiptNumber ?? receipts.get(row.id) ?? null,
    }));
}

/** The receipts of the payments that were reversed in the period, by the entries that reversed them. */
async function mapReversedReceipts(db: Db, { start, end }: Interval): Promise<Map<string, number | null>> {
  const correction = aliasedTable(ledgerEntries, 'correction');
  const found = await db
    .select({ id: correction.id, receipt: ledgerEntries.receiptNumber })
    .from(ledgerEntries)
    .innerJoin(correction, eq(correction.correctsId, ledgerEntries.id))
    .where(and(gte(correction.at, start), lt(correction.at, end)));
  return new Map(found.map(({ id, receipt }) => [id, receipt]));
}

/** How each entry of the period was paid: an entry has one way. */
async function mapWays(db: Db, { start, end }: Interval): Promise<Map<string, PaymentMethod>> {
  const found = await db
    .select({ id: ledgerLines.entryId, way: ledgerLines.account })
    .from(ledgerLines)
    .innerJoin(ledgerEntries, eq(ledgerEntries.id, ledgerLines.entryId))
    .where(
      and(gte(ledgerEntries.at, start), lt(ledgerEntries.at, end), inArray(ledgerLines.account, [...PAYMENT_METHODS])),
    );
  return new Map(found.map(({ id, way }) => [id, way as PaymentMethod]));
}

/** The dates of the period for which something is still owed. */
export async function listDue(db: Db, span: Interval, clock: Clock): Promise<ReportRow[]> {
  const owed = await mapOwedCents(db, startsInPeriodCondition(span), clock);
  const rows = await selectDateRows(db)
    .where(and(startsInPeriodCondition(span), isOverCondition(clock.now)))
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  return rows.flatMap((row) => {
    const amount = owed.get(row.id);
    return amount === undefined ? [] : [{ ...row, amount }];
  });
}
