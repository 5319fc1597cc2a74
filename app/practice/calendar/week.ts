import type { AppointmentFacts, Calendar, CalendarEntry } from '@/db/calendar';
import { addDays, weekdayOf } from '@/scheduling/day';
import { subtract } from '@/scheduling/interval';
import { sayTime } from '@/scheduling/words';
import { dayInterval, toInstant, toWall } from '@/scheduling/zone';

// From what the database knows of a week to what the grid draws: closed hours, counts, the hours worth drawing.

export interface Week {
  monday: string;
  days: string[];
  /** An idle Sunday is left out; another day off is shown, and says so. */
  hiddenDays: number[];
  from: string;
  until: string;
  closed: { start: number; end: number; title: string }[];
  counts: Record<string, string>;
}

export function weekOf(calendar: Calendar, monday: string): Week {
  const { timeZone } = calendar;
  const days = Array.from({ length: 7 }, (_, k) => addDays(monday, k));
  const standing = calendar.appointments.filter((entry) => entry.status !== 'cancelled');
  const onDay = (on: string) => standing.filter((entry) => toWall(timeZone, entry.startsAt).on === on);
  const openOn = (on: string) =>
    calendar.hours
      .filter((hours) => hours.on === on)
      .flatMap((hours) => hours.ranges)
      .map(([from, until]) => ({
        start: toInstant(timeZone, on, from),
        end: toInstant(timeZone, on, until),
        from,
        until,
      }));

  const idle = days.filter((on) => openOn(on).length === 0 && onDay(on).length === 0);
  const [from, until] = drawnHours(calendar, standing);
  return {
    monday,
    days,
    hiddenDays: idle.some((on) => weekdayOf(on) === 0) ? [0] : [],
    from,
    until,
    closed: days.flatMap((on) => {
      const open = openOn(on);
      const holiday = calendar.holidays.find((day) => day.on === on);
      return subtract([dayInterval(timeZone, on)], open).map((gap, first) => ({
        ...gap,
        title: closedTitle(open, first, holiday?.name),
      }));
    }),
    counts: Object.fromEntries(days.map((on) => [on, countOf(onDay(on).length, openOn(on).length)])),
  };
}

function closedTitle(open: { from: string }[], gap: number, holiday: string | undefined): string {
  if (holiday) return holiday;
  if (open.length === 0) return gap === 0 ? 'Day off' : '';
  return gap === 0 ? `Opens ${open.map((range) => range.from).sort()[0]}` : '';
}

function countOf(booked: number, open: number): string {
  if (booked === 0) return open === 0 ? 'off' : 'free';
  return booked === 1 ? '1 client' : `${booked} clients`;
}

/** From an hour before the first opening to the last closing, and wide enough for what stands outside of it. */
function drawnHours(calendar: Calendar, standing: CalendarEntry[]): [from: string, until: string] {
  const starts = calendar.hours.flatMap((hours) => hours.ranges.map(([from]) => Number(from.slice(0, 2))));
  const ends = calendar.hours.flatMap((hours) => hours.ranges.map(([, until]) => Math.ceil(minutesOf(until) / 60)));
  for (const entry of standing) {
    const start = minutesOf(sayTime(calendar.timeZone, entry.startsAt));
    starts.push(Math.floor(start / 60) + 1);
    ends.push(Math.min(24, Math.ceil((start + entry.minutes) / 60)));
  }
  if (starts.length === 0) return ['09:00', '18:00'];
  const hour = (n: number) => `${String(n).padStart(2, '0')}:00`;
  return [hour(Math.max(0, Math.min(...starts) - 1)), hour(Math.max(...ends))];
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** The place in the series, as a series of strokes: what was, which one this is, what is to come. */
export function placesOf(facts: AppointmentFacts): ('done' | 'now' | 'ahead' | 'gone')[] {
  return facts.places.map((place) => {
    if (place.uid === facts.uid) return 'now';
    if (place.status === 'cancelled') return 'gone';
    return place.startsAt < facts.startsAt ? 'done' : 'ahead';
  });
}
