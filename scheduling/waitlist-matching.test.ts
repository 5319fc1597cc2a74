import { describe, expect, it } from 'vitest';
import fc from '@/testing/property-tests';
import { addDays, weekdayOf } from './day';
import {
  ANY_DAY_PART,
  chooseOffer,
  compareWaitlistPriority,
  getDayPartBit,
  getOfferExpiry,
  getPartOfDay,
  isOutsideOfferQuietHours,
  listPossibleOffers,
  matchesRequestedWeekdayAndTime,
  PARTS_OF_DAY,
  type PossibleOffer,
  type TherapistFreeStarts,
  type WaitlistRequest,
} from './waitlist-matching';
import { toInstant, toWallTime } from './zone-conversion';

const timeZone = 'Europe/Dublin';
const MINUTE = 60_000;

const request: WaitlistRequest = {
  id: 'request',
  therapistId: null,
  cadence: 'once',
  sessions: 1,
  fromOn: '2026-12-01',
  untilOn: '2027-03-31',
  dayParts: ANY_DAY_PART,
  atTime: null,
  soonerThan: null,
  isUrgent: false,
  isSkip: false,
  createdAt: 0,
};
const startOf = (on: string, time: string) => toInstant(timeZone, on, time);
const freeOf = (dates: [string, string][], freed = dates, therapistId = 'mira'): TherapistFreeStarts => ({
  therapistId,
  all: new Set(dates.map(([on, time]) => startOf(on, time))),
  freed: freed.map(([on, time]) => ({ start: startOf(on, time), on, time })),
});
const weeks = (firstOn: string, time: string, count: number, step = 7) =>
  Array.from({ length: count }, (_, k): [string, string] => [addDays(firstOn, k * step), time]);
const never = () => false;

describe('the parts of a day', () => {
  it('begin at noon and at 17:00', () => {
    expect(['00:00', '11:59', '12:00', '16:59', '17:00', '23:59'].map(getPartOfDay)).toEqual([
      'morning',
      'morning',
      'afternoon',
      'afternoon',
      'evening',
      'evening',
    ]);
  });

  it('have one bit each, and all bits together mean any day and time', () => {
    const bits = [0, 1, 2, 3, 4, 5, 6].flatMap((weekday) => PARTS_OF_DAY.map((part) => getDayPartBit(weekday, part)));
    expect(new Set(bits).size).toBe(21);
    expect(bits.reduce((sum, bit) => sum + bit, 0)).toBe(ANY_DAY_PART);
  });
});

describe('a waitlist request', () => {
  it('matches only the starts on its days and parts of the day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: ANY_DAY_PART }),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: 0, max: 23 }),
        (dayParts, days, hour) => {
          const on = addDays('2026-01-01', days);
          const time = `${String(hour).padStart(2, '0')}:30`;
          const part = hour < 12 ? 0 : hour < 17 ? 1 : 2;
          const digits = dayParts.toString(2).padStart(21, '0').split('').reverse();
          expect(matchesRequestedWeekdayAndTime({ ...request, dayParts }, on, time, 0)).toBe(
            digits[weekdayOf(on) * 3 + part] === '1',
          );
        },
      ),
    );
  });

  it('for one standing time matches only that time', () => {
    const standing = { ...request, atTime: '18:00' };
    expect(matchesRequestedWeekdayAndTime(standing, '2026-12-01', '18:00', 0)).toBe(true);
    expect(matchesRequestedWeekdayAndTime(standing, '2026-12-01', '18:15', 0)).toBe(false);
  });

  it('for something sooner matches only starts before the held date', () => {
    expect(matchesRequestedWeekdayAndTime({ ...request, soonerThan: 5 }, '2026-12-01', '18:00', 4)).toBe(true);
    expect(matchesRequestedWeekdayAndTime({ ...request, soonerThan: 5 }, '2026-12-01', '18:00', 5)).toBe(false);
  });
});

describe('the priority of waitlist requests', () => {
  const skip = { ...request, id: 'skip', isSkip: true, createdAt: 9 };
  const standing = { ...request, id: 'standing', sessions: 8, cadence: 'weekly' as const, createdAt: 8 };
  const urgent = { ...request, id: 'urgent', isUrgent: true, createdAt: 7 };
  const old = { ...request, id: 'old', createdAt: 1 };
  const young = { ...request, id: 'young', createdAt: 2 };
  const alike = { ...request, id: 'younger', createdAt: 2 };

  it('is: a skipped date, a whole standing time, urgent, the longest wait, the id', () => {
    const mixed = [alike, young, old, urgent, standing, skip];
    expect(mixed.sort(compareWaitlistPriority).map(({ id }) => id)).toEqual([
      'skip',
      'standing',
      'urgent',
      'old',
      'young',
      'younger',
    ]);
  });

  it('is consistent in both directions of comparison', () => {
    const all = [skip, standing, urgent, old, young, alike];
    for (const entry of all)
      for (const other of all)
        if (entry !== other)
          expect(Math.sign(compareWaitlistPriority(entry, other))).toBe(
            -Math.sign(compareWaitlistPriority(other, entry)),
          );
  });
});

describe('the dates that could be offered', () => {
  it('for one date are each start that was freed', () => {
    const offers = listPossibleOffers(freeOf([['2026-12-01', '18:00']]), { cadence: 'once', sessions: 1, timeZone });
    expect(offers).toEqual([
      {
        therapistId: 'mira',
        firstOn: '2026-12-01',
        time: '18:00',
        starts: [startOf('2026-12-01', '18:00')],
        freed: 1,
      },
    ]);
  });

  it('for a standing time are all its dates, also when only one of them was freed', () => {
    const dates = weeks('2026-12-01', '18:00', 8);
    const offers = listPossibleOffers(freeOf(dates, [dates[4]!]), { cadence: 'weekly', sessions: 8, timeZone });
    expect(offers).toMatchObject([{ firstOn: '2026-12-01', time: '18:00', freed: 1 }]);
    expect(offers[0]!.starts).toEqual(dates.map(([on, time]) => startOf(on, time)));
  });

  it('for a standing time are none while one of its dates is taken', () => {
    const dates = weeks('2026-12-01', '18:00', 8);
    const without = dates.filter((_, k) => k !== 5);
    expect(listPossibleOffers(freeOf(without), { cadence: 'weekly', sessions: 8, timeZone })).toEqual([]);
  });

  it('keep the wall time over a clock change, also every second week', () => {
    const dates = weeks('2027-03-16', '18:00', 3, 14);
    const [offer] = listPossibleOffers(freeOf(dates), { cadence: 'biweekly', sessions: 3, timeZone });
    expect(offer!.starts.map((start) => toWallTime(timeZone, start).time)).toEqual(['18:00', '18:00', '18:00']);
  });

  it('never include a start that is not free', () => {
    const day = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(
        fc.array(day, { minLength: 1, maxLength: 40 }),
        fc.array(day, { maxLength: 40 }),
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom('once' as const, 'weekly' as const, 'biweekly' as const),
        (freed, others, sessions, cadence) => {
          const dated = (days: number[]) => days.map((n): [string, string] => [addDays('2026-12-01', n), '10:00']);
          const free = freeOf(dated([...freed, ...others]), dated(freed));
          for (const offer of listPossibleOffers(free, { cadence, sessions, timeZone })) {
            expect(offer.starts.every((start) => free.all.has(start))).toBe(true);
            expect(offer.starts).toHaveLength(cadence === 'once' ? 1 : sessions);
            expect(offer.freed).toBeGreaterThan(0);
          }
        },
      ),
    );
  });
});

describe('the dates offered for a request', () => {
  const makePossibleOffer = (firstOn: string, time: string, other: Partial<PossibleOffer> = {}): PossibleOffer => {
    return { therapistId: 'mira', firstOn, time, starts: [startOf(firstOn, time)], freed: 1, ...other };
  };
  const early = makePossibleOffer('2026-12-02', '09:00');
  const late = makePossibleOffer('2026-12-03', '18:00');

  it('are those that use most of the freed time, and among equals the earliest', () => {
    expect(chooseOffer(request, [late, early], never)).toBe(early);
    expect(chooseOffer(request, [early, late], never)).toBe(early);
    const full = makePossibleOffer('2026-12-09', '18:00', { freed: 8 });
    expect(chooseOffer(request, [early, full, late], never)).toBe(full);
  });

  it('are on its days, with its therapist, and were not refused before', () => {
    expect(chooseOffer({ ...request, fromOn: '2026-12-03' }, [early, late], never)).toBe(late);
    expect(chooseOffer({ ...request, untilOn: '2026-12-02' }, [late, early], never)).toBe(early);
    expect(chooseOffer({ ...request, therapistId: 'jun' }, [early], never)).toBe(null);
    expect(chooseOffer({ ...request, therapistId: 'mira' }, [early], never)).toBe(early);
    expect(chooseOffer({ ...request, dayParts: getDayPartBit(4, 'evening') }, [early, late], never)).toBe(late);
    expect(chooseOffer(request, [early, late], (found) => found === early)).toBe(late);
  });
});

describe('an offer', () => {
  const hour = 60 * MINUTE;

  it('is held for its minutes, for less near the session, and is not made when too little time is left', () => {
    const query = { now: 0, minutes: 30, noticeMinutes: 120 };
    expect(getOfferExpiry({ ...query, firstStart: 24 * hour })).toBe(30 * MINUTE);
    expect(getOfferExpiry({ ...query, firstStart: 2 * hour + 10 * MINUTE })).toBe(10 * MINUTE);
    expect(getOfferExpiry({ ...query, firstStart: 2 * hour + 5 * MINUTE })).toBe(5 * MINUTE);
    expect(getOfferExpiry({ ...query, firstStart: 2 * hour + 4 * MINUTE })).toBe(null);
  });

  it.each([
    ['now', { now: Number.NaN }],
    ['firstStart', { firstStart: Number.POSITIVE_INFINITY }],
    ['minutes', { minutes: 0 }],
    ['noticeMinutes', { noticeMinutes: -1 }],
  ])('throws an error that names a malformed %s', (field, wrong) => {
    expect(() => getOfferExpiry({ now: 0, firstStart: 0, minutes: 30, noticeMinutes: 0, ...wrong })).toThrow(field);
  });
});

it.each([
  ['06:59', false],
  ['07:00', true],
  ['21:59', true],
  ['22:00', false],
])('at %s an offer may be made: %s', (time, may) => {
  expect(isOutsideOfferQuietHours(timeZone, toInstant(timeZone, '2026-12-01', time))).toBe(may);
});
