import { and, eq, gt, inArray, isNull, lt } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { type OfferOutcome, waitlistOffers } from '@/db/schema';
import { type Interval, intervalsOverlap } from '@/scheduling/interval-arithmetic';
import { type ClaimRequest, listHoldNamesIn, releaseHolds } from './claims';
import { recordFreedTimes } from './freed-times';
import { offerHoldName } from './hold-names';

// Ends an offer to somebody on the waiting list: its time becomes free, and may be offered to the next.

export type WaitlistOfferRow = typeof waitlistOffers.$inferSelect;

/** Records the answer to an offer. Undefined where it was answered before, or is accepted after it has expired. */
export async function recordOfferAnswer(
  tx: Db,
  offerId: string,
  answer: OfferOutcome,
  now: number,
): Promise<WaitlistOfferRow | undefined> {
  const isOpen = and(eq(waitlistOffers.id, offerId), isNull(waitlistOffers.answeredAt));
  const [offer] = await tx
    .update(waitlistOffers)
    .set({ answeredAt: now, answer })
    .where(answer === 'accepted' ? and(isOpen, gt(waitlistOffers.expiresAt, now)) : isOpen)
    .returning();
  return offer;
}

/** Ends an offer without a booking. Its time may be offered again at once, or at `dueAt`. */
export async function endOffer(
  tx: Db,
  offerId: string,
  answer: Exclude<OfferOutcome, 'accepted'>,
  now: number,
  dueAt = now,
): Promise<WaitlistOfferRow | undefined> {
  const offer = await recordOfferAnswer(tx, offerId, answer, now);
  if (!offer) return undefined;
  await releaseHolds(tx, [offerHoldName(offerId)]);
  const { therapistId, dates } = offer;
  await recordFreedTimes(
    tx,
    dates.map(({ paddedStartAt: start, paddedEndAt: end }) => ({ therapistId, start, end })),
    now,
    dueAt,
  );
  return offer;
}

/** Ends the offers that hold some of this time, because it goes back to whoever had it before. */
export async function endOverlappingOffers(tx: Db, requests: ClaimRequest[], now: number): Promise<void> {
  const owners = await listHoldNamesIn(tx, requests, offerHoldName('%'));
  for (const owner of owners) await endOffer(tx, owner.slice(offerHoldName('').length), 'withdrawn', now);
}

/** Withdraws the offers of these therapists' time, because the therapists will be absent. */
export async function withdrawOffersOfTherapists(
  tx: Db,
  therapistIds: string[],
  spans: Interval[],
  now: number,
): Promise<void> {
  const open = await tx
    .select()
    .from(waitlistOffers)
    .where(
      and(
        isNull(waitlistOffers.answeredAt),
        inArray(waitlistOffers.therapistId, therapistIds),
        lt(waitlistOffers.firstStartAt, Math.max(...spans.map(({ end }) => end))),
      ),
    )
    .orderBy(waitlistOffers.id);
  for (const { id, dates } of open) {
    const isMet = dates.some(({ paddedStartAt: start, paddedEndAt: end }) =>
      spans.some((span) => intervalsOverlap(span, { start, end })),
    );
    // The client refused nothing: if the absence is undone, they may be asked again.
    if (isMet) await endOffer(tx, id, 'withdrawn', now);
  }
}
