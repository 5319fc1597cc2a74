// At which weekday and time could a whole series stand? For every therapist, first day and wall time: how many of the
// occurrences are open, and which. Nobody should find out at the eighth date that the eighth date is taken.

import { type AlternativeStart, suggestAlternatives } from './alternative-times';
import type { Instant } from './availability';
import { type Cadence, countSessions, daysBetweenSessions } from './cadence';
import { dayFromNumber, dayNumber } from './day';
import {
  type AppointmentTimingInMs,
  compareIds,
  earliestStartAfterNotice,
  findFreeStarts,
  type TherapistHours,
  type TherapistHoursInMs,
  toAppointmentTimingInMs,
  toTherapistHoursInMs,
} from './find-free-starts';
import { checkArray, checkWholeNumber, malformedFieldError } from './input-checks';
import {
  checkRoomsInput,
  filterStartsWithRoom,
  listSpansWithoutRoom,
  type NoRoomSpan,
  type RoomBusyTimes,
} from './room-availability';
import { formatMinuteOfDay } from './time-of-day';
import { firstInstantOfDay, toWallTime, toWallTimeWithRepeatMark, wallMsToInstant } from './zone-conversion';
import { getZone, type OffsetPeriod, offsetPeriodAt, type Zone } from './zone-offsets';

export { type AlternativeStart, suggestAlternatives, type TherapistHours };

/** What one occurrence needs when a series mixes services; `rooms` are the ids that suit, all when left out. */
export interface OccurrenceNeeds {
  durationMinutes: number;
  bufferBefore: number;
  bufferAfter: number;
  rooms?: string[];
  /** In place of `rooms`, when they were read before for this length and padding. */
  shut?: NoRoomSpan[] | undefined;
  /** Starts that are not to be had for another reason; the same function for occurrences that need the same. */
  mayStart?: ((start: Instant, therapistId: string) => boolean) | undefined;
}

/** What `standingTimes` needs to know; `from` is the first local day that may be the series' first. */
export interface StandingTimesQuery {
  timeZone: string;
  cadence: Cadence;
  sessions: number;
  from: string;
  durationMinutes: number;
  stepMinutes: number;
  bufferBefore: number;
  bufferAfter: number;
  now: Instant | null;
  minNoticeMinutes: number;
  therapists: TherapistHours[];
  /** When given, an occurrence is open only while some room is free too. */
  rooms?: RoomBusyTimes[];
  /** One per occurrence, in order, in place of the query's own length and buffers. */
  visits?: OccurrenceNeeds[];
  /** No more than so many, the best; all when left out. */
  limit?: number | undefined;
}

/** The same for whoever asks often of the same therapists and has read them once. */
type StandingTimesQueryWithHoursInMs = Omit<StandingTimesQuery, 'therapists'> & { therapists: TherapistHoursInMs[] };

/** A weekday and wall time that a series could have with one therapist. */
export interface StandingTime {
  therapistId: string;
  firstOn: string;
  /**
   * Wall time, `HH:MM`. Where a clock change skips it, the occurrence's `start` is shifted forward. Of one date alone, it
   * may be the second of two that the clock shows, `HH:MM~2`: a series stands at the first.
   */
  time: string;
  /** How many occurrences are open. */
  open: number;
  /** One per date, in order. Standing times share these objects: copy one before changing it. */
  occurrences: StandingOccurrence[];
}

/** One date of a standing time. */
interface StandingOccurrence {
  readonly on: string;
  readonly start: Instant;
  readonly open: boolean;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const MINUTES = 1440;
const TIMES = Array.from({ length: MINUTES }, (_, minute) => formatMinuteOfDay(minute));

/** A run of occurrences that need the same: `first` to before `last`, by index. */
interface Run {
  first: number;
  last: number;
  fit: AppointmentTimingInMs;
  shut: NoRoomSpan[] | null;
  mayStart: OccurrenceNeeds['mayStart'];
}

function listRuns(query: Omit<StandingTimesQuery, 'therapists'>, count: number): Run[] {
  const { visits, rooms } = query;
  if (rooms !== undefined) checkRoomsInput(rooms);
  if (visits !== undefined) checkArray('visits', visits);
  if (visits && visits.length !== count)
    throw malformedFieldError('visits', `one per occurrence, ${count}`, visits.length);
  const runs: Run[] = [];
  let lastKey: string | undefined;
  let last: OccurrenceNeeds | undefined;
  for (let k = 0; k < count; k++) {
    const visit: OccurrenceNeeds = visits ? { ...visits[k]! } : { ...query, rooms: undefined };
    const { rooms: suiting, shut } = visit;
    if (suiting !== undefined) checkArray(`visits[${k}].rooms`, suiting);
    const fit = toAppointmentTimingInMs({ ...visit, stepMinutes: query.stepMinutes }, visits ? `visits[${k}].` : '');
    const key = JSON.stringify([fit, suiting]);
    if (key === lastKey && visit.mayStart === last?.mayStart && shut === last?.shut) {
      runs.at(-1)!.last = k + 1;
      continue;
    }
    lastKey = key;
    last = visit;
    const usable = rooms?.filter(({ id }) => !suiting || suiting.includes(id));
    runs.push({
      first: k,
      last: k + 1,
      fit,
      shut: shut ?? (usable ? listSpansWithoutRoom(usable, fit) : null),
      mayStart: visit.mayStart,
    });
  }
  return runs;
}

/**
 * Calls `mark` with each wall time, in ms, whose instant is one of these ascending starts: one, or two after a gap, or none
 * in a repeat. By index, and mostly without asking for the period: there are fifty thousand of them.
 */
function eachWall(zone: Zone, starts: number[], mark: (wall: number) => void): void {
  let period: OffsetPeriod | undefined;
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i]!;
    if (!period || start >= period.until) period = offsetPeriodAt(zone, start);
    const { from, offset } = period;
    // A gap shifts wall times to after it, by no more than the day that a zone may skip.
    if (start - 2 * DAY >= from) {
      mark(start + offset);
      continue;
    }
    for (const candidate of new Set([offset, offsetPeriodAt(zone, start - 2 * DAY).offset])) {
      if (wallMsToInstant(zone, start + candidate) === start) mark(start + candidate);
    }
  }
}

/** Whether the clock showed the same time before, and was put back; for wall times in `[first, last)`. */
function isSecondWithin(zone: Zone, start: number, first: number, last: number): boolean {
  const { from, offset } = offsetPeriodAt(zone, start);
  const wall = start + offset;
  return start - DAY < from && wall >= first && wall < last && wallMsToInstant(zone, wall) !== start;
}

/** One date at the second of two hours that are called the same. */
function secondWith({ timeZone }: { timeZone: string }, { id }: { id: string }) {
  return (start: number): StandingTime => {
    const { on } = toWallTime(timeZone, start);
    const time = toWallTimeWithRepeatMark(timeZone, start);
    return { therapistId: id, firstOn: on, time, open: 1, occurrences: [{ on, start, open: true }] };
  };
}

/**
 * Lists the standing times that a series could have: those of which at least one occurrence is open, the most open
 * first, then the earliest first start, then the therapist's id.
 *
 * The first day lies in `[from, from + 7 days)`, 14 for `biweekly`; occurrence k is `firstOn` plus k times 7 or 14 local
 * days at the same wall time. `open` means that `freeStarts` of that therapist lists the instant. `once` has one
 * occurrence whatever `sessions` says. With a `limit` they are the first so many of all. Throws a RangeError that names
 * the malformed field.
 *
 * @example
 * standingTimes({
 *   timeZone: 'Europe/Dublin', cadence: 'weekly', sessions: 8, from: '2026-12-01', durationMinutes: 60, stepMinutes: 60,
 *   bufferBefore: 0, bufferAfter: 15, now: null, minNoticeMinutes: 0,
 *   therapists: [{ id: 'mira', weeklyHours: { 2: [['18:00', '19:00']] }, overrides: [], busy: [] }],
 * })[0]?.open //=> 8
 */
export function standingTimes(query: StandingTimesQuery | StandingTimesQueryWithHoursInMs): StandingTime[] {
  const zone = getZone(query.timeZone);
  const span = daysBetweenSessions(query.cadence) || 7;
  const count = countSessions(query.cadence, query.sessions);
  const firstDay = dayNumber(query.from, 'from');
  const earliest = earliestStartAfterNotice(query);
  if (query.limit !== undefined) checkWholeNumber('limit', query.limit, 1);
  toAppointmentTimingInMs(query);
  const runs = listRuns(query, count);
  const sheet = newSheet(zone, firstDay, span, count);
  const isOpen = new Uint8Array(span * count * MINUTES);
  const counts = new Uint16Array(span * MINUTES);
  const keys: number[] = [];
  const cells: (StandingTime[] | undefined)[] = new Array(span * MINUTES);
  const keepBest = query.limit === undefined ? null : makeBestOnly(sheet, query.limit);
  const seconds: StandingTime[] = [];
  for (const therapist of toTherapistHoursInMs(query.therapists)) {
    isOpen.fill(0);
    for (const key of keys) counts[key] = 0;
    keys.length = 0;
    for (const { first, last, fit, shut, mayStart } of runs) {
      const begin = first * span;
      const end = last * span;
      const mark = (wall: number) => {
        const cell = wall / MINUTE - firstDay * MINUTES;
        if (cell < begin * MINUTES || cell >= end * MINUTES || !Number.isInteger(cell)) return;
        isOpen[cell] = 1;
        const key = cell % (span * MINUTES);
        if (counts[key]!++ === 0) keys.push(key);
      };
      const from = Math.max(earliest, firstInstantOfDay(zone, (firstDay + begin) * DAY));
      // A last day with a gap at its end shifts its times past the next midnight.
      const lastWall = (firstDay + end) * DAY;
      const to = Math.max(wallMsToInstant(zone, lastWall), wallMsToInstant(zone, lastWall - MINUTE) + 1);
      // One whose last hour comes twice may run on until after the first midnight that the clock shows.
      const until = count === 1 ? Math.max(to, lastWall - offsetPeriodAt(zone, lastWall + DAY).offset) : to;
      const found = findFreeStarts(zone, therapist.hours, therapist.blocks, fit, from, until);
      const inRooms = shut ? filterStartsWithRoom(found, shut) : found;
      const starts = mayStart ? inRooms.filter((start) => mayStart(start, therapist.id)) : inRooms;
      eachWall(zone, starts, mark);
      if (count === 1) {
        const isSecondHere = (start: number) => isSecondWithin(zone, start, firstDay * DAY, lastWall);
        seconds.push(...starts.filter(isSecondHere).map(secondWith(query, therapist)));
      }
    }
    for (const key of keepBest?.(keys, counts) ?? keys) {
      const found = describe(sheet, therapist.id, key, counts[key]!, isOpen);
      const cell = cells[key];
      if (cell) cell.push(found);
      else cells[key] = [found];
    }
  }
  if (seconds.length > 0) cells.push(seconds);
  return inOrder(cells, count).slice(0, query.limit);
}

/** What all therapists share: the days, and every occurrence described so far. */
interface Sheet {
  zone: Zone;
  firstDay: number;
  span: number;
  count: number;
  on: string[];
  /** By minute of the day: for each day the closed occurrence and then the open one. */
  occurrences: (StandingOccurrence | undefined)[][];
}

function newSheet(zone: Zone, firstDay: number, span: number, count: number): Sheet {
  const on = Array.from({ length: span * count }, (_, day) => dayFromNumber(firstDay + day, 'from'));
  return { zone, firstDay, span, count, on, occurrences: new Array(MINUTES) };
}

/** The more open, the lower the rank, in steps of more ms than there are between first starts. */
const RANK_STEP = 2 ** 32;

/**
 * Of each therapist's keys in turn: those that are among the best `limit` of all therapists so far, so that only what
 * may be returned is described. Equal ranks are kept: the therapists' ids decide between them.
 */
function makeBestOnly({ zone, firstDay, span, count }: Sheet, limit: number) {
  const starts = new Float64Array(span * MINUTES);
  // The best so far, and behind them the ranks of whoever comes next.
  let ranks = new Float64Array(MINUTES);
  let best = 0;
  const rankOf = (key: number, open: number) => {
    // By the zone's instants: where a clock change skips a wall time, its start is after that of a later one.
    starts[key] ||= wallMsToInstant(zone, firstDay * DAY + key * MINUTE) - (firstDay - 2) * DAY;
    return (count - open) * RANK_STEP + starts[key]!;
  };
  return (keys: number[], counts: Uint16Array): number[] => {
    const filled = best + keys.length;
    if (filled > ranks.length) {
      const more = new Float64Array(2 * filled);
      more.set(ranks);
      ranks = more;
    }
    for (let i = 0; i < keys.length; i++) ranks[best + i] = rankOf(keys[i]!, counts[keys[i]!]!);
    ranks.subarray(0, filled).sort();
    best = Math.min(limit, filled);
    const cutoff = best === limit ? ranks[limit - 1]! : Number.POSITIVE_INFINITY;
    return keys.filter((key) => rankOf(key, counts[key]!) <= cutoff);
  };
}

/** A busy team has many standing times on few minutes of few days: each occurrence is made once and shared. */
function describe(sheet: Sheet, therapistId: string, key: number, open: number, isOpen: Uint8Array): StandingTime {
  const { zone, span, count, on } = sheet;
  const minute = key % MINUTES;
  const firstDay = (key - minute) / MINUTES;
  sheet.occurrences[minute] ??= new Array(2 * on.length);
  const existing = sheet.occurrences[minute];
  const occurrences: StandingOccurrence[] = new Array(count);
  for (let k = 0, day = firstDay; k < count; k++, day += span) {
    const isOpenHere = isOpen[day * MINUTES + minute]!;
    let occurrence = existing[2 * day + isOpenHere];
    if (!occurrence) {
      const start = wallMsToInstant(zone, (sheet.firstDay + day) * DAY + minute * MINUTE);
      occurrence = { on: on[day]!, start, open: isOpenHere === 1 };
      existing[2 * day + isOpenHere] = occurrence;
    }
    occurrences[k] = occurrence;
  }
  return { therapistId, firstOn: on[firstDay]!, time: TIMES[minute]!, open, occurrences };
}

/** The cells are nearly in order of first start already, so that sorting them only looks. */
function inOrder(cells: (StandingTime[] | undefined)[], count: number): StandingTime[] {
  const byOpen: StandingTime[][] = Array.from({ length: count + 1 }, () => []);
  for (const cell of cells) {
    if (cell) for (const found of cell) byOpen[found.open]!.push(found);
  }
  for (const found of byOpen) {
    found.sort((a, b) => a.occurrences[0]!.start - b.occurrences[0]!.start || compareIds(a.therapistId, b.therapistId));
  }
  return byOpen.reverse().flat();
}
