import { randomUUID } from 'node:crypto';
import { desc, eq, inArray, max, sql } from 'drizzle-orm';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import { isId } from '@/db/access/ownership';
import { managesEveryone, type Staff } from '@/db/access/viewer';
import { type AppointmentRow, findOwnAppointment } from '@/db/appointments/own-appointment';
import { reader, transact } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import { CONTROL_BUT_LINES } from '@/db/input/fields';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import {
  appointments,
  clients,
  type LedgerAccount,
  ledgerEntries,
  ledgerLines,
  practices,
  services,
  therapists,
} from '@/db/schema';
import {
  balanceOf,
  charge,
  correction,
  discount,
  type Entry,
  fee,
  payment,
  refund,
  WAYS,
  type Way,
  waiver,
} from './ledger-rules';

// The till. Entries are added and never changed; what was wrong is taken back by another entry. Who may change an
// appointment may take money for it.

export interface LedgerEntry {
  id: string;
  at: number;
  kind: (typeof ledgerEntries.$inferSelect)['kind'];
  lines: Partial<Record<LedgerAccount, number>>;
  reason: string;
  receiptNumber: number | null;
  correctsId: string | null;
  /** The entry that took this one back. */
  correctedBy: string | null;
}

/** What one appointment costs, and what has been paid of it. */
export interface Bill {
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
  /** Still to pay: the price where nothing was entered yet and the massage is not cancelled or missed. */
  owedCents: number;
  paidCents: number;
  tipCents: number;
  /** What could be waived: fees raised, less those waived. */
  feeCents: number;
  entries: LedgerEntry[];
}

export type EntryResult = { ok: true; entryId: string; receiptNumber: number | null } | Invalid | Refusal<'not_found'>;

export interface PaymentRequest {
  appointmentId: string;
  way: Way;
  amountCents: number;
  tipCents: number;
}

export interface AmountRequest {
  appointmentId: string;
  amountCents: number;
  reason: string;
}

const LONGEST_REASON = 200;
const MOST_CENTS = 100_000_000;

/** Money comes in for an appointment, and gets the next number of a receipt. No more than is owed, tips aside. */
export async function recordPayment(viewer: Staff, request: PaymentRequest, { now }: Clock): Promise<EntryResult> {
  const { way, amountCents, tipCents } = request;
  if (!WAYS.includes(way)) return refuse('way', 'Choose how it was paid.');
  if (!isAmount(amountCents)) return refuse('amount', 'Give the amount that was paid.');
  if (!isAmount(tipCents)) return refuse('tip', 'Give the tip as an amount, or leave it empty.');
  if (amountCents + tipCents === 0) return refuse('amount', 'Give the amount that was paid.');
  return enter(viewer, request.appointmentId, now, (bill) => {
    if (amountCents > bill.owedCents)
      return refuse('amount', 'That is more than is owed. Enter what is above it as a tip.');
    return { entry: payment(way, amountCents, tipCents), reason: '', hasReceipt: true };
  });
}

/** Less is asked for than the price. */
export async function recordDiscount(viewer: Staff, request: AmountRequest, { now }: Clock): Promise<EntryResult> {
  return enterAmount(viewer, request, now, (bill) => {
    if (request.amountCents > bill.owedCents) return refuse('amount', 'A discount cannot be more than what is owed.');
    return discount(request.amountCents);
  });
}

/** A fee for coming not at all or cancelling too late. */
export async function raiseFee(viewer: Staff, request: AmountRequest, { now }: Clock): Promise<EntryResult> {
  return enterAmount(viewer, request, now, (bill) => {
    const isMissed = bill.status === 'no_show' || bill.status === 'cancelled';
    if (!isMissed) return refuse('amount', 'A fee is for an appointment that was missed or cancelled.');
    return fee(request.amountCents);
  });
}

/** A fee is not asked for after all. */
export async function waiveFee(viewer: Staff, request: AmountRequest, { now }: Clock): Promise<EntryResult> {
  return enterAmount(viewer, request, now, (bill) => {
    if (request.amountCents > Math.min(bill.feeCents, bill.owedCents))
      return refuse('amount', 'That is more than the fees that are still owed.');
    return waiver(request.amountCents);
  });
}

/** Money goes back, the way it came or another. */
export async function recordRefund(
  viewer: Staff,
  request: AmountRequest & { way: Way },
  { now }: Clock,
): Promise<EntryResult> {
  if (!WAYS.includes(request.way)) return refuse('way', 'Choose how it was paid back.');
  return enterAmount(viewer, request, now, (bill) => {
    if (request.amountCents > bill.paidCents) return refuse('amount', 'That is more than was paid.');
    return refund(request.way, request.amountCents);
  });
}

/** Takes an entry back that was wrong, whole. Each can be taken back once, and a correction not at all. */
export async function correctEntry(
  viewer: Staff,
  request: { entryId: string; reason: string },
  { now }: Clock,
): Promise<EntryResult> {
  const reason = request.reason.trim();
  const issue = issueOfReason(reason);
  if (issue) return issue;
  const db = await reader();
  const [found] = isId(request.entryId)
    ? await db.select().from(ledgerEntries).where(eq(ledgerEntries.id, request.entryId))
    : [];
  if (!found?.appointmentId) return { ok: false, reason: 'not_found' };
  return enter(viewer, found.appointmentId, now, (bill) => {
    const entry = bill.entries.find(({ id }) => id === found.id);
    if (!entry || entry.kind === 'correction' || entry.correctedBy) return { ok: false, reason: 'not_found' };
    if (entry.kind === 'charge' && isGiven(bill))
      return refuse('reason', 'The price is owed while the massage is given. Enter a discount instead.');
    const corrected = correction(entry.lines);
    const after = balanceOf([...bill.entries, corrected]);
    if (after.owed < 0) return refuse('reason', 'It was paid for already. Take the payment back first.');
    if (paidOf(after) < 0) return refuse('reason', 'Money was paid back since. Take the refund back first.');
    return { entry: corrected, reason, correctsId: entry.id };
  });
}

/** The bill of an appointment that the viewer may change. */
export async function getBill(viewer: Staff, appointmentId: string): Promise<Bill | null> {
  const db = await reader();
  const found = await findOwnAppointment(db, viewer, appointmentId);
  return found && readBill(db, found);
}

/** What a receipt shows: the bill as it stood when it was written, and what was paid by it. */
export interface Receipt extends Omit<Bill, 'entries'> {
  number: number;
  at: number;
  paid: { way: Way; amountCents: number }[];
  tipCents: number;
  discountCents: number;
  correctedAt: number | null;
}

export async function getReceipt(viewer: Staff, number: number): Promise<Receipt | null> {
  if (!Number.isSafeInteger(number) || number < 1 || number > 2_147_483_647) return null;
  const db = await reader();
  const [found] = await db.select().from(ledgerEntries).where(eq(ledgerEntries.receiptNumber, number));
  if (!found?.appointmentId) return null;
  const appointment = await findOwnAppointment(db, viewer, found.appointmentId);
  if (!appointment) return null;
  const { entries, ...bill } = await readBill(db, appointment);
  const entry = entries.find(({ id }) => id === found.id)!;
  const until = entries.slice(0, entries.indexOf(entry) + 1);
  const then = balanceOf(until);
  return {
    ...bill,
    owedCents: then.owed,
    number,
    at: found.at,
    paid: WAYS.flatMap((way) => (entry.lines[way] ? [{ way, amountCents: entry.lines[way]! }] : [])),
    tipCents: 0 - (entry.lines.tips ?? 0),
    discountCents: then.discounts,
    correctedAt: entries.find(({ id }) => id === entry.correctedBy)?.at ?? null,
  };
}

export interface ClientPayment {
  entryId: string;
  at: number;
  appointmentId: string | null;
  serviceName: string | null;
  receiptNumber: number | null;
  kind: LedgerEntry['kind'];
  reason: string;
  lines: LedgerEntry['lines'];
}

/** Everything entered for one client, the newest first; a therapist sees that of their own appointments. */
export async function listPaymentsOfClient(viewer: Staff, clientId: string): Promise<ClientPayment[]> {
  if (!isId(clientId)) return [];
  const db = await reader();
  const found = await db
    .select({
      entryId: ledgerEntries.id,
      at: ledgerEntries.at,
      kind: ledgerEntries.kind,
      reason: ledgerEntries.reason,
      receiptNumber: ledgerEntries.receiptNumber,
      appointmentId: ledgerEntries.appointmentId,
      therapistId: appointments.therapistId,
      serviceName: services.name,
    })
    .from(ledgerEntries)
    .leftJoin(appointments, eq(appointments.id, ledgerEntries.appointmentId))
    .leftJoin(services, eq(services.id, appointments.serviceId))
    .where(eq(ledgerEntries.clientId, clientId))
    .orderBy(desc(ledgerEntries.at), desc(ledgerEntries.id));
  const own = found.filter(({ therapistId }) => managesEveryone(viewer) || therapistId === viewer.therapistId);
  const lines = await linesOf(
    db,
    own.map(({ entryId }) => entryId),
  );
  return own.map(({ therapistId: _, ...entry }) => ({ ...entry, lines: lines.get(entry.entryId) ?? {} }));
}

// ── writing ──

interface Wanted {
  entry: Entry;
  reason: string;
  hasReceipt?: boolean;
  correctsId?: string;
}

async function enterAmount(
  viewer: Staff,
  { appointmentId, amountCents, reason: typed }: AmountRequest,
  now: number,
  decide: (bill: Bill) => Entry | Invalid,
): Promise<EntryResult> {
  if (!isAmount(amountCents) || amountCents === 0) return refuse('amount', 'Give an amount above nothing.');
  const reason = typed.trim();
  const issue = issueOfReason(reason);
  if (issue) return issue;
  return enter(viewer, appointmentId, now, (bill) => {
    const decided = decide(bill);
    return 'ok' in decided ? decided : { entry: decided, reason };
  });
}

/** Decides by the bill as it stands, and writes the entry in the same transaction: nobody else writes between. */
async function enter(
  viewer: Staff,
  appointmentId: string,
  now: number,
  decide: (bill: Bill) => Wanted | Invalid | Refusal<'not_found'>,
): Promise<EntryResult> {
  return transact<EntryResult>(async (tx) => {
    await lockTill(tx);
    const appointment = await findOwnAppointment(tx, viewer, appointmentId);
    if (!appointment) return { ok: false, reason: 'not_found' };
    const bill = await readBill(tx, appointment);
    const wanted = decide(bill);
    if ('ok' in wanted) return wanted;
    const common = { appointment, actor: actorOf(viewer), now };
    // The price is charged with the first entry of a massage that is given.
    if (isToCharge(appointment, bill.entries))
      await insertEntry(tx, { entry: charge(bill.priceCents), reason: '' }, common);
    const written = await insertEntry(tx, wanted, common);
    await recordEvent(tx, {
      at: now,
      actor: actorOf(viewer),
      action: `entered ${wanted.entry.kind}`,
      subject: `appointment:${appointmentId}`,
      facts: { entryId: written.entryId, receiptNumber: written.receiptNumber },
    });
    return { ok: true, ...written };
  });
}

/** On PostgreSQL two writers would otherwise read the same bill, and give two receipts one number. */
async function lockTill(tx: Db): Promise<void> {
  await tx.update(practices).set({ holdMinutes: sql`${practices.holdMinutes}` });
}

async function insertEntry(
  tx: Db,
  { entry, reason, hasReceipt = false, correctsId }: Wanted,
  { appointment, actor, now }: { appointment: AppointmentRow; actor: string; now: number },
): Promise<{ entryId: string; receiptNumber: number | null }> {
  const entryId = randomUUID();
  const [last] = hasReceipt ? await tx.select({ number: max(ledgerEntries.receiptNumber) }).from(ledgerEntries) : [];
  const receiptNumber = hasReceipt ? (last?.number ?? 0) + 1 : null;
  await tx.insert(ledgerEntries).values({
    id: entryId,
    at: now,
    kind: entry.kind,
    clientId: appointment.clientId,
    appointmentId: appointment.id,
    currency: appointment.currency,
    reason,
    actor,
    correctsId: correctsId ?? null,
    receiptNumber,
  });
  const lines = Object.entries(entry.lines).filter(([, amount]) => amount !== 0);
  if (lines.length > 0)
    await tx
      .insert(ledgerLines)
      .values(lines.map(([account, amountCents]) => ({ entryId, account: account as LedgerAccount, amountCents })));
  return { entryId, receiptNumber };
}

// ── reading ──

async function readBill(db: Db, appointment: AppointmentRow): Promise<Bill> {
  const [names] = await db
    .select({ clientName: clients.name, therapistName: therapists.name, serviceName: services.name })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .where(eq(appointments.id, appointment.id));
  const entries = await listEntries(db, appointment.id);
  const sums = balanceOf(entries);
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
    owedCents: sums.owed + (isToCharge(appointment, entries) ? priceCents : 0),
    paidCents: paidOf(sums),
    tipCents: 0 - sums.tips,
    feeCents: 0 - sums.fees,
    entries,
  };
}

/** What came in and stayed, tips aside. */
function paidOf({ cash, card, transfer, other, tips }: ReturnType<typeof balanceOf>): number {
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
    })
    .from(ledgerEntries)
    .where(eq(ledgerEntries.appointmentId, appointmentId));
  // A price is charged at the same instant as the entry that needed it, and comes first.
  const rank = ({ kind }: (typeof found)[number]) => (kind === 'charge' ? 0 : 1);
  found.sort((a, b) => a.at - b.at || rank(a) - rank(b) || (a.receiptNumber ?? 0) - (b.receiptNumber ?? 0));
  const lines = await linesOf(
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

async function linesOf(db: Db, entryIds: string[]): Promise<Map<string, LedgerEntry['lines']>> {
  const lines = new Map<string, LedgerEntry['lines']>();
  if (entryIds.length === 0) return lines;
  const found = await db.select().from(ledgerLines).where(inArray(ledgerLines.entryId, entryIds));
  for (const { entryId, account, amountCents } of found)
    lines.set(entryId, { ...lines.get(entryId), [account]: amountCents });
  return lines;
}

/** Its price was not charged yet, and will be: a massage that was cancelled or missed costs a fee at most. */
function isToCharge(appointment: AppointmentRow, entries: LedgerEntry[]): boolean {
  return isGiven(appointment) && !entries.some(({ kind, correctedBy }) => kind === 'charge' && !correctedBy);
}

function isGiven({ status }: Pick<AppointmentRow, 'status'>): boolean {
  return status === 'booked' || status === 'completed';
}

function isAmount(amount: number): boolean {
  return Number.isSafeInteger(amount) && amount >= 0 && amount <= MOST_CENTS;
}

function issueOfReason(reason: string): Invalid | null {
  if (reason === '') return refuse('reason', 'Give a reason. It stays in the books.');
  if (reason.length > LONGEST_REASON)
    return refuse('reason', `Please keep the reason to ${LONGEST_REASON} characters.`);
  if (CONTROL_BUT_LINES.test(reason))
    return refuse('reason', 'Please write the reason without special control characters.');
  return null;
}

function refuse(field: string, message: string): Invalid {
  return invalid([{ path: [field], message }]);
}
