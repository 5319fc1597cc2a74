import { eq, inArray } from 'drizzle-orm';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { lockPractice } from '@/db/practice/lock-practice';
import { appointments, ledgerEntries } from '@/db/schema';
import { getBillUnchecked, isReversible, type LedgerEntry } from './bills';
import {
  buildChargeEntry,
  buildCorrectionEntry,
  buildLapseEntry,
  computeAccountBalances,
  PAYMENT_METHODS,
} from './build-ledger-entries';
import { isKept, toOwedAgainKey } from './linked-ledger-entries';
import { enterAndRecord } from './write-ledger-entry';

// A date that is cancelled or missed costs a fee at most: what was not paid of its price is owed no more. Once it stands
// again, all of that is reversed. Booking calls this in the transaction that changes the dates.

interface Author {
  /** Who changes the dates, as the history names them. */
  actor: string;
  now: number;
}

const NOT_OWED = 'The date was cancelled or missed';
const STANDS_AGAIN = 'The date stands again';

/** For dates that this transaction has just marked cancelled or missed. */
export async function lapseUnpaidPrices(tx: Db, appointmentIds: string[], { actor, now }: Author): Promise<void> {
  for (const appointment of await listWithEntries(tx, appointmentIds)) {
    const { entries } = await getBillUnchecked(tx, appointment);
    const lapse = buildLapseEntry(computeAccountBalances(entries), { withDiscount: true });
    if (lapse) await enterAndRecord(tx, { entry: lapse, reason: NOT_OWED }, { appointment, actor, now });
  }
}

/**
 * For dates that are no longer cancelled or missed, before this transaction marks them so: their fees are reversed,
 * their price is owed again, and with it what was paid back meanwhile. False if a fee was paid: the payment has to be
 * reversed first.
 */
export async function reinstateBills(tx: Db, appointmentIds: string[], { actor, now }: Author): Promise<boolean> {
  if (appointmentIds.length === 0) return true;
  await lockPractice(tx);
  for (const appointment of await listWithEntries(tx, appointmentIds)) {
    const { entries } = await getBillUnchecked(tx, appointment);
    const standing = entries.filter(({ correctedBy }) => !correctedBy);
    const fees = [
      ...standing.filter(({ kind }) => kind === 'fee' || kind === 'waiver'),
      ...listFeeDiscounts(entries),
      ...standing.filter(isKept),
    ];
    const reversed = [...fees, ...standing.filter((entry) => entry.kind === 'lapse' && !isKept(entry))];
    const withoutFees = computeAccountBalances([...entries, ...fees.map(({ lines }) => buildCorrectionEntry(lines))]);
    if (fees.length > 0 && withoutFees.owed < 0) return false;
    const common = { appointment, actor, now };
    for (const { id, lines } of reversed) {
      const entry = buildCorrectionEntry(lines);
      await enterAndRecord(tx, { entry, reason: STANDS_AGAIN, correctsId: id }, common);
    }
    for (const refund of listRefundsSince(appointment, standing)) {
      const balances = computeAccountBalances([refund]);
      const entry = buildChargeEntry(0 - PAYMENT_METHODS.reduce((sum, way) => sum + balances[way], 0));
      await enterAndRecord(tx, { entry, reason: STANDS_AGAIN, formKey: toOwedAgainKey(refund.id) }, common);
    }
  }
  return true;
}

/** What was taken off a fee, when that was still entered as a discount. */
function listFeeDiscounts(entries: LedgerEntry[]): LedgerEntry[] {
  const fee = entries.find(({ kind, correctedBy }) => kind === 'fee' && !correctedBy);
  if (!fee) return [];
  return entries.filter((entry) => entry.kind === 'discount' && entry.at >= fee.at && isReversible({ entries }, entry));
}

/** What was paid back of a date because it was cancelled or missed, and is not owed again yet. */
function listRefundsSince({ status, cancelledAt, noShowAt }: AppointmentRow, standing: LedgerEntry[]): LedgerEntry[] {
  const since = cancelledAt ?? noShowAt;
  if ((status !== 'cancelled' && status !== 'no_show') || since === null) return [];
  const keys = new Set(standing.map(({ formKey }) => formKey));
  return standing.filter(({ id, kind, at }) => kind === 'refund' && at >= since && !keys.has(toOwedAgainKey(id)));
}

async function listWithEntries(tx: Db, appointmentIds: string[]): Promise<AppointmentRow[]> {
  if (appointmentIds.length === 0) return [];
  const billed = await tx
    .selectDistinct({ id: ledgerEntries.appointmentId })
    .from(ledgerEntries)
    .where(inArray(ledgerEntries.appointmentId, appointmentIds));
  const rows: AppointmentRow[] = [];
  for (const { id } of billed) rows.push(...(await tx.select().from(appointments).where(eq(appointments.id, id!))));
  return rows;
}
