// When could an appointment begin? Working hours and single-day overrides, less busy time, on a step counted from the
// start of each working period, within notice and a window, padded by set-up and clean-up.

import { checkInstant, checkWhole } from './field';
import { checkIntervals, type Interval } from './interval';
import { checkSpan, listPeriods, type Override, readHours, type WallRange, type WeeklyHours } from './working-hours';
import { findZone, instantOfWall, stretchAt, type Zone } from './zone';

export type { Override, WallRange, WeeklyHours };

/** An instant in ms since the epoch, UTC. */
export type Instant = number;

/** What `freeStarts` needs to know of one therapist. Lengths and buffers are whole minutes; busy time is half-open. */
export interface FreeStartsQuery {
  timeZone: string;
  weeklyHours: WeeklyHours;
  overrides: Override[];
  /** In any order; may overlap. The padding of what is booked is part of it. */
  busy: Interval[];
  durationMinutes: number;
  stepMinutes: number;
  bufferBefore: number;
  bufferAfter: number;
  /** With `minNoticeMinutes`, the earliest start; null for no limit. */
  now: Instant | null;
  minNoticeMinutes: number;
  from: Instant;
  to: Instant;
}

/** Time taken in one room, in any order, padding included. */
export interface RoomBusy {
  id: string;
  busy: Interval[];
}

/** Why a time that a plan wants cannot be had. */
export type ClashReason = 'booked' | 'time_off' | 'holiday' | 'closed' | 'room' | 'too_soon' | 'too_far';

/** One massage as the grid sees it, in ms. */
export interface Fit {
  duration: number;
  step: number;
  before: number;
  after: number;
}

/** Busy time as ascending flat pairs that lie apart. */
export type Blocks = number[];

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * Reads the lengths of a query into ms; throws a RangeError that names the malformed one.
 *
 * @example
 * readFit({ durationMinutes: 60, stepMinutes: 15, bufferBefore: 0, bufferAfter: 15 }).after //=> 900_000
 */
export function readFit(
  query: { durationMinutes: number; stepMinutes: number; bufferBefore: number; bufferAfter: number },
  within = '',
): Fit {
  checkWhole('stepMinutes', query.stepMinutes, 1);
  checkWhole(`${within}durationMinutes`, query.durationMinutes, 0);
  checkWhole(`${within}bufferBefore`, query.bufferBefore, 0);
  checkWhole(`${within}bufferAfter`, query.bufferAfter, 0);
  return {
    duration: query.durationMinutes * MINUTE,
    step: query.stepMinutes * MINUTE,
    before: query.bufferBefore * MINUTE,
    after: query.bufferAfter * MINUTE,
  };
}

/**
 * Tells the earliest start that notice allows; -Infinity when `now` is null.
 *
 * @example
 * readEarliest({ now: 0, minNoticeMinutes: 120 }) //=> 7_200_000
 */
export function readEarliest(query: { now: Instant | null; minNoticeMinutes: number }): number {
  checkWhole('minNoticeMinutes', query.minNoticeMinutes, 0);
  if (query.now === null) return Number.NEGATIVE_INFINITY;
  checkInstant('now', query.now);
  return query.now + query.minNoticeMinutes * MINUTE;
}

/**
 * Joins busy time. Starts and ends are sorted each for itself: a joined stretch ends where the k-th end comes before
 * the next start, and sorting plain numbers is several times faster than sorting pairs.
 *
 * @example
 * readBlocks('busy', [{ start: 5, end: 9 }, { start: 0, end: 6 }]) //=> [0, 9]
 */
export function readBlocks(field: string, busy: Interval[]): Blocks {
  checkIntervals(field, busy);
  const starts = new Float64Array(busy.length);
  const ends = new Float64Array(busy.length);
  let count = 0;
  for (const { start, end } of busy) {
    if (start === end) continue;
    starts[count] = start;
    ends[count++] = end;
  }
  starts.subarray(0, count).sort();
  ends.subarray(0, count).sort();
  const blocks: Blocks = [];
  for (let i = 0; i < count; i++) {
    if (i === 0 || ends[i - 1]! < starts[i]!) blocks.push(starts[i]!, ends[i]!);
    else blocks[blocks.length - 1] = ends[i]!;
  }
  return blocks;
}

/** The index of the first block that ends after `instant`. */
function firstBlockAfter(blocks: Blocks, instant: number): number {
  let low = 0;
  let high = blocks.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[2 * middle + 1]! > instant) high = middle;
    else low = middle + 1;
  }
  return 2 * low;
}

/** Adds the starts in `[from, until)` on a grid from `anchor` that end by `end` and, padded, meet no block. */
function sweep(
  found: Instant[],
  blocks: Blocks,
  { duration, step, before, after }: Fit,
  period: { anchor: number; from: number; until: number; end: number },
): void {
  const { anchor, end, until } = period;
  let start = anchor + Math.ceil(Math.max(0, period.from - anchor) / step) * step;
  let next = firstBlockAfter(blocks, start - before);
  while (start < until && start + duration <= end) {
    while (next < blocks.length && blocks[next + 1]! <= start - before) next += 2;
    const wall = next < blocks.length ? blocks[next]! : Number.POSITIVE_INFINITY;
    if (wall < start + duration + after) {
      start = anchor + Math.ceil((blocks[next + 1]! + before - anchor) / step) * step;
    } else {
      const last = Math.min(end - duration, wall - duration - after);
      for (; start <= last && start < until; start += step) found.push(start);
    }
  }
}

/**
 * Lists the starts of one therapist whose hours and busy time have been read already; `freeStarts` reads and asks.
 *
 * @example
 * findStarts(findZone('UTC'), readHours({}, []), [], readFit({ durationMinutes: 60, stepMinutes: 15, bufferBefore: 0, bufferAfter: 0 }), 0, 1) //=> []
 */
export function findStarts(
  zone: Zone,
  hours: ReturnType<typeof readHours>,
  blocks: Blocks,
  fit: Fit,
  from: number,
  to: number,
): Instant[] {
  const found: Instant[] = [];
  if (from >= to) return found;
  for (const { start, end } of listPeriods(zone, hours, from, to + fit.duration)) {
    if (start !== Number.NEGATIVE_INFINITY) {
      sweep(found, blocks, fit, { anchor: start, from, until: to, end });
      continue;
    }
    // Hours without a beginning give the step nothing to count from: there it is each local midnight.
    let day = Math.floor((from + stretchAt(zone, from).offset) / DAY) - 1;
    let midnight = instantOfWall(zone, day * DAY);
    const until = Math.min(to, end);
    while (midnight < until) {
      const next = instantOfWall(zone, ++day * DAY);
      sweep(found, blocks, fit, { anchor: midnight, from, until: Math.min(next, until), end });
      midnight = next;
    }
  }
  return found;
}

/**
 * Lists every instant at which an appointment could begin, ascending.
 *
 * `[start, start + duration)` lies inside one working period; the interval padded by the buffers meets no busy time and
 * may run past opening or closing. `from <= start < to`: the appointment may end after `to`. The step counts from the
 * start of each working period, even when that lies before `from`; hours that touch at midnight are one period, and
 * hours that never close count from each local midnight. Throws a RangeError that names the malformed field.
 *
 * @example
 * freeStarts({
 *   timeZone: 'Europe/Dublin', weeklyHours: { 2: [['17:00', '20:00']] }, overrides: [], busy: [],
 *   durationMinutes: 60, stepMinutes: 60, bufferBefore: 0, bufferAfter: 15, now: null, minNoticeMinutes: 0,
 *   from: Date.UTC(2026, 11, 1), to: Date.UTC(2026, 11, 2),
 * }).length //=> 3
 */
export function freeStarts(query: FreeStartsQuery): Instant[] {
  const zone = findZone(query.timeZone);
  const hours = readHours(query.weeklyHours, query.overrides);
  const blocks = readBlocks('busy', query.busy);
  const fit = readFit(query);
  const earliest = readEarliest(query);
  checkSpan(query.from, query.to);
  return findStarts(zone, hours, blocks, fit, Math.max(query.from, earliest), query.to);
}

/**
 * Says whether a start is one that the grid offers: inside working hours and on the step, whatever is busy.
 *
 * @example
 * isOnGrid({ timeZone: 'UTC', weeklyHours: { 4: [['09:00', '13:00']] }, overrides: [], durationMinutes: 60, stepMinutes: 15, bufferBefore: 0, bufferAfter: 0 }, 32_400_000) //=> true
 */
export function isOnGrid(
  query: Pick<
    FreeStartsQuery,
    'timeZone' | 'weeklyHours' | 'overrides' | 'durationMinutes' | 'stepMinutes' | 'bufferBefore' | 'bufferAfter'
  > &
    Partial<FreeStartsQuery>,
  start: Instant,
): boolean {
  checkInstant('start', start);
  const hours = readHours(query.weeklyHours, query.overrides);
  return findStarts(findZone(query.timeZone), hours, [], readFit(query), start, start + 1)[0] === start;
}

/** Starts between `after` and `before`, neither included, find no room. */
interface Shut {
  after: number;
  before: number;
}

/**
 * Works out which starts find every room taken, for one length and padding; `isShut` and `keepRoomy` ask it.
 *
 * @example
 * readShut([{ id: 'loft', busy: [{ start: 0, end: 60_000 }] }], { duration: 60_000, step: 60_000, before: 0, after: 0 }) //=> [{ after: -60_000, before: 60_000 }]
 */
export function readShut(rooms: RoomBusy[], fit: Fit): Shut[] {
  let shut: Shut[] = [{ after: Number.NEGATIVE_INFINITY, before: Number.POSITIVE_INFINITY }];
  for (const [r, { busy }] of rooms.entries()) {
    const blocks = readBlocks(`rooms[${r}].busy`, busy);
    const mine: Shut[] = [];
    for (let i = 0; i < blocks.length; i += 2) {
      const after = blocks[i]! - fit.duration - fit.after;
      const before = blocks[i + 1]! + fit.before;
      const last = mine.at(-1);
      if (last && after < last.before) last.before = before;
      else mine.push({ after, before });
    }
    const both: Shut[] = [];
    for (let i = 0, j = 0; i < shut.length && j < mine.length; ) {
      const after = Math.max(shut[i]!.after, mine[j]!.after);
      const before = Math.min(shut[i]!.before, mine[j]!.before);
      if (after < before) both.push({ after, before });
      if (shut[i]!.before < mine[j]!.before) i++;
      else j++;
    }
    shut = both;
  }
  return shut;
}

/**
 * Keeps the ascending `starts` that find some room free.
 *
 * @example
 * keepRoomy([0, 60_000], [{ after: -60_000, before: 60_000 }]) //=> [60_000]
 */
export function keepRoomy(starts: Instant[], shut: Shut[]): Instant[] {
  let next = 0;
  return starts.filter((start) => {
    while (next < shut.length && shut[next]!.before <= start) next++;
    return next === shut.length || start <= shut[next]!.after;
  });
}

/**
 * Lists the free starts at which, besides the therapist, some one room is free over the whole padded interval.
 * No rooms, no starts. Otherwise as `freeStarts`.
 *
 * @example
 * freeStartsInRooms({
 *   timeZone: 'UTC', weeklyHours: { 4: [['09:00', '11:00']] }, overrides: [], busy: [], rooms: [{ id: 'loft', busy: [] }],
 *   durationMinutes: 60, stepMinutes: 60, bufferBefore: 0, bufferAfter: 0, now: null, minNoticeMinutes: 0, from: 0, to: 86_400_000,
 * }) //=> [32_400_000, 36_000_000]
 */
export function freeStartsInRooms(query: FreeStartsQuery & { rooms: RoomBusy[] }): Instant[] {
  return keepRoomy(freeStarts(query), readShut(query.rooms, readFit(query)));
}
