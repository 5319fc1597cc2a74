import { beforeEach, expect, it, vi } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { listTimeOff } from '@/db/booking/time-off';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';

// next-auth is mocked down to whose session the cookie opens; who that user is comes from the database.
const session = vi.hoisted((): { userId: string | null } => ({ userId: 'mira' }));
vi.mock('next-auth', () => ({ default: () => undefined, getServerSession: async () => session }));
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

const { blockTime } = await import('./actions');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
setUpTestDatabase({ now: NOW });
beforeEach(() => {
  session.userId = 'mira';
});

/** The address that the action redirects to. */
async function send(fields: Record<string, string> = {}): Promise<string> {
  const form = new FormData();
  const filled = { who: 'mira', from: '2026-12-01', at: '12:30', to: '13:15', kind: 'break', back: 'on=2026-12-01' };
  for (const [field, value] of Object.entries({ ...filled, ...fields })) form.set(field, value);
  try {
    await blockTime(form);
  } catch (error) {
    const { digest = '' } = error as { digest?: string };
    if (!digest.startsWith('NEXT_REDIRECT')) throw error;
    return digest.split(';')[2] ?? '';
  }
  throw new Error('It led nowhere.');
}
const blocked = async () =>
  (await listTimeOff(OWNER_VIEWER, { now: NOW })).map(({ startsAt, endsAt }) => [startsAt, endsAt]);
const shown = (flash: string) => `/practice/calendar?on=2026-12-01&flash=${flash}`;

it('blocks the selected time, and comes back to the calendar', async () => {
  expect(await send()).toBe(shown('blocked'));
  expect(await blocked()).toEqual([[instantAt('2026-12-01', '12:30'), instantAt('2026-12-01', '13:15')]]);
});

it('asks whether hours over several days are meant for each day, and takes one night as a single block', async () => {
  expect(await send({ until: '2026-12-04' })).toMatch(
    /^\/practice\/time-off\?who=mira&from=2026-12-01&at=12%3A30&until=2026-12-04&to=13%3A15&kind=break$/,
  );
  expect(await blocked()).toEqual([]);
  expect(await send({ at: '18:00', until: '2026-12-02', to: '09:00' })).toBe(shown('blocked'));
  expect(await blocked()).toEqual([[instantAt('2026-12-01', '18:00'), instantAt('2026-12-02', '09:00')]]);
  expect(await send({ until: '2026-11-30' })).toBe(shown('not_blocked'));
  expect(await send({ from: '2026-12-03', until: '2026-12-05', span: 'each', at: '06:00', to: '06:30' })).toBe(
    shown('blocked'),
  );
  expect((await blocked()).slice(-3)).toEqual(
    ['2026-12-03', '2026-12-04', '2026-12-05'].map((on) => [instantAt(on, '06:00'), instantAt(on, '06:30')]),
  );
  expect(await send({ until: '2026-12-09', from: '2026-12-07', span: 'one', to: '13:00' })).toBe(shown('blocked'));
  expect((await blocked()).at(-1)).toEqual([instantAt('2026-12-07', '12:30'), instantAt('2026-12-09', '13:00')]);
});

it('blocks nothing where somebody is booked, and leads to the page that names them', async () => {
  const booked = await bookSeries(
    ANONYMOUS_VIEWER,
    makeSeriesRequest(instantAt('2026-12-01', '13:00'), { therapistId: 'mira' }),
    { now: NOW },
  );
  expect(booked).toMatchObject({ ok: true });
  expect(await send()).toMatch(/^\/practice\/time-off\?who=mira&from=2026-12-01&at=12%3A30&.*#booked-then$/);
  expect(await blocked()).toEqual([]);
});

it('refuses a malformed request: backwards, past, without a time or of an unknown kind', async () => {
  const wrong: Record<string, string>[] = [
    { to: '12:00' },
    { from: '2026-11-01' },
    { at: '' },
    { to: '' },
    { from: 'soon' },
    { kind: 'party' },
  ];
  for (const fields of wrong) expect(await send(fields)).toBe(shown('not_blocked'));
  expect(await blocked()).toEqual([]);
});

it('is refused for somebody who does not work here, and for a therapist over a colleague’s time', async () => {
  expect(await send({ who: 'tom' })).toBe(shown('not_blocked'));
  session.userId = null;
  expect(await send()).toBe('/sign-in');
  expect(await blocked()).toEqual([]);
});
