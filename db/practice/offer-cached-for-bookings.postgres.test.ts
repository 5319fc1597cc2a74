import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { hoursOverrides, practices, rooms, services, therapists } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { isQueryWaitingForLock } from '@/db/testing/two-connections';
import { lockOfferAndGetVersion, lockOfferForChange } from './lock-offer';
import { getPractice } from './practice';

// Transactions that book may take what is offered from the cache. They must never miss a change that was committed
// before them, by whichever process.

const db = setUpTestDatabase({ now: NOW });
const ON = '2026-12-01';
const SIX = instantAt(ON, '18:00');
const WEEK = 7 * 86_400_000;
let weeks = 0;

/** Books another week’s date, so that the offer is cached, and then the date that the changes are about. */
const bookAnother = () => bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX + ++weeks * WEEK), { now: NOW });
const book = () => bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX), { now: NOW });
const closed = { therapistId: 'mira', on: ON, hours: [], timeZone: 'Europe/Dublin' };

const changes: Record<string, (tx: Db) => Promise<unknown>> = {
  'the day has other hours': (tx) => tx.insert(hoursOverrides).values(closed),
  'the massage is no longer offered': (tx) =>
    tx.update(services).set({ isActive: false }).where(eq(services.id, 'swedish')),
  'the therapist has left': (tx) => tx.update(therapists).set({ isActive: false }).where(eq(therapists.id, 'mira')),
  'no room is left': (tx) => tx.update(rooms).set({ isActive: false }),
  'the practice books for three days only': (tx) => tx.update(practices).set({ windowDays: 3 }),
  'the therapist has a cap': (tx) => tx.update(therapists).set({ capDayMinutes: 5 }).where(eq(therapists.id, 'mira')),
};

it.each(Object.keys(changes))('sees that %s, once that is committed by another process', async (name) => {
  for (let k = 0; k < 3; k++) expect(await bookAnother()).toMatchObject({ ok: true });
  await (await db.another()).transact(changes[name]!);
  expect(await book()).toMatchObject({ ok: false });
});

it('sees what a change withdrew while the booking waited for its lock', async () => {
  for (let k = 0; k < 3; k++) expect(await bookAnother()).toMatchObject({ ok: true });
  const elsewhere = await db.another();
  let booking: ReturnType<typeof book> | undefined;
  await elsewhere.transact(async (tx) => {
    await lockOfferForChange(tx);
    await tx.insert(hoursOverrides).values(closed);
    booking = book();
    await expect.poll(() => isQueryWaitingForLock(elsewhere), { timeout: 20_000 }).toBe(true);
  });
  expect(await booking).toMatchObject({ ok: false });
});

it('reads for itself what another transaction could not read', async () => {
  const failing = transact(async (tx) => {
    await lockOfferAndGetVersion(tx);
    await tx.select({ no: practices.id }).from(services);
    await getPractice(tx);
  });
  await expect(failing).rejects.toThrow();
  const name = await transact(async (tx) => {
    await lockOfferAndGetVersion(tx);
    return (await getPractice(tx)).name;
  });
  expect(name).toBe((await getPractice()).name);
});
