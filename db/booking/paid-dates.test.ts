import { beforeEach, describe, expect, it } from 'vitest';
import { audit } from '@/db/audit';
import { getBill, type LedgerEntry } from '@/db/money/bills';
import {
  chargeFee,
  recordDiscount,
  recordPayment,
  recordRefund,
  reverseLedgerEntry,
  waiveFee,
} from '@/db/money/ledger';
import { listOwedOfClient } from '@/db/money/owed';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  DESK_VIEWER,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
} from '@/db/testing/test-requests';
import { markLateCancel, markNoShow, undoOutcome } from './appointment-outcomes';
import { bookSeries } from './book-series';
import { cancelAppointments } from './cancel-appointments';
import { undoDeskChange } from './undo-desk-change';

// Money was entered for a date before it was cancelled or missed: nothing more is owed of it, until it stands again.

setUpTestDatabase({ now: NOW });
const START = instantAt('2026-12-01', '18:00');
const late = { now: START - 60 * 60_000 };
const missed = { now: START + 20 * 60_000 };
let uid = '';

beforeEach(async () => {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 2)), {
    now: NOW,
  });
  uid = booked.ok ? booked.appointments[0]!.uid : '';
});

const pay = (amountCents: number, now = NOW) =>
  recordPayment(DESK_VIEWER, { appointmentId: uid, way: 'card', amountCents, tipCents: 0 }, { now });
const bill = async () => (await getBill(DESK_VIEWER, uid))!;
const amount = (amountCents: number) => ({ appointmentId: uid, amountCents, reason: 'As agreed' });
const reverse = (entry: LedgerEntry, now: number) =>
  reverseLedgerEntry(DESK_VIEWER, { entryId: entry.id, reason: 'Wrong' }, { now });
const entryOf = async (kind: LedgerEntry['kind']) => (await bill()).entries.find((entry) => entry.kind === kind)!;

async function cancel() {
  const cancelled = await cancelAppointments(DESK_VIEWER, { uid, scope: 'this' }, { now: NOW, isUndoable: true });
  if (!cancelled.ok) throw new Error(JSON.stringify(cancelled));
  return cancelled.undo!;
}

async function expectSound() {
  expect(await audit()).toEqual([]);
}

describe('a date with a part payment or a discount', () => {
  it('is owed no more once it is cancelled in time, and says what can be paid back; its undo restores the bill', async () => {
    await recordDiscount(DESK_VIEWER, amount(800), { now: NOW });
    await pay(5000);
    const before = await bill();
    expect(before).toMatchObject({ owedCents: 1000, discountCents: 800, toRefundCents: 0 });
    const undo = await cancel();
    expect(await bill()).toMatchObject({
      ...{ owedCents: 0, paidCents: 5000, discountCents: 0, lapsedCents: 1800, toRefundCents: 5000 },
    });
    expect((await bill()).entries.at(-1)).toMatchObject({
      kind: 'lapse',
      lines: { owed: -1000, discounts: -800, sales: 1800 },
    });
    await expectSound();
    expect(await undoDeskChange(DESK_VIEWER, undo, { now: NOW + 5000 })).toEqual({ ok: true });
    const { owedCents, discountCents, paidCents, lapsedCents } = before;
    expect(await bill()).toMatchObject({ owedCents, discountCents, paidCents, lapsedCents, toRefundCents: 0 });
    await expectSound();
  });

  it('is owed no more where only a discount stands, whoever cancels it, and nothing is paid back', async () => {
    await recordDiscount(DESK_VIEWER, amount(800), { now: NOW });
    expect(await cancelAppointments(ANONYMOUS_VIEWER, { uid, scope: 'this' }, { now: NOW })).toMatchObject({
      reason: 'not_found',
    });
    expect(await cancelAppointments(OWNER_VIEWER, { uid, scope: 'all' }, { now: NOW })).toMatchObject({ ok: true });
    expect(await bill()).toMatchObject({ owedCents: 0, discountCents: 0, lapsedCents: 6800, toRefundCents: 0 });
    expect(await listOwedOfClient(DESK_VIEWER, (await bill()).clientId, { now: NOW })).toEqual([]);
    await expectSound();
  });

  it('is owed no more once nobody came, and again once somebody did', async () => {
    await pay(5000);
    expect(await markNoShow(DESK_VIEWER, uid, missed)).toEqual({ ok: true });
    expect(await bill()).toMatchObject({ owedCents: 0, toRefundCents: 5000 });
    await chargeFee(DESK_VIEWER, amount(3000), missed);
    expect(await bill()).toMatchObject({ owedCents: 0, feeCents: 3000, toRefundCents: 2000 });
    expect(await undoOutcome(DESK_VIEWER, uid, missed)).toEqual({ ok: true });
    expect(await bill()).toMatchObject({ owedCents: 1800, paidCents: 5000, feeCents: 0, lapsedCents: 0 });
    await expectSound();
  });

  it('is owed whole again once it stands again after its money was paid back', async () => {
    await pay(6800);
    await markLateCancel(DESK_VIEWER, uid, late);
    expect(await bill()).toMatchObject({ owedCents: 0, lapsedCents: 0, toRefundCents: 6800 });
    await recordRefund(DESK_VIEWER, { ...amount(6800), way: 'card' }, late);
    expect(await bill()).toMatchObject({ toRefundCents: 0 });
    expect(await undoOutcome(DESK_VIEWER, uid, late)).toEqual({ ok: true });
    expect(await bill()).toMatchObject({ owedCents: 6800, paidCents: 0 });
    await expectSound();
    expect(await pay(6800, late.now)).toMatchObject({ ok: true });
    expect(await bill()).toMatchObject({ owedCents: 0, paidCents: 6800 });
  });

  it('keeps what was paid back before it was cancelled as it was', async () => {
    await pay(6800);
    await recordRefund(DESK_VIEWER, { ...amount(2000), way: 'card' }, { now: NOW });
    await markLateCancel(DESK_VIEWER, uid, late);
    await undoOutcome(DESK_VIEWER, uid, late);
    expect(await bill()).toMatchObject({ owedCents: 0, paidCents: 4800 });
  });
});

describe('an entry of a date that was cancelled', () => {
  it('asks for nothing where a payment for it is reversed', async () => {
    await pay(5000);
    await cancel();
    expect(await reverse(await entryOf('payment'), NOW)).toMatchObject({ ok: true });
    expect(await bill()).toMatchObject({ owedCents: 0, paidCents: 0, lapsedCents: 6800, toRefundCents: 0 });
    await expectSound();
  });

  it('is not reversed where it is the price, a discount on it, or what is not owed of it', async () => {
    await recordDiscount(DESK_VIEWER, amount(800), { now: NOW });
    await cancel();
    for (const kind of ['charge', 'discount', 'lapse'] as const) {
      const refused = await reverse(await entryOf(kind), NOW);
      expect(refused).toMatchObject({ ok: false, issues: [{ message: expect.stringMatching(/^The date was/) }] });
    }
    await expectSound();
  });

  it('says what stands in the way of reversing a fee: what was waived of it, or paid', async () => {
    await cancel();
    await chargeFee(DESK_VIEWER, amount(3000), { now: NOW });
    await waiveFee(DESK_VIEWER, amount(1000), { now: NOW });
    const messageOf = async () => {
      const refused = await reverse(await entryOf('fee'), NOW);
      return !refused.ok && refused.reason === 'invalid' ? refused.issues[0]?.message : null;
    };
    expect(await messageOf()).toBe('It was waived already. Reverse the waiver first.');
    await reverse(await entryOf('waiver'), NOW);
    await pay(3000);
    expect(await messageOf()).toBe('It was paid for already. Reverse the payment first.');
    await reverse(await entryOf('payment'), NOW);
    expect(await messageOf()).toBeNull();
    await expectSound();
  });
});

it('leaves nothing owed when a payment and a cancel meet', async () => {
  const [paid] = await Promise.all([pay(5000), cancel()]);
  expect(await bill()).toMatchObject(paid.ok && (await bill()).paidCents > 0 ? { paidCents: 5000 } : { paidCents: 0 });
  expect(await bill()).toMatchObject({ status: 'cancelled', owedCents: 0 });
  await expectSound();
});
