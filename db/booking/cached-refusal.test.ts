import { expect, it } from 'vitest';
import { claimCells } from '@/db/claims/claims';
import { setConnectionForTests as putConnection } from '@/db/connection/database-client';
import { clients } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { bookSeries } from './book-series';
import type { SeriesRequest } from './booking-request-schemas';
import { cancelAppointments } from './cancel-appointments';

const db = setUpTestDatabase({ now: NOW });
const SIX = instantAt('2026-12-01', '18:00');
const book = (request: SeriesRequest, now = NOW) => bookSeries(ANONYMOUS_VIEWER, request, { now });
const requestBy = (name: string) => makeSeriesRequest(SIX, { client: { name, email: `${name}@example.org` } });

/** Counts the transactions that `work` begins. */
async function countTransactions(work: () => Promise<unknown>): Promise<number> {
  const connection = db.connection();
  let begun = 0;
  const transact: typeof connection.transact = (fn) => {
    begun++;
    return connection.transact(fn);
  };
  putConnection({ ...connection, transact });
  try {
    await work();
  } finally {
    putConnection(connection);
  }
  return begun;
}

/** On PostgreSQL, a commit in another database of the server makes a request be checked in full. */
function expectBegun(begun: number, fewest: number, most: number) {
  expect(begun).toBeGreaterThanOrEqual(fewest);
  expect(begun).toBeLessThanOrEqual(db.connection().version ? fewest : most);
}

async function takeSix() {
  const request = requestBy('first');
  const booked = await book(request);
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  return { request, seriesId: booked.seriesId, uid: booked.appointments[0]!.uid };
}

it('repeats a refusal, with the same answer, without waiting for a write transaction', async () => {
  await takeSix();
  const answers: unknown[] = [];
  const begun = await countTransactions(async () => {
    for (const name of ['ben', 'cleo', 'dan']) answers.push(await book(requestBy(name)));
  });
  expect(answers[0]).toMatchObject({ reason: 'taken', clashes: [{ reason: 'booked', alternatives: [{}, {}, {}] }] });
  expect(answers).toEqual([answers[0], answers[0], answers[0]]);
  expectBegun(begun, 1, 3);
});

it('forgets a refusal at the next write', async () => {
  const { seriesId, uid } = await takeSix();
  expect(await book(requestBy('ben'))).toMatchObject({ reason: 'taken' });
  await cancelAppointments(linkViewer(seriesId), { uid, version: 1, scope: 'this' }, { now: NOW });
  expect(await book(requestBy('cleo'))).toMatchObject({ ok: true });
});

it('forgets a refusal after a second', async () => {
  await takeSix();
  const begun = await countTransactions(async () => {
    for (const later of [0, 999, 1000]) await book(requestBy(`after-${later}`), NOW + later);
  });
  expectBegun(begun, 2, 3);
});

it('forgets a refusal when a hold that may have caused it expires', async () => {
  const held = { ownerUid: 'h', kind: 'hold' as const, resourceId: 'therapist:mira', expiresAt: NOW + 5 };
  await db.write((tx) => claimCells(tx, [{ ...held, start: SIX, end: SIX + 300_000 }], NOW));
  const begun = await countTransactions(async () => {
    expect(await book(requestBy('ben'))).toMatchObject({ reason: 'taken' });
    expect(await book(requestBy('cleo'), NOW + 4)).toMatchObject({ reason: 'taken' });
    expect(await book(requestBy('dan'), NOW + 5)).toMatchObject({ ok: true });
  });
  expectBegun(begun, 2, 3);
});

it('does not refuse a client who has booked that time and sends the same key again', async () => {
  const { request, seriesId } = await takeSix();
  await book(requestBy('ben'));
  expect(await book(request)).toMatchObject({ ok: true, replayed: true, seriesId });
});

it('does not apply to other dates, nor to a client who may not book online', async () => {
  await takeSix();
  const email = 'blocked@example.org';
  await db.write((tx) =>
    tx.insert(clients).values({ id: 'b', name: 'blocked', email, createdAt: NOW, booking: 'blocked' }),
  );
  await book(requestBy('ben'));
  expect(await book(requestBy('blocked'))).toMatchObject({
    reason: 'invalid',
    issues: [{ path: ['client', 'email'] }],
  });
  expect(await book({ ...requestBy('cleo'), minutes: 45 })).toMatchObject({ reason: 'invalid' });
  expect(await book(makeSeriesRequest(instantAt('2026-12-02', '18:00')))).toMatchObject({ ok: true });
});
