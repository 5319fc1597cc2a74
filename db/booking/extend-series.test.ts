import { describe, expect, it } from 'vitest';
import type { Viewer } from '@/db/access/viewer';
import { getSeries } from '@/db/appointments/series';
import { audit } from '@/db/audit';
import { PRACTICE } from '@/db/demo/demo-practice';
import { claims, holidays, outbox } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  linkViewer,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { toWallTime } from '@/scheduling/zone-conversion';
import { bookSeries } from './book-series';
import { cancelAppointments } from './cancel-appointments';
import { extendSeries } from './extend-series';
import { proposeExtension } from './propose-extension';

const db = setUpTestDatabase({ now: NOW });

async function booked(
  starts = listWeeklyInstants('2026-12-01', '18:00', 3),
  other: Parameters<typeof makeSeriesRequest>[1] = {},
) {
  const result = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts, other), { now: NOW });
  if (!result.ok) throw new Error(JSON.stringify(result));
  return {
    seriesId: result.seriesId,
    link: linkViewer(result.seriesId),
    uids: result.appointments.map(({ uid }) => uid),
  };
}
const extend = (viewer: Viewer, seriesId: string, sessions: number, version?: number) =>
  extendSeries(viewer, { seriesId, sessions, version }, { now: NOW });
const days = async (seriesId: string) =>
  (await getSeries(OWNER_VIEWER, seriesId))!.appointments.map(({ startsAt }) => {
    const { on, time } = toWallTime(PRACTICE.timeZone, startsAt);
    return `${on} ${time}`;
  });

describe('a date of an extension that is not free', () => {
  /** Three Tuesdays with Mira; the first of two more is taken. */
  async function withClash() {
    const { seriesId, link } = await booked();
    const taken = instantAt('2026-12-22', '18:00');
    const nia = { client: { name: 'Nia Walsh', email: 'nia@example.org' } };
    const other = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(taken, nia), { now: NOW });
    if (!other.ok) throw new Error(other.reason);
    const repair = (startsAt: number, therapistId = 'mira', changes: { version?: number; position?: number } = {}) => {
      const { position = 4, ...rest } = changes;
      const request = { seriesId, sessions: 2, repairs: [{ position, startsAt, therapistId }], ...rest };
      return extendSeries(link, request, { now: NOW });
    };
    return { seriesId, link, taken, repair };
  }

  it('is offered other times, each of which can be booked in its place', async () => {
    const { seriesId, link } = await withClash();
    const proposed = await proposeExtension(link, { seriesId, sessions: 2 }, { now: NOW });
    if (!proposed.ok) throw new Error(proposed.reason);
    const [clash, free] = proposed.dates;
    expect(free).toMatchObject({ clash: null, alternatives: [] });
    expect(clash).toMatchObject({ position: 4, clash: 'booked' });
    expect(clash!.alternatives.length).toBeGreaterThan(0);
    const { start, therapistId } = clash!.alternatives[0]!;
    const repairs = [{ position: 4, startsAt: start, therapistId }];
    expect(await extendSeries(link, { seriesId, sessions: 2, repairs }, { now: NOW })).toMatchObject({ ok: true });
    const view = (await getSeries(link, seriesId))!;
    expect(view.appointments.find(({ position }) => position === 4)).toMatchObject({
      startsAt: start,
      therapist: { id: therapistId },
      nominalStartsAt: instantAt('2026-12-22', '18:00'),
      isMoved: true,
      movedAt: null,
    });
    expect(await audit()).toEqual([]);
  });
  it('can be with another therapist, at their price', async () => {
    const { seriesId, link, taken, repair } = await withClash();
    expect(await repair(taken, 'jun')).toMatchObject({ ok: true });
    const view = (await getSeries(link, seriesId))!;
    expect(view.appointments[3]).toMatchObject({ therapist: { id: 'jun' }, nominalTherapistId: 'mira' });
  });
  it('refuses a time that is taken, or that nobody could book, and adds nothing', async () => {
    const { seriesId, taken, repair } = await withClash();
    expect(await repair(taken)).toMatchObject({ ok: false, reason: 'taken', dates: [{ clash: 'booked' }, {}] });
    for (const time of ['03:00', '18:07'])
      expect(await repair(instantAt('2026-12-22', time)), time).toMatchObject({ ok: false });
    expect(await repair(instantAt('2026-12-21', '18:00'), 'nobody')).toMatchObject({ ok: false });
    expect(await repair(instantAt('2026-12-29', '18:30')), 'on its neighbour').toMatchObject({ reason: 'invalid' });
    expect(await repair(instantAt('2026-12-21', '17:00'), 'mira', { position: 9 })).toMatchObject({
      reason: 'conflict',
    });
    expect(await repair(instantAt('2026-12-21', '17:00'), 'mira', { version: 7 })).toMatchObject({
      reason: 'conflict',
    });
    expect(await days(seriesId)).toHaveLength(3);
    expect(await audit()).toEqual([]);
  });
});

describe('more dates of a series', () => {
  it('follow the last date in its rhythm, hour and therapist, and each person gets one message', async () => {
    const { seriesId, link } = await booked();
    expect(await extend(link, seriesId, 2)).toMatchObject({ ok: true, dates: [{ position: 4 }, { position: 5 }] });
    expect((await days(seriesId)).slice(2)).toEqual(['2026-12-15 18:00', '2026-12-22 18:00', '2026-12-29 18:00']);
    const view = await getSeries(link, seriesId);
    expect(view).toMatchObject({ sessions: 5, version: 2 });
    expect(view!.appointments[4]).toMatchObject({ isMoved: false, priceCents: 6800, therapist: { id: 'mira' } });
    expect(await db.connection().reader.select().from(claims)).toHaveLength(5 * 2 * 15);
    expect(await db.connection().reader.select().from(outbox)).toHaveLength(4);
  });

  it('keep the hour across a change of the clocks', async () => {
    const { seriesId, link } = await booked(listWeeklyInstants('2027-03-09', '18:00', 2));
    await extend(link, seriesId, 2);
    expect((await days(seriesId)).slice(2)).toEqual(['2027-03-23 18:00', '2027-03-30 18:00']);
  });

  it('come after the last place, even when that date was cancelled', async () => {
    const { seriesId, link, uids } = await booked();
    await cancelAppointments(link, { uid: uids[2]!, scope: 'this' }, { now: NOW });
    await extend(link, seriesId, 1);
    expect((await days(seriesId)).at(-1)).toBe('2026-12-22 18:00');
  });
});

describe('dates that are left out', () => {
  const leaving = (seriesId: string, link: Viewer, leaveOut: number[], sessions = 4) =>
    extendSeries(link, { seriesId, sessions, leaveOut }, { now: NOW });

  it('are stored as skipped where others follow, and can be booked once they are free', async () => {
    const { seriesId, link } = await booked();
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-29', '18:00')), { now: NOW });
    expect(await leaving(seriesId, link, [])).toMatchObject({ ok: false, reason: 'taken' });
    expect(await leaving(seriesId, link, [5])).toMatchObject({
      ok: true,
      dates: [{ position: 4 }, { position: 6 }, { position: 7 }],
    });
    const view = await getSeries(link, seriesId);
    expect(view).toMatchObject({ sessions: 7, skipped: [{ position: 5, on: '2026-12-29' }] });
    expect(view!.appointments.map(({ position }) => position)).toEqual([1, 2, 3, 4, 6, 7]);
    expect(await audit()).toEqual([]);
  });
  it('are not stored at the end', async () => {
    const { seriesId, link } = await booked();
    expect(await leaving(seriesId, link, [6, 7])).toMatchObject({ ok: true });
    expect(await getSeries(link, seriesId)).toMatchObject({ sessions: 5, skipped: [] });
  });
  it('may not be all of them', async () => {
    const { seriesId, link } = await booked();
    expect(await leaving(seriesId, link, [4], 1)).toMatchObject({ ok: false, reason: 'invalid' });
    expect(await getSeries(link, seriesId)).toMatchObject({ sessions: 3, version: 1 });
  });
});

describe('adding dates is refused as a whole', () => {
  it('when one is taken or falls on a holiday, and names each clash', async () => {
    const { seriesId, link } = await booked();
    await booked([instantAt('2026-12-22', '18:00')], { client: { name: 'Nia Walsh', email: 'nia@example.org' } });
    await db.write((tx) => tx.insert(holidays).values({ on: '2026-12-29', name: 'Day of the Test' }));
    const before = await days(seriesId);
    expect(await extend(link, seriesId, 3)).toMatchObject({
      reason: 'taken',
      dates: [{ clash: 'booked' }, { clash: 'closed' }, { clash: null }],
    });
    expect(await days(seriesId)).toEqual(before);
  });

  it('when the series has changed since the page was shown, so a double click books once', async () => {
    const { seriesId, link } = await booked();
    // Repeated, because two transactions may overlap at another step each time.
    for (let version = 1; version <= 12; version++) {
      const both = await Promise.all([extend(link, seriesId, 1, version), extend(link, seriesId, 1, version)]);
      expect(both.map((result) => (result.ok ? 'booked' : result.reason)).sort()).toEqual(['booked', 'conflict']);
      expect(await days(seriesId)).toHaveLength(3 + version);
    }
  });

  it.each([0, -1, 1.5, Number.NaN, 24, 1e9])('when %s are asked for', async (sessions) => {
    const { seriesId, link } = await booked();
    expect(await extend(link, seriesId, sessions)).toMatchObject({
      reason: 'invalid',
      issues: [{ path: ['sessions'] }],
    });
    expect(await days(seriesId)).toHaveLength(3);
  });

  it('when there is only one date, which has no rhythm', async () => {
    const { seriesId, link } = await booked([instantAt('2026-12-01', '18:00')]);
    expect(await extend(link, seriesId, 1)).toMatchObject({ reason: 'invalid' });
  });

  it('for somebody who does not own the series', async () => {
    const { seriesId } = await booked();
    for (const viewer of [ANONYMOUS_VIEWER, linkViewer('another'), therapistViewer('tom')]) {
      expect(await extend(viewer, seriesId, 1)).toEqual({ ok: false, reason: 'not_found' });
    }
    expect(await days(seriesId)).toHaveLength(3);
  });

  it('for a therapist to whom only a part of it belongs', async () => {
    const starts = listWeeklyInstants('2026-12-01', '18:00', 3);
    const shared = starts.map((startsAt, k) => ({ startsAt, therapistId: k ? 'mira' : 'jun', serviceId: 'swedish' }));
    const { seriesId } = await booked(starts, { appointments: shared });
    expect(await extend(therapistViewer('jun'), seriesId, 1)).toEqual({ ok: false, reason: 'not_found' });
    expect(await extend(therapistViewer('mira'), seriesId, 1)).toMatchObject({ ok: true });
  });

  it('and a preview books nothing', async () => {
    const { seriesId, link } = await booked();
    expect(await proposeExtension(link, { seriesId, sessions: 2 }, { now: NOW })).toMatchObject({
      ok: true,
      dates: [{ startsAt: instantAt('2026-12-22', '18:00'), clash: null }, { clash: null }],
    });
    expect(await days(seriesId)).toHaveLength(3);
  });
});
