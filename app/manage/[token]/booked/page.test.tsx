import { prerender } from 'react-dom/static';
import { expect, it, vi } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { moveAppointments } from '@/db/booking/move-appointments';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';

vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const { default: BookedPage } = await import('./page');
const { default: ManagePage } = await import('../page');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
setUpTestDatabase({ now: NOW });

it('says that a date was elsewhere only where it really was booked there', async () => {
  // The plan is Tuesdays at 18:00; the third one was taken, and Wednesday chosen for it before anything was booked.
  const [first, second, , fourth] = listWeeklyInstants('2026-12-01', '18:00', 4) as [number, number, number, number];
  const request = makeSeriesRequest([first, second, instantAt('2026-12-16', '17:00'), fourth], {
    standing: { firstOn: '2026-12-01', time: '18:00', therapistId: 'mira' },
  });
  const booked = await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW });
  if (!booked.ok) throw new Error(booked.reason);
  const draw = async (page: typeof BookedPage) => {
    const drawn = await page({
      params: Promise.resolve({ token: booked.manageToken }),
      searchParams: Promise.resolve({}),
    });
    const html = await new Response((await prerender(drawn)).prelude).text();
    return html
      .replace(/<!-- -->/g, '')
      .replace(/<[^>]*>/g, ' ')
      .replace(/\s+/g, ' ');
  };
  for (const page of [BookedPage, ManagePage as typeof BookedPage]) {
    const words = await draw(page);
    expect(words).not.toMatch(/in place of|instead of| Moved |was moved/);
    expect(words).toContain('Swedish, not on your usual day');
  }
  expect(await draw(BookedPage)).toContain('One date has a time of its own.');

  const uid = booked.appointments[1]!.uid;
  const move = { uid, startsAt: instantAt('2026-12-09', '17:00'), scope: 'this' } as const;
  const result = await moveAppointments(linkViewer(booked.seriesId), move, { now: NOW });
  expect(result).toMatchObject({ ok: true });
  for (const page of [BookedPage, ManagePage as typeof BookedPage])
    expect(await draw(page)).toContain('Swedish, in place of Tue 8 Dec');
  expect(await draw(BookedPage)).toContain('One Tuesday moved to a Wednesday. One date has a time of its own.');
});
