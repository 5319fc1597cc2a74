import { and, asc, eq, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { appointments, clients, series } from '@/db/schema';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { cameBackCondition, firstVisitCondition, startsInPeriodCondition } from './report-conditions';

/**
 * A client's standing: in a plan of several dates; without a plan, but here more than once by then; or here once so
 * far.
 */
export type ClientStanding = 'in_plan' | 'again' | 'once';

export interface ClientCounts {
  attended: number;
  inPlan: number;
  again: number;
  once: number;
  firstTime: number;
  /** First-time clients who have another date within eight weeks. */
  cameBack: number;
}

export interface AttendingClient {
  id: string;
  name: string;
  standing: ClientStanding;
  /** The latest visit in the period. */
  lastAt: number;
  /** The number of visits in the period. */
  times: number;
}

/** The clients who came in a period, and their standing at its end. */
export async function countClients(db: Db, span: Interval): Promise<ClientCounts> {
  const firstVisits = await db
    .selectDistinct({ id: appointments.clientId, cameBack: sql`${cameBackCondition(db)}`.mapWith(Boolean) })
    .from(appointments)
    .where(firstVisitInPeriodCondition(db, span));
  const attending = await listAttending(db, span, firstVisits);
  const countOf = (wanted: ClientStanding) => attending.filter(({ standing }) => standing === wanted).length;
  return {
    attended: attending.length,
    inPlan: countOf('in_plan'),
    again: countOf('again'),
    once: countOf('once'),
    firstTime: attending.filter(({ isFirstTime }) => isFirstTime).length,
    cameBack: new Set(firstVisits.filter(({ cameBack }) => cameBack).map(({ id }) => id)).size,
  };
}

/** The clients who came in a period, by their latest visit. */
export async function listAttendingClients(
  db: Db,
  span: Interval,
): Promise<(AttendingClient & { isFirstTime: boolean })[]> {
  const firstVisits = await db
    .selectDistinct({ id: appointments.clientId })
    .from(appointments)
    .where(firstVisitInPeriodCondition(db, span));
  return listAttending(db, span, firstVisits);
}

const tookPlaceInPeriodCondition = (span: Interval) =>
  and(startsInPeriodCondition(span), eq(appointments.status, 'completed'));

const firstVisitInPeriodCondition = (db: Db, span: Interval) =>
  and(tookPlaceInPeriodCondition(span), firstVisitCondition(db));

async function listAttending(
  db: Db,
  span: Interval,
  firstVisits: { id: string }[],
): Promise<(AttendingClient & { isFirstTime: boolean })[]> {
  const attended = await db
    .select({
      id: clients.id,
      name: clients.name,
      longest: sql<number>`max(${series.sessions})`.mapWith(Number),
      firstAt: sql<number>`min(${appointments.startAt})`.mapWith(Number),
      lastAt: sql<number>`max(${appointments.startAt})`.mapWith(Number),
      times: sql<number>`count(*)`.mapWith(Number),
    })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(tookPlaceInPeriodCondition(span))
    .groupBy(clients.id, clients.name)
    .orderBy(asc(sql`max(${appointments.startAt})`), asc(clients.id));
  const firstTimers = new Set(firstVisits.map(({ id }) => id));
  return attended.map(({ id, name, longest, firstAt, lastAt, times }) => {
    const isFirstTime = firstTimers.has(id);
    const isOnce = isFirstTime && firstAt === lastAt;
    const standing = longest > 1 ? 'in_plan' : isOnce ? 'once' : 'again';
    return { id, name, standing, lastAt, times, isFirstTime };
  });
}
