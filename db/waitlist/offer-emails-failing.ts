import { and, count, eq, gt, max, ne } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { DAY_MS } from '@/db/retention';
import { outbox, waitlistOffers } from '@/db/schema';

/** So many offers were made, and no e-mail of any kind has gone since: the mail server is away. */
const MOST_UNSENT = 3;
const TRY_AGAIN_MS = 3_600_000;

/**
 * Whether nobody can be told of an offer just now, as far as the last ones show: then nothing is offered by itself, so that
 * no time is held for people who do not know of it. After an hour it is tried again.
 */
export async function areOfferEmailsFailing(db: Db, now: number): Promise<boolean> {
  const [sent] = await db
    .select({ last: max(outbox.sentAt) })
    .from(outbox)
    .where(ne(outbox.kind, 'reminder_text'));
  const [unsent] = await db
    .select({ many: count(), last: max(waitlistOffers.answeredAt) })
    .from(waitlistOffers)
    .where(
      and(
        eq(waitlistOffers.answer, 'unsent'),
        gt(waitlistOffers.answeredAt, now - DAY_MS),
        gt(waitlistOffers.createdAt, Number(sent?.last ?? 0)),
      ),
    );
  return unsent!.many >= MOST_UNSENT && Number(unsent!.last) > now - TRY_AGAIN_MS;
}
