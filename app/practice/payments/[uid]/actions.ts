'use server';

import { redirect } from 'next/navigation';
import { catchDatabaseBusy } from '@/app/catch-database-busy';
import { toFieldErrors } from '@/app/field-errors';
import { readText, requireFormData } from '@/app/form-data';
import { requireRole } from '@/auth';
import type { Staff } from '@/db/access/viewer';
import type { PaymentMethod } from '@/db/money/build-ledger-entries';
import type { EntryForm, LedgerEntryResult } from '@/db/money/enter-for-form';
import {
  chargeFee,
  recordDiscount,
  recordPayment,
  recordRefund,
  reverseLedgerEntry,
  waiveFee,
} from '@/db/money/ledger';
import { getPractice } from '@/db/practice/practice';
import { getMoneyExample, parseMoney } from '@/scheduling/parse-money';

export interface LedgerEntryFormState {
  values: Record<string, string>;
  errors: Record<string, string>;
  flash: 'busy' | null;
}

/** Enters a payment, discount, fee or refund, or reverses an entry, and leads to the updated bill. */
export async function recordLedgerEntry(_before: LedgerEntryFormState, form: FormData): Promise<LedgerEntryFormState> {
  requireFormData(form);
  const viewer = await requireRole('staff');
  const values = Object.fromEntries(
    ['does', 'uid', 'entry', 'way', 'amount', 'tip', 'reason'].map((name) => [name, readText(form, name, 250)]),
  );
  const seen = readText(form, 'seen', 9);
  // A form without them is of an older page: it is refused as one that others have overtaken.
  const entryForm = {
    key: readText(form, 'key', 64),
    seenEntries: /^\d+$/.test(seen) ? Number(seen) : -1,
    seenDate: readText(form, 'date', 40),
  };
  const result = await catchDatabaseBusy(() => write(viewer, values, entryForm));
  if (result === 'busy') return { values, errors: {}, flash: 'busy' };
  const pagePath = `/practice/payments/${encodeURIComponent(values.uid!)}`;
  if (result.ok) {
    redirect(`${pagePath}?flash=${values.does}${result.receiptNumber ? `&receipt=${result.receiptNumber}` : ''}#flash`);
  }
  if (result.reason === 'invalid') return { values, errors: toFieldErrors(result.issues), flash: null };
  redirect(`${pagePath}?flash=${result.reason === 'not_found' ? 'gone' : result.reason}#flash`);
}

async function write(viewer: Staff, values: Record<string, string>, form: EntryForm): Promise<LedgerEntryResult> {
  const { currency } = await getPractice();
  const { uid: appointmentId = '', does, reason = '', entry = '' } = values;
  const clock = { now: Date.now() };
  const way = values.way as PaymentMethod;
  const unreadable = ['amount', 'tip'].filter(
    (name) => values[name]?.trim() && parseMoney(values[name], currency) === null,
  );
  if (unreadable.length > 0) {
    const message = `Write it in ${currency}, such as ${getMoneyExample(currency)}.`;
    return { ok: false, reason: 'invalid', issues: unreadable.map((name) => ({ path: [name], message })) };
  }
  const amountOf = (text = '') => parseMoney(text, currency) ?? 0;
  const request = { appointmentId, amountCents: amountOf(values.amount), reason, form };
  switch (does) {
    case 'pay':
      return recordPayment(viewer, { ...request, way, tipCents: amountOf(values.tip) }, clock);
    case 'discount':
      return recordDiscount(viewer, request, clock);
    case 'fee':
      return chargeFee(viewer, request, clock);
    case 'waive':
      return waiveFee(viewer, request, clock);
    case 'refund':
      return recordRefund(viewer, { ...request, way }, clock);
    case 'correct':
      return reverseLedgerEntry(viewer, { entryId: entry, reason, form }, clock);
    default:
      return { ok: false, reason: 'not_found' };
  }
}
