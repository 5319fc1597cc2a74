import { expect, it } from 'vitest';
import { makeFeed } from '@/db/calendars/feeds';
import { insertTestAppointment } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, therapistViewer } from '@/db/testing/test-requests';
import { GET } from './route';

const db = setUpTestDatabase({ now: NOW });
const MIRA = therapistViewer('mira');
let senders = 0;

const requestFeed = (address: string, headers: Record<string, string> = {}, sender = `192.0.2.${++senders}`) =>
  GET(new Request('http://localhost/', { headers: { 'x-fortnight-address': sender, ...headers } }), {
    params: Promise.resolve({ address }),
  });
async function makeAddress(): Promise<string> {
  const result = await makeFeed(MIRA, undefined, { now: NOW });
  return `${result.ok ? result.token : ''}.ics`;
}
const plant = (id: string, time: string) => {
  const on = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
  return db.write((tx) => insertTestAppointment(tx, { id, on, time, therapistId: 'mira' }));
};

it('answers with a calendar that may not be cached in between, indexed, or named as a referrer', async () => {
  await plant('a', '10:00');
  const answer = await requestFeed(await makeAddress());
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8; method=PUBLISH');
  expect(answer.headers.get('cache-control')).toBe('private, no-cache');
  expect(answer.headers.get('x-robots-tag')).toContain('noindex');
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(Date.parse(answer.headers.get('last-modified')!)).toBeLessThanOrEqual(Date.now());
  expect(await answer.text()).toContain('SUMMARY:Massage\r\n');
});

it('answers 304 without a body if the client has the current version, whatever the form of its tag', async () => {
  const address = await makeAddress();
  await plant('a', '10:00');
  const tag = (await requestFeed(address)).headers.get('etag')!;
  for (const etag of [tag, `"other", ${tag}`, tag.replace('W/', '')]) {
    const answer = await requestFeed(address, { 'if-none-match': etag });
    expect([answer.status, await answer.text(), answer.headers.get('etag')]).toEqual([304, '', tag]);
  }
  await plant('b', '14:00');
  const changed = await requestFeed(address, { 'if-none-match': tag });
  expect(changed.status).toBe(200);
  expect(changed.headers.get('etag')).not.toBe(tag);
});

it('returns the same bytes as long as nothing changes', async () => {
  const address = await makeAddress();
  await plant('a', '10:00');
  const [first, second] = [await requestFeed(address), await requestFeed(address)];
  expect(await second.text()).toBe(await first.text());
});

it('answers 404 to a wrong address, and soon 429 to a sender who keeps guessing', async () => {
  const address = await makeAddress();
  for (const wrong of [
    address.replace('.ics', ''),
    `${address}x`,
    `${address[0] === 'x' ? 'y' : 'x'}${address.slice(1)}`,
    'made-up.ics',
    '',
  ])
    expect((await requestFeed(wrong)).status).toBe(404);
  const statuses: number[] = [];
  for (let guess = 0; guess < 60; guess++) statuses.push((await requestFeed('made-up.ics', {}, '203.0.113.7')).status);
  expect(statuses[0]).toBe(404);
  expect(statuses.at(-1)).toBe(429);
  expect((await requestFeed(address, {}, '203.0.113.7')).headers.get('retry-after')).toMatch(/^\d+$/);
  expect((await requestFeed(address)).status).toBe(200);
});
