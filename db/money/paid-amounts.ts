import { and, eq, gt, inArray, sum } from 'drizzle-orm';
import type { Owner } from '@/db/access/viewer';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import { appointments, ledgerEntries, ledgerLines } from '@/db/schema';
import { PAYMENT_METHODS } from './build-ledger-entries';

/**
 * What is paid for each of these appointments and was not paid back, without tips, in the smallest unit of the currency.
 * Those for which nothing is paid are left out.
 */
export async function sumPaidByAppointment(db: Db, appointmentIds: string[]): Promise<Map<string, number>> {
  if (appointmentIds.length === 0) return new Map();
  const found = await db
    .select({ id: ledgerEntries.appointmentId, cents: sum(ledgerLines.amountCents).mapWith(Number) })
    .from(ledgerLines)
    .innerJoin(ledgerEntries, eq(ledgerEntries.id, ledgerLines.entryId))
    .where(
      and(
        inArray(ledgerEntries.appointmentId, appointmentIds),
        // A tip is booked against the money that came with it.
        inArray(ledgerLines.account, [...PAYMENT_METHODS, 'tips']),
      ),
    )
    .groupBy(ledgerEntries.appointmentId);
  return new Map(found.flatMap(({ id, cents }) => (id !== null && cents > 0 ? [[id, cents]] : [])));
}

/** What is paid for the upcoming dates of these clients together: whoever erases them cancels those. */
export async function sumPaidAhead(_viewer: Owner, clientIds: string[], { now }: Clock): Promise<number> {
  const db = await reader();
  const ahead = await db
    .select({ id: appointments.id })
    .from(appointments)
    .where(
      and(inArray(appointments.clientId, clientIds), eq(appointments.status, 'booked'), gt(appointments.startAt, now)),
    );
  const paid = await sumPaidByAppointment(
    db,
    ahead.map(({ id }) => id),
  );
  return [...paid.values()].reduce((total, cents) => total + cents, 0);
}
