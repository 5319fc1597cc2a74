import { describe, expect, it } from 'vitest';
import { formatMinuteOfDay, isTimeOfDay, parseMinuteOfDay, parseMinuteOfDayOrNaN } from './time-of-day';

describe('minutes of a day', () => {
  it.each([
    ['00:00', 0],
    ['09:05', 545],
    ['23:59', 1439],
    ['24:00', 1440],
  ])('%s is %d, and back', (time, minute) => {
    expect(parseMinuteOfDay(time)).toBe(minute);
    expect(formatMinuteOfDay(minute)).toBe(time);
  });

  it.each([
    '24:01',
    '25:00',
    '12:60',
    '9:05',
    '09:5',
    '09:055',
    '09-05',
    ' 9:05',
    '/9:05',
    ':9:05',
    '0::05',
    '09:0a',
    '',
    '٠٩:٠٥',
  ])('are not what %j says', (time) => {
    expect(parseMinuteOfDayOrNaN(time)).toBeNaN();
    expect(() => parseMinuteOfDay(time, 'from')).toThrow(/^from must be a time written HH:MM/);
  });

  it.each([[undefined], [null], [905], [['0', '9', ':', '0', '5']]])('are no other thing, as %j', (time) => {
    expect(parseMinuteOfDayOrNaN(time)).toBeNaN();
  });
});

describe('a time at which something can begin', () => {
  it.each(['00:00', '09:05', '19:59', '23:59'])('is %s', (time) => {
    expect(isTimeOfDay(time)).toBe(true);
  });

  it.each([
    ['24:00'],
    ['9:05'],
    ['09:60'],
    ['09:05~2'],
    ['09:05\n'],
    ['x09:05'],
    [''],
    [undefined],
    [905],
    [['09:05']],
  ])('is not %j', (time) => {
    expect(isTimeOfDay(time)).toBe(false);
  });
});
