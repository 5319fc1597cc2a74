import type { StandingTime } from '@/scheduling/standing-times';
import { getPartOfDay, PARTS_OF_DAY, type PartOfDay } from '@/scheduling/waitlist-matching';

// Standing times as a reader sees them: days across, hours down, and the best few.

export interface TimeCellData {
  on: string;
  time: string;
  open: number;
  sessions: number;
  level: 'all' | 'most' | 'some';
  /**
   * The therapists with the most open dates, in the practice's order; the line and the clashes are those of the first.
   */
  therapists: string[];
  line: boolean[];
  clashes: string[];
}

export interface TimesGridDayData {
  on: string;
  cells: TimeCellData[];
}

export interface TimesGridOptions {
  /** First days lie in `[from, until)`. */
  from: string;
  until: string;
  /**
   * A first date before this instant can no longer be booked. Such a time is left out: its first date is no clash to
   * repair.
   */
  notBefore: number;
  /** Therapist ids in the practice's order. */
  order: string[];
  everyStart: boolean;
}

export interface TimesGrid {
  days: TimesGridDayData[];
  /** Whether some starts between the half hours are left out. */
  isThinned: boolean;
}

export function buildTimesGrid(standingTimes: StandingTime[], query: TimesGridOptions): TimesGrid {
  const places = new Map<string, StandingTime[]>();
  for (const standing of standingTimes) {
    const { firstOn, time, occurrences } = standing;
    if (firstOn < query.from || firstOn >= query.until || (occurrences[0]?.start ?? 0) < query.notBefore) continue;
    const place = places.get(`${firstOn} ${time}`);
    if (place) place.push(standing);
    else places.set(`${firstOn} ${time}`, [standing]);
  }
  const days = new Map<string, TimeCellData[]>();
  for (const place of [...places.keys()].sort()) {
    const cell = cellOf(places.get(place) as StandingTime[], query.order);
    const day = days.get(cell.on);
    if (day) day.push(cell);
    else days.set(cell.on, [cell]);
  }
  let isThinned = false;
  const shown = [...days].map(([on, cells]) => {
    const onHalfHours = cells.filter(({ time }) => /:[03]0/.test(time));
    if (query.everyStart || onHalfHours.length === 0 || onHalfHours.length === cells.length) return { on, cells };
    isThinned = true;
    return { on, cells: onHalfHours };
  });
  return { days: shown, isThinned };
}

/** A day, and the number of times on it. */
export type CountedDay = [on: string, times: number];

export function countTimes({ on, cells }: TimesGridDayData): CountedDay {
  return [on, cells.length];
}

/** The cells with the most free dates, the earliest of equals, on different days while there are enough days. */
export function listBestCells(days: TimesGridDayData[], count = 5): TimeCellData[] {
  const ranked = days.flatMap(({ cells }) => cells).sort(better);
  const chosen: TimeCellData[] = [];
  for (const cell of ranked) if (chosen.every(({ on }) => on !== cell.on)) chosen.push(cell);
  const firsts = chosen.slice(0, count);
  const fill = ranked.filter((cell) => !firsts.includes(cell)).slice(0, count - firsts.length);
  return [...firsts, ...fill].sort(better);
}

/** The hours at which any of the days has a cell, by part of the day; empty hours and parts are left out. */
export function groupTimesByDayPart(days: { cells: { time: string }[] }[]): { part: PartOfDay; times: string[] }[] {
  const times = [...new Set(days.flatMap(({ cells }) => cells.map(({ time }) => time)))].sort();
  return PARTS_OF_DAY.map((part) => ({ part, times: times.filter((time) => getPartOfDay(time) === part) })).filter(
    (rows) => rows.times.length > 0,
  );
}

/** The id of the rows of a part of the day in the table, for links to them. */
export function partAnchorId(part: PartOfDay): string {
  return `times-${part}`;
}

/** The day that a phone shows first: the one asked for, otherwise the day of the best time. */
export function chooseInitialDay(
  days: TimesGridDayData[],
  preferredDays: (string | null | undefined)[],
): TimesGridDayData | undefined {
  const requested = preferredDays.find((on) => days.some((day) => day.on === on));
  const best = listBestCells(days, 1)[0]?.on;
  return days.find(({ on }) => on === (requested ?? best)) ?? days[0];
}

function cellOf(standings: StandingTime[], order: string[]): TimeCellData {
  const most = Math.max(...standings.map(({ open }) => open));
  const equal = standings
    .filter(({ open }) => open === most)
    .sort((a, b) => order.indexOf(a.therapistId) - order.indexOf(b.therapistId));
  const first = equal[0] as StandingTime;
  const sessions = first.occurrences.length;
  return {
    on: first.firstOn,
    time: first.time,
    open: most,
    sessions,
    level: getAvailabilityLevel(most, sessions),
    therapists: equal.map(({ therapistId }) => therapistId),
    line: first.occurrences.map(({ open }) => open),
    clashes: first.occurrences.filter(({ open }) => !open).map(({ on }) => on),
  };
}

function getAvailabilityLevel(open: number, sessions: number): TimeCellData['level'] {
  if (open === sessions) return 'all';
  return open / sessions >= 0.75 ? 'most' : 'some';
}

function better(a: TimeCellData, b: TimeCellData): number {
  return b.open - a.open || a.on.localeCompare(b.on) || a.time.localeCompare(b.time);
}

/** Run lengths: the number of free dates, then of clashing ones, and so on. */
export function encodeRunLengths(open: boolean[]): number[] {
  const line = [0];
  let isOpen = true;
  for (const entry of open) {
    if (entry !== isOpen) line.push(0);
    isOpen = entry;
    line[line.length - 1]! += 1;
  }
  return line;
}
