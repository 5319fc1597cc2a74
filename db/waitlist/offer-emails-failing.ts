import { and, count, eq, gt, max, ne } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { DAY_MS } from '@/db/retention';
import { outbox, waitlistOffers } from '@/db/schema';

/** After this many offers without any e-mail sent since, the mail server counts as unavailable. */
const MOST_UNSENT = 3;
const TRY_AGAIN_MS = 3_600_000;

/**
 * Whether offer e-mails seem not to be sent at present, judged by the last offers. No offers are then made
 * automatically, so that no time is held for clients who have not been told. After an hour it is tried again.
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
