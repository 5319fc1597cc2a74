import type { LedgerEntry } from '@/db/money/bills';
import type { PaymentMethod } from '@/db/money/build-ledger-entries';

export const PAYMENT_METHOD_LABELS: Record<PaymentMethod, string> = {
  cash: 'Cash',
  card: 'Card',
  transfer: 'Bank transfer',
  other: 'Other',
};

export const PAID_BY_LABELS: Record<PaymentMethod, string> = {
  cash: 'Paid in cash',
  card: 'Paid by card',
  transfer: 'Paid by bank transfer',
  other: 'Paid another way',
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

/** The kind of an entry, and how it was paid: 'Paid, card', or 'Paid with a tip, card'. */
export function formatLedgerEntry({ kind, lines }: Pick<LedgerEntry, 'kind' | 'lines'>): string {
  const way = (Object.keys(PAYMENT_METHOD_LABELS) as PaymentMethod[]).find((name) => lines[name] !== undefined);
  if (!way || kind === 'correction') return LEDGER_KIND_LABELS[kind];
  const withTip = kind === 'payment' && lines.tips !== undefined ? ' with a tip' : '';
  return `${LEDGER_KIND_LABELS[kind]}${withTip}, ${PAYMENT_METHOD_LABELS[way].toLowerCase()}`;
}

/**
 * The amount of an entry, in the smallest unit of the currency: a payment with its tip, or the change of what is owed.
 */
export function getLedgerEntryAmountCents({ lines }: Pick<LedgerEntry, 'lines'>): number {
  const { cash = 0, card = 0, transfer = 0, other = 0, sales = 0, owed = 0 } = lines;
  return cash + card + transfer + other || 0 - sales || owed;
}
