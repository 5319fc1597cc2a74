import { and, eq, gte, lt, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { type AppointmentStatus, appointments, questionCounts, series, seriesQuestionPages } from '@/db/schema';
import type { Interval } from '@/scheduling/interval-arithmetic';
import type { DayPeriod } from './report-conditions';

// Where bookings came from: how often each question page was read, how often its link was followed, and what was booked.

export interface PageFigures {
  slug: string;
  reads: number;
  followed: number;
  booked: number;
  /** How many of the first dates booked took place. */
  kept: number;
}

/** How many plans were booked in the period, by their source and the outcome of their first date. */
export async function countSources(db: Db, { start, end }: Interval) {
  return db
    .select({
      source: series.source,
      slug: seriesQuestionPages.questionSlug,
      first: appointments.status,
      many: sql<number>`count(*)`.mapWith(Number),
    })
    .from(series)
    .leftJoin(seriesQuestionPages, eq(seriesQuestionPages.seriesId, series.id))
    .leftJoin(appointments, and(eq(appointments.seriesId, series.id), eq(appointments.position, 1)))
    .where(and(gte(series.createdAt, start), lt(series.createdAt, end)))
    .groupBy(series.source, seriesQuestionPages.questionSlug, appointments.status);
}

/** The question pages with what came of them, those that led to most bookings first. */
export async function listQuestionPageFigures(
  db: Db,
  { from, to }: DayPeriod,
  sources: { slug: string | null; first: AppointmentStatus | null; many: number }[],
): Promise<PageFigures[]> {
  const counted = await db
    .select({
      slug: questionCounts.slug,
      kind: questionCounts.kind,
      times: sql<number>`sum(${questionCounts.times})`.mapWith(Number),
    })
    .from(questionCounts)
    .where(and(gte(questionCounts.on, from), lt(questionCounts.on, to)))
    .groupBy(questionCounts.slug, questionCounts.kind);
  const pages = new Map<string, PageFigures>();
  const pageOf = (slug: string) => {
    const page = pages.get(slug) ?? { slug, reads: 0, followed: 0, booked: 0, kept: 0 };
    pages.set(slug, page);
    return page;
  };
  for (const { slug, kind, times } of counted) pageOf(slug)[kind === 'read' ? 'reads' : 'followed'] += times;
  for (const { slug, first, many } of sources) {
    if (slug === null) continue;
    pageOf(slug).booked += many;
    if (first === 'completed') pageOf(slug).kept += many;
  }
  return [...pages.values()].sort((a, b) => b.booked - a.booked || b.reads - a.reads || (a.slug < b.slug ? -1 : 1));
}
