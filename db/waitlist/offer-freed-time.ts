import { and, between, desc, eq, gt, inArray, isNull, lte, max, min, notLike, or } from 'drizzle-orm';
import { getCellRange, therapistResourceName } from '@/db/claims/claims';
import { recordFreedTimes } from '@/db/claims/freed-times';
import { offerHoldName } from '@/db/claims/hold-names';
import { resourceNumberSubquery } from '@/db/claims/resource-and-owner-numbers';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { getPractice } from '@/db/practice/practice';
import { appointments, claims, freedTimes, holds, waitlistEntries } from '@/db/schema';
import { CLAIM_GRAIN_MS } from '@/scheduling/choose-resources';
import { isOutsideOfferQuietHours } from '@/scheduling/waitlist-matching';
import { continueOnError } from './continue-on-error';
import { endStaleSoonerEntries } from './end-stale-sooner-entries';
import { expireOffers } from './expire-offers';
import { findNextOfferCandidate, formatCandidateKey, type OfferCandidate } from './find-offer-candidate';
import { makeOffer } from './make-offer';
import { areOfferEmailsFailing } from './offer-emails-failing';

// Offers time that has stayed free for a while to clients on the list. One worker at a time leases what is due. If it
// dies, the next takes over when the lease has expired: nothing is lost or offered twice.

const LEASE_MS = 2 * 60_000;
/** The clocks of two servers always differ a little. */
const CLOCKS_APART_MS = 60 * 60_000;
const MOST_A_ROUND = 200;
const LATER_MS = 10 * 60_000;

/** Whether a massage is withheld from a client because of what they said about their health. */
export type IsMassageWithheld = (who: { clientId: string; serviceId: string; therapistId: string }) => Promise<boolean>;

/**
 * Ends offers that were not answered, and offers what is due, except at night and while no e-mail is sent. Returns how
 * many offers were made. Staff may offer a withheld massage by hand: they have talked about it.
 */
export async function offerFreedTime(workerId: string, now: number, isHeldBack: IsMassageWithheld): Promise<number> {
  await endExpiredOffersAndEntries(now);
  const db = await reader();
  const { timeZone } = await getPractice(db);
  if (!isOutsideOfferQuietHours(timeZone, now) || (await areOfferEmailsFailing(db, now))) return 0;
  const due = await leaseDue(workerId, now);
  if (due.length === 0) return 0;
  const offeredTogether = await continueOnError('freed times', () => offerLot(due, workerId, now, isHeldBack));
  if (offeredTogether !== undefined) return offeredTogether;
  // One of them fails and blocks the others, so each is offered by itself. The failed one is tried again once its lease
  // has expired.
  let offerCount = 0;
  for (const freedTime of due)
    offerCount +=
      (await continueOnError(`freed time ${freedTime.id}`, () => offerLot([freedTime], workerId, now, isHeldBack))) ??
      0;
  return offerCount;
}

/** Ends offers that were not answered, and entries that wait in vain. */
export async function endExpiredOffersAndEntries(now: number): Promise<void> {
  await expireOffers(now);
  await endStaleSoonerEntries(now);
}

type Due = typeof freedTimes.$inferSelect;

async function offerLot(due: Due[], workerId: string, now: number, isHeldBack: IsMassageWithheld): Promise<number> {
  const freed = due.map(({ therapistId, startAt, endAt }) => ({ therapistId, start: startAt, end: endAt }));
  const avoid = new Set<string>();
  let offerCount = 0;
  for (let tries = 0; ; tries++) {
    // The rest is left to the next round, when the lease has expired.
    if (tries === MOST_A_ROUND) return offerCount;
    const db = await reader();
    const found = await findNextOfferCandidate(db, freed, { now, avoid });
    if (!found) break;
    // Offered or not, the candidate is not tried again in this round.
    avoid.add(formatCandidateKey(found));
    const isMade = await continueOnError(`an offer of ${formatCandidateKey(found)}`, async () => {
      if (await isHeldBack({ ...(await whoGets(db, found)), therapistId: found.therapistId })) return false;
      const offered = await makeOffer({ role: 'reader' }, found, { now, source: 'worker' });
      if (!offered.ok && offered.reason === 'too_much_held') await lookLater(found, now);
      return offered.ok;
    });
    if (isMade) offerCount++;
    else if (found.kind === 'entry') avoid.add(found.entryId);
  }
  await finish(
    due.map(({ id }) => id),
    workerId,
    now,
  );
  return offerCount;
}

/** Tries again later: too much of that day is held at present. */
async function lookLater({ therapistId, starts }: OfferCandidate, now: number): Promise<void> {
  const freed = starts.map((start) => ({ therapistId, start, end: start + CLAIM_GRAIN_MS }));
  await transact((tx) => recordFreedTimes(tx, freed, now, now + LATER_MS));
}

async function whoGets(db: Db, found: OfferCandidate): Promise<{ clientId: string; serviceId: string }> {
  if (found.kind === 'entry') {
    const [entry] = await db
      .select({ clientId: waitlistEntries.clientId, serviceId: waitlistEntries.serviceId })
      .from(waitlistEntries)
      .where(eq(waitlistEntries.id, found.entryId));
    return { clientId: entry!.clientId!, serviceId: entry!.serviceId };
  }
  const [plan] = await db
    .select({ clientId: appointments.clientId, serviceId: appointments.serviceId })
    .from(appointments)
    .where(eq(appointments.seriesId, found.seriesId))
    .orderBy(desc(appointments.position))
    .limit(1);
  return plan!;
}

async function leaseDue(workerId: string, now: number) {
  const isUnleased = or(
    isNull(freedTimes.leasedUntil),
    lte(freedTimes.leasedUntil, now),
    gt(freedTimes.leasedUntil, now + LEASE_MS + CLOCKS_APART_MS),
  );
  const isDue = and(lte(freedTimes.dueAt, now), isUnleased);
  // Usually nothing is due, and looking takes no lock.
  const waiting = await (await reader()).select({ id: freedTimes.id }).from(freedTimes).where(isDue).limit(1);
  if (waiting.length === 0) return [];
  return transact((tx) =>
    tx
      .update(freedTimes)
      .set({ leasedBy: workerId, leasedUntil: now + LEASE_MS })
      .where(isDue)
      .returning(),
  );
}

/**
 * Removes the freed times that were looked at. Time that somebody holds while they book is looked at again when that
 * hold ends; an offer records its own time as freed when it ends.
 */
async function finish(ids: string[], workerId: string, now: number): Promise<void> {
  await transact(async (tx) => {
    const expired = await tx
      .delete(freedTimes)
      .where(and(inArray(freedTimes.id, ids), eq(freedTimes.leasedBy, workerId)))
      .returning();
    for (const { therapistId, startAt, endAt } of expired) {
      const { first, last } = getCellRange({ start: startAt, end: endAt });
      const held = await tx
        .select({ first: min(claims.cell), last: max(claims.cell), until: max(claims.expiresAt) })
        .from(claims)
        .innerJoin(holds, eq(holds.owner, claims.owner))
        .where(
          and(
            eq(claims.resource, resourceNumberSubquery(therapistResourceName(therapistId))),
            between(claims.cell, first, last),
            gt(claims.expiresAt, now),
            notLike(holds.name, offerHoldName('%')),
          ),
        )
        .groupBy(claims.owner);
      for (const hold of held) {
        const span = { start: Number(hold.first) * CLAIM_GRAIN_MS, end: (Number(hold.last) + 1) * CLAIM_GRAIN_MS };
        await recordFreedTimes(tx, [{ therapistId, ...span }], now, Number(hold.until));
      }
    }
  });
}
