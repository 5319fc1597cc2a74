import { describe, expect, it } from 'vitest';
import { type AlternativesQuery, suggestAlternatives } from './alternative-times';
import { type FreeStartsQuery, freeStarts, listFreeStartsInRooms } from './availability';
import { listSeriesDays } from './cadence';
import { subtractIntervals } from './interval-arithmetic';
import { planSeriesEdit } from './plan-series-edit';
import { type StandingTimesQuery, standingTimes } from './standing-times';

const mira = {
  id: 'mira',
  weeklyHours: { 2: [['09:00', '17:00']] as [string, string][] },
  overrides: [],
  busy: [],
};
const lengths = { durationMinutes: 60, stepMinutes: 15, bufferBefore: 0, bufferAfter: 15 };
const common = { timeZone: 'Europe/Dublin', ...lengths, now: null, minNoticeMinutes: 0 };
const starts = { ...common, ...mira, rooms: [], from: Date.UTC(2026, 11, 1), to: Date.UTC(2026, 11, 2) };
const standing = { ...common, cadence: 'weekly', sessions: 2, from: '2026-12-01', therapists: [mira] };
const clash = { start: Date.UTC(2026, 11, 1, 9), therapistId: 'mira', ...lengths };
const rule = { timeZone: 'Europe/Dublin', cadence: 'weekly', time: '18:00', therapistId: 'mira' };
const edit = {
  rule,
  occurrences: [],
  skips: [],
  uid: 'a',
  scope: 'all',
  change: { kind: 'cancel', by: 'client' },
  now: 0,
  cutoffMinutes: 0,
};
const alternatives = { ...common, clash, taken: [], therapists: [mira] };

/** Calls a function with a query that its type forbids, and returns the error. */
function refusal(call: (query: never) => unknown, query: unknown): string {
  try {
    call(query as never);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  return 'taken';
}

const NOT_A_LIST = [undefined, null, 0, 'x', '', true, {}, Object.create(null), new Map(), () => [], 5n];
const NOT_AN_OBJECT = [undefined, null, 0, 'x', '', true, 5n];
const NOT_WHOLE = [undefined, null, Number.NaN, Number.POSITIVE_INFINITY, -1, 1.5, '60', [], {}, 5n, true];
const NOT_AN_INSTANT = [undefined, Number.NaN, Number.NEGATIVE_INFINITY, 1e300, '0', [], {}, new Date(0), 5n];

type Row = [ask: (query: never) => unknown, field: string, values: unknown[], put: (value: unknown) => object];
const free = (change: object) => ({ ...starts, ...change }) as FreeStartsQuery;
const plan = (change: object) => ({ ...standing, ...change }) as StandingTimesQuery;
const repair = (change: object) => ({ ...alternatives, ...change }) as AlternativesQuery;

const rows: Row[] = [
  [
    freeStarts,
    'timeZone',
    [undefined, null, 0, '', '+05:30', 'Dublin', 'Europe/Dublin '],
    (timeZone) => free({ timeZone }),
  ],
  [freeStarts, 'weeklyHours', [...NOT_AN_OBJECT, []], (weeklyHours) => free({ weeklyHours })],
  [freeStarts, 'weeklyHours[7]', [[], undefined], (ranges) => free({ weeklyHours: { 7: ranges } })],
  [freeStarts, 'weeklyHours[2]', NOT_A_LIST.slice(1), (ranges) => free({ weeklyHours: { 2: ranges } })],
  [freeStarts, 'weeklyHours[2][0]', [...NOT_A_LIST, [], ['09:00']], (range) => free({ weeklyHours: { 2: [range] } })],
  [freeStarts, 'weeklyHours[2][0]', [new Array(1)], (ranges) => free({ weeklyHours: { 2: ranges } })],
  [
    freeStarts,
    'weeklyHours[2][0]',
    ['9:00', '17:01', '24:30', '09:60', '09:00:00', '', null, 9],
    (from) => free({ weeklyHours: { 2: [[from, '17:00']] } }),
  ],
  [freeStarts, 'overrides', NOT_A_LIST, (overrides) => free({ overrides })],
  [freeStarts, 'overrides[0].on', NOT_AN_OBJECT, (override) => free({ overrides: [override] })],
  [
    freeStarts,
    'overrides[0].on',
    ['2026-02-30', '2026-2-3', '20260203', '0000-01-01', '', 0, null],
    (on) => free({ overrides: [{ on, hours: [] }] }),
  ],
  [freeStarts, 'overrides[0].hours', NOT_A_LIST, (hours) => free({ overrides: [{ on: '2026-12-01', hours }] })],
  [freeStarts, 'busy', NOT_A_LIST, (busy) => free({ busy })],
  [freeStarts, 'busy[0].start', NOT_AN_OBJECT, (value) => free({ busy: [value] })],
  [freeStarts, 'busy[0].end', [undefined, null, Number.NaN, '9', -1], (end) => free({ busy: [{ start: 0, end }] })],
  ...['durationMinutes', 'bufferBefore', 'bufferAfter', 'minNoticeMinutes'].map(
    (field): Row => [freeStarts, field, NOT_WHOLE, (value) => free({ [field]: value })],
  ),
  [freeStarts, 'stepMinutes', [...NOT_WHOLE, 0], (stepMinutes) => free({ stepMinutes })],
  [freeStarts, 'now', NOT_AN_INSTANT, (now) => free({ now })],
  [freeStarts, 'from', [...NOT_AN_INSTANT, null], (from) => free({ from })],
  [freeStarts, 'to', [...NOT_AN_INSTANT, null, 0], (to) => free({ to })],
  [listFreeStartsInRooms, 'rooms', NOT_A_LIST, (rooms) => free({ rooms })],
  [listFreeStartsInRooms, 'rooms[0]', NOT_AN_OBJECT, (room) => free({ rooms: [room] })],
  [standingTimes, 'cadence', [undefined, null, 0, 'daily', 'toString', ['weekly']], (cadence) => plan({ cadence })],
  [standingTimes, 'sessions', [...NOT_WHOLE, 0, 1041], (sessions) => plan({ sessions })],
  [standingTimes, 'limit', [...NOT_WHOLE.filter((limit) => limit !== undefined), 0], (limit) => plan({ limit })],
  [standingTimes, 'from', [undefined, null, 0, '2026-02-30', '9999-12-31', '0000-12-31'], (from) => plan({ from })],
  [standingTimes, 'therapists[0].id', [new Array(1)], (therapists) => plan({ therapists })],
  [standingTimes, 'therapists', NOT_A_LIST, (therapists) => plan({ therapists })],
  [standingTimes, 'therapists[0].id', NOT_AN_OBJECT, (therapist) => plan({ therapists: [therapist] })],
  [standingTimes, 'therapists[0].id', [undefined, null, 0, {}], (id) => plan({ therapists: [{ ...mira, id }] })],
  [
    standingTimes,
    'therapists[0].weeklyHours',
    NOT_AN_OBJECT,
    (weeklyHours) => plan({ therapists: [{ ...mira, weeklyHours }] }),
  ],
  [standingTimes, 'therapists[0].overrides', NOT_A_LIST, (overrides) => plan({ therapists: [{ ...mira, overrides }] })],
  [standingTimes, 'therapists[0].busy', NOT_A_LIST, (busy) => plan({ therapists: [{ ...mira, busy }] })],
  [standingTimes, 'visits', NOT_A_LIST.slice(1), (visits) => plan({ visits })],
  [standingTimes, 'visits[0].durationMinutes', NOT_AN_OBJECT, (visit) => plan({ visits: [visit, visit] })],
  [
    standingTimes,
    'visits[1].rooms',
    NOT_A_LIST.slice(1),
    (rooms) => plan({ rooms: [], visits: [lengths, { ...lengths, rooms }] }),
  ],
  [standingTimes, 'rooms', NOT_A_LIST.slice(1), (rooms) => plan({ rooms })],
  [suggestAlternatives, 'clash', NOT_AN_OBJECT, (clash) => repair({ clash })],
  [suggestAlternatives, 'clash.start', [...NOT_AN_INSTANT, null], (start) => repair({ clash: { ...clash, start } })],
  [
    suggestAlternatives,
    'clash.durationMinutes',
    NOT_WHOLE,
    (value) => repair({ clash: { ...clash, durationMinutes: value } }),
  ],
  [suggestAlternatives, 'taken', NOT_A_LIST, (value) => repair({ taken: value })],
  [suggestAlternatives, 'therapists', NOT_A_LIST, (therapists) => repair({ therapists })],
  [(removed) => subtractIntervals([], removed), 'removed', NOT_A_LIST, (removed) => removed as object],
  [planSeriesEdit, 'scope', [undefined, null, '', 'these', 'toString', ['all']], (scope) => ({ ...edit, scope })],
  [planSeriesEdit, 'change.by', [undefined, null, '', 'me'], (by) => ({ ...edit, change: { kind: 'cancel', by } })],
  [planSeriesEdit, 'change.kind', [undefined, null, '', 'delete'], (kind) => ({ ...edit, change: { kind } })],
  [listSeriesDays, 'sessions', [99_999_999, 0], (sessions) => ({ cadence: 'weekly', firstOn: '2026-12-01', sessions })],
  [listSeriesDays, 'firstOn', ['9999-12-31'], (firstOn) => ({ cadence: 'weekly', firstOn, sessions: 2 })],
];

describe('a query that no type would let through', () => {
  it.each(rows)('is refused by %o, which names %s', (call, field, values, put) => {
    for (const value of values) {
      const message = refusal(call, put(value));
      expect(message.slice(0, field.length + 9), message).toBe(`${field} must be `);
    }
  });

  it('accepts the same query unchanged', () => {
    expect(refusal(listFreeStartsInRooms, free({}))).toBe('taken');
    expect(refusal(standingTimes, plan({}))).toBe('taken');
    expect(refusal(suggestAlternatives, repair({}))).toBe('taken');
  });
});
