// When does a therapist work? Weekly wall-time hours, with single days replaced, become working periods: stretches of
// instants without a closed minute in between. Hours that touch are one period, also across midnight and also where a
// clock change makes them touch; a day that the zone skipped has no hours.

import { dayNumber, type Weekday, weekdayOfDayNumber } from './day';
import { checkArray, checkInstant, checkObject, malformedFieldError } from './input-checks';
import { type Interval, unionIntervals } from './interval-arithmetic';
import { parseMinuteOfDay, parseMinuteOfDayOrNaN } from './time-of-day';
import { wallMsToInstant } from './zone-conversion';
import { getZone, listClockChanges, offsetPeriodAt, type Zone } from './zone-offsets';

/** Wall times of one day, `from` included, `until` not; `24:00` is the next midnight. */
export type WallRange = [from: string, until: string];

/** The hours of each weekday, 0 = Sunday; a weekday left out is closed. */
export type WeeklyHours = Partial<Record<Weekday, WallRange[]>>;

/**
 * One day's hours in place of its weekday's; `[]` means closed. Of two for the same day, the later in the list counts.
 */
export interface Override {
  on: string;
  hours: WallRange[];
}

/** Hours as numbers, converted once per query: each day is `[from, until, from, until, …]` in wall ms since midnight. */
export interface WorkingHoursInMs {
  weekly: number[][];
  overrides: Map<number, number[]>;
  /** If the weekly hours never close: the day number of the first override. Otherwise -Infinity. */
  closesFrom: number;
}

/** Working periods in instants, as ascending flat pairs that do not touch. */
export type WorkingPeriods = number[];

const MINUTE = 60_000;
const DAY = 86_400_000;

function readRanges(field: string, ranges: WallRange[]): number[] {
  checkArray(field, ranges);
  const pairs: number[] = [];
  let isApart = true;
  // A loop by index finds the holes of a sparse array.
  for (let i = 0; i < ranges.length; i++) {
    const [from, until] = readRange(field, i, ranges[i]);
    isApart &&= from < until && (i === 0 || from > pairs.at(-1)!);
    pairs.push(from, until);
  }
  if (isApart) return pairs;
  const intervals = ranges.map((_, i) => ({ start: pairs[2 * i]!, end: pairs[2 * i + 1]! }));
  return unionIntervals(intervals).flatMap(({ start, end }) => [start, end]);
}

function readRange(field: string, i: number, range: unknown): [from: number, until: number] {
  if (!Array.isArray(range) || range.length !== 2)
    throw malformedFieldError(`${field}[${i}]`, 'a pair [from, until]', range);
  const from = parseMinuteOfDayOrNaN(range[0]);
  const until = parseMinuteOfDayOrNaN(range[1]);
  if (from <= until) return [from * MINUTE, until * MINUTE];
  // Field names and messages are built only for malformed times: building them took most of the time.
  for (const time of range) parseMinuteOfDay(time, `${field}[${i}]`);
  throw malformedFieldError(`${field}[${i}]`, 'a range whose end is not before its start', range.join(' to '));
}

/**
 * Converts weekly hours and overrides, in any order, which may overlap. Throws a RangeError for malformed times, reversed
 * ranges, invalid days and unknown weekdays; `within` goes before the field names in its message.
 *
 * @example
 * toWorkingHoursInMs({ 2: [['09:00', '13:00']] }, []).weekly[2] //=> [32_400_000, 46_800_000]
 */
export function toWorkingHoursInMs(weeklyHours: WeeklyHours, overrides: Override[], within = ''): WorkingHoursInMs {
  checkObject(`${within}weeklyHours`, weeklyHours);
  checkArray(`${within}overrides`, overrides);
  const weekly: number[][] = [[], [], [], [], [], [], []];
  for (const [weekday, ranges] of Object.entries(weeklyHours)) {
    const field = `${within}weeklyHours[${weekday}]`;
    if (!/^[0-6]$/.test(weekday)) throw malformedFieldError(field, 'a weekday from 0 to 6', weekday);
    if (ranges !== undefined) weekly[Number(weekday)] = readRanges(field, ranges);
  }
  const days = new Map<number, number[]>();
  let first = Number.POSITIVE_INFINITY;
  for (const [i, override] of overrides.entries()) {
    const { on, hours } = { ...override };
    const day = dayNumber(on, `${within}overrides[${i}].on`);
    days.set(day, readRanges(`${within}overrides[${i}].hours`, hours));
    first = Math.min(first, day);
  }
  const neverCloses = weekly.every((ranges) => ranges[0] === 0 && ranges[1] === DAY);
  return { weekly, overrides: days, closesFrom: neverCloses ? first : Number.NEGATIVE_INFINITY };
}

/** Whether clocks jumped over a whole day, as over Apia's 30 December 2011. */
function isSkipped(zone: Zone, day: number): boolean {
  const wall = day * DAY;
  return listClockChanges(zone, wall - DAY, wall + DAY).some(
    ({ at, before, after }) => at + before <= wall && at + after >= wall + DAY,
  );
}

/** Adds `[start, end)` to ascending pairs that do not touch, and joins it with those that it meets. */
function join(pairs: WorkingPeriods, start: number, end: number): void {
  let first = pairs.length;
  while (first > 0 && pairs[first - 1]! >= start) first -= 2;
  let last = first;
  while (last < pairs.length && pairs[last]! <= end) last += 2;
  if (first === pairs.length) pairs.push(start, end);
  else if (first === last) pairs.splice(first, 0, start, end);
  else pairs.splice(first, last - first, Math.min(start, pairs[first]!), Math.max(end, pairs[last - 1]!));
}

/** Adds a day's working time in instants to `periods`; false for a day that does not exist. */
function addWork(periods: WorkingPeriods, zone: Zone, hours: WorkingHoursInMs, day: number): boolean {
  const ranges = hours.overrides.get(day) ?? hours.weekly[weekdayOfDayNumber(day)]!;
  const wall = day * DAY;
  const stretch = offsetPeriodAt(zone, wall);
  const isPlain = wall - DAY >= stretch.from && wall + 2 * DAY < stretch.until;
  if (!isPlain && isSkipped(zone, day)) return false;
  for (let i = 0; i < ranges.length; i += 2) {
    const start = isPlain ? wall + ranges[i]! - stretch.offset : wallMsToInstant(zone, wall + ranges[i]!);
    const end = isPlain ? wall + ranges[i + 1]! - stretch.offset : wallMsToInstant(zone, wall + ranges[i + 1]!);
    // A clock change can reverse hours that lie inside a gap; nothing is left of them.
    if (start < end) join(periods, start, end);
  }
  return true;
}

/**
 * Lists the working periods of the days around `[from, to]`, each from its true beginning, which may lie days before.
 * The last period may be cut off anywhere after `to`. Hours that have always been open give a period that begins at
 * -Infinity.
 *
 * @example
 * listWholeWorkingPeriodsAround(getZone('UTC'), toWorkingHoursInMs({ 4: [['09:00', '13:00']] }, []), 0, 86_400_000) //=> [32_400_000, 46_800_000]
 */
export function listWholeWorkingPeriodsAround(
  zone: Zone,
  hours: WorkingHoursInMs,
  from: number,
  to: number,
): WorkingPeriods {
  const firstDay = Math.floor((from + offsetPeriodAt(zone, from).offset) / DAY) - 1;
  const lastDay = Math.floor((to + offsetPeriodAt(zone, to).offset) / DAY) + 1;
  const periods: WorkingPeriods = [];
  for (let day = firstDay; day <= lastDay; day++) addWork(periods, zone, hours, day);
  for (let day = firstDay - 1; periods.length > 0; day--) {
    const work: WorkingPeriods = [];
    if (!addWork(work, zone, hours, day)) continue;
    if (work.length === 0 || work.at(-1)! < periods[0]!) break;
    periods[0] = day < hours.closesFrom ? Number.NEGATIVE_INFINITY : work.at(-2)!;
    if (work.length > 2 || periods[0] === Number.NEGATIVE_INFINITY) break;
  }
  return periods;
}

/**
 * Lists the working periods inside `[from, to)`, cut off at both ends. Busy and free time together fill them. Throws a
 * RangeError that names the malformed field.
 *
 * @example
 * listWorkingPeriodsWithin({ timeZone: 'UTC', weeklyHours: { 4: [['09:00', '13:00']] }, overrides: [], from: 0, to: 36_000_000 }) //=> [{ start: 32_400_000, end: 36_000_000 }]
 */
export function listWorkingPeriodsWithin(query: {
  timeZone: string;
  weeklyHours: WeeklyHours;
  overrides: Override[];
  from: number;
  to: number;
}): Interval[] {
  checkInstantSpan(query.from, query.to);
  const zone = getZone(query.timeZone);
  const periods = listWholeWorkingPeriodsAround(
    zone,
    toWorkingHoursInMs(query.weeklyHours, query.overrides),
    query.from,
    query.to,
  );
  const inside: Interval[] = [];
  for (let i = 0; i < periods.length; i += 2) {
    const start = Math.max(periods[i]!, query.from);
    const end = Math.min(periods[i + 1]!, query.to);
    if (start < end) inside.push({ start, end });
  }
  return inside;
}

/**
 * Throws a RangeError for a span whose ends are not instants or are reversed.
 *
 * @example
 * checkInstantSpan(0, 86_400_000); //=> undefined
 */
export function checkInstantSpan(from: number, to: number): void {
  checkInstant('from', from);
  checkInstant('to', to);
  if (to < from) throw malformedFieldError('to', `no earlier than from, ${from}`, to);
}
