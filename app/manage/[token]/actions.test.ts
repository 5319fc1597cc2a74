import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { reader } from '@/db/connection/database-client';
import { appointments, series } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import {
  addDatesByLink,
  bookCancelledDate,
  bookSkippedDate,
  cancelByLink,
  moveByLink,
  pausePlanByLink,
} from './actions';

vi.mock('next/headers', () => ({ headers: async () => new Headers() }));
vi.stubEnv('RATE_LIMITS', 'off');
vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
setUpTestDatabase({ now: NOW });

let token = '';
let otherToken = '';
let uids: string[] = [];

beforeEach(async () => {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 3)), {
    now: NOW,
  });
  const other = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-02', '18:00')), { now: NOW });
  if (!booked.ok || !other.ok) throw new Error('The cast could not book.');
  [token, otherToken] = [booked.manageToken, other.manageToken];
  uids = booked.appointments.map(({ uid }) => uid);
});

async function send(action: (form: FormData) => Promise<void>, fields: Record<string, string>): Promise<string> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  try {
    await action(form);
  } catch (error) {
    return String((error as { digest?: unknown }).digest).split(';')[2] ?? '';
  }
  return '';
}

async function look(uid: string | undefined) {
  const [found] = await (await reader())
    .select()
    .from(appointments)
    .where(eq(appointments.id, uid ?? ''));
  return found;
}

describe('a manage link', () => {
  it('cancels one date and those after it', async () => {
    expect(await send(cancelByLink, { token, uid: uids[1] ?? '', scope: 'following' })).toContain('flash=cancelled');
    expect((await Promise.all(uids.map(look))).map((entry) => entry?.status)).toEqual([
      'booked',
      'cancelled',
      'cancelled',
    ]);
  });
  it('moves one date', async () => {
    const to = instantAt('2026-12-03', '17:00');
    expect(await send(moveByLink, { token, uid: uids[0] ?? '', to: String(to), with: 'mira' })).toContain(
      'flash=moved',
    );
    expect((await look(uids[0]))?.startAt).toBe(to);
  });
  it('cancels nothing if another date of the plan was moved since the page was shown', async () => {
    const stale = { token, uid: uids[1] ?? '', scope: 'all', version: '1', seriesVersion: '1' };
    await send(moveByLink, { token, uid: uids[2] ?? '', to: String(instantAt('2026-12-17', '17:00')), with: 'mira' });
    expect(await send(cancelByLink, stale)).toContain('flash=conflict');
    expect((await Promise.all(uids.map(look))).map((entry) => entry?.status)).toEqual(['booked', 'booked', 'booked']);
    expect(await send(cancelByLink, { ...stale, seriesVersion: '2' })).toContain('flash=cancelled');
  });
  it('moves one date and those after it', async () => {
    const to = String(instantAt('2026-12-09', '17:00'));
    expect(await send(moveByLink, { token, uid: uids[1] ?? '', to, scope: 'following' })).toContain('flash=moved');
    expect((await Promise.all(uids.map(look))).map((entry) => entry?.startAt)).toEqual([
      instantAt('2026-12-01', '18:00'),
      instantAt('2026-12-09', '17:00'),
      instantAt('2026-12-16', '17:00'),
    ]);
  });
  it('moves its dates, and repairs those that clash as chosen', async () => {
    const to = String(instantAt('2026-12-02', '16:00'));
    const fields = { token, uid: uids[0] ?? '', to, on: '2026-12-02', time: '16:00', scope: 'all' };
    const refusedHref = await send(moveByLink, { ...fields, d2: '2026-12-12T03:00@mira', d3: 'skip' });
    expect(refusedHref).toContain('/move?');
    expect(new URLSearchParams(refusedHref.split('?')[1]?.split('#')[0])).toEqual(
      new URLSearchParams({
        uid: fields.uid,
        flash: 'taken',
        scope: 'all',
        on: '2026-12-02',
        time: '16:00',
        d2: '2026-12-12T03:00@mira',
        d3: 'skip',
      }),
    );
    const result = await send(moveByLink, { ...fields, d2: '2026-12-10T16:00@mira', d3: 'skip' });
    expect(result).toContain(`flash=moved_along&of=${fields.uid}&along=all`);
    expect(await Promise.all(uids.map(look))).toMatchObject([
      { startAt: instantAt('2026-12-02', '16:00') },
      { startAt: instantAt('2026-12-10', '16:00') },
      { startAt: instantAt('2026-12-15', '18:00'), status: 'cancelled' },
    ]);
  });
  it('pauses the dates of two weeks as shown, and only once', async () => {
    const until = instantAt('2026-12-15', '00:00');
    const shown = { token, version: '1', pause: `${until} 2` };
    for (const pause of [`${until} 1`, `${until + 1} 2`, `${until}`, '', 'x 2'])
      expect(await send(pausePlanByLink, { ...shown, pause })).toContain('flash=conflict');
    expect(await send(pausePlanByLink, { token })).toContain('flash=conflict');
    expect(await send(pausePlanByLink, { ...shown, token: 'made-up' })).toContain('flash=not_found');
    expect(await send(pausePlanByLink, shown)).toContain('flash=paused');
    expect(await send(pausePlanByLink, shown)).toContain('flash=conflict');
    expect((await Promise.all(uids.map(look))).map((entry) => entry?.status)).toEqual([
      'cancelled',
      'cancelled',
      'booked',
    ]);
  });
  it('adds dates to its series, and only once when pressed repeatedly', async () => {
    expect(await send(addDatesByLink, { token, more: '2', seriesVersion: '1' })).toContain('flash=extended&added=4-5#');
    expect(await send(addDatesByLink, { token, more: '2', seriesVersion: '1' })).toContain('flash=conflict');
    expect(await send(addDatesByLink, { token, more: '999', seriesVersion: '2' })).toContain('/extend?');
    expect(await (await reader()).select().from(appointments)).toHaveLength(3 + 1 + 2);
  });
  it('adds the dates that are free, and leaves out the one that is taken', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-22', '18:00')), { now: NOW });
    const fields = { token, more: '3', seriesVersion: '1' };
    expect(await send(addDatesByLink, fields)).toContain('/extend?more=3&flash=taken');
    expect(await send(addDatesByLink, { ...fields, d4: 'skip' })).toContain('flash=extended&added=5-6#');
    const { token: own, ...rest } = fields;
    expect(await send(addDatesByLink, { ...rest, token: own, d4: 'skip' })).toContain('flash=conflict');
    expect(await (await reader()).select().from(appointments)).toHaveLength(3 + 1 + 1 + 2);
  });
  it('books a cancelled date again, and says where it was taken meanwhile', async () => {
    const uid = uids[1]!;
    const restore = async () => {
      const [plan] = await (await reader())
        .select()
        .from(series)
        .where(eq(series.id, (await look(uid))!.seriesId));
      return send(bookCancelledDate, { token, uid, seriesVersion: `${plan!.version}` });
    };
    expect(await restore()).toContain('flash=conflict');
    await send(cancelByLink, { token, uid, scope: 'this', version: '1' });
    expect(await send(bookCancelledDate, { token: 'made-up', uid, seriesVersion: '2' })).toContain('flash=not_found');
    expect(await restore()).toContain('flash=extended&added=2#');
    expect(await look(uid)).toMatchObject({ status: 'booked' });
    await send(cancelByLink, { token, uid, scope: 'this', version: '3' });
    const { startAt } = (await look(uid))!;
    const taken = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(startAt), { now: NOW });
    expect(taken.ok).toBe(true);
    expect(await restore()).toContain(`/extend?cancelled=${uid}`);
  });
  it('adds a date at another time where its own is taken, and keeps that choice where it is taken too', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-22', '18:00')), { now: NOW });
    const fields = { token, more: '2', seriesVersion: '1' };
    expect(await send(addDatesByLink, { ...fields, d4: '2026-12-22T18:00@mira' })).toContain(
      '/extend?more=2&flash=taken&d4=2026-12-22T18%3A00%40mira',
    );
    expect(await send(addDatesByLink, { ...fields, d4: '2026-12-22T14:00@mira' })).toContain(
      'flash=extended&added=4-5#',
    );
  });
  it('treats a token that is cut in the middle of a character as unknown', async () => {
    const cut = `${'x'.repeat(199)}😀`;
    for (const token of [cut, '\ud83d', 'a\udc00b'])
      for (const action of [cancelByLink, moveByLink, addDatesByLink])
        expect(await send(action, { token, uid: 'u', scope: 'this' })).toContain('flash=not_found');
  });
  it('books a skipped date, and only once when pressed repeatedly', async () => {
    const [first, , third] = listWeeklyInstants('2026-12-01', '12:00', 3) as [number, number, number];
    const skipping = await bookSeries(
      ANONYMOUS_VIEWER,
      makeSeriesRequest([first, third], {
        appointments: [first, third].map((startsAt, k) => {
          return { position: 2 * k + 1, startsAt, therapistId: 'mira', serviceId: 'swedish' };
        }),
        standing: { firstOn: '2026-12-01', time: '12:00', therapistId: 'mira' },
        skipped: [{ position: 2, on: '2026-12-08' }],
      }),
      { now: NOW },
    );
    if (!skipping.ok) throw new Error('The cast could not book.');
    const fields = { token: skipping.manageToken, position: '2', seriesVersion: '1' };
    expect(await send(bookSkippedDate, { ...fields, token: otherToken })).toContain('flash=not_found');
    expect(await send(bookSkippedDate, fields)).toContain('flash=extended');
    expect(await send(bookSkippedDate, fields)).toContain('flash=not_found');
    expect(await (await reader()).select().from(appointments)).toHaveLength(3 + 1 + 3);
  });
  it('leads back to the free times when the chosen one is gone', async () => {
    const fields = { token, uid: uids[0] ?? '', to: String(instantAt('2026-12-02', '18:00')), with: 'mira' };
    expect(await send(moveByLink, fields)).toContain('/move?');
    expect((await look(uids[0]))?.startAt).toBe(instantAt('2026-12-01', '18:00'));
  });
});

describe('a request changes nothing', () => {
  it.each([
    ['by the link of another series', () => otherToken],
    [
      'by a link with one character changed',
      () => `${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.at(-1)}`,
    ],
    ['by a link cut short', () => token.slice(0, -1)],
    ['without a link', () => ''],
  ])('%s', async (_, key) => {
    expect(await send(cancelByLink, { token: key(), uid: uids[0] ?? '', scope: 'all' })).toContain('flash=not_found');
    await send(addDatesByLink, { token: key(), more: '1' });
    await send(moveByLink, {
      token: key(),
      uid: uids[0] ?? '',
      to: String(instantAt('2026-12-03', '17:00')),
      with: 'mira',
    });
    expect(await look(uids[0])).toMatchObject({
      status: 'booked',
      startAt: instantAt('2026-12-01', '18:00'),
      version: 1,
    });
  });
  it('with an invalid scope, time or version', async () => {
    await send(cancelByLink, { token, uid: uids[0] ?? '', scope: 'everything' });
    await send(cancelByLink, { token, uid: uids[0] ?? '', scope: 'this', version: '99' });
    await send(moveByLink, { token, uid: uids[0] ?? '', to: '1e309', with: 'mira' });
    await send(moveByLink, {
      token,
      uid: uids[0] ?? '',
      to: String(instantAt('2026-12-03', '17:00')),
      with: 'mira',
      scope: 'x',
    });
    await send(moveByLink, { token, uid: uids[0] ?? '', to: String(instantAt('2026-12-03', '03:07')), with: 'mira' });
    expect(await look(uids[0])).toMatchObject({
      status: 'booked',
      startAt: instantAt('2026-12-01', '18:00'),
      version: 1,
    });
  });
});
