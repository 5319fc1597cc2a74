import { aliasedTable, and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { appointments, clients, questionCounts, series, services, therapists } from '@/db/schema';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { getDayInterval } from '@/scheduling/zone-conversion';
import { type ClientStanding, listAttendingClients } from './client-counts';
import { type DayPeriod, endedPlans } from './report-conditions';
import type { ReportRow } from './report-rows';

const NOBODY = {
  ...{ appointmentId: null, therapistId: null, serviceId: null, clientId: null },
  ...{ client: null, therapist: null, service: null },
};

/** A row for each client who came, with the number of visits; for all clients, or for one standing. */
export async function listClientRows(db: Db, span: Interval, wanted: ClientStanding | null): Promise<ReportRow[]> {
  return (await listAttendingClients(db, span))
    .filter(({ standing }) => wanted === null || standing === wanted)
    .map(({ id, name, lastAt, times }) => ({ ...NOBODY, id, clientId: id, client: name, at: lastAt, amount: times }));
}

/**
 * A row for each plan that ended, with the number of dates that took place; for all plans, or only those completed in
 * full. Its time is that of its last date, or of the last cancelling where all dates were cancelled.
 */
export async function listEndedPlans(
  db: Db,
  span: Interval,
  { isKeptWhole, now }: { isKeptWhole: boolean; now: number },
): Promise<ReportRow[]> {
  const ended = endedPlans(db, span, now);
  const rows = await db
    .select({
      id: series.id,
      at: ended.last,
      therapistId: series.therapistId,
      clientId: clients.id,
      client: clients.name,
      therapist: therapists.name,
      amount: ended.kept,
      outOf: ended.dates,
    })
    .from(ended)
    .innerJoin(series, eq(series.id, ended.seriesId))
    .innerJoin(clients, eq(clients.id, series.clientId))
    .innerJoin(therapists, eq(therapists.id, series.therapistId))
    .orderBy(asc(ended.last), asc(series.id));
  return rows.filter(({ amount, outOf }) => !isKeptWhole || amount === outOf).map((row) => ({ ...NOBODY, ...row }));
}

/** A row for each plan or single date that staff booked in the period, by the time of booking. */
export async function listDeskBookings(db: Db, { start, end }: Interval): Promise<ReportRow[]> {
  const first = aliasedTable(appointments, 'first_date');
  const rows = await db
    .select({
      id: series.id,
      at: series.createdAt,
      appointmentId: first.id,
      therapistId: series.therapistId,
      serviceId: first.serviceId,
      clientId: clients.id,
      client: clients.name,
      therapist: therapists.name,
      service: services.name,
      amount: series.sessions,
    })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .innerJoin(therapists, eq(therapists.id, series.therapistId))
    .leftJoin(first, and(eq(first.seriesId, series.id), eq(first.position, 1)))
    .leftJoin(services, eq(services.id, first.serviceId))
    .where(and(eq(series.source, 'desk'), gte(series.createdAt, start), lt(series.createdAt, end)))
    .orderBy(asc(series.createdAt), asc(series.id));
  return rows;
}

/** How often each page of the library was read, or led to a booking, on each day. Names nobody. */
export async function listPageCounts(
  db: Db,
  { from, to }: DayPeriod,
  timeZone: string,
  kind: 'read' | 'followed',
): Promise<ReportRow[]> {
  const rows = await db
    .select({
      on: questionCounts.on,
      slug: questionCounts.slug,
      times: sql<number>`sum(${questionCounts.times})`.mapWith(Number),
    })
    .from(questionCounts)
    .where(and(gte(questionCounts.on, from), lt(questionCounts.on, to), eq(questionCounts.kind, kind)))
    .groupBy(questionCounts.on, questionCounts.slug)
    .orderBy(asc(questionCounts.on), asc(questionCounts.slug));
  return rows.map(({ on, slug, times }) => ({
    ...NOBODY,
    id: `${on} ${slug}`,
    at: getDayInterval(timeZone, on).start,
    slug,
    amount: times,
  }));
}
