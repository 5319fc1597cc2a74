import { eq, sql } from 'drizzle-orm';
import { beforeEach, expect, it } from 'vitest';
import { lapseUnpaidPrices } from '@/db/money/cancelled-bills';
import {
  chargeFee,
  recordDiscount,
  recordPayment,
  recordRefund,
  reverseLedgerEntry,
  waiveFee,
} from '@/db/money/ledger';
import { getReceipt } from '@/db/money/receipts';
import { getPractice } from '@/db/practice/practice';
import { appointments, ledgerEntries, practices, services, therapists } from '@/db/schema';
import { insertTestAppointment } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { DESK_VIEWER, NOW } from '@/db/testing/test-requests';
import { buildReceiptContent } from './receipt-content';

const database = setUpTestDatabase({ now: NOW });
let at = NOW;
const clock = () => ({ now: ++at });

beforeEach(() =>
  database.write(async (tx) => {
    const common = { on: '2026-11-20', therapistId: 'mira', client: 'Nia' };
    await insertTestAppointment(tx, { ...common, id: 'given', time: '10:00', status: 'completed' });
    await insertTestAppointment(tx, { ...common, id: 'missed', time: '14:00', status: 'no_show' });
  }),
);

async function pay(appointmentId: string, amountCents: number, tipCents = 0): Promise<string> {
  const request = { appointmentId, way: 'card' as const, amountCents, tipCents };
  const paid = await recordPayment(DESK_VIEWER, request, clock());
  if (!paid.ok) throw new Error(JSON.stringify(paid));
  return paid.entryId;
}

async function rowsOf(number: number): Promise<string[]> {
  const receipt = (await getReceipt(DESK_VIEWER, number))!;
  return buildReceiptContent(receipt, await getPractice()).rows.map(({ label, amount }) => `${label} ${amount}`);
}

it('a receipt of a fee shows the fee, and no price that was not charged', async () => {
  const fee = { appointmentId: 'missed', amountCents: 3000, reason: 'Did not come' };
  await chargeFee(DESK_VIEWER, fee, clock());
  await waiveFee(DESK_VIEWER, { ...fee, amountCents: 500 }, clock());
  await pay('missed', 2500);
  expect(await rowsOf(1)).toEqual(['Fee €25', 'Paid by card €25']);
});

it('a receipt of what was still owed of a fee shows what was paid for the date before', async () => {
  await pay('given', 3000);
  await database.write(async (tx) => {
    const missed = { status: 'no_show', completedAt: null, noShowAt: ++at } as const;
    await tx.update(appointments).set(missed).where(eq(appointments.id, 'given'));
    await lapseUnpaidPrices(tx, ['given'], { actor: 'staff:nora', now: at });
  });
  await chargeFee(DESK_VIEWER, { appointmentId: 'given', amountCents: 5000, reason: 'Did not come' }, clock());
  await pay('given', 2000);
  const fee = ['Fee €50', 'Paid before −€30', 'Paid by card €20'];
  expect(await rowsOf(2)).toEqual(['Price €68', 'Not owed −€68', ...fee]);
});

it('each receipt of a bill adds up, and shows what was paid before it', async () => {
  await recordDiscount(DESK_VIEWER, { appointmentId: 'given', amountCents: 800, reason: 'Late' }, clock());
  await pay('given', 2000);
  const wrong = await pay('given', 1000);
  await reverseLedgerEntry(DESK_VIEWER, { entryId: wrong, reason: 'Wrong' }, clock());
  await pay('given', 4000, 500);
  await pay('given', 0, 300);
  const price = ['Price €68', 'Discount −€8'];
  expect(await rowsOf(1)).toEqual([...price, 'Paid by card €20', 'Still to pay €40']);
  expect(await rowsOf(2)).toEqual([...price, 'Paid before −€20', 'Paid by card €10', 'Still to pay €30']);
  expect(await rowsOf(3)).toEqual([...price, 'Paid before −€20', 'Tip €5', 'Paid by card €45']);
  expect(await rowsOf(4)).toEqual([...price, 'Paid before −€60', 'Tip €3', 'Paid by card €3']);
});

it('a receipt stays as it was when more is entered, paid back or reversed later', async () => {
  const paid = await pay('given', 2000);
  const rows = ['Price €68', 'Paid by card €20', 'Still to pay €48'];
  expect(await rowsOf(1)).toEqual(rows);
  const refund = { appointmentId: 'given', way: 'card' as const, amountCents: 500, reason: 'Cut short' };
  const back = await recordRefund(DESK_VIEWER, refund, clock());
  await recordDiscount(DESK_VIEWER, { appointmentId: 'given', amountCents: 800, reason: 'Late' }, clock());
  expect(await rowsOf(1)).toEqual(rows);
  if (!back.ok) throw new Error('not paid back');
  await reverseLedgerEntry(DESK_VIEWER, { entryId: back.entryId, reason: 'Wrong' }, clock());
  await reverseLedgerEntry(DESK_VIEWER, { entryId: paid, reason: 'Wrong' }, clock());
  expect(await rowsOf(1)).toEqual(rows);
});

it('a receipt keeps what it said when it was issued, and one from before that was kept says what is true now', async () => {
  await pay('given', 2000);
  const contentOf = async () => buildReceiptContent((await getReceipt(DESK_VIEWER, 1))!, await getPractice());
  const issued = await contentOf();
  await database.write(async (tx) => {
    await tx.update(services).set({ name: 'Classic' });
    await tx.update(therapists).set({ name: 'Mira Novak' });
    await tx.update(practices).set({ name: 'Another practice', phone: '+35315550100' });
    await tx.update(appointments).set({ startAt: sql`start_at + 300000`, endAt: sql`end_at + 300000` });
  });
  expect(await contentOf()).toEqual(issued);
  await database.write((tx) => tx.update(ledgerEntries).set({ receiptWords: null }));
  const now = await contentOf();
  expect(now.massage).toContain('Classic, 60 minutes with Mira Novak');
  expect(now.from[0]).toBe('Another practice');
});
