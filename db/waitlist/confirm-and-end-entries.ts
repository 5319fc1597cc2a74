import { and, eq, gte, isNotNull, isNull, type SQL } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { confirmEmailAddress, isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import { readWaitlistToken } from '@/db/access/emailed-link-tokens';
import type { Viewer } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { findOrMakeClient } from '@/db/booking/insert-series-rows';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { getPractice, type Practice } from '@/db/practice/practice';
import type { Clock, Refusal } from '@/db/results';
import { clients, outbox, waitlistEntries } from '@/db/schema';
import { queueFreeTimesForEntry } from './queue-free-times-for-entry';
import { withdrawOffersOfEntries } from './withdraw-offers';

// Waitlist entries from their confirmation to their end. How they are created: join-waitlist.ts.

export type WaitlistEntry = typeof waitlistEntries.$inferSelect;

/** Entries that still wait. After its last day an entry ends automatically. */
export function waitingEntryCondition(today: string): SQL {
  return and(isNull(waitlistEntries.endedAt), gte(waitlistEntries.untilOn, today))!;
}

/**
 * Confirms an entry by its link, even where staff have confirmed it already: the link also shows that the client reads
 * that address.
 */
export async function confirmEntryByLink(token: string, { now }: Clock): Promise<{ ok: true } | Refusal<'not_found'>> {
  const id = readWaitlistToken(token);
  return transact(async (tx) => {
    const [found] = id === null ? [] : await tx.select().from(waitlistEntries).where(eq(waitlistEntries.id, id));
    if (!found || found.endedAt !== null) return { ok: false as const, reason: 'not_found' as const };
    const practice = await getPractice(tx);
    await confirm(tx, found, practice, now);
    const address = await findAddressOfEntry(tx, found, practice);
    if (address?.confirmsAddress) await confirmEmailAddress(tx, address.email, 'link', now);
    return { ok: true as const };
  });
}

/**
 * The address of an entry's client, and whether the entry's link confirms it. It does not confirm an address to which
 * its e-mail was never sent, nor any where the practice approves each client. Null while the entry is not confirmed.
 */
export async function findAddressOfEntry(
  db: Db,
  { id, pendingEmail }: Pick<WaitlistEntry, 'id' | 'pendingEmail'>,
  practice: Practice,
): Promise<{ email: string; isAddressConfirmed: boolean; confirmsAddress: boolean } | null> {
  const [client] = await db
    .select({ email: clients.email })
    .from(waitlistEntries)
    .innerJoin(clients, eq(clients.id, waitlistEntries.clientId))
    .where(and(eq(waitlistEntries.id, id), isNotNull(waitlistEntries.confirmedAt)));
  if (!client) return null;
  const { email } = client;
  const isAddressConfirmed = await isConfirmedEmailAddress(db, email);
  const mayConfirm = !isAddressConfirmed && email !== '' && practice.newClients !== 'approve';
  const isVerifiable = email === pendingEmail || (await hasBeenWrittenTo(db, id, email));
  return { email, isAddressConfirmed, confirmsAddress: mayConfirm && isVerifiable };
}

async function hasBeenWrittenTo(db: Db, id: string, email: string): Promise<boolean> {
  const written = await db
    .select({ facts: outbox.facts })
    .from(outbox)
    .where(and(eq(outbox.kind, 'waitlist'), eq(outbox.toEmail, email)));
  return written.some(({ facts }) => 'entryId' in facts && facts.entryId === id);
}

/**
 * Confirms an entry for staff who may see it, and have heard from the client that the request was theirs. The address
 * stays unconfirmed: only the link proves who reads it.
 */
export async function confirmEntryWithoutLink(
  viewer: Viewer,
  id: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  return transact(async (tx) => {
    const isOpen = and(eq(waitlistEntries.id, id), isNull(waitlistEntries.endedAt));
    const [found] = await tx.select().from(waitlistEntries).where(isOpen);
    const clientId = found ? await confirm(tx, found, await getPractice(tx), now) : null;
    if (clientId === null) return { ok: false as const, reason: 'not_found' as const };
    await recordEvent(tx, {
      ...{ at: now, actor: getAuditActor(viewer), action: 'waits by phone' },
      ...{ subject: `client:${clientId}`, facts: { entry: id } },
    });
    return { ok: true as const };
  });
}

/**
 * Makes a client of the person who asked, and looks for a time. Returns the client's id; null where the entry was
 * confirmed before.
 */
async function confirm(tx: Db, found: WaitlistEntry, practice: Practice, now: number): Promise<string | null> {
  if (found.confirmedAt !== null) return null;
  const { pendingName: name, pendingEmail: email, pendingPhone: phone } = found;
  const clientId =
    found.clientId ?? (await findOrMakeClient(tx, { name: name!, email: email!, phone: phone ?? undefined }, now));
  const confirmed = await tx
    .update(waitlistEntries)
    .set({ clientId, confirmedAt: now, sender: null, pendingName: null, pendingEmail: null, pendingPhone: null })
    .where(and(eq(waitlistEntries.id, found.id), isNull(waitlistEntries.confirmedAt)))
    .returning({ id: waitlistEntries.id });
  if (confirmed.length === 0) return null;
  await queueFreeTimesForEntry(tx, found, practice, now);
  return clientId;
}

/** Leaves the list by the link of an entry. */
export async function leaveWaitlistByEntryLink(
  token: string,
  clock: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  const id = readWaitlistToken(token);
  return id === null ? { ok: false, reason: 'not_found' } : endWaitlistEntry({ role: 'reader' }, id, 'left', clock);
}

/** Ends an entry for somebody who may end it, and releases what was offered for it. */
export async function endWaitlistEntry(
  viewer: Viewer,
  id: string,
  endedAs: 'left' | 'removed',
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  if (!isPossibleId(id)) return { ok: false, reason: 'not_found' };
  return transact(async (tx) => {
    const [ended] = await tx
      .update(waitlistEntries)
      .set({ endedAt: now, endedAs })
      .where(and(eq(waitlistEntries.id, id), isNull(waitlistEntries.endedAt)))
      .returning();
    if (!ended) return { ok: false as const, reason: 'not_found' as const };
    await withdrawOffersOfEntries(tx, [id], now);
    if (isNotPending(ended))
      await recordEvent(tx, {
        at: now,
        actor: getAuditActor(viewer),
        action: endedAs === 'left' ? 'left waitlist' : 'removed from waitlist',
        subject: `client:${ended.clientId}`,
        facts: { entry: id },
      });
    return { ok: true as const };
  });
}

function isNotPending(entry: WaitlistEntry): boolean {
  return entry.clientId !== null;
}
