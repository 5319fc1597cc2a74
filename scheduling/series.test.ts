import { describe, expect, it } from 'vitest';
import {
  claimOf,
  meetingOf,
  type Occurrence,
  planExtension,
  planSeries,
  type SeriesPlan,
  type SeriesRule,
} from './series';

const MINUTE = 60_000;
const hour = { durationMinutes: 60, bufferBefore: 0, bufferAfter: 15 };
const rule: SeriesRule = { timeZone: 'Europe/Dublin', cadence: 'weekly', time: '18:00', therapistId: 'mira' };

function booked(plan: SeriesPlan): Occurrence[] {
  return plan.claim.map(({ position, nominalOn, nominalStart, start, visit, sequence }) => ({
    position,
    nominalOn,
    nominalStart,
    start,
    visit,
    sequence,
    uid: `a${position}`,
    therapistId: 'mira',
    nominalTherapistId: 'mira',
    status: 'booked',
  }));
}

describe('planning a series', () => {
  it('claims each date with its padding, at the wall time on both sides of a clock change', () => {
    const plan = planSeries({
      rule,
      firstOn: '2026-10-20',
      visits: [hour, { ...hour, durationMinutes: 90, bufferBefore: 5 }],
      skip: [],
    });
    expect(plan.claim).toEqual([
      {
        position: 1,
        nominalOn: '2026-10-20',
        nominalStart: Date.UTC(2026, 9, 20, 17),
        start: Date.UTC(2026, 9, 20, 17),
        end: Date.UTC(2026, 9, 20, 18),
        paddedStart: Date.UTC(2026, 9, 20, 17),
        paddedEnd: Date.UTC(2026, 9, 20, 18, 15),
        therapistId: 'mira',
        nominalTherapistId: 'mira',
        visit: hour,
        sequence: 0,
        isShifted: false,
        replaces: null,
      },
      {
        position: 2,
        nominalOn: '2026-10-27',
        nominalStart: Date.UTC(2026, 9, 27, 18),
        start: Date.UTC(2026, 9, 27, 18),
        end: Date.UTC(2026, 9, 27, 19, 30),
        paddedStart: Date.UTC(2026, 9, 27, 17, 55),
        paddedEnd: Date.UTC(2026, 9, 27, 19, 45),
        therapistId: 'mira',
        nominalTherapistId: 'mira',
        visit: { durationMinutes: 90, bufferBefore: 5, bufferAfter: 15 },
        sequence: 0,
        isShifted: false,
        replaces: null,
      },
    ]);
    expect(plan).toMatchObject({
      ok: true,
      rule,
      keep: [],
      cancel: [],
      skips: [],
      tell: { positions: [1, 2], therapistIds: ['mira'] },
    });
  });

  it('remembers a skipped date and leaves its position to it', () => {
    const plan = planSeries({ rule, firstOn: '2026-12-15', visits: [hour, hour, hour], skip: [2] });
    expect(plan.claim.map(({ position }) => position)).toEqual([1, 3]);
    expect(plan.skips).toEqual([{ position: 2, nominalOn: '2026-12-22', nominalStart: Date.UTC(2026, 11, 22, 18) }]);
    expect(plan.tell.positions).toEqual([1, 3]);
  });

  it('says when a clock change shifts a date', () => {
    const early = { ...rule, time: '01:30', therapistId: null };
    const plan = planSeries({ rule: early, firstOn: '2027-03-21', visits: [hour, hour, hour], skip: [] });
    expect(plan.claim.map(({ isShifted }) => isShifted)).toEqual([false, true, false]);
    expect(plan.tell.therapistIds).toEqual([]);
    const late = planSeries({
      rule: { ...early, timeZone: 'America/Nuuk', time: '23:30' },
      firstOn: '2027-03-27',
      visits: [hour],
      skip: [],
    });
    expect(late.claim[0]).toMatchObject({ isShifted: true, nominalOn: '2027-03-27' });
    const apia = planSeries({
      rule: { ...early, timeZone: 'Pacific/Apia', time: '09:00' },
      firstOn: '2011-12-30',
      visits: [hour],
      skip: [],
    });
    expect(apia.claim[0]!.isShifted).toBe(true);
  });

  it('refuses malformed input by the name of the field', () => {
    const plan = (changes: object) => () =>
      planSeries({ rule, firstOn: '2026-12-01', visits: [hour], skip: [], ...changes });
    expect(plan({ visits: [] })).toThrow(/^sessions must be/);
    expect(plan({ rule: { ...rule, cadence: 'once' }, visits: [hour, hour] })).toThrow(
      /^visits must be one for a single massage/,
    );
    expect(plan({ firstOn: 'x' })).toThrow(/^firstOn must be/);
    expect(plan({ rule: { ...rule, time: '6pm' } })).toThrow(/^time must be/);
    expect(plan({ visits: [{ ...hour, durationMinutes: 0 }] })).toThrow(/^visit\.durationMinutes must be/);
    expect(plan({ visits: [{ ...hour, bufferBefore: -1 }] })).toThrow(/^visit\.bufferBefore must be/);
    expect(plan({ visits: [{ ...hour, bufferAfter: -1 }] })).toThrow(/^visit\.bufferAfter must be/);
  });
});

describe('extending a series', () => {
  const plan = planSeries({ rule, firstOn: '2026-12-01', visits: [hour, hour, hour], skip: [3] });
  const occurrences = booked(plan);
  const ask = { rule, occurrences, skips: plan.skips, visits: [hour, hour], now: Date.UTC(2026, 10, 23) };

  it('goes on after the last date, a skipped one too, and keeps what there is', () => {
    const extended = planExtension(ask) as SeriesPlan;
    expect(extended.claim.map(({ position, nominalOn, sequence }) => [position, nominalOn, sequence])).toEqual([
      [4, '2026-12-22', 0],
      [5, '2026-12-29', 0],
    ]);
    expect(extended.keep).toEqual(occurrences.map((occurrence) => ({ occurrence, because: 'not_meant' })));
    expect(extended.skips).toEqual(plan.skips);
    expect(extended.tell).toEqual({ positions: [4, 5], therapistIds: ['mira'] });
  });

  it('counts on from the plan, not from where a hand has moved the last date', () => {
    const moved = occurrences.map((occurrence) => ({ ...occurrence, start: occurrence.start + 86_400_000 }));
    const extended = planExtension({ ...ask, occurrences: [...moved].reverse(), skips: [] }) as SeriesPlan;
    expect(extended.claim.map(({ position, nominalOn }) => [position, nominalOn])).toEqual([
      [3, '2026-12-15'],
      [4, '2026-12-22'],
    ]);
  });

  it('passes by dates that are over, in rhythm', () => {
    const biweekly = { ...rule, cadence: 'biweekly' as const };
    const at = (now: number) =>
      (planExtension({ ...ask, rule: biweekly, skips: [], now }) as SeriesPlan).claim[0]!.nominalOn;
    expect(at(Date.UTC(2027, 1, 1))).toBe('2027-02-02');
    expect(at(Date.UTC(2027, 1, 2, 17, 59))).toBe('2027-02-02');
    expect(at(Date.UTC(2027, 1, 2, 18))).toBe('2027-02-16');
  });

  it('refuses a single massage, an empty series, and dates that meet one moved there by hand', () => {
    expect(planExtension({ ...ask, rule: { ...rule, cadence: 'once' } })).toEqual({ ok: false, reason: 'once' });
    expect(planExtension({ ...ask, occurrences: [], skips: [] })).toEqual({ ok: false, reason: 'not_found' });
    const moved = [occurrences[0]!, { ...occurrences[1]!, start: Date.UTC(2026, 11, 29, 18, 59) }];
    expect(planExtension({ ...ask, occurrences: moved })).toEqual({
      ok: false,
      reason: 'meets_itself',
      positions: [5],
    });
    const gone = [occurrences[0]!, { ...moved[1]!, status: 'cancelled' as const }];
    expect(planExtension({ ...ask, occurrences: gone })).toMatchObject({ ok: true });
    expect(() => planExtension({ ...ask, now: Number.NaN })).toThrow(/^now must be/);
  });
});

describe('a claim', () => {
  it('may be for a minute, and padded by one', () => {
    const place = { position: 1, nominalOn: '1970-01-01', nominalStart: 0 };
    const visit = { durationMinutes: 1, bufferBefore: 1, bufferAfter: 1 };
    const claim = claimOf(
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
      claimOf(
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
    expect(meetingOf([at(0, 1), at(59, 2), at(300, 3)], [])).toEqual([1, 2]);
    expect(meetingOf([at(0, 1), at(60, 2)], [])).toEqual([]);
  });
});
