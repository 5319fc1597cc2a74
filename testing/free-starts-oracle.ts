// The slow and obvious oracle that `scheduling/` is tested against. It knows a zone only as a table of what the wall
// clock shows in each minute, and finds free starts by walking through the minutes. It shares no code with what it
// checks.

import type { FreeStartsQuery } from '@/scheduling/availability';

const MINUTE = 60_000;
const DAY_MINUTES = 1440;

/** What the wall clock shows, in minutes since 1970 on the wall, for each minute from `first`. */
export interface WallClockTable {
  timeZone: string;
  first: number;
  walls: Int32Array;
  /** The first minute to show each wall time, and the days that were shown at all, for direct lookup. */
  showing: Map<number, number>;
  days: Set<number>;
}

/** Asks Intl for the wall clock on some days around an instant. */
export function tabulateZone(timeZone: string, around: number, daysAround: number): WallClockTable {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const first = Math.floor(around / MINUTE) - daysAround * DAY_MINUTES;
  const show = (minute: number) => {
    const parts = Object.fromEntries(format.formatToParts(minute * MINUTE).map(({ type, value }) => [type, +value]));
    return Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute) / MINUTE;
  };
  // No clock changes and changes back within a quarter of an hour: if a quarter starts and ends 15 wall minutes apart,
  // it ran evenly.
  const walls = new Int32Array(2 * daysAround * DAY_MINUTES);
  for (let quarter = 0; quarter < walls.length; quarter += 15) {
    const wall = show(first + quarter);
    const isEven = show(first + quarter + 15) === wall + 15;
    for (let i = 0; i < 15; i++) walls[quarter + i] = isEven ? wall + i : show(first + quarter + i);
  }
  const showing = new Map<number, number>();
  for (const [i, wall] of walls.entries()) if (!showing.has(wall)) showing.set(wall, first + i);
  const days = new Set(Array.from(walls, (wall) => Math.floor(wall / DAY_MINUTES)));
  return { timeZone, first, walls, showing, days };
}

/**
 * The first minute that shows this wall time. In a gap, the minute at which the clock would have shown it by the offset
 * before the gap.
 */
export function minuteOfWall(table: WallClockTable, wall: number): number {
  const shown = table.showing.get(wall);
  if (shown !== undefined) return shown;
  const after = table.walls.findIndex((other) => other > wall);
  if (after < 1) throw new Error('The table is too short for this question.');
  return table.first + after - 1 + (wall - table.walls[after - 1]!);
}

function wallMinutes(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours! * 60 + minutes!;
}

/** Each maximal run of working minutes, `[first, last + 1]`. */
export function walkWorkingPeriods(
  table: WallClockTable,
  { weeklyHours, overrides }: Pick<FreeStartsQuery, 'weeklyHours' | 'overrides'>,
): { start: number; end: number }[] {
  const isWork = new Uint8Array(table.walls.length);
  const firstDay = Math.floor(table.walls[0]! / DAY_MINUTES) + 1;
  const lastDay = Math.floor(table.walls.at(-1)! / DAY_MINUTES) - 2;
  for (let day = firstDay; day <= lastDay; day++) {
    if (!table.days.has(day)) continue;
    const on = new Date(day * DAY_MINUTES * MINUTE).toISOString().slice(0, 10);
    const weekday = new Date(day * DAY_MINUTES * MINUTE).getUTCDay() as 0 | 1 | 2 | 3 | 4 | 5 | 6;
    const hours = overrides.filter((override) => override.on === on).at(-1)?.hours ?? weeklyHours[weekday] ?? [];
    // Ranges that touch in wall time are joined, whatever the clocks do at the moment where they touch.
    const open = new Uint8Array(DAY_MINUTES + 1);
    for (const [from, until] of hours) open.fill(1, wallMinutes(from), wallMinutes(until));
    for (let opens = open.indexOf(1), closes = 0; opens !== -1; opens = open.indexOf(1, closes)) {
      closes = open.indexOf(0, opens);
      const begins = minuteOfWall(table, day * DAY_MINUTES + opens);
      const ends = minuteOfWall(table, day * DAY_MINUTES + closes);
      if (begins < ends) isWork.fill(1, begins - table.first, ends - table.first);
    }
  }
  const runs: { start: number; end: number }[] = [];
  for (let begins = isWork.indexOf(1), ends = 0; begins !== -1; begins = isWork.indexOf(1, ends)) {
    const found = isWork.indexOf(0, begins);
    ends = found === -1 ? isWork.length : found;
    runs.push({ start: table.first + begins, end: table.first + ends });
  }
  return runs;
}

/**
 * Walks through every minute of `[from, to)` and asks whether an appointment could begin in it. `work` is the result of
 * walkWorkingPeriods.
 */
export function walkFreeStarts(work: ReturnType<typeof walkWorkingPeriods>, query: FreeStartsQuery): number[] {
  const starts: number[] = [];
  for (let minute = Math.ceil(query.from / MINUTE); minute * MINUTE < query.to; minute++) {
    const run = work.find(({ start, end }) => start <= minute && minute + query.durationMinutes <= end);
    if (!run || (minute - run.start) % query.stepMinutes !== 0) continue;
    const start = minute * MINUTE;
    if (query.now !== null && start < query.now + query.minNoticeMinutes * MINUTE) continue;
    const paddedStart = start - query.bufferBefore * MINUTE;
    const paddedEnd = start + (query.durationMinutes + query.bufferAfter) * MINUTE;
    if (query.busy.some((busy) => busy.start < busy.end && busy.start < paddedEnd && busy.end > paddedStart)) continue;
    starts.push(start);
  }
  return starts;
}
