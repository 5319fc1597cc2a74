import { describe, expect, it } from 'vitest';
import { listCalendarApps } from '@/testing/calendar-apps';
import { listSeriesDays } from './cadence';
import { type CalendarEvent, formatICalendar } from './icalendar';
import { toInstant } from './zone-conversion';

const HOUR = 3_600_000;
const SUMMARY = `Massage with Mira Kovač, 60 min; “deep” 💆 ${'ü'.repeat(70)}`;
const LOCATION = 'Fortnight; 12 Camden Row, Dublin 8';
const ZONES = [
  'Europe/Dublin',
  'America/New_York',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'America/Nuuk',
  'UTC',
];

/** Eight Tuesdays at 18:00, over two clock changes in most zones. */
function seriesIn(timeZone: string): CalendarEvent[] {
  return listSeriesDays({ cadence: 'biweekly', firstOn: '2026-09-15', sessions: 8 }).map((on, k) => {
    const start = toInstant(timeZone, on, '18:00');
    const uid = `a${k + 1}@fortnight.example`;
    return { uid, start, end: start + HOUR, summary: SUMMARY, location: LOCATION, sequence: 0, status: 'CONFIRMED' };
  });
}

const shownOf = ({ uid, start, end, summary, location, status }: CalendarEvent) => ({
  uid,
  start,
  end,
  summary,
  location,
  status,
});

describe.each(listCalendarApps())('$name', { timeout: 60_000 }, (app) => {
  const write = (timeZone: string, events: CalendarEvent[], method: 'PUBLISH' | 'CANCEL' = 'PUBLISH') =>
    formatICalendar({ method, name: 'Fortnight', timeZone, now: Date.UTC(2026, 8, 1), events });

  it.each(ZONES)('shows a series in %s at its times, with its words', (timeZone) => {
    const events = seriesIn(timeZone);
    expect(app.show([write(timeZone, events)])).toEqual(events.map(shownOf));
  });

  it('shows what was moved in its new place only, and what was cancelled as cancelled', () => {
    const events = seriesIn('Europe/Dublin');
    const moved = { ...events[1]!, start: events[1]!.start - 3 * HOUR, end: events[1]!.end - 3 * HOUR, sequence: 1 };
    const organizer = { name: 'Fortnight', email: 'hello@fortnight.example' };
    const attendee = { name: 'Ana Costa', email: 'ana@example.org' };
    const cancelled: CalendarEvent = { ...events[2]!, status: 'CANCELLED', sequence: 1, organizer, attendee };
    const files = [
      write('Europe/Dublin', events),
      write('Europe/Dublin', [moved]),
      write('Europe/Dublin', [cancelled], 'CANCEL'),
    ];
    expect(app.show(files)).toEqual([events[0]!, moved, cancelled, ...events.slice(3)].map(shownOf));
  });

  it('shows either of two times that a clock says twice where it is', () => {
    const first = Date.UTC(2026, 9, 25, 0, 30);
    const events = [first, first + HOUR].map((start, k): CalendarEvent => {
      const uid = `a${k + 1}@fortnight.example`;
      return { uid, start, end: start + HOUR, summary: 'Late', location: LOCATION, sequence: 0, status: 'TENTATIVE' };
    });
    expect(app.show([write('Europe/Dublin', events)])).toEqual(events.map(shownOf));
  });
});
