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

it('names the dates that a pause cancels, and the next session after it', async () => {
  const look = await draw(listWeeklyInstants('2026-12-01', '18:00', 3));
  vi.setSystemTime(instantAt('2026-11-29', '12:00'));
  const words = await look();
  expect(words).toMatch(/Tuesday 1 December at 18:00.*Tuesday 8 December at 18:00/s);
  expect(words).toMatch(/Your next session is then\s+Tuesday 15 December at 18:00/);
  expect(words).toContain('Cancel these two and pause');
});

it('offers no pause of a single date', async () => {
  const look = await draw(instantAt('2026-12-01', '18:00'));
  expect(await look()).toContain('Nothing can be paused just now');
});
