import { prerender } from 'react-dom/static';
import { expect, it, vi } from 'vitest';
import { getManageToken } from '@/db/access/manage-tokens';
import { bookSeries } from '@/db/booking/book-series';
import { moveAppointments } from '@/db/booking/move-appointments';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, listWeeklyInstants, makeSeriesRequest, NOW, OWNER_VIEWER } from '@/db/testing/test-requests';

vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const { default: ManagePage } = await import('./page');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
setUpTestDatabase({ now: NOW });

it('calls the date next that comes first, also where one was moved past its neighbour', async () => {
  const request = makeSeriesRequest(listWeeklyInstants('2026-12-01', '18:00', 2));
  const booked = await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW });
  if (!booked.ok) throw new Error(booked.reason);
  const { uid } = booked.appointments[0]!;
  const moved = { uid, startsAt: instantAt('2026-12-10', '18:00'), scope: 'this' } as const;
  expect(await moveAppointments(OWNER_VIEWER, moved, { now: NOW })).toMatchObject({ ok: true });
  const params = Promise.resolve({ token: await getManageToken(booked.seriesId) });
  const searchParams = Promise.resolve({ flash: 'moved_along' });
  const html = await new Response((await prerender(await ManagePage({ params, searchParams }))).prelude).text();
  const said = html.replace(/<[^>]*>/g, '').match(/(?:Next:|The next one is) [^.]*/g);
  expect(said).toEqual(['Next: Tuesday 8 December at 18:00', 'The next one is Tuesday 8 December at 18:00']);
});
