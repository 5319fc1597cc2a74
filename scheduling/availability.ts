// When could an appointment begin? Working hours and single-day overrides, less busy time, on a step counted from the
// start of each working period, within notice and a window, padded by set-up and clean-up.

import {
  earliestStartAfterNotice,
  findFreeStarts,
  joinBusyIntervals,
  toAppointmentTimingInMs,
} from './find-free-starts';
import { checkInstant } from './input-checks';
import type { Interval } from './interval-arithmetic';
import { filterStartsWithRoom, listSpansWithoutRoom, type RoomBusyTimes } from './room-availability';
import {
  checkInstantSpan,
  type Override,
  toWorkingHoursInMs,
  type WallRange,
  type WeeklyHours,
  type WorkingHoursInMs,
} from './working-hours';
import { getZone } from './zone-offsets';

export type { Override, RoomBusyTimes, WallRange, WeeklyHours };

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

/** Why a time that a plan wants cannot be had. */
export type ClashReason = 'booked' | 'time_off' | 'holiday' | 'closed' | 'room' | 'too_soon' | 'too_far';

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
  const zone = getZone(query.timeZone);
  const hours = toWorkingHoursInMs(query.weeklyHours, query.overrides);
  const blocks = joinBusyIntervals('busy', query.busy);
  const fit = toAppointmentTimingInMs(query);
  const earliest = earliestStartAfterNotice(query);
  checkInstantSpan(query.from, query.to);
  return findFreeStarts(zone, hours, blocks, fit, Math.max(query.from, earliest), query.to);
}

/**
 * Whether the grid offers a start: inside working hours and on the step, whatever is busy. Instead of weekly hours and
 * overrides, it also takes the result of `toWorkingHoursInMs`.
 *
 * @example
 * isStartOnGrid({ timeZone: 'UTC', weeklyHours: { 4: [['09:00', '13:00']] }, overrides: [], durationMinutes: 60, stepMinutes: 15, bufferBefore: 0, bufferAfter: 0 }, 32_400_000) //=> true
 */
export function isStartOnGrid(
  query: Pick<FreeStartsQuery, 'timeZone' | 'durationMinutes' | 'stepMinutes' | 'bufferBefore' | 'bufferAfter'> &
    (Pick<FreeStartsQuery, 'weeklyHours' | 'overrides'> | { hours: WorkingHoursInMs }) &
    Partial<FreeStartsQuery>,
  start: Instant,
): boolean {
  checkInstant('start', start);
  const hours = 'hours' in query ? query.hours : toWorkingHoursInMs(query.weeklyHours, query.overrides);
  const nothing = joinBusyIntervals('busy', []);
  return (
    findFreeStarts(getZone(query.timeZone), hours, nothing, toAppointmentTimingInMs(query), start, start + 1)[0] ===
    start
  );
}

/**
 * Lists the free starts at which, besides the therapist, some one room is free over the whole padded interval.
 * No rooms, no starts. Otherwise as `freeStarts`.
 *
 * @example
 * listFreeStartsInRooms({
 *   timeZone: 'UTC', weeklyHours: { 4: [['09:00', '11:00']] }, overrides: [], busy: [], rooms: [{ id: 'loft', busy: [] }],
 *   durationMinutes: 60, stepMinutes: 60, bufferBefore: 0, bufferAfter: 0, now: null, minNoticeMinutes: 0, from: 0, to: 86_400_000,
 * }) //=> [32_400_000, 36_000_000]
 */
export function listFreeStartsInRooms(query: FreeStartsQuery & { rooms: RoomBusyTimes[] }): Instant[] {
  return filterStartsWithRoom(freeStarts(query), listSpansWithoutRoom(query.rooms, toAppointmentTimingInMs(query)));
}

/**
 * Whether a therapist is on the list of those allowed. Without a list everybody is; with an empty list nobody is.
 *
 * @example
 * isAllowedTherapist(['mira'], 'tom') //=> false
 */
export function isAllowedTherapist(only: readonly string[] | null | undefined, therapistId: string): boolean {
  return !only || only.includes(therapistId);
}
