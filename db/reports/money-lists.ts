import { aliasedTable, and, asc, eq, gte, inArray, isNull, lt, ne, notExists, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { mapOwedCents } from '@/db/money/owed';
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
    .where(and(startsInPeriodCondition(span), ne(appointments.status, 'booked')))
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  return rows.flatMap((row) => {
    const amount = owed.get(row.id);
    return amount === undefined ? [] : [{ ...row, amount }];
  });
}

/**
 * The sum of `listDue`. The database adds it up, because a year has ten thousand rows and this needs only the total.
 */
export async function sumDue(db: Db, span: Interval): Promise<number> {
  const correction = aliasedTable(ledgerEntries, 'correction');
  const [owed] = await db
    .select({ cents: sql<number>`coalesce(sum(${ledgerLines.amountCents}), 0)`.mapWith(Number) })
    .from(appointments)
    .innerJoin(ledgerEntries, eq(ledgerEntries.appointmentId, appointments.id))
    .innerJoin(ledgerLines, and(eq(ledgerLines.entryId, ledgerEntries.id), eq(ledgerLines.account, 'owed')))
    .where(and(startsInPeriodCondition(span), ne(appointments.status, 'booked')));
  const charge = db
    .select({ id: ledgerEntries.id })
    .from(ledgerEntries)
    .leftJoin(correction, eq(correction.correctsId, ledgerEntries.id))
    .where(
      and(eq(ledgerEntries.appointmentId, appointments.id), eq(ledgerEntries.kind, 'charge'), isNull(correction.id)),
    );
  const [notCharged] = await db
    .select({ cents: sql<number>`coalesce(sum(${appointments.priceCents}), 0)`.mapWith(Number) })
    .from(appointments)
    .where(and(startsInPeriodCondition(span), eq(appointments.status, 'completed'), notExists(charge)));
  return owed!.cents + notCharged!.cents;
}
