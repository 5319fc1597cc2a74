import { and, eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { claimCells, releaseCells, toAppointmentClaims } from '@/db/claims/claims';
import type { Connection, Db } from '@/db/connection/connection';
import { setConnectionForTests as putConnection } from '@/db/connection/database-client';
import { appointments, hoursOverrides } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { addTimeOff } from './add-time-off';
import { bookSeries } from './book-series';
import { cancelAppointments } from './cancel-appointments';
import { removeTimeOff } from './time-off';

// A refusal that is repeated from memory must not outlive the commit that makes the time free again, whichever process
// made it.

const db = setUpTestDatabase({ now: NOW });
const ON = '2026-12-03';
const HALF_PAST_FIVE = instantAt(ON, '17:30');
const HOUR = 3_600_000;
let clients = 0;

/** Any therapist; only Mira and whoever is not in `OTHERS` could be booked then. */
const OTHERS = ['tom', 'jun'];
const ask = async (now: number, name = `client-${++clients}`) => {
  const client = { name, email: `${name}@example.org` };
  const request = makeSeriesRequest(HALF_PAST_FIVE, { therapistId: 'any', serviceId: 'sports', client });
  return bookSeries(ANONYMOUS_VIEWER, request, { now });
};
const askAtOnce = (count: number, now: number) => Promise.all(Array.from({ length: count }, () => ask(now)));

const close = (tx: Db, therapistIds: string[]) =>
  tx
    .insert(hoursOverrides)
    .values(therapistIds.map((therapistId) => ({ therapistId, on: ON, hours: [], timeZone: 'Europe/Dublin' })));

async function bookHalfPastFive(now: number) {
  const booked = await ask(now);
  if (!booked.ok) throw new Error(JSON.stringify(booked));
  return { seriesId: booked.seriesId, uid: booked.appointments[0]!.uid };
}

/** Cancels every date then, as another process would. */
async function cancelAll({ transact }: Connection, now: number) {
  await transact(async (tx) => {
    const isThen = and(eq(appointments.startAt, HALF_PAST_FIVE), eq(appointments.status, 'booked'));
    const rows = await tx.select().from(appointments).where(isThen);
    await releaseCells(tx, rows.flatMap(toAppointmentClaims), now);
    await tx.update(appointments).set({ status: 'cancelled', cancelledAt: now, cancelledBy: 'client' }).where(isThen);
  });
}

/** Takes the time, and returns how it becomes free again, and when that is. */
type Way = (now: number, elsewhere: Connection) => Promise<(now: number) => Promise<number>>;

const ways: Record<string, Way> = {
  'a client cancels': async (taken) => {
    const { seriesId, uid } = await bookHalfPastFive(taken);
    return async (now) => {
      await cancelAppointments(linkViewer(seriesId), { uid, version: 1, scope: 'this' }, { now });
      return now;
    };
  },
  'another process cancels': async (taken, elsewhere) => {
    await bookHalfPastFive(taken);
    return async (now) => {
      await cancelAll(elsewhere, now);
      return now;
    };
  },
  'a hold expires': async (taken, elsewhere) => {
    const expiresAt = taken + 400;
    const hold = { ownerUid: `hold:${taken}`, kind: 'hold' as const, resourceId: 'therapist:mira', expiresAt };
    const span = { start: HALF_PAST_FIVE, end: HALF_PAST_FIVE + HOUR };
    await elsewhere.transact((tx) => claimCells(tx, [{ ...hold, ...span }], taken));
    return async () => expiresAt;
  },
  'time off ends': async (taken) => {
    const span = { start: HALF_PAST_FIVE - HOUR, end: HALF_PAST_FIVE + HOUR };
    const absence = { therapistIds: ['mira'], ...span, kind: 'leave' as const };
    const added = await addTimeOff(OWNER_VIEWER, absence, { now: taken });
    if (!added.ok) throw new Error(JSON.stringify(added));
    return async (now) => {
      for (const id of added.ids) await removeTimeOff(OWNER_VIEWER, id, { now });
      return now;
    };
  },
  'another therapist works then': async (taken, elsewhere) => {
    await bookHalfPastFive(taken);
    return async (now) => {
      await elsewhere.transact((tx) => tx.delete(hoursOverrides).where(eq(hoursOverrides.therapistId, 'tom')));
      return now;
    };
  },
};

it('refuses nobody who asks after the commit that made the time free was answered', { timeout: 120_000 }, async () => {
  const elsewhere = await db.another();
  const names = fc.constantFrom(...Object.keys(ways));
  const rounds = fc.sample(fc.record({ way: names, early: fc.nat(6), late: fc.nat(6) }), getPropertyTestRuns(25));
  for (const [round, { way, early, late }] of rounds.entries()) {
    const taken = NOW + round * 10_000;
    await elsewhere.transact((tx) => close(tx, OTHERS));
    const free = await ways[way]!(taken, elsewhere);
    // Two refusals, so that the second may come from memory.
    for (const refused of [await ask(taken + 1), await ask(taken + 2)])
      expect(refused, way).toMatchObject({ reason: 'taken' });
    // Whoever asks meanwhile may be refused or book.
    const meanwhile = askAtOnce(early, taken + 3);
    const from = await free(taken + 3);
    const after = await Promise.all([ask(from), ...Array.from({ length: late }, () => ask(from))]);
    const all = [...(await meanwhile), ...after];
    expect(all.filter(({ ok }) => ok).length, `${way}, round ${round}`).toBe(1);
    await cancelAll(elsewhere, taken + 5_000);
    await elsewhere.transact((tx) => tx.delete(hoursOverrides));
  }
});

it('books one and refuses all others with two transactions, when they come at once', async () => {
  const connection = db.connection();
  let begun = 0;
  const transact: Connection['transact'] = (fn) => {
    begun++;
    return connection.transact(fn);
  };
  await connection.transact((tx) => close(tx, OTHERS));
  putConnection({ ...connection, transact });
  try {
    const answers = await askAtOnce(60, NOW);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(begun).toBe(2);
  } finally {
    putConnection(connection);
  }
});

it('gives each of those who want one hour with any therapist their own, while there are some', async () => {
  const answers = await askAtOnce(12, NOW);
  expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
  for (const answer of answers.filter(({ ok }) => !ok)) expect(answer).toMatchObject({ reason: 'taken' });
});

it('answers a request that is sent again while the first is under way with the first booking', async () => {
  const request = makeSeriesRequest(HALF_PAST_FIVE);
  const others = Array.from({ length: 6 }, () => makeSeriesRequest(HALF_PAST_FIVE));
  const answers = await Promise.all(
    [request, ...others, request].map((each) => bookSeries(ANONYMOUS_VIEWER, each, { now: NOW })),
  );
  const [first, again] = [answers[0]!, answers.at(-1)!];
  expect(first).toMatchObject({ ok: true, replayed: false });
  expect(again).toMatchObject({ ok: true, replayed: true, seriesId: first.ok && first.seriesId });
});
