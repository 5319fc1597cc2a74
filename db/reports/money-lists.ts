import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { isOverCondition, mapOwedCents } from '@/db/money/owed';
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
  const found = await db
    .select({
      id: ledgerEntries.id,
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
  return found.filter(({ amount }) => amount !== 0);
}

/** The dates of the period for which something is still owed. */
export async function listDue(db: Db, span: Interval): Promise<ReportRow[]> {
  const owed = await mapOwedCents(db, startsInPeriodCondition(span));
  const rows = await selectDateRows(db)
    .where(and(startsInPeriodCondition(span), isOverCondition))
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  return rows.flatMap((row) => {
    const amount = owed.get(row.id);
    return amount === undefined ? [] : [{ ...row, amount }];
  });
}
