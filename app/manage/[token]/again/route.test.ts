import { beforeEach, expect, it, vi } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { saveIntakeScreen } from '@/db/care/save-intake';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW } from '@/db/testing/test-requests';

const jar = vi.hoisted(() => new Map<string, string>());
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));
vi.mock('next/server', async (original) => ({ ...(await original<object>()), connection: async () => undefined }));

const { GET } = await import('./route');
const { loadBookingContext } = await import('@/app/book/booking-context');
const { findReturningBooker } = await import('@/app/book/own-plans-cookie');

vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
setUpTestDatabase({ now: NOW });
beforeEach(() => jar.clear());

const CHOICE =
  'type=swedish&minutes=60&cadence=once&sessions=1&step=dates&with=jun&on=2026-12-08&time=18%3A00&again=kept';

async function open(token: string): Promise<string> {
  const request = new Request(`https://massage.example/manage/${token}/again?${CHOICE}`);
  const digest = await GET(request, { params: Promise.resolve({ token }) }).catch(
    (error: { digest: string }) => error.digest,
  );
  return String(digest);
}

it('leads to the same plan, and leaves out what is left out for its client in that browser only', async () => {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-01', '18:00')), { now: NOW });
  if (!booked.ok) throw new Error(booked.reason);
  const link = { role: 'link', seriesId: booked.seriesId } as const;
  const adult = { isMinor: false, guardianName: '', guardianIsPresent: false };
  const agreed = { screen: 'agree' as const, treated: true, healthKept: true, writtenTo: false, ...adult };
  const healthScreen = { screen: 'health' as const, yes: ['thinner'], unsure: [], none: false, about: {} };
  for (const values of [agreed, healthScreen])
    expect(await saveIntakeScreen(link, values, { now: NOW })).toMatchObject({ ok: true });

  const to = await open(booked.manageToken);
  expect(to).toContain(`/book?${CHOICE};`);
  expect(to).not.toContain(booked.manageToken);
  const params = Object.fromEntries(new URLSearchParams(CHOICE));
  const offered = async () => {
    const { isLimited, offer } = await loadBookingContext(params, NOW);
    return [isLimited, offer.services.some(({ id }) => id === 'deep-tissue')];
  };
  expect(await offered()).toEqual([true, false]);
  jar.clear();
  expect(await offered()).toEqual([false, true]);
});

it('fills in the form for whoever booked the plan, and names the person who comes', async () => {
  const request = makeSeriesRequest(instantAt('2026-12-01', '18:00'));
  const { name, email } = request.client;
  const own = await bookSeries(ANONYMOUS_VIEWER, request, { now: NOW });
  const other = { ...makeSeriesRequest(instantAt('2026-12-02', '18:00')), bookedBy: 'Pat Parent' };
  const ofOther = await bookSeries(ANONYMOUS_VIEWER, other, { now: NOW });
  if (!own.ok || !ofOther.ok) throw new Error('not booked');

  expect(await findReturningBooker(NOW)).toBeNull();
  await open(own.manageToken);
  expect(await findReturningBooker(NOW)).toEqual({ name, email, comes: null });
  await open(ofOther.manageToken);
  expect(await findReturningBooker(NOW)).toEqual({ name: 'Pat Parent', email, comes: name });
  expect(await findReturningBooker(NOW + 3 * 3_600_000), 'hours later').toBeNull();
});

it('answers 404 to an unknown link, and sets no cookie', async () => {
  expect(await open('A'.repeat(43))).toContain('404');
  expect(jar.size).toBe(0);
});
