import { describe, expect, it } from 'vitest';
import {
  formatCadence,
  formatDateWithoutWeekday,
  formatDay,
  formatDayRange,
  formatDuration,
  formatMonthName,
  formatTime,
  formatWallTime,
  formatWeekday,
  formatWeekdayPlural,
  formatWeekdays,
  formatZoneCity,
  formatZoneInFull,
} from './formatting';

describe('words', () => {
  it('say a day in three lengths', () => {
    expect(formatDay('2026-12-01', 'short', 'en-IE')).toBe('Tue 1 Dec');
    expect(formatDay('2026-12-01', 'long', 'en-IE')).toBe('Tuesday 1 December');
    expect(formatDay('2026-12-01', 'long', 'en-IE')).toBe('Tuesday 1 December');
    expect(formatDay('2026-12-01', 'full', 'en-IE')).toBe('Tuesday 1 December 2026');
    expect(formatDay('2027-05-31', 'short', 'en-IE')).toBe('Mon 31 May');
    expect(() => formatDay('soon', 'long', 'en-IE')).toThrow(RangeError);
  });

  it('say every month and weekday', () => {
    const months = Array.from(
      { length: 12 },
      (_, i) => formatDay(`2027-${String(i + 1).padStart(2, '0')}-01`, 'long', 'en-IE').split(' ')[2],
    );
    expect(months.join(' ')).toBe(
      'January February March April May June July August September October November December',
    );
    const weekdays = Array.from({ length: 7 }, (_, i) => formatWeekdayPlural(`2026-11-${23 + i}`));
    expect(weekdays.join(' ')).toBe('Mondays Tuesdays Wednesdays Thursdays Fridays Saturdays Sundays');
  });

  it('say the time on a practice’s wall, wherever the server is', () => {
    expect(formatTime('Europe/Dublin', Date.UTC(2026, 6, 1, 17), 'en-IE')).toBe('18:00');
    expect(formatTime('Asia/Kathmandu', Date.UTC(2026, 6, 1, 17), 'en-IE')).toBe('22:45');
  });

  it('40 say "first" or "second" of a time that the clock shows twice, and only then', () => {
    const at = (minute: number) => formatTime('Europe/Dublin', Date.UTC(2027, 9, 31, 0, minute), 'en-IE');
    expect([-1, 0, 59, 60, 119, 120].map(at)).toEqual([
      '00:59',
      'first 01:00',
      'first 01:59',
      'second 01:00',
      'second 01:59',
      '02:00',
    ]);
  });

  it.each([
    ['en-IE', 'Tuesday 1 December 2026', 'Tue 1 Dec', '1 Dec 2026 to 27 Oct 2027', '15:30'],
    ['en-GB', 'Tuesday 1 December 2026', 'Tue 1 Dec', '1 Dec 2026 to 27 Oct 2027', '15:30'],
    ['en-US', 'Tuesday, December 1, 2026', 'Tue, Dec 1', 'Dec 1, 2026 to Oct 27, 2027', '3:30\u00a0PM'],
    ['en-CA', 'Tuesday, December 1, 2026', 'Tue, Dec 1', 'Dec 1, 2026 to Oct 27, 2027', '3:30\u00a0PM'],
    ['en-AU', 'Tuesday 1 December 2026', 'Tue 1 Dec', '1 Dec 2026 to 27 Oct 2027', '3:30\u00a0pm'],
    ['en-IE-u-hc-h12', 'Tuesday 1 December 2026', 'Tue 1 Dec', '1 Dec 2026 to 27 Oct 2027', '3:30\u00a0pm'],
    ['de-DE', 'Tuesday 1 December 2026', 'Tue 1 Dec', '1 Dec 2026 to 27 Oct 2027', '15:30'],
    ['ja-JP', 'Tuesday, December 1, 2026', 'Tue, Dec 1', 'Dec 1, 2026 to Oct 27, 2027', '15:30'],
  ])('43 write dates and hours as %s does, in English words', (locale, full, short, span, hour) => {
    expect(formatDay('2026-12-01', 'full', locale)).toBe(full);
    expect(formatDay('2026-12-01', 'short', locale)).toBe(short);
    expect(formatDayRange('2026-12-01', '2027-10-27', locale)).toBe(span);
    expect(formatWallTime('15:30', locale)).toBe(hour);
    expect(formatTime('Europe/Dublin', Date.UTC(2026, 11, 1, 15, 30), locale)).toBe(hour);
  });

  it('40 name the second of two hours', () => {
    expect(formatWallTime('23:30~2', 'en-IE')).toBe('second 23:30');
    expect(formatWallTime('23:30~2', 'en-US')).toBe('second 11:30\u00a0PM');
  });

  it('43 write midnight and noon on a 12-hour clock', () => {
    const formatted = ['00:00', '00:30', '11:59', '12:00', '13:05', '23:59', '24:00'].map((time) =>
      formatWallTime(time, 'en-US'),
    );
    expect(formatted.map((words) => words.replace('\u00a0', ' '))).toEqual([
      '12:00 AM',
      '12:30 AM',
      '11:59 AM',
      '12:00 PM',
      '1:05 PM',
      '11:59 PM',
      '12:00 AM',
    ]);
  });

  it('43 say a date alone in three lengths, and refuse an invalid locale', () => {
    const forms = ['short', 'long', 'full'] as const;
    expect(forms.map((form) => formatDateWithoutWeekday('2026-12-01', form, 'en-IE'))).toEqual([
      '1 Dec',
      '1 December',
      '1 December 2026',
    ]);
    expect(forms.map((form) => formatDateWithoutWeekday('2026-12-01', form, 'en-US'))).toEqual([
      'Dec 1',
      'December 1',
      'December 1, 2026',
    ]);
    expect([formatMonthName('2026-12-01'), formatWeekday('2026-12-01')]).toEqual(['December', 'Tuesday']);
    expect(() => formatDateWithoutWeekday('2026-12-01', 'long', 'no locale')).toThrow(RangeError);
  });

  it('say a cadence', () => {
    expect([formatCadence('once'), formatCadence('weekly'), formatCadence('biweekly')]).toEqual([
      'once',
      'every week',
      'every 2 weeks',
    ]);
  });

  it('say a span, with its years when it is nearly one long', () => {
    expect(formatDayRange('2026-12-01', '2027-01-19', 'en-IE')).toBe('1 Dec to 19 Jan');
    expect(formatDayRange('2026-12-01', '2027-10-26', 'en-IE')).toBe('1 Dec to 26 Oct');
    expect(formatDayRange('2026-12-01', '2027-10-27', 'en-IE')).toBe('1 Dec 2026 to 27 Oct 2027');
    expect(formatDayRange('2027-10-27', '2026-12-01', 'en-IE')).toBe('27 Oct 2027 to 1 Dec 2026');
  });

  it.each([
    [0, '0 minutes'],
    [1, '1 minute'],
    [45, '45 minutes'],
    [60, '1 hour'],
    [90, '90 minutes'],
    [120, '2 hours'],
    [1440, '24 hours'],
    [2880, '48 hours'],
    [4320, '3 days'],
    [4321, '4321 minutes'],
    [3000, '50 hours'],
  ])('say %d minutes as %s', (minutes, expected) => {
    expect(formatDuration(minutes)).toBe(expected);
  });

  it('42 say whose time it is, with the zone’s own name where it is a place', () => {
    expect(formatZoneInFull('europe/dublin')).toBe('Dublin time (Europe/Dublin)');
    expect(formatZoneInFull('Etc/GMT+5')).toBe('UTC−5 time');
    expect(formatZoneInFull('GMT')).toBe('UTC time');
  });

  it('42 say whose time it is', () => {
    expect(formatZoneCity('Europe/Dublin')).toBe('Dublin time');
    expect(formatZoneCity('America/Argentina/Buenos_Aires')).toBe('Buenos Aires time');
    expect(formatZoneCity('UTC')).toBe('UTC time');
  });

  it.each([
    ['europe/dublin', 'Dublin time'],
    ['Eire', 'Dublin time'],
    ['US/Eastern', 'New York time'],
    ['asia/calcutta', 'Kolkata time'],
    ['Europe/Kiev', 'Kyiv time'],
    ['Etc/GMT+5', 'UTC−5 time'],
    ['etc/gmt-14', 'UTC+14 time'],
    ['Etc/GMT+0', 'UTC time'],
    ['GMT', 'UTC time'],
  ])('say %s by a name people know: %s', (zone, expected) => {
    expect(formatZoneCity(zone)).toBe(expected);
  });
});

describe('weekdays', () => {
  it('are listed from Monday, in stretches', () => {
    expect(formatWeekdays([0, 1, 2, 3, 4, 5, 6], 'long')).toBe('Monday to Sunday');
    expect(formatWeekdays([6, 2, 1], 'long')).toBe('Monday and Tuesday, Saturday');
    expect(formatWeekdays([0, 6, 5, 3], 'short')).toBe('Wed, Fri to Sun');
    expect(formatWeekdays([], 'short')).toBe('');
  });

  it('never run on from Sunday to Monday', () => {
    expect(formatWeekdays([0, 1], 'short')).toBe('Mon, Sun');
  });
});
