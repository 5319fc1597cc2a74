import { createConfig, lintFromString } from '@redocly/openapi-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { setConnectionForTests } from '@/db/connection/database-client';
import { hoursOverrides } from '@/db/schema';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { addDays } from '@/scheduling/day';
import { callApi, readProblem } from './test-calls';

const NOW = Date.parse('2026-11-23T10:00:00Z'); // a Monday
const database = setUpTestDatabase({ now: NOW });

beforeAll(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  process.env.RATE_LIMITS = 'off';
});
afterAll(() => {
  vi.useRealTimers();
  delete process.env.RATE_LIMITS;
});

const OPENINGS = 'openings?service=swedish&minutes=60&from=2026-12-01&days=1';
const STANDING = 'standing-times?service=swedish&minutes=60&cadence=weekly&sessions=8&from=2026-12-01';

interface Openings {
  timeZone: string;
  openings: { startsAt: string; therapists: string[] }[];
}
interface StandingTimes {
  timeZone: string;
  standingTimes: {
    firstOn: string;
    weekday: number;
    time: string;
    therapist: string;
    open: number;
    of: number;
    clashes: { on: string; startsAt: string; alternatives: { startsAt: string; therapist: string }[] }[];
  }[];
}

describe('what is offered', () => {
  it('lists the services with lengths, prices and the therapists who give them', async () => {
    const response = await callApi('GET', 'services');
    expect(response.status).toBe(200);
    const body = await response.json();
    expect(body).toMatchObject({ timeZone: 'Europe/Dublin', currency: 'EUR' });
    expect(body.services.map(({ id }: { id: string }) => id)).toEqual(['swedish', 'sports', 'deep-tissue']);
    expect(body.services[0]).toEqual({
      id: 'swedish',
      name: 'Swedish',
      summary: expect.any(String),
      lengths: [
        { minutes: 30, priceCents: 4200 },
        { minutes: 60, priceCents: 6800 },
        { minutes: 90, priceCents: 9600 },
      ],
      therapists: ['mira', 'aoife', 'jun'],
    });
  });

  it('lists the therapists, with only what a stranger may know of them', async () => {
    const { therapists } = await (await callApi('GET', 'therapists')).json();
    expect(therapists).toContainEqual({ id: 'tom', name: 'Tom Nolan', services: ['sports', 'deep-tissue'] });
    for (const therapist of therapists) expect(Object.keys(therapist)).toEqual(['id', 'name', 'services']);
  });
});

describe('openings', () => {
  it('are in ascending order, give their UTC offset, and name who is free', async () => {
    const body: Openings = await (await callApi('GET', OPENINGS)).json();
    expect(body.timeZone).toBe('Europe/Dublin');
    const starts = body.openings.map(({ startsAt }) => startsAt);
    expect(starts).toEqual([...starts].sort());
    expect(starts.every((start) => /^2026-12-01T\d\d:\d\d:00\+00:00$/.test(start))).toBe(true);
    expect(body.openings.find(({ startsAt }) => startsAt.includes('T18:00'))?.therapists).toEqual(['mira', 'jun']);
  });

  it('can be limited to one therapist; "any" means everyone', async () => {
    const openings: Openings = await (await callApi('GET', `${OPENINGS}&therapist=jun`)).json();
    expect(new Set(openings.openings.flatMap(({ therapists }) => therapists))).toEqual(new Set(['jun']));
    expect(await (await callApi('GET', `${OPENINGS}&therapist=any`)).text()).toBe(
      await (await callApi('GET', OPENINGS)).text(),
    );
  });

  it('have the offset of summer time in summer', async () => {
    const query = 'openings?service=swedish&minutes=60&from=2027-04-06&days=1&therapist=mira';
    const body: Openings = await (await callApi('GET', query)).json();
    expect(body.openings[0]?.startsAt).toBe('2027-04-06T12:00:00+01:00');
  });
});

describe('standing times', () => {
  it('are listed best first, with how many of the sessions are open', async () => {
    const { standingTimes }: StandingTimes = await (await callApi('GET', STANDING)).json();
    expect(standingTimes).toHaveLength(50);
    const first = standingTimes[0]!;
    expect(first).toEqual({
      firstOn: '2026-12-01',
      weekday: 2,
      time: '11:00',
      therapist: 'jun',
      open: 8,
      of: 8,
      clashes: [],
    });
  });

  it('list each clash with alternative times', async () => {
    const booked = await callApi('POST', 'series', {
      key: 'one',
      body: {
        service: 'swedish',
        minutes: 60,
        cadence: 'once',
        appointments: [{ startsAt: '2026-12-08T18:00:00+00:00', therapist: 'mira' }],
        client: { name: 'Ana Costa', email: 'ana@example.org' },
      },
    });
    expect(booked.status).toBe(201);
    // Close the other days, so that the standing time with a clash is among the fifty of an answer.
    await database.write(async (tx) => {
      const days = Array.from({ length: 7 * 8 }, (_, day) => addDays('2026-12-01', day));
      const closed = days.filter((_, day) => day % 7 !== 0);
      const timeZone = 'Europe/Dublin';
      await tx.insert(hoursOverrides).values(closed.map((on) => ({ therapistId: 'mira', on, hours: [], timeZone })));
    });
    const { standingTimes }: StandingTimes = await (await callApi('GET', `${STANDING}&therapist=mira&limit=50`)).json();
    const tuesday = standingTimes.find(({ firstOn, time }) => firstOn === '2026-12-01' && time === '18:00')!;
    expect(tuesday).toMatchObject({ open: 7, of: 8, weekday: 2 });
    expect(tuesday.clashes).toHaveLength(1);
    const [clash] = tuesday.clashes;
    expect(clash).toMatchObject({ on: '2026-12-08', startsAt: '2026-12-08T18:00:00+00:00' });
    expect(clash!.alternatives.length).toBeGreaterThan(0);
    expect(clash!.alternatives.length).toBeLessThanOrEqual(3);
  });
});

describe('queries that are refused', () => {
  const bad: [what: string, query: string, path: string][] = [
    ['an unknown service', OPENINGS.replace('swedish', 'hot-stone'), 'service'],
    ['no service', OPENINGS.replace('service=swedish&', ''), 'service'],
    ['a length nobody sells', OPENINGS.replace('minutes=60', 'minutes=61'), 'minutes'],
    ['0 minutes', OPENINGS.replace('minutes=60', 'minutes=0'), 'minutes'],
    ['-30 minutes', OPENINGS.replace('minutes=60', 'minutes=-30'), 'minutes'],
    ['100,000 minutes', OPENINGS.replace('minutes=60', 'minutes=100000'), 'minutes'],
    ['NaN minutes', OPENINGS.replace('minutes=60', 'minutes=NaN'), 'minutes'],
    ['1e309 minutes', OPENINGS.replace('minutes=60', 'minutes=1e309'), 'minutes'],
    ['400 digits of minutes', OPENINGS.replace('minutes=60', `minutes=${'9'.repeat(400)}`), 'minutes'],
    ['half a minute', OPENINGS.replace('minutes=60', 'minutes=60.5'), 'minutes'],
    ['two lengths at once', `${OPENINGS}&minutes=60`, 'minutes'],
    ['two services at once', `${OPENINGS}&service=swedish`, 'service'],
    ['a day that does not exist', OPENINGS.replace('2026-12-01', '2027-02-29'), 'from'],
    ['a day 11 years ahead', OPENINGS.replace('2026-12-01', '2037-11-23'), 'from'],
    ['a day long past', OPENINGS.replace('2026-12-01', '2016-11-23'), 'from'],
    ['a path for a day', OPENINGS.replace('2026-12-01', '../../etc/passwd'), 'from'],
    ['10 kB for a day', OPENINGS.replace('2026-12-01', '2'.repeat(10_000)), 'from'],
    ['0 days', OPENINGS.replace('days=1', 'days=0'), 'days'],
    ['32 days', OPENINGS.replace('days=1', 'days=32'), 'days'],
    ['an unknown therapist', `${OPENINGS}&therapist=nobody`, 'therapist'],
    ['a therapist who does not offer it', `${OPENINGS}&therapist=tom`, 'therapist'],
    ['a quote in an id', `${OPENINGS}&therapist=%27%20or%201=1--`, 'therapist'],
    ['a NUL in an id', `${OPENINGS}&therapist=mira%00`, 'therapist'],
    ['an unknown cadence', STANDING.replace('weekly', 'daily'), 'cadence'],
    ['0 sessions', STANDING.replace('sessions=8', 'sessions=0'), 'sessions'],
    ['27 sessions', STANDING.replace('sessions=8', 'sessions=27'), 'sessions'],
    ['a million sessions', STANDING.replace('sessions=8', 'sessions=1000000'), 'sessions'],
    ['once, but eight times', STANDING.replace('weekly', 'once'), 'sessions'],
    ['an unknown service for a series', STANDING.replace('swedish', 'hot-stone'), 'service'],
    ['a limit of 0', `${STANDING}&limit=0`, 'limit'],
    ['more than 50 at once', `${STANDING}&limit=51`, 'limit'],
    ['a day that does not exist for a series', STANDING.replace('2026-12-01', '2027-02-29'), 'from'],
  ];

  it.each(bad)('%s: 422 that names the field', async (_what, query, path) => {
    const problem = await readProblem(await callApi('GET', query));
    expect(problem).toMatchObject({ status: 422, code: 'invalid' });
    expect(problem.issues?.map((issue) => issue.path[0])).toContain(path);
  });

  it('name an issue once, however many sessions it applies to', async () => {
    const { issues } = await readProblem(await callApi('GET', STANDING.replace('swedish', 'hot-stone')));
    expect(issues).toHaveLength(1);
  });
});

describe('health', () => {
  it('is ok while the database takes writes, and leaves nothing behind', async () => {
    const response = await callApi('GET', 'health');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok' });
  });

  it('is 503 when the database takes no writes', async () => {
    const { DatabaseBusy } = await import('@/db/connection/database-busy');
    const busy = async () => {
      throw new DatabaseBusy('held');
    };
    setConnectionForTests({ ...database.connection(), transact: busy });
    try {
      const response = await callApi('GET', 'health');
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('2');
      expect((await readProblem(response)).code).toBe('busy');
    } finally {
      setConnectionForTests(database.connection());
    }
  });
});

describe('a database that cannot be written to', () => {
  it('is logged with the cause, such as a full disk, and not once for each call', async () => {
    const { DatabaseBusy } = await import('@/db/connection/database-busy');
    const full = new DatabaseBusy('held', { cause: new Error('database or disk is full') });
    setConnectionForTests({ ...database.connection(), transact: () => Promise.reject(full) });
    const lines: string[] = [];
    const logged = vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
    vi.setSystemTime(NOW + 3_600_000);
    try {
      for (let k = 0; k < 5; k++) expect((await callApi('GET', 'health')).status).toBe(503);
      expect(lines).toEqual([expect.stringContaining('database or disk is full')]);
      vi.setSystemTime(NOW + 3_700_000);
      await callApi('GET', 'health');
      expect(lines).toHaveLength(2);
    } finally {
      vi.setSystemTime(NOW);
      logged.mockRestore();
      setConnectionForTests(database.connection());
    }
  });
});

describe('every call', () => {
  it.each([
    ['POST', 'services', 'GET'],
    ['PUT', 'openings', 'GET'],
    ['DELETE', 'therapists', 'GET'],
    ['PATCH', 'standing-times', 'GET'],
    ['GET', 'series', 'POST'],
    ['PUT', 'series', 'POST'],
    ['DELETE', 'series/abc', 'GET'],
    ['GET', 'appointments/abc/cancel', 'POST'],
    ['GET', 'appointments/abc/move', 'POST'],
  ] as const)('%s of %s is 405, and the answer allows %s', async (method, path, allowed) => {
    const response = await callApi(method, path);
    expect(response.headers.get('allow')).toContain(allowed);
    expect(await readProblem(response)).toMatchObject({ status: 405, code: 'method_not_allowed' });
  });

  it.each(['services', 'therapists', OPENINGS, STANDING, 'health'])('answers %s with no-store', async (path) => {
    expect((await callApi('GET', path)).headers.get('cache-control')).toBe('no-store');
  });

  it('is in the OpenAPI description', async () => {
    const description = await (await callApi('GET', 'openapi.json')).json();
    expect(description.openapi).toBe('3.1.0');
    expect(Object.keys(description.paths)).toEqual([
      '/services',
      '/therapists',
      '/openings',
      '/standing-times',
      '/series',
      '/series/{uid}',
      '/appointments/{uid}/cancel',
      '/appointments/{uid}/move',
      '/health',
    ]);
    const problem = await readProblem(await callApi('GET', OPENINGS.replace('swedish', 'x')));
    const [, pointer] = problem.type.split('#/');
    const found = pointer!.split('/').reduce((at, part) => at[part], description);
    expect(found.description).toContain('invalid');
  });

  it('is described by the schemas that check it', async () => {
    const { paths } = await (await callApi('GET', 'openapi.json')).json();
    const { post } = paths['/series'];
    expect(post.parameters).toMatchObject([{ name: 'Idempotency-Key', in: 'header', required: true }]);
    const { properties, required } = post.requestBody.content['application/json'].schema;
    expect(required).toEqual(['service', 'minutes', 'cadence', 'appointments', 'client']);
    expect(properties.appointments.items.properties.startsAt).toEqual({ type: 'string', format: 'date-time' });
    expect(properties.client.properties.email).toMatchObject({ type: 'string', format: 'email', maxLength: 254 });
    expect(Object.keys(post.responses)).toEqual(
      ['201', '202', '400', '403', '405', '409', '413', '415', '422', '429', '500', '503'].sort(),
    );
    const [service, minutes] = paths['/openings'].get.parameters;
    expect(service).toMatchObject({ name: 'service', in: 'query', required: true, schema: { type: 'string' } });
    expect(minutes).toMatchObject({ name: 'minutes', schema: { type: 'integer', minimum: 1 } });
  });

  it('has a description that passes the usual linter of OpenAPI descriptions', async () => {
    const text = await (await callApi('GET', 'openapi.json')).text();
    const config = await createConfig({ extends: ['recommended'] });
    const found = await lintFromString({ source: text, absoluteRef: 'openapi.json', config });
    expect(found.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
  });

  it('has no broken reference in its description', async () => {
    const text = await (await callApi('GET', 'openapi.json')).text();
    const description = JSON.parse(text);
    for (const [, pointer] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      expect(pointer!.split('/').reduce((at, part) => at?.[part], description)).toBeDefined();
    }
  });
});
