import type { LedgerAccount, LedgerKind } from '@/db/schema';

// Which accounts does each event at the till touch, and by how much? Double entry: the lines of one entry add up to
// zero. Amounts are whole numbers of the currency's smallest unit.

export const PAYMENT_METHODS = ['cash', 'card', 'transfer', 'other'] as const;
/** How a client pays. */
export type PaymentMethod = (typeof PAYMENT_METHODS)[number];

export type LedgerLines = Partial<Record<LedgerAccount, number>>;

export interface NewLedgerEntry {
  kind: LedgerKind;
  lines: LedgerLines;
}

/** A massage was given, so its price is owed. */
export function buildChargeEntry(price: number): NewLedgerEntry {
  return { kind: 'charge', lines: { owed: price, sales: -price } };
}

/** Part or all of what is owed is paid; a tip is counted separately. */
export function buildPaymentEntry(way: PaymentMethod, amount: number, tip: number): NewLedgerEntry {
  const kind = amount === 0 ? 'tip' : 'payment';
  return { kind, lines: withoutNothing({ [way]: amount + tip, owed: -amount, tips: -tip }) };
}

/** A discount: less is owed than the price. */
export function buildDiscountEntry(amount: number): NewLedgerEntry {
  return { kind: 'discount', lines: { discounts: amount, owed: -amount } };
}

/** A fee for a missed appointment or a late cancellation. */
export function buildFeeEntry(amount: number): NewLedgerEntry {
  return { kind: 'fee', lines: { owed: amount, fees: -amount } };
}

/** Cancels a fee that was charged. */
export function buildWaiverEntry(amount: number): NewLedgerEntry {
  return { kind: 'waiver', lines: { fees: amount, owed: -amount } };
}

/**
 * A date was cancelled or missed: what is owed above its fees is owed no more. With `withDiscount` its discount ends too.
 * Null where nothing changes.
 */
export function buildLapseEntry(
  balances: Record<LedgerAccount, number>,
  { withDiscount }: { withDiscount: boolean },
): NewLedgerEntry | null {
  const rest = Math.max(0, balances.owed + balances.fees);
  const discount = withDiscount ? Math.max(0, Math.min(balances.discounts, -balances.sales - rest)) : 0;
  if (rest + discount === 0) return null;
  return { kind: 'lapse', lines: withoutNothing({ owed: -rest, discounts: -discount, sales: rest + discount }) };
}

/**
 * What was paid for a date that was cancelled or missed counts towards its fees: that much of the price is owed no more,
 * and what was paid of it pays the fees. Null where nothing does.
 */
export function buildKeptEntry({ owed, sales }: Record<LedgerAccount, number>): NewLedgerEntry | null {
  const kept = Math.min(owed, -sales);
  return kept > 0 ? { kind: 'lapse', lines: { owed: -kept, sales: kept } } : null;
}

/** What is left of a lapse that takes this much less off what is owed. Null where nothing is. */
export function buildSmallerLapseEntry({ owed = 0, discounts = 0 }: LedgerLines, less: number): NewLedgerEntry | null {
  const [rest, discount] = [-owed - less, -discounts];
  if (rest + discount === 0) return null;
  return { kind: 'lapse', lines: withoutNothing({ owed: -rest, discounts: -discount, sales: rest + discount }) };
}

/** Money that goes back to a client: the sale is worth less, and what is owed stays the same. */
export function buildRefundEntry(way: PaymentMethod, amount: number): NewLedgerEntry {
  return { kind: 'refund', lines: { [way]: -amount, sales: amount } };
}

/** Reverses an entry, line by line. */
export function buildCorrectionEntry(lines: LedgerLines): NewLedgerEntry {
  const reversed = Object.entries(lines).map(([account, amount]) => [account, -amount]);
  return { kind: 'correction', lines: Object.fromEntries(reversed) };
}

/** The balance of each account after these entries. */
export function computeAccountBalances(entries: { lines: LedgerLines }[]): Record<LedgerAccount, number> {
  const sums = { owed: 0, cash: 0, card: 0, transfer: 0, other: 0, sales: 0, tips: 0, discounts: 0, fees: 0 };
  for (const { lines } of entries) {
    for (const [account, amount] of Object.entries(lines)) sums[account as LedgerAccount] += amount;
  }
  return sums;
}

function withoutNothing(lines: LedgerLines): LedgerLines {
  return Object.fromEntries(Object.entries(lines).filter(([, amount]) => amount !== 0));
}
