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

/** Adds to the sums of today. Nothing of who it was is known here, or kept. */
export async function addVisitCounts(visits: PageVisitCounts[], now: number): Promise<void> {
  const { timeZone } = await getPractice();
  const { on } = toWallTime(timeZone, now);
  // In one order, whoever counts: two servers would otherwise wait for each other's rows.
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

/** What became of each page in the last so many days, today included; pages without any are left out. */
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
