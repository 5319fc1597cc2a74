import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makePlanKey } from '@/app/book/browser-id-and-plan-key';
import * as ownPlan from '@/app/book/own-plans-cookie';
import { decryptStartScore } from '@/db/appointments/booking-health-encryption';
import { audit } from '@/db/audit';
import { bookSeries } from '@/db/booking/book-series';
import { findHold, holdTimes } from '@/db/booking/holds';
import { reader } from '@/db/connection/database-client';
import { appointments, clients, series, services, startScores } from '@/db/schema';
import { instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, makeSeriesRequest, NOW as TESTS_NOW } from '@/db/testing/test-requests';
import { submitBooking } from './actions';
import { initialBookFormState } from './book-form-state';

// Stands in for Next's request: the cookies of one browser.
const jar = vi.hoisted(() => new Map<string, string>());
vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({
    get: (name: string) => (jar.has(name) ? { name, value: jar.get(name) } : undefined),
    set: (name: string, value: string) => jar.set(name, value),
  }),
}));
beforeEach(() => jar.clear());
vi.stubEnv('RATE_LIMITS', 'off');
vi.useFakeTimers({ now: TESTS_NOW, toFake: ['Date'] });
const { write } = setUpTestDatabase({ now: TESTS_NOW });

const KEY = '0b54c1c6-7c0e-4b5a-9d0e-3a1b6f6f0a01';
const OTHER = '0b54c1c6-7c0e-4b5a-9d0e-3a1b6f6f0a02';
const BROWSER = '0b54c1c6-7c0e-4b5a-9d0e-3a1b6f6f0a03';
const PLAN = 'type=swedish&minutes=60&cadence=weekly&sessions=2&on=2026-12-01&time=18:00&with=mira&step=you';
const ana = { name: 'Ana Costa', email: 'ana@example.org', note: 'Left side', signs: 'none', consent: 'yes' };
async function send(fields: Record<string, string>, query = `${PLAN}&key=${KEY}`) {
  const form = new FormData();
  for (const [name, value] of Object.entries({ address: `/book?${query}`, ...fields })) form.set(name, value);
  try {
    return { state: await submitBooking(initialBookFormState, form), redirect: null };
  } catch (error) {
    const digest = String((error as { digest?: unknown }).digest);
    if (!digest.startsWith('NEXT_REDIRECT')) throw error;
    return { state: null, redirect: digest.split(';')[2] ?? '' };
  }
}

const countSeries = async () => (await (await reader()).select().from(series)).length;

describe('the last button', () => {
  it('books every date and leads to them', async () => {
    const { redirect } = await send(ana);
    expect(redirect).toMatch(/^\/manage\/[\w-]{43}\/booked$/);
    const booked = await (await reader()).select({ startAt: appointments.startAt }).from(appointments);
    expect(booked.map(({ startAt }) => startAt).sort()).toEqual([
      instantAt('2026-12-01', '18:00'),
      instantAt('2026-12-08', '18:00'),
    ]);
  });
  it.each<[string, string | undefined, number[]]>([
    ['from=sciatica', '6', [6]],
    ['from=sciatica', '0', [0]],
    ['from=sciatica', '10', [10]],
    ['from=sciatica', '', []],
    ['from=sciatica', undefined, []],
    ['from=sciatica', '11', []],
    ['from=sciatica', '-1', []],
    ['', '6', []],
  ])(
    'for a reader who came with "%s" and gave the score "%s", stores exactly the valid one',
    async (from, score, stored) => {
      await send(score === undefined ? ana : { ...ana, score }, `${PLAN}&key=${KEY}&${from}`);
      expect(await countSeries()).toBe(1);
      const rows = await (await reader()).select().from(startScores);
      expect(rows.map(({ sealedScore }) => decryptStartScore(sealedScore))).toEqual(stored);
    },
  );
  it('answers only the browser that booked: another one with the same key and form gets no link', async () => {
    const first = await send(ana);
    expect((await send(ana)).redirect).toBe(first.redirect);
    jar.clear();
    const stranger = await send(ana);
    expect(stranger.redirect).toBeNull();
    expect(stranger.state?.problem).toBe('taken');
    expect(JSON.stringify(stranger.state)).not.toContain(first.redirect!.split('/')[2]!);
    expect(await countSeries()).toBe(1);
  });
  it('replaces a cookie that the server did not make', async () => {
    jar.set('fortnight-plans', 'chosen by somebody');
    await send(ana);
    expect(jar.get('fortnight-plans')).toMatch(/^[0-9a-f-]{36}$/);
  });
  it('pressed twice books once, and leads to the same dates both times', async () => {
    const [first, again] = [await send(ana), await send(ana)];
    expect(again.redirect).toBe(first.redirect);
    expect(await countSeries()).toBe(1);
  });
  it('sent again with another name books nothing more', async () => {
    await send(ana);
    expect((await send({ ...ana, name: 'Ben Ward' })).state?.problem).toBe('booked_already');
    expect(await countSeries()).toBe(1);
  });
  it.each(['', 'some', 'yes'])('books nothing while the signs are answered with "%s"', async (signs) => {
    const { state } = await send({ ...ana, signs });
    expect(Object.keys(state?.errors ?? {})).toEqual(['signs']);
    expect(await countSeries()).toBe(0);
  });
  it('shows beside each field what is wrong, and keeps what was typed', async () => {
    const { state } = await send({ name: ' ', email: 'a@x.com,b@y.com', phone: 'soon', note: 'Left side' });
    expect(Object.keys(state?.errors ?? {}).sort()).toEqual(['consent', 'email', 'name', 'phone', 'signs']);
    expect(state?.values).toMatchObject({ email: 'a@x.com,b@y.com', note: 'Left side' });
    expect(await countSeries()).toBe(0);
  });
});

describe('a date that was just taken', () => {
  it('is shown with other times; the other fields are kept, and nothing is booked', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-08', '18:00')), { now: TESTS_NOW });
    const { state } = await send(ana);
    expect(state?.problem).toBe('taken');
    expect(state?.rows?.map((row) => row.state)).toEqual(['free', 'clash']);
    expect(state?.rows?.[1]?.options.length).toBeGreaterThan(1);
    expect(state?.values.note).toBe('Left side');
    expect(await countSeries()).toBe(1);
  });
  it('is booked at the other time chosen for it', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-08', '18:00')), { now: TESTS_NOW });
    const { state } = await send(ana);
    const { redirect } = await send({ ...ana, d2: state?.rows?.[1]?.pick ?? '' });
    expect(redirect).toContain('/booked');
  });
});

describe('a repair that was just taken', () => {
  it('is shown at the time the reader chose, not at the time it replaced', async () => {
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-09', '18:00')), { now: TESTS_NOW });
    const { state } = await send({ ...ana, d2: '2026-12-09T18:00@mira' });
    expect(state?.problem).toBe('taken');
    expect(state?.rows?.map(({ state, day, hours }) => [state, day, hours])).toEqual([
      ['free', 'Tue 1 Dec', '18:00 to 19:00'],
      ['clash', 'Wed 9 Dec', '18:00 to 19:00'],
    ]);
    const { redirect } = await send({ ...ana, d2: state?.rows?.[1]?.pick ?? '' });
    expect(redirect).toContain('/booked');
  });
});

describe('a date that was moved to a therapist who is no longer offered', () => {
  it('is not booked at its original time instead', async () => {
    const { state } = await send({ ...ana, d2: '2026-12-09T18:00@nobody' });
    expect(state?.problem).toBe('therapist_not_offered');
    expect(await countSeries()).toBe(0);
  });
});

describe('a date that the same browser holds for another plan', () => {
  const holdIt = async (browser: string) => {
    const {
      client: _,
      idempotencyKey: __,
      ...dates
    } = makeSeriesRequest([instantAt('2026-12-01', '18:00'), instantAt('2026-12-08', '18:00')]);
    const holder = { key: makePlanKey(OTHER, browser), browser, sender: '198.51.100.7' };
    expect(await holdTimes(dates, holder, { now: TESTS_NOW })).toMatchObject({ ok: true });
    return holder.key;
  };
  it('is booked for this plan, and no longer held', async () => {
    jar.set('fortnight-plans', BROWSER);
    const held = await holdIt(BROWSER);
    expect((await send(ana)).redirect).toContain('/booked');
    expect(await findHold(held, { people: 1, now: TESTS_NOW })).toBeNull();
    expect(await audit()).toEqual([]);
  });
  it('stays held if another date of this plan is taken', async () => {
    jar.set('fortnight-plans', BROWSER);
    const held = await holdIt(BROWSER);
    await bookSeries(ANONYMOUS_VIEWER, makeSeriesRequest(instantAt('2026-12-15', '18:00')), { now: TESTS_NOW });
    const { state } = await send(ana, `${PLAN.replace('sessions=2', 'sessions=3')}&key=${KEY}`);
    expect(state?.rows?.map((row) => row.state)).toEqual(['free', 'free', 'clash']);
    expect(await findHold(held, { people: 1, now: TESTS_NOW })).not.toBeNull();
  });
  it('cannot be booked by another browser', async () => {
    await holdIt(BROWSER);
    expect((await send(ana)).state?.problem).toBe('taken');
  });
});

describe('a choice that is no longer offered', () => {
  it.each([
    ['massage_not_offered', PLAN.replace('type=swedish', 'type=gone')],
    ['massage_not_offered', PLAN.replace('minutes=60', 'minutes=55')],
    ['massage_not_offered', `${PLAN}&ladder=swedish,gone`],
    ['therapist_not_offered', PLAN.replace('with=mira', 'with=nobody')],
    ['not_possible', PLAN.replace('2026-12-01', '2020-12-01')],
  ])('gets the problem %s, and nothing else is booked instead', async (problem, query) => {
    expect((await send(ana, `${query}&key=${KEY}`)).state?.problem).toBe(problem);
    expect(await countSeries()).toBe(0);
  });
});

describe('a choice that is left out for this client', () => {
  it.each([
    ['the massage', { held: [{ serviceId: 'swedish', why: 'x' }], trained: null }],
    ['the therapist', { held: [], trained: { therapistIds: ['tom'], isPregnancyStated: true } }],
  ])('says that %s is left out, and is booked for anybody else', async (_, limits) => {
    vi.spyOn(ownPlan, 'findHealthLimitsOfOwnPlans').mockResolvedValueOnce(limits as never);
    expect((await send(ana)).state?.problem).toBe('left_out');
    expect(await countSeries()).toBe(0);
    expect((await send(ana)).redirect, 'to anybody else').toContain('/booked');
  });
});

describe('a form that the site did not make', () => {
  it.each([
    ['without an address', ''],
    ['without a key', PLAN],
    ['with a key of its own making', `${PLAN}&key=x`],
    ['in the past', `${PLAN.replace('2026-12-01', '2020-12-01')}&key=${KEY}`],
    ['years ahead', `${PLAN.replace('2026-12-01', '2037-12-01')}&key=${KEY}`],
    ['at night', `${PLAN.replace('18:00', '03:00')}&key=${KEY}`],
    ['off the grid', `${PLAN.replace('18:00', '18:07')}&key=${KEY}`],
  ])('books nothing: %s', async (_, query) => {
    expect((await send(ana, query)).state?.problem).toBe('not_possible');
    expect(await countSeries()).toBe(0);
  });
  it('takes no price, status or client from it', async () => {
    await send({ ...ana, priceCents: '1', status: 'completed', clientId: 'x', role: 'owner' });
    const [booked] = await (await reader()).select().from(appointments);
    expect(booked).toMatchObject({ priceCents: 6800, status: 'booked' });
  });
});

describe('a massage for somebody else', () => {
  const readSeries = async () =>
    (await reader())
      .select({ bookedBy: series.bookedBy, name: clients.name })
      .from(series)
      .innerJoin(clients, eq(clients.id, series.clientId));

  it("is booked in that person's name, with the name of whoever filled in the form", async () => {
    const { redirect } = await send({ ...ana, for: 'other', otherName: 'Mia Costa' });
    expect(redirect).toMatch(/booked$/);
    expect(await readSeries()).toEqual([{ bookedBy: 'Ana Costa', name: 'Mia Costa' }]);
  });

  it("requires that person's name, and keeps what was typed", async () => {
    const { state } = await send({ ...ana, for: 'other', otherName: ' ' });
    expect(state).toMatchObject({
      errors: { otherName: 'Enter the name of the person who comes.' },
      values: { for: 'other', name: 'Ana Costa' },
    });
    expect(await countSeries()).toBe(0);
  });

  it('ignores the other name if the massage is for whoever books', async () => {
    await send({ ...ana, for: 'me', otherName: 'Mia Costa' });
    expect(await readSeries()).toEqual([{ bookedBy: null, name: 'Ana Costa' }]);
  });
});

describe('two massages side by side', () => {
  const PAIR =
    'type=sports&minutes=60&cadence=weekly&sessions=2&people=2&on=2026-12-03&time=17:30&with=mira,tom&step=you';
  const ben = { ...ana, otherName: 'Ben Costa' };
  const readSeries = async () =>
    (await reader())
      .select({ bookedBy: series.bookedBy, name: clients.name, therapistId: series.therapistId })
      .from(series)
      .innerJoin(clients, eq(clients.id, series.clientId))
      .orderBy(clients.name);

  it('are booked in two names, and lead to a page with the links of both', async () => {
    const { redirect } = await send(ben, `${PAIR}&key=${KEY}`);
    expect(redirect).toMatch(/^\/manage\/[\w-]{43}\/booked\?beside=[\w-]{43}$/);
    expect(await readSeries()).toEqual([
      { name: 'Ana Costa', bookedBy: null, therapistId: 'mira' },
      { name: 'Ben Costa', bookedBy: 'Ana Costa', therapistId: 'tom' },
    ]);
    const dates = await (await reader()).select({ at: appointments.startAt }).from(appointments);
    expect(dates).toHaveLength(4);
    // Sent again, as after a lost response.
    expect((await send(ben, `${PAIR}&key=${KEY}`)).redirect).toBe(redirect);
    expect(await countSeries()).toBe(2);
  });

  it('each have their own massage and length; if one is no longer offered, nothing else is booked instead', async () => {
    const own = `${PAIR.replace('type=sports', 'type=swedish')}&other=deep-tissue&otherMinutes=30`;
    await write((tx) => tx.update(services).set({ isActive: false }).where(eq(services.id, 'deep-tissue')));
    expect((await send(ben, `${own}&key=${KEY}`)).state).toMatchObject({ problem: 'massage_not_offered' });
    await write((tx) => tx.update(services).set({ isActive: true }).where(eq(services.id, 'deep-tissue')));
    expect((await send(ben, `${own.replace('mira,tom', 'mira,aoife')}&key=${KEY}`)).state).toMatchObject({
      problem: 'therapist_not_offered',
    });
    expect(await countSeries()).toBe(0);
    expect((await send(ben, `${own}&key=${KEY}`)).redirect).toMatch(/booked\?beside=/);
    const dates = await (await reader())
      .select({
        serviceId: appointments.serviceId,
        minutes: appointments.minutes,
        therapistId: appointments.therapistId,
      })
      .from(appointments)
      .orderBy(appointments.therapistId, appointments.startAt);
    expect(dates.map(({ serviceId, minutes, therapistId }) => [therapistId, serviceId, minutes])).toEqual([
      ...[1, 2].map(() => ['mira', 'swedish', 60]),
      ...[1, 2].map(() => ['tom', 'deep-tissue', 30]),
    ]);
  });

  it.each([
    ['no second name', { otherName: ' ' }, 'Enter the name of the person who comes.'],
    ['the same name twice', { otherName: 'ana  costa' }, null],
    ['the very same name twice', { otherName: ' Ana  Costa' }, 'Give each of the two their own name.'],
  ])('require a second name that differs from the first: %s', async (_, changes, message) => {
    const { state } = await send({ ...ben, ...changes }, `${PAIR}&key=${KEY}`);
    if (message === null) expect(await countSeries()).toBe(2);
    else expect(state).toMatchObject({ errors: { otherName: message }, values: { name: 'Ana Costa' } });
  });

  it('show for a date with one therapist taken the times that both could have instead', async () => {
    const otherBooking = makeSeriesRequest(instantAt('2026-12-10', '17:30'), {
      therapistId: 'tom',
      serviceId: 'sports',
    });
    await bookSeries(ANONYMOUS_VIEWER, otherBooking, { now: TESTS_NOW });
    const { state } = await send(ben, `${PAIR}&key=${KEY}`);
    expect(state).toMatchObject({ problem: 'taken', rows: [{ state: 'free' }, { state: 'clash', besideId: 'tom' }] });
    const [, row] = state!.rows!;
    expect(row!.why).toMatch(/^Tom is booked at that time\./);
    const [instead] = row!.options;
    expect(instead!.value).toMatch(/@\w+,\w+$/);
    expect((await send({ ...ben, d2: instead!.value }, `${PAIR}&key=${KEY}`)).redirect).toMatch(/beside=/);
    expect(await countSeries()).toBe(3);
  });

  it.each([
    ['one therapist for both', 'with=mira,mira'],
    ['only one therapist', 'with=mira'],
    ['a therapist who does not give it', 'with=mira,nobody'],
  ])('are not booked with %s', async (_, givers) => {
    const { state } = await send(ben, `${PAIR.replace('with=mira,tom', givers)}&key=${KEY}`);
    expect(state?.problem).toMatch(/not_possible|therapist_not_offered/);
    expect(await countSeries()).toBe(0);
  });
});
