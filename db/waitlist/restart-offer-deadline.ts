import { and, eq, gt, isNull } from 'drizzle-orm';
import { setHoldExpiry } from '@/db/claims/claims';
import { offerHoldName } from '@/db/claims/hold-names';
import type { Db } from '@/db/connection/connection';
import { getPractice } from '@/db/practice/practice';
import { appointments, services, waitlistEntries, waitlistOffers } from '@/db/schema';
import { getOfferDeadline } from './offer-deadline';

/**
 * Restarts the time to answer an offer when its e-mail is handed to the mail server. Returns the new deadline; null
 * where too little time is left, or where the offer has ended.
 */
export async function restartOfferDeadline(tx: Db, offerId: string, now: number): Promise<number | null> {
  const isOpen = and(eq(waitlistOffers.id, offerId), isNull(waitlistOffers.answeredAt));
  // Locks the offer: an answer at this moment goes first or waits.
  const [offer] = await tx
    .update(waitlistOffers)
    .set({ answeredAt: null })
    .where(and(isOpen, gt(waitlistOffers.expiresAt, now)))
    .returning();
  if (!offer) return null;
  const practice = await getPractice(tx);
  const [service] = await tx
    .select({ noticeMinutes: services.noticeMinutes })
    .from(services)
    .where(eq(services.id, offer.serviceId));
  const swaps = offer.entryId === null ? null : await startOfSwapped(tx, offer.entryId);
  const until = getOfferDeadline(practice, {
    now,
    firstStart: offer.firstStartAt,
    noticeMinutes: service?.noticeMinutes ?? null,
    swaps,
  });
  if (until === null || until <= offer.expiresAt) return offer.expiresAt;
  await tx.update(waitlistOffers).set({ expiresAt: until }).where(eq(waitlistOffers.id, offerId));
  await setHoldExpiry(tx, offerHoldName(offerId), until);
  return until;
}

async function startOfSwapped(tx: Db, entryId: string): Promise<number | null> {
  const [found] = await tx
    .select({ startAt: appointments.startAt })
    .from(waitlistEntries)
    .innerJoin(appointments, eq(appointments.id, waitlistEntries.swapAppointmentId))
    .where(eq(waitlistEntries.id, entryId));
  return found?.startAt ?? null;
}
