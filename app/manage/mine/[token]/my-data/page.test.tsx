import { renderToReadableStream } from 'react-dom/server.edge';
import { expect, it, vi } from 'vitest';
import { getAllPlansToken } from '@/db/access/all-plans-links';
import { bookSeries } from '@/db/booking/book-series';
import { cancelAppointments } from '@/db/booking/cancel-appointments';
import { queueManageLinksEmail } from '@/db/messages/manage-links-email';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, makeSeriesRequest, NOW } from '@/db/testing/test-requests';

vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({ get: () => undefined }),
}));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const { default: MyDataPage } = await import('./page');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
setUpTestDatabase({ now: NOW });

const HOME = 'home@example.org';

async function book(name: string, email: string, start: number) {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(start, { client: { name, email } }), {
    now: NOW,
  });
  if (!booked.ok) throw new Error(booked.reason);
  return booked;
}

async function draw(token: string): Promise<string> {
  const stream = await renderToReadableStream(await MyDataPage({ params: Promise.resolve({ token }) }));
  await stream.allReady;
  return toWords(await new Response(stream).text());
}

function toWords(html: string): string {
  return html
    .replace(/<!--.*?-->/g, '')
    .replace(/<\/?(bdi|b)>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
}

it('says in words what is kept of everybody at the address, and nothing of anybody else', async () => {
  await book('Una Cole', HOME, instantAt('2026-12-08', '18:00'));
  const { seriesId, appointments } = await book('Tom Cole', HOME, instantAt('2026-12-01', '18:00'));
  await book('Somebody Else', 'another@example.org', instantAt('2026-12-02', '18:00'));
  const [date] = appointments;
  const cancelled = await cancelAppointments(
    linkViewer(seriesId),
    { uid: date!.uid, scope: 'this', version: 1 },
    { now: NOW },
  );
  expect(cancelled).toMatchObject({ ok: true });
  await queueManageLinksEmail(HOME, NOW);
  const words = await draw((await getAllPlansToken(HOME))!);
  expect(words).toContain('Tuesday 8 December 2026, 18:00 to 19:00 Booked Swedish, 60 minutes, with Mira');
  expect(words).toMatch(/, for Una Cole\. Booked: Mon 23 Nov, 10:00\./);
  expect(words).toMatch(
    /Tuesday 1 December 2026, 18:00 to 19:00 Cancelled .*, for Tom Cole\. .* Cancelled by you: Mon 23 Nov, 10:00\./,
  );
  expect(words.indexOf('Tuesday 8 December 2026, 18:00')).toBeLessThan(words.indexOf('Tuesday 1 December 2026, 18:00'));
  expect(words).toMatch(/E-mails and texts to you .* The link to your dates Written: Mon 23 Nov, 10:00\. Not sent\./);
  expect(words).not.toMatch(/Somebody|another@|Payments|Waiting list|Reminders and texts/);
});

it('is not there for a link that opens nothing', async () => {
  await expect(draw('made-up')).rejects.toThrow('NEXT_HTTP_ERROR_FALLBACK;404');
});
