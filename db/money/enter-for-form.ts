import { createHash } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { getAuditActor } from '@/db/access/audit-trail';
import type { Staff } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { findEditableAppointment } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { lockPractice } from '@/db/practice/lock-practice';
import { getPractice, type Practice } from '@/db/practice/practice';
import type { Invalid, Refusal } from '@/db/results';
import { appointments, ledgerEntries } from '@/db/schema';
import { type AppointmentBill, getBillUnchecked, isBookedOrCompleted, isPriceUncharged, toDateKey } from './bills';
import { buildChargeEntry, buildKeptEntry, buildLapseEntry, computeAccountBalances } from './build-ledger-entries';
import { makeKeptKey } from './linked-ledger-entries';
import { enterAndRecord, insertEntry, type LedgerDecision } from './write-ledger-entry';

// Writes what staff entered in a form of a bill: once, however often the form is sent, and never by a bill that has
// changed since the form was drawn.

export type LedgerEntryResult =
  | { ok: true; entryId: string; receiptNumber: number | null }
  | Invalid
  | Refusal<'not_found' | 'changed' | 'date_changed'>;

/** The form that a request comes from. */
export interface EntryForm {
  /** Drawn with its page. Sent twice, it enters one thing, and is answered as it was the first time. */
  key: string;
  /** How many entries its page showed. Refused as `changed` where there are others by now. */
  seenEntries: number;
  /** The date as its page showed it, by `toDateKey`. Refused as `date_changed` where it is another by now. */
  seenDate: string;
}

export interface FromForm {
  form?: EntryForm | undefined;
}

const COUNTS_TOWARDS_FEE = 'What was paid for the date counts towards its fee';

/** An entry, and those that come with it. */
type DecisionWithMore = LedgerDecision & { more?: LedgerDecision[] };

/** Decides by the current bill and writes the entry in the same transaction, so that no other entry comes between. */
export async function enterForForm(
  viewer: Staff,
  does: string,
  request: FromForm & { appointmentId: string },
  now: number,
  decide: (bill: AppointmentBill, practice: Practice) => DecisionWithMore | Invalid | Refusal<'not_found'>,
): Promise<LedgerEntryResult> {
  return transact<LedgerEntryResult>(async (tx) => {
    await lockPractice(tx);
    // Locks the date: whoever cancels it meanwhile waits here, or is waited for, and then finds the other’s rows.
    if (isPossibleId(request.appointmentId))
      await tx
        .update(appointments)
        .set({ version: sql`${appointments.version}` })
        .where(eq(appointments.id, request.appointmentId));
    const appointment = await findEditableAppointment(tx, viewer, request.appointmentId);
    if (!appointment) return { ok: false, reason: 'not_found' };
    const { form } = request;
    const formKey = form && hashRequest(does, request);
    const former = formKey && (await findByFormKey(tx, formKey));
    if (former) return { ok: true, ...former };
    const bill = await getBillUnchecked(tx, appointment);
    if (form && form.seenDate === '') return { ok: false, reason: 'changed' };
    if (form && form.seenDate !== toDateKey(bill)) return { ok: false, reason: 'date_changed' };
    if (form && form.seenEntries !== bill.entries.length) return { ok: false, reason: 'changed' };
    const decision = decide(bill, await getPractice(tx));
    if ('ok' in decision) return decision;
    const common = { appointment, actor: getAuditActor(viewer), now };
    // The price of a massage that took place is charged with the first entry.
    if (isPriceUncharged(appointment, bill.entries))
      await insertEntry(tx, { entry: buildChargeEntry(bill.priceCents), reason: '' }, common);
    const { more = [] } = decision;
    const written = await enterAndRecord(tx, { ...decision, formKey }, common);
    if (!isBookedOrCompleted(bill)) {
      const entries = [...bill.entries, decision.entry, ...more.map(({ entry }) => entry)];
      // Where a payment for a date that was cancelled or missed is reversed, its price is not owed either.
      const lapse = buildLapseEntry(computeAccountBalances(entries), { withDiscount: false });
      if (lapse) more.push({ entry: lapse, reason: decision.reason });
      const kept = buildKeptEntry(computeAccountBalances(lapse ? [...entries, lapse] : entries));
      if (kept) more.push({ entry: kept, reason: COUNTS_TOWARDS_FEE, formKey: makeKeptKey() });
    }
    for (const each of more) await enterAndRecord(tx, each, common);
    return { ok: true, ...written };
  });
}

/** The key of a form with all that was filled in: with another amount it is another request. */
function hashRequest(does: string, request: FromForm): string {
  return createHash('sha256')
    .update(JSON.stringify([does, request]))
    .digest('base64url');
}

async function findByFormKey(tx: Db, formKey: string) {
  const [found] = await tx
    .select({ entryId: ledgerEntries.id, receiptNumber: ledgerEntries.receiptNumber })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.formKey, formKey));
  return found;
}
