import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { appointments, series } from '@/db/schema';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { cameBackCondition, firstVisitCondition, startsInPeriodCondition } from './report-conditions';

export interface ClientCounts {
  attended: number;
  /** Of those who came: with a plan of several dates; without one, but more than once by then; and once so far. */
  inPlan: number;
  again: number;
  once: number;
  firstTime: number;
  /** Of the first-timers, those with another date within eight weeks. */
  cameBack: number;
}

/** Who came in a period, and how they stand to the practice by its end. */
export async function countClients(db: Db, span: Interval): Promise<ClientCounts> {
  const tookPlace = and(startsInPeriodCondition(span), eq(appointments.status, 'completed'));
  const attended = await db
    .select({
      id: appointments.clientId,
      longest: sql<number>`max(${series.sessions})`.mapWith(Number),
      firstAt: sql<number>`min(${appointments.startAt})`.mapWith(Number),
      lastAt: sql<number>`max(${appointments.startAt})`.mapWith(Number),
    })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .where(tookPlace)
    .groupBy(appointments.clientId);
  const first = await db
    .selectDistinct({ id: appointments.clientId })
    .from(appointments)
    .where(and(tookPlace, firstVisitCondition(db)));
  const back = await db
    .selectDistinct({ id: appointments.clientId })
    .from(appointments)
    .where(and(tookPlace, firstVisitCondition(db), cameBackCondition(db)));
  const isFirst = new Set(first.map(({ id }) => id));
  const inPlan = attended.filter(({ longest }) => longest > 1).length;
  const once = attended.filter(
    ({ id, longest, firstAt, lastAt }) => longest === 1 && isFirst.has(id) && firstAt === lastAt,
  ).length;
  return {
    attended: attended.length,
    inPlan,
    again: attended.length - inPlan - once,
    once,
    firstTime: first.length,
    cameBack: back.length,
  };
}
