import { PAID_BY_LABELS } from '@/app/practice/payments/ledger-entry-labels';
import type { Receipt } from '@/db/money/receipts';
import type { Practice } from '@/db/practice/practice';
import { formatMoney } from '@/scheduling/format-money';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

/** The content of a receipt, line by line, for both the page and the PDF. */
export interface ReceiptContent {
  title: string;
  /** The practice's name and address, at the top. */
  from: string[];
  paidOn: string;
  client: string;
  massage: string;
  rows: { label: string; amount: string; isTotal?: boolean }[];
  reversed: string | null;
}

export function buildReceiptContent(
  receipt: Receipt,
  practice: Practice,
  formatAmount: typeof formatMoney = formatMoney,
): ReceiptContent {
  const { locale, timeZone } = practice;
  const issuer = receipt.practice ?? practice;
  const money = (cents: number) => formatAmount(cents, receipt.currency, locale);
  const dayOf = (instant: number) => formatDay(toWallTime(timeZone, instant).on, 'full', locale);
  const { on } = toWallTime(receipt.timeZone, receipt.startsAt);
  const { serviceName, minutes, therapistName, priceCents, chargedCents, tipCents, paid } = receipt;
  const row = (label: string, cents: number, sign: '' | '−' = '') =>
    cents > 0 ? [{ label, amount: `${sign}${money(cents)}` }] : [];
  return {
    title: `Receipt ${receipt.number}`,
    from: [issuer.name, issuer.address, issuer.phone, issuer.email].filter(Boolean),
    paidOn: `Paid on ${dayOf(receipt.at)}`,
    client: receipt.clientName,
    massage: `${serviceName}, ${minutes} minutes with ${therapistName}, ${formatDay(on, 'full', locale)} at ${formatTime(receipt.timeZone, receipt.startsAt, locale)}`,
    rows: [
      ...row('Price', Math.min(chargedCents, priceCents)),
      ...row('Paid back, and owed again', chargedCents - priceCents),
      ...row('Not owed', receipt.lapsedCents, '−'),
      ...row('Discount', receipt.discountCents, '−'),
      ...row('Fee', receipt.feeCents),
      ...row('Paid before', receipt.paidBeforeCents, '−'),
      ...row('Tip', tipCents),
      ...paid.map(({ way, amountCents }) => ({
        label: PAID_BY_LABELS[way],
        amount: money(amountCents),
        isTotal: true,
      })),
      ...row('Still to pay', receipt.owedCents),
    ],
    reversed: receipt.correctedAt === null ? null : `Reversed on ${dayOf(receipt.correctedAt)}`,
  };
}
