import { describe, expect, it } from 'vitest';
import { makePlannedSeries } from '@/testing/make-planned-series';
import fc, { getPropertyTestRuns } from '@/testing/property-tests';
import { intervalsOverlap } from './interval-arithmetic';
import { isMovedFromPlan, listDatesToMove, planSeriesEdit, type SeriesEdit } from './plan-series-edit';
import { type Occurrence, planSeriesExtension, type SeriesChangePlan, type SeriesRule } from './plan-series-extension';
import { toInstant, toWallTime } from './zone-conversion';

const MINUTE = 60_000;
const DAY = 86_400_000;
const hour = { durationMinutes: 60, bufferBefore: 0, bufferAfter: 15 };
const rule: SeriesRule = { timeZone: 'Europe/Dublin', cadence: 'weekly', time: '18:00', therapistId: 'mira' };
const NOW = Date.UTC(2026, 10, 23, 12);

function seriesOf(count: number, skip: number[] = [], firstOn = '2026-12-01') {
  return { rule, ...makePlannedSeries({ rule, firstOn, visits: Array(count).fill(hour), skip }) };
}

function edit(changes: Partial<SeriesEdit>): SeriesChangePlan {
  const plan = planSeriesEdit({
    ...seriesOf(4),
    uid: 'a2',
    scope: 'this',
    change: { kind: 'cancel', by: 'client' },
    now: NOW,
    cutoffMinutes: 0,
    ...changes,
  });
  if (!plan.ok) throw new Error(plan.reason);
  return plan;
}

const refusal = (changes: Partial<SeriesEdit>) =>
  planSeriesEdit({
    ...seriesOf(4),
    uid: 'a2',
    scope: 'this',
    change: { kind: 'cancel', by: 'client' },
    now: NOW,
    cutoffMinutes: 0,
    ...changes,
  });
const unchangedPositions = (plan: SeriesChangePlan) =>
  plan.unchanged.map(({ occurrence, because }) => `${occurrence.position} ${because}`);
const claimed = (plan: SeriesChangePlan) =>
  plan.claim.map(
    ({ position, start }) =>
      `${position} ${toWallTime('Europe/Dublin', start).on} ${toWallTime('Europe/Dublin', start).time}`,
  );
const changed = (index: number, changes: Partial<Occurrence>) => {
  const { occurrences } = seriesOf(4);
  occurrences[index] = { ...occurrences[index]!, ...changes };
  return occurrences;
};
const at = (on: string, time: string) => toInstant('Europe/Dublin', on, time);

describe('cancelling', () => {
  it.each<[SeriesEdit['scope'], number[]]>([
    ['this', [2]],
    ['following', [2, 3, 4]],
    ['all', [1, 2, 3, 4]],
  ])('%s releases %j', (scope, positions) => {
    const plan = edit({ scope });
    expect(plan.cancel.map(({ position }) => position)).toEqual(positions);
    expect(plan.unchanged.every(({ because }) => because === 'not_meant')).toBe(true);
    expect(plan.unchanged).toHaveLength(4 - positions.length);
    expect(plan).toMatchObject({ rule, claim: [], skips: [], notify: { positions, therapistIds: ['mira'] } });
  });

  it('includes exceptions, which are still dates of the series', () => {
    const plan = edit({
      scope: 'all',
      occurrences: changed(2, { start: at('2026-12-16', '09:00'), therapistId: 'tom' }),
    });
    expect(plan.cancel).toHaveLength(4);
    expect(plan.notify.therapistIds).toEqual(['mira', 'tom']);
  });

  it('leaves what has begun, what is over, and what lies within the cutoff', () => {
    const now = at('2026-12-01', '18:00');
    expect(unchangedPositions(edit({ scope: 'all', now }))).toEqual(['1 past']);
    expect(unchangedPositions(edit({ scope: 'all', now: now - 1 }))).toEqual([]);
    expect(unchangedPositions(edit({ scope: 'all', now: now - DAY + 1, cutoffMinutes: 1440 }))).toEqual(['1 cutoff']);
    expect(unchangedPositions(edit({ scope: 'all', now: now - DAY, cutoffMinutes: 1440 }))).toEqual([]);
    expect(unchangedPositions(edit({ scope: 'all', occurrences: changed(0, { status: 'no_show' }) }))).toEqual([
      '1 over',
    ]);
  });

  it('is refused for an appointment that is not there, over, begun, or within the cutoff', () => {
    expect(refusal({ uid: 'a9' })).toEqual({ ok: false, reason: 'not_found' });
    expect(refusal({ occurrences: changed(1, { status: 'cancelled' }) })).toEqual({ ok: false, reason: 'over' });
    expect(refusal({ now: at('2026-12-08', '18:00') })).toEqual({ ok: false, reason: 'past' });
    expect(refusal({ now: at('2026-12-08', '17:00'), cutoffMinutes: 61 })).toEqual({ ok: false, reason: 'cutoff' });
    expect(() => refusal({ now: Number.NaN })).toThrow(/^now must be/);
    expect(() => refusal({ cutoffMinutes: -1 })).toThrow(/^cutoffMinutes must be/);
  });

  it('gives a client some minutes to undo a booking made within the cutoff', () => {
    const bookedAt = at('2026-12-08', '10:00');
    const occurrences = changed(1, { bookedAt });
    const late = { occurrences, cutoffMinutes: 1440 };
    expect(edit({ ...late, now: bookedAt + 15 * MINUTE }).cancel.map(({ position }) => position)).toEqual([2]);
    expect(refusal({ ...late, now: bookedAt + 15 * MINUTE + 1 })).toEqual({ ok: false, reason: 'cutoff' });
  });

  it('lets the practice cancel the chosen one until it ends, at any notice, and of the others none that has begun', () => {
    const begun = at('2026-12-08', '18:00');
    const byPractice = { change: { kind: 'cancel', by: 'practice' }, cutoffMinutes: 1440 } as const;
    expect(edit({ ...byPractice, now: begun + 60 * MINUTE - 1 }).cancel.map(({ position }) => position)).toEqual([2]);
    expect(refusal({ ...byPractice, now: begun + 60 * MINUTE })).toEqual({ ok: false, reason: 'past' });
    expect(unchangedPositions(edit({ ...byPractice, uid: 'a3', scope: 'all', now: begun }))).toEqual([
      '1 past',
      '2 past',
    ]);
  });

  it('cancels the others of a wider scope from one that is over', () => {
    const occurrences = changed(1, { status: 'cancelled' });
    const plan = edit({ scope: 'following', occurrences });
    expect(plan.cancel.map(({ position }) => position)).toEqual([3, 4]);
    expect(unchangedPositions(plan)).toEqual(['1 not_meant', '2 over']);
  });
});

describe('moving', () => {
  const friday = { kind: 'move' as const, start: at('2026-12-11', '10:30') };

  it('this one makes an exception and leaves the rule alone', () => {
    const plan = edit({ change: friday });
    expect(claimed(plan)).toEqual(['2 2026-12-11 10:30']);
    expect(plan.claim[0]).toMatchObject({
      nominalOn: '2026-12-08',
      nominalStart: at('2026-12-08', '18:00'),
      sequence: 1,
      therapistId: 'mira',
    });
    expect(plan.claim[0]!.replaces).toMatchObject({ uid: 'a2', start: at('2026-12-08', '18:00') });
    expect(plan.rule).toEqual(rule);
    expect(unchangedPositions(plan)).toEqual(['1 not_meant', '3 not_meant', '4 not_meant']);
    expect(plan).toMatchObject({ cancel: [], notify: { positions: [2], therapistIds: ['mira'] } });
  });

  it('this and the following takes them to the new weekday and time, and the rule with them', () => {
    const plan = edit({ scope: 'following', change: friday });
    expect(claimed(plan)).toEqual(['2 2026-12-11 10:30', '3 2026-12-18 10:30', '4 2026-12-25 10:30']);
    expect(plan.rule).toEqual({ ...rule, time: '10:30' });
    expect(plan.claim.every(({ start, nominalStart }) => start === nominalStart)).toBe(true);
    expect(unchangedPositions(plan)).toEqual(['1 not_meant']);
  });

  it('all takes those before it too', () => {
    expect(claimed(edit({ scope: 'all', change: friday }))).toEqual([
      '1 2026-12-04 10:30',
      '2 2026-12-11 10:30',
      '3 2026-12-18 10:30',
      '4 2026-12-25 10:30',
    ]);
  });

  it('all keeps its wall time over a clock change', () => {
    const plan = edit({
      ...seriesOf(3, [], '2027-03-16'),
      scope: 'all',
      change: { kind: 'move', start: at('2027-03-24', '09:00') },
    });
    expect(claimed(plan)).toEqual(['1 2027-03-17 09:00', '2 2027-03-24 09:00', '3 2027-03-31 09:00']);
  });

  it('this goes exactly where it was moved, without a shift by a clock change', () => {
    const plan = edit({ change: { kind: 'move', start: toInstant('Europe/Dublin', '2026-12-09', '10:30') } });
    expect(plan.claim).toMatchObject([{ position: 2, isShifted: false, nominalOn: '2026-12-08' }]);
  });

  it('all leaves a date that was moved by hand where it is, in time or by therapist', () => {
    const moved = edit({ scope: 'all', change: friday, occurrences: changed(2, { start: at('2026-12-17', '09:00') }) });
    expect(unchangedPositions(moved)).toEqual(['3 exception']);
    const edited = edit({ scope: 'all', change: friday, occurrences: changed(3, { therapistId: 'tom' }) });
    expect(unchangedPositions(edited)).toEqual(['4 exception']);
  });

  it('all moves the planned place of an exception, from which later edits count', () => {
    const start = at('2026-12-23', '09:00');
    const occurrences = changed(3, { start });
    const plan = edit({ scope: 'all', change: { ...friday, therapistId: 'tom' }, occurrences });
    expect(plan.places).toEqual([
      {
        position: 4,
        uid: 'a4',
        nominalOn: '2026-12-25',
        nominalStart: at('2026-12-25', '10:30'),
        nominalTherapistId: 'tom',
      },
    ]);
    const after = occurrences.map((each) => {
      const claim = plan.claim.find(({ position }) => position === each.position);
      const { nominalOn, nominalStart } = claim ?? plan.places[0]!;
      const { start, therapistId } = claim ?? each;
      return { ...each, nominalOn, nominalStart, nominalTherapistId: 'tom', start, therapistId: therapistId! };
    });
    const visits = [hour];
    const more = planSeriesExtension({ rule: plan.rule, occurrences: after, skips: [], visits, now: NOW });
    expect(more.ok && claimed(more)).toEqual(['5 2027-01-01 10:30']);
    const saturday = { kind: 'move' as const, start: at('2026-12-26', '10:30') };
    const next = edit({ rule: plan.rule, occurrences: after, uid: 'a4', scope: 'all', change: saturday });
    expect(claimed(next)[0]).toBe('1 2026-12-05 10:30');
  });

  it('takes the place of a cancelled date along, and of none that is past or not meant', () => {
    const places = (changes: Partial<SeriesEdit>) =>
      edit({ change: friday, ...changes }).places.map(({ position, nominalOn }) => `${position} ${nominalOn}`);
    const cancelled = changed(3, { status: 'cancelled' });
    expect(places({ scope: 'all', occurrences: cancelled })).toEqual(['4 2026-12-25']);
    expect(places({ scope: 'this', occurrences: cancelled })).toEqual([]);
    expect(places({ scope: 'all', occurrences: changed(0, { status: 'completed' }) })).toEqual([]);
    expect(places({ scope: 'following', occurrences: changed(0, { status: 'cancelled' }) })).toEqual([]);
    const now = at('2026-12-01', '18:00');
    expect(places({ scope: 'all', now, occurrences: changed(0, { status: 'cancelled' }) })).toEqual(['1 2026-12-01']);
  });

  it('all from an exception makes it the rule', () => {
    const occurrences = changed(1, { start: at('2026-12-09', '09:00') });
    const plan = edit({ scope: 'all', change: { kind: 'move', start: at('2026-12-09', '09:00') }, occurrences });
    expect(claimed(plan)).toEqual([
      '1 2026-12-02 09:00',
      '2 2026-12-09 09:00',
      '3 2026-12-16 09:00',
      '4 2026-12-23 09:00',
    ]);
    expect(plan.claim[1]!.nominalStart).toBe(plan.claim[1]!.start);
  });

  it('moving an exception back to its place ends the exception', () => {
    const occurrences = changed(1, { start: at('2026-12-09', '09:00') });
    const plan = edit({ change: { kind: 'move', start: at('2026-12-08', '18:00') }, occurrences });
    const back = { ...occurrences[1]!, start: plan.claim[0]!.start };
    expect(isMovedFromPlan(occurrences[1]!)).toBe(true);
    expect(isMovedFromPlan(back)).toBe(false);
    expect(isMovedFromPlan({ ...back, therapistId: 'tom', nominalTherapistId: null })).toBe(false);
  });

  it('to another therapist changes the rule only with a wider scope, and notifies both therapists', () => {
    const change = { kind: 'move' as const, start: at('2026-12-08', '18:00'), therapistId: 'tom' };
    const plan = edit({ change });
    expect(plan.claim).toMatchObject([{ position: 2, therapistId: 'tom', start: at('2026-12-08', '18:00') }]);
    expect(plan.rule.therapistId).toBe('mira');
    expect(plan.notify.therapistIds).toEqual(['mira', 'tom']);
    const all = edit({ change, scope: 'all' });
    expect(all.claim.map(({ therapistId }) => therapistId)).toEqual(['tom', 'tom', 'tom', 'tom']);
    expect(all.rule.therapistId).toBe('tom');
  });

  it('leaves each with its own therapist when the series has none', () => {
    const any = { ...rule, therapistId: null };
    const occurrences = changed(3, { therapistId: 'tom' }).map((each) => ({ ...each, nominalTherapistId: null }));
    const plan = edit({ rule: any, scope: 'all', change: friday, occurrences });
    expect(plan.claim.map(({ therapistId }) => therapistId)).toEqual(['mira', 'mira', 'mira', 'tom']);
    expect(plan.claim.every(({ nominalTherapistId }) => nominalTherapistId === null)).toBe(true);
    expect(plan.rule.therapistId).toBeNull();
    const target = { kind: 'move' as const, start: at('2026-12-08', '18:00'), therapistId: 'mira' };
    expect(unchangedPositions(edit({ rule: any, scope: 'this', change: target, occurrences }))).toContain(
      '2 unchanged',
    );
  });

  it('all after a change of therapist for the later dates takes the earlier ones too: nobody moved those by hand', () => {
    const change = { kind: 'move' as const, start: at('2026-12-15', '18:00'), therapistId: 'tom' };
    const later = edit({ uid: 'a3', scope: 'following', change });
    expect(later.claim.map(({ nominalTherapistId }) => nominalTherapistId)).toEqual(['tom', 'tom']);
    const { occurrences } = seriesOf(4);
    for (const at of [2, 3]) {
      occurrences[at] = { ...occurrences[at]!, therapistId: 'tom', nominalTherapistId: 'tom' };
    }
    const all = edit({ rule: later.rule, occurrences, scope: 'all', change: friday });
    expect(unchangedPositions(all)).toEqual([]);
    expect(all.claim.map(({ therapistId }) => therapistId)).toEqual(['mira', 'mira', 'tom', 'tom']);
  });

  it('all from one given to another therapist by hand makes it the rule', () => {
    const occurrences = changed(1, { therapistId: 'tom' });
    const sameTherapist = { kind: 'move' as const, start: at('2026-12-08', '18:00') };
    expect(unchangedPositions(edit({ scope: 'all', change: sameTherapist, occurrences }))).toEqual([
      '1 unchanged',
      '2 unchanged',
      '3 unchanged',
      '4 unchanged',
    ]);
    const plan = edit({ scope: 'all', change: { ...sameTherapist, therapistId: 'tom' }, occurrences });
    expect(unchangedPositions(plan)).toEqual([]);
    expect(plan.claim.every((claim) => claim.nominalTherapistId === 'tom' && claim.therapistId === 'tom')).toBe(true);
  });

  it('to where it is changes nothing', () => {
    const plan = edit({ scope: 'all', change: { kind: 'move', start: at('2026-12-08', '18:00') } });
    expect(unchangedPositions(plan)).toEqual(['1 unchanged', '2 unchanged', '3 unchanged', '4 unchanged']);
    expect(plan).toMatchObject({ claim: [], notify: { positions: [], therapistIds: [] } });
  });

  it('keeps a date that would go into the past, or lies within the cutoff', () => {
    const now = at('2026-12-01', '12:00');
    const earlier = { kind: 'move' as const, start: at('2026-12-08', '12:00') };
    expect(unchangedPositions(edit({ scope: 'all', change: earlier, now }))).toEqual(['1 past']);
    expect(unchangedPositions(edit({ scope: 'all', change: earlier, now, cutoffMinutes: 720 }))).toEqual(['1 cutoff']);
    expect(unchangedPositions(edit({ scope: 'all', change: earlier, now: now - 1 }))).toEqual([]);
  });

  it('takes the skipped dates of its scope along, save those that are over', () => {
    const plan = (scope: SeriesEdit['scope'], now = NOW) =>
      edit({ ...seriesOf(4, [1, 3]), scope, change: friday, now }).skips;
    expect(plan('this').map(({ nominalOn }) => nominalOn)).toEqual(['2026-12-01', '2026-12-15']);
    expect(plan('following').map(({ nominalOn }) => nominalOn)).toEqual(['2026-12-01', '2026-12-18']);
    expect(plan('all').map(({ nominalOn }) => nominalOn)).toEqual(['2026-12-04', '2026-12-18']);
    expect(plan('all', at('2026-12-01', '18:00')).map(({ nominalOn }) => nominalOn)).toEqual([
      '2026-12-01',
      '2026-12-18',
    ]);
    expect(plan('all')[1]).toEqual({ position: 3, nominalOn: '2026-12-18', nominalStart: at('2026-12-18', '10:30') });
  });

  it('is refused into the past, and onto another date of the series', () => {
    expect(refusal({ change: { kind: 'move', start: NOW } })).toEqual({ ok: false, reason: 'past' });
    expect(refusal({ change: { kind: 'move', start: NOW + 1 } })).toMatchObject({ ok: true });
    expect(refusal({ change: { kind: 'move', start: at('2026-12-15', '18:30') } })).toEqual({
      ok: false,
      reason: 'meets_itself',
      positions: [2],
    });
    expect(
      refusal({
        change: { kind: 'move', start: at('2026-12-15', '18:30') },
        occurrences: changed(2, { status: 'cancelled' }),
      }),
    ).toMatchObject({ ok: true });
    expect(() => refusal({ change: { kind: 'move', start: Number.NaN } })).toThrow(/^change\.start must be/);
  });
});

describe('any sequence of edits', () => {
  const step = fc.record({
    index: fc.nat({ max: 7 }),
    scope: fc.constantFrom<SeriesEdit['scope']>('this', 'following', 'all'),
    kind: fc.constantFrom('cancel', 'cancel', 'move', 'move', 'move'),
    minutes: fc.integer({ min: -600, max: 600 }).map((quarters) => quarters * 15),
    now: fc.integer({ min: 0, max: 60 }),
    therapistId: fc.option(fc.constantFrom('mira', 'tom'), { nil: undefined }),
  });

  it('changes nothing past, overwrites no exception, never overlaps its own dates, and loses no date', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        let {
          rule: held,
          occurrences,
          skips,
        } = seriesOf(8, [5], '2026-11-24') as {
          rule: SeriesRule;
          occurrences: Occurrence[];
          skips: SeriesChangePlan['skips'];
        };
        for (const { index, scope, kind, minutes, now: days, therapistId } of steps) {
          const chosen = occurrences[index % occurrences.length]!;
          const now = NOW + days * DAY;
          const change =
            kind === 'move'
              ? { kind, start: chosen.start + minutes * MINUTE, ...(therapistId && { therapistId }) }
              : { kind: 'cancel' as const, by: 'client' as const };
          const plan = planSeriesEdit({
            rule: held,
            occurrences,
            skips,
            uid: chosen.uid,
            scope,
            change,
            now,
            cutoffMinutes: 0,
          });
          if (!plan.ok) continue;
          const touched = [...plan.cancel, ...plan.claim.map(({ replaces }) => replaces!)];
          expect(touched.every(({ start, status }) => start > now && status === 'booked')).toBe(true);
          expect(plan.claim.every(({ start }) => start > now)).toBe(true);
          if (kind === 'move') expect(touched.filter((each) => each !== chosen && isMovedFromPlan(each))).toEqual([]);
          expect(
            [...touched, ...plan.unchanged.map(({ occurrence }) => occurrence)].map(({ uid }) => uid).sort(),
          ).toEqual(occurrences.map(({ uid }) => uid).sort());
          const cancelled = new Set(plan.cancel);
          const claims = new Map(plan.claim.map((claim) => [claim.replaces!, claim]));
          occurrences = occurrences.map((each) => {
            const claim = claims.get(each);
            if (claim)
              return {
                ...each,
                nominalOn: claim.nominalOn,
                nominalStart: claim.nominalStart,
                start: claim.start,
                therapistId: claim.therapistId!,
                nominalTherapistId: claim.nominalTherapistId,
                sequence: claim.sequence,
              };
            const place = plan.places.find(({ uid }) => uid === each.uid);
            return { ...each, ...place, status: cancelled.has(each) ? 'cancelled' : each.status };
          });
          held = plan.rule;
          skips = plan.skips;
          const standing = occurrences
            .filter(({ status }) => status === 'booked')
            .map(({ start }) => ({ start, end: start + 60 * MINUTE }));
          expect(standing.some((a, i) => standing.some((b, j) => i < j && intervalsOverlap(a, b)))).toBe(false);
        }
      }),
      { numRuns: getPropertyTestRuns(1000) },
    );
  });
});

describe('the dates that a move takes along', () => {
  const limits = { now: NOW, cutoffMinutes: 720 };
  const list = (scope: SeriesEdit['scope'], position: number, occurrences: Occurrence[], now = NOW) => {
    const { moving, staying } = listDatesToMove(scope, occurrences[position - 1]!, occurrences, { ...limits, now });
    return {
      moving: moving.map((date) => date.position),
      staying: staying.map(({ date, because }) => `${date.position} ${because}`),
    };
  };

  it('are the dates of its scope that follow the plan', () => {
    const { occurrences } = seriesOf(4);
    expect(list('this', 2, occurrences)).toEqual({ moving: [2], staying: [] });
    expect(list('following', 2, occurrences)).toEqual({ moving: [2, 3, 4], staying: [] });
    expect(list('all', 2, occurrences)).toEqual({ moving: [1, 2, 3, 4], staying: [] });
  });

  it('leave out an exception, what is too near and what was moved too often, and say which of these it is', () => {
    const occurrences = changed(1, { start: at('2026-12-09', '09:00'), hasMovesLeft: false });
    occurrences[3] = { ...occurrences[3]!, hasMovesLeft: false };
    expect(list('all', 3, occurrences, at('2026-12-01', '12:00'))).toEqual({
      moving: [3],
      staying: ['1 cutoff', '2 exception', '4 no_moves_left'],
    });
  });

  it('say nothing of dates that are over, and take the chosen one along though it is an exception', () => {
    const occurrences = changed(1, { start: at('2026-12-09', '09:00') });
    occurrences[2] = { ...occurrences[2]!, status: 'cancelled' };
    expect(list('all', 2, occurrences, at('2026-12-01', '18:00'))).toEqual({ moving: [2, 4], staying: [] });
  });

  it('are none where the chosen one may not be moved', () => {
    const nothing = { moving: [], staying: [] };
    expect(list('all', 1, seriesOf(4).occurrences, at('2026-12-01', '12:00'))).toEqual(nothing);
    expect(list('all', 1, changed(0, { hasMovesLeft: false }))).toEqual(nothing);
    expect(
      refusal({
        change: { kind: 'move', start: at('2026-12-09', '18:00') },
        uid: 'a1',
        occurrences: changed(0, { hasMovesLeft: false }),
      }),
    ).toEqual({
      ok: false,
      reason: 'no_moves_left',
    });
  });

  it('are those that the plan of the move claims, wherever it goes', () => {
    const occurrences = changed(1, { start: at('2026-12-09', '09:00'), hasMovesLeft: false });
    occurrences[3] = { ...occurrences[3]!, hasMovesLeft: false };
    const now = at('2026-12-01', '12:00');
    const move = { uid: 'a3', scope: 'all', occurrences, now, cutoffMinutes: 720 } as const;
    const plan = edit({ ...move, change: { kind: 'move', start: at('2026-12-16', '10:00') } });
    expect(claimed(plan)).toEqual(['3 2026-12-16 10:00']);
    expect(unchangedPositions(plan)).toEqual(list('all', 3, occurrences, now).staying);
  });
});
