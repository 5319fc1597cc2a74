import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { formatLedgerEntry, getLedgerEntryAmountCents } from '@/app/practice/payments/ledger-entry-labels';
import { SignOutForms } from '@/app/practice/sign-out-forms';
import { requireRole } from '@/auth';
import { DescriptionItem, DescriptionList } from '@/components/description-list';
import { Notice } from '@/components/notice';
import { PageHeader } from '@/components/page-header';
import { Section } from '@/components/section';
import { PracticeShell } from '@/components/shell';
import { type AppointmentBill, getBill, isReversible, type LedgerEntry, toDateKey } from '@/db/money/bills';
import { isKept } from '@/db/money/linked-ledger-entries';
import { getPractice } from '@/db/practice/practice';
import { formatMoney } from '@/scheduling/format-money';
import { formatDay, formatTime } from '@/scheduling/formatting';
import { getCurrencyDecimals } from '@/scheduling/parse-money';
import { toWallTime } from '@/scheduling/zone-conversion';
import { LedgerAdjustmentForm, PaymentForm, ReverseEntryForm, TipForm } from './ledger-entry-forms';

export const metadata: Metadata = { title: 'Payment', robots: { index: false } };

const NOTES: Record<string, [title: string, text: string]> = {
  pay: ['Paid', 'The receipt is ready.'],
  discount: ['Discount entered', 'Less is owed now.'],
  fee: ['Fee entered', 'It is owed now.'],
  keptFee: ['Fee entered', 'What was paid for the date counts towards it.'],
  keptInPart: ['Fee entered', 'What was paid for the date counts towards it. The rest is owed now.'],
  waive: ['Fee waived', 'It is owed no more.'],
  refund: ['Paid back', 'It is entered with today’s date.'],
  correct: ['Reversed', 'Both entries stay in the books.'],
};

const REFUSALS: Record<string, string> = {
  gone: 'Somebody else was quicker, or the entry was reversed before. What you see now is how it stands.',
  changed:
    'Something else was entered for it meanwhile, or this form was sent before. Look at the entries below, then enter it if it is still missing.',
};

const DATE_CHANGES: Record<AppointmentBill['status'], string> = {
  booked: 'The date was changed meanwhile, or stands again.',
  completed: 'The date was changed meanwhile, or stands again.',
  cancelled: 'The date was cancelled meanwhile.',
  no_show: 'The date was marked as missed meanwhile.',
};

interface Props {
  params: Promise<{ uid: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function PaymentPage({ params, searchParams }: Props) {
  await connection();
  const viewer = await requireRole('staff');
  const [{ uid }, raw, practice] = await Promise.all([params, searchParams, getPractice()]);
  const bill = await getBill(viewer, uid);
  if (!bill) notFound();
  const { locale } = practice;
  const money = (cents: number) => formatMoney(cents, bill.currency, locale);
  const day = toWallTime(bill.timeZone, bill.startsAt).on;
  const openHref = `/practice/calendar?on=${day}&view=day&open=${uid}`;
  const isMissed = bill.status === 'no_show' || bill.status === 'cancelled';
  const whyNotGiven = bill.status === 'no_show' ? 'nobody came' : 'the date was cancelled';
  const isCharged = bill.entries.some(({ kind, correctedBy }) => kind === 'charge' && !correctedBy);
  const once = { key: randomUUID(), seen: bill.entries.length, date: toDateKey(bill) };
  const formsKey = `${once.seen} ${once.date}`;
  // With something to pay, the tip comes with the payment.
  const canTip = bill.owedCents === 0 && (bill.status === 'completed' || (!isMissed && bill.paidCents > 0));
  const common = { uid, once, currency: bill.currency };
  return (
    <PracticeShell practice={practice} current="calendar" viewer={viewer} signOut={<SignOutForms />}>
      <PageHeader
        title={<bdi>{bill.clientName}</bdi>}
        crumbs={[{ href: openHref, label: 'The appointment' }]}
        from={`${bill.serviceName}, ${bill.minutes} minutes with ${bill.therapistName}, ${formatDay(day, 'long', locale)} at ${formatTime(bill.timeZone, bill.startsAt, locale)}`}
      >
        <Flash raw={raw} bill={bill} />
      </PageHeader>
      <Section title="The bill">
        <DescriptionList className="max-w-[30rem]">
          <DescriptionItem label="Price">
            {money(bill.priceCents)}
            {isMissed && !isCharged && `, not charged: ${whyNotGiven}`}
          </DescriptionItem>
          {bill.discountCents > 0 && (
            <DescriptionItem label="Discount">{`−${money(bill.discountCents)}`}</DescriptionItem>
          )}
          {bill.lapsedCents > 0 && (
            <DescriptionItem label="Not owed">{`−${money(bill.lapsedCents)}, as ${whyNotGiven}`}</DescriptionItem>
          )}
          {bill.feeCents > 0 && <DescriptionItem label="Fee">{money(bill.feeCents)}</DescriptionItem>}
          <DescriptionItem label="Paid">
            {money(bill.paidCents + bill.refundedCents)}
            {bill.tipCents > 0 && `, and a tip of ${money(bill.tipCents)}`}
          </DescriptionItem>
          {bill.refundedCents > 0 && (
            <DescriptionItem label="Paid back">
              {money(bill.refundedCents)}
              {describeOwedAgain(bill, money)}
            </DescriptionItem>
          )}
          <DescriptionItem label="Still owed">
            <b className="font-semibold">{money(bill.owedCents)}</b>
          </DescriptionItem>
        </DescriptionList>
      </Section>
      {bill.owedCents > 0 && (
        <Section key={`pay-${formsKey}`} title="Take a payment" aside="The receipt gets the next number.">
          <PaymentForm {...common} owed={plainAmount(bill.owedCents, bill.currency)} />
        </Section>
      )}
      <Section title="More" id="more">
        {bill.toRefundCents > 0 && (
          <div className="mb-6">
            <Notice
              tone="quiet"
              title={`${money(bill.toRefundCents)} was paid ${bill.feeCents > 0 ? 'above its fee' : 'for it'}, and ${whyNotGiven}`}
            >
              Pay it back, and enter that here.
            </Notice>
          </div>
        )}
        <div key={formsKey} className="max-w-[36rem] divide-y divide-line border-y border-line">
          {bill.owedCents > 0 && !isMissed && (
            <LedgerAdjustmentForm
              {...common}
              title="Give a discount"
              does="discount"
              button="Enter the discount"
              hint="Less is owed than the price."
            />
          )}
          {canTip && <TipForm {...common} />}
          {isMissed && (
            <LedgerAdjustmentForm
              {...common}
              title="Charge a fee"
              does="fee"
              button="Enter the fee"
              hint={`For not coming, or cancelling too late. ${bill.toRefundCents > 0 ? `The ${money(bill.toRefundCents)} that was paid counts towards it. ` : ''}Nobody is told by e-mail.`}
            />
          )}
          {bill.feeCents > 0 && bill.owedCents > 0 && (
            <LedgerAdjustmentForm
              {...common}
              title="Waive the fee"
              does="waive"
              button="Waive it"
              hint="What is still owed of the fee is not asked for after all. What was paid of it can be paid back."
              amount={plainAmount(Math.min(bill.feeCents, bill.owedCents), bill.currency)}
            />
          )}
          {bill.paidCents > 0 && (
            <LedgerAdjustmentForm
              {...common}
              title="Pay money back"
              does="refund"
              button="Enter what was paid back"
              hint={`At most ${money(bill.paidCents)}. The money itself goes back at the till or the bank.`}
              asksWay
              isOpen={bill.toRefundCents > 0}
              amount={bill.toRefundCents > 0 ? plainAmount(bill.toRefundCents, bill.currency) : undefined}
            />
          )}
          {!isMissed && !canTip && bill.owedCents === 0 && bill.paidCents === 0 && (
            <p className="py-4 text-soft">Nothing is owed, and nothing was paid.</p>
          )}
        </div>
      </Section>
      <Section title="Entries" aside="Nothing is changed or deleted. What was wrong is reversed by another entry.">
        {bill.entries.length === 0 ? (
          <p className="text-soft">Nothing has been entered yet.</p>
        ) : (
          <ol className="max-w-[46rem] border-t border-ink">
            {bill.entries.map((entry) => (
              <Entry key={entry.id} {...{ entry, bill, once, locale, money }} />
            ))}
          </ol>
        )}
      </Section>
    </PracticeShell>
  );
}

function Entry(props: {
  entry: LedgerEntry;
  bill: AppointmentBill;
  once: { key: string; seen: number; date: string };
  locale: string;
  money: (cents: number) => string;
}) {
  const { entry, bill, once, locale, money } = props;
  const what = `${formatLedgerEntry(entry)}, ${money(getLedgerEntryAmountCents(entry))}`;
  return (
    <li className="border-b border-line py-3">
      <p className="flex flex-wrap justify-between gap-x-4">
        <span className={entry.correctedBy ? 'text-soft line-through' : ''}>{formatLedgerEntry(entry)}</span>
        <span className={entry.correctedBy ? 'text-soft line-through' : 'font-medium'}>
          {money(getLedgerEntryAmountCents(entry))}
        </span>
      </p>
      <p className="text-small text-soft">
        {formatDay(toWallTime(bill.timeZone, entry.at).on, 'short', locale)},{' '}
        {formatTime(bill.timeZone, entry.at, locale)}
        {entry.reason && `. ${entry.reason}`}
        {entry.correctedBy && '. Reversed'}
      </p>
      {entry.receiptNumber !== null && (
        <a href={`/practice/receipts/${entry.receiptNumber}`} className="inline-flex min-h-11 items-center text-small">
          Receipt {entry.receiptNumber}
        </a>
      )}
      {isReversible(bill, entry) && (
        <ReverseEntryForm uid={bill.appointmentId} once={once} entryId={entry.id} what={what} />
      )}
    </li>
  );
}

function describeOwedAgain(
  { refundedCents, owedAgainCents }: AppointmentBill,
  money: (cents: number) => string,
): string {
  if (owedAgainCents === 0) return ', and not owed again';
  return owedAgainCents === refundedCents ? ', and owed again' : `, and ${money(owedAgainCents)} of it owed again`;
}

/** Whether what was paid for the date counted towards the fee that was entered last. */
function isNewestFeeCovered({ entries }: AppointmentBill): boolean {
  const fee = entries.filter(({ kind }) => kind === 'fee').at(-1);
  return entries.some((entry) => isKept(entry) && !entry.correctedBy && entry.at === fee?.at);
}

function Flash({ raw, bill }: { raw: Record<string, string | string[] | undefined>; bill: AppointmentBill }) {
  const { flash, receipt } = raw;
  if (typeof flash !== 'string') return null;
  const isNumber = typeof receipt === 'string' && /^\d{1,9}$/.test(receipt);
  const feeNote = bill.owedCents > 0 ? 'keptInPart' : 'keptFee';
  const done = flash === 'fee' && isNewestFeeCovered(bill) ? feeNote : flash;
  const note = Object.hasOwn(NOTES, done) ? NOTES[done] : undefined;
  const refusals = { ...REFUSALS, date_changed: `${DATE_CHANGES[bill.status]} What you see now is how it stands.` };
  const refusal = new Map(Object.entries(refusals)).get(flash);
  if (!note && !refusal) return null;
  return (
    <div className="mt-6">
      {note ? (
        <Notice tone="good" title={note[0]} id="flash" live>
          {flash === 'pay' && isNumber ? <a href={`/practice/receipts/${receipt}`}>Receipt {receipt}</a> : note[1]}
        </Notice>
      ) : (
        <Notice tone="bad" title="Nothing was entered" id="flash" live>
          {refusal}
        </Notice>
      )}
    </div>
  );
}

/** An amount as a person would type it: `68` or `68.50`. */
function plainAmount(cents: number, currency: string): string {
  const digits = getCurrencyDecimals(currency);
  const amount = (cents / 10 ** digits).toFixed(digits);
  return amount.replace(/\.0+$/, '');
}
