import { describe, expect, it } from 'vitest';
import type { BookingOptions } from './booking-choice';
import { bookingHref } from './booking-url';
import { parseBookingChoice } from './parse-booking-choice';
import { formatReplacement, parseReplacement, type QueryParams } from './query-params';

const lengths = [30, 60, 90].map((minutes) => ({ minutes, priceCents: minutes * 100 }));
const offer: BookingOptions = {
  services: [
    { id: 'swedish', name: 'Swedish', pressure: 1, lengths, therapists: ['mira', 'tom', 'jun'] },
    { id: 'sports', name: 'Sports', pressure: 2, lengths, therapists: ['mira', 'tom'] },
    { id: 'deep-tissue', name: 'Deep tissue', pressure: 3, lengths: lengths.slice(1), therapists: ['tom'] },
  ],
  therapists: ['mira', 'tom', 'jun'].map((id) => ({ id, name: id })),
  question: {
    slug: 'sciatica',
    minutes: 30,
    cadence: 'biweekly',
    ladder: ['swedish', 'swedish', 'swedish', 'sports', 'sports', 'sports'],
  },
  maxSessions: 26,
  today: '2026-11-23',
  windowDays: 400,
};
const read = (query: string, changed: Partial<BookingOptions> = {}) => {
  const params: QueryParams = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const before = params[name];
    params[name] = before === undefined ? value : [before, value].flat();
  }
  return parseBookingChoice(params, { ...offer, ...changed });
};

describe('an address that leaves values out', () => {
  it('means, when empty, four weekly hours of the first massage with anyone', () => {
    expect(read('')).toMatchObject({
      step: 'massage',
      serviceId: 'swedish',
      minutes: 60,
      cadence: 'weekly',
      sessions: 4,
      therapistId: null,
      from: null,
      preset: 'same',
      ladder: ['swedish', 'swedish', 'swedish', 'swedish'],
      standing: null,
      picks: {},
    });
  });
  it('takes the plan of a question it names, including the number of sessions', () => {
    expect(read('from=sciatica')).toMatchObject({
      minutes: 30,
      cadence: 'biweekly',
      sessions: 6,
      preset: 'two',
      from: 'sciatica',
    });
  });
  it('keeps the suggested progression for another number of sessions', () => {
    expect(read('from=sciatica&sessions=4').ladder).toEqual(['swedish', 'swedish', 'sports', 'sports']);
  });
  it('drops the suggested progression for another massage', () => {
    expect(read('from=sciatica&type=sports')).toMatchObject({ preset: 'same', sessions: 6 });
  });
});

describe('invalid values in the address', () => {
  it.each([
    ['unknown ids', 'type=reiki&therapist=nobody&from=nowhere'],
    ['values that are not numbers', 'sessions=1e309&minutes=NaN'],
    ['signs and fractions', 'sessions=-3&minutes=60.5'],
    ['a length nobody offers', 'minutes=100000'],
    ['an unknown cadence and step', 'cadence=daily&step=pay'],
    ['prototype names', 'type=__proto__&ladder=constructor&therapist=toString'],
    ['scripts', 'type=%3Cscript%3E&part=%3Cb%3E&starts=x&key=%0d%0a'],
  ])('fall back to the defaults: %s', (_, query) => {
    expect(read(query)).toEqual(read(query.includes('ladder') ? 'ladder=swedish' : ''));
  });
  it('of repeated values, only the first is read', () => {
    expect(read('type=sports&type=swedish').serviceId).toBe('sports');
    expect(parseBookingChoice({ type: { toString: 1 }, sessions: 5, ladder: [['x']] }, offer)).toEqual(read(''));
  });
  it('the number of sessions is kept between one and the maximum', () => {
    expect(read('sessions=0').sessions).toBe(1);
    expect(read('sessions=27').sessions).toBe(26);
    expect(read('sessions=99999999999999999999').sessions).toBe(26);
    expect(read('sessions=26').ladder).toHaveLength(26);
  });
  it('one visit has one session, and the usual number is remembered', () => {
    expect(read('cadence=once&sessions=8')).toMatchObject({ sessions: 1, wanted: 8 });
    expect(read('cadence=once&sessions=1')).toMatchObject({ sessions: 1, wanted: 4 });
  });
  it('the length becomes one that the massage has', () => {
    expect(read('type=deep-tissue&minutes=30').minutes).toBe(60);
  });
  it('a therapist is kept only if they give every massage of the series', () => {
    expect(read('type=sports&therapist=mira').therapistId).toBe('mira');
    expect(read('type=sports&therapist=jun').therapistId).toBeNull();
    expect(read('sessions=2&ladder=swedish,sports&therapist=jun').therapistId).toBeNull();
  });
  it('an incomplete standing time leads back to the times', () => {
    expect(read('step=dates&on=2026-12-01&time=17:30').step).toBe('time');
    expect(read('step=you&on=2027-02-29&time=17:30&with=mira').step).toBe('time');
    expect(read('step=you&on=2026-11-22&time=17:30&with=mira').step).toBe('time');
    expect(read('step=dates&on=2037-12-01&time=17:30&with=mira').step).toBe('time');
    expect(read('step=dates&on=2026-12-01&time=24:00&with=mira').step).toBe('time');
    expect(read('step=dates&on=2026-12-01&time=17:30&with=mira')).toMatchObject({
      step: 'dates',
      standing: { on: '2026-12-01', time: '17:30', therapistId: 'mira' },
    });
  });
});

describe('repairs', () => {
  const standing = 'step=dates&on=2026-12-03&time=17:30&with=mira';
  it('are read for the dates of the series only', () => {
    expect(read(`${standing}&sessions=4&d4=2026-12-23T17:30@tom&d2=skip&d5=skip`).picks).toEqual({
      2: { kind: 'skip' },
      4: { kind: 'move', on: '2026-12-23', time: '17:30', therapistId: 'tom' },
    });
  });
  it('are ignored when they are invalid', () => {
    expect(
      read(`${standing}&d1=later&d2=2027-02-29T17:30@mira&d3=2026-12-23T25:00@mira&d4=2026-12-23T17:30@x`).picks,
    ).toEqual({});
  });
  it('are written as they are read', () => {
    for (const param of ['skip', '2026-12-23T17:30@mira'])
      expect(formatReplacement(parseReplacement(param)!)).toBe(param);
  });
});

describe('the form of the first step', () => {
  const radios = (...ids: string[]) => ids.map((id, index) => `l${index + 1}=${id}`).join('&');
  it('follows a changed preset, even if the radios differ', () => {
    expect(
      read(`was=swedish.same&gently=two&sessions=4&${radios('swedish', 'swedish', 'swedish', 'swedish')}`),
    ).toMatchObject({
      preset: 'two',
      ladder: ['swedish', 'swedish', 'sports', 'sports'],
    });
  });
  it('follows the radios when the preset is unchanged', () => {
    expect(read(`was=swedish.same&gently=same&sessions=3&${radios('swedish', 'sports', 'swedish')}`)).toMatchObject({
      preset: 'own',
      ladder: ['swedish', 'sports', 'swedish'],
    });
  });
  it('follows a changed massage, even if the radios differ', () => {
    expect(read(`type=sports&was=swedish.same&gently=same&sessions=2&${radios('swedish', 'swedish')}`).ladder).toEqual([
      'sports',
      'sports',
    ]);
    expect(
      read(`type=sports&was=swedish.own&gently=own&sessions=2&${radios('swedish', 'deep-tissue')}`).ladder,
    ).toEqual(['sports', 'sports']);
  });
  it('keeps the preset for another number of sessions', () => {
    expect(
      read(`was=swedish.two&gently=two&sessions=6&${radios('swedish', 'swedish', 'sports', 'sports')}`).ladder,
    ).toEqual(['swedish', 'swedish', 'swedish', 'sports', 'sports', 'sports']);
  });
  it("repeats the last massage of the reader's own mix when sessions are added", () => {
    expect(read(`was=swedish.own&gently=own&sessions=4&${radios('sports', 'swedish', 'sports')}`)).toMatchObject({
      preset: 'own',
      ladder: ['sports', 'swedish', 'sports', 'sports'],
    });
  });
  it('gives a single session the chosen massage, whatever the ladder was', () => {
    const own = `type=sports&was=sports.own&gently=own&cadence=once&sessions=3&${radios('deep-tissue', 'swedish', 'sports')}`;
    expect(read(own)).toMatchObject({ preset: 'same', ladder: ['sports'] });
  });
  it('adds or removes a session by button', () => {
    expect(read('sessions=4&more=1').sessions).toBe(5);
    expect(read('sessions=1&more=-1').sessions).toBe(1);
    expect(read('sessions=26&more=1').sessions).toBe(26);
  });
});

describe('an address made from a choice', () => {
  const full =
    'type=sports&minutes=90&cadence=biweekly&sessions=5&therapist=tom&from=sciatica&ladder=swedish,sports,swedish,sports,sports&week=2026-12-07&part=evening&starts=all&on=2026-12-08&time=17:30&with=tom&d2=skip&d3=2026-12-23T17:30@mira';
  it('reads back as the same choice', () => {
    for (const query of ['', 'from=sciatica', 'cadence=once', 'sessions=8&ladder=swedish,sports,swedish', full]) {
      const choice = read(query);
      expect(read(bookingHref(choice, 'dates').split('?')[1]!)).toEqual({
        ...choice,
        step: choice.standing ? 'dates' : 'time',
        wanted: choice.cadence === 'once' ? 4 : choice.wanted,
      });
    }
  });
  it('is readable for people', () => {
    expect(bookingHref(read(full), 'dates')).toBe(
      `/book?${full.replace('part=evening', 'part=evening')}`.replace('&d2', '&step=dates&d2'),
    );
  });
  it('drops the repairs of another standing time', () => {
    const other = bookingHref(read(full), 'dates', {
      standing: { on: '2026-12-09', time: '10:00', therapistId: 'tom' },
    });
    expect(other).not.toContain('d2=');
    expect(other).toContain('on=2026-12-09');
  });
});

describe('an hour that comes twice', () => {
  const second = 'step=dates&on=2026-12-03&time=17:30~2&with=mira';
  it('40 as the second of the two is kept for one date, in the address and in a repair', () => {
    const choice = read(`${second}&cadence=once`);
    expect(choice.standing).toMatchObject({ time: '17:30~2' });
    expect(bookingHref(choice, 'dates')).toContain('&time=17:30~2&');
    const pick = { kind: 'move', on: '2026-12-03', time: '17:30~2', therapistId: 'mira' } as const;
    expect(parseReplacement(formatReplacement(pick))).toEqual(pick);
  });
  it('40 as the second of the two becomes the first for a series', () => {
    expect(read(`${second}&cadence=weekly&sessions=4`).standing).toMatchObject({ time: '17:30' });
  });
});
