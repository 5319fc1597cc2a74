import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { reader } from '@/db/connection/database-client';
import { appointments, claims, clients, consents, idempotencyKeys, outbox, series } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { callApi, readProblem } from './test-calls';

const NOW = Date.parse('2026-11-23T10:00:00Z'); // a Monday
setUpTestDatabase({ now: NOW });

beforeAll(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
beforeEach(() => {
  vi.stubEnv('RATE_LIMITS', 'off');
  vi.stubEnv('BASE_URL', 'https://massage.example');
});
beforeEach(() => {
  vi.spyOn(console, 'error');
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const ANA = { name: 'Ana Costa', email: 'ana@example.org' };
const TUESDAY = { startsAt: '2026-12-01T18:00:00+00:00', therapist: 'mira' };
const once = { service: 'swedish', minutes: 60, cadence: 'once', appointments: [TUESDAY], client: ANA };

/** Mira's Tuesdays at 18:00, which in Dublin in winter is 18:00 UTC. */
function tuesdays(count: number) {
  return Array.from({ length: count }, (_, k) => ({
    ...TUESDAY,
    startsAt: new Date(Date.parse(TUESDAY.startsAt) + k * 7 * 86_400_000).toISOString(),
  }));
}

const weekly8 = { ...once, cadence: 'weekly', appointments: tuesdays(8) };

async function book(body: unknown, key = 'key-1', headers?: Record<string, string>) {
  return callApi('POST', 'series', { body, key, headers });
}

async function rowsIn(): Promise<number[]> {
  const db = await reader();
  const tables = [series, appointments, claims, clients, outbox, idempotencyKeys];
  return Promise.all(tables.map(async (table) => (await db.select().from(table as typeof series)).length));
}

const NOTHING = [0, 0, 0, 0, 0, 0];

describe('booking a series', () => {
  it('answers 201 with every appointment, the manage link and its token', async () => {
    const response = await book(weekly8);
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const body = await response.json();
    expect(response.headers.get('location')).toBe(`/api/v1/series/${body.uid}`);
    expect(Object.keys(body)).toEqual(['uid', 'manageUrl', 'manageToken', 'appointments']);
    expect(body.manageUrl).toBe(`https://massage.example/manage/${body.manageToken}`);
    expect(body.appointments).toHaveLength(8);
    expect(body.appointments[0]).toEqual({
      uid: expect.any(String),
      startsAt: '2026-12-01T18:00:00+00:00',
      endsAt: '2026-12-01T19:00:00+00:00',
      therapist: 'mira',
      service: 'swedish',
      status: 'booked',
    });
  });

  it('stores what the client agreed to: the text, its version, when and how', async () => {
    const { uid } = await (await book({ ...once, note: 'Left side', consent: true })).json();
    const stored = await (await reader()).select().from(consents);
    expect(stored).toMatchObject([
      {
        kind: 'booking',
        seriesId: uid,
        way: 'api',
        words: expect.stringContaining('may keep the names'),
        version: expect.stringMatching(/^\d{4}-/),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
  });

  it('gives an appointment its own service where the request names one', async () => {
    const ladder = tuesdays(3).map((entry, k) => ({
      ...entry,
      ...(k > 0 && { service: ['sports', 'deep-tissue'][k - 1] }),
    }));
    const { appointments: booked } = await (await book({ ...weekly8, appointments: ladder })).json();
    expect(booked.map(({ service }: { service: string }) => service)).toEqual(['swedish', 'sports', 'deep-tissue']);
  });

  it('reads a start with another UTC offset as the same instant', async () => {
    const written = { ...TUESDAY, startsAt: '2026-12-01T13:00:00-05:00' };
    const { appointments: booked } = await (await book({ ...once, appointments: [written] })).json();
    expect(booked[0].startsAt).toBe(TUESDAY.startsAt);
  });

  it('lets the practice choose when the therapist is "any"', async () => {
    const response = await book({ ...once, appointments: [{ ...TUESDAY, therapist: 'any' }] });
    const { appointments: booked } = await response.json();
    expect(['mira', 'jun']).toContain(booked[0].therapist);
  });

  it('refuses the whole series when one date is taken, and names that date with alternatives', async () => {
    await book({ ...once, appointments: [tuesdays(26)[16]] }, 'first');
    const before = await rowsIn();
    const problem = await readProblem(await book({ ...weekly8, appointments: tuesdays(26) }, 'second'));
    expect(problem).toMatchObject({ status: 409, code: 'taken' });
    expect(problem.clashes).toHaveLength(1);
    const [clash] = problem.clashes!;
    expect(clash).toMatchObject({ position: 17, therapist: 'mira', reason: 'booked' });
    expect(clash!.alternatives.length).toBeGreaterThan(0);
    expect(problem.alternatives).toEqual(clash!.alternatives);
    expect(await rowsIn()).toEqual(before);
  });

  it('uses BASE_URL in the link, whatever hosts a request claims', async () => {
    const forged = {
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
    };
    const { manageUrl } = await (await book(once, 'key-1', forged)).json();
    expect(manageUrl).toMatch(/^https:\/\/massage\.example\/manage\//);
    const text = JSON.stringify(await (await reader()).select().from(outbox));
    expect(text).not.toContain('evil.example');
  });

  it('ignores unknown fields, and never takes a price, a state or an id from the request', async () => {
    const smuggled = {
      ...once,
      priceCents: 1,
      price: 1,
      role: 'owner',
      status: 'completed',
      uid: 'mine',
      clientId: 'ana',
      appointments: [{ ...TUESDAY, priceCents: 1, status: 'cancelled', roomId: 'loft', uid: 'mine', position: 7 }],
      client: { ...ANA, id: 'ruth', role: 'owner' },
    };
    expect((await book(smuggled)).status).toBe(201);
    const [row] = await (await reader()).select().from(appointments);
    expect(row).toMatchObject({ priceCents: 6800, status: 'booked', position: 1 });
    expect(row?.id).not.toBe('mine');
  });

  it.each([
    ['script', '<script>alert(1)</script>'],
    ['braces', '{{7*7}} <%= 7 %>'],
    ['a formula', '=HYPERLINK("http://evil.example")'],
  ])('keeps %s in a name as plain text', async (_what, name) => {
    const { manageToken, uid } = await (await book({ ...once, client: { ...ANA, name } })).json();
    const view = await (await callApi('GET', `series/${uid}`, { token: manageToken })).json();
    expect(view.client.name).toBe(name);
  });

  it('removes a right-to-left override from a name', async () => {
    const { manageToken, uid } = await (await book({ ...once, client: { ...ANA, name: 'Ana \u202Etsoc' } })).json();
    const view = await (await callApi('GET', `series/${uid}`, { token: manageToken })).json();
    expect(view.client.name).toBe('Ana tsoc');
  });

  it('treats an optional field that is empty or null as absent', async () => {
    const empty = { question: '', note: ' ', consent: null, client: { ...ANA, phone: '\u200b' } };
    const appointments = once.appointments.map((appointment) => ({ ...appointment, service: '' }));
    const { manageToken, uid } = await (await book({ ...once, ...empty, appointments })).json();
    const view = await (await callApi('GET', `series/${uid}`, { token: manageToken })).json();
    expect([view.client.phone, view.note]).toEqual([null, null]);
  });

  it.each([
    ['the same key in another form of letters', { name: 'Jose\u0301 \u200bCosta' }, { name: 'José Costa' }],
    ['a phone number written otherwise', { phone: '01 555 0177' }, { phone: '+353\u00a01\u00a0555\u00a00177' }],
  ])('treats %s as the same request', async (_what, first, again) => {
    const bodies = [first, again].map((more) => ({ ...once, client: { ...ANA, ...more } }));
    const [entry, two] = [
      await (await book(bodies[0]!, 'key-same')).json(),
      await (await book(bodies[1]!, 'key-same')).json(),
    ];
    expect(entry.uid).toMatch(/./);
    expect(two.uid).toBe(entry.uid);
  });
});

describe('the same idempotency key', () => {
  it('with the same body gets the same bytes again, and books once', async () => {
    const first = await book(weekly8);
    const text = await first.text();
    const before = await rowsIn();
    const again = await book(weekly8);
    expect(again.status).toBe(201);
    expect(await again.text()).toBe(text);
    expect(await rowsIn()).toEqual(before);
  });

  it('gets the first answer again even after an appointment was cancelled', async () => {
    const text = await (await book(weekly8)).text();
    const { manageToken, appointments: booked } = JSON.parse(text);
    const cancelled = await callApi('POST', `appointments/${booked[1].uid}/cancel`, {
      token: manageToken,
      body: { scope: 'this' },
    });
    expect(cancelled.status).toBe(200);
    expect(await (await book(weekly8)).text()).toBe(text);
  });

  it('with another body is refused, and nothing is stored', async () => {
    await book(once);
    const before = await rowsIn();
    const problem = await readProblem(await book({ ...once, client: { ...ANA, name: 'Somebody Else' } }));
    expect(problem).toMatchObject({ status: 422, code: 'idempotency_mismatch' });
    expect(await rowsIn()).toEqual(before);
  });

  it('sent ten times at once books once, and every request gets the same answer', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => book(once)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    expect((await rowsIn())[0]).toBe(1);
  });

  it.each([
    ['missing', undefined],
    ['empty', ''],
    ['too long', 'k'.repeat(201)],
    ['with a space', 'a b'],
  ])('%s: 400 that names the header', async (_what, key) => {
    const response = await callApi('POST', 'series', { body: once, key });
    const problem = await readProblem(response);
    expect(problem).toMatchObject({ status: 400, code: 'invalid' });
    expect(problem.issues?.[0]?.path).toEqual(['Idempotency-Key']);
    expect(await rowsIn()).toEqual(NOTHING);
  });
});

describe('races', () => {
  it('of 200 requests for one start: one gets it, the others get alternatives', async () => {
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, k) =>
        book({ ...once, client: { name: `Client ${k}`, email: `client-${k}@example.org` } }, `key-${k}`),
      ),
    );
    const count = (status: number) => answers.filter((answer) => answer.status === status).length;
    expect([count(201), count(409)]).toEqual([1, 199]);
    for (const answer of answers.filter(({ status }) => status === 409)) {
      const problem = await readProblem(answer);
      expect(problem.code).toBe('taken');
      expect(problem.alternatives?.length).toBeGreaterThan(0);
    }
    expect((await rowsIn())[0]).toBe(1);
  });

  it('books "any therapist" for exactly as many clients as therapists are free, each with a different one', async () => {
    // Tuesday 18:00: Mira and Jun give Swedish.
    const any = { ...once, appointments: [{ ...TUESDAY, therapist: 'any' }] };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, k) =>
        book({ ...any, client: { name: `Client ${k}`, email: `client-${k}@example.org` } }, `key-${k}`),
      ),
    );
    const booked = await Promise.all(answers.filter(({ status }) => status === 201).map((answer) => answer.json()));
    expect(booked.map((body) => body.appointments[0].therapist).sort()).toEqual(['jun', 'mira']);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(48);
  });

  it('never book two that overlap, and book both where there is just room for the clean-up between them', async () => {
    const at = (time: string) => ({ ...once, appointments: [{ ...TUESDAY, startsAt: `2026-12-01T${time}:00Z` }] });
    const [response, other] = await Promise.all([book(at('16:00'), 'a'), book(at('16:45'), 'b')]);
    expect([response.status, other.status].sort()).toEqual([201, 409]);
    const [third, fourth] = await Promise.all([book(at('17:45'), 'c'), book(at('19:00'), 'd')]);
    expect([third.status, fourth.status].sort()).toEqual(response.status === 201 ? [201, 201] : [201, 409]);
  });
});

describe('bodies that are refused', () => {
  const at = (startsAt: unknown) => ({ ...once, appointments: [{ ...TUESDAY, startsAt }] });
  const by = (client: unknown) => ({ ...once, client });
  const long = (count: number) => 'x'.repeat(count);

  const bad: [what: string, body: unknown, path: string][] = [
    ['an empty object', {}, 'service'],
    ['a list', [], ''],
    ['null', null, ''],
    ['a text', '"booked"', ''],
    ['no dates', { ...once, appointments: [] }, 'appointments'],
    ['dates that are no list', { ...once, appointments: { 0: TUESDAY } }, 'appointments'],
    ['27 dates', { ...weekly8, appointments: tuesdays(27) }, 'appointments'],
    ['once with two dates', { ...once, appointments: tuesdays(2) }, 'appointments'],
    ['the same date twice', { ...weekly8, appointments: [TUESDAY, TUESDAY] }, 'appointments.1.startsAt'],
    ['the past', at('2026-11-22T18:00:00Z'), 'appointments.0.startsAt'],
    ['now', at('2026-11-23T10:00:00Z'), 'appointments.0.startsAt'],
    ['11 years ahead', at('2037-11-24T18:00:00Z'), 'appointments.0.startsAt'],
    ['the year 9999', at('9999-12-31T18:00:00Z'), 'appointments.0.startsAt'],
    ['a day that does not exist', at('2027-02-29T18:00:00Z'), 'appointments.0.startsAt'],
    ['no offset', at('2026-12-01T18:00:00'), 'appointments.0.startsAt'],
    ['an offset of 25 hours', at('2026-12-01T18:00:00+25:00'), 'appointments.0.startsAt'],
    ['a number for a time', at(1_796_148_000_000), 'appointments.0.startsAt'],
    ['a list for a time', at([TUESDAY.startsAt]), 'appointments.0.startsAt'],
    ['off the grid', at('2026-12-01T18:07:00Z'), 'appointments.0.startsAt'],
    ['a second past the grid', at('2026-12-01T18:00:01Z'), 'appointments.0.startsAt'],
    ['outside working hours', at('2026-12-01T03:00:00Z'), 'appointments.0.startsAt'],
    ['running past closing', at('2026-12-01T19:30:00Z'), 'appointments.0.startsAt'],
    ['a day off', at('2026-12-06T18:00:00Z'), 'appointments.0.startsAt'],
    ['0 minutes', { ...once, minutes: 0 }, 'minutes'],
    ['-30 minutes', { ...once, minutes: -30 }, 'minutes'],
    ['100,000 minutes', { ...once, minutes: 100_000 }, 'minutes'],
    ['45 minutes, which nobody sells', { ...once, minutes: 45 }, 'appointments.0.service'],
    ['half minutes', { ...once, minutes: 60.5 }, 'minutes'],
    ['minutes in words', { ...once, minutes: '60' }, 'minutes'],
    ['1e309 minutes', JSON.stringify(once).replace('"minutes":60', '"minutes":1e309'), 'minutes'],
    ['an unknown service', { ...once, service: 'hot-stone' }, 'appointments.0.service'],
    ['a list for a service', { ...once, service: ['swedish'] }, 'service'],
    ['an unknown cadence', { ...once, cadence: 'daily' }, 'cadence'],
    [
      'an unknown therapist',
      { ...once, appointments: [{ ...TUESDAY, therapist: 'nobody' }] },
      'appointments.0.therapist',
    ],
    [
      'a therapist who does not give it',
      { ...once, appointments: [{ ...TUESDAY, therapist: 'tom' }] },
      'appointments.0.therapist',
    ],
    ['no therapist', { ...once, appointments: [{ startsAt: TUESDAY.startsAt }] }, 'appointments.0.therapist'],
    ['no client', by(undefined), 'client'],
    ['a list for a client', by([ANA]), 'client'],
    ['no name', by({ email: ANA.email }), 'client.name'],
    ['a blank name', by({ ...ANA, name: '   ' }), 'client.name'],
    ['a list for a name', by({ ...ANA, name: ['Ana'] }), 'client.name'],
    ['a name of 121 characters', by({ ...ANA, name: long(121) }), 'client.name'],
    ['a name of 900,000 characters', by({ ...ANA, name: long(900_000) }), 'client.name'],
    ['a line break in a name', by({ ...ANA, name: 'Ana\r\nBcc: all@example.org' }), 'client.name'],
    ['a NUL in a name', by({ ...ANA, name: 'Ana\u0000' }), 'client.name'],
    ['a calendar line in a name', by({ ...ANA, name: 'Ana\nBEGIN:VALARM' }), 'client.name'],
    ['no e-mail', by({ name: 'Ana' }), 'client.email'],
    ['two e-mails', by({ ...ANA, email: 'a@x.com,b@y.com' }), 'client.email'],
    ['a quoted e-mail', by({ ...ANA, email: '"a@evil"@good' }), 'client.email'],
    ['an e-mail of 300 characters', by({ ...ANA, email: `${long(290)}@example.org` }), 'client.email'],
    ['a line break in an e-mail', by({ ...ANA, email: 'ana@example.org\r\nBcc: all@example.org' }), 'client.email'],
    ['a name before an e-mail', by({ ...ANA, email: 'Ana <ana@example.org>' }), 'client.email'],
    ['a phone in words', by({ ...ANA, phone: 'call me' }), 'client.phone'],
    ['a question that is a path', { ...once, question: '../../etc/passwd' }, 'question'],
    ['a question that nobody wrote', { ...once, question: 'made-up', consent: true }, 'question'],
    ['a list for a question', { ...once, question: ['sciatica'] }, 'question'],
    ['a note of 2,001 characters', { ...once, note: long(2001) }, 'note'],
    ['a note without consent', { ...once, note: 'Left side' }, 'consent'],
    ['a note with a consent that is no yes', { ...once, note: 'Left side', consent: 'yes' }, 'consent'],
    ['a consent that is a no', { ...once, consent: false }, 'consent'],
  ];

  it.each(bad)('%s: 422 that names the field, and nothing is stored', async (_what, body, path) => {
    const problem = await readProblem(await book(body));
    expect(problem).toMatchObject({ status: 422, code: 'invalid' });
    expect(problem.issues?.map((issue) => issue.path.join('.'))).toContain(path);
    expect(await rowsIn()).toEqual(NOTHING);
    expect(console.error).not.toHaveBeenCalled();
  });

  it.each([
    ['nothing', ''],
    ['half an object', '{"service": "swedish"'],
    ['NaN', '{"minutes": NaN}'],
    ['XML', '<series/>'],
    ['a form', 'service=swedish'],
  ])('%s is not JSON: 400', async (_what, body) => {
    expect(await readProblem(await book(body))).toMatchObject({ status: 400, code: 'invalid' });
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/json; charset=iso-8859-1',
    'application/json; charset="utf-16"',
    '',
  ])('the content type "%s": 415', async (type) => {
    const response = await book(once, 'key-1', { 'content-type': type });
    expect(await readProblem(response)).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  });

  it.each(['application/json; charset=utf-8', 'Application/JSON;Charset="UTF-8"', 'application/json; version=1'])(
    'accepts the content type %s',
    async (type) => {
      const body = { ...once, question: 'sciatica' };
      expect((await book(body, 'key-1', { 'content-type': type })).status).toBe(201);
    },
  );

  it('more than 1 MB, with or without a Content-Length: 413', async () => {
    const large = { ...once, note: long(1_100_000) };
    expect(await readProblem(await book(large))).toMatchObject({ status: 413, code: 'too_large' });
    const announced = await book(once, 'key-1', { 'content-length': '20000000' });
    expect(await readProblem(announced)).toMatchObject({ status: 413, code: 'too_large' });
  });

  it('a hundred thousand nested lists are refused or ignored fast', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const started = performance.now();
    expect(await readProblem(await book(`{"client":${deep}}`))).toMatchObject({ status: 422, code: 'invalid' });
    const body = JSON.stringify(once).replace('{', `{"extra":${deep},`);
    expect((await book(body)).status).toBe(201);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('__proto__ and constructor change nothing', async () => {
    const body = JSON.stringify(once).replace(
      '{',
      '{"__proto__":{"priceCents":1},"constructor":{"prototype":{"role":"owner"}},',
    );
    expect((await book(body)).status).toBe(201);
    expect(({} as Record<string, unknown>).priceCents).toBeUndefined();
    expect(({} as Record<string, unknown>).role).toBeUndefined();
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['a sibling subdomain', { origin: 'https://shop.massage.example', 'sec-fetch-site': 'same-site' }],
    ['no known site', { origin: 'null' }],
    ['another site, by the word of the browser', { 'sec-fetch-site': 'cross-site' }],
  ])('a request from a page of %s: 403', async (_what, headers) => {
    expect(await readProblem(await book(once, 'key-1', headers))).toMatchObject({ status: 403, code: 'cross_site' });
    expect(await rowsIn()).toEqual(NOTHING);
  });

  it('a request from a page of this site is accepted', async () => {
    const headers = { origin: 'https://massage.example', 'sec-fetch-site': 'same-origin' };
    expect((await book(once, 'key-1', headers)).status).toBe(201);
  });
});

describe('a booking for somebody else', () => {
  it('stores who made the booking', async () => {
    const { uid, manageToken } = await (await book({ ...once, bookedBy: 'Ada Costa' })).json();
    const read = await callApi('GET', `series/${uid}`, { headers: { Authorization: `Bearer ${manageToken}` } });
    expect(await read.json()).toMatchObject({ client: ANA, bookedBy: 'Ada Costa' });
  });
});

describe('a booking for two at one time', () => {
  const thursday = { startsAt: '2026-12-03T17:30:00+00:00', therapist: 'mira' };
  const beside = { name: 'Ben Costa', therapists: ['tom'] };
  const pair = { ...once, service: 'sports', appointments: [thursday], beside };

  it('answers with one series and one link for each person', async () => {
    const body = await (await book(pair)).json();
    expect(Object.keys(body)).toEqual(['uid', 'manageUrl', 'manageToken', 'appointments', 'beside']);
    expect(body.beside).toMatchObject({
      appointments: [{ therapist: 'tom', startsAt: body.appointments[0].startsAt }],
    });
    const read = await callApi('GET', `series/${body.beside.uid}`, {
      headers: { Authorization: `Bearer ${body.beside.manageToken}` },
    });
    expect(await read.json()).toMatchObject({ client: { name: 'Ben Costa' }, bookedBy: 'Ana Costa' });
    expect(await (await book(pair)).json()).toEqual(body);
  });

  it('is refused as a whole where one of the two is taken, with times that suit both', async () => {
    await book({ ...once, service: 'sports', appointments: [{ ...thursday, therapist: 'tom' }] }, 'key-0');
    const refused = await readProblem(await book(pair));
    expect(refused).toMatchObject({ status: 409, code: 'taken' });
    expect(refused).toMatchObject({ clashes: [{ therapist: 'mira', beside: 'tom' }] });
    expect((await rowsIn())[0]).toBe(1);
  });

  it('names an invalid field of the second person by its own path', async () => {
    const refused = await readProblem(await book({ ...pair, beside: { ...beside, therapists: ['mira'] } }));
    expect(refused).toMatchObject({ status: 422, code: 'invalid' });
    expect(JSON.stringify(refused)).toContain('["beside","therapists",0]');
  });

  it('books for each of the two their own massage and length', async () => {
    const own = { ...beside, service: 'deep-tissue', minutes: 30 };
    const body = await (await book({ ...pair, service: 'swedish', beside: own })).json();
    expect(body.appointments).toMatchObject([
      { service: 'swedish', therapist: 'mira', endsAt: '2026-12-03T18:30:00+00:00' },
    ]);
    expect(body.beside.appointments).toMatchObject([
      { service: 'deep-tissue', therapist: 'tom', startsAt: thursday.startsAt, endsAt: '2026-12-03T18:00:00+00:00' },
    ]);
    const refused = await readProblem(await book({ ...pair, beside: { ...own, service: 'clay' } }, 'key-2'));
    expect(refused).toMatchObject({ status: 422, code: 'invalid', issues: [{ path: ['beside', 'service'] }] });
  });

  it('finds the times at which two massages can be had, each with a therapist who gives it', async () => {
    const query = 'service=swedish&minutes=60&cadence=weekly&sessions=2&from=2026-12-03&people=2';
    const find = async (more: string) => {
      const answer = await callApi('GET', `standing-times?${query}${more}`);
      return (await answer.json()).standingTimes as { therapist: string; beside: string }[];
    };
    const found = await find('&besideService=deep-tissue&besideMinutes=90');
    expect(found.length).toBeGreaterThan(5);
    // Tom gives no Swedish, and Aoife no deep tissue.
    expect(found.filter(({ therapist, beside: second }) => therapist === 'tom' || second === 'aoife')).toEqual([]);
    expect(found.some(({ beside: second }) => second === 'tom')).toBe(true);
    expect(await find('&besideService=swedish&besideMinutes=60')).toEqual(await find(''));
    const refused = async (more: string) => readProblem(await callApi('GET', `standing-times?${query}${more}`));
    expect(await refused('&besideMinutes=45')).toMatchObject({ status: 422, issues: [{ path: ['besideMinutes'] }] });
    expect(await refused('&besideService=clay')).toMatchObject({ issues: [{ path: ['besideService'] }] });
  });

  it('finds its times with people=2', async () => {
    const query = 'service=sports&minutes=60&cadence=weekly&sessions=3&from=2026-12-03&people=2';
    const { standingTimes } = await (await callApi('GET', `standing-times?${query}`)).json();
    expect(standingTimes[0]).toMatchObject({ beside: expect.any(String), of: 3 });
    expect((await callApi('GET', `standing-times?${query.replace('people=2', 'people=3')}`)).status).toBe(422);
  });
});
