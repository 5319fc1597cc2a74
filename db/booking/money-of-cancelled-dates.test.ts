import { beforeEach, describe, expect, it } from 'vitest';
import { findEditableAppointment } from '@/db/appointments/editable-appointment';
import { audit } from '@/db/audit';
import { getBill, type LedgerEntry } from '@/db/money/bills';
import { buildCorrectionEntry, buildDiscountEntry, buildFeeEntry } from '@/db/money/build-ledger-entries';
import type { LedgerEntryResult } from '@/db/money/enter-for-form';
import {
  chargeFee,
  recordDiscount,
  recordPayment,
  recordRefund,
  reverseLedgerEntry,
  waiveFee,
} from '@/db/money/ledger';
import { insertEntry, type LedgerDecision } from '@/db/money/write-ledger-entry';
import { ledgerEntries } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, DESK_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { markLateCancel, undoOutcome } from './appointment-outcomes';
import { bookSeries } from './book-series';

// A date is cancelled late, costs a fee, is paid back, comes after all and is cancelled again: what is owed of its €68
// at each step, and after any of it was reversed.

const database = setUpTestDatabase({ now: NOW });
const PRICE = 6800;
let uid = '';
let now = NOW;
const clock = () => ({ now: ++now });

beforeEach(async () => {
  const request = makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 2));
  const booked = await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW });
  uid = booked.ok ? booked.appointments[0]!.uid : '';
  now = instantAt('2026-12-01', '18:00') - 60 * 60_000;
});

const amount = (amountCents: number) => ({ appointmentId: uid, amountCents, reason: 'As agreed' });
const pay = (amountCents: number) =>
  recordPayment(DESK_VIEWER, { appointmentId: uid, way: 'card', amountCents, tipCents: 0 }, clock());
const payBack = (amountCents: number) => recordRefund(DESK_VIEWER, { ...amount(amountCents), way: 'card' }, clock());
const fee = (amountCents: number) => chargeFee(DESK_VIEWER, amount(amountCents), clock());
const reverse = (entryId: string) => reverseLedgerEntry(DESK_VIEWER, { entryId, reason: 'Wrong' }, clock());
const cancel = () => markLateCancel(DESK_VIEWER, uid, clock());
const comesAfterAll = () => undoOutcome(DESK_VIEWER, uid, clock());
const bill = async () => (await getBill(DESK_VIEWER, uid))!;

async function done(step: Promise<LedgerEntryResult | { ok: boolean }>): Promise<string> {
  const result = await step;
  expect(result).toMatchObject({ ok: true });
  return 'entryId' in result ? result.entryId : '';
}

async function refusalOf(step: Promise<LedgerEntryResult>) {
  const result = await step;
  return !result.ok && result.reason === 'invalid' ? result.issues[0]?.message : result;
}

/** Enters something that is refused now, or alone what comes with another. */
async function plant(decision: Omit<LedgerDecision, 'reason'>) {
  await database.write(async (tx) => {
    const appointment = (await findEditableAppointment(tx, DESK_VIEWER, uid))!;
    await insertEntry(tx, { ...decision, reason: 'Once' }, { appointment, actor: 'staff:nora', ...clock() });
  });
}

describe('what was paid back of a date that stands again', () => {
  it('is owed no longer once it turns out that it was not paid back', async () => {
    await done(pay(3000));
    await done(cancel());
    await done(fee(2000));
    const refund = await done(payBack(1000));
    await done(comesAfterAll());
    expect(await bill()).toMatchObject({ owedCents: 4800, paidCents: 2000, refundedCents: 1000, owedAgainCents: 1000 });
    const charge = (await bill()).entries.findLast(({ kind }) => kind === 'charge')!;
    expect(await refusalOf(reverse(charge.id))).toMatch(/^The price is owed/);
    await done(reverse(refund));
    expect(await bill()).toMatchObject({ owedCents: 3800, paidCents: 3000, refundedCents: 0, owedAgainCents: 0 });
    expect(await audit()).toEqual([]);
  });

  it('is owed as far as it was paid back, of several refunds and of those before the cancel', async () => {
    await done(pay(6800));
    const before = await done(payBack(500));
    await done(cancel());
    const [first, second] = [await done(payBack(1000)), await done(payBack(2000))];
    await done(comesAfterAll());
    const after = await done(payBack(400));
    expect(await bill()).toMatchObject({ owedCents: 3000, paidCents: 2900, refundedCents: 3900, owedAgainCents: 3000 });
    await done(reverse(first));
    expect(await bill()).toMatchObject({ owedCents: 2000, paidCents: 3900, owedAgainCents: 2000 });
    await done(reverse(after));
    await done(reverse(before));
    expect(await bill()).toMatchObject({ owedCents: 2000, paidCents: 4800, owedAgainCents: 2000 });
    await done(reverse(second));
    expect(await bill()).toMatchObject({ owedCents: 0, paidCents: 6800, owedAgainCents: 0 });
    expect(await audit()).toEqual([]);
  });

  it('stays as it is where it was paid once more, until that payment is reversed', async () => {
    await done(pay(3000));
    await done(cancel());
    const refund = await done(payBack(3000));
    await done(comesAfterAll());
    const again = await done(pay(6800));
    expect(await refusalOf(reverse(refund))).toBe(
      'It is owed again and has been paid since. Reverse the payment first.',
    );
    await done(reverse(again));
    await done(reverse(refund));
    expect(await bill()).toMatchObject({ owedCents: 3800, paidCents: 3000 });
  });

  it('is counted once where the date is cancelled a second time, whether reversed then or after', async () => {
    await done(pay(3000));
    await done(cancel());
    const first = await done(payBack(1000));
    await done(comesAfterAll());
    await done(cancel());
    expect(await bill()).toMatchObject({ owedCents: 0, lapsedCents: 4800, toRefundCents: 2000 });
    const second = await done(payBack(500));
    await done(reverse(first));
    expect(await bill()).toMatchObject({ owedCents: 0, paidCents: 2500, toRefundCents: 2500, lapsedCents: 3800 });
    await done(comesAfterAll());
    expect(await bill()).toMatchObject({ owedCents: 4300, paidCents: 2500, owedAgainCents: 500 });
    await done(reverse(second));
    expect(await bill()).toMatchObject({ owedCents: 3800, paidCents: 3000, owedAgainCents: 0 });
    expect(await audit()).toEqual([]);
  });

  it('is reversed with its refund also where it was entered before the two were bound together', async () => {
    await done(pay(6800));
    await done(payBack(500));
    await done(cancel());
    const refund = await done(payBack(1000));
    await done(comesAfterAll());
    await database.write((tx) => tx.update(ledgerEntries).set({ formKey: null }));
    expect(await bill()).toMatchObject({ owedCents: 1000, owedAgainCents: 1000 });
    await done(reverse(refund));
    expect(await bill()).toMatchObject({ owedCents: 0, paidCents: 6300, refundedCents: 500, owedAgainCents: 0 });
  });

  it('is found by the audit where it is owed though it was not paid back', async () => {
    await done(pay(3000));
    await done(cancel());
    const refund = await done(payBack(1000));
    await done(comesAfterAll());
    const { lines } = (await bill()).entries.find(({ id }) => id === refund)!;
    await plant({ entry: buildCorrectionEntry(lines), correctsId: refund });
    expect((await audit()).map(({ finding }) => finding)).toEqual([
      'What was paid back is owed again, and was not paid back',
    ]);
    const charge = (await bill()).entries.findLast(({ kind }) => kind === 'charge')!;
    await plant({ entry: buildCorrectionEntry(charge.lines), correctsId: charge.id });
    expect(await audit()).toEqual([]);
  });
});

describe('what was paid for a cancelled date', () => {
  it('counts towards its fee, and only the rest can be paid back', async () => {
    await done(pay(3000));
    await done(cancel());
    await done(payBack(1000));
    const charged = await done(fee(2000));
    expect(await bill()).toMatchObject({
      ...{ owedCents: 0, feeCents: 2000, paidCents: 2000, refundedCents: 1000, toRefundCents: 0 },
    });
    // No money came or went with it, so takings stay as they are.
    expect((await bill()).entries.at(-1)).toMatchObject({ kind: 'lapse', lines: { owed: -2000, sales: 2000 } });
    expect(await audit()).toEqual([]);
    await done(reverse(charged));
    expect(await bill()).toMatchObject({ owedCents: 0, feeCents: 0, paidCents: 2000, toRefundCents: 2000 });
    await done(fee(500));
    expect(await bill()).toMatchObject({ owedCents: 0, feeCents: 500, toRefundCents: 1500 });
    await done(comesAfterAll());
    expect(await bill()).toMatchObject({ owedCents: 4800, paidCents: 2000, lapsedCents: 0, feeCents: 0 });
    expect(await audit()).toEqual([]);
  });

  it('is a part of a greater fee, whose rest is owed and can be paid or waived', async () => {
    await done(pay(3000));
    await done(cancel());
    const charged = await done(fee(5000));
    expect(await bill()).toMatchObject({ owedCents: 2000, feeCents: 5000, toRefundCents: 0 });
    await done(waiveFee(DESK_VIEWER, amount(500), clock()));
    const paid = await done(pay(1500));
    expect(await bill()).toMatchObject({ owedCents: 0, feeCents: 4500, paidCents: 4500, toRefundCents: 0 });
    expect(await comesAfterAll()).toMatchObject({ ok: false, reason: 'paid' });
    expect(await refusalOf(reverse(charged))).toBe('It was waived already. Reverse the waiver first.');
    await done(reverse(paid));
    await done(comesAfterAll());
    expect(await bill()).toMatchObject({ owedCents: 3800, paidCents: 3000 });
    expect(await audit()).toEqual([]);
  });

  it('counts towards the fee also where it turns out later that it was not paid back, or not paid', async () => {
    const first = await done(pay(1000));
    const second = await done(pay(2000));
    await done(cancel());
    const refund = await done(payBack(3000));
    const charged = await done(fee(2500));
    expect(await bill()).toMatchObject({ owedCents: 2500, toRefundCents: 0 });
    await done(reverse(refund));
    expect(await bill()).toMatchObject({ owedCents: 0, paidCents: 3000, toRefundCents: 500 });
    await done(reverse(second));
    expect(await bill()).toMatchObject({ owedCents: 1500, paidCents: 1000, toRefundCents: 0 });
    await done(reverse(charged));
    expect(await bill()).toMatchObject({ owedCents: 0, paidCents: 1000, toRefundCents: 1000 });
    await done(reverse(first));
    expect(await bill()).toMatchObject({ owedCents: 0, paidCents: 0, toRefundCents: 0, lapsedCents: PRICE });
    expect(await audit()).toEqual([]);
  });
});

describe('a discount on a fee', () => {
  it('is refused: what is taken off a fee is a waiver', async () => {
    await done(cancel());
    await done(fee(3000));
    expect(await refusalOf(recordDiscount(DESK_VIEWER, amount(500), clock()))).toBe(
      'A discount is for a price, and a cancelled date has none. Waive its fee instead.',
    );
  });

  it('that stands from before takes nothing off what can be paid back', async () => {
    await done(pay(2000));
    await done(cancel());
    await plant({ entry: buildFeeEntry(3000) });
    await plant({ entry: buildDiscountEntry(500) });
    expect(await bill()).toMatchObject({ owedCents: 2500, feeCents: 3000, discountCents: 500, toRefundCents: 2000 });
    const charged = (await bill()).entries.find(({ kind }) => kind === 'fee')!;
    expect(await refusalOf(reverse(charged.id))).toBe('A discount was given on it. Reverse the discount first.');
    const discount = (await bill()).entries.find(({ kind }) => kind === 'discount')!;
    await done(reverse(discount.id));
    await done(reverse(charged.id));
    expect(await bill()).toMatchObject({ owedCents: 0, paidCents: 2000, toRefundCents: 2000 });
  });

  it('that stands from before goes with the fee when the client comes after all', async () => {
    await done(recordDiscount(DESK_VIEWER, amount(800), clock()));
    await done(cancel());
    await done(fee(3000));
    await plant({ entry: buildDiscountEntry(500) });
    expect(await bill()).toMatchObject({ owedCents: 2500, discountCents: 500, toRefundCents: 0 });
    await done(comesAfterAll());
    expect(await bill()).toMatchObject({ owedCents: PRICE - 800, discountCents: 800, feeCents: 0, paidCents: 0 });
    expect(await audit()).toEqual([]);
  });
});

it('owes the price, less what was paid, and what was paid back while it was cancelled, in whatever order', async () => {
  const step = fc.record({
    does: fc.constantFrom('pay', 'payBack', 'fee', 'waive', 'reverse', 'reverse', 'cancel', 'comesAfterAll'),
    amountCents: fc.constantFrom(100, 500, 1000, 2500, 6800),
    pick: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 16 }), async (steps) => {
      // The same date goes on from one run to the next.
      const paidBackWhileCancelled = new Set<string>();
      const known = new Set((await bill()).entries.map(({ id }) => id));
      for (const { does, amountCents, pick } of steps) {
        const { entries, status } = await bill();
        if (does === 'pay') await pay(amountCents);
        else if (does === 'fee') await fee(amountCents);
        else if (does === 'waive') await waiveFee(DESK_VIEWER, amount(amountCents), clock());
        else if (does === 'cancel') await cancel();
        else if (does === 'comesAfterAll') await comesAfterAll();
        else if (does === 'reverse') await reverse(entries[pick % Math.max(1, entries.length)]?.id ?? 'none');
        else {
          const refund = await payBack(amountCents);
          if (refund.ok && status === 'cancelled') paidBackWhileCancelled.add(refund.entryId);
        }
        await expectExact(paidBackWhileCancelled, known);
      }
      expect(await audit()).toEqual([]);
    }),
    { numRuns: getPropertyTestRuns(12) },
  );
}, 120_000);

/** What is owed follows from the standing entries of the bill alone. */
async function expectExact(paidBackWhileCancelled: Set<string>, known: Set<string>) {
  const found = await bill();
  const { status, owedCents, paidCents, refundedCents, feeCents, owedAgainCents, lapsedCents, toRefundCents } = found;
  expect(Math.min(owedCents, paidCents, feeCents, owedAgainCents, lapsedCents)).toBeGreaterThanOrEqual(0);
  if (status === 'cancelled') {
    expect(owedCents).toBeLessThanOrEqual(feeCents);
    expect(Math.min(owedCents, toRefundCents)).toBe(0);
    return;
  }
  expect({ feeCents, lapsedCents }).toEqual({ feeCents: 0, lapsedCents: 0 });
  expect(owedCents).toBe(PRICE - paidCents - refundedCents + owedAgainCents);
  const isOwedAgain = ({ id, kind, correctedBy }: LedgerEntry) =>
    kind === 'refund' && !correctedBy && (paidBackWhileCancelled.has(id) || known.has(id));
  const most = found.entries.filter(isOwedAgain).reduce((sum, { lines }) => sum + (lines.sales ?? 0), 0);
  expect(owedAgainCents).toBeLessThanOrEqual(most);
  const least = found.entries
    .filter((entry) => isOwedAgain(entry) && !known.has(entry.id))
    .reduce((sum, { lines }) => sum + (lines.sales ?? 0), 0);
  expect(owedAgainCents).toBeGreaterThanOrEqual(least);
}
