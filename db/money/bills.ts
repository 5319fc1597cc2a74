import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { type AppointmentRow, findEditableAppointment } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import {
  appointments,
  clients,
  type LedgerAccount,
  ledgerEntries,
  ledgerLines,
  services,
  therapists,
} from '@/db/schema';
import { computeAccountBalances } from './build-ledger-entries';
import { listOwedAgain } from './linked-ledger-entries';

// What does an appointment cost, and what was paid for it? Read from the ledger, or from the price while nothing has been
// charged yet.

export interface LedgerEntry {
  id: string;
  at: number;
  kind: (typeof ledgerEntries.$inferSelect)['kind'];
  lines: Partial<Record<LedgerAccount, number>>;
  reason: string;
  receiptNumber: number | null;
  correctsId: string | null;
  /** The entry that reversed this one. */
  correctedBy: string | null;
  formKey: string | null;
}

/** What one appointment costs, and what has been paid of it. */
export interface AppointmentBill {
  appointmentId: string;
  clientId: string;
  clientName: string;
  therapistName: string;
  serviceName: string;
  minutes: number;
  startsAt: number;
  timeZone: string;
  status: AppointmentRow['status'];
  currency: string;
  priceCents: number;
  /** Still to pay. The price, where nothing was entered yet and the massage was not cancelled or missed. */
  owedCents: number;
  paidCents: number;
  tipCents: number;
  discountCents: number;
  /** How much of what was paid was refunded. */
  refundedCents: number;
  /** How much of what was refunded is owed again, because the date stands again. */
  owedAgainCents: number;
  /** How much of the price is not owed, because the date was cancelled or missed. */
  lapsedCents: number;
  /** What was paid for a date that was cancelled or missed, without what counts towards its fees, and not refunded yet. */
  toRefundCents: number;
  /** The fees that can still be waived: fees charged, less those waived. */
  feeCents: number;
  entries: LedgerEntry[];
}

/** The bill of an appointment that the viewer may change. */
export async function getBill(viewer: Staff, appointmentId: string): Promise<AppointmentBill | null> {
  const db = await reader();
  const found = await findEditableAppointment(db, viewer, appointmentId);
  return found && getBillUnchecked(db, found);
}

export interface PaidDate {
  appointmentId: string;
  startsAt: number;
  status: AppointmentRow['status'];
  /** What was paid for a date that is booked; of one that was cancelled or missed, what can be refunded. */
  amountCents: number;
}

/** The dates of a series for which money was taken, of those that are booked, or were cancelled or missed. */
export async function listPaidDates(viewer: Staff, seriesId: string): Promise<PaidDate[]> {
  const db = await reader();
  const billed = await db
    .selectDistinct({ id: appointments.id, startAt: appointments.startAt })
    .from(appointments)
    .innerJoin(ledgerEntries, eq(ledgerEntries.appointmentId, appointments.id))
    .where(and(eq(appointments.seriesId, seriesId), ne(appointments.status, 'completed')))
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  const dates: PaidDate[] = [];
  for (const { id } of billed) {
    const bill = await getBill(viewer, id);
    if (!bill) continue;
    const { startsAt, status, paidCents, toRefundCents } = bill;
    const amountCents = status === 'booked' ? paidCents : toRefundCents;
    if (amountCents > 0) dates.push({ appointmentId: id, startsAt, status, amountCents });
  }
  return dates;
}

/** The current bill. The caller has already checked that the viewer may change the appointment. */
export async function getBillUnchecked(db: Db, appointment: AppointmentRow): Promise<AppointmentBill> {
  const [names] = await db
    .select({ clientName: clients.name, therapistName: therapists.name, serviceName: services.name })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .where(eq(appointments.id, appointment.id));
  const entries = await listEntries(db, appointment.id);
  const sums = computeAccountBalances(entries);
  const { id, clientId, minutes, startAt, timeZone, status, currency, priceCents } = appointment;
  return {
    appointmentId: id,
    clientId,
    ...names!,
    minutes,
    startsAt: startAt,
    timeZone,
    status,
    currency,
    priceCents,
    owedCents: sums.owed + (isPriceUncharged(appointment, entries) ? priceCents : 0),
    paidCents: sumPaid(sums),
    tipCents: 0 - sums.tips,
    discountCents: sums.discounts,
    refundedCents:
      0 - sumPaid(computeAccountBalances(entries.filter(({ kind, correctedBy }) => kind === 'refund' && !correctedBy))),
    lapsedCents: entries
      .filter(({ kind, correctedBy }) => kind === 'lapse' && !correctedBy)
      .reduce((sum, { lines }) => sum + (lines.sales ?? 0), 0),
    owedAgainCents: computeAccountBalances(listOwedAgain(entries)).owed,
    toRefundCents: isBookedOrCompleted(appointment) ? 0 : Math.max(0, Math.min(0 - sums.sales, sumPaid(sums))),
    feeCents: 0 - sums.fees,
    entries,
  };
}

/** The money that came in and was not refunded, without tips. */
export function sumPaid({ cash, card, transfer, other, tips }: ReturnType<typeof computeAccountBalances>): number {
  return cash + card + transfer + other + tips;
}

async function listEntries(db: Db, appointmentId: string): Promise<LedgerEntry[]> {
  const found = await db
    .select({
      id: ledgerEntries.id,
      at: ledgerEntries.at,
      kind: ledgerEntries.kind,
      reason: ledgerEntries.reason,
      receiptNumber: ledgerEntries.receiptNumber,
      correctsId: ledgerEntries.correctsId,
      formKey: ledgerEntries.formKey,
    })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.appointmentId, appointmentId));
  // A charge has the same timestamp as the entry that caused it, and comes first; what lapses with it comes last.
  const rank = ({ kind }: (typeof found)[number]) => (kind === 'charge' ? 0 : kind === 'lapse' ? 2 : 1);
  found.sort((a, b) => a.at - b.at || rank(a) - rank(b) || (a.receiptNumber ?? 0) - (b.receiptNumber ?? 0));
  const lines = await listLinesByEntry(
    db,
    found.map(({ id }) => id),
  );
  const correctors = new Map(found.flatMap(({ id, correctsId }) => (correctsId ? [[correctsId, id]] : [])));
  return found.map((entry) => ({
    ...entry,
    lines: lines.get(entry.id) ?? {},
    correctedBy: correctors.get(entry.id) ?? null,
  }));
}

/** The lines of each of these entries, by its id. */
export async function listLinesByEntry(db: Db, entryIds: string[]): Promise<Map<string, LedgerEntry['lines']>> {
  const lines = new Map<string, LedgerEntry['lines']>();
  if (entryIds.length === 0) return lines;
  const found = await db.select().from(ledgerLines).where(inArray(ledgerLines.entryId, entryIds));
  for (const { entryId, account, amountCents } of found)
    lines.set(entryId, { ...lines.get(entryId), [account]: amountCents });
  return lines;
}

/** The price was not charged yet, and will be. A massage that was cancelled or missed costs a fee at most. */
export function isPriceUncharged(appointment: AppointmentRow, entries: LedgerEntry[]): boolean {
  return (
    isBookedOrCompleted(appointment) && !entries.some(({ kind, correctedBy }) => kind === 'charge' && !correctedBy)
  );
}

/**
 * Whether an entry can be reversed by hand. A price, and what lapsed of it, come and go with the date; a discount that
 * lapsed with the price, too.
 */
export function isReversible({ entries }: Pick<AppointmentBill, 'entries'>, { id, kind, correctedBy }: LedgerEntry) {
  if (kind === 'correction' || kind === 'charge' || kind === 'lapse' || correctedBy) return false;
  const later = entries.slice(entries.findIndex((entry) => entry.id === id) + 1);
  return kind !== 'discount' || !later.some((entry) => isStandingLapse(entry) && entry.lines.discounts !== undefined);
}

/** The state of the date that a form was filled in for: after a cancel, or at another price, it would be another bill. */
export function toDateKey(bill: Pick<AppointmentBill, 'status' | 'priceCents'>): string {
  return `${isBookedOrCompleted(bill) ? 'stands' : bill.status} ${bill.priceCents}`;
}

function isStandingLapse({ kind, correctedBy }: LedgerEntry): boolean {
  return kind === 'lapse' && !correctedBy;
}

export function isBookedOrCompleted({ status }: Pick<AppointmentRow, 'status'>): boolean {
  return status === 'booked' || status === 'completed';
}
