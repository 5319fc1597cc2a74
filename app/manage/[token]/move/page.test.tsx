import { prerender } from 'react-dom/static';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { getManageToken } from '@/db/access/manage-tokens';
import { bookSeries } from '@/db/booking/book-series';
import { moveAppointments } from '@/db/booking/move-appointments';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';

vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));
vi.stubEnv('RATE_LIMITS', 'off');

const { default: MovePage } = await import('./page');
const { default: ManagePage } = await import('../page');
const { default: CancelPage } = await import('../cancel/page');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
setUpTestDatabase({ now: NOW });
beforeEach(() => vi.setSystemTime(NOW));

/** Six Tuesdays at 18:00 from 1 December. The client has moved the third, and the first is too near by now. */
async function book() {
  const request = makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 6));
  const booked = await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW });
  if (!booked.ok) throw new Error(booked.reason);
  const link = linkViewer(booked.seriesId);
  const uids = booked.appointments.map(({ uid }) => uid);
  const alone = { uid: uids[2]!, startsAt: instantAt('2026-12-16', '17:30'), scope: 'this' } as const;
  expect(await moveAppointments(link, alone, { now: NOW })).toMatchObject({ ok: true });
  vi.setSystemTime(instantAt('2026-12-01', '12:00'));
  return { link, uids, params: Promise.resolve({ token: await getManageToken(booked.seriesId) }) };
}

type Page = (props: {
  params: Promise<{ token: string }>;
  searchParams: Promise<Record<string, string>>;
}) => Promise<React.ReactNode>;

async function draw(page: Page, params: Promise<{ token: string }>, query: Record<string, string>) {
  const drawn = await page({ params, searchParams: Promise.resolve(query) });
  const html = await new Response((await prerender(drawn)).prelude).text();
  return html
    .replace(/<script.*?<\/script>/gs, '')
    .replace(/<!-- -->/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

const FIRST_STAYS = 'Tue 1 Dec stays: it is less than 12 hours away.';
const THIRD_STAYS = 'Wed 16 Dec stays at 17:30: you moved it there on its own.';

describe('the page on which several dates are moved', () => {
  it('counts the dates that move, and says of each other one why it stays', async () => {
    const { uids, params } = await book();
    const all = await draw(MovePage, params, { uid: uids[3]!, scope: 'all' });
    expect(all).toMatch(/Only this date This and later dates \(3\) All upcoming \(4\)/);
    expect(all).toContain('Move Tuesday 22 December at 18:00 and three of your five other upcoming dates');
    expect(all).toContain(FIRST_STAYS);
    expect(all).toContain(THIRD_STAYS);
    expect(all).toContain('how many of these four dates are free');
    const later = await draw(MovePage, params, { uid: uids[3]!, scope: 'following' });
    expect(later).toContain('Move Tuesday 22 December at 18:00 and the two later dates');
    expect(later).not.toMatch(/stays?:/);
    expect(later).toContain('how many of these three dates are free');
    const one = await draw(MovePage, params, { uid: uids[3]!, scope: 'this' });
    expect(one).toContain('Move Tuesday 22 December at 18:00 With Mira');
  });

  it('moves as many as its button says, and says so afterwards', async () => {
    const { link, uids, params } = await book();
    const to = { on: '2026-12-23', time: '17:00' };
    const page = await draw(MovePage, params, { uid: uids[3]!, scope: 'all', ...to });
    expect(page).toMatch(/All upcoming \(4\)/);
    expect(page).toContain('and three of your five other upcoming dates');
    expect(page).toContain('and the other three to the same day of the week and hour.');
    expect(page).toContain('Move these four');
    expect(page).toContain(`${FIRST_STAYS} ${THIRD_STAYS}`);
    const move = { uid: uids[3]!, startsAt: instantAt(to.on, to.time), scope: 'all' } as const;
    expect(await moveAppointments(link, move, { now: Date.now() })).toMatchObject({ ok: true });
    const after = await draw(ManagePage, params, { flash: 'moved_along', of: uids[3]!, along: 'all' });
    expect(after).toContain('Four dates are moved The others stay as they were.');
    expect(after).not.toContain('in place of Wed 16 Dec');
    expect(after).toContain('in place of Tue 15 Dec');
  });

  it('leaves where it is what would move into the past, and says so', async () => {
    const { uids, params } = await book();
    vi.setSystemTime(instantAt('2026-12-07', '10:00'));
    const page = await draw(MovePage, params, { uid: uids[4]!, scope: 'all', on: '2026-12-27', time: '18:00' });
    expect(page).toContain('Tue 8 Dec stays: its new time would be in the past.');
    expect(page).toMatch(/All upcoming \(3\)/);
  });
});

it('counts on the page of a cancellation only what can still be cancelled', async () => {
  const { uids, params } = await book();
  const page = await draw(CancelPage, params, { uid: uids[1]!, scope: 'all' });
  expect(page).toMatch(/Only this date All upcoming \(5\)/);
  expect(page).toContain('Cancel five dates?');
  expect(page).toContain('Cancel these five');
});
