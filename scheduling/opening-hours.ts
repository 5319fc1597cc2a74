// When is a practice open, as a visitor reads it? Open is when anybody works: the weekly hours of all, one line for the
// weekdays that have the same.

import type { Weekday } from './day';
import { unionIntervals } from './interval-arithmetic';
import { formatMinuteOfDay, parseMinuteOfDay } from './time-of-day';
import type { WallRange, WeeklyHours } from './working-hours';

/** Weekdays that follow each other, Monday first, and their hours: wall times, ascending and apart; none is closed. */
export interface OpeningHours {
  weekdays: Weekday[];
  hours: WallRange[];
}

const MONDAY_FIRST: Weekday[] = [1, 2, 3, 4, 5, 6, 0];

/**
 * Joins the weekly hours of everybody who works there into those of the practice, Monday to Sunday. Breaks of one are
 * covered by the hours of another. Throws a RangeError that names a time that is not written `HH:MM`.
 *
 * @example
 * joinOpeningHours([{ 1: [['09:00', '13:00']] }, { 1: [['12:00', '17:00']] }])[0] //=> { weekdays: [1], hours: [['09:00', '17:00']] }
 */
export function joinOpeningHours(weeks: readonly WeeklyHours[]): OpeningHours[] {
  const lines: OpeningHours[] = [];
  for (const weekday of MONDAY_FIRST) {
    const worked = weeks.flatMap((week) => week[weekday] ?? []);
    const open = unionIntervals(
      worked.map(([from, until]) => ({ start: parseMinuteOfDay(from), end: parseMinuteOfDay(until) })),
    );
    const hours = open.map(({ start, end }): WallRange => [formatMinuteOfDay(start), formatMinuteOfDay(end)]);
    const last = lines.at(-1);
    if (last && String(last.hours) === String(hours)) last.weekdays.push(weekday);
    else lines.push({ weekdays: [weekday], hours });
  }
  return lines;
}
