import { aliasedTable, and, eq, exists, inArray, isNotNull, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import type { Db } from '@/db/connection/connection';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { sendTogether } from '@/db/connection/send-together';
import { appointments, clients, confirmedAddresses } from '@/db/schema';

// Nobody proves who they are to book. So an e-mail address counts as confirmed only when somebody pressed a link that
// was sent to it, when a client with that address came to a massage, or when staff vouched for it. The query looks for
// the time at which a visit was noted, because those dates have a small index; clients may have thousands of others.

/** A condition on an e-mail address in lower case, which is a column of the query or a value. */
export function confirmedEmailAddressCondition(db: Db, email: SQLiteColumn | string): SQL {
  const visitor = aliasedTable(clients, 'visitor');
  const visit = aliasedTable(appointments, 'visit');
  return or(
    exists(
      db.select({ it: confirmedAddresses.email }).from(confirmedAddresses).where(eq(confirmedAddresses.email, email)),
    ),
    exists(
      db
        .select({ it: visit.id })
        .from(visitor)
        .innerJoin(visit, eq(visit.clientId, visitor.id))
        .where(and(eq(visitor.email, email), isNotNull(visit.completedAt))),
    ),
  )!;
}

const ADDRESSES_A_STATEMENT = 500;

/**
 * Returns the confirmed ones of these addresses, checking each once. As a condition on many bookings of one client, the
 * check would read all dates of that client for each booking.
 */
export async function filterConfirmedEmailAddresses(db: Db, emails: string[]): Promise<Set<string>> {
  const addresses = [...new Set(emails)];
  const confirmed = new Set<string>();
  for (let at = 0; at < addresses.length; at += ADDRESSES_A_STATEMENT) {
    const some = addresses.slice(at, at + ADDRESSES_A_STATEMENT);
    const visits = db
      .select({ it: appointments.id })
      .from(appointments)
      .where(and(eq(appointments.clientId, clients.id), isNotNull(appointments.completedAt)));
    const byWord = await db
      .select({ email: confirmedAddresses.email })
      .from(confirmedAddresses)
      .where(inArray(confirmedAddresses.email, some));
    const byVisit = await db
      .select({ email: clients.email })
      .from(clients)
      .where(and(inArray(clients.email, some), exists(visits)));
    for (const { email } of [...byWord, ...byVisit]) confirmed.add(email);
  }
  return confirmed;
}

const selectConfirmedAddress = preparedQuery((on) =>
  on
    .select({ email: confirmedAddresses.email })
    .from(confirmedAddresses)
    .where(eq(confirmedAddresses.email, sql.placeholder('email'))),
);

const selectVisit = preparedQuery((on) =>
  on
    .select({ it: appointments.id })
    .from(clients)
    .innerJoin(appointments, eq(appointments.clientId, clients.id))
    .where(and(eq(clients.email, sql.placeholder('email')), isNotNull(appointments.completedAt)))
    .limit(1),
);

export async function isConfirmedEmailAddress(db: Db, email: string): Promise<boolean> {
  const [byWord, byVisit] = await sendTogether([selectConfirmedAddress(db, { email }), selectVisit(db, { email })]);
  return byWord.length > 0 || byVisit.length > 0;
}

export async function confirmEmailAddress(tx: Db, email: string, way: 'link' | 'staff', now: number): Promise<void> {
  await tx.insert(confirmedAddresses).values({ email, way, confirmedAt: now }).onConflictDoNothing();
}
