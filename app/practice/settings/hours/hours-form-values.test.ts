import { describe, expect, it } from 'vitest';
import type { Weekday } from '@/scheduling/day';
import {
  getDayRanges,
  hoursSettingsHref,
  normaliseTypedTime,
  readHoursFormValues,
  toBreakFormValues,
  toHoursChange,
  toWeekFormValues,
} from './hours-form-values';

describe('a typed time', () => {
  it.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['9.30', '09:30'],
    ['17:00', '17:00'],
    ['5 pm', '17:00'],
    ['12am', '00:00'],
    ['12:15 PM', '12:15'],
    ['24', '24:00'],
    ['half past', 'half past'],
    ['', ''],
  ])('reads %s', (input, time) => {
    expect(normaliseTypedTime(input)).toBe(time);
  });
});

describe('the fields of a week', () => {
  const week = {
    1: [
      ['09:00', '12:30'],
      ['13:15', '17:00'],
      ['18:00', '24:00'],
    ] as [string, string][],
    0: [['10:00', '14:00']] as [string, string][],
  };

  it('give the same week when they are read again', () => {
    const fields = readHoursFormValues(
      (name) => ({ ...toWeekFormValues(week), do: 'week', who: 'mira', from: '2027-01-04' })[name],
    );
    expect(toHoursChange(fields)).toEqual({
      kind: 'week',
      therapistId: 'mira',
      validFrom: '2027-01-04',
      week: { 1: week[1], 2: [], 3: [], 4: [], 5: [], 6: [], 0: week[0] },
    });
    const address = new URL(hoursSettingsHref(fields), 'https://example.org').searchParams;
    expect(readHoursFormValues((name) => address.get(name))).toEqual(fields);
  });

  it('take breaks out of the day in chronological order', () => {
    const fields = {
      from2: '8',
      until2: '18',
      'break2-1': '15',
      'back2-1': '15.30',
      'break2-3': '12',
      'back2-3': '13',
    };
    expect(getDayRanges(fields, 2)).toEqual([
      ['08:00', '12:00'],
      ['13:00', '15:00'],
      ['15:30', '18:00'],
    ]);
  });

  it('keep a half-written time, which would otherwise count as a day off', () => {
    expect(getDayRanges({ from2: '8' }, 2)).toEqual([['08:00', '']]);
    expect(getDayRanges({ 'break2-1': '12' }, 2)).toEqual([
      ['', '12:00'],
      ['', ''],
    ]);
    expect(getDayRanges({}, 2)).toEqual([]);
  });
});

describe('a field that is missing or unknown', () => {
  it('is left out', () => {
    expect(
      readHoursFormValues((name) => (name === 'who' ? ['mira', 'tom'] : name === 'from' ? ' ' : undefined)),
    ).toEqual({});
    expect(toHoursChange({ who: 'mira', do: 'everything' })).toBeNull();
  });

  it('never opens a day: a day is off unless the form says that it is open', () => {
    const fields = { do: 'days', who: 'mira', from: '2027-01-04', fromday: '9', untilday: '12' };
    expect(toHoursChange(fields)).toMatchObject({ kind: 'days', until: '2027-01-04', hours: [] });
    expect(toHoursChange({ ...fields, open: 'yes' })).toMatchObject({ hours: [['09:00', '12:00']] });
  });
});

describe('the fields of a break', () => {
  const lunch = {
    id: 'b1',
    name: 'Lunch',
    weekdays: [1, 3, 0] as Weekday[],
    from: '12:30',
    until: '13:00',
    validFrom: '2026-12-01',
    validUntil: '2026-12-31',
  };

  it('describe the break, and are read as a change of it from a day on', () => {
    const fields = { ...toBreakFormValues(lunch), do: 'break', who: 'mira', from: '2026-12-14' };
    const { id, ...times } = lunch;
    const read = toHoursChange(readHoursFormValues((name) => (fields as Record<string, string>)[name]));
    expect(read).toEqual({ ...times, kind: 'break', therapistId: 'mira', replaces: id, validFrom: '2026-12-14' });
  });

  it('can describe a break without an end, and the end of a break', () => {
    const fields = toBreakFormValues({ ...lunch, validUntil: null });
    expect(toHoursChange({ ...fields, do: 'break', from: '2026-12-14' })).toMatchObject({ validUntil: null });
    expect(toHoursChange({ ...fields, do: 'no_break', who: 'mira', from: '2026-12-14' })).toEqual({
      kind: 'no_break',
      therapistId: 'mira',
      breakId: 'b1',
      from: '2026-12-14',
    });
  });
});
