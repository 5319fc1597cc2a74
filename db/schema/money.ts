import { sql } from 'drizzle-orm';
import { appointments } from './appointments';
import { clients } from './clients';
import { check, index, instant, int, json, primaryKey, table, text, uniqueIndex } from './engine-column-types';

// What is owed and what was paid, as a double-entry ledger: rows are added, and never changed or deleted.

export type LedgerKind =
  | 'charge'
  | 'payment'
  | 'tip'
  | 'discount'
  | 'refund'
  | 'fee'
  | 'waiver'
  /** What was not paid of the price of a date that was cancelled or missed. */
  | 'lapse'
  | 'correction';

/** What a receipt names besides its client and its amounts, as it was when it was issued. */
export interface ReceiptWords {
  practice: { name: string; address: string; phone: string; email: string };
  service: string;
  minutes: number;
  therapist: string;
  startsAt: number;
  timeZone: string;
}

/** `owed` is what clients owe; the ways of paying are what the practice holds; the others are what it earned. */
export type LedgerAccount = 'owed' | 'cash' | 'card' | 'transfer' | 'other' | 'sales' | 'tips' | 'discounts' | 'fees';

export const ledgerEntries = table(
  'ledger_entries',
  {
    id: text('id').primaryKey(),
    at: instant('happened_at').notNull(),
    kind: text('kind').$type<LedgerKind>().notNull(),
    clientId: text('client_id')
      .notNull()
      .references(() => clients.id),
    appointmentId: text('appointment_id').references(() => appointments.id),
    currency: text('currency').notNull(),
    reason: text('reason').notNull().default(''),
    /** The staff member who entered it, as history names them. */
    actor: text('actor').notNull(),
    /** The entry that this one reverses. */
    correctsId: text('corrects_id'),
    /** For a payment: 1, 2, 3 and so on, without a gap. */
    receiptNumber: int('receipt_number'),
    /** With a receipt: older ones name what the practice, the massage and the therapist are called now. */
    receiptWords: json<ReceiptWords>('receipt_words'),
    /**
     * The key of the form that entered it, drawn with its page: the same form enters one thing, however often it is sent.
     * Of an entry that came with another, what it came for.
     */
    formKey: text('form_key'),
  },
  (t) => [
    uniqueIndex('ledger_entries_receipt').on(t.receiptNumber),
    uniqueIndex('ledger_entries_corrects').on(t.correctsId),
    uniqueIndex('ledger_entries_form').on(t.formKey),
    index('ledger_entries_appointment').on(t.appointmentId),
    index('ledger_entries_client').on(t.clientId, t.at),
    index('ledger_entries_time').on(t.at),
    check(
      'ledger_entries_kind',
      sql`${t.kind} in ('charge', 'payment', 'tip', 'discount', 'refund', 'fee', 'waiver', 'lapse', 'correction')`,
    ),
    check('ledger_entries_correction', sql`(${t.kind} = 'correction') = (${t.correctsId} is not null)`),
  ],
);

/** The lines of one entry add up to zero. A positive amount goes into an account, a negative one leaves it. */
export const ledgerLines = table(
  'ledger_lines',
  {
    entryId: text('entry_id')
      .notNull()
      .references(() => ledgerEntries.id),
    account: text('account').$type<LedgerAccount>().notNull(),
    amountCents: int('amount_cents').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.entryId, t.account] }),
    check('ledger_lines_amount', sql`${t.amountCents} <> 0`),
    check(
      'ledger_lines_account',
      sql`${t.account} in ('owed', 'cash', 'card', 'transfer', 'other', 'sales', 'tips', 'discounts', 'fees')`,
    ),
  ],
);
