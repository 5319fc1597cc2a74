import { and, eq, isNull } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { readOfferToken } from '@/db/access/emailed-link-tokens';
import type { Staff, Viewer } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { endOffer, type WaitlistOfferRow } from '@/db/claims/end-waitlist-offers';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { waitlistEntries, waitlistOffers } from '@/db/schema';
import { FREED_TIME_DELAY_MS } from '@/scheduling/waitlist-matching';
import { getOfferAuditSubject } from './offer-audit-subject';
import { queueFreeTimesForEntry } from './queue-free-times-for-entry';

// Offers that the client declines or the practice withdraws: their dates are free for the next client on the list.

export async function declineOffer(token: string, clock: Clock): Promise<{ ok: true } | Refusal<'gone'>> {
  const id = readOfferToken(token);
  return id === null ? { ok: false, reason: 'gone' } : decline({ role: 'reader' }, id, clock);
}

export async function declineOfferAsStaff(
  viewer: Staff,
  offerId: string,
  clock: Clock,
): Promise<{ ok: true } | Refusal<'gone'>> {
  return isPossibleId(offerId) ? decline(viewer, offerId, clock) : { ok: false, reason: 'gone' };
}

async function decline(viewer: Viewer, offerId: string, { now }: Clock): Promise<{ ok: true } | Refusal<'gone'>> {
  return transact(async (tx) => {
    const offer = await endOffer(tx, offerId, 'declined', now);
    if (!offer) return { ok: false as const, reason: 'gone' as const };
    // While the offer was open its client got no other, so other free time is searched now.
    await lookAgain(tx, offer, now);
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'offer declined',
      subject: await getOfferAuditSubject(tx, offer),
      facts: { offer: offerId, startsAt: offer.firstStartAt },
    });
    return { ok: true as const };
  });
}

async function lookAgain(tx: Db, { entryId }: WaitlistOfferRow, now: number): Promise<void> {
  if (entryId === null) return;
  const isWaiting = and(eq(waitlistEntries.id, entryId), isNull(waitlistEntries.endedAt));
  const [entry] = await tx.select().from(waitlistEntries).where(isWaiting);
  if (entry) await queueFreeTimesForEntry(tx, entry, await getPractice(tx), now);
}

/**
 * Withdraws an offer, because the practice wants the time itself or made a mistake. The time is not offered to the same
 * client again.
 */
export async function withdrawOffer(
  viewer: Staff,
  offerId: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'gone'>> {
  if (!isPossibleId(offerId)) return { ok: false, reason: 'gone' };
  return transact(async (tx) => {
    const isTheirs = viewer.role === 'therapist' ? eq(waitlistOffers.therapistId, viewer.therapistId) : undefined;
    const [own] = await tx
      .select({ id: waitlistOffers.id })
      .from(waitlistOffers)
      .where(and(eq(waitlistOffers.id, offerId), isTheirs));
    // Staff have a moment to use the time before it is offered to the next client.
    const offer = own && (await endOffer(tx, offerId, 'taken_back', now, now + FREED_TIME_DELAY_MS));
    if (!offer) return { ok: false as const, reason: 'gone' as const };
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'offer taken back',
      subject: await getOfferAuditSubject(tx, offer),
      facts: { offer: offerId, startsAt: offer.firstStartAt },
    });
    return { ok: true as const };
  });
}
