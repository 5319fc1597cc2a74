import { aliasedTable, and, asc, eq, gte, inArray, isNull, lt, ne, notExists, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
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

/** What some accounts of the till took in the period, a row for each entry; a sign turns what they hold into what it was. */
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

/** Of the massages of the period what is owed still: by the ledger, and the price of what nobody has charged yet. */
export async function listDue(db: Db, span: Interval): Promise<ReportRow[]> {
  const correction = aliasedTable(ledgerEntries, 'correction');
  const owed = await db
    .select({
      appointmentId: ledgerEntries.appointmentId,
      cents: sql<number>`sum(${ledgerLines.amountCents})`.mapWith(Number),
    })
    .from(ledgerEntries)
    .innerJoin(ledgerLines, and(eq(ledgerLines.entryId, ledgerEntries.id), eq(ledgerLines.account, 'owed')))
    .innerJoin(appointments, eq(appointments.id, ledgerEntries.appointmentId))
    .where(startsInPeriodCondition(span))
    .groupBy(ledgerEntries.appointmentId);
  const charged = await db
    .select({ appointmentId: ledgerEntries.appointmentId })
    .from(ledgerEntries)
    .innerJoin(appointments, eq(appointments.id, ledgerEntries.appointmentId))
    .leftJoin(correction, eq(correction.correctsId, ledgerEntries.id))
    .where(and(startsInPeriodCondition(span), eq(ledgerEntries.kind, 'charge'), isNull(correction.id)));
  const owedOf = new Map(owed.map(({ appointmentId, cents }) => [appointmentId, cents]));
  const isCharged = new Set<string | null>(charged.map(({ appointmentId }) => appointmentId));
  const rows = await selectDateRows(db)
    .where(and(startsInPeriodCondition(span), ne(appointments.status, 'booked')))
    .orderBy(asc(appointments.startAt));
  return rows.map((row) => {
    const notCharged = row.status === 'completed' && !isCharged.has(row.id) ? row.amount : 0;
    return { ...row, amount: (owedOf.get(row.id) ?? 0) + notCharged };
  });
}

/** The sum of `listDue`. The database adds it up: a year has ten thousand rows, and nobody reads them here. */
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
