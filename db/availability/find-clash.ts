import type { ActiveService } from '@/db/practice/services';
import { type ClashReason, isAllowedTherapist, isStartOnGrid } from '@/scheduling/availability';
import { checkBookingWindow } from '@/scheduling/booking-policy';
import { CLAIM_GRAIN_MS, computePaddedInterval } from '@/scheduling/choose-resources';
import { addDays, weekdayOf } from '@/scheduling/day';
import { compareIds, isBusyWithin, type TherapistHoursInMs } from '@/scheduling/find-free-starts';
import { formatDay, formatTime, formatWallTime } from '@/scheduling/formatting';
import { type Interval, intervalsOverlap } from '@/scheduling/interval-arithmetic';
import { getRulesForService } from '@/scheduling/plan-booking';
import { filterStartsWithRoom } from '@/scheduling/room-availability';
import { type AlternativeStart, suggestAlternatives } from '@/scheduling/standing-times';
import { toWallTime } from '@/scheduling/zone-conversion';
import { type AvailabilityContext, getFirstDayBeyondWindow, toDurationAndBuffers } from './availability-context';
import { getCachedSpansWithoutRoom } from './spans-without-room';
import { makeStartChecker } from './start-checker';
import { getTherapistHoursInMs } from './therapist-hours-in-ms';

/** One requested massage: with whom, when, and which. */
export interface RequestedAppointment {
  startsAt: number;
  therapistId: string;
  service: ActiveService;
  minutes: number;
}

/**
 * Another massage at the same time, and its therapist. `isFirst` is set if it is the massage of the person who books.
 */
export interface MassageBeside extends Omit<RequestedAppointment, 'startsAt'> {
  isFirst: boolean;
}

/** Another time for a date; for two people who come together, with both therapists. */
export interface DateAlternative extends AlternativeStart {
  besideId?: string;
}

export interface ClashCause {
  reason: ClashReason;
  /** Of two massages at once, the other one is unavailable. */
  isOfOther?: boolean;
  /** The holiday's name, or the part of the day that is closed: "from 13:00", "until Fri 18 Dec", "all day". */
  reasonDetail?: string;
}

const MINUTE = 60_000;

export function getPaddedIntervalOfRequest({ startsAt, minutes, service }: RequestedAppointment): Interval {
  const { setupMinutes, cleanupMinutes } = service;
  return computePaddedInterval(startsAt, { minutes, setupMinutes, cleanupMinutes });
}

function fitOf({ service, minutes }: RequestedAppointment, free: AvailabilityContext) {
  return {
    timeZone: free.practice.timeZone,
    stepMinutes: free.practice.stepMinutes,
    ...toDurationAndBuffers(service, minutes),
    now: free.now,
    minNoticeMinutes: free.practice.noticeMinutes,
  };
}

/** The massage's own notice and booking window, if it has them; neither applies to staff. */
function rulesIn({ practice, isForStaff }: AvailabilityContext, service: ActiveService) {
  const { windowDays, noticeMinutes } = practice;
  if (isForStaff) return { windowDays, noticeMinutes, latestStart: null };
  return getRulesForService(service, { windowDays, noticeMinutes });
}

/** Why this time is unavailable, the plainest reason first; null if it is free. */
export function findClash(free: AvailabilityContext, request: RequestedAppointment): ClashCause | null {
  const { practice, now } = free;
  const therapist = free.therapists.get(request.therapistId);
  const { timeZone } = practice;
  const { windowDays, noticeMinutes, latestStart } = rulesIn(free, request.service);
  const { startsAt } = request;
  const inWindow = checkBookingWindow({ start: startsAt, now, noticeMinutes, windowDays, timeZone });
  if (inWindow !== 'ok') return { reason: inWindow };
  const { on, time } = toWallTime(timeZone, startsAt);
  const holiday = free.holidays.get(on);
  if (holiday !== undefined && !free.isAnyHour) return { reason: 'holiday', reasonDetail: holiday };
  const isGiven = request.service.therapists.includes(request.therapistId);
  if (!therapist || !isGiven || !(free.isAnyHour || isWorkedAt(free, request))) {
    return { reason: 'closed', reasonDetail: therapist && closedPart(free, request, on) };
  }
  if (latestStart !== null && time > latestStart) return { reason: 'closed' };
  const padded = getPaddedIntervalOfRequest(request);
  const off = free.timeOff.get(request.therapistId)?.find((interval) => intervalsOverlap(interval, padded));
  if (off) return { reason: 'time_off', reasonDetail: offPart(practice, off, on) };
  if (isBusyWithin(getTherapistHoursInMs(therapist).blocks, padded)) return { reason: 'booked' };
  // The only rule left is the cap: the therapist is booked up, even though there are gaps.
  if (makeStartChecker(free, request.service, request.minutes)?.(startsAt, request.therapistId) === false)
    return { reason: 'booked' };
  return filterStartsWithRoom([startsAt], getCachedSpansWithoutRoom(free, request)).length > 0
    ? null
    : { reason: 'room' };
}

/** The same for two people who come together, each with their own massage: whose is unavailable, and why. */
export function findPairClash(
  free: AvailabilityContext,
  request: RequestedAppointment,
  beside: RequestedAppointment,
): ClashCause | null {
  const own = findClash(free, request);
  if (own) return own;
  const other = beside.therapistId === request.therapistId ? ({ reason: 'booked' } as const) : findClash(free, beside);
  if (other) return { ...other, isOfOther: true };
  return hasTwoRooms(free, request, beside) ? null : { reason: 'room', isOfOther: true };
}

function hasTwoRooms(free: AvailabilityContext, request: RequestedAppointment, beside: RequestedAppointment): boolean {
  return filterStartsWithRoom([request.startsAt], getCachedSpansWithoutRoom(free, request, beside)).length > 0;
}

/** Clients choose among the steps of the day, staff among all times that can be claimed. */
function stepsOf(free: AvailabilityContext, request: RequestedAppointment) {
  const fit = fitOf(request, free);
  return { ...fit, stepMinutes: free.isForStaff ? CLAIM_GRAIN_MS / MINUTE : fit.stepMinutes };
}

function isWorkedAt(free: AvailabilityContext, request: RequestedAppointment): boolean {
  const therapist = free.therapists.get(request.therapistId)!;
  const { hours } = getTherapistHoursInMs(therapist);
  return (
    request.startsAt % CLAIM_GRAIN_MS === 0 && isStartOnGrid({ ...stepsOf(free, request), hours }, request.startsAt)
  );
}

/**
 * Up to three times that could replace one that clashes. `ownIntervals` is the time of the series' other dates, `among`
 * lists the only therapists allowed. With `beside`, a second massage takes place at the same time: both are possible at
 * each result.
 */
export function findAlternativeTimes(
  free: AvailabilityContext,
  request: RequestedAppointment,
  ownIntervals: Interval[],
  { among = null, beside }: { among?: readonly string[] | null | undefined; beside?: MassageBeside | undefined } = {},
): DateAlternative[] {
  const padded = getPaddedIntervalOfRequest(request);
  const { timeZone, stepMinutes, now, minNoticeMinutes, ...fit } = fitOf(request, free);
  const last = getFirstDayBeyondWindow(free.practice, free.now);
  const query = {
    timeZone,
    stepMinutes,
    now,
    minNoticeMinutes,
    clash: { start: request.startsAt, therapistId: request.therapistId, ...fit },
    taken: ownIntervals,
    shut: getCachedSpansWithoutRoom(free, request, beside),
    mayStart: beside
      ? mayStartBeside(free, request, beside, ownIntervals)
      : makeStartChecker(free, request.service, request.minutes),
  };
  const isCandidate = (id: string) => isAllowedTherapist(among, id) && request.service.therapists.includes(id);
  const therapists: TherapistHoursInMs[] = [];
  const own = free.therapists.get(request.therapistId);
  if (own && isCandidate(own.id)) therapists.push(getTherapistHoursInMs(own));
  // Other therapists are considered only at the original time, and only the first free one by id is proposed.
  const isOther = (id: string) =>
    id !== request.therapistId && id !== beside?.therapistId && isAllowedTherapist(among, id);
  const givers = beside ? newGivers() : giversAt(free, request);
  const other = firstGiver(
    givers,
    isOther,
    (id) => {
      const therapist = free.therapists.get(id);
      if (!therapist) return null;
      const giver = getTherapistHoursInMs(therapist);
      if (isBusyWithin(giver.blocks, padded)) return null;
      const isFree = suggestAlternatives({
        ...query,
        taken: [],
        clash: { ...query.clash, therapistId: '' },
        therapists: [giver],
      });
      return isFree.length > 0 ? giver : null;
    },
    inOrderOfIds(request.service.therapists),
  );
  if (other) therapists.push(other);
  const found = suggestAlternatives({ ...query, therapists }).filter(
    ({ start }) => toWallTime(timeZone, start).on < last,
  );
  if (!beside) return found;
  return found.map(({ start, therapistId }) =>
    beside.isFirst
      ? { start, therapistId: beside.therapistId, besideId: therapistId }
      : { start, therapistId, besideId: beside.therapistId },
  );
}

/**
 * The therapists who could give a massage at one time, by id, as far as known. `next` is the position of the first not
 * checked yet.
 */
interface Givers {
  found: TherapistHoursInMs[];
  next: number;
}

const newGivers = (): Givers => ({ found: [], next: 0 });
const giversOf = new WeakMap<AvailabilityContext, Map<string, Givers>>();

/** Shared by all requests for this massage at this time: in a grid of regular times, many clash at once. */
function giversAt(free: AvailabilityContext, { service, minutes, startsAt }: RequestedAppointment): Givers {
  const known = giversOf.get(free) ?? new Map<string, Givers>();
  giversOf.set(free, known);
  const key = `${startsAt} ${minutes} ${service.id}`;
  const givers = known.get(key) ?? newGivers();
  known.set(key, givers);
  return givers;
}

/** The first allowed therapist who can give it. `find` checks one more therapist, and checks each only once. */
function firstGiver(
  givers: Givers,
  isAsked: (id: string) => boolean,
  find: (id: string) => TherapistHoursInMs | null,
  ids: string[],
): TherapistHoursInMs | undefined {
  const known = givers.found.find(({ id }) => isAsked(id));
  if (known) return known;
  while (givers.next < ids.length) {
    const giver = find(ids[givers.next++]!);
    if (!giver) continue;
    givers.found.push(giver);
    if (isAsked(giver.id)) return giver;
  }
  return undefined;
}

/** Starts at which the other massage is possible too, and meets none of the series' other dates. */
function mayStartBeside(
  free: AvailabilityContext,
  request: RequestedAppointment,
  { isFirst: _, ...second }: MassageBeside,
  ownIntervals: Interval[],
) {
  const mayStart = makeStartChecker(free, request.service, request.minutes);
  return (startsAt: number, therapistId: string) => {
    if (mayStart?.(startsAt, therapistId) === false) return false;
    const beside = { ...second, startsAt };
    const padded = getPaddedIntervalOfRequest(beside);
    return findClash(free, beside) === null && !ownIntervals.some((other) => intervalsOverlap(other, padded));
  };
}

const sortedIds = new WeakMap<string[], string[]>();

/** Sorted once per list, because every clash of a massage asks for the same order. */
function inOrderOfIds(ids: string[]): string[] {
  const sorted = sortedIds.get(ids) ?? [...ids].sort(compareIds);
  sortedIds.set(ids, sorted);
  return sorted;
}

function closedPart(
  free: AvailabilityContext,
  { therapistId, startsAt, minutes }: RequestedAppointment,
  on: string,
): string | undefined {
  const { weeklyHours, overrides } = free.therapists.get(therapistId)!;
  const changed = overrides.findLast((override) => override.on === on)?.hours;
  const ranges = [...(changed ?? weeklyHours[weekdayOf(on)] ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  const first = ranges[0];
  if (!first) return 'all day';
  const { timeZone, locale } = free.practice;
  const { time } = toWallTime(timeZone, startsAt);
  const end = toWallTime(timeZone, startsAt + minutes * MINUTE);
  if (time < first[0]) return `until ${formatWallTime(first[0], locale)}`;
  const at = ranges.findLastIndex(([from]) => from <= time);
  const [, until] = ranges[at]!;
  const isInside = end.on === on && end.time <= until;
  if (isInside) return undefined; // open, but not on the grid
  const next = ranges[at + 1];
  return next
    ? `from ${formatWallTime(until, locale)} to ${formatWallTime(next[0], locale)}`
    : `from ${formatWallTime(until, locale)}`;
}

function offPart({ timeZone, locale }: AvailabilityContext['practice'], off: Interval, on: string): string {
  const start = toWallTime(timeZone, off.start);
  const end = toWallTime(timeZone, off.end);
  const format = (instant: number) => formatTime(timeZone, instant, locale);
  const endsAtMidnight = end.time === '00:00';
  const lastOn = endsAtMidnight ? addDays(end.on, -1) : end.on;
  const fromMorning = start.on < on || start.time === '00:00';
  if (!fromMorning)
    return lastOn > on || endsAtMidnight
      ? `from ${format(off.start)}`
      : `from ${format(off.start)} to ${format(off.end)}`;
  if (lastOn > on) return `until ${formatDay(lastOn, 'short', locale)}`;
  return endsAtMidnight ? 'all day' : `until ${format(off.end)}`;
}
