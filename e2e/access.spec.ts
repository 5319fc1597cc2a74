import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { APIRequestContext, Browser } from '@playwright/test';
import { expect, signInAs, test } from './fixtures';

// Who may open which address. The rows are compared with the routes that exist: a new route without a row fails.

type Person = 'nobody' | 'client' | 'therapist' | 'front desk' | 'owner';
type Answer = 'page' | 'sign-in' | 'nothing' | 'refused';

const PEOPLE: Person[] = ['nobody', 'client', 'therapist', 'front desk', 'owner'];
const NAMES: Record<Person, string> = {
  nobody: 'a stranger',
  client: 'a client who is signed in',
  therapist: 'a therapist',
  'front desk': 'the front desk',
  owner: 'the owner',
};
const everyone = (answer: Answer) =>
  Object.fromEntries(PEOPLE.map((person) => [person, answer])) as Record<Person, Answer>;
const STAFF = { nobody: 'sign-in', client: 'nothing', therapist: 'page', 'front desk': 'page', owner: 'page' } as const;
const OWNER_ONLY = { ...STAFF, therapist: 'nothing', 'front desk': 'nothing' } as const;
const STAFF_OF_NOTHING = { ...everyone('nothing'), nobody: 'sign-in' } as const;
const HOLDER_ONLY = everyone('nothing');

interface Row {
  /** An address of the route, with an id or a key that does not exist. */
  at: string;
  answers: Record<Person, Answer>;
}

const ROWS: Record<string, Row> = {
  '/': { at: '/', answers: everyone('page') },
  '/privacy': { at: '/privacy', answers: everyone('page') },
  '/questions': { at: '/questions', answers: everyone('page') },
  '/questions/[slug]': { at: '/questions/sciatica', answers: everyone('page') },
  '/questions/[slug]/grade.png': { at: '/questions/sciatica/grade.png', answers: everyone('page') },
  '/questions/how-we-grade': { at: '/questions/how-we-grade', answers: everyone('page') },
  '/questions/who-writes-this': { at: '/questions/who-writes-this', answers: everyone('page') },
  '/questions/ask': { at: '/questions/ask', answers: everyone('page') },
  '/questions/not-shown': { at: '/questions/not-shown', answers: everyone('page') },
  '/questions/report': { at: '/questions/report?page=sciatica', answers: everyone('page') },
  '/questions/feed.xml': { at: '/questions/feed.xml', answers: everyone('page') },
  '/llms.txt': { at: '/llms.txt', answers: everyone('page') },
  '/questions/answered/[id]': { at: '/questions/answered/made-up', answers: everyone('refused') },
  '/questions/answer-ended': { at: '/questions/answer-ended', answers: everyone('page') },
  '/questions/answer/[token]': { at: '/questions/answer/made-up', answers: HOLDER_ONLY },
  '/book': { at: '/book', answers: everyone('page') },
  '/book/signs': { at: '/book/signs', answers: everyone('page') },
  '/book/hold': { at: '/book/hold', answers: everyone('refused') },
  '/embed': { at: '/embed', answers: everyone('page') },
  '/embed/times': { at: '/embed/times?from=sciatica', answers: everyone('page') },
  '/sign-in': { at: '/sign-in', answers: everyone('page') },
  '/sign-in/confirm': { at: '/sign-in/confirm', answers: everyone('page') },
  '/sign-in/earlier-address/[token]': { at: '/sign-in/earlier-address/made-up', answers: HOLDER_ONLY },
  '/sign-in/sent': { at: '/sign-in/sent', answers: everyone('page') },
  '/manage': { at: '/manage', answers: everyone('page') },
  '/manage/[token]': { at: '/manage/made-up', answers: HOLDER_ONLY },
  '/manage/[token]/again': { at: '/manage/made-up/again', answers: HOLDER_ONLY },
  '/manage/[token]/booked': { at: '/manage/made-up/booked', answers: HOLDER_ONLY },
  '/manage/[token]/calendar.ics': { at: '/manage/made-up/calendar.ics', answers: HOLDER_ONLY },
  '/manage/[token]/cancel': { at: '/manage/made-up/cancel?uid=x', answers: HOLDER_ONLY },
  '/manage/[token]/extend': { at: '/manage/made-up/extend', answers: HOLDER_ONLY },
  '/manage/[token]/intake': { at: '/manage/made-up/intake', answers: HOLDER_ONLY },
  '/manage/[token]/before': { at: '/manage/made-up/before', answers: HOLDER_ONLY },
  '/manage/[token]/consents': { at: '/manage/made-up/consents', answers: HOLDER_ONLY },
  '/manage/[token]/opened': { at: '/manage/made-up/opened', answers: HOLDER_ONLY },
  '/manage/[token]/message': { at: '/manage/made-up/message', answers: HOLDER_ONLY },
  '/manage/[token]/move': { at: '/manage/made-up/move?uid=x', answers: HOLDER_ONLY },
  '/manage/[token]/pause': { at: '/manage/made-up/pause', answers: HOLDER_ONLY },
  '/manage/[token]/progress': { at: '/manage/made-up/progress', answers: HOLDER_ONLY },
  '/manage/[token]/progress/letter': { at: '/manage/made-up/progress/letter', answers: HOLDER_ONLY },
  '/manage/[token]/progress/letter.pdf': { at: '/manage/made-up/progress/letter.pdf', answers: HOLDER_ONLY },
  '/manage/[token]/score': { at: '/manage/made-up/score', answers: HOLDER_ONLY },
  '/feeds/[address]': { at: '/feeds/made-up.ics', answers: HOLDER_ONLY },
  '/manage/ended': { at: '/manage/ended', answers: everyone('page') },
  '/manage/confirm/[token]': { at: '/manage/confirm/made-up', answers: HOLDER_ONLY },
  '/manage/mine/[token]': { at: '/manage/mine/made-up', answers: HOLDER_ONLY },
  '/manage/mine/[token]/my-data': { at: '/manage/mine/made-up/my-data', answers: HOLDER_ONLY },
  '/manage/mine/[token]/my-data.json': { at: '/manage/mine/made-up/my-data.json', answers: HOLDER_ONLY },
  '/manage/coming/[token]': { at: '/manage/coming/made-up', answers: HOLDER_ONLY },
  '/c/[code]': { at: '/c/made-up', answers: HOLDER_ONLY },
  '/texts/incoming': { at: '/texts/incoming', answers: everyone('refused') },
  '/practice/settings/reminders': { at: '/practice/settings/reminders', answers: OWNER_ONLY },
  '/manage/[token]/sooner': { at: '/manage/made-up/sooner', answers: HOLDER_ONLY },
  '/manage/waiting/[token]': { at: '/manage/waiting/made-up', answers: HOLDER_ONLY },
  '/manage/hand-over/[token]': { at: '/manage/hand-over/made-up', answers: HOLDER_ONLY },
  '/manage/offer/[token]': { at: '/manage/offer/made-up', answers: HOLDER_ONLY },
  '/book/wait': { at: '/book/wait', answers: everyone('page') },
  '/practice/waitlist': { at: '/practice/waitlist', answers: STAFF },
  '/practice/waitlist/new': { at: '/practice/waitlist/new', answers: STAFF },
  '/practice/waitlist/[id]': { at: '/practice/waitlist/made-up', answers: STAFF_OF_NOTHING },
  '/practice/unmarked': { at: '/practice/unmarked', answers: STAFF },
  '/practice/unconfirmed': { at: '/practice/unconfirmed', answers: STAFF },
  '/practice': { at: '/practice', answers: { ...STAFF, client: 'page' } },
  '/practice/setup': { at: '/practice/setup', answers: everyone('page') }, // redirects to the calendar
  '/practice/setup/done': { at: '/practice/setup/done', answers: OWNER_ONLY },
  '/practice/calendar': { at: '/practice/calendar', answers: STAFF },
  '/practice/calendar/version': { at: '/practice/calendar/version?on=2026-12-01', answers: STAFF },
  '/practice/calendar/callers': { at: '/practice/calendar/callers?q=an', answers: STAFF },
  '/practice/settings/hours': { at: '/practice/settings/hours', answers: { ...STAFF, 'front desk': 'nothing' } },
  '/practice/before/[uid]': { at: '/practice/before/made-up', answers: STAFF_OF_NOTHING },
  '/practice/hand-over/[uid]': { at: '/practice/hand-over/made-up', answers: STAFF_OF_NOTHING },
  '/practice/time-off': { at: '/practice/time-off', answers: STAFF },
  '/practice/questions': { at: '/practice/questions', answers: { ...STAFF, 'front desk': 'nothing' } },
  '/practice/questions/pages': { at: '/practice/questions/pages', answers: OWNER_ONLY },
  '/practice/questions/[id]': { at: '/practice/questions/made-up', answers: STAFF_OF_NOTHING },
  '/practice/embed': { at: '/practice/embed', answers: OWNER_ONLY },
  '/practice/payments/[uid]': { at: '/practice/payments/made-up', answers: STAFF_OF_NOTHING },
  '/practice/receipts/[number]': { at: '/practice/receipts/999999', answers: STAFF_OF_NOTHING },
  '/practice/receipts/[number]/receipt.pdf': { at: '/practice/receipts/999999/receipt.pdf', answers: STAFF_OF_NOTHING },
  '/practice/history': { at: '/practice/history', answers: OWNER_ONLY },
  '/practice/settings/policies': { at: '/practice/settings/policies', answers: OWNER_ONLY },
  '/practice/settings/holidays': { at: '/practice/settings/holidays', answers: OWNER_ONLY },
  '/practice/settings/live': { at: '/practice/settings/live', answers: OWNER_ONLY },
  '/practice/settings/mail': { at: '/practice/settings/mail', answers: OWNER_ONLY },
  '/practice/settings/mail/preview': { at: '/practice/settings/mail/preview', answers: OWNER_ONLY },
  '/practice/settings/practice': { at: '/practice/settings/practice', answers: OWNER_ONLY },
  '/practice/settings': { at: '/practice/settings', answers: OWNER_ONLY },
  '/practice/clients': { at: '/practice/clients', answers: STAFF },
  '/practice/clients/message': { at: '/practice/clients/message?on=2026-12-04', answers: STAFF },
  '/practice/clients/[id]': { at: '/practice/clients/made-up', answers: STAFF_OF_NOTHING },
  '/practice/clients/[id]/edit': { at: '/practice/clients/made-up/edit', answers: STAFF_OF_NOTHING },
  '/practice/clients/[id]/intake': { at: '/practice/clients/made-up/intake', answers: STAFF_OF_NOTHING },
  '/practice/clients/[id]/consents': { at: '/practice/clients/made-up/consents', answers: STAFF_OF_NOTHING },
  '/practice/clients/[id]/notes': { at: '/practice/clients/made-up/notes', answers: STAFF_OF_NOTHING },
  '/practice/clients/[id]/notes/[uid]': { at: '/practice/clients/made-up/notes/made-up', answers: STAFF_OF_NOTHING },
  '/practice/phrases': {
    at: '/practice/phrases',
    answers: { ...STAFF, 'front desk': 'nothing', owner: 'nothing' },
  },
  '/practice/clients/[id]/merge': { at: '/practice/clients/made-up/merge', answers: STAFF_OF_NOTHING },
  '/practice/clients/[id]/erase': { at: '/practice/clients/made-up/erase', answers: STAFF_OF_NOTHING },
  '/practice/clients/[id]/export': { at: '/practice/clients/made-up/export', answers: STAFF_OF_NOTHING },
  '/practice/reports': { at: '/practice/reports', answers: OWNER_ONLY },
  '/practice/reports/list': { at: '/practice/reports/list?of=no_show', answers: OWNER_ONLY },
  '/practice/reports/list.csv': { at: '/practice/reports/list.csv?of=no_show', answers: OWNER_ONLY },
  '/practice/calendars': { at: '/practice/calendars', answers: { ...STAFF, 'front desk': 'nothing' } },
  '/practice/settings/look': { at: '/practice/settings/look', answers: OWNER_ONLY },
  '/practice/address/[token]': { at: '/practice/address/made-up', answers: STAFF_OF_NOTHING },
  '/practice/address': { at: '/practice/address', answers: STAFF },
  // A therapist's own portrait; a colleague's answers 404.
  '/practice/portrait': { at: '/practice/portrait?who=mira', answers: { ...STAFF, 'front desk': 'nothing' } },
  '/pictures/[id]': { at: '/pictures/made-up', answers: everyone('nothing') },
  '/manifest.webmanifest': { at: '/manifest.webmanifest', answers: everyone('page') },
  '/practice/settings/massages': { at: '/practice/settings/massages', answers: OWNER_ONLY },
  '/practice/settings/massages/[id]': { at: '/practice/settings/massages/swedish', answers: OWNER_ONLY },
  '/practice/settings/team': { at: '/practice/settings/team', answers: OWNER_ONLY },
  '/practice/settings/team/[id]': { at: '/practice/settings/team/ruth', answers: OWNER_ONLY },
  '/practice/settings/health-form': { at: '/practice/settings/health-form', answers: OWNER_ONLY },
  '/practice/settings/rooms': { at: '/practice/settings/rooms', answers: OWNER_ONLY },
  '/practice/mail': { at: '/practice/mail', answers: STAFF },
  '/metrics': { at: '/metrics', answers: everyone('page') },
  '/api/auth/[...nextauth]': { at: '/api/auth/session', answers: everyone('page') },
  '/api/v1/[[...rest]]': { at: '/api/v1/made-up', answers: everyone('nothing') },
  '/api/v1/health': { at: '/api/v1/health', answers: everyone('page') },
  '/api/v1/openapi.json': { at: '/api/v1/openapi.json', answers: everyone('page') },
  '/api/v1/services': { at: '/api/v1/services', answers: everyone('page') },
  '/api/v1/therapists': { at: '/api/v1/therapists', answers: everyone('page') },
  '/api/v1/openings': { at: '/api/v1/openings', answers: everyone('refused') },
  '/api/v1/standing-times': { at: '/api/v1/standing-times', answers: everyone('refused') },
  '/api/v1/series': { at: '/api/v1/series', answers: everyone('refused') },
  '/api/v1/series/[uid]': { at: '/api/v1/series/made-up', answers: everyone('refused') },
  '/api/v1/appointments/[uid]/cancel': { at: '/api/v1/appointments/made-up/cancel', answers: everyone('refused') },
  '/api/v1/appointments/[uid]/move': { at: '/api/v1/appointments/made-up/move', answers: everyone('refused') },
};

function routes(): string[] {
  return readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((file) => /(^|\/)(page\.tsx|route\.tsx?)$/.test(file))
    .map((file) => `/${path.dirname(file)}`.replace(/^\/\.$/, '/'))
    .sort();
}

test('every route has a row here @desktop-only', () => {
  expect(routes().filter((route) => !ROWS[route])).toEqual([]);
});

async function requestsOf(browser: Browser, person: Person): Promise<APIRequestContext> {
  const context = await browser.newContext();
  if (person !== 'nobody') await signInAs(await context.newPage(), person);
  return context.request;
}

async function answerTo(request: APIRequestContext, at: string, headers: Record<string, string>): Promise<Answer> {
  const answer = await request.get(at, { headers, maxRedirects: 0 });
  const status = answer.status();
  if (status === 307 || status === 303) {
    return (answer.headers().location ?? '').includes('/sign-in') ? 'sign-in' : 'page';
  }
  if (status === 404) return 'nothing';
  if (status >= 400) return 'refused';
  const body = await answer.text();
  if (body.includes('NEXT_REDIRECT') && body.includes('/sign-in')) return 'sign-in';
  return body.includes('NEXT_HTTP_ERROR_FALLBACK;404') && !body.includes('Signed in as') ? 'nothing' : 'page';
}

for (const person of PEOPLE) {
  test(`on every route, ${NAMES[person]} gets the answer in the table @desktop-only`, async ({ browser }) => {
    const request = await requestsOf(browser, person);
    const found: string[] = [];
    for (const [route, { at, answers }] of Object.entries(ROWS)) {
      if (!routes().includes(route)) continue;
      const answer = await answerTo(request, at, {});
      if (answer !== answers[person]) found.push(`${route}: ${answer} instead of ${answers[person]}`);
    }
    expect(found).toEqual([]);
  });
}

test('19. RSC, .rsc, _rsc, prefetch headers and x-middleware-subrequest show a stranger no client’s name @desktop-only', async ({
  browser,
}) => {
  const therapist = await requestsOf(browser, 'therapist');
  const own = await (await therapist.get('/practice/calendar')).text();
  const uid = /open=([\w-]{8,})/.exec(own)?.[1];
  const names = [...own.matchAll(/\\"title\\":\\"([A-Z][^\\"]+ [^\\"]+)\\"/g)].map(([, name]) => name ?? '');
  const clients = names.filter((name) => !/^(Opens|Day off)/.test(name));
  expect(clients.length).toBeGreaterThan(0);
  const WAYS: Record<string, string>[] = [
    { RSC: '1' },
    { RSC: '1', 'Next-Router-Prefetch': '1' },
    { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
    { 'x-middleware-subrequest': 'src/proxy:src/proxy:src/proxy:src/proxy:src/proxy', RSC: '1' },
    { cookie: 'next-auth.session-token=made-up', RSC: '1' },
    { cookie: 'next-auth.session-token=made-up' },
  ];
  for (const person of ['nobody', 'client'] as const) {
    const request = await requestsOf(browser, person);
    for (const headers of WAYS) {
      for (const at of [`/practice/calendar?open=${uid}`, '/practice/calendar.rsc', '/practice/mail?_rsc=1']) {
        const body = await (await request.get(at, { headers, maxRedirects: 0 })).text();
        const shown = clients.filter((name) => body.includes(name));
        expect(shown, `${person} ${at} ${JSON.stringify(headers)}`).toEqual([]);
      }
    }
  }
});

test('19. Server actions called directly, without signing in or by another person, change nothing @desktop-only', async ({
  browser,
  baseURL,
}) => {
  const therapist = await requestsOf(browser, 'therapist');
  const nextWeek = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  const calendar = await (await therapist.get(`/practice/calendar?on=${nextWeek}`)).text();
  const uid = /open=([\w-]{8,})/.exec(calendar)?.[1] ?? '';
  const confirmation = await (await therapist.get(`/practice/calendar?open=${uid}&ask=cancel`)).text();
  const action = /name="(\$ACTION_ID_[0-9a-f]+)"/.exec(confirmation)?.[1];
  if (!action) throw new Error('The page has no form to cancel with.');

  const state = async () =>
    (await (await therapist.get(`/practice/calendar?open=${uid}`)).text()).includes('>Cancelled<');
  expect(await state()).toBe(false);
  for (const person of ['nobody', 'client'] as const) {
    const request = await requestsOf(browser, person);
    const answer = await request.post('/practice/calendar', {
      headers: { origin: baseURL ?? '', 'sec-fetch-site': 'same-origin' },
      multipart: { [action]: '', uid, scope: 'all', back: '' },
      maxRedirects: 0,
    });
    expect(await answer.text(), person).not.toContain('flash=cancelled');
    expect(answer.headers().location ?? '', person).not.toContain('flash=cancelled');
  }
  const crossSite = await therapist.post('/practice/calendar', {
    headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
    multipart: { [action]: '', uid, scope: 'all', back: '' },
    maxRedirects: 0,
  });
  expect(crossSite.status()).toBe(403);
  expect(await state()).toBe(false);
});
