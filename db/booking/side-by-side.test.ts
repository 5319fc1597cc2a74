import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { getPairedSeries } from '@/db/appointments/paired-series';
import { getSeries } from '@/db/appointments/series';
import { listPlanDates } from '@/db/availability/plan-dates';
import { listStandingTimes } from '@/db/availability/standing-times';
import type { Connection } from '@/db/connection/connection';
import { getNotificationFactsToSend } from '@/db/delivery/notification-facts-to-send';
import { listServices } from '@/db/practice/services';
import { appointments, confirmedAddresses, outbox, series, services, therapists } from '@/db/schema';
import { insertTestAppointment, instantAt } from '@/db/testing/test-appointments';
import { setUpTestDatabase } from '@/db/testing/test-database';
import { ANONYMOUS_VIEWER, linkViewer, listWeeklyInstants, makeSeriesRequest, NOW } from '@/db/testing/test-requests';
import { runOnTwoConnections } from '@/db/testing/two-connections';
import { addDays } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';
import fc from '@/testing/property-tests';
import { bookSeries } from './book-series';
import type { SeriesRequest } from './booking-request-schemas';
import { cancelAppointments } from './cancel-appointments';
import { findHold, holdTimes, releaseHold } from './holds';

// Two people side by side: two series in one transaction. After each test the audit must be clean.
const db = setUpTestDatabase({ now: NOW });
let both: [Connection, Connection];
beforeAll(async () => {
  both = [db.connection(), await db.another()];
});

// Thursdays at 17:30 Mira, Tom and Jun work; there are three rooms.
const THURSDAYS = listWeeklyInstants('2026-12-03', '17:30', 3);
const BEN = 'Ben Costa';

function pairRequest(
  starts = THURSDAYS,
  other: Parameters<typeof makeSeriesRequest>[1] = {},
  withId = 'tom',
): SeriesRequest {
  return makeSeriesRequest(starts, {
    serviceId: 'sports',
    beside: { name: BEN, therapistIds: starts.map(() => withId) },
    ...other,
  });
}
const book = (request: SeriesRequest) => bookSeries(ANONYMOUS_VIEWER, request, { now: NOW });
async function booked(request = pairRequest()) {
  const result = await book(request);
  if (!result.ok || !result.beside) throw new Error(JSON.stringify(result));
  return { ...result, beside: result.beside };
}
const rows = () => db.connection().reader.select().from(appointments);
const seriesRows = () => db.connection().reader.select().from(series);

describe('two people side by side', () => {
  it('get a series each, at the same starts, with two therapists and in two rooms', async () => {
    const result = await booked();
    const first = await getSeries(linkViewer(result.seriesId), result.seriesId);
    const second = await getSeries(linkViewer(result.beside.seriesId), result.beside.seriesId);
    expect(first).toMatchObject({ client: { name: 'Ana Costa' }, bookedBy: null, therapist: { id: 'mira' } });
    expect(second).toMatchObject({
      client: { name: BEN, email: first!.client.email, phone: null },
      ...{ bookedBy: 'Ana Costa', therapist: { id: 'tom' }, pairId: first!.pairId, note: null },
    });
    expect(second!.appointments.map(({ startsAt }) => startsAt)).toEqual(THURSDAYS);
    for (const start of THURSDAYS) {
      const at = (await rows()).filter(({ startAt }) => startAt === start);
      expect(new Set(at.map(({ roomId }) => roomId)).size).toBe(2);
      expect(at.map(({ therapistId }) => therapistId).sort()).toEqual(['mira', 'tom']);
    }
    expect(result.manageToken).not.toBe(result.beside.manageToken);
  });

  it('are booked once by one key, and get the same answer again', async () => {
    const request = pairRequest();
    const first = await booked(request);
    const again = await booked(request);
    expect(again).toEqual({ ...first, replayed: true });
    expect(await seriesRows()).toHaveLength(2);
    const other = { ...request, beside: { ...request.beside!, name: 'Bea Costa' } };
    expect(await book(other)).toEqual({ ok: false, reason: 'idempotency_mismatch' });
  });

  it('are not booked at all where the other therapist is taken on one of the dates', async () => {
    await book(makeSeriesRequest(THURSDAYS[1]!, { therapistId: 'tom', serviceId: 'sports' }));
    const before = await rows();
    const result = await book(pairRequest());
    expect(result).toMatchObject({
      ...{ ok: false, reason: 'taken' },
      clashes: [{ position: 2, therapistId: 'mira', besideId: 'tom', isOfOther: true, reason: 'booked' }],
    });
    expect(await rows()).toEqual(before);
    // The alternative is free for both, and can be booked as offered.
    const [instead] = !result.ok && result.reason === 'taken' ? result.clashes[0]!.alternatives : [];
    const request = pairRequest();
    request.appointments[1] = {
      ...request.appointments[1]!,
      startsAt: instead!.start,
      therapistId: instead!.therapistId,
    };
    request.beside!.therapistIds[1] = instead!.besideId!;
    expect(await book(request)).toMatchObject({ ok: true });
  });

  it('are not booked where two rooms are not free', async () => {
    const start = THURSDAYS[0]!;
    for (const therapistId of ['tom', 'jun'])
      await book(makeSeriesRequest(start, { therapistId, serviceId: 'sports' }));
    const half = await book(
      makeSeriesRequest(start, { therapistId: 'mira', beside: { name: BEN, therapistIds: ['any'] } }),
    );
    expect(half).toMatchObject({ ok: false, reason: 'taken' });
    expect(await seriesRows()).toHaveLength(2);
  });

  it('with any therapist get two different therapists', async () => {
    const start = THURSDAYS[0]!;
    const request = { therapistId: 'any', serviceId: 'sports', beside: { name: BEN, therapistIds: ['any'] } };
    const { appointments: own, beside } = await booked(makeSeriesRequest(start, request));
    expect(own[0]!.therapistId).not.toBe(beside.appointments[0]!.therapistId);
  });

  it.each([
    ['the name of the first', { name: ' Ana  Costa ', therapistIds: ['tom'] }, 'beside.name'],
    ['no name', { name: '', therapistIds: ['tom'] }, 'beside.name'],
    ['one therapist for both', { name: BEN, therapistIds: ['mira'] }, 'beside.therapistIds.0'],
    ['too few therapists', { name: BEN, therapistIds: ['tom', 'tom'] }, 'beside.therapistIds'],
    ['a therapist who does not give it', { name: BEN, therapistIds: ['nobody'] }, 'beside.therapistIds.0'],
  ])('are refused with %s', async (_, beside, path) => {
    const result = await book(makeSeriesRequest(THURSDAYS[0]!, { serviceId: 'sports', beside }));
    expect(!result.ok && result.reason === 'invalid' && result.issues.map((issue) => issue.path.join('.'))).toEqual([
      path,
    ]);
    expect(await seriesRows()).toHaveLength(0);
  });
});

describe('two massages side by side', () => {
  const other = (starts: number[], serviceId: string, minutes = 60, withId = 'tom') => ({
    name: BEN,
    therapistIds: starts.map(() => withId),
    ...{ serviceIds: starts.map(() => serviceId), minutes },
  });

  it('can differ in massage, length and price, and begin together', async () => {
    const beside = other(THURSDAYS, 'deep-tissue', 90);
    const result = await booked(makeSeriesRequest(THURSDAYS, { serviceId: 'swedish', minutes: 30, beside }));
    const [first, second] = await Promise.all(
      [result, result.beside].map(({ seriesId }) => getSeries(linkViewer(seriesId), seriesId)),
    );
    expect(first!.appointments.map(({ service, minutes }) => [service.id, minutes])).toEqual(
      THURSDAYS.map(() => ['swedish', 30]),
    );
    expect(second!.appointments.map(({ service, minutes }) => [service.id, minutes])).toEqual(
      THURSDAYS.map(() => ['deep-tissue', 90]),
    );
    expect(second!.appointments.map(({ startsAt }) => startsAt)).toEqual(THURSDAYS);
    for (const { startsAt, endsAt } of second!.appointments) expect(endsAt - startsAt).toBe(90 * 60_000);
    const offered = await listServices();
    const priceOf = (id: string, minutes: number) => {
      const service = offered.find((service) => service.id === id)!;
      return service.lengths.find((length) => length.minutes === minutes)!.priceCents;
    };
    expect(new Set(first!.appointments.map(({ priceCents }) => priceCents))).toEqual(new Set([priceOf('swedish', 30)]));
    expect(new Set(second!.appointments.map(({ priceCents }) => priceCents))).toEqual(
      new Set([priceOf('deep-tissue', 90)]),
    );
  });

  it.each([
    ['a massage that nobody gives', { serviceIds: ['reflexology'] }, 'beside.serviceIds.0'],
    ['a massage that their therapist does not give', { serviceIds: ['swedish'] }, 'beside.therapistIds.0'],
    ['a length that is not offered', { serviceIds: ['deep-tissue'], minutes: 45 }, 'beside.serviceIds.0'],
    ['too many massages', { serviceIds: ['sports', 'sports'] }, 'beside.serviceIds'],
  ])('are refused with %s', async (_, changes, path) => {
    const beside = { ...other([THURSDAYS[0]!], 'sports'), ...changes };
    const result = await book(makeSeriesRequest(THURSDAYS[0]!, { serviceId: 'swedish', beside }));
    expect(!result.ok && result.reason === 'invalid' && result.issues.map((issue) => issue.path.join('.'))).toEqual([
      path,
    ]);
    expect(await seriesRows()).toHaveLength(0);
  });

  it('leave the only room for one massage to that massage', async () => {
    const starts = [THURSDAYS[0]!];
    // Deep tissue is given in the garden room and the street room; sports in the loft as well.
    await db.write((tx) =>
      insertTestAppointment(tx, { id: 'a', on: '2026-12-03', time: '17:30', therapistId: 'aoife', roomId: 'street' }),
    );
    const result = await booked(
      makeSeriesRequest(starts, { therapistId: 'mira', serviceId: 'sports', beside: other(starts, 'deep-tissue') }),
    );
    const roomOf = async (id: string) => (await rows()).find(({ seriesId }) => seriesId === id)!.roomId;
    expect(await roomOf(result.seriesId)).toBe('loft');
    expect(await roomOf(result.beside.seriesId)).toBe('garden');
  });

  it('must meet the notice of both massages, in either order', async () => {
    await db.write((tx) =>
      tx
        .update(services)
        .set({ noticeMinutes: 14 * 1440 })
        .where(eq(services.id, 'deep-tissue')),
    );
    const starts = [THURSDAYS[0]!];
    const beside = other(starts, 'deep-tissue');
    expect(await book(makeSeriesRequest(starts, { serviceId: 'swedish', beside }))).toMatchObject({
      reason: 'invalid',
    });
    expect(
      await book(
        makeSeriesRequest(starts, {
          therapistId: 'tom',
          serviceId: 'deep-tissue',
          beside: other(starts, 'swedish', 60, 'mira'),
        }),
      ),
    ).toMatchObject({ reason: 'invalid' });
    const query = {
      serviceIds: ['swedish'],
      minutes: 60,
      cadence: 'once' as const,
      from: '2026-12-01',
      isForTwo: true,
    };
    const found = await listStandingTimes({ ...query, beside: { serviceIds: ['deep-tissue'], minutes: 60 } }, NOW);
    const times = found.ok ? found.standingTimes : [];
    expect(times.filter(({ occurrences }) => occurrences[0]!.start < NOW + 14 * 86_400_000)).toEqual([]);
    const later = await listStandingTimes(
      { ...query, from: '2026-12-08', beside: { serviceIds: ['deep-tissue'], minutes: 60 } },
      NOW,
    );
    expect(later.ok && later.standingTimes.length).toBeGreaterThan(5);
  });

  it('name each date that is taken for one of them, with alternatives that suit both', async () => {
    await book(makeSeriesRequest(THURSDAYS[1]!, { therapistId: 'tom', serviceId: 'sports' }));
    const beside = other(THURSDAYS, 'deep-tissue', 90);
    const request = makeSeriesRequest(THURSDAYS, { serviceId: 'swedish', beside });
    const result = await book(request);
    if (result.ok || result.reason !== 'taken') throw new Error(JSON.stringify(result));
    expect(result.clashes).toMatchObject([{ position: 2, isOfOther: true, besideServiceId: 'deep-tissue' }]);
    const { alternatives } = result.clashes[0]!;
    expect(alternatives.length).toBeGreaterThan(0);
    for (const { start, therapistId, besideId } of alternatives) {
      const appointments = request.appointments.map((date, at) =>
        at === 1 ? { ...date, startsAt: start, therapistId } : date,
      );
      const therapistIds = beside.therapistIds.map((id, at) => (at === 1 ? besideId! : id));
      const again = {
        ...request,
        appointments,
        beside: { ...beside, therapistIds },
        standing: { firstOn: '2026-12-03', time: '17:30', therapistId: 'mira' },
      };
      const preview = await holdTimes(
        { cadence: again.cadence, minutes: 60, appointments, beside: again.beside, standing: again.standing },
        { key: `plan-${start}`, browser: `browser-${start}`, sender: '192.0.2.7' },
        { now: NOW },
      );
      expect(preview).toMatchObject({ ok: true, dates: 2 });
      expect(await findHold(`plan-${start}`, { people: 2, now: NOW })).toMatchObject({ dates: 2 });
      await db.write((tx) => releaseHold(tx, `plan-${start}`));
    }
  });

  it('can be booked at every time that is offered for them, and at no other time', async () => {
    const massage = fc.constantFrom('swedish', 'sports', 'deep-tissue');
    const length = fc.constantFrom(30, 60, 90);
    const planArbitrary = fc.record({ first: massage, second: massage, minutes: length, otherMinutes: length });
    const busyArbitrary = fc.array(
      fc.record({
        day: fc.integer({ min: 0, max: 5 }),
        time: fc.constantFrom('10:00', '12:30', '15:00', '17:30'),
        by: fc.constantFrom('mira', 'tom', 'jun', 'aoife'),
        isSports: fc.boolean(),
      }),
      { maxLength: 6 },
    );
    let week = 0;
    await fc.assert(
      fc.asyncProperty(planArbitrary, busyArbitrary, fc.integer({ min: 0, max: 999 }), async (plan, busy, at) => {
        const from = addDays('2026-12-07', 7 * week++);
        for (const { day, time, by, isSports } of busy)
          await book(
            makeSeriesRequest(instantAt(addDays(from, day), time), {
              therapistId: by,
              serviceId: isSports ? 'sports' : 'swedish',
            }),
          );
        const query = {
          serviceIds: [plan.first],
          minutes: plan.minutes,
          cadence: 'once' as const,
          from,
          isForTwo: true,
        };
        const found = await listStandingTimes(
          { ...query, beside: { serviceIds: [plan.second], minutes: plan.otherMinutes } },
          NOW,
        );
        if (!found.ok) return; // a length that one of them does not have
        const offered = found.standingTimes;
        const [chosen] = offered.slice(at % Math.max(1, offered.length));
        const requestAt = (start: number, firstId: string, secondId: string) =>
          makeSeriesRequest(start, {
            ...{ therapistId: firstId, serviceId: plan.first, minutes: plan.minutes },
            beside: { name: BEN, therapistIds: [secondId], serviceIds: [plan.second], minutes: plan.otherMinutes },
          });
        // A time that is not offered cannot be booked for two, whoever gives it.
        const start = instantAt(addDays(from, at % 6), `${String(9 + (at % 9)).padStart(2, '0')}:00`);
        const isOffered = offered.some(({ occurrences }) => occurrences[0]!.start === start);
        if (!isOffered) expect((await book(requestAt(start, 'any', 'any'))).ok).toBe(false);
        if (!chosen) return;
        const result = await booked(requestAt(chosen.occurrences[0]!.start, chosen.therapistId, chosen.besideId!));
        const both = (await rows()).filter(({ seriesId }) =>
          [result.seriesId, result.beside.seriesId].includes(seriesId),
        );
        expect(both).toHaveLength(2);
        expect(new Set(both.map(({ startAt }) => startAt)).size).toBe(1);
        expect(new Set(both.map(({ roomId }) => roomId)).size).toBe(2);
        const services = await listServices();
        for (const row of both) {
          const service = services.find(({ id }) => id === row.serviceId)!;
          expect(service.rooms).toContain(row.roomId);
          expect(service.therapists).toContain(row.therapistId);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('respect the caps of both therapists', async () => {
    await db.write((tx) => tx.update(therapists).set({ capDayMinutes: 90 }).where(eq(therapists.id, 'tom')));
    const starts = [THURSDAYS[0]!];
    const beside = (minutes: number) => other(starts, 'deep-tissue', minutes);
    await book(makeSeriesRequest(instantAt('2026-12-03', '11:00'), { therapistId: 'tom', serviceId: 'sports' }));
    expect(await book(makeSeriesRequest(starts, { serviceId: 'swedish', beside: beside(60) }))).toMatchObject({
      reason: 'taken',
    });
    expect(await book(makeSeriesRequest(starts, { serviceId: 'swedish', beside: beside(30) }))).toMatchObject({
      ok: true,
    });
  });
});

describe('what each of two people sees of the other', () => {
  it('is in the messages to both, without a name before the address is confirmed', async () => {
    const { seriesId, beside } = await booked();
    const newsOf = async (id: string) => {
      const waiting = (await db.connection().reader.select().from(outbox)).filter((row) => row.seriesId === id);
      const toClient = waiting.find(({ toEmail }) => toEmail === 'ana@example.org')!;
      const found = (await getNotificationFactsToSend(db.connection().reader, toClient as never, NOW))!.notification;
      if (!('series' in found && 'appointments' in found.series)) return null;
      const { beside: other, isForAnother, bookedBy } = found.series;
      return { ...other, ...(isForAnother && { isForAnother }), ...(bookedBy && { bookedBy }) };
    };
    const ofBooker = { therapists: ['Mira Kovač'], isReader: true };
    const email = (await getSeries(linkViewer(seriesId), seriesId))!.client.email;
    expect(email).toBe('ana@example.org');
    expect(await newsOf(seriesId)).toEqual({ name: '', therapists: ['Tom Nolan'] });
    expect(await newsOf(beside.seriesId)).toEqual({ name: '', ...ofBooker, isForAnother: true });
    await db
      .connection()
      .transact((tx) => tx.insert(confirmedAddresses).values({ email, way: 'link' as const, confirmedAt: NOW }));
    expect(await newsOf(seriesId)).toEqual({ name: BEN, therapists: ['Tom Nolan'] });
    expect(await newsOf(beside.seriesId)).toEqual({ name: 'Ana Costa', ...ofBooker, bookedBy: 'Ana Costa' });
  });

  it('is shown by the link of either, and by no other link', async () => {
    const { seriesId, beside } = await booked();
    expect(await getPairedSeries(linkViewer(seriesId), seriesId, NOW)).toMatchObject({
      ...{ seriesId: beside.seriesId, client: BEN },
      dates: THURSDAYS.map((startsAt) => ({ startsAt, therapist: 'Tom Nolan' })),
    });
    expect(await getPairedSeries(linkViewer(beside.seriesId), seriesId, NOW)).toBeNull();
    expect(await getSeries(linkViewer(seriesId), beside.seriesId)).toBeNull();
  });

  it('is empty for a single series, and for dates that are over', async () => {
    const single = await book(makeSeriesRequest(THURSDAYS[0]!));
    if (!single.ok) throw new Error('not booked');
    expect(await getPairedSeries(linkViewer(single.seriesId), single.seriesId, NOW)).toBeNull();
    const { seriesId } = await booked(pairRequest(THURSDAYS.slice(1)));
    expect(await getPairedSeries(linkViewer(seriesId), seriesId, THURSDAYS[2]! + 86_400_000)).toBeNull();
  });
});

describe('cancelling one of two', () => {
  const states = async (id: string) =>
    (await rows()).filter(({ seriesId }) => seriesId === id).map(({ status }) => status);

  it('keeps the other, unless both are to be cancelled', async () => {
    const { seriesId, appointments: own, beside } = await booked();
    const cancel = (uid: string, scope: 'this' | 'all', withOther: boolean) =>
      cancelAppointments(linkViewer(seriesId), { uid, scope, withOther }, { now: NOW });
    expect(await cancel(own[0]!.uid, 'this', false)).toMatchObject({ ok: true, cancelled: [own[0]!.uid] });
    expect(await states(beside.seriesId)).toEqual(['booked', 'booked', 'booked']);
    expect((await getPairedSeries(linkViewer(seriesId), seriesId, NOW))?.dates).toHaveLength(2);
    expect(await cancel(own[1]!.uid, 'this', true)).toMatchObject({ ok: true });
    expect((await states(beside.seriesId)).sort()).toEqual(['booked', 'booked', 'cancelled']);
    expect(await cancel(own[2]!.uid, 'all', true)).toMatchObject({ ok: true });
    expect(await states(seriesId)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    // The date that only the other still had is kept: it is theirs alone.
    expect((await states(beside.seriesId)).sort()).toEqual(['booked', 'cancelled', 'cancelled']);
  });

  it('cancels nothing of a series that was not booked with it', async () => {
    const pair = await booked(pairRequest([THURSDAYS[0]!]));
    const alone = await book(makeSeriesRequest(THURSDAYS[0]!, { therapistId: 'jun', serviceId: 'sports' }));
    if (!alone.ok) throw new Error('not booked');
    const uid = alone.appointments[0]!.uid;
    await cancelAppointments(linkViewer(alone.seriesId), { uid, scope: 'this', withOther: true }, { now: NOW });
    expect(await states(pair.seriesId)).toEqual(['booked']);
  });
});

describe('times for two', () => {
  const query = {
    serviceIds: ['sports', 'sports'],
    minutes: 60,
    cadence: 'weekly' as const,
    from: '2026-12-03',
    isForTwo: true,
  };

  it('are those at which two therapists and two rooms are free, and each of them can be booked', async () => {
    const found = await listStandingTimes(query, NOW);
    const times = found.ok ? found.standingTimes : [];
    expect(times.length).toBeGreaterThan(20);
    const best = times[0]!;
    expect(best.besideId).toBeDefined();
    const starts = best.occurrences.map(({ start }) => start);
    const request = pairRequest(starts, { therapistId: best.therapistId }, best.besideId);
    expect(await book(request)).toMatchObject({ ok: true });
    const after = await listStandingTimes(query, NOW);
    const same = (after.ok ? after.standingTimes : []).find(
      ({ firstOn, time }) => firstOn === best.firstOn && time === best.time,
    );
    expect([same?.therapistId, same?.besideId]).not.toEqual([best.therapistId, best.besideId]);
  });

  it('name each date that clashes for either of them, with times that are free for both', async () => {
    await book(makeSeriesRequest(THURSDAYS[1]!, { therapistId: 'tom', serviceId: 'sports' }));
    const { on, time } = toWallTime('Europe/Dublin', THURSDAYS[0]!);
    const request = { ...query, firstOn: on, time, therapistId: 'mira', besideId: 'tom' };
    const found = await listPlanDates(request, NOW);
    expect(found).toMatchObject({
      ok: true,
      dates: [
        { state: 'free', besideId: 'tom' },
        { state: 'clash', reason: 'booked', isOfOther: true, alternatives: [{}, {}, {}] },
      ],
    });
    const alternatives = found.ok ? found.dates[1]!.alternatives : [];
    for (const { start, therapistId, besideId } of alternatives) {
      expect(therapistId).not.toBe(besideId);
      const moves = [{ position: 2, startsAt: start, therapistId, besideId: besideId! }];
      const preview = await listPlanDates({ ...request, moves }, NOW);
      expect(preview.ok && preview.dates[1]!.moveRefused).toBeNull();
    }
  });

  it('are held for both, and not for others', async () => {
    const { client: _, idempotencyKey: __, ...request } = pairRequest();
    const holder = { key: 'plan', browser: 'browser', sender: '192.0.2.7' };
    expect(
      await holdTimes({ ...request, beside: { therapistIds: ['tom', 'tom', 'tom'] } }, holder, { now: NOW }),
    ).toMatchObject({
      ok: true,
    });
    expect(await book(makeSeriesRequest(THURSDAYS[0]!, { therapistId: 'tom', serviceId: 'sports' }))).toMatchObject({
      reason: 'taken',
    });
    expect(await book(makeSeriesRequest(THURSDAYS[0]!, { therapistId: 'mira' }))).toMatchObject({ reason: 'taken' });
    expect(await bookSeries(ANONYMOUS_VIEWER, pairRequest(), { now: NOW, heldBy: 'plan' })).toMatchObject({ ok: true });
  });
});

describe('many pairs at once', () => {
  const atOnce = <T>(tasks: (() => Promise<T>)[]) => runOnTwoConnections(both, tasks);
  /** Expects every series that was booked for two to have a partner with the same dates. */
  async function expectWholePairs() {
    const [all, dates] = [await seriesRows(), await rows()];
    const startsOf = (id: string) =>
      dates
        .filter(({ seriesId }) => seriesId === id)
        .map(({ startAt }) => startAt)
        .sort();
    for (const { id, pairId } of all.filter(({ pairId }) => pairId !== null)) {
      const other = all.filter((row) => row.pairId === pairId && row.id !== id);
      expect(other).toHaveLength(1);
      expect(startsOf(other[0]!.id)).toEqual(startsOf(id));
    }
    return all;
  }

  it('books one of twelve pairs who want the same two therapists, in whichever order', async () => {
    const requests = Array.from({ length: 12 }, (_, k) =>
      k % 2 === 0 ? pairRequest() : pairRequest(THURSDAYS, { therapistId: 'tom' }, 'mira'),
    );
    const results = await atOnce(requests.map((request) => () => book(request)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await expectWholePairs()).toHaveLength(2);
  });

  it('never books half of a pair while others book', async () => {
    const therapist = fc.constantFrom('mira', 'tom', 'jun', 'any');
    const changeArbitrary = fc.record({
      isPair: fc.boolean(),
      first: therapist,
      second: therapist,
      at: fc.integer({ min: 0, max: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(changeArbitrary, { minLength: 2, maxLength: 6 }),
        fc.integer({ min: 0, max: 7 }),
        async (changes, week) => {
          const weeks = listWeeklyInstants('2026-12-10', '17:30', 11).slice(week, week + 4);
          const tasks = changes.map(({ isPair, first, second, at }) => {
            const starts = weeks.slice(at, at + 2);
            const request = makeSeriesRequest(starts, {
              ...{ therapistId: first, serviceId: 'sports' },
              ...(isPair && { beside: { name: BEN, therapistIds: starts.map(() => second) } }),
            });
            return () => book(request);
          });
          const before = (await rows()).length;
          const results = await atOnce(tasks);
          const bookedCount = results.reduce((sum, result) => {
            return sum + (result.ok ? result.appointments.length + (result.beside?.appointments.length ?? 0) : 0);
          }, 0);
          expect((await rows()).length - before).toBe(bookedCount);
          await expectWholePairs();
        },
      ),
      { numRuns: 12 },
    );
  });

  it('cancels both or neither while one of them is moved away', async () => {
    const { seriesId, appointments: own, beside } = await booked(pairRequest([instantAt('2026-12-03', '17:30')]));
    const results = await atOnce([
      () =>
        cancelAppointments(linkViewer(seriesId), { uid: own[0]!.uid, scope: 'this', withOther: true }, { now: NOW }),
      () =>
        cancelAppointments(
          linkViewer(beside.seriesId),
          { uid: beside.appointments[0]!.uid, scope: 'this', withOther: true },
          { now: NOW },
        ),
    ]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await rows()).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
  });
});
