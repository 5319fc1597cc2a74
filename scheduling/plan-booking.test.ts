import { describe, expect, it } from 'vitest';
import {
  type BookingRules,
  checkStartAndTherapists,
  getPriceOfLength,
  getPriceWithTherapist,
  planBooking,
  type RequestedSeries,
  type WorkingSchedule,
} from './plan-booking';
import { toInstant } from './zone-conversion';

const ZONE = 'Europe/Dublin';
const MINUTE = 60_000;
const at = (on: string, time: string) => toInstant(ZONE, on, time);
const TUESDAY = at('2026-12-01', '18:00');
const WEEK = 7 * 24 * 60 * MINUTE;

const swedish = {
  id: 'swedish',
  setupMinutes: 0,
  cleanupMinutes: 15,
  lengths: [{ minutes: 60, priceCents: 6800 }],
  therapists: ['mira', 'jun'],
  rooms: ['garden', 'street'],
};
const evenings: WorkingSchedule = { weeklyHours: { 2: [['16:00', '20:00']] }, overrides: [] };
type Service = NonNullable<ReturnType<BookingRules['services']['get']>>;
const rules: BookingRules = {
  timeZone: ZONE,
  stepMinutes: 15,
  noticeMinutes: 120,
  windowDays: 400,
  maxSessions: 4,
  services: new Map<string, Service>([
    ['swedish', swedish],
    [
      'hot',
      { ...swedish, id: 'hot', therapists: ['jun'], lengths: [{ minutes: 60, priceCents: 9000 }], setupMinutes: 10 },
    ],
    ['short', { ...swedish, id: 'short', lengths: [] }],
    ['phone', { ...swedish, id: 'phone', isByPhone: true }],
    ['early', { ...swedish, id: 'early', latestStart: '17:30' }],
  ]),
  hours: new Map([
    ['mira', evenings],
    ['jun', { ...evenings, overrides: [{ on: '2026-12-08', hours: [] }] }],
  ]),
  now: at('2026-11-23', '10:00'),
};

function makeRequest(starts: number[], other: Partial<RequestedSeries> = {}): RequestedSeries {
  return {
    cadence: starts.length > 1 ? 'weekly' : 'once',
    minutes: 60,
    appointments: starts.map((startsAt) => ({ startsAt, therapistId: 'mira', serviceId: 'swedish' })),
    ...other,
  };
}
function planned(request: RequestedSeries, held = rules) {
  const result = planBooking(request, held);
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.plan;
}
function refused(request: RequestedSeries, held = rules) {
  const result = planBooking(request, held);
  return result.ok ? [] : result.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('who works then', () => {
  const checkStart = (startsAt: number, ids = ['jun', 'mira']) => checkStartAndTherapists(startsAt, 60, ids, rules);

  it('lists those whose hours have the start on their grid, in the order asked', () => {
    expect(checkStart(TUESDAY)).toEqual({ ok: true, therapistIds: ['jun', 'mira'] });
    expect(checkStart(TUESDAY + WEEK)).toEqual({ ok: true, therapistIds: ['mira'] });
    expect(checkStart(at('2026-12-01', '19:00'))).toMatchObject({ ok: true });
  });

  it.each([
    ['This time is past.', rules.now],
    ['This time is past.', rules.now - 1],
    ['This time is too soon to be booked.', rules.now + 120 * MINUTE - 1],
    ['This time is too far ahead to be booked.', at('2028-01-04', '18:00')],
    ['This is not one of the times that can be booked.', at('2026-12-01', '19:15')],
    ['This is not one of the times that can be booked.', TUESDAY + 5 * MINUTE],
    ['This is not one of the times that can be booked.', TUESDAY + 1],
    ['This is not one of the times that can be booked.', at('2026-12-02', '18:00')],
  ])('says %s', (message, startsAt) => {
    expect(checkStart(startsAt)).toEqual({ ok: false, message });
  });

  it('leaves out therapists who take no appointments', () => {
    expect(checkStart(TUESDAY, ['tom'])).toMatchObject({ ok: false });
    expect(checkStart(TUESDAY, [])).toMatchObject({ ok: false });
  });

  it('refuses a start that is not on a five-minute cell, whatever the hours', () => {
    const odd = new Map([['mira', { weeklyHours: { 2: [['16:02', '20:00']] as [string, string][] }, overrides: [] }]]);
    expect(checkStartAndTherapists(at('2026-12-01', '16:02'), 60, ['mira'], { ...rules, hours: odd })).toMatchObject({
      ok: false,
    });
  });
});

describe('planning a booking', () => {
  it('gives each date’s padded time, price, and possible therapists and rooms', () => {
    expect(planned(makeRequest([TUESDAY]))).toEqual({
      firstOn: '2026-12-01',
      time: '18:00',
      sessions: 1,
      skipped: [],
      dates: [
        {
          position: 1,
          startsAt: TUESDAY,
          endsAt: TUESDAY + 60 * MINUTE,
          padded: { start: TUESDAY, end: TUESDAY + 75 * MINUTE },
          nominalStartsAt: TUESDAY,
          serviceId: 'swedish',
          priceCents: 6800,
          ownPrices: new Map(),
          therapistIds: ['mira'],
          roomIds: ['garden', 'street'],
        },
      ],
    });
  });

  it('lists for "any" all possible therapists of each date', () => {
    const dates = [TUESDAY, TUESDAY + WEEK].map((startsAt) => ({ startsAt, therapistId: 'any', serviceId: 'swedish' }));
    const plan = planned(makeRequest([TUESDAY, TUESDAY + WEEK], { appointments: dates }));
    expect(plan.dates.map(({ therapistIds }) => therapistIds)).toEqual([['mira', 'jun'], ['mira']]);
  });

  it('counts skipped dates among the positions, and keeps their planned times', () => {
    const request = makeRequest([TUESDAY, TUESDAY + 2 * WEEK], {
      skipped: [{ position: 2, on: '2026-12-08' }],
      standing: { firstOn: '2026-12-01', time: '18:00', therapistId: 'mira' },
    });
    const plan = planned(request);
    expect(plan.sessions).toBe(3);
    expect(plan.dates.map(({ position }) => position)).toEqual([1, 3]);
    expect(plan.dates.map(({ nominalStartsAt }) => nominalStartsAt)).toEqual([TUESDAY, TUESDAY + 2 * WEEK]);
    expect(plan.skipped).toEqual([{ position: 2, on: '2026-12-08', startsAt: TUESDAY + WEEK }]);
  });

  it('keeps the place in the plan of a date that was moved', () => {
    const moved = TUESDAY + WEEK - 60 * MINUTE;
    const plan = planned(makeRequest([TUESDAY, moved]));
    expect(plan.dates[1]).toMatchObject({ startsAt: moved, nominalStartsAt: TUESDAY + WEEK });
  });

  it('without a plan, treats a date after a left-out week as on the plan', () => {
    const plan = planned(makeRequest([TUESDAY, TUESDAY + 2 * WEEK]));
    expect(plan.dates[1]).toMatchObject({ position: 2, nominalStartsAt: TUESDAY + 2 * WEEK });
    const biweekly = planned({ ...makeRequest([TUESDAY, TUESDAY + WEEK]), cadence: 'biweekly' });
    expect(biweekly.dates[1]!.nominalStartsAt).toBe(TUESDAY + 2 * WEEK);
  });

  it('compares given dates with a given plan', () => {
    const standing = { firstOn: '2026-11-24', time: '18:00', therapistId: 'mira' };
    expect(planned(makeRequest([TUESDAY], { standing })).dates[0]!.nominalStartsAt).toBe(TUESDAY - WEEK);
  });

  it('40 does not treat the second of two equal hours as an exception, when there is one date', () => {
    const second = Date.UTC(2027, 9, 31, 1, 30);
    const night = { weeklyHours: { 0: [['00:00', '04:00']] as [string, string][] }, overrides: [] };
    const held = { ...rules, hours: new Map([['mira', night]]) };
    const plan = planned(makeRequest([second]), held);
    expect(plan).toMatchObject({ firstOn: '2027-10-31', time: '01:30' });
    expect(plan.dates[0]).toMatchObject({ startsAt: second, nominalStartsAt: second });
  });

  it('accepts positions that are given in order', () => {
    const request = makeRequest([TUESDAY, TUESDAY + WEEK]);
    const numbered = request.appointments.map((date, k) => ({ ...date, position: k + 1 }));
    expect(planned({ ...request, appointments: numbered }).dates.map(({ position }) => position)).toEqual([1, 2]);
  });

  it('lists every fault with its path', () => {
    const date = { startsAt: TUESDAY, therapistId: 'mira', serviceId: 'swedish' };
    const appointments = [
      date,
      { ...date, startsAt: TUESDAY + 45 * MINUTE },
      { ...date, startsAt: TUESDAY + WEEK, serviceId: 'nothing' },
      { ...date, startsAt: TUESDAY + 2 * WEEK, serviceId: 'hot' },
    ];
    expect(refused(makeRequest([1, 2, 3, 4], { appointments }))).toEqual([
      'appointments.1.startsAt: Give the dates in order, each once and none over another.',
      'appointments.2.serviceId: This massage is not offered.',
      'appointments.3.therapistId: This therapist does not offer this massage.',
    ]);
    expect(refused(makeRequest([TUESDAY], { appointments: [{ ...date, serviceId: 'short' }] }))).toEqual([
      'appointments.0.serviceId: This massage is not offered in this length.',
    ]);
    expect(refused(makeRequest([TUESDAY + 1]))).toEqual([
      'appointments.0.startsAt: This is not one of the times that can be booked.',
    ]);
  });

  it('accepts dates that touch', () => {
    expect(refused(makeRequest([TUESDAY - 60 * MINUTE, TUESDAY]))).toEqual([]);
  });

  it('wants between one and the most dates, and one for once', () => {
    const weeks = (count: number) => Array.from({ length: count }, (_, k) => TUESDAY + k * WEEK);
    expect(refused(makeRequest([]))).toEqual(['appointments: Choose at least one date.']);
    expect(refused(makeRequest(weeks(4)))).toEqual([]);
    expect(refused(makeRequest(weeks(5)))).toEqual(['appointments: Choose at most 4 dates.']);
    expect(refused(makeRequest(weeks(4), { skipped: [{ position: 5, on: '2026-12-29' }] }))).toEqual([
      'appointments: Choose at most 4 dates.',
    ]);
    expect(refused(makeRequest(weeks(2), { cadence: 'once' }))).toEqual(['appointments: Once means one date.']);
  });

  it('wants places that count 1, 2, 3', () => {
    const numbered = (...positions: (number | undefined)[]) => {
      const request = makeRequest(positions.map((_, k) => TUESDAY + k * WEEK));
      return { ...request, appointments: request.appointments.map((date, k) => ({ ...date, position: positions[k] })) };
    };
    const fault = ['appointments: Number the dates 1, 2, 3 and so on.'];
    for (const positions of [[2], [1, 3], [2, 1], [1, 1], [1, undefined]]) {
      expect(refused(numbered(...positions))).toEqual(fault);
    }
    const twice = [
      { position: 1, on: '2026-12-01' },
      { position: 1, on: '2026-12-01' },
    ];
    expect(refused({ ...numbered(3, undefined), skipped: twice })).toEqual(fault);
    expect(
      refused({ ...makeRequest([TUESDAY]), cadence: 'weekly', skipped: [{ position: 3, on: '2026-12-01' }] }),
    ).toEqual(fault);
  });
});

it('a therapist’s own price is taken where there is one', () => {
  const prices = { priceCents: 6800, ownPrices: new Map([['jun', 7500]]) };
  expect(getPriceWithTherapist(prices, 'jun')).toBe(7500);
  expect(getPriceWithTherapist(prices, 'mira')).toBe(6800);
  const massage = {
    lengths: [{ minutes: 60, priceCents: 6800 }],
    ownPrices: [{ therapistId: 'jun', minutes: 60, priceCents: 7500 }],
  };
  expect(getPriceOfLength(massage, 60, 'jun')).toBe(7500);
  expect(getPriceOfLength(massage, 60, 'mira')).toBe(6800);
  expect(() => getPriceOfLength(massage, 90, 'mira')).toThrow(RangeError);
});

describe('the rules of one massage', () => {
  const requestAt = (serviceId: string, time: string) =>
    makeRequest([], { appointments: [{ startsAt: at('2026-12-01', time), therapistId: 'mira', serviceId }] });

  it('refuse what is booked by phone, and a start that is too late in the day', () => {
    expect(refused(requestAt('phone', '18:00'))).toEqual([
      'appointments.0.serviceId: This massage is booked by phone. Please call us.',
    ]);
    expect(refused(requestAt('early', '17:30'))).toEqual([]);
    expect(refused(requestAt('early', '17:45'))).toEqual([
      'appointments.0.startsAt: This massage does not start so late in the day.',
    ]);
  });
});
