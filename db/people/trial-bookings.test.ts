import { beforeEach, expect, it } from 'vitest';
import { listBookableStarts } from '@/db/availability/bookable-starts';
import { bookSeries } from '@/db/booking/book-series';
import { reader } from '@/db/connection/database-client';
import { recordPayment } from '@/db/money/ledger';
import {
  appointments,
  auditEvents,
  claims,
  clients,
  confirmedAddresses,
  consents,
  idempotencyKeys,
  manageTokens,
  outbox,
  practices,
  series,
  users,
} from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { deleteTrialBookings, getTrialBookingsState, goLive } from './trial-bookings';

const { write } = setUpTestDatabase({ now: NOW, practice: { isDemo: false, name: 'Harbour Massage' } });
const clock = { now: NOW };
const DAY = 86_400_000;

async function booked(time: string) {
  const request = makeSeriesRequest(instantAt('2026-12-01', time), { note: 'Left side.' });
  const result = await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW, sender: '203.0.113.9' });
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.appointments[0]!.uid;
}
const clear = async (more: { seen?: string; typedName?: string } = {}) => {
  const { bookings } = await getTrialBookingsState(OWNER_VIEWER, clock);
  return deleteTrialBookings(
    OWNER_VIEWER,
    { seen: JSON.stringify(bookings), typedName: 'harbour massage', ...more },
    clock,
  );
};
const openTimes = async () => {
  const found = await listBookableStarts({ serviceId: 'swedish', minutes: 60, from: '2026-12-01', days: 1 }, NOW);
  return found.ok ? found.openings.length : 0;
};

let before: number;
let uid: string;
beforeEach(async () => {
  before = await openTimes();
  uid = await booked('16:00');
  await booked('18:00');
});

it('counts exactly what would be removed', async () => {
  expect(await getTrialBookingsState(OWNER_VIEWER, clock)).toMatchObject({
    bookings: { appointments: 2, requests: 0, clients: 1, unsent: 4, names: ['Ana Costa'] },
    why: null,
    liveSince: null,
  });
});

it('removes all test bookings: every time is free again, and nobody gets a message', async () => {
  await write((tx) =>
    tx.insert(confirmedAddresses).values({ email: 'ana.costa@example.org', confirmedAt: NOW, way: 'staff' }),
  );
  expect(await clear()).toMatchObject({ ok: true, removed: { appointments: 2, clients: 1 } });
  const db = await reader();
  const removed = [
    appointments,
    series,
    clients,
    claims,
    outbox,
    manageTokens,
    idempotencyKeys,
    confirmedAddresses,
    consents,
  ];
  for (const table of removed) expect(await db.$count(table)).toBe(0);
  expect((await db.select({ role: users.role }).from(users)).map(({ role }) => role)).not.toContain('client');
  expect(await db.$count(auditEvents)).toBe(1);
  expect(await openTimes()).toBe(before);
  expect(await getTrialBookingsState(OWNER_VIEWER, clock)).toMatchObject({
    bookings: { appointments: 0, clients: 0, unsent: 0 },
  });
});

it('keeps e-mails to staff that are about no booking', async () => {
  const [some] = await (await reader()).select().from(outbox).limit(1);
  const own = {
    ...some!,
    id: 'own',
    messageId: 'own',
    toEmail: OWNER_VIEWER.email,
    seriesId: null,
    appointmentId: null,
  };
  await write((tx) => tx.insert(outbox).values(own));
  await clear();
  expect(await (await reader()).select({ id: outbox.id }).from(outbox)).toEqual([{ id: 'own' }]);
});

it.each([
  ['without the name of the practice', { typedName: 'Harbour' }, 'other_name'],
  ['when something was booked since it was shown', { seen: '{}' }, 'changed_since'],
] as const)('removes nothing %s', async (_when, more, reason) => {
  expect(await clear(more)).toEqual({ ok: false, reason });
  expect(await (await reader()).$count(appointments)).toBe(2);
});

it.each([
  ['said to be live', 'live', () => goLive(OWNER_VIEWER, clock)],
  ['older than two months', 'old', () => write((tx) => tx.update(practices).set({ createdAt: NOW - 61 * DAY }))],
  ['a demo', 'demo', () => write((tx) => tx.update(practices).set({ isDemo: true }))],
] as const)('removes nothing of a practice that is %s', async (_what, why, become) => {
  await become();
  expect(await getTrialBookingsState(OWNER_VIEWER, clock)).toMatchObject({ why });
  expect(await clear()).toEqual({ ok: false, reason: 'kept' });
  expect(await (await reader()).$count(appointments)).toBe(2);
});

it('removes nothing once money was taken, so that no receipt is missing', async () => {
  const after = instantAt('2026-12-01', '19:30');
  const payment = { appointmentId: uid, way: 'cash' as const, amountCents: 6800, tipCents: 0 };
  expect(await recordPayment(OWNER_VIEWER, payment, { now: after })).toMatchObject({ ok: true, receiptNumber: 1 });
  expect(await getTrialBookingsState(OWNER_VIEWER, clock)).toMatchObject({ why: 'paid' });
  expect(await clear()).toEqual({ ok: false, reason: 'kept' });
});

it('lets either the payment or the removal succeed when both happen at once, never both', async () => {
  const payment = { appointmentId: uid, way: 'cash' as const, amountCents: 6800, tipCents: 0 };
  const [cleared, paid] = await Promise.all([clear(), recordPayment(OWNER_VIEWER, payment, clock)]);
  expect(cleared.ok).toBe(!paid.ok);
});

it('keeps the first time at which the practice was declared live', async () => {
  await goLive(OWNER_VIEWER, clock);
  await goLive(OWNER_VIEWER, { now: NOW + DAY });
  expect(await getTrialBookingsState(OWNER_VIEWER, clock)).toMatchObject({ liveSince: NOW });
});
