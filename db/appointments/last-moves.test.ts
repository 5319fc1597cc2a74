import { describe, expect, it } from 'vitest';
import type { Viewer } from '@/db/access/viewer';
import { bookSeries } from '@/db/booking/book-series';
import { moveAppointments } from '@/db/booking/move-appointments';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import {
  ANONYMOUS_VIEWER,
  linkViewer,
  listWeeklyInstants,
  makeSeriesRequest,
  NOW,
  OWNER_VIEWER,
} from '@/db/testing/test-requests';
import { listLastMoves } from './last-moves';

setUpTestDatabase({ now: NOW });

/** Books three Tuesdays at 18:00, of which the second was taken and is an hour earlier. */
async function book() {
  const [first, second, third] = listWeeklyInstants('2026-12-01', '18:00', 3) as [number, number, number];
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest([first, second - 3_600_000, third], {
      standing: { firstOn: '2026-12-01', time: '18:00', therapistId: 'mira' },
    }),
    { now: NOW },
  );
  if (!booked.ok || !('seriesId' in booked)) throw new Error(JSON.stringify(booked));
  const link = linkViewer(booked.seriesId) as { role: 'link'; seriesId: string };
  return { link, uids: booked.appointments.map(({ uid }) => uid) };
}

let minutes = 0;
async function move(
  viewer: Viewer,
  uid: string,
  on: string,
  time: string,
  scope: 'this' | 'following' | 'all' = 'this',
) {
  minutes += 1;
  const request = { uid, startsAt: instantAt(on, time), scope };
  const result = await moveAppointments(viewer, request, { now: NOW + minutes * 60_000 });
  if (!result.ok) throw new Error(result.reason);
}

describe('the last move of a date', () => {
  it('is unknown of a date that was booked at another time from the start', async () => {
    const { link } = await book();
    expect(await listLastMoves(link)).toEqual({});
  });

  it('says where the date was booked, and whether the client or the practice moved it', async () => {
    const { link, uids } = await book();
    await move(link, uids[0]!, '2026-12-02', '17:00');
    await move(OWNER_VIEWER, uids[1]!, '2026-12-09', '17:00');
    expect(await listLastMoves(link)).toEqual({
      [uids[0]!]: { from: instantAt('2026-12-01', '18:00'), isByClient: true },
      [uids[1]!]: { from: instantAt('2026-12-08', '17:00'), isByClient: false },
    });
    expect(await listLastMoves({ role: 'link', seriesId: 'nobody' })).toEqual({});
  });

  it('names the place in the plan of a date that was moved twice from it', async () => {
    const { link, uids } = await book();
    await move(OWNER_VIEWER, uids[0]!, '2026-12-02', '17:00');
    await move(link, uids[0]!, '2026-12-03', '17:00');
    expect(await listLastMoves(link)).toEqual({
      [uids[0]!]: { from: instantAt('2026-12-01', '18:00'), isByClient: true },
    });
  });

  it('never names a place that the plan got only after the date had been moved', async () => {
    const { link, uids } = await book();
    await move(link, uids[2]!, '2026-12-17', '17:00');
    await move(link, uids[0]!, '2026-12-02', '12:00', 'all');
    expect(await listLastMoves(link)).toEqual({
      [uids[2]!]: { from: instantAt('2026-12-15', '18:00'), isByClient: true },
    });
    await move(link, uids[2]!, '2026-12-16', '12:00');
    expect(await listLastMoves(link)).toEqual({});
  });
});
