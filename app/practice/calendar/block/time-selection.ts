import { addDays, daysBetween, listDays } from '@/scheduling/day';
import { formatMinuteOfDay, parseMinuteOfDay } from '@/scheduling/time-of-day';
import { toInstant, toWallTime } from '@/scheduling/zone-conversion';

// Empty time that is selected with the pointer or the keyboard, before it is booked or blocked.

export interface TimeSelection {
  /** The slot of empty time in which the selection began; null where it began beside the slots. */
  slotId: string | null;
  therapistId: string;
  start: number;
  end: number;
}

/** A place in the calendar: a local day, and minutes since its midnight. */
export interface CalendarPoint {
  on: string;
  minute: number;
}

interface Ground {
  timeZone: string;
  stepMinutes: number;
}

const DAY_MINUTES = 24 * 60;
/** A hand that draws a level line over several days comes out this many minutes too high at most. */
const LEVEL_MINUTES = 30;

/**
 * Selects from where the pointer was pressed to where it is now, on the practice's steps. On one day that is the time
 * between the two. Over several days it runs from the one on the earlier day to the other on the later day.
 */
export function selectTimeBetween(
  slot: Pick<TimeSelection, 'slotId' | 'therapistId'>,
  pressed: CalendarPoint,
  present: CalendarPoint,
  { timeZone, stepMinutes: step }: Ground,
): TimeSelection {
  const [first, last] = orderPoints(pressed, present);
  const latest = DAY_MINUTES - step;
  const begins = Math.min(Math.floor(first.minute / step) * step, latest - step);
  const least = first.on === last.on ? begins + step : step;
  const ends = Math.min(Math.max(Math.ceil(last.minute / step) * step, least), latest);
  const at = (on: string, minute: number) => toInstant(timeZone, on, formatMinuteOfDay(minute));
  return { ...slot, start: at(first.on, begins), end: at(last.on, ends) };
}

function orderPoints(a: CalendarPoint, b: CalendarPoint): [CalendarPoint, CalendarPoint] {
  const isInOrder = a.on === b.on ? a.minute <= b.minute : a.on < b.on;
  const [first, last] = isInOrder ? [a, b] : [b, a];
  const rise = first.minute - last.minute;
  // Without this, a level line that trembles would select whole days and nights.
  const isLevel = first.on !== last.on && rise > 0 && rise < LEVEL_MINUTES;
  return isLevel
    ? [
        { ...first, minute: last.minute },
        { ...last, minute: first.minute },
      ]
    : [first, last];
}

/** Moves the end of the selection by one step; it is never shorter than a step, and ends on the day it ended on. */
export function resizeSelectionByStep(before: TimeSelection, by: 1 | -1, ground: Ground): TimeSelection {
  const { from, until } = toSelectedSpan(before, ground.timeZone);
  const step = ground.stepMinutes;
  const begins = parseMinuteOfDay(from.time);
  const ends = Math.min(
    Math.max(begins + step, parseMinuteOfDay(until.time) + by * step),
    Math.max(DAY_MINUTES - step, parseMinuteOfDay(until.time)),
  );
  return { ...before, end: toInstant(ground.timeZone, until.on, formatMinuteOfDay(ends)) };
}

/** Moves the end of the selection to the same hour of the next day or the day before, from its first day to `lastOn`. */
export function resizeSelectionByDay(
  before: TimeSelection,
  by: 1 | -1,
  { timeZone, lastOn }: Ground & { lastOn: string },
): TimeSelection {
  const { from, until } = toSelectedSpan(before, timeZone);
  const on = addDays(until.on, by);
  return on < from.on || on > lastOn ? before : { ...before, end: toInstant(timeZone, on, until.time) };
}

interface SelectedSpan {
  from: { on: string; time: string };
  until: { on: string; time: string };
  /** The same hours of each of its days, where it spans several days and can be read so; otherwise null. */
  hoursOfDays: { on: string; start: number; end: number }[] | null;
}

/** The wall times between which a selection runs. Where it ends at midnight, it ends five minutes sooner. */
export function toSelectedSpan({ start, end }: Pick<TimeSelection, 'start' | 'end'>, timeZone: string): SelectedSpan {
  const from = toWallTime(timeZone, start);
  const ending = toWallTime(timeZone, end);
  const until = ending.time === '00:00' ? { on: addDays(ending.on, -1), time: '23:55' } : ending;
  if (from.on >= until.on || from.time >= until.time) return { from, until, hoursOfDays: null };
  const hoursOfDays = listDays(from.on, daysBetween(from.on, until.on) + 1).map((on) => {
    return { on, start: toInstant(timeZone, on, from.time), end: toInstant(timeZone, on, until.time) };
  });
  return { from, until, hoursOfDays };
}
