import { formatMoney } from '@/scheduling/format-money';

/** What to know before a date is cancelled for which money was taken. */
export function describePaidDate(
  paidCents: number,
  { currency, locale }: { currency: string; locale: string },
): string {
  return `${formatMoney(paidCents, currency, locale)} was paid for it. If you cancel it, enter the refund on its bill.`;
}
