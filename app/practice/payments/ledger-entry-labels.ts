import type { LedgerEntry } from '@/db/money/bills';
import type { PaymentMethod } from '@/db/money/build-ledger-entries';

export const PAYMENT_METHOD_LABELS: Record<PaymentMethod, string> = {
  cash: 'Cash',
  card: 'Card',
  transfer: 'Bank transfer',
  other: 'Other',
};

/** What each kind of entry is called. */
export const LEDGER_KIND_LABELS: Record<LedgerEntry['kind'], string> = {
  charge: 'Price',
  payment: 'Paid',
  tip: 'Tip',
  discount: 'Discount',
  refund: 'Paid back',
  fee: 'Fee',
  waiver: 'Fee waived',
  lapse: 'Not owed any more',
  correction: 'Reversed',
};

/** The kind of an entry, and how it was paid: 'Paid, card'. */
export function formatLedgerEntry({ kind, lines }: Pick<LedgerEntry, 'kind' | 'lines'>): string {
  const way = (Object.keys(PAYMENT_METHOD_LABELS) as PaymentMethod[]).find((name) => lines[name] !== undefined);
  return way && kind !== 'correction'
    ? `${LEDGER_KIND_LABELS[kind]}, ${PAYMENT_METHOD_LABELS[way].toLowerCase()}`
    : LEDGER_KIND_LABELS[kind];
}

/**
 * The amount of an entry, in the smallest unit of the currency: a payment with its tip, or the change of what is owed.
 */
export function getLedgerEntryAmountCents({ lines }: Pick<LedgerEntry, 'lines'>): number {
  const { cash = 0, card = 0, transfer = 0, other = 0, sales = 0, owed = 0 } = lines;
  return cash + card + transfer + other || 0 - sales || owed;
}
