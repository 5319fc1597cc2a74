import { describe, expect, it } from 'vitest';
import { makePlannedSeries } from '@/testing/make-planned-series';
import {
  computeNominalDate,
  listOverlappingPositions,
  type Occurrence,
  planClaim,
  planSeriesExtension,
  type SeriesChangePlan,
  type SeriesRule,
} from './plan-series-extension';

const MINUTE = 60_000;
const hour = { durationMinutes: 60, bufferBefore: 0, bufferAfter: 15 };
const rule: SeriesRule = { timeZone: 'Europe/Dublin', cadence: 'weekly', time: '18:00', therapistId: 'mira' };

describe('a place on a local day', () => {
  it('says when a clock change shifts it', () => {
    const early = { ...rule, time: '01:30' };
    expect(['2027-03-21', '2027-03-28', '2027-04-04'].map((on) => computeNominalDate(early, 1, on).isShifted)).toEqual([
      false,
      true,
      false,
    ]);
    const late = computeNominalDate({ ...rule, timeZone: 'America/Nuuk', time: '23:30' }, 1, '2027-03-27');
    expect(late).toMatchObject({ isShifted: true, nominalOn: '2027-03-27' });
    expect(computeNominalDate({ ...rule, timeZone: 'Pacific/Apia', time: '09:00' }, 1, '2011-12-30').isShifted).toBe(
      true,
    );
  });
});

describe('extending a series', () => {
  const { occurrences, skips } = makePlannedSeries({
    rule,
    firstOn: '2026-12-01',
    visits: [hour, hour, hour],
    skip: [3],
  });
  const query = { rule, occurrences, skips, visits: [hour, hour], now: Date.UTC(2026, 10, 23) };

  it('goes on after the last date, a skipped one too, and keeps what there is', () => {
    const extended = planSeriesExtension(query) as SeriesChangePlan;
    expect(extended.claim.map(({ position, nominalOn, sequence }) => [position, nominalOn, sequence])).toEqual([
      [4, '2026-12-22', 0],
      [5, '2026-12-29', 0],
    ]);
    expect(extended.unchanged).toEqual(occurrences.map((occurrence) => ({ occurrence, because: 'not_meant' })));
    expect(extended.skips).toEqual(skips);
    expect(extended.notify).toEqual({ positions: [4, 5], therapistIds: ['mira'] });
  });

  it('claims each date with its padding, at the wall time on both sides of a clock change', () => {
    const first = makePlannedSeries({ rule, firstOn: '2026-10-13', visits: [hour], skip: [] });
    const visits = [hour, { ...hour, durationMinutes: 90, bufferBefore: 5 }];
    const common = { therapistId: 'mira', nominalTherapistId: 'mira', sequence: 0, isShifted: false, replaces: null };
    const extended = planSeriesExtension({ ...query, ...first, visits, now: Date.UTC(2026, 9, 1) }) as SeriesChangePlan;
    expect(extended).toMatchObject({ ok: true, rule, cancel: [], places: [], skips: [] });
    expect(extended.claim).toEqual([
      {
        ...common,
        position: 2,
        nominalOn: '2026-10-20',
        nominalStart: Date.UTC(2026, 9, 20, 17),
        start: Date.UTC(2026, 9, 20, 17),
        end: Date.UTC(2026, 9, 20, 18),
        paddedStart: Date.UTC(2026, 9, 20, 17),
        paddedEnd: Date.UTC(2026, 9, 20, 18, 15),
        visit: visits[0],
      },
      {
        ...common,
        position: 3,
        nominalOn: '2026-10-27',
        nominalStart: Date.UTC(2026, 9, 27, 18),
        start: Date.UTC(2026, 9, 27, 18),
        end: Date.UTC(2026, 9, 27, 19, 30),
        paddedStart: Date.UTC(2026, 9, 27, 17, 55),
        paddedEnd: Date.UTC(2026, 9, 27, 19, 45),
        visit: visits[1],
      },
    ]);
  });

  it('concerns no therapist by name where any will do', () => {
    const extended = planSeriesExtension({ ...query, rule: { ...rule, therapistId: null } }) as SeriesChangePlan;
    expect(extended.notify).toEqual({ positions: [4, 5], therapistIds: [] });
    expect(extended.claim[0]).toMatchObject({ therapistId: null, nominalTherapistId: null });
  });

  it('refuses malformed input by the name of the field', () => {
    const extend = (changes: object) => () => planSeriesExtension({ ...query, ...changes });
    expect(extend({ rule: { ...rule, time: '6pm' } })).toThrow(/^time must be/);
    expect(extend({ visits: [{ ...hour, durationMinutes: 0 }] })).toThrow(/^visit\.durationMinutes must be/);
    expect(extend({ visits: [{ ...hour, bufferBefore: -1 }] })).toThrow(/^visit\.bufferBefore must be/);
    expect(extend({ visits: [{ ...hour, bufferAfter: -1 }] })).toThrow(/^visit\.bufferAfter must be/);
  });

  it('counts on from the plan, not from where a hand has moved the last date', () => {
    const moved = occurrences.map((occurrence) => ({ ...occurrence, start: occurrence.start + 86_400_000 }));
    const extended = planSeriesExtension({
      ...query,
      occurrences: [...moved].reverse(),
      skips: [],
    }) as SeriesChangePlan;
    expect(extended.claim.map(({ position, nominalOn }) => [position, nominalOn])).toEqual([
      [3, '2026-12-15'],
      [4, '2026-12-22'],
    ]);
  });

  it('skips dates that are over, and keeps the rhythm', () => {
    const biweekly = { ...rule, cadence: 'biweekly' as const };
    const at = (now: number) =>
      (planSeriesExtension({ ...query, rule: biweekly, skips: [], now }) as SeriesChangePlan).claim[0]!.nominalOn;
    expect(at(Date.UTC(2027, 1, 1))).toBe('2027-02-02');
    expect(at(Date.UTC(2027, 1, 2, 17, 59))).toBe('2027-02-02');
    expect(at(Date.UTC(2027, 1, 2, 18))).toBe('2027-02-16');
  });

  it('starts from now where every upcoming date has been cancelled, and not after those', () => {
    const cancelled = occurrences.map((occurrence) => ({ ...occurrence, status: 'cancelled' as const }));
    const at = (now: number, existing: Occurrence[] = cancelled) =>
      (planSeriesExtension({ ...query, occurrences: existing, skips: [], now }) as SeriesChangePlan).claim[0]!
        .nominalOn;
    expect(at(query.now)).toBe('2026-11-24');
    expect(at(Date.UTC(2026, 11, 1, 18))).toBe('2026-12-08');
    expect(at(query.now, [...cancelled.slice(0, -1), occurrences.at(-1)!])).toBe('2026-12-15');
  });

  it('follows the last date that stands where several after it were cancelled, and the last of all where only one was', () => {
    const five = makePlannedSeries({ rule, firstOn: '2026-12-01', visits: Array(5).fill(hour), skip: [] }).occurrences;
    const at = (cancelledFrom: number, query_: object = {}) => {
      const existing = five.map((occurrence) =>
        occurrence.position >= cancelledFrom ? { ...occurrence, status: 'cancelled' as const } : occurrence,
      );
      const extended = planSeriesExtension({ ...query, occurrences: existing, skips: [], ...query_ });
      const { position, nominalOn } = (extended as SeriesChangePlan).claim[0]!;
      return [position, nominalOn];
    };
    expect(at(3)).toEqual([6, '2026-12-15']);
    expect(at(5)).toEqual([6, '2027-01-05']);
    expect(at(3, { now: Date.UTC(2026, 11, 24) })).toEqual([6, '2026-12-29']);
    const skipped = { position: 6, nominalOn: '2027-01-05', nominalStart: Date.UTC(2027, 0, 5, 18) };
    expect(at(4, { skips: [skipped] })).toEqual([7, '2027-01-12']);
  });

  it('refuses a single massage, an empty series, and dates that meet one moved there by hand', () => {
    expect(planSeriesExtension({ ...query, rule: { ...rule, cadence: 'once' } })).toEqual({
      ok: false,
      reason: 'once',
    });
    expect(planSeriesExtension({ ...query, occurrences: [], skips: [] })).toEqual({ ok: false, reason: 'not_found' });
    const moved = [occurrences[0]!, { ...occurrences[1]!, start: Date.UTC(2026, 11, 29, 18, 59) }];
    expect(planSeriesExtension({ ...query, occurrences: moved })).toEqual({
      ok: false,
      reason: 'meets_itself',
      positions: [5],
    });
    const cancelled = [occurrences[0]!, { ...moved[1]!, status: 'cancelled' as const }];
    expect(planSeriesExtension({ ...query, occurrences: cancelled })).toMatchObject({ ok: true });
    expect(() => planSeriesExtension({ ...query, now: Number.NaN })).toThrow(/^now must be/);
  });
});

describe('a claim', () => {
  it('may be for a minute, and padded by one', () => {
    const place = { position: 1, nominalOn: '1970-01-01', nominalStart: 0 };
    const visit = { durationMinutes: 1, bufferBefore: 1, bufferAfter: 1 };
    const claim = planClaim(
      place,
      { start: 0, therapistId: 'mira', nominalTherapistId: 'mira', visit, isShifted: false },
      null,
    );
    expect([claim.paddedStart, claim.end, claim.paddedEnd]).toEqual([-MINUTE, MINUTE, 2 * MINUTE]);
  });
});

describe('a client’s own dates', () => {
  it('meet when the massages do, whoever gives them, and not by padding alone', () => {
    const place = { position: 1, nominalOn: '1970-01-01', nominalStart: 0 };
    const at = (minutes: number, position: number) =>
      planClaim(
        { ...place, position },
        {
          start: minutes * MINUTE,
          therapistId: `t${position}`,
          nominalTherapistId: null,
          visit: hour,
          isShifted: false,
        },
        null,
      );
    expect(listOverlappingPositions([at(0, 1), at(59, 2), at(300, 3)], [])).toEqual([1, 2]);
    expect(listOverlappingPositions([at(0, 1), at(60, 2)], [])).toEqual([]);
  });
});
