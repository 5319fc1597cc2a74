import { NextRequest } from 'next/server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeQuestionAnswerToken } from '@/db/access/emailed-link-tokens';
import { answerWithPage, reopenReaderQuestion } from '@/db/questions/answer-reader-questions';
import { setQuestionPageHidden } from '@/db/questions/question-pages';
import { listReaderQuestions, saveReaderQuestion } from '@/db/questions/reader-questions';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { NOW, OWNER_VIEWER } from '@/db/testing/test-requests';
import { classifyPageVisit } from './classify-page-visit';
import { proxy } from './proxy';

setUpTestDatabase({ now: Date.UTC(2026, 10, 24, 9) });
beforeEach(() => vi.stubEnv('BASE_URL', 'http://127.0.0.1:3000'));
afterEach(() => vi.unstubAllEnvs());

const SELF = 'http://127.0.0.1:3000';

function request(method: string, path: string, headers: Record<string, string> = {}) {
  return proxy(new NextRequest(`${SELF}${path}`, { method, headers: { host: '127.0.0.1:3000', ...headers } }));
}

describe('a request that changes something', () => {
  it.each<[string, Record<string, string>, number]>([
    ['from a page of this site', { 'sec-fetch-site': 'same-origin', origin: SELF }, 200],
    ['from a page that sends no referrer', { 'sec-fetch-site': 'same-origin', origin: 'null' }, 200],
    ['with our Origin, from a browser on plain http', { origin: SELF }, 200],
    ['with another name of this computer', { origin: 'http://localhost:3000' }, 200],
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['from another site that is believed to be ours', { 'sec-fetch-site': 'cross-site', origin: SELF }, 403],
    ['from a sibling subdomain', { 'sec-fetch-site': 'same-site', origin: 'https://blog.massage.example' }, 403],
    ['from another origin, without Sec-Fetch-Site', { origin: 'https://evil.example' }, 403],
    ['from another port of this computer', { origin: 'http://127.0.0.1:4000' }, 403],
    ['with Origin null', { origin: 'null' }, 403],
    ['without any Origin', {}, 403],
    ['with our address in the Referer only', { referer: `${SELF}/manage` }, 403],
    ['with a forged forwarded host', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' }, 403],
  ])('%s', async (_, headers, status) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
      for (const path of ['/manage/abc', '/sign-in', '/api/auth/signin/email', '/practice/calendar'])
        expect((await request(method, path, headers)).status).toBe(status);
  });

  it('is refused in plain words', async () => {
    expect(await (await request('POST', '/book', { origin: 'https://evil.example' })).text()).toContain(
      'nothing was changed',
    );
  });

  it('must come from BASE_URL itself once the site has a host name', async () => {
    vi.stubEnv('BASE_URL', 'https://massage.example');
    expect((await request('POST', '/book', { origin: 'https://massage.example' })).status).toBe(200);
    expect((await request('POST', '/book', { origin: 'http://massage.example' })).status).toBe(403);
    expect((await request('POST', '/book', { origin: 'http://127.0.0.1:3000' })).status).toBe(403);
  });

  it('reaches Next with an Origin that passes Next’s own comparison', async () => {
    const passed = await request('POST', '/manage/abc', { 'sec-fetch-site': 'same-origin', origin: 'null' });
    expect(passed.headers.get('x-middleware-request-origin')).toBe(SELF);
  });
});

describe('the cookie that identifies a booking browser', () => {
  const responseHeaders = async (path: string, cookie = '') =>
    (await request('GET', path, cookie ? { cookie: `fortnight-plans=${cookie}` } : {})).headers;

  it.each(['dates', 'you'])(
    'is already set by the page of %s, in case the answer to its form is lost',
    async (step) => {
      const headers = await responseHeaders(`/book?type=swedish&step=${step}`);
      expect(headers.get('set-cookie')).toMatch(
        /^fortnight-plans=[0-9a-f-]{36}; Path=\/book; .*HttpOnly; SameSite=lax$/,
      );
      expect(headers.get('cache-control')).toBe('private, no-store');
    },
  );

  it('differs for every browser, and stays the same', async () => {
    const [headers, two] = [await responseHeaders('/book?step=dates'), await responseHeaders('/book?step=dates')];
    expect(headers.get('set-cookie')).not.toBe(two.get('set-cookie'));
    const unchanged = await responseHeaders('/book?step=dates', '0b54c1c6-7c0e-4b5a-9d0e-3a1b6f6f0a01');
    expect(unchanged.get('set-cookie')).toBeNull();
    expect((await responseHeaders('/book?step=dates', 'chosen')).get('set-cookie')).toMatch(
      /^fortnight-plans=[0-9a-f-]{36};/,
    );
  });

  it('is limited to this host over https, which keeps sister hosts from setting it', async () => {
    vi.stubEnv('BASE_URL', 'https://book.massage.example');
    const headers = await responseHeaders('/book?step=dates', '0b54c1c6-7c0e-4b5a-9d0e-3a1b6f6f0a01');
    expect(headers.get('set-cookie')).toMatch(
      /^__Host-fortnight-plans=[0-9a-f-]{36}; Path=\/; .*Secure; HttpOnly; SameSite=lax$/,
    );
  });

  it.each(['/book', '/book?step=time', '/questions/sciatica', '/'])('is not set with %s', async (path) => {
    expect((await responseHeaders(path)).get('set-cookie')).toBeNull();
  });
});

describe('a page of the practice', () => {
  it('sends visitors without a session to sign in, and back again', async () => {
    const answer = await request('GET', '/practice/calendar?on=2026-12-01');
    expect(answer.status).toBe(307);
    expect(answer.headers.get('location')).toBe(`${SELF}/sign-in?callbackUrl=%2Fpractice%2Fcalendar%3Fon%3D2026-12-01`);
  });

  it('never redirects to a host that the request made up', async () => {
    const answer = await request('GET', '/practice/mail', { host: 'evil.example', 'x-forwarded-host': 'evil.example' });
    expect(answer.headers.get('location')).toMatch(/^http:\/\/127\.0\.0\.1:3000\/sign-in/);
  });

  it('passes a session cookie on to the page, which checks it in the database', async () => {
    const answer = await request('GET', '/practice/calendar', { cookie: 'next-auth.session-token=made-up' });
    expect(answer.status).toBe(200);
  });
});

it('hides from next-auth a cookie that it would fail on, and no other cookie', async () => {
  const strange = 'next-auth.callback-url=%00';
  const passed = async (method: string, cookie: string) => {
    const { headers } = await request(method, '/manage', { cookie, 'sec-fetch-site': 'same-origin' });
    return headers.get('x-middleware-request-cookie');
  };
  for (const method of ['GET', 'POST']) {
    expect(await passed(method, `a=1; ${strange};next-auth.session-token=x`)).toBe('a=1; next-auth.session-token=x');
    expect(await passed(method, `__Secure-${strange}`)).toBeNull();
    expect(await passed(method, 'a=1; b=next-auth.callback-url=')).toBe('a=1; b=next-auth.callback-url=');
  }
});

it('keeps addresses with a secret out of caches, indexes and referrers', async () => {
  const answer = await request('GET', '/manage/some-token');
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.headers.get('cache-control')).toContain('no-store');
  expect(answer.headers.get('x-robots-tag')).toContain('noindex');
  const toAnswer = await request(
    'GET',
    `/questions/answer/${makeQuestionAnswerToken('5b0c1c5e-0000-4000-8000-000000000000')}`,
  );
  expect(toAnswer.status).toBe(200);
  expect(toAnswer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(toAnswer.headers.get('cache-control')).toContain('no-store');
  expect(toAnswer.headers.get('x-robots-tag')).toContain('noindex');
  expect((await request('GET', '/questions/answer/made-up')).status).toBe(404);
  expect((await request('GET', '/questions/sciatica')).headers.get('x-robots-tag')).toBeNull();
});

it('answers 410 for a hidden question page, and 200 once it is shown again', async () => {
  const owner = { role: 'owner', userId: 'ruth', email: 'r@example.org', name: 'R', therapistId: null } as const;
  const look = async (slug: string) => {
    const answer = await request('GET', `/questions/${slug}`);
    const rewritten = answer.headers.get('x-middleware-rewrite');
    return [answer.status, rewritten && new URL(rewritten).pathname];
  };
  await setQuestionPageHidden(owner, { slug: 'sciatica', isHidden: true }, 0);
  expect(await look('sciatica')).toEqual([410, '/questions/not-shown']);
  expect(await look('neck-pain')).toEqual([200, null]);
  await setQuestionPageHidden(owner, { slug: 'sciatica', isHidden: false }, 0);
  expect(await look('sciatica')).toEqual([200, null]);
});

it('answers 410 for the link to an answer that is not there any more', async () => {
  const asked = { kind: 'question', words: 'Does it help?', email: 'ana@example.org', consent: 'yes' } as const;
  await saveReaderQuestion(asked, NOW);
  const [{ id } = { id: '' }] = await listReaderQuestions(OWNER_VIEWER);
  const look = async (name: string) => {
    const answer = await request('GET', `/questions/answered/${name}`);
    const rewritten = answer.headers.get('x-middleware-rewrite');
    return [answer.status, rewritten && new URL(rewritten).pathname];
  };
  expect(await look('made-up')).toEqual([410, '/questions/answer-ended']);
  expect(await look(id)).toEqual([410, '/questions/answer-ended']);
  await answerWithPage(OWNER_VIEWER, { id, slug: 'sciatica' }, NOW);
  expect(await look(id)).toEqual([200, null]);
  await reopenReaderQuestion(OWNER_VIEWER, { id, closedAt: NOW }, NOW);
  expect(await look(id)).toEqual([410, '/questions/answer-ended']);
});

describe('the classification of a page visit', () => {
  const PERSON = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
  const counted = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    classifyPageVisit(new NextRequest(`${SELF}${path}`, { method, headers: { 'user-agent': PERSON, ...headers } }));

  it('recognizes pages that are read and booking links that are followed', () => {
    expect(counted('/questions/sciatica')).toEqual({ slug: 'sciatica', kind: 'read' });
    expect(counted('/book?type=swedish&from=sciatica')).toEqual({ slug: 'sciatica', kind: 'followed' });
  });

  it.each<[string, string, Record<string, string>, string?]>([
    ['a robot', '/questions/sciatica', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }],
    ['a program', '/questions/sciatica', { 'user-agent': 'curl/8.5' }],
    ['nobody by name', '/questions/sciatica', { 'user-agent': '' }],
    ['a prefetch', '/questions/sciatica', { 'sec-purpose': 'prefetch' }],
    ['a prefetch of Next', '/questions/sciatica', { 'next-router-prefetch': '1', rsc: '1' }],
    ['a picture', '/questions/sciatica', { 'sec-fetch-dest': 'image' }],
    ['a look at the headers', '/questions/sciatica', {}, 'HEAD'],
    ['a page that is no question', '/questions/how-we-grade', {}],
    ['a made-up question', '/book?from=moon-dust', {}],
    ['a later step of the booking', '/book?from=sciatica&step=time', {}],
    ['a booking from nowhere', '/book', {}],
  ])('does not count %s', (_, path, headers, method) => {
    expect(counted(path, headers, method)).toBeNull();
  });
});
