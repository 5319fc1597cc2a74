import { randomUUID } from 'node:crypto';
import { max } from 'drizzle-orm';
import { recordEvent } from '@/db/access/audit-trail';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { type LedgerAccount, ledgerEntries, ledgerLines, type ReceiptWords } from '@/db/schema';
import type { NewLedgerEntry } from './build-ledger-entries';

// Writes one entry and its lines. Whoever calls it holds a lock that keeps other entries for the appointment away.

export interface LedgerDecision {
  entry: NewLedgerEntry;
  reason: string;
  /** With these words it gets a receipt, and the next number. */
  receiptWords?: ReceiptWords;
  correctsId?: string;
  formKey?: string | undefined;
}

export interface WrittenEntry {
  entryId: string;
  receiptNumber: number | null;
}

export interface EntryContext {
  appointment: AppointmentRow;
  actor: string;
  now: number;
}

/** Writes an entry, and an event that tells of it. */
export async function enterAndRecord(tx: Db, decision: LedgerDecision, context: EntryContext): Promise<WrittenEntry> {
  const written = await insertEntry(tx, decision, context);
  const { appointment, actor, now } = context;
  const [action, subject] = [`entered ${decision.entry.kind}` as const, `appointment:${appointment.id}`];
  await recordEvent(tx, { at: now, actor, action, subject, facts: { ...written } });
  return written;
}

export async function insertEntry(
  tx: Db,
  { entry, reason, receiptWords, correctsId, formKey }: LedgerDecision,
  { appointment, actor, now }: EntryContext,
): Promise<WrittenEntry> {
  const entryId = randomUUID();
  const [last] = receiptWords ? await tx.select({ number: max(ledgerEntries.receiptNumber) }).from(ledgerEntries) : [];
  const receiptNumber = receiptWords ? (last?.number ?? 0) + 1 : null;
  await tx.insert(ledgerEntries).values({
    id: entryId,
    at: now,
    kind: entry.kind,
    clientId: appointment.clientId,
    appointmentId: appointment.id,
    currency: appointment.currency,
    reason,
    actor,
    correctsId: correctsId ?? null,
    receiptNumber,
    receiptWords: receiptWords ?? null,
    formKey: formKey ?? null,
  });
  const lines = Object.entries(entry.lines).filter(([, amount]) => amount !== 0);
  if (lines.length > 0)
    await tx
      .insert(ledgerLines)
      .values(lines.map(([account, amountCents]) => ({ entryId, account: account as LedgerAccount, amountCents })));
  return { entryId, receiptNumber };
}
