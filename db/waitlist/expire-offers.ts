import { and, eq, isNull, lte } from 'drizzle-orm';
import { endOffer } from '@/db/claims/end-waitlist-offers';
import { reader, transact } from '@/db/connection/database-client';
import { outbox, waitlistOffers } from '@/db/schema';
import { continueOnError } from './continue-on-error';

/**
 * Ends offers that were not answered, so that their time is free again. An offer whose e-mail was never sent ends as
 * `unsent`: its client may get the offer again. Returns how many there were.
 */
export async function expireOffers(now: number): Promise<number> {
  const isOver = and(isNull(waitlistOffers.answeredAt), lte(waitlistOffers.expiresAt, now));
  // Usually there is none, and looking takes no lock.
  const over = await (await reader())
    .select({ id: waitlistOffers.id })
    .from(waitlistOffers)
    .where(isOver)
    .orderBy(waitlistOffers.id);
  let ended = 0;
  for (const { id } of over)
    if (await continueOnError('an offer could not be ended', () => expireOffer(id, now))) ended++;
  return ended;
}

async function expireOffer(id: string, now: number): Promise<boolean> {
  return transact(async (tx) => {
    const [due] = await tx
      .select({ id: waitlistOffers.id, unsent: outbox.id })
      .from(waitlistOffers)
      // If the e-mail was given up, writing it again would reach nobody.
      .leftJoin(outbox, and(eq(outbox.id, waitlistOffers.outboxId), isNull(outbox.sentAt), isNull(outbox.deadAt)))
      .where(and(eq(waitlistOffers.id, id), lte(waitlistOffers.expiresAt, now)));
    return due !== undefined && (await endOffer(tx, id, due.unsent === null ? 'expired' : 'unsent', now)) !== undefined;
  });
}
