import { describe, expect, it } from 'vitest';
import type { FeedDate } from '@/scheduling/feed-date';
import { readEvents } from '@/testing/calendar-apps';
import { type CalendarFeed, formatCalendarFeed } from './calendar-feed';

const START = Date.UTC(2026, 11, 1, 18);
const HOUR = 3_600_000;
const date: FeedDate = {
  uid: 'a1',
  start: START,
  end: START + HOUR,
  sequence: 2,
  isCancelled: false,
  position: 3,
  sessions: 8,
  room: 'Garden room',
  client: 'Ana Costa',
  therapist: 'Mira Kovač',
  service: 'Deep tissue',
  hasAlarm: true,
};
const feed: CalendarFeed = {
  kind: 'therapist',
  detail: 'massage',
  ownerName: 'Mira Kovač',
  practice: { name: 'Fortnight', address: '12 Camden Row', timeZone: 'Europe/Dublin' },
  dates: [date],
};
const write = (changes: Partial<CalendarFeed>, ofDate: Partial<FeedDate> = {}) =>
  formatCalendarFeed({ ...feed, dates: [{ ...date, ...ofDate }], ...changes }, START).replaceAll('\r\n ', '');

describe('a calendar feed', () => {
  it('has a name, a refresh interval and a time zone', () => {
    const text = write({});
    for (const line of [
      'METHOD:PUBLISH',
      'X-WR-CALNAME:Mira Kovač\\, Fortnight',
      'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
      'X-PUBLISHED-TTL:PT15M',
      'BEGIN:VTIMEZONE',
      'DTSTART;TZID=Europe/Dublin:20261201T180000',
      'SEQUENCE:2',
      'STATUS:CONFIRMED',
    ])
      expect(text.split('\r\n')).toContain(line);
    expect(write({ ownerName: '' })).toContain('X-WR-CALNAME:Fortnight\r\n');
  });

  it.each([
    ['therapist', 'busy', 'Busy', null],
    ['therapist', 'massage', 'Massage 3 of 8', 'Garden room'],
    ['therapist', 'names', 'Ana Costa (3 of 8)', 'Garden room'],
    ['room', 'busy', 'Busy', null],
    ['room', 'massage', 'Massage 3 of 8', null],
    ['room', 'names', 'Massage with Mira Kovač (3 of 8)', null],
    ['client', 'busy', 'Busy', null],
    ['client', 'massage', 'Massage 3 of 8', 'Fortnight, 12 Camden Row'],
    ['client', 'names', 'Massage with Mira Kovač (3 of 8)', 'Fortnight, 12 Camden Row'],
  ] as const)('of a %s with %s calls a date %s', (kind, detail, title, place) => {
    const text = write({ kind, detail });
    const [found] = readEvents(text);
    expect([found!.event.summary, found!.event.location]).toEqual([title, place]);
    expect(text.includes('Ana Costa')).toBe(kind === 'therapist' && detail === 'names');
    expect(text.includes('Deep tissue')).toBe(detail === 'names');
    expect(text.includes('VALARM')).toBe(kind === 'client');
  });

  it('calls a date that is not part of a series a massage', () => {
    expect(write({}, { sessions: 1, position: 1 })).toContain('SUMMARY:Massage\r\n');
    expect(write({ detail: 'names' }, { sessions: 1, position: 1 })).toContain('SUMMARY:Ana Costa\r\n');
  });

  it('keeps a cancelled date, marked as cancelled and free, without an alarm', () => {
    const text = write({ kind: 'client' }, { isCancelled: true });
    for (const line of ['STATUS:CANCELLED', 'TRANSP:TRANSPARENT', 'SUMMARY:Cancelled: Massage 3 of 8'])
      expect(text.split('\r\n')).toContain(line);
    expect(text).not.toContain('VALARM');
    expect(write({ kind: 'client' }, { hasAlarm: false })).not.toContain('VALARM');
  });

  it('has one event per date whatever characters a client’s name holds', () => {
    const client = 'Ana\r\nBEGIN:VEVENT\nUID:evil;,\\ \u202eevil.example';
    expect(readEvents(write({ detail: 'names' }, { client }))).toHaveLength(1);
    expect(readEvents(write({ dates: [] }))).toHaveLength(0);
  });
});
