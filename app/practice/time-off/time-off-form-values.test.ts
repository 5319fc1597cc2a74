import { describe, expect, it } from 'vitest';
import { toInstant } from '@/scheduling/zone-conversion';
import { formatTimeOffSpan } from './format-time-off-span';
import {
  hasKnownWhoAndKind,
  needsTimeOffSpanChoice,
  readTimeOffFormValues,
  timeOffHref,
  toTimeOffRequest,
} from './time-off-form-values';

const zone = 'Europe/Dublin';
const practice = { timeZone: zone, locale: 'en-IE' };
const calendars = ['mira', 'tom', 'everyone'];
const read = (field: Record<string, unknown>) => readTimeOffFormValues((name) => field[name], calendars, '2026-12-02');
const at = (on: string, time: string) => toInstant(zone, on, time);

describe('a request for time off', () => {
  it('is a whole day when only the day is named, also when the clocks change on it', () => {
    const request = toTimeOffRequest(read({ from: '2027-03-28' }), zone, ['mira', 'tom'])!;
    expect(request).toMatchObject({ therapistIds: ['mira'], kind: 'leave' });
    expect(request.end! - request.start).toBe(23 * 3_600_000);
    expect(formatTimeOffSpan(request, practice)).toBe('Sun 28 Mar');
  });

  it('includes its first and last day, and keeps to the named hours', () => {
    const days = toTimeOffRequest(read({ from: '2026-12-08', until: '2026-12-10', who: 'tom' }), zone, [
      'mira',
      'tom',
    ])!;
    expect(days).toMatchObject({ therapistIds: ['tom'], end: at('2026-12-11', '00:00') });
    expect(formatTimeOffSpan(days, practice)).toBe('Tue 8 Dec to Thu 10 Dec');
    const hours = toTimeOffRequest(read({ from: '2026-12-08', at: '12:00', to: '14:30', kind: 'break' }), zone, [
      'mira',
    ])!;
    expect(hours).toMatchObject({ start: at('2026-12-08', '12:00'), end: at('2026-12-08', '14:30'), kind: 'break' });
    expect(formatTimeOffSpan(hours, practice)).toBe('Tue 8 Dec at 12:00 to 14:30');
  });

  it('names the year of an end in another year', () => {
    const leave = { start: at('2026-12-16', '17:00'), end: at('2027-12-02', '00:25') };
    expect(formatTimeOffSpan(leave, practice)).toBe('Wed 16 Dec at 17:00 to Thu 2 Dec 2027 at 00:25');
    const days = { start: at('2026-12-24', '00:00'), end: at('2027-01-04', '00:00') };
    expect(formatTimeOffSpan(days, practice)).toBe('Thu 24 Dec to Sun 3 Jan 2027');
    expect(formatTimeOffSpan(days, { ...practice, locale: 'en-US' })).toBe('Thu, Dec 24 to Sun, Jan 3, 2027');
  });

  it('is everybody’s when everyone is named', () => {
    const request = toTimeOffRequest(read({ from: '2026-12-24', who: 'everyone', kind: 'closure' }), zone, [
      'mira',
      'tom',
    ]);
    expect(request).toMatchObject({ therapistIds: ['mira', 'tom'], kind: 'closure' });
  });

  it('has defaults in place of nonsense, and is null without a day', () => {
    const nonsense = { who: 'nobody', from: '2027-02-29', at: '25:00', until: ['x'], to: '1e9', kind: '__proto__' };
    expect(read(nonsense)).toEqual({ who: 'mira', from: '', at: '', until: '', to: '', kind: 'leave', span: '' });
    expect(toTimeOffRequest(read(nonsense), zone, ['mira'])).toBeNull();
    expect(toTimeOffRequest(read({ from: '9999-12-31' }), zone, ['mira'])).toBeNull();
  });

  it('is refused for an unknown therapist or kind, and is not made for somebody else instead', () => {
    const isComplete = (form: Record<string, string>, own = calendars) =>
      hasKnownWhoAndKind((name) => form[name] ?? null, own);
    expect(isComplete({ who: 'tom', kind: 'leave' })).toBe(true);
    expect(isComplete({ who: 'everyone', kind: 'closure' })).toBe(true);
    expect(isComplete({ who: 'nobody', kind: 'leave' })).toBe(false);
    expect(isComplete({ who: 'tom', kind: 'holiday' })).toBe(false);
    expect(isComplete({ who: 'tom', kind: '__proto__' })).toBe(false);
    expect(isComplete({ kind: 'leave' })).toBe(false);
    expect(isComplete({ kind: 'leave' }, ['mira'])).toBe(true);
    expect(isComplete({ who: 'tom', kind: 'leave' }, ['mira'])).toBe(false);
  });

  it('is today, tomorrow or the rest of the week when that button was pressed', () => {
    expect(read({ who: 'tom', quick: 'today', from: '2027-01-01' })).toMatchObject({
      who: 'tom',
      from: '2026-12-02',
      until: '2026-12-02',
    });
    expect(read({ quick: 'tomorrow' })).toMatchObject({ from: '2026-12-03', until: '2026-12-03', kind: 'leave' });
    expect(read({ quick: 'week' })).toMatchObject({ from: '2026-12-02', until: '2026-12-06', kind: 'leave' });
    expect(hasKnownWhoAndKind((name) => ({ who: 'tom', quick: 'week' })[name] ?? null, calendars)).toBe(true);
    expect(hasKnownWhoAndKind((name) => ({ who: 'tom', quick: 'year' })[name] ?? null, calendars)).toBe(false);
  });

  it('has no end for a therapist who leaves for good, whatever last day is named', () => {
    const leaving = read({ from: '2027-03-01', until: '2027-03-05', to: '12:00', kind: 'leaving' });
    const request = toTimeOffRequest(leaving, zone, ['mira'])!;
    expect(request).toEqual({ therapistIds: ['mira'], start: at('2027-03-01', '00:00'), end: null, kind: 'leave' });
    expect(formatTimeOffSpan(request, practice)).toBe('From Mon 1 Mar on');
  });

  it('must say whether hours over several days mean each day or one block', () => {
    const lunchBreaks = { from: '2026-12-07', at: '12:30', until: '2026-12-11', to: '13:00', kind: 'break' };
    const ambiguous = (more: object) => needsTimeOffSpanChoice(read({ ...lunchBreaks, ...more }));
    expect(ambiguous({})).toBe(true);
    expect(ambiguous({ span: 'both' })).toBe(true);
    for (const clear of [{ span: 'each' }, { span: 'one' }, { until: '2026-12-07' }, { at: '' }, { to: '' }])
      expect(ambiguous(clear)).toBe(false);
    expect(ambiguous({ at: '13:00', to: '12:30' })).toBe(false);
    expect(ambiguous({ kind: 'leaving' })).toBe(false);

    const each = toTimeOffRequest(read({ ...lunchBreaks, span: 'each' }), zone, ['mira'])!;
    expect(each).toMatchObject({ start: at('2026-12-07', '12:30'), end: at('2026-12-11', '13:00') });
    expect(each.parts).toHaveLength(5);
    expect(each.parts![4]).toEqual({ start: at('2026-12-11', '12:30'), end: at('2026-12-11', '13:00') });
    expect(formatTimeOffSpan(each, practice)).toBe('Mon 7 Dec to Fri 11 Dec, each day 12:30 to 13:00');
    expect(toTimeOffRequest(read({ ...lunchBreaks, span: 'one' }), zone, ['mira'])).not.toHaveProperty('parts');
  });

  it('is the same when read back from its own address', () => {
    const fields = read({ from: '2026-12-08', at: '12:00', who: 'tom' });
    const query = new URL(timeOffHref(fields), 'http://localhost').searchParams;
    expect(read(Object.fromEntries(query))).toEqual(fields);
  });
});
