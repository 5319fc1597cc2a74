import { aliasedTable, and, asc, eq, isNull, lte, ne, notExists, or, type SQL, sql } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { editableAppointmentsCondition, isPossibleId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { appointments, clients, ledgerEntries, ledgerLines, series, services } from '@/db/schema';

// What is owed for past dates: by the ledger, plus the price of each massage that took place and was not charged yet. A
// client's page and the reports share this one rule.

/**
 * An upcoming date is not owed yet. What was entered for a past one counts, also while nobody has marked it; its price
 * does once it is known that it took place.
 */
export function isOverCondition(now: number): SQL | undefined {
  return or(ne(appointments.status, 'booked'), lte(appointments.endAt, now));
}

/** The amounts by appointment id, without appointments for which nothing is owed. */
export async function mapOwedCents(db: Db, condition: SQL | undefined, { now }: Clock): Promise<Map<string, number>> {
  const entered = await db
    .select({ id: appointments.id, cents: sumOfLines })
    .from(appointments)
    .innerJoin(ledgerEntries, eq(ledgerEntries.appointmentId, appointments.id))
    .innerJoin(ledgerLines, isOwedLine)
    .where(and(condition, isOverCondition(now)))
    .groupBy(appointments.id);
  const uncharged = await db
    .select({ id: appointments.id, cents: appointments.priceCents })
    .from(appointments)
    .where(and(condition, isUnchargedCondition(db)));
  const centsOf = new Map<string, number>();
  for (const { id, cents } of [...entered, ...uncharged]) centsOf.set(id, (centsOf.get(id) ?? 0) + cents);
  return new Map([...centsOf].filter(([, cents]) => cents !== 0));
}

/** The sum of `mapOwedCents`. The database adds it up, because a year has ten thousand dates. */
export async function sumOwedCents(db: Db, condition: SQL | undefined, { now }: Clock): Promise<number> {
  const [entered] = await db
    .select({ cents: sumOfLines })
    .from(appointments)
    .innerJoin(ledgerEntries, eq(ledgerEntries.appointmentId, appointments.id))
    .innerJoin(ledgerLines, isOwedLine)
    .where(and(condition, isOverCondition(now)));
  const [uncharged] = await db
    .select({ cents: sql<number>`coalesce(sum(${appointments.priceCents}), 0)`.mapWith(Number) })
    .from(appointments)
    .where(and(condition, isUnchargedCondition(db)));
  return entered!.cents + uncharged!.cents;
}

const isOwedLine = and(eq(ledgerLines.entryId, ledgerEntries.id), eq(ledgerLines.account, 'owed'));
const sumOfLines = sql<number>`coalesce(sum(${ledgerLines.amountCents}), 0)`.mapWith(Number);

/** It took place, and no charge for it stands in the ledger. */
function isUnchargedCondition(db: Db): SQL | undefined {
  const correction = aliasedTable(ledgerEntries, 'correction');
  const charge = db
    .select({ id: ledgerEntries.id })
    .from(ledgerEntries)
    .leftJoin(correction, eq(correction.correctsId, ledgerEntries.id))
    .where(
      and(eq(ledgerEntries.appointmentId, appointments.id), eq(ledgerEntries.kind, 'charge'), isNull(correction.id)),
    );
  return and(eq(appointments.status, 'completed'), notExists(charge));
}

export interface OwedDate {
  appointmentId: string;
  startsAt: number;
  serviceName: string;
  owedCents: number;
}

/** What one client owes, the oldest first. A therapist sees the dates whose bills they may open. */
export async function listOwedOfClient(viewer: Staff, clientId: string, clock: Clock): Promise<OwedDate[]> {
  if (!isPossibleId(clientId)) return [];
  const db = await reader();
  const owed = await mapOwedCents(db, eq(appointments.clientId, clientId), clock);
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
