import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { getSeries } from '@/db/appointments/series';
import type { Connection } from '@/db/connection/connection';
import { appointments, outbox, roomServices, rooms, therapistServices, therapists, workingHours } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { runOnTwoConnections } from '@/db/testing/two-connections';
import { bookSeries } from './book-series';
import { cancelAppointments } from './cancel-appointments';
import { moveAppointments } from './move-appointments';

// Two connections to one database, as two processes would have. After each test the audit must be clean.
const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let both: [Connection, Connection];
beforeAll(async () => {
  both = [db.connection(), await db.another()];
  // Both connect beforehand, so that neither has to connect first and starts late.
  for (const { reader, transact } of both) await Promise.all([reader.select().from(rooms), transact(async () => {})]);
});

const atOnce = <T>(tasks: (() => Promise<T>)[]) => runOnTwoConnections(both, tasks);
const book = (startsAt: number | number[], other: Parameters<typeof makeSeriesRequest>[1] = {}) => {
  const request = makeSeriesRequest(startsAt, other);
  return () => bookSeries(ANONYMOUS_VIEWER, request, { now: NOW });
};
async function booked(startsAt: number, other: Parameters<typeof makeSeriesRequest>[1] = {}) {
  const result = await book(startsAt, other)();
  if (!result.ok) throw new Error(JSON.stringify(result));
  return { seriesId: result.seriesId, uid: result.appointments[0]!.uid };
}
const count = <T extends { ok: boolean }>(results: T[]) => results.filter(({ ok }) => ok).length;
const TEN = instantAt('2026-12-04', '10:00');
const AOIFE = { therapistId: 'aoife' };

describe('many at once', () => {
  it('starts each task on each of two connections', async () => {
    const transactions = both.map((connection) => vi.spyOn(connection, 'transact'));
    await atOnce(Array.from({ length: 10 }, (_, week) => book(TEN + week * 7 * 24 * HOUR, AOIFE)));
    const attempts = transactions.map(({ mock }) => mock.calls.length);
    for (const spy of transactions) spy.mockRestore();
    expect(Math.min(...attempts)).toBeGreaterThanOrEqual(5);
  });

  it('gives one start to one of 60', async () => {
    const results = await atOnce(Array.from({ length: 60 }, () => book(TEN, AOIFE)));
    expect(count(results)).toBe(1);
    const refused = results.filter((result) => !result.ok);
    for (const result of refused)
      expect(result).toMatchObject({ reason: 'taken', clashes: [{ alternatives: [{}, {}, {}] }] });
  });

  it('gives "any therapist" to as many clients as therapists are free, each a different one', async () => {
    const six = instantAt('2026-12-03', '17:30'); // Mira, Tom and Jun work; there are three rooms
    const results = await atOnce(
      Array.from({ length: 24 }, () => book(six, { therapistId: 'any', serviceId: 'sports' })),
    );
    expect(count(results)).toBe(3);
    const rows = await db.connection().reader.select().from(appointments);
    expect(new Set(rows.map(({ therapistId }) => therapistId)).size).toBe(3);
    expect(new Set(rows.map(({ roomId }) => roomId)).size).toBe(3);
  });

  it('gives one hour of 16 therapists to 16 clients who want one each, without any losing again and again for a room', async () => {
    const places = Array.from({ length: 16 }, (_, at) => at);
    await db.write(async (tx) => {
      const [like] = await tx.select().from(therapists).where(eq(therapists.id, 'aoife'));
      const team = places.map((at) => ({ ...like!, id: `one-${at}`, userId: null, position: 20 + at }));
      await tx.insert(therapists).values(team);
      await tx.insert(therapistServices).values(team.map(({ id }) => ({ therapistId: id, serviceId: 'sports' })));
      const hours = { weekday: 5, from: '09:00', until: '18:00', timeZone: 'Europe/Dublin' } as const;
      await tx.insert(workingHours).values(team.map(({ id }) => ({ ...hours, therapistId: id })));
      const added = Array.from({ length: 48 }, (_, at) => ({
        id: `room-${at}`,
        name: `Room ${at}`,
        position: 20 + at,
      }));
      await tx.insert(rooms).values(added);
      await tx.insert(roomServices).values(added.map(({ id }) => ({ roomId: id, serviceId: 'sports' })));
    });
    const transactions = both.map((connection) => vi.spyOn(connection, 'transact'));
    const wanted = places.map((at) => book(TEN, { therapistId: `one-${at}`, serviceId: 'sports' }));
    const results = await atOnce(wanted);
    const attempts = transactions.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    for (const spy of transactions) spy.mockRestore();
    expect(count(results)).toBe(16);
    expect(attempts).toBeLessThan(16 * 3);
  });

  it('never gives both 10:00 and 10:45 to two clients', async () => {
    for (let round = 0; round < 40; round++) {
      const day = TEN + round * 7 * 24 * HOUR;
      if (new Date(day).getUTCMonth() > 1 && new Date(day).getUTCMonth() < 11) break; // summer time begins
      const results = await atOnce([book(day, AOIFE), book(day + 45 * MINUTE, AOIFE), book(day + HOUR, AOIFE)]);
      expect(count(results)).toBe(1);
    }
  });

  it('books adjacent times for all clients', async () => {
    const results = await atOnce([book(TEN, AOIFE), book(TEN + 75 * MINUTE, AOIFE), book(TEN + 150 * MINUTE, AOIFE)]);
    expect(count(results)).toBe(3);
  });

  it('books only one of two series that share a single date, as a whole', async () => {
    const first = listWeeklyInstants('2026-12-04', '10:00', 6);
    const second = listWeeklyInstants('2027-01-08', '10:00', 6);
    const results = await atOnce([book(first, AOIFE), book(second, AOIFE), book(first, AOIFE), book(second, AOIFE)]);
    expect(count(results)).toBe(1);
    expect(await db.connection().reader.select().from(appointments)).toHaveLength(6);
  });

  it('books one key once, and repeats the same answer', async () => {
    const task = book(TEN, AOIFE);
    const results = await atOnce(Array.from({ length: 12 }, () => task));
    expect(count(results)).toBe(12);
    expect(new Set(results.map((result) => result.ok && result.seriesId)).size).toBe(1);
    expect(results.filter((result) => result.ok && !result.replayed)).toHaveLength(1);
    expect(await db.connection().reader.select().from(outbox)).toHaveLength(2);
  });
});

describe('changes at once', () => {
  const cancel = (uid: string) => () => cancelAppointments(OWNER_VIEWER, { uid, scope: 'this' }, { now: NOW });
  const move = (uid: string, startsAt: number) => () =>
    moveAppointments(OWNER_VIEWER, { uid, startsAt, scope: 'this' }, { now: NOW });

  it('lets either the cancellation or the move of one appointment win, and sends one e-mail', async () => {
    for (let round = 0; round < 10; round++) {
      const { uid } = await booked(TEN + round * 7 * 24 * HOUR, AOIFE);
      const tasks = [cancel(uid), move(uid, TEN + round * 7 * 24 * HOUR + HOUR)];
      const results = await atOnce<{ ok: boolean }>(round % 2 ? tasks : tasks.reverse());
      expect(results.filter(({ ok }) => !ok)).toEqual([{ ok: false, reason: 'conflict' }]);
    }
    const mail = await db.connection().reader.select().from(outbox);
    expect(mail.filter(({ kind, toEmail }) => kind !== 'booked' && toEmail === 'ana@example.org')).toHaveLength(10);
  });

  it('cancels once when several cancel at once', async () => {
    const { uid } = await booked(TEN, AOIFE);
    const results = await atOnce([cancel(uid), cancel(uid), cancel(uid)]);
    expect(count(results)).toBe(1);
  });

  it('gives a time either to the client who moves there or to the one who books it', async () => {
    for (let round = 0; round < 10; round++) {
      const week = round * 7 * 24 * HOUR;
      const { uid, seriesId } = await booked(TEN + week, AOIFE);
      const target = TEN + week + 150 * MINUTE;
      const results = await atOnce<{ ok: boolean }>([move(uid, target), book(target, AOIFE)]);
      expect(count(results)).toBe(1);
      const [own] = (await getSeries(OWNER_VIEWER, seriesId))!.appointments;
      expect(own!.startsAt).toBe(results[0]!.ok ? target : TEN + week);
    }
  });

  it('refuses two moves onto each other’s time, without a deadlock', async () => {
    const entry = await booked(TEN, AOIFE);
    const other = await booked(TEN + 150 * MINUTE, AOIFE);
    const results = await atOnce([move(entry.uid, TEN + 150 * MINUTE), move(other.uid, TEN)]);
    expect(results).toMatchObject([{ reason: 'taken' }, { reason: 'taken' }]);
  });
});
