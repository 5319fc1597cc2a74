import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Viewer } from '@/db/access/viewer';
import { audit } from '@/db/audit';
import { reader } from '@/db/connection/database-client';
import { appointments, practices } from '@/db/schema';
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
import { bookSeries } from './book-series';
import { moveAppointments } from './move-appointments';
import { previewMove } from './preview-move';
import { proposeMove } from './propose-move';

const { write } = setUpTestDatabase({ now: NOW });
const clock = { now: NOW };

async function bookThree() {
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 3)),
    clock,
  );
  if (!booked.ok || !('seriesId' in booked)) throw new Error('It was not booked.');
  const rows = await (await reader()).select().from(appointments).orderBy(appointments.position);
  return { link: linkViewer(booked.seriesId), seriesId: booked.seriesId, uids: rows.map(({ id }) => id) };
}

const to = (viewer: Viewer, uid: string, time: string, scope: 'this' | 'all' = 'this') =>
  moveAppointments(viewer, { uid, startsAt: instantAt('2026-12-01', time), scope }, clock);
const limit = (movesPerDate: number) => write(async (tx) => void (await tx.update(practices).set({ movesPerDate })));
const countsOf = async () => {
  const rows = await (await reader()).select().from(appointments).orderBy(appointments.position);
  return rows.map(({ movesByClient }) => movesByClient);
};

describe('how often a client may move one date', () => {
  it('is unlimited while the practice sets no limit, but is counted', async () => {
    const { link, uids } = await bookThree();
    for (const time of ['17:30', '17:00', '16:00']) expect(await to(link, uids[0]!, time)).toMatchObject({ ok: true });
    expect(await countsOf()).toEqual([3, 0, 0]);
  });

  it('ends at the limit: then every kind of move is refused, and nothing is moved', async () => {
    const { link, uids } = await bookThree();
    await limit(1);
    expect(await to(link, uids[0]!, '17:00')).toMatchObject({ ok: true });
    const before = await (await reader()).select().from(appointments);
    expect(await to(link, uids[0]!, '16:00')).toEqual({ ok: false, reason: 'moves_used' });
    expect(await to(link, uids[0]!, '16:00', 'all')).toEqual({ ok: false, reason: 'moves_used' });
    const request = { uid: uids[0]!, startsAt: instantAt('2026-12-01', '16:00'), scope: 'this' as const };
    expect(await previewMove(link, request, clock)).toEqual({ ok: false, reason: 'moves_used' });
    expect(await (await reader()).select().from(appointments)).toEqual(before);
  });

  it('is counted for each date of a whole move', async () => {
    const { link, uids } = await bookThree();
    await limit(1);
    expect(await to(link, uids[0]!, '17:00', 'all')).toMatchObject({ ok: true });
    expect(await countsOf()).toEqual([1, 1, 1]);
    await write(async (tx) => void (await tx.update(appointments).set({ movesByClient: 0 })));
    const second = { uid: uids[1]!, startsAt: instantAt('2026-12-08', '16:00'), scope: 'this' as const };
    expect(await moveAppointments(link, second, clock)).toMatchObject({ ok: true });
    const back = { uid: uids[1]!, startsAt: instantAt('2026-12-08', '17:00'), scope: 'this' as const };
    expect(await moveAppointments(link, back, clock)).toEqual({ ok: false, reason: 'moves_used' });
    expect(await to(link, uids[0]!, '17:30')).toMatchObject({ ok: true });
  });

  it('leaves a date at its limit where it is when the others move', async () => {
    const { link, uids } = await bookThree();
    await limit(1);
    await write(
      async (tx) => void (await tx.update(appointments).set({ movesByClient: 1 }).where(eq(appointments.id, uids[1]!))),
    );
    const startsAt = instantAt('2026-12-01', '17:00');
    expect(await proposeMove(link, { uid: uids[0]!, startsAt, scope: 'all' }, clock)).toMatchObject({
      dates: [{ uid: uids[0] }, { uid: uids[2] }],
      staying: [{ uid: uids[1], because: 'no_moves_left' }],
    });
    expect(await to(link, uids[0]!, '17:00', 'all')).toMatchObject({ ok: true });
    expect(await countsOf()).toEqual([1, 1, 1]);
    const rows = await (await reader()).select().from(appointments).orderBy(appointments.position);
    expect(rows.map(({ localStart }) => localStart.slice(11))).toEqual(['17:00', '18:00', '17:00']);
    expect(await audit({ now: NOW })).toEqual([]);
  });

  it('has no limit for staff, whose moves are not counted', async () => {
    const { uids } = await bookThree();
    await limit(1);
    for (const time of ['17:00', '16:00']) expect(await to(OWNER_VIEWER, uids[0]!, time)).toMatchObject({ ok: true });
    expect(await countsOf()).toEqual([0, 0, 0]);
  });
});
