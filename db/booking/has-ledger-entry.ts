import { and, gte, inArray } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { ledgerEntries } from '@/db/schema';

/**
 * Whether the ledger has an entry for one of these dates, made at `since` or later. It was entered for the massage, the
 * length and the price that the date had.
 */
export async function hasLedgerEntry(tx: Db, appointmentIds: string[], since?: number): Promise<boolean> {
  if (appointmentIds.length === 0) return false;
  const isLater = since === undefined ? undefined : gte(ledgerEntries.at, since);
  const found = await tx
    .select({ id: ledgerEntries.id })
    .from(ledgerEntries)
    .where(and(inArray(ledgerEntries.appointmentId, appointmentIds), isLater))
    .limit(1);
  return found.length > 0;
}
