import { desc, eq } from 'drizzle-orm';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { reader } from '@/db/connection/database-client';
import { appointments, ledgerEntries, services } from '@/db/schema';
import { type LedgerEntry, listLinesByEntry } from './bills';

// What was entered for one client, over all their dates.

export interface ClientLedgerEntry {
  entryId: string;
  at: number;
  appointmentId: string | null;
  serviceName: string | null;
  receiptNumber: number | null;
  kind: LedgerEntry['kind'];
  reason: string;
  lines: LedgerEntry['lines'];
  /** When the massage is that it was entered for. */
  startsAt: number | null;
  isReversed: boolean;
}

/** All ledger entries of one client, the newest first. A therapist sees those of their own appointments. */
export async function listLedgerEntriesOfClient(viewer: Staff, clientId: string): Promise<ClientLedgerEntry[]> {
  if (!isPossibleId(clientId)) return [];
  const db = await reader();
  const found = await db
    .select({
      entryId: ledgerEntries.id,
      at: ledgerEntries.at,
      kind: ledgerEntries.kind,
      reason: ledgerEntries.reason,
      receiptNumber: ledgerEntries.receiptNumber,
      appointmentId: ledgerEntries.appointmentId,
      correctsId: ledgerEntries.correctsId,
      therapistId: appointments.therapistId,
      startsAt: appointments.startAt,
      serviceName: services.name,
    })
    .from(ledgerEntries)
    .leftJoin(appointments, eq(appointments.id, ledgerEntries.appointmentId))
    .leftJoin(services, eq(services.id, appointments.serviceId))
    .where(eq(ledgerEntries.clientId, clientId))
    .orderBy(desc(ledgerEntries.at), desc(ledgerEntries.id));
  const own = found.filter(({ therapistId }) => managesAllCalendars(viewer) || therapistId === viewer.therapistId);
  const lines = await listLinesByEntry(
    db,
    own.map(({ entryId }) => entryId),
  );
  const reversed = new Set(own.map(({ correctsId }) => correctsId));
  return own.map(({ therapistId: _, correctsId: __, ...entry }) => ({
    ...entry,
    isReversed: reversed.has(entry.entryId),
    lines: lines.get(entry.entryId) ?? {},
  }));
}
