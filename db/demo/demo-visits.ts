import type { questionCounts } from '@/db/schema';
import { addDays } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';
import { PRACTICE } from './demo-practice';
import { createSeededRandom } from './seeded-random';

type VisitCountRow = typeof questionCounts.$inferInsert;

const { timeZone } = PRACTICE;

/** How often each page is read on a usual day. */
const READS_A_DAY: Record<string, number> = {
  'low-back-pain': 5,
  'hamstring-tendinopathy': 4,
  'neck-pain': 3,
  sciatica: 3,
  'is-massage-safe': 2,
  'tension-headache': 2,
  'desk-shoulder-tightness': 2,
  'how-often-massage': 1,
};
const DAYS = 90;
/** One in so many readers follows the booking link. */
const READERS_A_FOLLOWER = 25;

/**
 * The reads of question pages on past days. For each plan that came from a page, a read and a click on that page are
 * counted first.
 */
export function planDemoVisitCounts(
  booked: { questionSlug: string; createdAt: number }[],
  now: number,
): VisitCountRow[] {
  const random = createSeededRandom(7);
  const today = toWallTime(timeZone, now).on;
  const plans = booked.map(({ questionSlug, createdAt }) => `${questionSlug} ${toWallTime(timeZone, createdAt).on}`);
  const rows: VisitCountRow[] = [];
  for (let back = DAYS; back > 0; back -= 1) {
    const on = addDays(today, -back);
    for (const [slug, usual] of Object.entries(READS_A_DAY)) {
      const planned = plans.filter((plan) => plan === `${slug} ${on}`).length;
      const others = Array.from({ length: random.below(2 * usual + 1) }, () => random.below(READERS_A_FOLLOWER));
      const followed = planned + others.filter((roll) => roll === 0).length;
      const reads = planned + others.length;
      if (reads > 0) rows.push({ on, slug, kind: 'read', times: reads });
      if (followed > 0) rows.push({ on, slug, kind: 'followed', times: followed });
    }
  }
  return rows;
}
