import { formatLedgerEntry, getLedgerEntryAmountCents } from '@/app/practice/payments/ledger-entry-labels';
import type { ClientLedgerEntry } from '@/db/money/client-ledger-entries';
import type { OwedDate } from '@/db/money/owed';
import type { Practice } from '@/db/practice/practice';
import { formatMoney } from '@/scheduling/format-money';
import { formatDay } from '@/scheduling/formatting';
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

/** The entries of each massage below it, the massage with the newest entry first. */
function Entries({ payments, practice }: { payments: ClientLedgerEntry[]; practice: Practice }) {
  const byMassage = new Map<string | null, ClientLedgerEntry[]>();
  for (const payment of payments) {
    const { appointmentId } = payment;
    byMassage.set(appointmentId, [...(byMassage.get(appointmentId) ?? []), payment]);
  }
  return (
    <ul className="border-b border-line text-small">
      {[...byMassage].map(([appointmentId, entries]) => (
        <li key={appointmentId} className="border-t border-line py-1 first:border-t-0">
          <MassageName entry={entries[0]!} practice={practice} />
          <ul>
            {entries.map((entry) => (
              <Entry key={entry.entryId} entry={entry} practice={practice} />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function MassageName({ entry, practice }: { entry: ClientLedgerEntry; practice: Practice }) {
  const { appointmentId, startsAt, serviceName } = entry;
  if (appointmentId === null || startsAt === null) return <p className="py-2">Without a date</p>;
  const { on } = toWallTime(practice.timeZone, startsAt);
  return (
    <a href={`/practice/payments/${appointmentId}`} className="inline-flex min-h-11 flex-wrap items-center gap-x-2">
      {formatDay(on, 'short', practice.locale)} {on.slice(0, 4)}
      <span className="text-soft">{serviceName}</span>
    </a>
  );
}

function Entry({ entry, practice }: { entry: ClientLedgerEntry; practice: Practice }) {
  const { timeZone, currency, locale } = practice;
  const { at, receiptNumber, isReversed } = entry;
  const struck = isReversed ? 'text-soft line-through' : '';
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 pb-2 pl-4">
      <span>
        <span className={struck}>{formatLedgerEntry(entry)}</span>
        {isReversed && <span className="sr-only">, reversed later</span>}
        <span className="text-soft">, entered {formatDay(toWallTime(timeZone, at).on, 'short', locale)}</span>
        {receiptNumber !== null && (
          <>
            {', '}
            <a href={`/practice/receipts/${receiptNumber}`} className="inline-block py-1.5">
              receipt {receiptNumber}
            </a>
          </>
        )}
      </span>
      <span className={struck}>{formatMoney(getLedgerEntryAmountCents(entry), currency, locale)}</span>
    </li>
  );
}
