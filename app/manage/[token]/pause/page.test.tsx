import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, expect, it, vi } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';

vi.mock('next/headers', () => ({ headers: async () => new Headers() }));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const { default: PausePage } = await import('./page');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
setUpTestDatabase({ now: NOW });
beforeEach(() => vi.setSystemTime(NOW));

async function draw(starts: number | number[]) {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(starts), { now: NOW });
  if (!booked.ok) throw new Error(booked.reason);
  return async () =>
    renderToStaticMarkup(await PausePage({ params: Promise.resolve({ token: booked.manageToken }) })).replace(
      /<[^>]+>/g,
      ' ',
    );
}

it('says of each pause which dates it leaves out, counted from the first of them, and which comes next', async () => {
  const look = await draw(listWeeklyInstants('2026-12-01', '18:00', 4));
  // The first date can no longer be cancelled.
  vi.setSystemTime(instantAt('2026-12-01', '12:00'));
  const words = (await look()).replace(/\s+/g, ' ');
  expect(words).toMatch(
    /1 week Leaves out Tue 8 Dec\. Your next date after that is Tue 15 Dec at 18:00\. 2 weeks Leaves out Tue 8 Dec and Tue 15 Dec\. Your next date after that is Tue 22 Dec at 18:00/,
  );
  expect(words).not.toContain('3 weeks');
  expect(words).toMatch(/Tue 1 Dec stays booked: it is too close to cancel here/);
});

it('offers no pause of a single date', async () => {
  const look = await draw(instantAt('2026-12-01', '18:00'));
  expect(await look()).toContain('Nothing can be paused just now');
});
