import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { callApi, readProblem } from './test-calls';

const NOW = Date.parse('2026-11-23T10:00:00Z'); // a Monday
const DAY = 86_400_000;
setUpTestDatabase({ now: NOW });
beforeEach(() => vi.stubEnv('RATE_LIMITS', 'off'));

beforeAll(() => {
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
});
beforeEach(() => {
  vi.setSystemTime(NOW);
});
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

interface Booked {
  uid: string;
  manageToken: string;
  appointments: { uid: string; startsAt: string }[];
}

async function bookTuesdays(count: number, time = '18:00', therapist = 'mira'): Promise<Booked> {
  const first = Date.parse(`2026-12-01T${time}:00Z`);
  const response = await callApi('POST', 'series', {
    key: `${therapist}-${time}`,
    body: {
      service: 'swedish',
      minutes: 60,
      cadence: count > 1 ? 'weekly' : 'once',
      appointments: Array.from({ length: count }, (_, k) => ({
        startsAt: new Date(first + k * 7 * DAY).toISOString(),
        therapist,
      })),
      client: { name: 'Ana Costa', email: 'ana@example.org', phone: '01 555 0177' },
      question: 'sciatica',
      note: 'Left side.',
      consent: true,
    },
  });
  expect(response.status).toBe(201);
  return (await response.json()) as Booked;
}

const view = (booked: Booked, token = booked.manageToken) => callApi('GET', `series/${booked.uid}`, { token });
const cancel = (uid: string, token: string | undefined, scope: unknown) =>
  callApi('POST', `appointments/${uid}/cancel`, { token, body: { scope } });
const move = (uid: string, token: string | undefined, body: object) =>
  callApi('POST', `appointments/${uid}/move`, { token, body: { scope: 'this', ...body } });

describe('a manage token', () => {
  it('shows its series', async () => {
    const booked = await bookTuesdays(4);
    const response = await view(booked);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const body = await response.json();
    expect(body).toMatchObject({
      uid: booked.uid,
      cadence: 'weekly',
      firstOn: '2026-12-01',
      time: '18:00',
      timeZone: 'Europe/Dublin',
      sessions: 4,
      therapist: 'mira',
      client: { name: 'Ana Costa', email: 'ana@example.org', phone: '+35315550177' },
      note: 'Left side.',
      question: 'sciatica',
      skipped: [],
    });
    expect(body.appointments).toHaveLength(4);
    expect(body.appointments[3]).toMatchObject({
      uid: booked.appointments[3]!.uid,
      position: 4,
      startsAt: '2026-12-22T18:00:00+00:00',
      endsAt: '2026-12-22T19:00:00+00:00',
      therapist: 'mira',
      service: 'swedish',
      status: 'booked',
      priceCents: 6800,
      isMoved: false,
    });
    expect(JSON.stringify(body)).not.toContain(booked.manageToken);
  });

  it('is required: without it the answer is 401', async () => {
    const { uid, appointments } = await bookTuesdays(1);
    const text = appointments[0]!.uid;
    const calls = [
      callApi('GET', `series/${uid}`),
      cancel(text, undefined, 'this'),
      move(text, undefined, { startsAt: '2026-12-02T18:00:00Z' }),
      callApi('GET', `series/${uid}`, { headers: { authorization: 'Basic YTpi' } }),
    ];
    for (const response of await Promise.all(calls)) {
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await readProblem(response)).toMatchObject({ status: 401, code: 'unauthenticated' });
    }
  });

  it('with one character changed, cut off, of another series or made up gets 404, and nothing changes', async () => {
    const booked = await bookTuesdays(1);
    const other = await bookTuesdays(1, '18:00', 'jun');
    const { manageToken } = booked;
    const changed = `${manageToken.startsWith('A') ? 'B' : 'A'}${manageToken.slice(1)}`;
    for (const token of [changed, manageToken.slice(0, -1), other.manageToken, 'x', 'x'.repeat(10_000)]) {
      expect(await readProblem(await view(booked, token))).toMatchObject({ status: 404, code: 'not_found' });
      const text = booked.appointments[0]!.uid;
      expect((await readProblem(await cancel(text, token, 'all'))).status).toBe(404);
      expect((await readProblem(await move(text, token, { startsAt: '2026-12-02T18:00:00Z' }))).status).toBe(404);
    }
    expect((await (await view(booked)).json()).appointments[0].status).toBe('booked');
  });

  it.each(['nobody', "' or 1=1 --", '../../etc/passwd', 'a\u0000b', 'x'.repeat(5000)])(
    'does not find the series "%s"',
    async (uid) => {
      const { manageToken } = await bookTuesdays(1);
      const path = encodeURIComponent(uid);
      expect((await readProblem(await callApi('GET', `series/${path}`, { token: manageToken }))).status).toBe(404);
      expect((await readProblem(await cancel(path, manageToken, 'this'))).status).toBe(404);
    },
  );

  it('changes nothing when its series is read a hundred times', async () => {
    const booked = await bookTuesdays(1);
    const first = await (await view(booked)).text();
    for (let k = 0; k < 100; k++) await view(booked);
    expect(await (await view(booked)).text()).toBe(first);
  });
});

describe('cancelling', () => {
  const states = async (response: Response) =>
    (await response.json()).appointments.map(({ status }: { status: string }) => status);

  it('cancels this date, this and the following, or all, and answers with the series', async () => {
    const { appointments, manageToken } = await bookTuesdays(4);
    const [first, second, third] = appointments.map(({ uid }) => uid) as [string, string, string];
    expect(await states(await cancel(second, manageToken, 'this'))).toEqual([
      'booked',
      'cancelled',
      'booked',
      'booked',
    ]);
    expect(await states(await cancel(third, manageToken, 'following'))).toEqual([
      'booked',
      'cancelled',
      'cancelled',
      'cancelled',
    ]);
    expect(await states(await cancel(first, manageToken, 'all'))).toEqual(Array(4).fill('cancelled'));
  });

  it('makes the time free again', async () => {
    const booked = await bookTuesdays(1);
    await cancel(booked.appointments[0]!.uid, booked.manageToken, 'this');
    const openings = 'openings?service=swedish&minutes=60&from=2026-12-01&days=1&therapist=mira';
    expect(await (await callApi('GET', openings)).text()).toContain('2026-12-01T18:00:00+00:00');
  });

  it('is refused after the cutoff, with the phone number of the practice', async () => {
    const booked = await bookTuesdays(1);
    vi.setSystemTime(Date.parse('2026-11-30T18:00:01Z'));
    const problem = await readProblem(await cancel(booked.appointments[0]!.uid, booked.manageToken, 'this'));
    expect(problem).toMatchObject({ status: 409, code: 'cutoff' });
    expect(problem.detail).toContain('01 555 0142');
  });

  it.each([undefined, 'everything', ['this'], 1, null])('refuses the scope %j', async (scope) => {
    const booked = await bookTuesdays(1);
    const problem = await readProblem(await cancel(booked.appointments[0]!.uid, booked.manageToken, scope));
    expect(problem).toMatchObject({ status: 422, code: 'invalid', issues: [{ path: ['scope'] }] });
  });
});

describe('moving', () => {
  it('books the new time and frees the old one', async () => {
    const booked = await bookTuesdays(2);
    const response = await move(booked.appointments[0]!.uid, booked.manageToken, { startsAt: '2026-12-02T17:00:00Z' });
    expect(response.status).toBe(200);
    const { appointments } = await response.json();
    expect(appointments[0]).toMatchObject({ startsAt: '2026-12-02T17:00:00+00:00', therapist: 'mira', isMoved: true });
    expect(appointments[1]).toMatchObject({ startsAt: '2026-12-08T18:00:00+00:00', isMoved: false });
    const tuesday = 'openings?service=swedish&minutes=60&from=2026-12-01&days=1&therapist=mira';
    expect(await (await callApi('GET', tuesday)).text()).toContain('2026-12-01T18:00:00+00:00');
  });

  it('goes to another therapist when the request names one', async () => {
    const booked = await bookTuesdays(1);
    const to = { startsAt: '2026-12-01T18:00:00Z', therapist: 'jun' };
    const { appointments } = await (await move(booked.appointments[0]!.uid, booked.manageToken, to)).json();
    expect(appointments[0].therapist).toBe('jun');
  });

  it.each([
    ['this', ['2026-12-02T17:00', '2026-12-08T18:00', '2026-12-15T18:00']],
    ['following', ['2026-12-02T17:00', '2026-12-09T17:00', '2026-12-16T17:00']],
  ])('with scope %s moves the dates of that scope', async (scope, starts) => {
    const booked = await bookTuesdays(3);
    const to = { startsAt: '2026-12-02T17:00:00Z', scope };
    const answer = await move(booked.appointments[0]!.uid, booked.manageToken, to);
    expect(answer.status).toBe(200);
    const { appointments } = (await answer.json()) as { appointments: { startsAt: string }[] };
    expect(appointments.map(({ startsAt }) => startsAt.slice(0, 16))).toEqual(starts);
  });

  it('a whole series is refused when one of its dates is taken, and the refusal names that date', async () => {
    const booked = await bookTuesdays(3);
    await bookTuesdays(1, '16:30');
    const to = { startsAt: '2026-12-02T17:00:00Z', scope: 'all' };
    expect((await move(booked.appointments[0]!.uid, booked.manageToken, to)).status).toBe(200);
    const back = { startsAt: '2026-12-01T16:30:00Z', scope: 'all' };
    const problem = await readProblem(await move(booked.appointments[0]!.uid, booked.manageToken, back));
    expect(problem).toMatchObject({ status: 409, code: 'taken' });
    const { appointments } = (await (await view(booked)).json()) as { appointments: { startsAt: string }[] };
    expect(appointments.map(({ startsAt }) => startsAt.slice(0, 10))).toEqual([
      '2026-12-02',
      '2026-12-09',
      '2026-12-16',
    ]);
  });

  it('may overlap the old time of the same appointment', async () => {
    const booked = await bookTuesdays(1);
    const to = { startsAt: '2026-12-01T18:30:00Z' };
    expect((await move(booked.appointments[0]!.uid, booked.manageToken, to)).status).toBe(200);
  });

  it('onto a time that another client has is refused with alternatives, and the appointment stays where it was', async () => {
    const booked = await bookTuesdays(1);
    await bookTuesdays(1, '16:30');
    const problem = await readProblem(
      await move(booked.appointments[0]!.uid, booked.manageToken, { startsAt: '2026-12-01T16:30:00Z' }),
    );
    expect(problem).toMatchObject({ status: 409, code: 'taken' });
    expect(problem.alternatives?.length).toBeGreaterThan(0);
    expect((await (await view(booked)).json()).appointments[0].startsAt).toBe('2026-12-01T18:00:00+00:00');
  });

  it('is refused after the cutoff', async () => {
    const booked = await bookTuesdays(1);
    vi.setSystemTime(Date.parse('2026-12-01T06:00:01Z'));
    const to = { startsAt: '2026-12-02T17:00:00Z' };
    const problem = await readProblem(await move(booked.appointments[0]!.uid, booked.manageToken, to));
    expect(problem).toMatchObject({ status: 409, code: 'cutoff' });
  });

  it.each([
    ['scope', { startsAt: '2026-12-02T17:00:00Z', scope: 'everything' }],
    ['scope', { startsAt: '2026-12-02T17:00:00Z', scope: null }],
    ['startsAt', {}],
    ['startsAt', { startsAt: '2026-12-02T17:00:00' }],
    ['startsAt', { startsAt: '2027-02-29T17:00:00Z' }],
    ['startsAt', { startsAt: '2026-11-20T17:00:00Z' }],
    ['startsAt', { startsAt: '2037-11-24T17:00:00Z' }],
    ['startsAt', { startsAt: '2026-12-02T17:07:00Z' }],
    ['startsAt', { startsAt: '2026-12-02T03:00:00Z' }],
    ['therapist', { startsAt: '2026-12-02T17:00:00Z', therapist: 'tom' }],
    ['therapist', { startsAt: '2026-12-02T17:00:00Z', therapist: 'nobody' }],
    ['therapist', { startsAt: '2026-12-02T17:00:00Z', therapist: ['jun'] }],
  ])('refuses a wrong %s: %j', async (path, to) => {
    const booked = await bookTuesdays(1);
    const problem = await readProblem(await move(booked.appointments[0]!.uid, booked.manageToken, to));
    expect(problem).toMatchObject({ status: 422, code: 'invalid' });
    expect(problem.issues?.map((issue) => issue.path[0])).toContain(path);
  });

  it('an appointment that is cancelled at the same moment has one outcome', async () => {
    const booked = await bookTuesdays(1);
    const { uid } = booked.appointments[0]!;
    const answers = await Promise.all([
      cancel(uid, booked.manageToken, 'this'),
      move(uid, booked.manageToken, { startsAt: '2026-12-02T17:00:00Z' }),
    ]);
    for (const { status } of answers) expect([200, 404, 409]).toContain(status);
    expect(answers.some(({ status }) => status === 200)).toBe(true);
  });
});
