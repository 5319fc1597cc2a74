import { describe, expect, it } from 'vitest';
import { getDayInterval, toInstant, toIsoWithOffset, toWallTime, toWallTimeWithRepeatMark } from './zone-conversion';
import { canonicalZoneName } from './zone-names';
import { getZone, isTimeZone, listClockChanges, offsetPeriodAt } from './zone-offsets';

const HOUR = 3_600_000;

describe('a wall time becomes an instant', () => {
  it.each([
    ['Europe/London', '2026-12-01', '18:00', '2026-12-01T18:00Z', 'in winter'],
    ['Europe/London', '2027-07-01', '18:00', '2027-07-01T17:00Z', 'in summer'],
    ['Europe/London', '2027-03-28', '01:30', '2027-03-28T01:30Z', 'skipped: shifted forward, shown as 02:30'],
    ['Europe/London', '2026-10-25', '01:30', '2026-10-25T00:30Z', 'twice: the first'],
    ['Europe/London', '2026-10-25', '02:00', '2026-10-25T02:00Z', 'just after the repeat'],
    ['America/New_York', '2027-03-14', '02:30', '2027-03-14T07:30Z', 'skipped'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30Z', 'twice'],
    ['Australia/Lord_Howe', '2026-10-04', '02:15', '2026-10-03T15:45Z', 'half an hour skipped'],
    ['Australia/Lord_Howe', '2027-04-04', '01:45', '2027-04-03T14:45Z', 'half an hour twice'],
    ['America/Sao_Paulo', '2018-11-04', '00:00', '2018-11-04T03:00Z', 'midnight skipped: one in the morning'],
    ['Africa/Cairo', '2027-04-30', '00:30', '2027-04-29T22:30Z', 'after a skipped midnight'],
    ['America/Havana', '2026-11-01', '00:30', '2026-11-01T04:30Z', 'a first hour twice'],
    ['Pacific/Apia', '2011-12-30', '12:00', '2011-12-30T22:00Z', 'a day skipped: the same time a day later'],
    ['Asia/Kathmandu', '2026-12-01', '18:00', '2026-12-01T12:15Z', 'three quarters'],
    ['Pacific/Chatham', '2026-09-27', '03:00', '2026-09-26T14:15Z', 'skipped at a quarter to three'],
    ['Antarctica/Troll', '2027-03-28', '01:30', '2027-03-28T01:30Z', 'two hours skipped'],
    ['Antarctica/Troll', '2026-10-25', '02:30', '2026-10-25T00:30Z', 'two hours twice'],
    ['America/Nuuk', '2027-03-27', '23:30', '2027-03-28T01:30Z', 'the last hour of a day skipped'],
    ['Africa/Casablanca', '2026-03-22', '02:30', '2026-03-22T02:30Z', 'skipped after Ramadan'],
    ['America/Vancouver', '2026-07-01', '18:00', '2026-07-02T01:00Z', 'the next day in UTC'],
    ['UTC', '2028-02-29', '23:59', '2028-02-29T23:59Z', 'a leap day'],
    ['Europe/Dublin', '2026-12-31', '24:00', '2027-01-01T00:00Z', '24:00 is the next midnight, and year'],
  ])('%s %s %s is %s: %s', (timeZone, on, time, instant) => {
    expect(toInstant(timeZone, on, time)).toBe(Date.parse(instant));
  });

  it.each([
    ['europe/dublin', 'Europe/Dublin'],
    ['EUROPE/DUBLIN', 'Europe/Dublin'],
    ['america/argentina/buenos_aires', 'America/Argentina/Buenos_Aires'],
    ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['asia/kathmandu', 'Asia/Kathmandu'],
    ['europe/kyiv', 'Europe/Kyiv'],
    ['america/port-au-prince', 'America/Port-au-Prince'],
    ['etc/gmt+5', 'Etc/GMT+5'],
    ['gmt', 'UTC'],
  ])('%s has one canonical name: %s', (written, name) => {
    expect(canonicalZoneName(written)).toBe(name);
    expect(canonicalZoneName(name)).toBe(name);
  });

  it('42 accepts a zone name in any letter case, whichever case came first', () => {
    expect(toInstant('europe/dublin', '2027-07-01', '18:00')).toBe(toInstant('Europe/Dublin', '2027-07-01', '18:00'));
    expect(getZone('EUROPE/DUBLIN')).toBe(getZone('europe/dublin'));
  });

  it.each(['', 'Mars/Olympus', '+01:00', undefined, null, 7])('refuses %j as a zone', (name) => {
    expect(isTimeZone(name)).toBe(false);
    expect(() => toInstant(name as string, '2026-12-01', '18:00')).toThrow(/^timeZone must be an IANA time zone, got/);
  });

  it.each(['24:01', '25:00', '9:00', '09:60', '0900', '', 900])('refuses %j as a time', (time) => {
    expect(() => toInstant('UTC', '2026-12-01', time as string)).toThrow(/^time must be a time written HH:MM/);
    expect(() => toInstant('UTC', '2026-12-01', time as string)).toThrow(RangeError);
  });

  it('refuses a day that does not exist', () => {
    expect(() => toInstant('UTC', '2027-02-29', '09:00')).toThrow(
      'on must be a day written YYYY-MM-DD, got "2027-02-29"',
    );
  });

  it('knows the zones of today', () => {
    expect(isTimeZone('Europe/Dublin')).toBe(true);
  });
});

describe('an instant becomes what the wall clock shows', () => {
  it.each([
    ['Asia/Kathmandu', '2026-12-01T00:00:59.999Z', { on: '2026-12-01', time: '05:45', offsetMinutes: 345 }],
    ['America/St_Johns', '2026-12-01T03:29Z', { on: '2026-11-30', time: '23:59', offsetMinutes: -210 }],
    ['Europe/London', '2026-10-25T01:30Z', { on: '2026-10-25', time: '01:30', offsetMinutes: 0 }],
    ['Europe/London', '1969-12-31T23:30Z', { on: '1970-01-01', time: '00:30', offsetMinutes: 60 }],
  ])('in %s at %s', (timeZone, instant, wall) => {
    expect(toWallTime(timeZone, Date.parse(instant))).toEqual(wall);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 8.64e15])('refuses %j as an instant', (instant) => {
    expect(() => toWallTime('UTC', instant)).toThrow(/^instant must be an instant in ms since the epoch/);
  });

  it('is written in ISO format with the sign of its offset', () => {
    expect(toIsoWithOffset('America/St_Johns', Date.UTC(2026, 6, 1, 0, 0, 5))).toBe('2026-06-30T21:30:05-02:30');
    expect(toIsoWithOffset('Europe/Dublin', Date.UTC(2026, 11, 1, 18, 0, 1, 999))).toBe('2026-12-01T18:00:01+00:00');
    expect(toIsoWithOffset('Europe/Dublin', Date.UTC(1900, 0, 1))).toBe('1899-12-31T23:34:39-00:25');
    expect(toIsoWithOffset('Africa/Monrovia', 0)).toBe('1969-12-31T23:15:30-00:45');
    expect(toIsoWithOffset('Asia/Kathmandu', -1000)).toBe('1970-01-01T05:29:59+05:30');
  });

  it('has the zone’s first known offset for all earlier time', () => {
    expect(toWallTime('Europe/London', Date.UTC(1600, 0, 1)).offsetMinutes).toBe(
      toWallTime('Europe/London', Date.UTC(1801, 0, 1)).offsetMinutes,
    );
  });
});

describe('a day', () => {
  it.each([
    ['Europe/London', '2026-12-01', 24],
    ['Europe/London', '2027-03-28', 23],
    ['Europe/London', '2026-10-25', 25],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2027-04-04', 24.5],
    ['America/Sao_Paulo', '2018-11-04', 23],
    ['America/Sao_Paulo', '2018-02-17', 25],
    ['Antarctica/Troll', '2027-03-28', 22],
    ['Antarctica/Troll', '2026-10-25', 26],
    ['America/Nuuk', '2027-03-27', 23],
    ['Pacific/Apia', '2011-12-30', 0],
    ['Pacific/Apia', '2011-12-29', 24],
  ])('of %s on %s has %d hours, and the next begins where it ends', (timeZone, on, hours) => {
    const { start, end } = getDayInterval(timeZone, on);
    expect((end - start) / HOUR).toBe(hours);
    const next = new Date(Date.parse(`${on}T00:00Z`) + 24 * HOUR).toISOString().slice(0, 10);
    expect(getDayInterval(timeZone, next).start).toBe(end);
  });

  it('begins when a gap over its midnight ends, not at the shifted midnight', () => {
    // Toronto skipped from 23:30 to 00:30 in 1919.
    const { start } = getDayInterval('America/Toronto', '1919-03-31');
    expect(toWallTime('America/Toronto', start)).toEqual({ on: '1919-03-31', time: '00:30', offsetMinutes: -240 });
    expect(toWallTime('America/Toronto', start - 1000).time).toBe('23:29');
  });
});

describe('clock changes', () => {
  it('are listed with both offsets, to the second', () => {
    expect(listClockChanges(getZone('Europe/London'), Date.UTC(2027, 0), Date.UTC(2028, 0))).toEqual([
      { at: Date.UTC(2027, 2, 28, 1), before: 0, after: HOUR },
      { at: Date.UTC(2027, 9, 31, 1), before: HOUR, after: 0 },
    ]);
    expect(listClockChanges(getZone('Africa/Monrovia'), Date.UTC(1972, 0), Date.UTC(1973, 0))[0]).toEqual({
      at: Date.UTC(1972, 0, 7, 0, 44, 30),
      before: -2_670_000,
      after: 0,
    });
  });

  it('at the end of the span are not part of it', () => {
    const zone = getZone('Europe/London');
    const at = Date.UTC(2027, 2, 28, 1);
    expect(listClockChanges(zone, at - HOUR, at)).toEqual([]);
    expect(listClockChanges(zone, at - HOUR, at + 1)).toHaveLength(1);
    expect(listClockChanges(zone, at, at + HOUR)).toEqual([]);
  });

  it('are found where a chunk of the cache ends', () => {
    // 3 × 366 days after 1970 is 3 January 1973.
    const end = 3 * 366 * 86_400_000;
    const zone = { ...getZone('UTC'), chunks: new Map(), last: { from: 0, until: 0, offset: 0 } };
    const format = {
      format: (instant: number) => getZone('UTC').format.format(instant < end ? instant : instant + HOUR),
    };
    const changes = listClockChanges(
      { ...zone, format: format as Intl.DateTimeFormat },
      end - 5 * HOUR,
      end + 5 * HOUR,
    );
    expect(changes).toEqual([{ at: end, before: 0, after: HOUR }]);
  });

  it('separate the periods of constant offset', () => {
    const zone = getZone('Europe/London');
    const at = Date.UTC(2027, 2, 28, 1);
    expect(offsetPeriodAt(zone, at - 1).until).toBe(at);
    expect(offsetPeriodAt(zone, at).from).toBe(at);
    expect(offsetPeriodAt(zone, at - 1)).toMatchObject({ offset: 0 });
  });
});

describe('a time that the clock shows twice', () => {
  it('40 is written with a mark that finds each of the two instants again', () => {
    for (const zone of ['Europe/Dublin', 'Africa/Cairo', 'Australia/Lord_Howe', 'America/Havana']) {
      const year = Date.UTC(2027, 0);
      for (const { at } of listClockChanges(getZone(zone), year, Date.UTC(2028, 0))) {
        for (let instant = at - 3 * HOUR; instant < at + 3 * HOUR; instant += 5 * 60_000) {
          const time = toWallTimeWithRepeatMark(zone, instant);
          expect(toInstant(zone, toWallTime(zone, instant).on, time), `${zone} ${time}`).toBe(instant);
        }
      }
    }
    expect(toWallTimeWithRepeatMark('Europe/Dublin', Date.UTC(2027, 9, 31, 0, 30))).toBe('01:30');
    expect(toWallTimeWithRepeatMark('Europe/Dublin', Date.UTC(2027, 9, 31, 1, 30))).toBe('01:30~2');
  });

  it('40 has no second instant on another day, nor next to a time that the clock skips', () => {
    expect(toInstant('Europe/Dublin', '2027-10-30', '01:30~2')).toBe(toInstant('Europe/Dublin', '2027-10-30', '01:30'));
    expect(toInstant('Europe/Dublin', '2027-03-28', '00:30~2')).toBe(toInstant('Europe/Dublin', '2027-03-28', '00:30'));
    expect(toInstant('Europe/Dublin', '2027-10-31', '00:30~2')).toBe(toInstant('Europe/Dublin', '2027-10-31', '00:30'));
    expect(() => toInstant('Europe/Dublin', '2027-10-31', '01:30~3')).toThrow(RangeError);
  });
});
