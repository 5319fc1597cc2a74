import { describe, expect, it } from 'vitest';
import type { Viewer } from '@/db/access/viewer';
import { getSeries } from '@/db/appointments/series';
import { claims, outbox, skips } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  linkViewer,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
  therapistViewer,
} from '@/db/testing/test-requests';
import { bookSeries } from './book-series';
import { bookSkipped } from './book-skipped';
import { findBookableSkippedDate, listBookableSkippedDates } from './bookable-skipped-dates';
import { cancelAppointments } from './cancel-appointments';
import { moveAppointments } from './move-appointments';

const db = setUpTestDatabase({ now: NOW });

/** Books another client with Mira on 8 December at 18:00, so that Ana skips her second date of three. */
async function skipSecond() {
  const nia = { client: { name: 'Nia Walsh', email: 'nia@example.org' } };
  const other = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-08', '18:00'), nia), {
    now: NOW,
  });
  const starts = [instantAt('2026-12-01', '18:00'), instantAt('2026-12-15', '18:00')];
  const request = makeSeriesRequest(starts, {
    appointments: [
      { position: 1, startsAt: starts[0]!, therapistId: 'mira', serviceId: 'swedish' },
      { position: 3, startsAt: starts[1]!, therapistId: 'mira', serviceId: 'sports' },
    ],
    standing: { firstOn: '2026-12-01', time: '18:00', therapistId: 'mira' },
    skipped: [{ position: 2, on: '2026-12-08' }],
  });
  const booked = await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW });
  if (!booked.ok || !other.ok) throw new Error(JSON.stringify({ booked, other }));
  const { seriesId } = booked;
  const free = () => cancelAppointments(OWNER_VIEWER, { uid: other.appointments[0]!.uid, scope: 'this' }, { now: NOW });
  const uids = booked.appointments.map(({ uid }) => uid);
  return { seriesId, link: linkViewer(seriesId), uids, other: other.appointments[0]!.uid, free };
}
const book = (viewer: Viewer, seriesId: string, other: { position?: number; version?: number } = {}, now = NOW) =>
  bookSkipped(viewer, { seriesId, position: 2, ...other }, { now });
const freed = (viewer: Viewer, seriesId: string, now = NOW) => listBookableSkippedDates(viewer, seriesId, { now });
const count = async (table: typeof claims | typeof outbox | typeof skips) =>
  (await db.connection().reader.select().from(table)).length;

describe('a skipped date', () => {
  it('is offered once its time is free, and not before', async () => {
    const { seriesId, link, free } = await skipSecond();
    expect(await freed(link, seriesId)).toEqual([]);
    await free();
    expect(await freed(link, seriesId)).toEqual([2]);
    expect(await findBookableSkippedDate(link, seriesId, 2, { now: NOW })).toMatchObject({
      priceCents: 6800,
      clash: null,
    });
    expect(await findBookableSkippedDate(link, seriesId, 1, { now: NOW })).toBeNull();
    expect(await findBookableSkippedDate(linkViewer('another'), seriesId, 2, { now: NOW })).toBeNull();
  });

  it('is booked with the massage of the date before it, and each person gets one message', async () => {
    const { seriesId, link, free } = await skipSecond();
    await free();
    const messages = await count(outbox);
    expect(await book(link, seriesId, { version: 1 })).toMatchObject({ ok: true, dates: [{ position: 2 }] });
    const view = (await getSeries(link, seriesId))!;
    expect(view).toMatchObject({ sessions: 3, skipped: [], version: 2 });
    expect(view.appointments[1]).toMatchObject({
      position: 2,
      startsAt: instantAt('2026-12-08', '18:00'),
      service: { id: 'swedish' },
      isMoved: false,
    });
    expect(await count(outbox)).toBe(messages + 2);
    expect(await count(skips)).toBe(0);
  });

  it('is booked once, however often it is requested', async () => {
    const { seriesId, link, free } = await skipSecond();
    await free();
    const both = await Promise.all([book(link, seriesId, { version: 1 }), book(link, seriesId, { version: 1 })]);
    const results = both.map((result) => (result.ok ? 'booked' : result.reason)).sort();
    expect(results).toEqual(['booked', expect.stringMatching(/^(conflict|not_found)$/)]);
    expect((await getSeries(link, seriesId))!.appointments).toHaveLength(3);
  });
});

describe('a skipped date cannot be booked', () => {
  const expectAsBefore = async (seriesId: string, claimed: number) => {
    expect(await getSeries(OWNER_VIEWER, seriesId)).toMatchObject({ version: 1, skipped: [{ position: 2 }] });
    expect(await count(claims)).toBe(claimed);
  };

  it('while another client has its time', async () => {
    const { seriesId, link } = await skipSecond();
    const claimed = await count(claims);
    expect(await book(link, seriesId)).toMatchObject({ reason: 'taken', dates: [{ clash: 'booked' }] });
    await expectAsBefore(seriesId, claimed);
  });

  it('when it is too soon or past', async () => {
    const { seriesId, link, free } = await skipSecond();
    await free();
    const claimed = await count(claims);
    for (const time of ['17:00', '19:00']) {
      const now = instantAt('2026-12-08', time);
      expect(await freed(link, seriesId, now)).toEqual([]);
      expect(await book(link, seriesId, {}, now)).toMatchObject({ reason: 'taken', dates: [{ clash: 'too_soon' }] });
    }
    await expectAsBefore(seriesId, claimed);
  });

  it('when another date of the series was moved onto its time', async () => {
    const { seriesId, link, uids, free } = await skipSecond();
    await free();
    const onto = {
      uid: uids[1]!,
      startsAt: instantAt('2026-12-08', '18:00'),
      therapistId: 'jun',
      scope: 'this' as const,
    };
    expect(await moveAppointments(OWNER_VIEWER, onto, { now: NOW })).toMatchObject({ ok: true });
    expect(await freed(link, seriesId)).toEqual([]);
    expect(await book(link, seriesId)).toEqual({ ok: false, reason: 'conflict' });
  });

  it('from a stale page, at an unknown position, or by somebody who does not own the series', async () => {
    const { seriesId, link, free } = await skipSecond();
    await free();
    const claimed = await count(claims);
    expect(await book(link, seriesId, { version: 0 })).toEqual({ ok: false, reason: 'conflict' });
    for (const position of [0, 1, 4, Number.NaN]) {
      expect(await book(link, seriesId, { position })).toEqual({ ok: false, reason: 'not_found' });
    }
    for (const viewer of [ANONYMOUS_VIEWER, linkViewer('another'), therapistViewer('tom')]) {
      expect(await book(viewer, seriesId)).toEqual({ ok: false, reason: 'not_found' });
      expect(await freed(viewer, seriesId)).toEqual([]);
    }
    await expectAsBefore(seriesId, claimed);
  });
});
