import { describe, expect, it } from 'vitest';
import type { Viewer } from '@/db/access/viewer';
import { getSeries } from '@/db/appointments/series';
import { PRACTICE } from '@/db/demo/demo-practice';
import { claims, holidays, outbox } from '@/db/schema';
import { insertTestTimeOff, instantAt } from '@/db/testing/test-appointments';
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
import { addDays } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';
import { bookSeries } from './book-series';
import type { MoveRequest } from './decide-move';
import { extendSeries } from './extend-series';
import { moveAppointments } from './move-appointments';
import { previewMove } from './preview-move';

const db = setUpTestDatabase({ now: NOW });
const HOUR = 3_600_000;
const MIRA = therapistViewer('mira');

async function booked(
  count = 4,
  other: Parameters<typeof makeSeriesRequest>[1] = {},
  firstOn = '2026-12-01',
  time = '18:00',
) {
  const result = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(listWeeklyInstants(firstOn, time, count), other),
    {
      now: NOW,
    },
  );
  if (!result.ok) throw new Error(JSON.stringify(result));
  const uids = result.appointments.map(({ uid }) => uid);
  return { ...result, uids, link: linkViewer(result.seriesId) };
}
const move = (viewer: Viewer, request: MoveRequest, now = NOW) => moveAppointments(viewer, request, { now });
async function dates(seriesId: string) {
  const view = await getSeries(OWNER_VIEWER, seriesId);
  return view!.appointments.map(({ startsAt, therapist }) => {
    const { on, time } = toWallTime(PRACTICE.timeZone, startsAt);
    return `${on} ${time} ${therapist.id}`;
  });
}
const messages = async () =>
  (await db.connection().reader.select().from(outbox))
    .filter(({ kind }) => kind !== 'booked')
    .map(({ toEmail }) => toEmail);
const wednesdays = (from: string, count: number, time = '17:00', who = 'mira') =>
  Array.from({ length: count }, (_, k) => `${addDays(from, 7 * k)} ${time} ${who}`);

describe('moving a whole series', () => {
  it('moves every date to that weekday and hour, sends each person one message, and renames the plan', async () => {
    const { uids, link, seriesId } = await booked();
    const to = instantAt('2026-12-02', '17:00');
    expect(await move(link, { uid: uids[0]!, startsAt: to, scope: 'all' })).toEqual({ ok: true, seriesId });
    expect(await dates(seriesId)).toEqual(wednesdays('2026-12-02', 4));
    const view = await getSeries(link, seriesId);
    expect(view).toMatchObject({ firstOn: '2026-12-02', time: '17:00', version: 2 });
    expect(view!.appointments).toMatchObject(Array(4).fill({ isMoved: false, version: 2, sequence: 1 }));
    expect((await messages()).sort()).toEqual(['ana@example.org', 'mira@fortnight.example']);
    expect(await db.connection().reader.select().from(claims)).toHaveLength(4 * 2 * 15);
  });

  it('keeps its hour across a change of the clocks', async () => {
    const { uids, link, seriesId } = await booked(4, {}, '2027-03-09');
    await move(link, { uid: uids[0]!, startsAt: instantAt('2027-03-10', '17:00'), scope: 'all' });
    expect(await dates(seriesId)).toEqual(wednesdays('2027-03-10', 4));
  });

  it('may give it to a colleague', async () => {
    const { uids, link, seriesId } = await booked(3);
    await move(link, { uid: uids[0]!, startsAt: instantAt('2026-12-02', '17:00'), therapistId: 'jun', scope: 'all' });
    expect(await dates(seriesId)).toEqual(wednesdays('2026-12-02', 3, '17:00', 'jun'));
    expect((await getSeries(link, seriesId))!.therapist.id).toBe('jun');
  });

  it('may overlap its own old times', async () => {
    const { uids, link, seriesId } = await booked(3);
    expect(await move(link, { uid: uids[1]!, startsAt: instantAt('2026-12-08', '17:45'), scope: 'all' })).toMatchObject(
      {
        ok: true,
      },
    );
    expect(await dates(seriesId)).toEqual(wednesdays('2026-12-01', 3, '17:45'));
  });

  it('moves only what follows, when that is asked', async () => {
    const { uids, link, seriesId } = await booked();
    await move(link, { uid: uids[2]!, startsAt: instantAt('2026-12-16', '17:00'), scope: 'following' });
    expect(await dates(seriesId)).toEqual([
      ...wednesdays('2026-12-01', 2, '18:00'),
      ...wednesdays('2026-12-16', 2, '17:00'),
    ]);
  });

  it('leaves a date that was moved by hand where it is', async () => {
    const { uids, link, seriesId } = await booked();
    await move(link, { uid: uids[1]!, startsAt: instantAt('2026-12-10', '14:00'), scope: 'this' });
    await move(link, { uid: uids[0]!, startsAt: instantAt('2026-12-02', '17:00'), scope: 'all' });
    const [first, , third, fourth] = wednesdays('2026-12-02', 4);
    expect(await dates(seriesId)).toEqual([first, '2026-12-10 14:00 mira', third, fourth]);
  });

  it('leaves a date that was given to a colleague by hand with that colleague', async () => {
    const { uids, link, seriesId } = await booked();
    const second = { uid: uids[1]!, startsAt: instantAt('2026-12-08', '18:00') };
    await move(link, { ...second, therapistId: 'jun', scope: 'this' });
    await move(link, { uid: uids[0]!, startsAt: instantAt('2026-12-02', '17:00'), scope: 'all' });
    const [first, , third, fourth] = wednesdays('2026-12-02', 4);
    expect(await dates(seriesId)).toEqual([first, '2026-12-08 18:00 jun', third, fourth]);
    await move(link, { ...second, startsAt: instantAt('2026-12-09', '17:00'), therapistId: 'mira', scope: 'this' });
    await move(link, { uid: uids[0]!, startsAt: instantAt('2026-12-03', '16:00'), scope: 'all' });
    expect(await dates(seriesId)).toEqual(wednesdays('2026-12-03', 4, '16:00'));
  });

  it('extends from the plan’s new time when the last date had been moved by hand', async () => {
    const { uids, link, seriesId } = await booked();
    await move(link, { uid: uids[3]!, startsAt: instantAt('2026-12-23', '14:00'), scope: 'this' });
    await move(link, { uid: uids[0]!, startsAt: instantAt('2026-12-03', '17:00'), scope: 'all' });
    expect(await extendSeries(OWNER_VIEWER, { seriesId, sessions: 1 }, { now: NOW })).toMatchObject({
      ok: true,
      dates: [{ position: 5, startsAt: instantAt('2026-12-31', '17:00') }],
    });
  });

  it('takes the earlier dates along after the later ones were given to another therapist', async () => {
    const { uids, link, seriesId } = await booked();
    await move(link, {
      uid: uids[2]!,
      startsAt: instantAt('2026-12-15', '18:00'),
      therapistId: 'jun',
      scope: 'following',
    });
    await move(link, { uid: uids[0]!, startsAt: instantAt('2026-12-02', '17:00'), scope: 'all' });
    const [third, fourth] = wednesdays('2026-12-16', 2, '17:00', 'jun');
    expect(await dates(seriesId)).toEqual([...wednesdays('2026-12-02', 2), third, fourth]);
  });

  it('leaves a date past its cutoff, and is refused when that is the named date', async () => {
    const { uids, link, seriesId } = await booked(3);
    const late = instantAt('2026-12-01', '18:00') - 11 * HOUR;
    const to = { startsAt: instantAt('2026-12-09', '17:00'), scope: 'all' as const };
    expect(await move(link, { ...to, uid: uids[0]! }, late)).toEqual({ ok: false, reason: 'cutoff' });
    expect(await move(link, { ...to, uid: uids[1]! }, late)).toMatchObject({ ok: true });
    expect(await dates(seriesId)).toEqual(['2026-12-01 18:00 mira', ...wednesdays('2026-12-09', 2)]);
  });

  it('moves only the therapist’s own dates of a shared series', async () => {
    const starts = listWeeklyInstants('2026-12-01', '18:00', 3);
    const { uids, seriesId } = await booked(3, {
      appointments: starts.map((startsAt, k) => ({
        startsAt,
        therapistId: k === 1 ? 'jun' : 'mira',
        serviceId: 'swedish',
      })),
    });
    expect(await move(MIRA, { uid: uids[0]!, startsAt: instantAt('2026-12-02', '17:00'), scope: 'all' })).toMatchObject(
      {
        ok: true,
      },
    );
    expect(await dates(seriesId)).toEqual(['2026-12-02 17:00 mira', '2026-12-08 18:00 jun', '2026-12-16 17:00 mira']);
  });
});

describe('moving a whole series is refused', () => {
  const to = { startsAt: instantAt('2026-12-02', '17:00'), scope: 'all' as const };

  it('when one date is taken by another client', async () => {
    const { uids, link, seriesId } = await booked();
    await booked(1, { client: { name: 'Nia Walsh', email: 'nia@example.org' } }, '2026-12-16', '17:30');
    const before = await dates(seriesId);
    const refused = await move(link, { ...to, uid: uids[0]! });
    expect(refused).toMatchObject({
      reason: 'taken',
      clashes: [{ position: 3, startsAt: instantAt('2026-12-16', '17:00'), reason: 'booked' }],
    });
    expect(!refused.ok && refused.reason === 'taken' && refused.clashes[0]!.alternatives.length).toBeGreaterThan(0);
    expect(await dates(seriesId)).toEqual(before);
    expect(await messages()).toEqual([]);
  });

  it('when dates fall in time off or on a holiday, and names each of them', async () => {
    const { uids, link } = await booked();
    await db.write(async (tx) => {
      await insertTestTimeOff(tx, 'mira', ['2026-12-09', '00:00'], ['2026-12-10', '00:00']);
      await tx.insert(holidays).values({ on: '2026-12-16', name: 'Day of the Test' });
    });
    expect(await move(link, { ...to, uid: uids[0]! })).toMatchObject({
      reason: 'taken',
      clashes: [
        { position: 2, reason: 'time_off' },
        { position: 3, reason: 'holiday' },
      ],
    });
  });

  it('when two of its dates would overlap', async () => {
    const { uids, link, seriesId } = await booked();
    await move(link, { uid: uids[1]!, startsAt: instantAt('2026-12-16', '17:00'), scope: 'this' });
    const before = await dates(seriesId);
    expect(await move(link, { ...to, uid: uids[0]! })).toMatchObject({
      reason: 'invalid',
      issues: [{ path: ['startsAt'] }],
    });
    expect(await dates(seriesId)).toEqual(before);
  });

  it('when the page it was requested from is out of date', async () => {
    const { uids, link, seriesId } = await booked();
    await move(link, { uid: uids[3]!, startsAt: instantAt('2026-12-23', '14:00'), scope: 'this' });
    expect(await move(link, { ...to, uid: uids[0]!, seriesVersion: 1 })).toEqual({ ok: false, reason: 'conflict' });
    expect((await dates(seriesId))[0]).toBe('2026-12-01 18:00 mira');
  });

  it.each([
    ['a time that is past', instantAt('2026-11-20', '17:00')],
    ['a time nobody works', instantAt('2026-12-05', '18:00')],
    ['a time off the grid', instantAt('2026-12-02', '17:07')],
  ])('when it is asked for %s', async (_, startsAt) => {
    const { uids, link, seriesId } = await booked();
    const before = await dates(seriesId);
    expect(await move(link, { uid: uids[0]!, startsAt, scope: 'all' })).toMatchObject({ reason: 'invalid' });
    expect(await dates(seriesId)).toEqual(before);
  });
});

describe('the preview of a whole move', () => {
  it('lists where every date would go and which would clash, and changes nothing', async () => {
    const { uids, link, seriesId } = await booked();
    await booked(1, { client: { name: 'Nia Walsh', email: 'nia@example.org' } }, '2026-12-16', '17:30');
    const before = await dates(seriesId);
    const preview = await previewMove(
      link,
      { uid: uids[0]!, startsAt: instantAt('2026-12-02', '17:00'), scope: 'all' },
      { now: NOW },
    );
    expect(preview).toMatchObject({
      ok: true,
      moves: [
        { position: 1, startsAt: instantAt('2026-12-02', '17:00'), clash: null },
        { position: 2, clash: null },
        { position: 3, clash: 'booked' },
        { position: 4, clash: null },
      ],
    });
    expect(await dates(seriesId)).toEqual(before);
    expect(await messages()).toEqual([]);
  });
  it('is refused for what could never be granted, and for another client’s series', async () => {
    const { uids, link } = await booked();
    const nowhere = { uid: uids[0]!, startsAt: instantAt('2026-12-05', '18:00'), scope: 'all' as const };
    expect(await previewMove(link, nowhere, { now: NOW })).toMatchObject({ reason: 'invalid' });
    const to = { uid: uids[0]!, startsAt: instantAt('2026-12-02', '17:00'), scope: 'all' as const };
    expect(await previewMove(linkViewer('another'), to, { now: NOW })).toEqual({ ok: false, reason: 'not_found' });
  });
});

describe('two series moved to one time at once', () => {
  it('have one winner', async () => {
    const [own, others] = [
      await booked(3),
      await booked(3, { client: { name: 'Nia Walsh', email: 'nia@example.org' } }, '2026-12-03', '18:00'),
    ];
    const to = { startsAt: instantAt('2026-12-02', '17:00'), scope: 'all' as const };
    const results = await Promise.all([
      move(own.link, { ...to, uid: own.uids[0]! }),
      move(others.link, { ...to, uid: others.uids[0]! }),
    ]);
    expect(results.map((result) => (result.ok ? 'moved' : result.reason)).sort()).toEqual(['moved', 'taken']);
  });
});
