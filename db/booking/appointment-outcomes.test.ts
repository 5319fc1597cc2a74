import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { audit } from '@/db/audit';
import { reader } from '@/db/connection/database-client';
import { getBill } from '@/db/money/bills';
import { chargeFee, recordPayment } from '@/db/money/ledger';
import { appointments, outbox, therapistServices } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  DESK_VIEWER,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import {
  completeAppointment,
  markArrived,
  markBegun,
  markLateCancel,
  markNoShow,
  undoOutcome,
} from './appointment-outcomes';
import { bookSeries } from './book-series';

const db = setUpTestDatabase({ now: NOW });
const START = instantAt('2026-12-01', '18:00');
const MINUTE = 60_000;
const mira = therapistViewer('mira');
const before = { now: START - 5 * MINUTE };
let uid = '';

beforeEach(async () => {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 3)), {
    now: NOW,
  });
  uid = booked.ok ? booked.appointments[0]!.uid : '';
});

async function look() {
  const [found] = await (await reader()).select().from(appointments).where(eq(appointments.id, uid));
  return found!;
}

describe('the outcome of an appointment', () => {
  it('goes from arrived to begun to completed, and each step can be undone, the last first', async () => {
    expect(await markArrived(DESK_VIEWER, uid, before)).toEqual({ ok: true });
    expect(await markBegun(mira, uid, { now: START })).toEqual({ ok: true });
    expect(await completeAppointment(mira, uid, { now: START + 60 * MINUTE })).toEqual({ ok: true });
    expect(await look()).toMatchObject({ status: 'completed', arrivedAt: before.now, begunAt: START, sequence: 0 });
    for (const expected of [
      { status: 'booked', begunAt: START },
      { status: 'booked', begunAt: null, arrivedAt: before.now },
      { status: 'booked', begunAt: null, arrivedAt: null },
    ]) {
      expect(await undoOutcome(mira, uid, before)).toEqual({ ok: true });
      expect(await look()).toMatchObject(expected);
    }
  });

  it('counts the client as arrived when staff note only the beginning', async () => {
    await markBegun(mira, uid, before);
    expect(await look()).toMatchObject({ arrivedAt: before.now, begunAt: before.now });
  });

  it('can be completed early when the massage began early', async () => {
    expect(await completeAppointment(mira, uid, before)).toMatchObject({ reason: 'conflict' });
    await markBegun(mira, uid, before);
    expect(await completeAppointment(mira, uid, before)).toEqual({ ok: true });
  });

  it('can be marked as arrived or begun only on the day of the appointment', async () => {
    for (const now of [NOW, START + 86_400_000]) {
      expect(await markArrived(mira, uid, { now })).toMatchObject({ reason: 'conflict' });
      expect(await markBegun(mira, uid, { now })).toMatchObject({ reason: 'conflict' });
    }
  });

  it('can be noted only by its own staff, and only on the version they saw', async () => {
    expect(await markArrived(therapistViewer('tom'), uid, before)).toMatchObject({ reason: 'not_found' });
    expect(await markArrived(ANONYMOUS_VIEWER, uid, before)).toMatchObject({ reason: 'not_found' });
    expect(await markLateCancel(ANONYMOUS_VIEWER, uid, before)).toMatchObject({ reason: 'not_found' });
    expect(await markArrived(mira, uid, { ...before, version: 7 })).toMatchObject({ reason: 'conflict' });
    expect((await look()).arrivedAt).toBeNull();
  });
});

describe('a late cancellation', () => {
  it('frees the time and records that it was late', async () => {
    expect(await markLateCancel(DESK_VIEWER, uid, before)).toEqual({ ok: true, undo: expect.any(String) });
    expect(await look()).toMatchObject({ status: 'cancelled', cancelledBy: 'client', isLateCancel: true, sequence: 1 });
    const again = await bookSeries(DESK_VIEWER, makeSeriesRequest(START), before);
    expect(again).toMatchObject({ ok: true });
    expect(await undoOutcome(mira, uid, before)).toMatchObject({ ok: false, reason: 'taken' });
    expect((await look()).status).toBe('cancelled');
    expect(await audit()).toEqual([]);
  });

  it('cannot be undone when the therapist no longer gives the massage', async () => {
    await markLateCancel(OWNER_VIEWER, uid, before);
    await db.write((tx) => tx.delete(therapistServices).where(eq(therapistServices.serviceId, 'swedish')));
    expect(await undoOutcome(OWNER_VIEWER, uid, before)).toEqual({ ok: false, reason: 'withdrawn' });
    expect(await look()).toMatchObject({ status: 'cancelled' });
  });

  it('can be undone: the appointment is booked again and its people are notified', async () => {
    await markLateCancel(OWNER_VIEWER, uid, before);
    const messagesBefore = (await (await reader()).select().from(outbox)).length;
    expect(await undoOutcome(OWNER_VIEWER, uid, before)).toEqual({ ok: true });
    expect(await look()).toMatchObject({ status: 'booked', cancelledAt: null, isLateCancel: false, sequence: 2 });
    expect((await (await reader()).select().from(outbox)).length).toBeGreaterThan(messagesBefore);
    expect(await audit()).toEqual([]);
    expect(await bookSeries(DESK_VIEWER, makeSeriesRequest(START), before)).toMatchObject({ reason: 'taken' });
  });

  it('is refused before the client’s cutoff, and once the client has arrived', async () => {
    expect(await markLateCancel(mira, uid, { now: NOW })).toMatchObject({ reason: 'conflict' });
    await markArrived(mira, uid, before);
    expect(await markLateCancel(mira, uid, before)).toMatchObject({ reason: 'conflict' });
  });

  it('cannot be undone when it was the practice that cancelled', async () => {
    const { cancelAppointments } = await import('./cancel-appointments');
    await cancelAppointments(mira, { uid, scope: 'this' }, { now: NOW });
    expect(await undoOutcome(mira, uid, before)).toMatchObject({ reason: 'conflict' });
  });
});

it('reverses the no-show fee when a no-show is undone, and refuses to undo one whose fee is paid', async () => {
  const later = { now: START + 20 * MINUTE };
  const fee = { appointmentId: uid, amountCents: 3400, reason: 'Did not come' };
  await markNoShow(mira, uid, later);
  await chargeFee(DESK_VIEWER, fee, later);
  expect(await undoOutcome(mira, uid, later)).toEqual({ ok: true });
  expect(await getBill(DESK_VIEWER, uid)).toMatchObject({ status: 'booked', feeCents: 0, owedCents: 6800 });
  await markNoShow(mira, uid, later);
  await chargeFee(DESK_VIEWER, fee, later);
  await recordPayment(DESK_VIEWER, { appointmentId: uid, way: 'card', amountCents: 3400, tipCents: 0 }, later);
  expect(await undoOutcome(mira, uid, later)).toEqual({ ok: false, reason: 'paid' });
  expect((await look()).status).toBe('no_show');
  expect(await audit()).toEqual([]);
});

it('undoes a no-show', async () => {
  await markNoShow(mira, uid, { now: START + 20 * MINUTE });
  expect((await look()).status).toBe('no_show');
  await undoOutcome(mira, uid, { now: START + 30 * MINUTE });
  expect(await look()).toMatchObject({ status: 'booked', noShowAt: null });
});
