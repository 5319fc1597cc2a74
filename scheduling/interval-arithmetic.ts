// What is busy, what remains, and do these two meet? Intervals are half-open, `[start, end)`: two that touch do not
// meet. Ends are instants in ms, but any number line will do.

import { checkArray, malformedFieldError } from './input-checks';

/** A half-open stretch `[start, end)`; empty when the ends are equal. */
export interface Interval {
  start: number;
  end: number;
}

const NO_INTERVAL: Interval = { start: Number.NaN, end: Number.NaN };

/**
 * Refuses intervals whose ends are reversed or no numbers, with a RangeError that names `field` and the index.
 *
 * @example
 * checkIntervals('busy', [{ start: 0, end: 5 }]); //=> undefined
 */
export function checkIntervals(field: string, intervals: readonly Interval[]): void {
  checkArray(field, intervals);
  for (let i = 0; i < intervals.length; i++) {
    const { start, end } = intervals[i] ?? NO_INTERVAL;
    if (!Number.isFinite(start)) throw malformedFieldError(`${field}[${i}].start`, 'a finite number', start);
    if (!Number.isFinite(end)) throw malformedFieldError(`${field}[${i}].end`, 'a finite number', end);
    if (end < start) throw malformedFieldError(`${field}[${i}].end`, `no earlier than its start ${start}`, end);
  }
}

/**
 * Joins what overlaps or touches and drops what is empty: the result is ascending, apart and covers the same points.
 * Takes any order; linear when already sorted by start. Throws a RangeError for reversed ends.
 *
 * @example
 * unionIntervals([{ start: 5, end: 9 }, { start: 0, end: 5 }]) //=> [{ start: 0, end: 9 }]
 */
export function unionIntervals(intervals: readonly Interval[]): Interval[] {
  checkIntervals('intervals', intervals);
  return join(intervals);
}

function join(intervals: readonly Interval[]): Interval[] {
  const joined: Interval[] = [];
  let last: Interval | undefined;
  for (const { start, end } of inOrder(intervals)) {
    if (start === end) continue;
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else {
      last = { start, end };
      joined.push(last);
    }
  }
  return joined;
}

function inOrder(intervals: readonly Interval[]): readonly Interval[] {
  for (let i = 1; i < intervals.length; i++) {
    if (intervals[i]!.start < intervals[i - 1]!.start) return [...intervals].sort((a, b) => a.start - b.start);
  }
  return intervals;
}

/**
 * Keeps the points of `intervals` that lie in none of `removed`; the result is ascending and apart.
 * Takes any order on both sides; linear when sorted. Throws a RangeError for reversed ends.
 *
 * @example
 * subtractIntervals([{ start: 0, end: 9 }], [{ start: 2, end: 4 }]) //=> [{ start: 0, end: 2 }, { start: 4, end: 9 }]
 */
export function subtractIntervals(intervals: readonly Interval[], removed: readonly Interval[]): Interval[] {
  checkIntervals('intervals', intervals);
  checkIntervals('removed', removed);
  const rest: Interval[] = [];
  const cuts = join(removed);
  let next = 0;
  for (const { start, end } of join(intervals)) {
    let from = start;
    while (next < cuts.length && cuts[next]!.end <= from) next++;
    for (let i = next; i < cuts.length && cuts[i]!.start < end; i++) {
      if (cuts[i]!.start > from) rest.push({ start: from, end: cuts[i]!.start });
      from = cuts[i]!.end;
    }
    if (from < end) rest.push({ start: from, end });
  }
  return rest;
}

/**
 * Whether two intervals share a point. Touching ends share none, and an empty interval overlaps nothing. Throws a
 * RangeError for reversed ends.
 *
 * @example
 * intervalsOverlap({ start: 0, end: 5 }, { start: 5, end: 9 }) //=> false
 */
export function intervalsOverlap(a: Interval, b: Interval): boolean {
  checkIntervals('intervals', [a, b]);
  return Math.max(a.start, b.start) < Math.min(a.end, b.end);
}
