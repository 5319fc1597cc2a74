import { beforeEach, expect, it } from 'vitest';
import { reader } from '@/db/connection/database-client';
import { appointments } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { DESK_VIEWER, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { recordPayment, recordRefund } from './ledger';
import { sumPaidAhead, sumPaidByAppointment } from './paid-amounts';

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

it('sums what is paid for the upcoming dates of clients', async () => {
  const [{ clientId } = { clientId: '' }] = await (await reader()).select().from(appointments).limit(1);
  const amount = { appointmentId: 'paid', way: 'cash' as const, amountCents: 2000, tipCents: 300 };
  expect(await recordPayment(DESK_VIEWER, amount, clock)).toMatchObject({ ok: true });
  expect(await sumPaidAhead(OWNER_VIEWER, [clientId], clock)).toBe(2000);
  expect(await sumPaidAhead(OWNER_VIEWER, ['somebody else'], clock)).toBe(0);
  expect(await sumPaidAhead(OWNER_VIEWER, [clientId], { now: instantAt('2026-12-01', '11:00') })).toBe(0);
});
