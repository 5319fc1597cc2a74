import { formatLedgerEntry, getLedgerEntryAmountCents } from '@/app/practice/payments/ledger-entry-labels';
import { Section } from '@/components/section';
import type { LedgerEntry } from '@/db/money/bills';
import type { DataWithoutHealth } from '@/db/people/export-data-without-health';
import { formatMoney } from '@/scheduling/format-money';
import { findNameAmongSeveral, formatMoment, type KeptData } from './kept-data';
import { ForWhom, KeptRow, KeptRows } from './kept-row';

type Entry = DataWithoutHealth['ledgerEntries'][number];

/** Prices, payments and everything else in the ledger, the latest first. */
export function PaymentsSection(kept: KeptData) {
  // A price may be entered together with its payment; the payment is the later of the two.
  const isPrice = ({ kind }: Entry) => Number(kind === 'charge');
  const entries = kept.data.ledgerEntries.toSorted((a, b) => b.at - a.at || isPrice(a) - isPrice(b));
  if (entries.length === 0) return null;
  return (
    <Section title="Payments" aside="What your dates cost and what you paid, the latest first.">
      <KeptRows>
        {entries.map((entry) => (
          <PaymentRow key={entry.id} entry={entry} kept={kept} />
        ))}
      </KeptRows>
    </Section>
  );
}

function PaymentRow({ entry, kept }: { entry: Entry; kept: KeptData }) {
  const { id, clientId, at, kind, appointmentId, currency, receiptNumber, correctsId } = entry;
  const isReversed = kept.data.ledgerEntries.some((other) => other.correctsId === id);
  const lines: LedgerEntry['lines'] = Object.fromEntries(
    kept.data.ledgerLines
      .filter(({ entryId }) => entryId === id)
      .map(({ account, amountCents }) => [account, amountCents]),
  );
  const date = kept.data.appointments.find((each) => each.id === appointmentId);
  const money = (cents: number) => formatMoney(cents, currency, kept.practice.locale);
  const tipCents = kind === 'payment' ? 0 - (lines.tips ?? 0) : 0;
  return (
    <KeptRow
      title={formatLedgerEntry({ kind, lines })}
      mark={<span className="font-medium">{money(getLedgerEntryAmountCents({ lines }))}</span>}
    >
      {formatMoment(at, kept)}
      <ForWhom name={findNameAmongSeveral(kept.data, clientId)} />.
      {date && ` For the date of ${formatMoment(date.startAt, kept)}.`}
      {tipCents !== 0 && ` With a tip of ${money(tipCents)}.`}
      {receiptNumber !== null && ` Receipt ${receiptNumber}.`}
      {isReversed && ' This was a mistake and was reversed later.'}
      {correctsId !== null && ' It takes an earlier entry back.'}
    </KeptRow>
  );
}
