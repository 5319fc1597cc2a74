import { and, eq, inArray, sum } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { ledgerEntries, ledgerLines } from '@/db/schema';
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
