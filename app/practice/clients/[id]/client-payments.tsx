import { formatLedgerEntry, getLedgerEntryAmountCents } from '@/app/practice/payments/ledger-entry-labels';
import type { ClientLedgerEntry } from '@/db/money/bills';
import type { Practice } from '@/db/practice/practice';
import { formatDay, formatMoney } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

/** What was entered for one client at the till, the newest first. */
export function ClientPayments({ payments, practice }: { payments: ClientLedgerEntry[]; practice: Practice }) {
  const { timeZone, currency, locale } = practice;
  if (payments.length === 0) return <p className="text-soft">Nothing has been entered yet.</p>;
  return (
    <ul className="border-b border-line text-small">
      {payments.map((payment) => {
        const { entryId, at, appointmentId, serviceName, receiptNumber } = payment;
        const day = formatDay(toWallTime(timeZone, at).on, 'short', locale);
        return (
          <li
            key={entryId}
            className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 border-t border-line py-1 first:border-t-0"
          >
            <a
              href={
                receiptNumber === null ? `/practice/payments/${appointmentId}` : `/practice/receipts/${receiptNumber}`
              }
              className="inline-flex min-h-11 flex-wrap items-center gap-x-2"
            >
              {day}
              <span className="text-soft">
                {serviceName}, {formatLedgerEntry(payment).toLowerCase()}
              </span>
            </a>
            <span>{formatMoney(getLedgerEntryAmountCents(payment), currency, locale)}</span>
          </li>
        );
      })}
    </ul>
  );
}
