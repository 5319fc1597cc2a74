import { NextRequest } from 'next/server';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { bookSeries } from '@/db/booking/book-series';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { proxy } from './proxy';

// Tests of the proxy in front of the pages of a manage link.

setUpTestDatabase({ now: NOW });
beforeEach(() => vi.stubEnv('BASE_URL', 'http://massage.test:3000'));
const SELF = 'http://massage.test:3000';

let token = '';
let uid = '';
let othersUid = '';
beforeEach(async () => {
  const booked = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-01', '18:00')), { now: NOW });
  const other = await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-02', '18:00')), { now: NOW });
  if (!booked.ok || !other.ok) throw new Error('The cast could not book.');
  token = booked.manageToken;
  uid = booked.appointments[0]?.uid ?? '';
  othersUid = other.appointments[0]?.uid ?? '';
});

function request(path: string, method = 'GET', headers: Record<string, string> = {}) {
  return proxy(new NextRequest(`${SELF}${path}`, { method, headers: { host: 'massage.test:3000', ...headers } }));
}
const leadsTo = async (path: string) => {
  const answer = await request(path);
  return answer.headers.get('x-middleware-rewrite')?.replace(SELF, '') ?? answer.status;
};

describe('a valid link', () => {
  it('opens the pages about dates of its own series', async () => {
    for (const page of ['', '/booked', '/calendar.ics', `/cancel?uid=${uid}`, `/move?uid=${uid}&from=2026-12-01`]) {
      expect(await leadsTo(`/manage/${token}${page}`), page).toBe(200);
    }
  });

  it('answers 404 for a date of another series, without script too', async () => {
    for (const page of ['cancel', 'move']) {
      for (const wrong of [`?uid=${othersUid}`, '?uid=made-up', "?uid=' or 1=1", '?uid=%00', '']) {
        expect(await leadsTo(`/manage/${token}/${page}${wrong}`), page + wrong).toBe('/_not-found');
      }
    }
  });
});

it('leads a link with one changed character to the page for broken links', async () => {
  expect(await leadsTo(`/manage/${token.slice(0, -2)}${token.at(-2) === 'A' ? 'B' : 'A'}${token.at(-1)}`)).toBe(
    '/_not-found',
  );
});

// On plain http under a host name, a browser sends no Sec-Fetch-Site, and a page with "no-referrer" posts "Origin:
// null".
describe('a form on a link’s page, on plain http under a host name', () => {
  it('is on a page whose referrer policy sends its origin, and sends other sites nothing', async () => {
    for (const page of [
      '/manage',
      `/manage/${token}/extend`,
      `/manage/${token}/cancel?uid=${uid}`,
      `/manage/${token}/move?uid=${uid}`,
    ]) {
      expect((await request(page)).headers.get('referrer-policy'), page).toBe('same-origin');
    }
    for (const page of ['', '/booked', '/calendar.ics', '/anything/cancel']) {
      expect((await request(`/manage/${token}${page}`)).headers.get('referrer-policy'), page).toBe('no-referrer');
    }
  });

  it('is accepted with our own Origin, and refused with another or none', async () => {
    const page = `/manage/${token}/cancel?uid=${uid}`;
    expect((await request(page, 'POST', { origin: SELF })).status).toBe(200);
    for (const origin of ['null', 'http://evil.test', 'http://blog.massage.test:3000'])
      expect((await request(page, 'POST', { origin })).status, origin).toBe(403);
    expect((await request(page, 'POST')).status).toBe(403);
  });
});
