import { describe, expect, it } from 'vitest';
import { getSeries } from '@/db/appointments/series';
import { audit } from '@/db/audit';
import { claims, outbox, practices } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { bookSeries } from './book-series';
import { cancelAppointments } from './cancel-appointments';
import { isRestorableDate, listRestorableDates } from './restorable-dates';
import { restoreCancelledDate } from './restore-cancelled-date';

const db = setUpTestDatabase({ now: NOW });
const HOUR = 3_600_000;
const SECOND = instantAt('2026-12-08', '18:00');

/** Three Tuesdays, of which the client has cancelled the second. */
async function cancelSecond(by: 'client' | 'practice' = 'client') {
  const starts = ['2026-12-01', '2026-12-08', '2026-12-15'].map((on) => instantAt(on, '18:00'));
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts), { now: NOW });
  if (!booked.ok) throw new Error(booked.reason);
  const { seriesId } = booked;
  const link = { role: 'link', seriesId } as const;
  const uid = booked.appointments[1]!.uid;
  const viewer = by === 'client' ? link : OWNER_VIEWER;
  expect(await cancelAppointments(viewer, { uid, scope: 'this' }, { now: NOW })).toMatchObject({ ok: true });
  const seen = async () => (await getSeries(link, seriesId))!;
  const version = (await seen()).version;
  const restore = (changes: { version?: number; uid?: string } = {}, now = NOW) =>
    restoreCancelledDate(link, { seriesId, uid, version, ...changes }, { now });
  return { link, seriesId, uid, version, restore, seen };
}
const take = (start: number) =>
  bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(start, { client: { name: 'Nia Walsh', email: 'nia@example.org' } }), {
    now: NOW,
  });
const count = async (table: typeof claims | typeof outbox) =>
  (await db.connection().reader.select().from(table)).length;

describe('a date that its client cancelled', () => {
  it('is booked again as the same appointment, with its time claimed and one e-mail to each person', async () => {
    const { restore, seen, uid, link, seriesId } = await cancelSecond();
    const before = (await seen()).appointments[1]!;
    expect(await listRestorableDates(link, seriesId, { now: NOW })).toEqual([uid]);
    const messages = await count(outbox);
    expect(await restore()).toEqual({ ok: true, position: 2 });
    const after = (await seen()).appointments[1]!;
    expect(after).toMatchObject({ uid, status: 'booked', startsAt: SECOND, priceCents: before.priceCents });
    expect(after.sequence).toBeGreaterThan(before.sequence);
    expect(await count(outbox)).toBe(messages + 2);
    expect(await take(SECOND)).toMatchObject({ ok: false, reason: 'taken' });
    expect(await listRestorableDates(link, seriesId, { now: NOW })).toEqual([]);
    expect(await audit()).toEqual([]);
  });

  it('is booked once, however often the button is pressed', async () => {
    const { restore } = await cancelSecond();
    const all = await Promise.all([restore(), restore(), restore()]);
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(all.filter((result) => !result.ok && result.reason === 'conflict')).toHaveLength(2);
    expect(await audit()).toEqual([]);
  });

  it('is not offered while somebody else has its time, and nothing changes when it is asked for', async () => {
    const { restore, link, seriesId, uid, seen } = await cancelSecond();
    expect(await take(SECOND)).toMatchObject({ ok: true });
    expect(await isRestorableDate(link, { seriesId, uid }, { now: NOW })).toBe(false);
    const [cells, { version }] = [await count(claims), await seen()];
    expect(await restore()).toEqual({ ok: false, reason: 'taken' });
    expect([await count(claims), (await seen()).version]).toEqual([cells, version]);
    expect((await seen()).appointments[1]).toMatchObject({ status: 'cancelled' });
  });

  it('follows the rules of a booking: its notice, and the hours', async () => {
    const { restore, link, seriesId, uid } = await cancelSecond();
    await db.write((tx) => tx.update(practices).set({ noticeMinutes: 120 }));
    const late = SECOND - HOUR;
    expect(await isRestorableDate(link, { seriesId, uid }, { now: late })).toBe(false);
    expect(await restore({}, late)).toMatchObject({ ok: false });
    expect(await restore({}, SECOND + HOUR)).toEqual({ ok: false, reason: 'conflict' });
    expect(await restore({}, SECOND - 3 * HOUR)).toMatchObject({ ok: true });
  });

  it('can be cancelled again for a while, although its cutoff has passed', async () => {
    const { restore, link, uid } = await cancelSecond();
    const late = SECOND - 3 * HOUR;
    expect(await restore({}, late)).toMatchObject({ ok: true });
    const again = (now: number) => cancelAppointments(link, { uid, scope: 'this' }, { now });
    expect(await again(late + HOUR)).toEqual({ ok: false, reason: 'cutoff' });
    expect(await again(late + 60_000)).toMatchObject({ ok: true });
  });

  it('is restored only as it was seen, by its own link', async () => {
    const { restore, link, version } = await cancelSecond();
    const other = await cancelOfAnother();
    expect(await restore({ version: version - 1 })).toEqual({ ok: false, reason: 'conflict' });
    expect(await restore({ uid: other.uid })).toEqual({ ok: false, reason: 'not_found' });
    const request = { seriesId: other.seriesId, uid: other.uid, version: other.version };
    expect(await restoreCancelledDate(link, request, { now: NOW })).toEqual({ ok: false, reason: 'not_found' });
  });

  it('is not offered when the practice cancelled it', async () => {
    const { restore, link, seriesId } = await cancelSecond('practice');
    expect(await listRestorableDates(link, seriesId, { now: NOW })).toEqual([]);
    expect(await restore()).toEqual({ ok: false, reason: 'conflict' });
  });
});

async function cancelOfAnother() {
  const nia = { client: { name: 'Nia Walsh', email: 'nia@example.org' } };
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-02', '18:00'), nia), {
    now: NOW,
  });
  if (!booked.ok) throw new Error(booked.reason);
  const { uid } = booked.appointments[0]!;
  await cancelAppointments(linkViewer(booked.seriesId), { uid, scope: 'this' }, { now: NOW });
  const { version } = (await getSeries(OWNER_VIEWER, booked.seriesId))!;
  return { seriesId: booked.seriesId, uid, version };
}
