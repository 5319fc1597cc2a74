import { and, desc, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { moveAppointments } from '@/db/booking/move-appointments';
import { driverOf } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { DEMO_CLIENT } from '@/db/demo/demo-practice';
import { outbox } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { isQueryWaitingForLock } from '@/db/testing/two-connections';
import type { SeriesUpdate } from '@/scheduling/notification-types';
import { MAX_UNMERGED_WAITING_MESSAGES, mergeIntoWaitingMessage } from './merge-into-waiting-message';
import { waitingMessageCondition } from './outbox';

const db = setUpTestDatabase({ now: NOW });
const SIX = instantAt('2026-12-01', '18:00');
const QUARTER_HOUR = 15 * 60_000;
const toEmail = DEMO_CLIENT.email;

/** A series about which as many messages as may wait unmerged wait for its client; `latestId` was written last. */
async function fillOutbox(): Promise<{ seriesId: string; latestId: string; notification: SeriesUpdate }> {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(SIX), { now: NOW });
  if (!booked.ok) throw new Error(booked.reason);
  const { seriesId } = booked;
  for (let k = 1; k < MAX_UNMERGED_WAITING_MESSAGES; k++) {
    const move = { uid: booked.appointments[0]!.uid, startsAt: SIX - (1 + (k % 2)) * QUARTER_HOUR };
    await moveAppointments(linkViewer(seriesId), { ...move, scope: 'this' }, { now: NOW + k });
  }
  const waiting = await db
    .connection()
    .reader.select({ id: outbox.id, facts: outbox.facts })
    .from(outbox)
    .where(and(eq(outbox.toEmail, toEmail), waitingMessageCondition))
    .orderBy(desc(outbox.createdAt));
  expect(waiting).toHaveLength(MAX_UNMERGED_WAITING_MESSAGES);
  return { seriesId, latestId: waiting[0]!.id, notification: waiting[0]!.facts as SeriesUpdate };
}

it.each([
  { what: 'nothing was sent', isLatestSent: false },
  { what: 'the latest message was sent', isLatestSent: true },
])('merges into a waiting message only if, since they were listed, $what', async ({ isLatestSent }) => {
  const { seriesId, latestId, notification } = await fillOutbox();
  const now = NOW + 60_000;
  const other = await db.another();
  let merging: Promise<string | null> | undefined;
  await other.transact(async (tx) => {
    // The merge lists the waiting messages, and is then stopped where it reads the appointments.
    await (driverOf(tx) as { query(statement: string): Promise<unknown> }).query('lock table appointments');
    merging = transact((own) => mergeIntoWaitingMessage(own, { seriesId, toEmail, notification }, now));
    while (!(await isQueryWaitingForLock(db.connection()))) await new Promise((resolve) => setTimeout(resolve, 5));
    if (isLatestSent) await tx.update(outbox).set({ sentAt: now }).where(eq(outbox.id, latestId));
  });
  expect(await merging).toEqual(isLatestSent ? null : expect.any(String));
});
