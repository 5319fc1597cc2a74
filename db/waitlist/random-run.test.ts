import { and, eq, isNull } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { makeOfferToken, makeWaitlistToken } from '@/db/access/emailed-link-tokens';
import { audit } from '@/db/audit';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { moveAppointments } from '@/db/booking/move-appointments';
import { insertDemoPractice } from '@/db/demo/demo-practice';
import { appointments, waitlistEntries, waitlistOffers } from '@/db/schema';
import { deleteAllRows, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { addToWaitlist } from '@/db/testing/test-waitlist';
import { addDays } from '@/scheduling/day';
import { intervalsOverlap } from '@/scheduling/interval-arithmetic';
import fc from '@/testing/property-tests';
import { acceptOffer } from './accept-offer';
import { leaveWaitlistByEntryLink } from './confirm-and-end-entries';
import { declineOffer } from './decline-offer';
import { offerFreedTime } from './offer-freed-time';

// Random bookings, cancellations, moves, requests, offers and answers in any order: the database never contradicts
// itself, and every offer can be accepted until it ends.

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const read = () => db.connection().reader;

const step = fc.record({
  kind: fc.constantFrom(
    'book',
    'cancel',
    'stop',
    'move',
    'request',
    'series request',
    'yes',
    'no',
    'leave',
    'wait',
    'long wait',
  ),
  pick: fc.nat(1_000),
});
type Step = { kind: string; pick: number };

function startOf(pick: number): number {
  return instantAt(addDays('2026-12-01', 7 * (pick % 3)), ['16:00', '17:15', '18:30'][(pick % 7) % 3]!);
}

async function take({ kind, pick }: Step, now: number, count: number): Promise<void> {
  const booked = await read()
    .select()
    .from(appointments)
    .where(eq(appointments.status, 'booked'))
    .orderBy(appointments.id);
  const chosen = booked[pick % Math.max(1, booked.length)];
  const open = await read()
    .select()
    .from(waitlistOffers)
    .where(isNull(waitlistOffers.answeredAt))
    .orderBy(waitlistOffers.id);
  const offer = open[pick % Math.max(1, open.length)];
  const client = { name: `Client ${count}`, email: `client${count}@example.org` };
  if (kind === 'book') await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(startOf(pick), { client }), { now });
  if ((kind === 'cancel' || kind === 'stop') && chosen)
    await cancelAppointments(OWNER_VIEWER, { uid: chosen.id, scope: kind === 'stop' ? 'all' : 'this' }, { now });
  if (kind === 'move' && chosen)
    await moveAppointments(OWNER_VIEWER, { uid: chosen.id, startsAt: startOf(pick), scope: 'this' }, { now });
  if (kind === 'request') await addToWaitlist(`Waits ${count}`, now, { atTime: null, untilOn: '2026-12-15' });
  if (kind === 'series request')
    await addToWaitlist(`Whole ${count}`, now, { atTime: null, cadence: 'weekly', sessions: 3, untilOn: '2026-12-08' });
  if (kind === 'yes' && offer) {
    const accepted = await acceptOffer(makeOfferToken(offer.id), { now });
    // The time is held until the offer ends, so it can be accepted until then.
    expect(accepted).toMatchObject(now < offer.expiresAt ? { ok: true } : { ok: false, reason: 'gone' });
  }
  if (kind === 'no' && offer) await declineOffer(makeOfferToken(offer.id), { now });
  if (kind === 'leave') {
    const entries = await read().select().from(waitlistEntries).where(isNull(waitlistEntries.endedAt));
    const entry = entries.sort((a, b) => (a.id < b.id ? -1 : 1))[pick % Math.max(1, entries.length)];
    if (entry) await leaveWaitlistByEntryLink(makeWaitlistToken(entry.id), { now });
  }
  await offerFreedTime('one', now, async () => false);
}

async function expectWhole(now: number): Promise<void> {
  expect(await audit({ now })).toEqual([]);
  const open = await read()
    .select()
    .from(waitlistOffers)
    .where(and(isNull(waitlistOffers.answeredAt)));
  const booked = await read().select().from(appointments).where(eq(appointments.status, 'booked'));
  for (const { dates, therapistId } of open.filter(({ expiresAt }) => expiresAt > now)) {
    for (const { paddedStartAt: start, paddedEndAt: end } of dates) {
      const met = booked.filter(
        (row) =>
          row.therapistId === therapistId &&
          intervalsOverlap({ start, end }, { start: row.paddedStartAt, end: row.paddedEndAt }),
      );
      expect(met).toEqual([]);
    }
  }
}

it('the database never contradicts itself, and no time is offered that cannot be booked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30 }), async (steps) => {
      await db.write(async (tx) => {
        await deleteAllRows(tx);
        await insertDemoPractice(tx, NOW);
      });
      let now = NOW;
      for (const [count, step] of steps.entries()) {
        if (step.kind === 'wait') now += 6 * MINUTE;
        if (step.kind === 'long wait') now += 31 * MINUTE;
        await take(step, now, count);
        await expectWhole(now);
      }
    }),
    { numRuns: 6 },
  );
}, 240_000);
