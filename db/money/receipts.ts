import { eq } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { findEditableAppointment } from '@/db/appointments/editable-appointment';
import { reader } from '@/db/connection/database-client';
import { ledgerEntries, type ReceiptWords } from '@/db/schema';
import { type AppointmentBill, getBillUnchecked, type LedgerEntry } from './bills';
import { computeAccountBalances, PAYMENT_METHODS, type PaymentMethod } from './build-ledger-entries';

// What a numbered receipt says: the bill as it was when the receipt was issued, in the words of that time.

/** What a receipt shows: the bill at the time it was issued, and what was paid with it. */
export interface Receipt extends Omit<AppointmentBill, 'entries'> {
  number: number;
  at: number;
  /** The price, as far as it was charged by then; more than once where it was paid back and is owed again. */
  chargedCents: number;
  /** What had been paid by the receipts before this one, without tips. */
  paidBeforeCents: number;
  paid: { way: PaymentMethod; amountCents: number }[];
  tipCents: number;
  discountCents: number;
  correctedAt: number | null;
  /** The practice as it was then; null for receipts from before that was kept. */
  practice: ReceiptWords['practice'] | null;
}

export async function getReceipt(viewer: Staff, number: number): Promise<Receipt | null> {
  if (!Number.isSafeInteger(number) || number < 1 || number > 2_147_483_647) return null;
  const db = await reader();
  const [found] = await db.select().from(ledgerEntries).where(eq(ledgerEntries.receiptNumber, number));
  if (!found?.appointmentId) return null;
  const appointment = await findEditableAppointment(db, viewer, found.appointmentId);
  if (!appointment) return null;
  const { entries, ...bill } = await getBillUnchecked(db, appointment);
  const entry = entries.find(({ id }) => id === found.id)!;
  const until = entries.slice(0, entries.indexOf(entry) + 1);
  const then = computeAccountBalances(until);
  const words = found.receiptWords;
  return {
    ...bill,
    ...(words && {
      ...{ serviceName: words.service, minutes: words.minutes, therapistName: words.therapist },
      ...{ startsAt: words.startsAt, timeZone: words.timeZone },
    }),
    practice: words?.practice ?? null,
    chargedCents: computeAccountBalances(ofKinds(until, ['charge'])).owed,
    lapsedCents: computeAccountBalances(ofKinds(until, ['lapse'])).sales,
    feeCents: 0 - then.fees,
    paidBeforeCents: 0 - computeAccountBalances(ofKinds(until, ['payment', 'tip'])).owed + (entry.lines.owed ?? 0),
    owedCents: then.owed,
    number,
    at: found.at,
    paid: PAYMENT_METHODS.flatMap((way) => (entry.lines[way] ? [{ way, amountCents: entry.lines[way]! }] : [])),
    tipCents: 0 - (entry.lines.tips ?? 0),
    discountCents: then.discounts,
    correctedAt: entries.find(({ id }) => id === entry.correctedBy)?.at ?? null,
  };
}

/** The entries of these kinds, with those that reversed them. */
function ofKinds(entries: LedgerEntry[], kinds: LedgerEntry['kind'][]): LedgerEntry[] {
  const kindOf = new Map(entries.map(({ id, kind }) => [id, kind]));
  return entries.filter(({ kind, correctsId }) => kinds.includes((correctsId && kindOf.get(correctsId)) || kind));
}
