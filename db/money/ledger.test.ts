import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Staff } from '@/db/access/viewer';
import { audit } from '@/db/audit';
import { reader } from '@/db/connection/database-client';
import { appointments, ledgerEntries, ledgerLines } from '@/db/schema';
import { insertTestAppointment } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER, therapistViewer } from '@/db/testing/test-requests';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { getBill, toDateKey } from './bills';
import { PAYMENT_METHODS } from './build-ledger-entries';
import { listLedgerEntriesOfClient } from './client-ledger-entries';
import type { LedgerEntryResult } from './enter-for-form';
import {
  chargeFee,
  type PaymentRequest,
  recordDiscount,
  recordPayment,
  recordRefund,
  reverseLedgerEntry,
  waiveFee,
} from './ledger';
import { listOwedOfClient } from './owed';
import { getReceipt } from './receipts';

const DESK: Staff = {
  role: 'front_desk',
  userId: 'nora',
  email: 'd@fortnight.example',
  name: 'Nora',
  therapistId: null,
};
const database = setUpTestDatabase({ now: NOW });
const clock = { now: NOW };

beforeEach(() =>
  database.write(async (tx) => {
    const common = { on: '2026-11-20', therapistId: 'mira', client: 'Nia' };
    await insertTestAppointment(tx, { ...common, id: 'given', time: '10:00', status: 'completed' });
    await insertTestAppointment(tx, { ...common, id: 'missed', time: '14:00', status: 'no_show' });
  }),
);

const pay = (viewer: Staff, amountCents: number, more: Partial<PaymentRequest> = {}) =>
  recordPayment(viewer, { appointmentId: 'given', way: 'card', amountCents, tipCents: 0, ...more }, clock);

describe('the till', () => {
  it('charges the price with the first payment, and numbers the receipts from 1', async () => {
    expect(await getBill(DESK, 'given')).toMatchObject({ owedCents: 6800, paidCents: 0, entries: [] });
    expect(await pay(DESK, 5000, { tipCents: 500 })).toMatchObject({ ok: true, receiptNumber: 1 });
    expect(await getBill(DESK, 'given')).toMatchObject({ owedCents: 1800, paidCents: 5000, tipCents: 500 });
    expect(await pay(DESK, 1800)).toMatchObject({ ok: true, receiptNumber: 2 });
    const bill = await getBill(DESK, 'given');
    expect(bill).toMatchObject({ owedCents: 0, paidCents: 6800 });
    expect(bill!.entries.map(({ kind, lines }) => ({ kind, lines }))).toEqual([
      { kind: 'charge', lines: { owed: 6800, sales: -6800 } },
      { kind: 'payment', lines: { card: 5500, owed: -5000, tips: -500 } },
      { kind: 'payment', lines: { card: 1800, owed: -1800 } },
    ]);
  });

  it('refuses a payment of more than is owed, and shows the error at the amount', async () => {
    expect(await pay(DESK, 6801)).toMatchObject({ ok: false, issues: [{ path: ['amount'] }] });
    expect(await getBill(DESK, 'given')).toMatchObject({ entries: [] });
  });

  it('takes a payment once when two desks enter it at the same moment', async () => {
    const both = await Promise.all([pay(DESK, 6800), pay(OWNER_VIEWER, 6800)]);
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(await getBill(DESK, 'given')).toMatchObject({ owedCents: 0, paidCents: 6800 });
  });

  it('enters the same form once, and answers a second press as the first', async () => {
    await pay(DESK, 6800);
    const form = { key: randomUUID(), seenEntries: 2, seenDate: 'stands 6800' };
    const request = { appointmentId: 'given', way: 'card' as const, amountCents: 2000, reason: 'Cut short', form };
    const presses = await Promise.all([recordRefund(DESK, request, clock), recordRefund(DESK, request, clock)]);
    const again = await recordRefund(DESK, request, clock);
    expect([...presses, again]).toEqual(Array(3).fill({ ok: true, entryId: expect.any(String), receiptNumber: null }));
    expect(new Set([...presses, again].map((answer) => answer.ok && answer.entryId)).size).toBe(1);
    expect(await getBill(DESK, 'given')).toMatchObject({ refundedCents: 2000, paidCents: 4800 });
    const other = await recordRefund(DESK, { ...request, amountCents: 1000 }, clock);
    const elsewhere = await recordDiscount(DESK, { ...request, appointmentId: 'missed' }, clock);
    expect([other, elsewhere]).toMatchObject([{ reason: 'changed' }, { reason: 'date_changed' }]);
    expect(await getBill(DESK, 'missed')).toMatchObject({ entries: [] });
  });

  it('takes a tip once the bill is paid, with a receipt of its own, and what is owed stays', async () => {
    await pay(DESK, 6800);
    expect(await pay(DESK, 0, { tipCents: 500 })).toMatchObject({ ok: true, receiptNumber: 2 });
    expect(await getBill(DESK, 'given')).toMatchObject({ owedCents: 0, paidCents: 6800, tipCents: 500 });
    expect(await pay(DESK, 0, { tipCents: 0 })).toMatchObject({ reason: 'invalid' });
  });

  it('answers a part payment that is sent again with the receipt it got', async () => {
    const form = { key: randomUUID(), seenEntries: 0, seenDate: 'stands 6800' };
    const first = await pay(DESK, 2000, { form });
    expect(first).toMatchObject({ ok: true, receiptNumber: 1 });
    expect(await pay(DESK, 2000, { form })).toEqual(first);
    expect(await getBill(DESK, 'given')).toMatchObject({ paidCents: 2000, owedCents: 4800 });
  });

  it('refuses whatever was filled in before somebody else entered something', async () => {
    const formOf = (seenEntries: number) => ({ key: randomUUID(), seenEntries, seenDate: 'no_show 6800' });
    const fee = { appointmentId: 'missed', amountCents: 2000, reason: 'Did not come' };
    const desks = [DESK, OWNER_VIEWER].map((viewer) => chargeFee(viewer, { ...fee, form: formOf(0) }, clock));
    const both = await Promise.all(desks);
    expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
    expect(both).toContainEqual({ ok: false, reason: 'changed' });
    expect(await getBill(DESK, 'missed')).toMatchObject({ feeCents: 2000 });
    const [entry] = (await getBill(DESK, 'missed'))!.entries;
    const reverse = (seenEntries: number) =>
      reverseLedgerEntry(DESK, { entryId: entry!.id, reason: 'Was ill', form: formOf(seenEntries) }, clock);
    expect(await reverse(0)).toEqual({ ok: false, reason: 'changed' });
    expect(await reverse(1)).toMatchObject({ ok: true });
  });

  it('refuses whatever was filled in before the date was cancelled, stood again or got another price', async () => {
    const form = { key: randomUUID(), seenEntries: 0, seenDate: toDateKey((await getBill(DESK, 'given'))!) };
    const OPEN = { cancelledAt: null, cancelledBy: null, completedAt: null, noShowAt: null, priceCents: 6800 };
    const set = (change: Partial<typeof appointments.$inferInsert>) =>
      database.write((tx) =>
        tx
          .update(appointments)
          .set({ ...OPEN, ...change })
          .where(eq(appointments.id, 'given')),
      );
    const common = { appointmentId: 'given', amountCents: 500, reason: 'As seen', form };
    const sendAll = async () => [
      await recordPayment(DESK, { ...common, way: 'card', tipCents: 0 }, clock),
      await recordDiscount(DESK, common, clock),
      await chargeFee(DESK, common, clock),
      await waiveFee(DESK, common, clock),
      await recordRefund(DESK, { ...common, way: 'card' }, clock),
    ];
    const changes: Partial<typeof appointments.$inferInsert>[] = [
      { status: 'cancelled', cancelledAt: NOW, cancelledBy: 'practice' },
      { status: 'no_show', noShowAt: NOW },
      { status: 'booked', priceCents: 7000 },
    ];
    for (const change of changes) {
      await set(change);
      expect(await sendAll()).toEqual(Array(5).fill({ ok: false, reason: 'date_changed' }));
    }
    await set({ status: 'booked' });
    expect(await recordDiscount(DESK, common, clock)).toMatchObject({ ok: true });
  });

  it('speaks of a tip only where something is owed of a price', async () => {
    const messageOf = async (step: Promise<LedgerEntryResult>) => {
      const refused = await step;
      return !refused.ok && refused.reason === 'invalid' ? refused.issues[0]?.message : null;
    };
    expect(await messageOf(pay(DESK, 7400))).toBe('That is more than is owed. Enter what is above it as a tip.');
    expect(await messageOf(pay(DESK, 7400, { appointmentId: 'missed' }))).toBe('Nothing is owed for it any more.');
    await pay(DESK, 6800);
    expect(await messageOf(pay(DESK, 600))).toBe('Nothing is owed for it any more.');
    await chargeFee(DESK, { appointmentId: 'missed', amountCents: 2000, reason: 'Did not come' }, clock);
    expect(await messageOf(pay(DESK, 7400, { appointmentId: 'missed' }))).toBe('That is more than is owed.');
  });

  it('takes a discount off what is owed, and requires a reason', async () => {
    const request = { appointmentId: 'given', amountCents: 1800 };
    expect(await recordDiscount(DESK, { ...request, reason: ' ' }, clock)).toMatchObject({
      issues: [{ path: ['reason'] }],
    });
    expect(await recordDiscount(DESK, { ...request, reason: 'Started late' }, clock)).toMatchObject({ ok: true });
    expect(await getBill(DESK, 'given')).toMatchObject({ owedCents: 5000 });
  });

  it('shows discounts and refunds on the bill, so that it adds up', async () => {
    const common = { appointmentId: 'given', reason: 'Started late' };
    await recordDiscount(DESK, { ...common, amountCents: 800 }, clock);
    await pay(DESK, 6000);
    await recordRefund(DESK, { ...common, way: 'card', amountCents: 2000 }, clock);
    const bill = (await getBill(DESK, 'given'))!;
    expect(bill).toMatchObject({ discountCents: 800, paidCents: 4000, refundedCents: 2000, owedCents: 0 });
    expect(bill.priceCents - bill.discountCents - (bill.paidCents + bill.refundedCents)).toBe(bill.owedCents);
    const refund = bill.entries.find(({ kind }) => kind === 'refund')!;
    await reverseLedgerEntry(DESK, { entryId: refund.id, reason: 'Not paid back' }, clock);
    expect(await getBill(DESK, 'given')).toMatchObject({ paidCents: 6000, refundedCents: 0 });
  });

  it('charges a fee for a missed appointment only, and can waive it', async () => {
    const request = { appointmentId: 'missed', amountCents: 3400, reason: 'Did not come' };
    expect(await getBill(DESK, 'missed')).toMatchObject({ owedCents: 0 });
    expect(await chargeFee(DESK, { ...request, appointmentId: 'given' }, clock)).toMatchObject({ ok: false });
    expect(await chargeFee(DESK, request, clock)).toMatchObject({ ok: true });
    expect(await getBill(DESK, 'missed')).toMatchObject({ owedCents: 3400, feeCents: 3400 });
    expect(await waiveFee(DESK, { ...request, amountCents: 3500, reason: 'Was ill' }, clock)).toMatchObject({
      ok: false,
    });
    expect(await waiveFee(DESK, { ...request, reason: 'Was ill' }, clock)).toMatchObject({ ok: true });
    expect(await getBill(DESK, 'missed')).toMatchObject({ owedCents: 0, feeCents: 0 });
  });

  it('refunds no more than was paid, and a refund does not make the client owe again', async () => {
    await pay(DESK, 6800);
    const request = { appointmentId: 'given', way: 'cash' as const, reason: 'Cut short' };
    expect(await recordRefund(DESK, { ...request, amountCents: 6801 }, clock)).toMatchObject({ ok: false });
    expect(await recordRefund(DESK, { ...request, amountCents: 2000 }, clock)).toMatchObject({ ok: true });
    expect(await getBill(DESK, 'given')).toMatchObject({ owedCents: 0, paidCents: 4800 });
  });

  it('reverses an entry once, and never reverses a charge', async () => {
    const paid = await pay(DESK, 6800);
    if (!paid.ok) throw new Error('not paid');
    const back = () => reverseLedgerEntry(DESK, { entryId: paid.entryId, reason: 'Wrong client' }, clock);
    expect(await back()).toMatchObject({ ok: true });
    expect(await back()).toEqual({ ok: false, reason: 'not_found' });
    expect(await getBill(DESK, 'given')).toMatchObject({ owedCents: 6800, paidCents: 0 });
    expect(await getReceipt(DESK, 1)).toMatchObject({ number: 1, correctedAt: NOW });
    const [charged] = (await getBill(DESK, 'given'))!.entries;
    expect(await reverseLedgerEntry(DESK, { entryId: charged!.id, reason: 'No' }, clock)).toMatchObject({
      reason: 'invalid',
    });
  });

  it('shows on a receipt what was paid with it, and what was still owed at that time', async () => {
    await pay(DESK, 5000, { tipCents: 500 });
    await pay(DESK, 1800);
    expect(await getReceipt(DESK, 1)).toMatchObject({
      clientName: 'Nia',
      priceCents: 6800,
      paid: [{ way: 'card', amountCents: 5500 }],
      tipCents: 500,
      owedCents: 1800,
      correctedAt: null,
    });
    expect(await getReceipt(DESK, 2)).toMatchObject({ owedCents: 0, tipCents: 0 });
    expect(await getReceipt(DESK, 3)).toBeNull();
    expect(await getReceipt(DESK, 2.5)).toBeNull();
  });

  it('hides bills, receipts and entries from a therapist who may not change the appointment', async () => {
    const [mira, tom] = [therapistViewer('mira'), therapistViewer('tom')];
    expect(await pay(tom, 6800)).toEqual({ ok: false, reason: 'not_found' });
    expect(await pay(mira, 6800)).toMatchObject({ ok: true });
    expect(await getBill(tom, 'given')).toBeNull();
    expect(await getReceipt(tom, 1)).toBeNull();
    expect(await listLedgerEntriesOfClient(tom, 'Nia')).toEqual([]);
    const own = await listLedgerEntriesOfClient(mira, 'Nia');
    expect(own.map(({ kind }) => kind).toSorted()).toEqual(['charge', 'payment']);
  });

  it('lists for a client which massage each entry is for, its receipt, and whether it was reversed', async () => {
    expect(await pay(DESK, 6800)).toMatchObject({ ok: true });
    const list = async () => {
      const entries = await listLedgerEntriesOfClient(DESK, 'Nia');
      return entries.find(({ kind }) => kind === 'payment')!;
    };
    const { startsAt } = (await getBill(DESK, 'given'))!;
    const { entryId, ...paid } = await list();
    expect(paid).toMatchObject({ appointmentId: 'given', startsAt, receiptNumber: 1, isReversed: false });
    await reverseLedgerEntry(DESK, { entryId, reason: 'Paid by card' }, { now: NOW });
    expect(await list()).toMatchObject({ entryId, isReversed: true });
  });

  it('lists what a client owes date by date, unpaid massages and fees, for viewers who may see the bill', async () => {
    await database.write((tx) =>
      insertTestAppointment(tx, {
        ...{ id: 'toms', on: '2026-11-21', time: '10:00', therapistId: 'tom', client: 'Nia', status: 'completed' },
      }),
    );
    await database.write((tx) =>
      insertTestAppointment(tx, { id: 'coming', on: '2026-12-20', time: '10:00', therapistId: 'mira', client: 'Nia' }),
    );
    expect(await pay(DESK, 5000)).toMatchObject({ ok: true });
    expect(
      await chargeFee(DESK, { appointmentId: 'missed', amountCents: 3400, reason: 'Did not come' }, clock),
    ).toMatchObject({ ok: true });
    const owedTo = async (viewer: Staff) =>
      (await listOwedOfClient(viewer, 'Nia', { now: NOW })).map(({ appointmentId, owedCents }) => [
        appointmentId,
        owedCents,
      ]);
    const miras = [
      ['given', 1800],
      ['missed', 3400],
    ];
    expect(await owedTo(DESK)).toEqual([...miras, ['toms', 6800]]);
    expect(await owedTo(OWNER_VIEWER)).toEqual([...miras, ['toms', 6800]]);
    expect(await owedTo(therapistViewer('mira'))).toEqual(miras);
    expect(await pay(DESK, 1800)).toMatchObject({ ok: true });
    expect((await owedTo(DESK)).map(([id]) => id)).toEqual(['missed', 'toms']);
    expect(await listOwedOfClient(DESK, 'no such id!', { now: NOW })).toEqual([]);
  });

  it('reports an unbalanced entry, a gap in the receipt numbers, and an overpayment in the audit', async () => {
    await pay(DESK, 6800);
    await database.write((tx) =>
      tx.update(ledgerEntries).set({ receiptNumber: 7 }).where(eq(ledgerEntries.receiptNumber, 1)),
    );
    await database.write((tx) => tx.update(ledgerLines).set({ amountCents: -9 }));
    const findings = (await audit()).map(({ finding }) => finding);
    expect(findings).toEqual([
      'The lines of an entry in the ledger do not add up to nothing',
      'A receipt’s number is missing',
      'A client has paid more than was owed',
    ]);
    await database.write(async (tx) => {
      await tx.delete(ledgerLines);
      await tx.delete(ledgerEntries);
    });
  });
});

it('keeps the books balanced and no client in credit, whatever is entered in whatever order', async () => {
  const step = fc.record({
    does: fc.constantFrom('pay', 'discount', 'fee', 'waive', 'refund', 'correct'),
    appointmentId: fc.constantFrom('given', 'missed'),
    way: fc.constantFrom(...PAYMENT_METHODS),
    amountCents: fc.integer({ min: -1, max: 7000 }),
    tipCents: fc.integer({ min: 0, max: 900 }),
    pick: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      for (const { does, appointmentId, pick, ...entry } of steps) {
        const request = { appointmentId, ...entry, reason: 'as it came' };
        if (does === 'pay') await recordPayment(DESK, request, clock);
        else if (does === 'discount') await recordDiscount(DESK, request, clock);
        else if (does === 'fee') await chargeFee(DESK, request, clock);
        else if (does === 'waive') await waiveFee(DESK, request, clock);
        else if (does === 'refund') await recordRefund(DESK, request, clock);
        else {
          const { entries } = (await getBill(DESK, appointmentId))!;
          const entryId = entries[pick % Math.max(1, entries.length)]?.id ?? 'none';
          await reverseLedgerEntry(DESK, { entryId, reason: 'wrong' }, clock);
        }
      }
      expect(await audit()).toEqual([]);
      for (const id of ['given', 'missed']) {
        const bill = (await getBill(DESK, id))!;
        expect(bill.owedCents).toBeGreaterThanOrEqual(0);
        expect(bill.paidCents).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: getPropertyTestRuns(25) },
  );
  expect(await (await reader()).$count(ledgerEntries)).toBeGreaterThan(0);
}, 60_000);
