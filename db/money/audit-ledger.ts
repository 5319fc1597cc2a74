import { aliasedTable, and, count, eq, inArray, isNotNull, isNull, like, max, ne, or, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import type { AuditFinding } from '@/db/results';
import { appointments, type LedgerAccount, ledgerEntries, ledgerLines } from '@/db/schema';
import { toOwedAgainKey } from './linked-ledger-entries';

// Checks that the ledger's sums and receipt numbers are consistent.

export async function auditLedger(db: Db): Promise<AuditFinding[]> {
  return [
    { finding: 'The lines of an entry in the ledger do not add up to nothing', rows: await listUnevenEntries(db) },
    { finding: 'A receipt’s number is missing', rows: await listReceiptGaps(db) },
    { finding: 'A client has paid more than was owed', rows: await listOverpaid(db) },
    { finding: 'A date that was cancelled or missed costs more than its fees', rows: await listOwedForNothing(db) },
    { finding: 'What was paid back is owed again, and was not paid back', rows: await listOwedAgainAlone(db) },
  ];
}

async function listUnevenEntries(db: Db) {
  return db
    .select({ entryId: ledgerLines.entryId, sum: sql<number>`sum(${ledgerLines.amountCents})` })
    .from(ledgerLines)
    .groupBy(ledgerLines.entryId)
    .having(sql`sum(${ledgerLines.amountCents}) <> 0`);
}

/** Receipt numbers run from 1 without a gap, each used once. */
async function listReceiptGaps(db: Db) {
  const [found] = await db
    .select({ receipts: count(ledgerEntries.receiptNumber), last: max(ledgerEntries.receiptNumber) })
    .from(ledgerEntries);
  return found && found.receipts !== (found.last ?? 0) ? [found] : [];
}

async function listOverpaid(db: Db) {
  return db
    .select({ appointmentId: ledgerEntries.appointmentId, sum: sql<number>`sum(${ledgerLines.amountCents})` })
    .from(ledgerEntries)
    .innerJoin(ledgerLines, and(eq(ledgerLines.entryId, ledgerEntries.id), eq(ledgerLines.account, 'owed')))
    .groupBy(ledgerEntries.appointmentId)
    .having(sql`sum(${ledgerLines.amountCents}) < 0`);
}

/** A price that is owed again stands as long as its refund does, and is as much. */
async function listOwedAgainAlone(db: Db) {
  const refund = aliasedTable(ledgerEntries, 'refund');
  const [reversal, undone] = [aliasedTable(ledgerEntries, 'reversal'), aliasedTable(ledgerEntries, 'undone')];
  const [charged, refunded] = [aliasedTable(ledgerLines, 'charged'), aliasedTable(ledgerLines, 'refunded')];
  return db
    .select({ entryId: ledgerEntries.id, appointmentId: ledgerEntries.appointmentId })
    .from(ledgerEntries)
    .leftJoin(reversal, eq(reversal.correctsId, ledgerEntries.id))
    .leftJoin(charged, and(eq(charged.entryId, ledgerEntries.id), eq(charged.account, 'owed')))
    .leftJoin(refund, eq(sql`${toOwedAgainKey('')} || ${refund.id}`, ledgerEntries.formKey))
    .leftJoin(undone, eq(undone.correctsId, refund.id))
    .leftJoin(refunded, and(eq(refunded.entryId, refund.id), eq(refunded.account, 'sales')))
    .where(
      and(
        like(ledgerEntries.formKey, `${toOwedAgainKey('')}%`),
        isNull(reversal.id),
        or(isNull(refunded.entryId), isNotNull(undone.id), ne(charged.amountCents, refunded.amountCents)),
      ),
    );
}

/** A date that was cancelled or missed costs a fee at most. */
async function listOwedForNothing(db: Db) {
  const sumOf = (account: LedgerAccount) =>
    sql<number>`sum(case when ${ledgerLines.account} = ${account} then ${ledgerLines.amountCents} else 0 end)`;
  return db
    .select({ appointmentId: appointments.id, owed: sumOf('owed'), fees: sumOf('fees') })
    .from(appointments)
    .innerJoin(ledgerEntries, eq(ledgerEntries.appointmentId, appointments.id))
    .innerJoin(ledgerLines, eq(ledgerLines.entryId, ledgerEntries.id))
    .where(inArray(appointments.status, ['cancelled', 'no_show']))
    .groupBy(appointments.id)
    .having(sql`${sumOf('owed')} + ${sumOf('fees')} > 0`);
}
