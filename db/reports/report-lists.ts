import { aliasedTable, and, asc, eq, gte, inArray, isNull, lt, ne, notExists, type SQL, sql } from 'drizzle-orm';
import type { Owner } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import {
  type AppointmentStatus,
  appointments,
  clients,
  ledgerEntries,
  ledgerLines,
  services,
  therapists,
} from '@/db/schema';
import type { Interval } from '@/scheduling/interval-arithmetic';
import {
  cameBackCondition,
  type DayPeriod,
  firstVisitCondition,
  getReportInterval,
  RECEIVING_ACCOUNTS,
  startsInPeriodCondition,
} from './report-conditions';

// What a figure of the report counts, row by row, for the owner alone.

export type ReportListName =
  | 'completed'
  | 'no_show'
  | 'late_cancel'
  | 'cancelled'
  | 'due'
  | 'payments'
  | 'first_time'
  | 'came_back';

export interface ReportRow {
  id: string;
  appointmentId: string;
  therapistId: string;
  serviceId: string;
  at: number;
  clientId: string;
  client: string;
  therapist: string;
  service: string;
  status: AppointmentStatus;
  amountCents: number;
}

/** Of one therapist or one massage alone. */
export interface ReportFilter {
  therapistId?: string | undefined;
  serviceId?: string | undefined;
}

/** The appointments, payments or clients that one figure counts. */
export async function listReportRows(
  viewer: Owner,
  period: DayPeriod,
  list: ReportListName,
  { therapistId, serviceId }: ReportFilter = {},
): Promise<ReportRow[]> {
  return (await listAllRows(viewer, period, list)).filter(
    (row) =>
      (therapistId === undefined || row.therapistId === therapistId) &&
      (serviceId === undefined || row.serviceId === serviceId),
  );
}

async function listAllRows(_viewer: Owner, period: DayPeriod, list: ReportListName): Promise<ReportRow[]> {
  const db = await reader();
  const { timeZone } = await getPractice(db);
  const span = getReportInterval(timeZone, period);
  if (list === 'due') return (await listDue(db, span)).filter(({ amountCents }) => amountCents !== 0);
  if (list === 'payments') return listPayments(db, span);
  const conditions: Record<Exclude<ReportListName, 'due' | 'payments'>, SQL | undefined> = {
    completed: eq(appointments.status, 'completed'),
    no_show: eq(appointments.status, 'no_show'),
    late_cancel: and(eq(appointments.status, 'cancelled'), eq(appointments.isLateCancel, true)),
    cancelled: and(eq(appointments.status, 'cancelled'), eq(appointments.isLateCancel, false)),
    first_time: and(eq(appointments.status, 'completed'), firstVisitCondition(db)),
    came_back: and(eq(appointments.status, 'completed'), firstVisitCondition(db), cameBackCondition(db)),
  };
  return selectRows(db)
    .where(and(startsInPeriodCondition(span), conditions[list]))
    .orderBy(asc(appointments.startAt));
}

function selectRows(db: Db) {
  return db
    .select({
      id: appointments.id,
      appointmentId: appointments.id,
      therapistId: appointments.therapistId,
      serviceId: appointments.serviceId,
      at: appointments.startAt,
      clientId: clients.id,
      client: clients.name,
      therapist: therapists.name,
      service: services.name,
      status: appointments.status,
      amountCents: appointments.priceCents,
    })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(services, eq(services.id, appointments.serviceId));
}

async function listPayments(db: Db, { start, end }: Interval): Promise<ReportRow[]> {
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
      amountCents: sql<number>`sum(${ledgerLines.amountCents})`.mapWith(Number),
    })
    .from(ledgerEntries)
    .innerJoin(
      ledgerLines,
      and(eq(ledgerLines.entryId, ledgerEntries.id), inArray(ledgerLines.account, RECEIVING_ACCOUNTS)),
    )
    .innerJoin(appointments, eq(appointments.id, ledgerEntries.appointmentId))
    .innerJoin(clients, eq(clients.id, ledgerEntries.clientId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .where(and(gte(ledgerEntries.at, start), lt(ledgerEntries.at, end)))
    .groupBy(ledgerEntries.id, clients.id, therapists.id, services.id, appointments.id)
    .orderBy(asc(ledgerEntries.at));
  return found.filter(({ amountCents }) => amountCents !== 0);
}

/** Of the massages of the period what is owed still: by the ledger, and the price of what nobody has charged yet. */
async function listDue(db: Db, span: Interval): Promise<ReportRow[]> {
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
  const rows = await selectRows(db)
    .where(and(startsInPeriodCondition(span), ne(appointments.status, 'booked')))
    .orderBy(asc(appointments.startAt));
  return rows.map((row) => {
    const notCharged = row.status === 'completed' && !isCharged.has(row.id) ? row.amountCents : 0;
    return { ...row, amountCents: (owedOf.get(row.id) ?? 0) + notCharged };
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
