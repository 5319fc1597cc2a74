import { and, eq } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { clientsVisibleTo, isId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { bouncedAddresses, clients } from '@/db/schema';

// Which addresses nobody has: what the mail server says when a message is handed to it. What comes back later, to the
// mailbox of the practice, is not known here.

/** The mail server has said that nobody has this address. */
export async function recordBounce(tx: Db, email: string, now: number): Promise<void> {
  const row = { email: email.toLowerCase(), bouncedAt: now };
  await tx.insert(bouncedAddresses).values(row).onConflictDoUpdate({ target: bouncedAddresses.email, set: row });
}

/** It takes mail for it, or somebody has looked at the address. */
export async function forgetBounce(tx: Db, email: string): Promise<void> {
  await tx.delete(bouncedAddresses).where(eq(bouncedAddresses.email, email.toLowerCase()));
}

/** When e-mail to a client came back last; null where it arrives, as far as is known, and of another's client. */
export async function findBounce(viewer: Staff, clientId: string): Promise<number | null> {
  if (!isId(clientId)) return null;
  const db = await reader();
  const [found] = await db
    .select({ at: bouncedAddresses.bouncedAt })
    .from(clients)
    .innerJoin(bouncedAddresses, eq(bouncedAddresses.email, clients.email))
    .where(and(eq(clients.id, clientId), clientsVisibleTo(db, viewer)));
  return found?.at ?? null;
}
