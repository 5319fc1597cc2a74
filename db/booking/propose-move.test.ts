import { describe, expect, it } from 'vitest';
import type { Viewer } from '@/db/access/viewer';
import { getSeries } from '@/db/appointments/series';
import { prepareMailFacts } from '@/db/delivery/prepare-mail-facts';
import { leaseDueMessages, markSent } from '@/db/messages/outbox-delivery';
import { holidays } from '@/db/schema';
import { insertTestTimeOff, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { addDays } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';
import { bookSeries } from './book-series';
import { moveAppointments } from './move-appointments';
import { listStandingTimesToMoveTo, proposeMove } from './propose-move';

const db = setUpTestDatabase({ now: NOW });
const MINUTE = 60_000;

/** Books Ana's four Tuesdays at 18:00 with Mira, from 1 December. */
async function booked(therapistId = 'mira') {
  const request = makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 4), { therapistId });
  const result = await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW });
  if (!result.ok) throw new Error(JSON.stringify(result));
  return {
    link: linkViewer(result.seriesId),
    seriesId: result.seriesId,
    uids: result.appointments.map(({ uid }) => uid),
  };
}
const closeOn = (on: string, name: string) => db.write((tx) => tx.insert(holidays).values({ on, name }));
const offOn = (on: string) => db.write((tx) => insertTestTimeOff(tx, 'mira', [on, '00:00'], [addDays(on, 1), '00:00']));
async function standing(viewer: Viewer, seriesId: string) {
  const view = await getSeries(viewer, seriesId);
  return view!.appointments.map(({ startsAt, status, isMoved }) => {
    const { on, time } = toWallTime('Europe/Dublin', startsAt);
    return `${on} ${time} ${status}${isMoved ? ' moved' : ''}`;
  });
}

describe('the proposal for moving several dates', () => {
  it('names the holiday that one date falls on, and offers other times for it', async () => {
    const { link, uids } = await booked();
    await closeOn('2026-12-16', 'Practice day');
    const proposal = await proposeMove(
      link,
      { uid: uids[0]!, startsAt: instantAt('2026-12-02', '17:00'), scope: 'all' },
      { now: NOW },
    );
    if (!proposal.ok) throw new Error(proposal.reason);
    expect(proposal.dates.map(({ clash }) => clash)).toEqual([
      null,
      null,
      { reason: 'holiday', reasonDetail: 'Practice day' },
      null,
    ]);
    const [, , third] = proposal.dates;
    expect(third).toMatchObject({
      position: 3,
      movedFrom: instantAt('2026-12-15', '18:00'),
      mayStay: true,
      maySkip: true,
    });
    expect(third!.alternatives.length).toBeGreaterThan(0);
    expect(third!.alternatives.every(({ start }) => toWallTime('Europe/Dublin', start).on !== '2026-12-16')).toBe(true);
  });

  it('counts the present times of these dates as free', async () => {
    const { link, uids } = await booked();
    const request = { uid: uids[0]!, startsAt: instantAt('2026-12-01', '18:30'), scope: 'all' as const };
    const proposal = await proposeMove(link, request, { now: NOW });
    expect(proposal).toMatchObject({ ok: true, dates: Array(4).fill({ clash: null }) });
  });

  it('is not shown to other clients', async () => {
    const { uids } = await booked();
    const stranger = (await booked('jun')).link;
    const request = { uid: uids[0]!, startsAt: instantAt('2026-12-02', '17:00'), scope: 'all' as const };
    expect(await proposeMove(stranger, request, { now: NOW })).toEqual({ ok: false, reason: 'not_found' });
    const places = { uid: uids[0]!, scope: 'all' as const, from: '2026-11-30', days: 7 };
    expect(await listStandingTimesToMoveTo(stranger, places, { now: NOW })).toBeNull();
  });
});

describe('the weekdays and hours to which several dates can move', () => {
  it('show how many of the dates are free there, and leave out their present time', async () => {
    const { link, uids } = await booked();
    await offOn('2026-12-09');
    const places = await listStandingTimesToMoveTo(
      link,
      { uid: uids[0]!, scope: 'all', from: '2026-11-30', days: 7 },
      { now: NOW },
    );
    const placeAt = (on: string, time: string) => places!.find((place) => place.firstOn === on && place.time === time);
    expect(placeAt('2026-12-01', '18:00')).toBeUndefined();
    expect(placeAt('2026-12-01', '18:30')).toMatchObject({ open: 4 });
    expect(placeAt('2026-12-02', '17:00')).toMatchObject({
      open: 3,
      occurrences: [{ on: '2026-12-02' }, { on: '2026-12-09', open: false }, {}, {}],
    });
  });

  it('are only for the remaining dates, when only these are to move', async () => {
    const { link, uids } = await booked();
    const request = { uid: uids[2]!, scope: 'following' as const, from: '2026-12-14', days: 7 };
    const places = await listStandingTimesToMoveTo(link, request, { now: NOW });
    expect(places!.find(({ firstOn, time }) => firstOn === '2026-12-16' && time === '17:00')!.occurrences).toHaveLength(
      2,
    );
  });
});

describe('a move in which some dates are repaired', () => {
  const to = instantAt('2026-12-02', '17:00');
  const move = (link: Viewer, uid: string, repairs: Parameters<typeof moveAppointments>[1]['repairs']) =>
    moveAppointments(link, { uid, startsAt: to, scope: 'all', repairs }, { now: NOW });

  it('moves one date elsewhere, keeps one, cancels one, and moves the others', async () => {
    const { link, uids, seriesId } = await booked();
    await closeOn('2026-12-09', 'Practice day');
    const repairs = [
      { position: 2, choice: 'move' as const, startsAt: instantAt('2026-12-10', '17:00'), therapistId: 'mira' },
      { position: 3, choice: 'stay' as const },
      { position: 4, choice: 'skip' as const },
    ];
    expect(await move(link, uids[0]!, repairs)).toEqual({ ok: true, seriesId });
    expect(await standing(link, seriesId)).toEqual([
      '2026-12-02 17:00 booked',
      '2026-12-10 17:00 booked moved',
      '2026-12-15 18:00 booked moved',
      '2026-12-22 18:00 cancelled moved',
    ]);
  });

  it('sends the client one e-mail, with what was moved and what was cancelled', async () => {
    const { link, uids } = await booked();
    for (const { id } of await leaseDueMessages('w', NOW, 50))
      if (await prepareMailFacts(id, 'w', NOW)) await markSent(id, 'w', NOW);
    await move(link, uids[0]!, [{ position: 4, choice: 'skip' }]);
    const later = NOW + 10 * MINUTE;
    const kinds: string[] = [];
    for (const { id, toEmail } of await leaseDueMessages('w', later, 50)) {
      const mail = await prepareMailFacts(id, 'w', later);
      if (mail && toEmail === 'ana@example.org') kinds.push(mail.notification.kind);
    }
    expect(kinds).toEqual(['changed']);
  });

  it('is refused as a whole where a repair is taken, and then cancels nothing', async () => {
    const { link, uids, seriesId } = await booked();
    await offOn('2026-12-10');
    const repairs = [
      { position: 2, choice: 'move' as const, startsAt: instantAt('2026-12-10', '17:00'), therapistId: 'mira' },
      { position: 4, choice: 'skip' as const },
    ];
    expect(await move(link, uids[0]!, repairs)).toMatchObject({
      ok: false,
      reason: 'taken',
      clashes: [{ position: 2 }],
    });
    expect((await standing(link, seriesId)).every((date) => date.endsWith('18:00 booked'))).toBe(true);
  });

  it('can repair the named date too', async () => {
    const { link, uids, seriesId } = await booked();
    await closeOn('2026-12-02', 'Practice day');
    expect(await move(link, uids[0]!, [])).toMatchObject({
      ok: false,
      reason: 'taken',
      clashes: [{ reason: 'holiday' }],
    });
    expect(await move(link, uids[0]!, [{ position: 1, choice: 'stay' }])).toMatchObject({ ok: true });
    expect(await standing(link, seriesId)).toEqual([
      '2026-12-01 18:00 booked moved',
      '2026-12-09 17:00 booked',
      '2026-12-16 17:00 booked',
      '2026-12-23 17:00 booked',
    ]);
  });

  it('is refused when two dates would overlap, or when it repairs a date that is not part of it', async () => {
    const { link, uids } = await booked();
    const onto = {
      position: 2,
      choice: 'move' as const,
      startsAt: instantAt('2026-12-16', '17:00'),
      therapistId: 'jun',
    };
    expect(await move(link, uids[0]!, [onto])).toMatchObject({ ok: false, reason: 'invalid' });
    expect(await move(link, uids[0]!, [{ position: 9, choice: 'skip' }])).toEqual({ ok: false, reason: 'conflict' });
    const unchanged = [1, 2, 3, 4].map((position) => ({ position, choice: 'stay' as const }));
    expect(await move(link, uids[0]!, unchanged)).toMatchObject({ ok: false, reason: 'invalid' });
  });

  it('cancels nothing that is too near to be cancelled', async () => {
    const { link, uids } = await booked();
    const now = instantAt('2026-12-01', '00:00');
    const request = { uid: uids[0]!, startsAt: to, scope: 'all' as const };
    expect(await moveAppointments(link, { ...request, repairs: [{ position: 1, choice: 'skip' }] }, { now })).toEqual({
      ok: false,
      reason: 'cutoff',
    });
    expect(await proposeMove(link, request, { now })).toMatchObject({
      ok: true,
      dates: [{ maySkip: false }, {}, {}, {}],
    });
  });
});
