import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { setConnectionForTests } from '@/db/connection/database-client';
import { checkRateLimitWithoutCounting, consumeRateLimit } from '@/db/operations/rate-limits';
import * as schema from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { callApi, readProblem } from './test-calls';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const database = setUpTestDatabase({ now: NOW });

beforeAll(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
beforeEach(async () => {
  await consumeRateLimit('bookings', 'warm'); // on PostgreSQL the first call creates the table
});
afterAll(() => {
  vi.useRealTimers();
});

const from = (address: string, more?: Record<string, string>) => ({ 'x-fortnight-address': address, ...more });

async function tryBooking(address: string, headers?: Record<string, string>) {
  return callApi('POST', 'series', { key: 'k', body: {}, headers: from(address, headers) });
}

it('refuses an address that keeps booking, and says when to come back', async () => {
  for (let k = 0; k < 20; k++) expect((await tryBooking('192.0.2.1')).status).toBe(422);
  const response = await tryBooking('192.0.2.1');
  expect(await readProblem(response)).toMatchObject({ status: 429, code: 'rate_limited' });
  const seconds = Number(response.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect((await tryBooking('192.0.2.2')).status).toBe(422);
});

it('counts a search by its cost, not as a single request', async () => {
  const search = 'openings?service=swedish&minutes=60&from=2026-12-01&days=1';
  const read = async (path: string, address: string) => (await callApi('GET', path, { headers: from(address) })).status;
  for (let k = 0; k < 300; k++) await consumeRateLimit('reads', '192.0.2.8', 2);
  expect(await read(search, '192.0.2.8')).toBe(429);
  for (let k = 0; k < 598; k++) await consumeRateLimit('reads', '192.0.2.9');
  expect([await read(search, '192.0.2.9'), await read('services', '192.0.2.9')]).toEqual([200, 429]);
});

it('ignores a forwarded address', async () => {
  for (let k = 0; k < 20; k++) await tryBooking('192.0.2.3', { 'x-forwarded-for': `198.51.100.${k}` });
  expect((await tryBooking('192.0.2.3', { 'x-forwarded-for': '203.0.113.7' })).status).toBe(429);
});

it('counts all addresses of one IPv6 network as one', async () => {
  for (let k = 0; k < 20; k++) await tryBooking(`2001:db8:1:2::${k}`);
  expect((await tryBooking('2001:db8:1:2:aaaa::1')).status).toBe(429);
  expect((await tryBooking('2001:db8:1:3::1')).status).toBe(422);
});

it('refuses an address that guesses manage tokens', async () => {
  const guess = (k: number) =>
    callApi('GET', 'series/some', { token: `${'x'.repeat(40)}${100 + k}`, headers: from('192.0.2.4') });
  const answers = [];
  for (let k = 0; k < 33; k++) answers.push((await guess(k)).status);
  expect(answers.slice(0, 30)).toEqual(Array(30).fill(404));
  expect(answers.slice(-2)).toEqual([429, 429]);
});

it('lets everything through when limits are off', async () => {
  vi.stubEnv('RATE_LIMITS', 'off');
  for (let k = 0; k < 50; k++) expect((await tryBooking('192.0.2.5')).status).toBe(422);
  vi.unstubAllEnvs();
});

it('shares the counts between all servers of one PostgreSQL database; with an SQLite file each server has its own', async () => {
  for (let k = 0; k < 21; k++) await consumeRateLimit('bookings', '192.0.2.6');
  setConnectionForTests(await database.another());
  try {
    await vi.waitFor(async () => {
      const isShared = database.connection().engine === 'postgres';
      expect((await checkRateLimitWithoutCounting('bookings', '192.0.2.6')).ok).toBe(!isShared);
    });
  } finally {
    setConnectionForTests(database.connection());
  }
});

it('answers 202 once unconfirmed addresses hold as much as they may, answers the same key the same way, and books nothing', async () => {
  const swedish = (key: string, email: string, startsAt: string[]) =>
    callApi('POST', 'series', {
      key,
      headers: from('198.18.0.6'),
      body: {
        service: 'swedish',
        minutes: 60,
        cadence: startsAt.length === 1 ? 'once' : 'weekly',
        appointments: startsAt.map((text) => ({ startsAt: text, therapist: 'any' })),
        client: { name: 'A Stranger', email },
      },
    });
  const tuesdays = Array.from(
    { length: 12 },
    (_, k) => new Date(Date.parse('2026-12-01T18:00:00Z') + k * 7 * 86_400_000),
  );
  const first = await swedish(
    'first',
    'one@example.org',
    tuesdays.map((day) => day.toISOString()),
  );
  expect(first.status).toBe(201);
  const second = await swedish('second', 'two@example.org', ['2026-12-02T17:30:00Z']);
  expect(second.status).toBe(202);
  const answer = await second.json();
  expect(answer).toEqual({ state: 'to_confirm', until: '2026-11-23T11:00:00+00:00' });
  expect(await (await swedish('second', 'two@example.org', ['2026-12-02T17:30:00Z'])).json()).toEqual(answer);
  expect((await swedish('second', 'two@example.org', ['2026-12-03T17:30:00Z'])).status).toBe(422);
  expect(await database.connection().reader.select().from(schema.appointments)).toHaveLength(12);
});
