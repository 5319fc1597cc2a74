import { eq } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { reader } from '@/db/connection/database-client';
import { CONTROL_CHARACTER_EXCEPT_LINE_BREAKS } from '@/db/input/field-schemas';
import type { Practice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid } from '@/db/results';
import { ledgerEntries, type ReceiptWords } from '@/db/schema';
import { type AppointmentBill, isBookedOrCompleted, isReversible, type LedgerEntry, sumPaid } from './bills';
import {
  buildDiscountEntry,
  buildFeeEntry,
  buildPaymentEntry,
  buildRefundEntry,
  buildWaiverEntry,
  computeAccountBalances,
  type NewLedgerEntry,
  PAYMENT_METHODS,
  type PaymentMethod,
} from './build-ledger-entries';
import { enterForForm, type FromForm, type LedgerEntryResult } from './enter-for-form';
import { planReversal } from './linked-ledger-entries';

// The till. Entries are added and never changed; a wrong one is reversed by another entry. Whoever may change an
// appointment may also take money for it.

export interface PaymentRequest extends FromForm {
  appointmentId: string;
  way: PaymentMethod;
  amountCents: number;
  tipCents: number;
}

export interface AmountRequest extends FromForm {
  appointmentId: string;
  amountCents: number;
  reason: string;
}

const LONGEST_REASON = 200;
const MOST_CENTS = 100_000_000;
const TOO_MUCH = 'That is more than can be entered at once.';

/**
 * Records a payment for an appointment, with the next receipt number. It may not exceed what is owed; tips do not
 * count.
 */
export async function recordPayment(
  viewer: Staff,
  request: PaymentRequest,
  { now }: Clock,
): Promise<LedgerEntryResult> {
  const { way, amountCents, tipCents } = request;
  if (!PAYMENT_METHODS.includes(way)) return refuse('way', 'Choose how it was paid.');
  if (!isAmount(amountCents)) return refuse('amount', TOO_MUCH);
  if (!isAmount(tipCents)) return refuse('tip', TOO_MUCH);
  if (amountCents + tipCents === 0) return refuse('amount', 'Give the amount that was paid.');
  return enterForForm(viewer, 'pay', request, now, (bill, practice) => {
    if (amountCents > bill.owedCents) return refuse('amount', describeTooMuch(bill));
    return {
      entry: buildPaymentEntry(way, amountCents, tipCents),
      reason: '',
      receiptWords: toReceiptWords(bill, practice),
    };
  });
}

function describeTooMuch(bill: AppointmentBill): string {
  if (bill.owedCents > 0 && isBookedOrCompleted(bill))
    return 'That is more than is owed. Enter what is above it as a tip.';
  return bill.owedCents > 0 ? 'That is more than is owed.' : 'Nothing is owed for it any more.';
}

/** Takes a discount off the price. */
export async function recordDiscount(
  viewer: Staff,
  request: AmountRequest,
  { now }: Clock,
): Promise<LedgerEntryResult> {
  return enterAmount(viewer, 'discount', request, now, (bill) => {
    if (!isBookedOrCompleted(bill)) {
      const date = bill.status === 'cancelled' ? 'cancelled' : 'missed';
      return refuse('amount', `A discount is for a price, and a ${date} date has none. Waive its fee instead.`);
    }
    if (request.amountCents > bill.owedCents) return refuse('amount', 'A discount cannot be more than what is owed.');
    return buildDiscountEntry(request.amountCents);
  });
}

/** Charges a fee for a missed appointment or a late cancellation. */
export async function chargeFee(viewer: Staff, request: AmountRequest, { now }: Clock): Promise<LedgerEntryResult> {
  return enterAmount(viewer, 'fee', request, now, (bill) => {
    if (isBookedOrCompleted(bill)) return refuse('amount', 'A fee is for an appointment that was missed or cancelled.');
    return buildFeeEntry(request.amountCents);
  });
}

/** Waives a fee. */
export async function waiveFee(viewer: Staff, request: AmountRequest, { now }: Clock): Promise<LedgerEntryResult> {
  return enterAmount(viewer, 'waive', request, now, (bill) => {
    if (request.amountCents > Math.min(bill.feeCents, bill.owedCents))
      return refuse('amount', 'That is more than the fees that are still owed.');
    return buildWaiverEntry(request.amountCents);
  });
}

/** Refunds money, by the way it was paid or another. */
export async function recordRefund(
  viewer: Staff,
  request: AmountRequest & { way: PaymentMethod },
  { now }: Clock,
): Promise<LedgerEntryResult> {
  if (!PAYMENT_METHODS.includes(request.way)) return refuse('way', 'Choose how it was paid back.');
  return enterAmount(viewer, 'refund', request, now, (bill) => {
    if (request.amountCents > bill.paidCents) return refuse('amount', 'That is more than was paid.');
    return buildRefundEntry(request.way, request.amountCents);
  });
}

/**
 * Reverses a wrong entry as a whole, and what came with it. Each entry can be reversed once, and a correction never.
 */
export async function reverseLedgerEntry(
  viewer: Staff,
  request: FromForm & { entryId: string; reason: string },
  { now }: Clock,
): Promise<LedgerEntryResult> {
  const reason = request.reason.trim();
  const issue = issueOfReason(reason);
  if (issue) return issue;
  const db = await reader();
  const [found] = isPossibleId(request.entryId)
    ? await db.select().from(ledgerEntries).where(eq(ledgerEntries.id, request.entryId))
    : [];
  if (!found?.appointmentId) return { ok: false, reason: 'not_found' };
  const { appointmentId } = found;
  return enterForForm(viewer, 'reverse', { ...request, appointmentId }, now, (bill) => {
    const entry = bill.entries.find(({ id }) => id === found.id);
    if (!entry || entry.kind === 'correction' || entry.correctedBy) return { ok: false, reason: 'not_found' };
    if (!isReversible(bill, entry)) return refuse('reason', describeIrreversible(bill, entry));
    const [corrected, ...more] = planReversal(bill, entry, reason);
    const after = computeAccountBalances([...bill.entries, corrected.entry, ...more.map((each) => each.entry)]);
    if (after.owed < 0) return refuse('reason', describeWhatStandsInTheWay(bill, entry));
    if (sumPaid(after) < 0) return refuse('reason', 'Money was paid back since. Reverse the refund first.');
    return { ...corrected, more };
  });
}

function describeIrreversible(bill: AppointmentBill, { kind }: LedgerEntry): string {
  if (isBookedOrCompleted(bill)) return 'The price is owed while the massage is given. Enter a discount instead.';
  return kind === 'lapse'
    ? 'The date was cancelled or missed, so it costs a fee at most. Charge a fee instead.'
    : 'The date was cancelled or missed, so nothing is owed of it but a fee. Pay money back instead.';
}

/** Names what was taken off the bill since, which has to be reversed before. */
function describeWhatStandsInTheWay(bill: AppointmentBill, { kind }: LedgerEntry): string {
  if (kind === 'refund') return 'It is owed again and has been paid since. Reverse the payment first.';
  const kinds = new Set(bill.entries.filter((entry) => isReversible(bill, entry)).map(({ kind }) => kind));
  if (kinds.has('waiver')) return 'It was waived already. Reverse the waiver first.';
  if (kinds.has('discount')) return 'A discount was given on it. Reverse the discount first.';
  return 'It was paid for already. Reverse the payment first.';
}

async function enterAmount(
  viewer: Staff,
  does: 'discount' | 'fee' | 'waive' | 'refund',
  request: AmountRequest,
  now: number,
  decide: (bill: AppointmentBill) => NewLedgerEntry | Invalid,
): Promise<LedgerEntryResult> {
  const { amountCents } = request;
  if (amountCents === 0) return refuse('amount', 'Enter an amount above nothing.');
  if (!isAmount(amountCents)) return refuse('amount', TOO_MUCH);
  const reason = request.reason.trim();
  const issue = issueOfReason(reason);
  if (issue) return issue;
  return enterForForm(viewer, does, request, now, (bill) => {
    const decided = decide(bill);
    return 'ok' in decided ? decided : { entry: decided, reason };
  });
}

function toReceiptWords(bill: AppointmentBill, { name, address, phone, email }: Practice): ReceiptWords {
  const { serviceName, therapistName, minutes, startsAt, timeZone } = bill;
  const practice = { name, address, phone, email };
  return { practice, service: serviceName, minutes, therapist: therapistName, startsAt, timeZone };
}

function isAmount(amount: number): boolean {
  return Number.isSafeInteger(amount) && amount >= 0 && amount <= MOST_CENTS;
}

function issueOfReason(reason: string): Invalid | null {
  if (reason === '') return refuse('reason', 'Give a reason. It stays in the books.');
  if (reason.length > LONGEST_REASON)
    return refuse('reason', `Please keep the reason to ${LONGEST_REASON} characters.`);
  if (CONTROL_CHARACTER_EXCEPT_LINE_BREAKS.test(reason))
    return refuse('reason', 'Please write the reason without special control characters.');
  return null;
}

function refuse(field: string, message: string): Invalid {
  return invalid([{ path: [field], message }]);
}
