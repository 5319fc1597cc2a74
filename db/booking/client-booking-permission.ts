import { and, eq, ne, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { runPrepared } from '@/db/connection/prepared-queries';
import type { Practice } from '@/db/practice/practice';
import { clients } from '@/db/schema';
import { formatHowToContact } from '@/scheduling/formatting';

// What the practice has said of a client who books online. It holds for their e-mail address, whatever name they type.

type BookingPermission = 'online' | 'approval' | 'blocked';

/** The strictest of what was said of all who share the address. */
export async function findBookingPermissionByEmail(tx: Db, email: string): Promise<BookingPermission> {
  return strictest(tx, 'email', email);
}

export async function findBookingPermissionByClient(tx: Db, clientId: string): Promise<BookingPermission> {
  return strictest(tx, 'id', clientId);
}

export async function isBlockedClient(tx: Db, clientId: string): Promise<boolean> {
  return (await strictest(tx, 'id', clientId)) === 'blocked';
}

async function strictest(tx: Db, column: 'email' | 'id', value: string): Promise<BookingPermission> {
  const rows = await runPrepared(
    tx,
    `permission by ${column}`,
    (on) =>
      on
        .select({ booking: clients.booking })
        .from(clients)
        .where(and(eq(clients[column], sql.placeholder('value')), ne(clients.booking, 'online'))),
    { value },
  );
  if (rows.some(({ booking }) => booking === 'blocked')) return 'blocked';
  return rows.length > 0 ? 'approval' : 'online';
}

/** It does not say why: whoever typed the address may be somebody else. */
export function formatCannotBookOnline(practice: Practice): string {
  return `This cannot be booked online. Nothing was booked. Please ${formatHowToContact(practice)}.`;
}
