import { describe, expect, it } from 'vitest';
import { applyHoursChange, type HoursPlan, isRepeatingBreakOver, type RepeatingBreak } from './hours-plan';

const MORNING = { 1: [['09:00', '13:00']] } as HoursPlan['sets'][0]['week'];
const LONG = { 1: [['09:00', '17:00']] } as HoursPlan['sets'][0]['week'];
const FIRST = { validFrom: '0001-01-01', week: MORNING };
const EMPTY: HoursPlan = { sets: [FIRST], breaks: [], days: [] };
const LUNCH: RepeatingBreak = {
  id: 'lunch',
  name: 'Lunch',
  weekdays: [1, 2],
  from: '12:30',
  until: '13:00',
  validFrom: '2026-12-01',
  validUntil: null,
};
const { id: _, ...LUNCH_TIMES } = LUNCH;
const withLunch = { ...EMPTY, breaks: [LUNCH] };
const change = (plan: HoursPlan, request: Parameters<typeof applyHoursChange>[1]) =>
  applyHoursChange(plan, request, 'new');

describe('weekly hours', () => {
  it('begin on their day, in order, whatever was planned first', () => {
    const later = change(EMPTY, { kind: 'week', validFrom: '2027-01-01', week: {} });
    const both = change(later, { kind: 'week', validFrom: '2026-12-01', week: LONG });
    expect(both.sets).toEqual([FIRST, { validFrom: '2026-12-01', week: LONG }, { validFrom: '2027-01-01', week: {} }]);
    expect(later.sets).toHaveLength(2);
    expect(EMPTY.sets).toEqual([FIRST]);
  });

  it('replace those of the same day', () => {
    const once = change(EMPTY, { kind: 'week', validFrom: '2026-12-01', week: {} });
    expect(change(once, { kind: 'week', validFrom: '2026-12-01', week: LONG }).sets).toEqual([
      FIRST,
      { validFrom: '2026-12-01', week: LONG },
    ]);
  });

  it('are not written where they only go on with what was before', () => {
    expect(change(EMPTY, { kind: 'week', validFrom: '2026-12-01', week: MORNING })).toEqual(EMPTY);
    const three = {
      ...EMPTY,
      sets: [FIRST, { validFrom: '2026-12-01', week: LONG }, { ...FIRST, validFrom: '2027-01-01' }],
    };
    expect(change(three, { kind: 'no_week', validFrom: '2026-12-01' }).sets).toEqual([FIRST]);
  });

  it('are taken away by their day, but never the first, nor what is not there', () => {
    const plan = change(EMPTY, { kind: 'week', validFrom: '2026-12-01', week: LONG });
    expect(change(plan, { kind: 'no_week', validFrom: '2026-12-01' })).toEqual(EMPTY);
    expect(change(plan, { kind: 'no_week', validFrom: '2026-12-02' })).toEqual(plan);
    expect(change(plan, { kind: 'no_week', validFrom: '0001-01-01' })).toEqual(plan);
  });
});

describe('single days', () => {
  const days = [
    { on: '2026-12-01', hours: [] },
    { on: '2026-12-24', hours: [['09:00', '12:00']] as [string, string][] },
  ];

  it('have their hours, both ends counted in, in order', () => {
    const set = change({ ...EMPTY, days }, { kind: 'days', from: '2026-12-23', until: '2026-12-25', hours: [] });
    expect(set.days).toEqual(['2026-12-01', '2026-12-23', '2026-12-24', '2026-12-25'].map((on) => ({ on, hours: [] })));
    const plan = change({ ...EMPTY, days }, { kind: 'days', from: '2026-11-30', until: '2026-11-30', hours: [] });
    expect(plan.days.map(({ on }) => on)).toEqual(['2026-11-30', '2026-12-01', '2026-12-24']);
  });

  it('have those of the week again, both ends counted in', () => {
    const plan = { ...EMPTY, days };
    expect(change(plan, { kind: 'no_days', from: '2026-12-01', until: '2026-12-24' }).days).toEqual([]);
    expect(change(plan, { kind: 'no_days', from: '2026-12-02', until: '2026-12-23' }).days).toEqual(days);
  });

  it('are none where the last lies before the first', () => {
    expect(change(EMPTY, { kind: 'days', from: '2026-12-02', until: '2026-12-01', hours: [] }).days).toEqual([]);
  });
});

describe('a break', () => {
  it('is added with the id that was given', () => {
    const added = change(EMPTY, { kind: 'break', replaces: null, ...LUNCH_TIMES });
    expect(added.breaks).toEqual([{ ...LUNCH, id: 'new' }]);
  });

  it('is not added where it is taken already, since that day or before', () => {
    expect(change(withLunch, { kind: 'break', replaces: null, ...LUNCH_TIMES })).toEqual(withLunch);
    const later = { kind: 'break', replaces: null, ...LUNCH_TIMES, validFrom: '2027-01-01' } as const;
    expect(change(withLunch, later)).toEqual(withLunch);
    const sooner = { kind: 'break', replaces: null, ...LUNCH_TIMES, validFrom: '2026-11-01' } as const;
    expect(change(withLunch, sooner).breaks).toHaveLength(2);
  });

  it.each([
    { name: 'Rest' },
    { weekdays: [1 as const] },
    { from: '12:00' },
    { until: '13:30' },
    { validUntil: '2026-12-31' },
  ])('is another with %o', (other) => {
    const request = { kind: 'break', replaces: null, ...LUNCH_TIMES, ...other } as const;
    expect(change(withLunch, request).breaks).toEqual([LUNCH, { ...LUNCH, ...other, id: 'new' }]);
  });

  it('takes the place of the one that it replaces, from its day on', () => {
    const request = {
      kind: 'break',
      replaces: 'lunch',
      ...LUNCH_TIMES,
      until: '13:30',
      validFrom: '2027-01-01',
    } as const;
    expect(change(withLunch, request).breaks).toEqual([
      { ...LUNCH, validUntil: '2026-12-31' },
      { ...LUNCH, until: '13:30', validFrom: '2027-01-01', id: 'new' },
    ]);
    expect(change(withLunch, { ...request, validFrom: '2026-12-01' }).breaks).toEqual([
      { ...LUNCH, until: '13:30', id: 'new' },
    ]);
  });

  it('stays as it is where it is to be replaced by itself', () => {
    const again = { kind: 'break', replaces: 'lunch', ...LUNCH_TIMES, validFrom: '2027-01-01' } as const;
    expect(change(withLunch, again)).toEqual(withLunch);
  });

  it('is not added beside the one that says the same, when another is replaced by it', () => {
    const rest = { ...LUNCH, id: 'rest', name: 'Rest' };
    const request = { kind: 'break', replaces: 'rest', ...LUNCH_TIMES } as const;
    expect(change({ ...EMPTY, breaks: [LUNCH, rest] }, request).breaks).toEqual([LUNCH]);
  });

  it('ends the day before, is gone where it had not begun, and is left where it is over or unknown', () => {
    const end = (breakId: string, from: string, times = LUNCH) =>
      change({ ...EMPTY, breaks: [times] }, { kind: 'no_break', breakId, from }).breaks;
    expect(end('lunch', '2026-12-02')).toEqual([{ ...LUNCH, validUntil: '2026-12-01' }]);
    expect(end('lunch', '2026-12-01')).toEqual([]);
    expect(end('other', '2026-12-01')).toEqual([LUNCH]);
    const over = { ...LUNCH, validUntil: '2026-12-31' };
    expect(end('lunch', '2027-01-01', over)).toEqual([over]);
    expect(end('lunch', '2026-12-31', over)).toEqual([{ ...LUNCH, validUntil: '2026-12-30' }]);
  });

  it('is over the day after its last', () => {
    const until = (validUntil: string | null) => isRepeatingBreakOver({ ...LUNCH, validUntil }, '2026-12-31');
    expect([until('2026-12-30'), until('2026-12-31'), until(null)]).toEqual([true, false, false]);
  });
});
