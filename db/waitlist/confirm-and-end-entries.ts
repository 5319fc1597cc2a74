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

// What clients wait for, from the link that confirms it to its end. How it is asked for: join-waitlist.ts.

export type WaitlistEntry = typeof waitlistEntries.$inferSelect;

/** An entry that still waits. After its last day it ends by itself. */
export function waitingEntryCondition(today: string): SQL {
  return and(isNull(waitlistEntries.endedAt), gte(waitlistEntries.untilOn, today))!;
}

/** The link was pressed, before or after staff confirmed the entry: whoever asked reads that address. */
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
 * The address of whoever waits, and whether the link of the entry confirms it: not one that the e-mail with the link never
 * went to, nor where the practice approves each client itself. Null while nobody has confirmed the entry.
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
 * For one who has shown that they see the entry, and has heard from whoever asked that they did. Their address stays
 * unconfirmed: only its link proves who reads it.
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

/** Makes a client of whoever asked, and looks for a time. The client's id; null where it was confirmed before. */
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

/** Whoever has the link of their entry leaves the list. */
export async function leaveWaitlistByEntryLink(
  token: string,
  clock: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  const id = readWaitlistToken(token);
  return id === null ? { ok: false, reason: 'not_found' } : endWaitlistEntry({ role: 'reader' }, id, 'left', clock);
}

/** Ends an entry for one who has shown that they may: what was offered for it is free again. */
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
