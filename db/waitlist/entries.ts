import { and, eq, gte, isNull, type SQL } from 'drizzle-orm';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import { readWaitToken } from '@/db/access/confirm-tokens';
import { confirmAddress } from '@/db/access/confirmed-addresses';
import { isId } from '@/db/access/ownership';
import type { Viewer } from '@/db/access/viewer';
import { findOrMakeClient } from '@/db/booking/series-rows';
import { transact } from '@/db/connection/client';
import { getPractice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { clients, waitlistEntries } from '@/db/schema';
import { lookForTime } from './look-for-time';
import { withdrawOffers } from './withdraw-offers';

// What clients wait for, from the link that confirms it to its end. How it is asked for: join-waitlist.ts.

export type Entry = typeof waitlistEntries.$inferSelect;

/** An entry that still waits. After its last day it ends by itself. */
export function isWaitingOn(today: string): SQL {
  return and(isNull(waitlistEntries.endedAt), gte(waitlistEntries.untilOn, today))!;
}

/** The link was pressed: whoever asked reads that address. Null for a link of an entry that is not there any more. */
export async function confirmEntry(token: string, { now }: Clock): Promise<{ ok: true } | Refusal<'not_found'>> {
  const id = readWaitToken(token);
  return transact(async (tx) => {
    const [found] = id === null ? [] : await tx.select().from(waitlistEntries).where(eq(waitlistEntries.id, id));
    if (!found || found.endedAt !== null) return { ok: false as const, reason: 'not_found' as const };
    if (found.confirmedAt !== null) return { ok: true as const };
    const practice = await getPractice(tx);
    const { pendingName: name, pendingEmail: email, pendingPhone: phone } = found;
    const clientId =
      found.clientId ?? (await findOrMakeClient(tx, { name: name!, email: email!, phone: phone ?? undefined }, now));
    const confirmed = await tx
      .update(waitlistEntries)
      .set({ clientId, confirmedAt: now, sender: null, pendingName: null, pendingEmail: null, pendingPhone: null })
      .where(and(eq(waitlistEntries.id, found.id), isNull(waitlistEntries.confirmedAt)))
      .returning({ id: waitlistEntries.id });
    if (confirmed.length === 0) return { ok: true as const };
    const [client] = await tx.select({ email: clients.email }).from(clients).where(eq(clients.id, clientId));
    if (practice.newClients !== 'approve') await confirmAddress(tx, client!.email, 'link', now);
    await lookForTime(tx, found, practice, now);
    return { ok: true as const };
  });
}

/** Whoever has the link of their entry leaves the list. */
export async function leaveWaitlist(token: string, clock: Clock): Promise<{ ok: true } | Refusal<'not_found'>> {
  const id = readWaitToken(token);
  return id === null ? { ok: false, reason: 'not_found' } : endEntry({ role: 'reader' }, id, 'left', clock);
}

/** Ends an entry for one who has shown that they may: what was offered for it is free again. */
export async function endEntry(
  viewer: Viewer,
  id: string,
  endedAs: 'left' | 'removed',
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  if (!isId(id)) return { ok: false, reason: 'not_found' };
  return transact(async (tx) => {
    const [ended] = await tx
      .update(waitlistEntries)
      .set({ endedAt: now, endedAs })
      .where(and(eq(waitlistEntries.id, id), isNull(waitlistEntries.endedAt)))
      .returning();
    if (!ended) return { ok: false as const, reason: 'not_found' as const };
    await withdrawOffers(tx, [id], now);
    if (isNotPending(ended))
      await recordEvent(tx, {
        at: now,
        actor: actorOf(viewer),
        action: endedAs === 'left' ? 'left waitlist' : 'removed from waitlist',
        subject: `client:${ended.clientId}`,
        facts: { entry: id },
      });
    return { ok: true as const };
  });
}

function isNotPending(entry: Entry): boolean {
  return entry.clientId !== null;
}
