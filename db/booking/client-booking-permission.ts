import { and, eq, ne, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { preparedQuery } from '@/db/connection/prepared-queries';
import type { Practice } from '@/db/practice/practice';
import { clients } from '@/db/schema';
import { formatHowToContact } from '@/scheduling/name-formatting';

// Whether the practice lets a client book online. It holds for their e-mail address, whatever name they type.

export type BookingPermission = 'online' | 'approval' | 'blocked';

/** The strictest permission of all clients who share the address. */
export async function findBookingPermissionByEmail(tx: Db, email: string): Promise<BookingPermission> {
  return strictest(tx, 'email', email);
}

export async function findBookingPermissionByClient(tx: Db, clientId: string): Promise<BookingPermission> {
  return strictest(tx, 'id', clientId);
}

export async function isBlockedClient(tx: Db, clientId: string): Promise<boolean> {
  return (await strictest(tx, 'id', clientId)) === 'blocked';
}

const selectPermissions = preparedQuery((on, column: 'email' | 'id') =>
  on
    .select({ booking: clients.booking })
    .from(clients)
    .where(and(eq(clients[column], sql.placeholder('value')), ne(clients.booking, 'online'))),
);

async function strictest(tx: Db, column: 'email' | 'id', value: string): Promise<BookingPermission> {
  const rows = await selectPermissions(tx, { value }, column);
  if (rows.some(({ booking }) => booking === 'blocked')) return 'blocked';
  return rows.length > 0 ? 'approval' : 'online';
}

/** The message gives no reason: whoever typed the address may be somebody else. */
export function formatCannotBookOnline(practice: Practice): string {
  return `This cannot be booked online. Nothing was booked. Please ${formatHowToContact(practice)}.`;
}
