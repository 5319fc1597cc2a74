// Where on the grid does a massage fit? The engine under `freeStarts`, standing times and alternatives: hours, busy
// time and lengths are converted once into plain numbers, and each search then sweeps over these.

import { checkArray, checkInstant, checkWholeNumber, malformedFieldError } from './input-checks';
import { checkIntervals, type Interval } from './interval-arithmetic';
import {
  listWholeWorkingPeriodsAround,
  type Override,
  toWorkingHoursInMs,
  type WeeklyHours,
  type WorkingHoursInMs,
} from './working-hours';
import { wallMsToInstant } from './zone-conversion';
import { offsetPeriodAt, type Zone } from './zone-offsets';

/** One massage as the grid sees it, in ms. */
export interface AppointmentTimingInMs {
  duration: number;
  step: number;
  before: number;
  after: number;
}

/**
 * Busy time, joined: the k-th block is `[starts[k], ends[k])`, ascending and apart. After the last come blocks at
 * Infinity, at least one, so that there always is a next.
 */
export interface BusyBlocks {
  starts: Float64Array;
  ends: Float64Array;
}

/** A therapist's hours and busy time, as `FreeStartsQuery` has them. */
export interface TherapistHours {
  id: string;
  weeklyHours: WeeklyHours;
  overrides: Override[];
  busy: Interval[];
}

/**
 * A therapist's hours and busy time as numbers, converted once by `toWorkingHoursInMs` and `joinBusyIntervals`,
 * for a caller that asks often.
 */
export interface TherapistHoursInMs {
  id: string;
  hours: WorkingHoursInMs;
  blocks: BusyBlocks;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * Converts the lengths of a query into ms; throws a RangeError that names the malformed one.
 *
 * @example
 * toAppointmentTimingInMs({ durationMinutes: 60, stepMinutes: 15, bufferBefore: 0, bufferAfter: 15 }).after //=> 900_000
 */
export function toAppointmentTimingInMs(
  query: { durationMinutes: number; stepMinutes: number; bufferBefore: number; bufferAfter: number },
  within = '',
): AppointmentTimingInMs {
  checkWholeNumber('stepMinutes', query.stepMinutes, 1);
  checkWholeNumber(`${within}durationMinutes`, query.durationMinutes, 0);
  checkWholeNumber(`${within}bufferBefore`, query.bufferBefore, 0);
  checkWholeNumber(`${within}bufferAfter`, query.bufferAfter, 0);
  return {
    duration: query.durationMinutes * MINUTE,
    step: query.stepMinutes * MINUTE,
    before: query.bufferBefore * MINUTE,
    after: query.bufferAfter * MINUTE,
  };
}

/**
 * Returns the earliest start that the notice allows; -Infinity when `now` is null.
 *
 * @example
 * earliestStartAfterNotice({ now: 0, minNoticeMinutes: 120 }) //=> 7_200_000
 */
export function earliestStartAfterNotice(query: { now: number | null; minNoticeMinutes: number }): number {
  checkWholeNumber('minNoticeMinutes', query.minNoticeMinutes, 0);
  if (query.now === null) return Number.NEGATIVE_INFINITY;
  checkInstant('now', query.now);
  return query.now + query.minNoticeMinutes * MINUTE;
}

/**
 * Joins busy time. Starts and ends are sorted separately: a joined stretch ends where the k-th end comes before the
 * next start, and sorting plain numbers is several times faster than sorting pairs.
 *
 * @example
 * [...joinBusyIntervals('busy', [{ start: 5, end: 9 }, { start: 0, end: 6 }]).ends] //=> [9, Infinity, Infinity]
 */
export function joinBusyIntervals(field: string, busy: Interval[]): BusyBlocks {
  checkIntervals(field, busy);
  const starts = new Float64Array(busy.length + 1).fill(Number.POSITIVE_INFINITY);
  const ends = new Float64Array(busy.length + 1).fill(Number.POSITIVE_INFINITY);
  let count = 0;
  for (const { start, end } of busy) {
    if (start === end) continue;
    starts[count] = start;
    ends[count++] = end;
  }
  // A database lists by start, and checking the order is cheaper than sorting.
  if (!isAscending(starts)) starts.sort();
  if (!isAscending(ends)) ends.sort();
  let joined = 0;
  for (let i = 1; i <= count; i++) {
    if (ends[i - 1]! >= starts[i]!) continue;
    ends[joined++] = ends[i - 1]!;
    starts[joined] = starts[i]!;
  }
  starts.fill(Number.POSITIVE_INFINITY, joined);
  ends.fill(Number.POSITIVE_INFINITY, joined);
  return { starts, ends };
}

function isAscending(values: Float64Array): boolean {
  for (let i = 1; i < values.length; i++) if (values[i]! < values[i - 1]!) return false;
  return true;
}

/**
 * Lists the starts of one therapist whose hours and busy time have been read already; `freeStarts` parses them first.
 *
 * @example
 * findFreeStarts(getZone('UTC'), toWorkingHoursInMs({}, []), joinBusyIntervals('busy', []), toAppointmentTimingInMs({ durationMinutes: 60, stepMinutes: 15, bufferBefore: 0, bufferAfter: 0 }), 0, 1) //=> []
 */
export function findFreeStarts(
  zone: Zone,
  hours: WorkingHoursInMs,
  blocks: BusyBlocks,
  fit: AppointmentTimingInMs,
  from: number,
  to: number,
): number[] {
  const { duration, step, before, after } = fit;
  const { starts, ends } = blocks;
  const found: number[] = [];
  if (from >= to) return found;
  let next = countEndedBy(ends, from - before);
  /** Adds the starts on a grid from `anchor` that end by `end`. Called with later and later periods. */
  const sweep = (anchor: number, until: number, end: number) => {
    let start = anchor + Math.ceil(Math.max(0, from - anchor) / step) * step;
    while (start < until && start + duration <= end) {
      while (ends[next]! <= start - before) next++;
      const last = Math.min(end, starts[next]! - after) - duration;
      if (start > last) start = anchor + Math.ceil((ends[next]! + before - anchor) / step) * step;
      for (; start <= last && start < until; start += step) found.push(start);
    }
  };
  const periods = listWholeWorkingPeriodsAround(zone, hours, from, to + duration);
  for (let i = 0; i < periods.length; i += 2) {
    const end = periods[i + 1]!;
    if (periods[i] !== Number.NEGATIVE_INFINITY) {
      sweep(periods[i]!, to, end);
      continue;
    }
    // Hours that never close have no beginning to count the step from: it counts from each local midnight.
    let day = Math.floor((from + offsetPeriodAt(zone, from).offset) / DAY) - 1;
    let midnight = wallMsToInstant(zone, day * DAY);
    while (midnight < Math.min(to, end)) {
      const nextMidnight = wallMsToInstant(zone, ++day * DAY);
      sweep(midnight, Math.min(nextMidnight, to), end);
      midnight = nextMidnight;
    }
  }
  return found;
}

/** How many of these ascending ends are no later than `at`. */
function countEndedBy(ends: Float64Array, at: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Whether busy time overlaps `[start, end)`.
 *
 * @example
 * isBusyWithin(joinBusyIntervals('busy', [{ start: 0, end: 6 }]), { start: 6, end: 9 }) //=> false
 */
export function isBusyWithin({ starts, ends }: BusyBlocks, { start, end }: Interval): boolean {
  return starts[countEndedBy(ends, start)]! < end;
}

/**
 * Converts the hours and busy time of several therapists, and puts them in order of their ids. One that is already converted
 * stays as it is.
 *
 * @example
 * toTherapistHoursInMs([{ id: 'tom', weeklyHours: {}, overrides: [], busy: [] }])[0]?.id //=> 'tom'
 */
export function toTherapistHoursInMs(therapists: (TherapistHours | TherapistHoursInMs)[]): TherapistHoursInMs[] {
  checkArray('therapists', therapists);
  // Unlike `map`, this finds the holes of a sparse list.
  const read = Array.from(therapists, (therapist, i) => {
    const therapistQuery = { ...therapist };
    if ('blocks' in therapistQuery) return therapistQuery;
    const { id, busy } = therapistQuery;
    if (typeof id !== 'string') throw malformedFieldError(`therapists[${i}].id`, 'text', id);
    const hours = toWorkingHoursInMs(therapistQuery.weeklyHours, therapistQuery.overrides, `therapists[${i}].`);
    return { id, hours, blocks: joinBusyIntervals(`therapists[${i}].busy`, busy) };
  });
  return read.sort((a, b) => compareIds(a.id, b.id));
}

/**
 * Orders ids by their characters' codes, the same under every locale.
 *
 * @example
 * compareIds('aoife', 'mira') //=> -1
 */
export function compareIds(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}
