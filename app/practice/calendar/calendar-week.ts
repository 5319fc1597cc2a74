import type { AppointmentFacts } from '@/db/appointments/appointment-facts';
import type { BookedTime, Calendar } from '@/db/appointments/calendar';
import { listDays, weekdayOf } from '@/scheduling/day';
import { formatWallTime } from '@/scheduling/formatting';
import { subtractIntervals } from '@/scheduling/interval-arithmetic';
import { formatMinuteOfDay, parseMinuteOfDay } from '@/scheduling/time-of-day';
import { getDayInterval, toInstant, toWallTime } from '@/scheduling/zone-conversion';

// Turns what the database knows of a week into what the grid draws: closed hours, counts, and the hours worth drawing.

export interface CalendarWeekData {
  monday: string;
  days: string[];
  /** A Sunday on which nothing happens is left out; any other day off is shown and says so. */
  hiddenDays: number[];
  from: string;
  until: string;
  /** The working hours of each local day. */
  open: Record<string, OpenHours[]>;
  closed: { start: number; end: number; title: string }[];
  /** The name of the holiday on which a day has no hours. */
  holidays: Record<string, string>;
  counts: Record<string, string>;
}

interface OpenHours {
  start: number;
  end: number;
  from: string;
  until: string;
}

export function buildCalendarWeek(calendar: Calendar, monday: string): CalendarWeekData {
  const { timeZone } = calendar;
  const days = listDays(monday, 7);
  const standing: BookedTime[] = [
    ...calendar.appointments.filter((entry) => entry.status !== 'cancelled'),
    ...calendar.colleagues,
  ];
  const onDay = (on: string) => standing.filter((entry) => toWallTime(timeZone, entry.startsAt).on === on);
  const openOn = (on: string): OpenHours[] =>
    calendar.hours
      .filter((hours) => hours.on === on)
      .flatMap((hours) => hours.ranges)
      .map(([from, until]) => ({
        start: toInstant(timeZone, on, from),
        end: toInstant(timeZone, on, until),
        from,
        until,
      }));

  const breaksOn = (on: string) =>
    calendar.breaks
      .filter((repeating) => repeating.on === on)
      .map(({ from, until, name }) => ({
        start: toInstant(timeZone, on, from),
        end: toInstant(timeZone, on, until),
        title: name,
      }));
  const leftOn = (on: string) =>
    subtractIntervals(
      openOn(on),
      [...calendar.timeOff, ...calendar.external].map(({ startsAt, endsAt }) => ({ start: startsAt, end: endsAt })),
    );
  const idle = days.filter((on) => openOn(on).length === 0 && onDay(on).length === 0);
  const [from, until] = drawnHours(calendar, standing);
  return {
    monday,
    days,
    hiddenDays: idle.some((on) => weekdayOf(on) === 0) ? [0] : [],
    from,
    until,
    open: Object.fromEntries(days.map((on) => [on, openOn(on)])),
    holidays: Object.fromEntries(calendar.holidays.map(({ on, name }) => [on, name])),
    closed: days.flatMap((on) => {
      const open = openOn(on);
      const holiday = calendar.holidays.find((day) => day.on === on);
      const breaks = breaksOn(on);
      const gaps = subtractIntervals([getDayInterval(timeZone, on)], [...open, ...breaks]).map((gap, first) => ({
        ...gap,
        title: closedTitle(open, { ...gap, isFirst: first === 0 }, holiday?.name, calendar.locale),
      }));
      return [
        ...gaps,
        ...breaks.flatMap((repeating) =>
          subtractIntervals([repeating], open).map((gap) => ({ ...gap, title: repeating.title })),
        ),
      ];
    }),
    counts: Object.fromEntries(days.map((on) => [on, countOf(onDay(on).length, leftOn(on).length)])),
  };
}

function closedTitle(
  open: { from: string; until: string; start: number; end: number }[],
  gap: { start: number; end: number; isFirst: boolean },
  holiday: string | undefined,
  locale: string,
): string {
  if (holiday) return holiday;
  if (open.length === 0) return gap.isFirst ? 'Day off' : '';
  const first = open.reduce((earlier, range) => (range.start < earlier.start ? range : earlier));
  const last = open.reduce((later, range) => (range.end > later.end ? range : later));
  if (gap.end <= first.start) return gap.isFirst ? `Opens ${formatWallTime(first.from, locale)}` : '';
  if (gap.start < last.end) return 'Break';
  return gap.start === last.end ? `Closes ${formatWallTime(last.until, locale)}` : '';
}

function countOf(booked: number, open: number): string {
  if (booked === 0) return open === 0 ? 'off' : 'free';
  return booked === 1 ? '1 client' : `${booked} clients`;
}

/** From an hour before the first opening to the last closing, widened to include appointments outside of them. */
function drawnHours(calendar: Calendar, standing: BookedTime[]): [from: string, until: string] {
  return spanOf(calendar.hours, standing, { timeZone: calendar.timeZone, hoursBefore: 1 });
}

/** From the first opening or appointment that these therapists have on one day to the last. */
export function getHoursOfDay(calendar: Calendar, on: string, therapistIds: string[]): { from: string; until: string } {
  const { timeZone } = calendar;
  const isTheirs = ({ therapistId }: { therapistId: string }) => therapistIds.includes(therapistId);
  const booked = [...calendar.appointments.filter(({ status }) => status !== 'cancelled'), ...calendar.colleagues];
  const [from, until] = spanOf(
    calendar.hours.filter((hours) => hours.on === on && isTheirs(hours)),
    booked.filter((entry) => isTheirs(entry) && toWallTime(timeZone, entry.startsAt).on === on),
    { timeZone, hoursBefore: 0 },
  );
  return { from, until };
}

function spanOf(
  hours: Calendar['hours'],
  standing: BookedTime[],
  { timeZone, hoursBefore }: { timeZone: string; hoursBefore: number },
): [from: string, until: string] {
  const starts = hours.flatMap(({ ranges }) => ranges.map(([from]) => Number(from.slice(0, 2)) - hoursBefore));
  const ends = hours.flatMap(({ ranges }) => ranges.map(([, until]) => Math.ceil(parseMinuteOfDay(until) / 60)));
  for (const entry of standing) {
    const start = parseMinuteOfDay(toWallTime(timeZone, entry.startsAt).time);
    starts.push(Math.floor(start / 60));
    ends.push(Math.min(24, Math.ceil((start + entry.minutes) / 60)));
  }
  if (starts.length === 0) return ['09:00', '18:00'];
  return [formatMinuteOfDay(60 * Math.max(0, Math.min(...starts))), formatMinuteOfDay(60 * Math.max(...ends))];
}

export interface SessionProgressMark {
  position: number;
  look: 'done' | 'now' | 'ahead' | 'gone';
}

/** The series as strokes, one for each session: past, this one, upcoming, cancelled or skipped. */
export function listSessionProgressMarks(
  facts: Pick<AppointmentFacts, 'uid' | 'startsAt' | 'sessions' | 'places'>,
): SessionProgressMark[] {
  const byPosition = new Map(facts.places.map((place) => [place.position, place]));
  return Array.from({ length: Math.max(facts.sessions, ...byPosition.keys()) }, (_, at) => {
    const place = byPosition.get(at + 1);
    const look = place?.uid === facts.uid ? 'now' : !place || place.status === 'cancelled' ? 'gone' : null;
    return { position: at + 1, look: look ?? (place!.startsAt < facts.startsAt ? 'done' : 'ahead') };
  });
}
