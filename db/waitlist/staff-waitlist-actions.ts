import { eq } from 'drizzle-orm';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import type { ListSuitedTherapists } from '@/db/booking/allowed-therapists';
import { reader } from '@/db/connection/database-client';
import type { Clock, Refusal } from '@/db/results';
import { waitlistEntries } from '@/db/schema';
import { acceptOfferAsStaff } from './accept-offer';
import { confirmEntryWithoutLink, endWaitlistEntry } from './confirm-and-end-entries';
import { declineOfferAsStaff } from './decline-offer';
import { makeOffer } from './make-offer';
import { findWaitlistEntryForStaff, listPossibleOffersForEntry } from './waiting-clients';

// What staff do with the waitlist. An entry that the viewer may not see is not found.

/**
 * Offers one of the times that an entry could have, whoever else waits. Therapists may offer only their own time. With
 * `listSuited`, a time with a therapist who may not suit the client is not offered: `ask_first`.
 */
export async function offerByHand(
  viewer: Staff,
  { entryId, therapistId, firstStartAt }: { entryId: string; therapistId: string; firstStartAt: number },
  { now, listSuited }: Clock & { listSuited?: ListSuitedTherapists },
): Promise<{ ok: true; expiresAt: number } | Refusal<'taken' | 'ask_first'>> {
  const isTheirs = managesAllCalendars(viewer) || viewer.therapistId === therapistId;
  const offer = (await listPossibleOffersForEntry(viewer, entryId, { now })).find(
    (possible) => possible.therapistId === therapistId && possible.starts[0] === firstStartAt,
  );
  if (!offer || !isTheirs) return { ok: false, reason: 'taken' };
  if (listSuited && !(await isSuited(entryId, therapistId, listSuited))) return { ok: false, reason: 'ask_first' };
  const found = { kind: 'entry' as const, entryId, therapistId, starts: offer.starts };
  const offered = await makeOffer(viewer, found, { now, source: 'desk' });
  return offered.ok ? offered : { ok: false, reason: 'taken' };
}

async function isSuited(entryId: string, therapistId: string, listSuited: ListSuitedTherapists): Promise<boolean> {
  const db = await reader();
  const [entry] = await db
    .select({ clientId: waitlistEntries.clientId })
    .from(waitlistEntries)
    .where(eq(waitlistEntries.id, entryId));
  const suited = entry?.clientId ? await listSuited(db, [entry.clientId]) : null;
  return suited === null || suited.includes(therapistId);
}

/** Records the answer that the client gave on the phone. */
export async function answerOfferAsStaff(
  viewer: Staff,
  { entryId, offerId, answer }: { entryId: string; offerId: string; answer: 'yes' | 'no' },
  clock: Clock,
): Promise<{ ok: true } | Refusal<'gone' | 'lost'>> {
  const entry = await findWaitlistEntryForStaff(viewer, entryId, clock);
  if (entry?.open?.id !== offerId || !entry.open.mayAnswer) return { ok: false, reason: 'gone' };
  if (answer === 'no') return declineOfferAsStaff(viewer, offerId, clock);
  const accepted = await acceptOfferAsStaff(viewer, offerId, clock);
  return accepted.ok ? { ok: true } : accepted;
}

/**
 * Confirms an online request whose client said on the phone that it was theirs: it no longer waits for the link in
 * their e-mail.
 */
export async function confirmEntryAsStaff(
  viewer: Staff,
  entryId: string,
  clock: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  if (!(await findWaitlistEntryForStaff(viewer, entryId, clock))) return { ok: false, reason: 'not_found' };
  return confirmEntryWithoutLink(viewer, entryId, clock);
}

/** Removes an entry. A therapist may not remove a client who waits for any therapist, unless it is their own client. */
export async function removeWaitlistEntryAsStaff(
  viewer: Staff,
  entryId: string,
  clock: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  const entry = await findWaitlistEntryForStaff(viewer, entryId, clock);
  if (!entry?.mayRemove) return { ok: false, reason: 'not_found' };
  return endWaitlistEntry(viewer, entryId, 'removed', clock);
}
