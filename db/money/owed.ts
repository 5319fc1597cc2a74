import { aliasedTable, and, asc, eq, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { editableAppointmentsCondition, isPossibleId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { appointments, clients, ledgerEntries, ledgerLines, series, services } from '@/db/schema';

// What is owed for past dates: by the ledger, plus the price of each massage that took place and was not charged yet. A
// client's page and the reports share this one rule.

/** The amounts by appointment id, without appointments for which nothing is owed. */
export async function mapOwedCents(db: Db, condition: SQL | undefined): Promise<Map<string, number>> {
  const isOver = and(condition, ne(appointments.status, 'booked'));
  const owed = await db
    .select({
      id: appointments.id,
      cents: sql<number>`sum(${ledgerLines.amountCents})`.mapWith(Number),
    })
    .from(appointments)
    .innerJoin(ledgerEntries, eq(ledgerEntries.appointmentId, appointments.id))
    .innerJoin(ledgerLines, and(eq(ledgerLines.entryId, ledgerEntries.id), eq(ledgerLines.account, 'owed')))
    .where(isOver)
    .groupBy(appointments.id);
  const correction = aliasedTable(ledgerEntries, 'correction');
  const charged = await db
    .select({ id: appointments.id })
    .from(appointments)
    .innerJoin(ledgerEntries, eq(ledgerEntries.appointmentId, appointments.id))
    .leftJoin(correction, eq(correction.correctsId, ledgerEntries.id))
    .where(and(isOver, eq(ledgerEntries.kind, 'charge'), isNull(correction.id)));
  const given = await db
    .select({ id: appointments.id, cents: appointments.priceCents })
    .from(appointments)
    .where(and(condition, eq(appointments.status, 'completed')));
  const chargedIds = new Set<string>(charged.map(({ id }) => id));
  const uncharged = given.filter(({ id }) => !chargedIds.has(id));
  const centsOf = new Map<string, number>();
  for (const { id, cents } of [...owed, ...uncharged]) centsOf.set(id, (centsOf.get(id) ?? 0) + cents);
  return new Map([...centsOf].filter(([, cents]) => cents !== 0));
}

export interface OwedDate {
  appointmentId: string;
  startsAt: number;
  serviceName: string;
  owedCents: number;
}

/** What one client owes, the oldest first. A therapist sees the dates whose bills they may open. */
export async function listOwedOfClient(viewer: Staff, clientId: string): Promise<OwedDate[]> {
  if (!isPossibleId(clientId)) return [];
  const db = await reader();
  const owed = await mapOwedCents(db, eq(appointments.clientId, clientId));
  if (owed.size === 0) return [];
  const dates = await db
    .select({ appointmentId: appointments.id, startsAt: appointments.startAt, serviceName: services.name })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .where(and(eq(appointments.clientId, clientId), editableAppointmentsCondition(viewer)))
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  return dates.flatMap((date) => {
    const owedCents = owed.get(date.appointmentId);
    return owedCents === undefined ? [] : [{ ...date, owedCents }];
  });
}
