import { gte, sql } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { reader, transact } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { questionCounts, seriesQuestionPages } from '@/db/schema';
import { addDays } from '@/scheduling/day';
import { getDayInterval, toWallTime } from '@/scheduling/zone-conversion';

export interface QuestionPageCount {
  slug: string;
  reads: number;
  followed: number;
  booked: number;
}

export interface PageVisitCounts {
  slug: string;
  kind: 'read' | 'followed';
  times: number;
}

/** Adds to today's sums. Nothing about the visitors is known here, or stored. */
export async function addVisitCounts(visits: PageVisitCounts[], now: number): Promise<void> {
  const { timeZone } = await getPractice();
  const { on } = toWallTime(timeZone, now);
  // Always in the same order: otherwise two servers could deadlock on each other's rows.
  const ordered = [...visits].sort((a, b) => (`${a.slug} ${a.kind}` < `${b.slug} ${b.kind}` ? -1 : 1));
  await transact(async (tx) => {
    for (const { slug, kind, times } of ordered) {
      await tx
        .insert(questionCounts)
        .values({ on, slug, kind, times })
        .onConflictDoUpdate({
          target: [questionCounts.on, questionCounts.slug, questionCounts.kind],
          set: { times: sql`${questionCounts.times} + ${times}` },
        });
    }
  });
}

/** The counts of each page in this many last days, today included; pages without any are left out. */
export async function listQuestionPageCounts(_viewer: Staff, days: number, now: number): Promise<QuestionPageCount[]> {
  const db = await reader();
  const { timeZone } = await getPractice(db);
  const from = addDays(toWallTime(timeZone, now).on, 1 - days);
  const counted = await db
    .select({ slug: questionCounts.slug, kind: questionCounts.kind, times: questionCounts.times })
    .from(questionCounts)
    .where(gte(questionCounts.on, from));
  const booked = await db
    .select({ slug: seriesQuestionPages.questionSlug })
    .from(seriesQuestionPages)
    .where(gte(seriesQuestionPages.createdAt, getDayInterval(timeZone, from).start));
  const counts = new Map<string, QuestionPageCount>();
  const countsOf = (slug: string) => {
    const count = counts.get(slug) ?? { slug, reads: 0, followed: 0, booked: 0 };
    counts.set(slug, count);
    return count;
  };
  for (const { slug, kind, times } of counted) countsOf(slug)[kind === 'read' ? 'reads' : 'followed'] += times;
  for (const { slug } of booked) countsOf(slug).booked += 1;
  return [...counts.values()];
}
