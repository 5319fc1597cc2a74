import { and, between, eq, gt, inArray, isNull, lte, max, min, notLike, or } from 'drizzle-orm';
import { cellsOf, therapistResource } from '@/db/claims/claims';
import { noteFreed } from '@/db/claims/freed-times';
import { offerHold } from '@/db/claims/hold-names';
import { reader, transact } from '@/db/connection/client';
import { claims, freedTimes } from '@/db/schema';
import { CELL_MS } from '@/scheduling/resources';
import { expireOffers } from './answers';
import { findNextOffer, keyOfOffer } from './find-offer';
import { makeOffer } from './make-offer';

// Time that has stayed free for a while is offered to those who wait. What is due is leased by one worker at a time: one
// that dies leaves it to the next when the lease has run out, and nothing is lost by it or offered twice.

const LEASE_MS = 2 * 60_000;
/** The clocks of two servers are never quite the same. */
const CLOCKS_APART_MS = 60 * 60_000;
const MOST_A_ROUND = 200;

/** Ends the offers that nobody answered, and offers what is due. Says how many offers were made. */
export async function offerFreedTime(workerId: string, now: number): Promise<number> {
  await expireOffers(now);
  const due = await leaseDue(workerId, now);
  if (due.length === 0) return 0;
  const freed = due.map(({ therapistId, startAt, endAt }) => ({ therapistId, start: startAt, end: endAt }));
  const avoid = new Set<string>();
  let made = 0;
  while (made < MOST_A_ROUND) {
    const found = await findNextOffer(await reader(), freed, { now, avoid });
    if (!found) break;
    // Offered or not, it is not found again in this round.
    avoid.add(keyOfOffer(found));
    if ((await makeOffer({ role: 'reader' }, found, { now, source: 'worker' })).ok) made++;
  }
  await finish(
    due.map(({ id }) => id),
    workerId,
    now,
  );
  return made;
}

async function leaseDue(workerId: string, now: number) {
  const isUnleased = or(
    isNull(freedTimes.leasedUntil),
    lte(freedTimes.leasedUntil, now),
    gt(freedTimes.leasedUntil, now + LEASE_MS + CLOCKS_APART_MS),
  );
  const isDue = and(lte(freedTimes.dueAt, now), isUnleased);
  // Most of the time there is nothing, and looking takes no lock.
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
 * What was looked at is looked at no more. Of it, what somebody holds while they book is looked at when that hold ends;
 * an offer brings its own time back when it ends.
 */
async function finish(ids: string[], workerId: string, now: number): Promise<void> {
  await transact(async (tx) => {
    const done = await tx
      .delete(freedTimes)
      .where(and(inArray(freedTimes.id, ids), eq(freedTimes.leasedBy, workerId)))
      .returning();
    for (const { therapistId, startAt, endAt } of done) {
      const { first, last } = cellsOf({ start: startAt, end: endAt });
      const held = await tx
        .select({ first: min(claims.cell), last: max(claims.cell), until: max(claims.expiresAt) })
        .from(claims)
        .where(
          and(
            eq(claims.resourceId, therapistResource(therapistId)),
            between(claims.cell, first, last),
            gt(claims.expiresAt, now),
            notLike(claims.ownerUid, offerHold('%')),
          ),
        )
        .groupBy(claims.ownerUid);
      for (const hold of held) {
        const span = { start: Number(hold.first) * CELL_MS, end: (Number(hold.last) + 1) * CELL_MS };
        await noteFreed(tx, [{ therapistId, ...span }], now, Number(hold.until));
      }
    }
  });
}
