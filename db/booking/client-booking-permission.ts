import { and, eq, ne, type SQL } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import type { Practice } from '@/db/practice/practice';
import { clients } from '@/db/schema';
import { sayHowToContact } from '@/scheduling/formatting';

// What the practice has said of a client who books online. It holds for their e-mail address, whatever name they type.

/** The strictest of what was said of all who share the address. */
export async function findBookingPermissionByEmail(tx: Db, email: string): Promise<'online' | 'approval' | 'blocked'> {
  return strictest(tx, eq(clients.email, email));
}

export async function findBookingPermissionByClient(
  tx: Db,
  clientId: string,
): Promise<'online' | 'approval' | 'blocked'> {
  return strictest(tx, eq(clients.id, clientId));
}

export async function isBlockedClient(tx: Db, clientId: string): Promise<boolean> {
  return (await strictest(tx, eq(clients.id, clientId))) === 'blocked';
}

async function strictest(tx: Db, which: SQL): Promise<'online' | 'approval' | 'blocked'> {
  const said = await tx
    .select({ booking: clients.booking })
    .from(clients)
    .where(and(which, ne(clients.booking, 'online')));
  if (said.some(({ booking }) => booking === 'blocked')) return 'blocked';
  return said.length > 0 ? 'approval' : 'online';
}

/** It does not say why: whoever typed the address may be somebody else. */
export function formatCannotBookOnline(practice: Practice): string {
  return `This cannot be booked online. Nothing was booked. Please ${sayHowToContact(practice)}.`;
}
