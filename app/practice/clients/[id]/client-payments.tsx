import { formatLedgerEntry, getLedgerEntryAmountCents } from '@/app/practice/payments/ledger-entry-labels';
import type { ClientLedgerEntry } from '@/db/money/bills';
import type { OwedDate } from '@/db/money/owed';
import type { Practice } from '@/db/practice/practice';
import { formatDay, formatMoney } from '@/scheduling/formatting';
import { toWallTime } from '@/scheduling/zone-conversion';

/** What one client owes, date by date, and the ledger entries for them, the newest first. */
export function ClientPayments(props: { owed: OwedDate[]; payments: ClientLedgerEntry[]; practice: Practice }) {
  const { owed, payments, practice } = props;
  return (
    <>
      {owed.length > 0 && <Owed owed={owed} practice={practice} />}
      {payments.length === 0 ? (
        <p className="text-soft">{owed.length === 0 ? 'Nothing has been entered yet.' : 'Nothing was paid yet.'}</p>
      ) : (
        <Entries payments={payments} practice={practice} />
      )}
    </>
  );
}

function Owed({ owed, practice }: { owed: OwedDate[]; practice: Practice }) {
  const { timeZone, currency, locale } = practice;
  const sum = owed.reduce((total, { owedCents }) => total + owedCents, 0);
  const thisYear = toWallTime(timeZone, Date.now()).on.slice(0, 4);
  return (
    <div className="mb-4">
      <p className="flex justify-between gap-x-4 py-2 font-medium text-clay">
        Owed <span>{formatMoney(sum, currency, locale)}</span>
      </p>
      <ul aria-label="Owed" className="border-b border-line text-small">
        {owed.map(({ appointmentId, startsAt, serviceName, owedCents }) => {
          const { on } = toWallTime(timeZone, startsAt);
          return (
            <li key={appointmentId} className="border-t border-line py-1">
              <a
                href={`/practice/payments/${appointmentId}`}
                className="grid min-h-11 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4"
              >
                <span>
                  {formatDay(on, 'short', locale)}
                  {!on.startsWith(thisYear) && ` ${on.slice(0, 4)}`} <span className="text-soft">{serviceName}</span>
                </span>
                {formatMoney(owedCents, currency, locale)}
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Entries({ payments, practice }: { payments: ClientLedgerEntry[]; practice: Practice }) {
  const { timeZone, currency, locale } = practice;
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
