import { beforeEach, expect, it } from 'vitest';
import { reader } from '@/db/connection/database-client';
import { insertTestAppointment } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { DESK_VIEWER, NOW } from '@/db/testing/test-requests';
import { recordPayment, recordRefund } from './ledger';
import { sumPaidByAppointment } from './paid-amounts';

const database = setUpTestDatabase({ now: NOW });
const clock = { now: NOW };

beforeEach(() =>
  database.write(async (tx) => {
    for (const [id, time] of [
      ['paid', '10:00'],
      ['tip-only', '12:00'],
      ['free', '14:00'],
    ] as const)
      await insertTestAppointment(tx, { id, on: '2026-12-01', time, therapistId: 'mira', client: 'Nia' });
  }),
);

it('sums what is paid for each date, less what was paid back, without tips', async () => {
  const pay = (appointmentId: string, amountCents: number, tipCents: number) =>
    recordPayment(DESK_VIEWER, { appointmentId, way: 'cash', amountCents, tipCents }, clock);
  expect(await pay('paid', 3000, 500)).toMatchObject({ ok: true });
  expect(await pay('paid', 1000, 0)).toMatchObject({ ok: true });
  expect(await pay('tip-only', 0, 700)).toMatchObject({ ok: true });
  const back = { appointmentId: 'paid', way: 'card' as const, amountCents: 1500, reason: 'Cut short' };
  expect(await recordRefund(DESK_VIEWER, back, clock)).toMatchObject({ ok: true });
  expect(await sumPaidByAppointment(await reader(), ['paid', 'tip-only', 'free'])).toEqual(new Map([['paid', 2500]]));
  expect(await sumPaidByAppointment(await reader(), [])).toEqual(new Map());
});
