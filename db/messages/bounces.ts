import { and, eq, inArray } from 'drizzle-orm';
import type { AuditAction } from '@/db/access/audit-actions';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Staff } from '@/db/access/viewer';
import { isPossibleId, visibleClientsCondition } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import type { Clock, Refusal } from '@/db/results';
import { bouncedAddresses, clients, outbox } from '@/db/schema';

// Which addresses e-mail does not reach. Either the mail server refused a message because the mailbox does not exist,
// or a message bounced later to the practice's mailbox, and staff saw it there and marked the address.

/** An e-mail to the address bounced. */
export interface Bounce {
  at: number;
  /** Marked by staff; otherwise reported by the mail server. */
  isByHand: boolean;
}

/** Records that the mailbox does not exist, as the mail server says. */
export async function recordBounce(tx: Db, email: string, now: number): Promise<void> {
  const row = { email: email.toLowerCase(), bouncedAt: now };
  await tx.insert(bouncedAddresses).values(row).onConflictDoUpdate({ target: bouncedAddresses.email, set: row });
}

/**
 * Removes a mark that the mail server caused, because it accepts mail now. A mark by staff stays: a message may bounce
 * after it was accepted, and so may the next.
 */
export async function deleteServerReportedBounce(tx: Db, email: string): Promise<void> {
  const isOfServer = and(eq(bouncedAddresses.email, email.toLowerCase()), eq(bouncedAddresses.isByHand, false));
  await tx.delete(bouncedAddresses).where(isOfServer);
}

/** Removes the mark, because somebody has checked the address. */
export async function forgetBounce(tx: Db, email: string): Promise<void> {
  await tx.delete(bouncedAddresses).where(eq(bouncedAddresses.email, email.toLowerCase()));
}

/** When an e-mail to the client last bounced; null where none did, and where the viewer may not see the client. */
export async function findBounce(viewer: Staff, clientId: string): Promise<Bounce | null> {
  if (!isPossibleId(clientId)) return null;
  const db = await reader();
  const [found] = await db
    .select({ at: bouncedAddresses.bouncedAt, isByHand: bouncedAddresses.isByHand })
    .from(clients)
    .innerJoin(bouncedAddresses, eq(bouncedAddresses.email, clients.email))
    .where(and(eq(clients.id, clientId), visibleClientsCondition(db, viewer)));
  return found ?? null;
}

/** Identifies an address by its client, or by a message that was sent to it. */
export type BouncedAddressOwner = { clientId: string } | { messageId: string };

/** Marks a client's address as undeliverable, because staff saw a message bounce. */
export async function markAddressUndeliverable(
  viewer: Staff,
  owner: BouncedAddressOwner,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  return transact<{ ok: true } | Refusal<'not_found'>>(async (tx) => {
    const found = await findAddress(tx, viewer, owner);
    if (!found) return { ok: false, reason: 'not_found' };
    const row = { email: found.email, bouncedAt: now, isByHand: true };
    await tx.insert(bouncedAddresses).values(row).onConflictDoUpdate({ target: bouncedAddresses.email, set: row });
    await record(tx, viewer, 'address marked', found.id, now);
    return { ok: true };
  });
}

/** Removes the mark: e-mail arrives after all. */
export async function unmarkAddressUndeliverable(
  viewer: Staff,
  clientId: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  return transact<{ ok: true } | Refusal<'not_found'>>(async (tx) => {
    const found = await findAddress(tx, viewer, { clientId });
    if (!found) return { ok: false, reason: 'not_found' };
    await forgetBounce(tx, found.email);
    await record(tx, viewer, 'address unmarked', found.id, now);
    return { ok: true };
  });
}

/** For each of these addresses that belongs to a client whom the viewer may see: whether e-mail to it bounced. */
export async function getBounceStatusOfClientEmails(viewer: Staff, emails: string[]): Promise<Map<string, boolean>> {
  const db = await reader();
  const addresses = [...new Set(emails.map((email) => email.toLowerCase()))];
  const found = new Map<string, boolean>();
  for (let from = 0; from < addresses.length; from += ADDRESSES_A_QUERY) {
    const some = addresses.slice(from, from + ADDRESSES_A_QUERY);
    const rows = await db
      .select({ email: clients.email, bounced: bouncedAddresses.email })
      .from(clients)
      .leftJoin(bouncedAddresses, eq(bouncedAddresses.email, clients.email))
      .where(and(inArray(clients.email, some), visibleClientsCondition(db, viewer)));
    for (const { email, bounced } of rows) found.set(email, bounced !== null);
  }
  return found;
}

const ADDRESSES_A_QUERY = 500;

async function findAddress(
  tx: Db,
  viewer: Staff,
  owner: BouncedAddressOwner,
): Promise<{ id: string; email: string } | null> {
  const id = 'clientId' in owner ? owner.clientId : owner.messageId;
  if (!isPossibleId(id)) return null;
  const receiver = tx.select({ email: outbox.toEmail }).from(outbox).where(eq(outbox.id, id));
  const condition = 'clientId' in owner ? eq(clients.id, id) : inArray(clients.email, receiver);
  const [found] = await tx
    .select({ id: clients.id, email: clients.email })
    .from(clients)
    .where(and(condition, visibleClientsCondition(tx, viewer)))
    .limit(1);
  return found && found.email !== '' ? found : null;
}

async function record(tx: Db, viewer: Staff, action: AuditAction, clientId: string, at: number): Promise<void> {
  await recordEvent(tx, { at, actor: getAuditActor(viewer), action, subject: `client:${clientId}`, facts: {} });
}
