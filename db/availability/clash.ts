import type { ServiceOffer } from '@/db/practice/services';
import { type ClashReason, isAmong, isOnGrid } from '@/scheduling/availability';
import { rulesForService } from '@/scheduling/booking';
import { addDays, weekdayOf } from '@/scheduling/day';
import { compareIds, type TherapistParsedHours } from '@/scheduling/find-starts';
import { sayDay, sayTime, sayWallTime } from '@/scheduling/formatting';
import { type Interval, overlaps } from '@/scheduling/interval';
import { checkBookingWindow } from '@/scheduling/policy';
import { CLAIM_GRAIN_MS, paddedInterval } from '@/scheduling/resources';
import { filterStartsWithRoom } from '@/scheduling/rooms';
import { type Alternative, alternativesFor, type TherapistHours } from '@/scheduling/standing-times';
import { type ParsedHours, parseHours } from '@/scheduling/working-hours';
import { toWall } from '@/scheduling/zone';
import { type AvailabilityContext, getDurationAndBuffers, getFirstDayBeyondWindow } from './availability-context';
import { intervalsNear, isBusyIn } from './intervals-near';
import { getSpansWithoutRoom } from './spans-without-room';
import { makeStartCheck } from './start-rules';

/** One massage somebody wants: with whom, when, and which. */
export interface RequestedAppointment {
  startsAt: number;
  therapistId: string;
  service: ServiceOffer;
  minutes: number;
}

/** Whoever gives another massage at the same time; `isFirst` where that is the one of whoever books. */
interface Beside {
  therapistId: string;
  isFirst: boolean;
}

/** Another time for a date: for two who come at once, with both of their therapists. */
export interface DateAlternative extends Alternative {
  besideId?: string;
}

export interface ClashCause {
  reason: ClashReason;
  /** Of two massages at once it is the other one that cannot be had. */
  isOfOther?: boolean;
  /** The holiday's name, or the part of the day that is closed: "from 13:00", "until Fri 18 Dec", "all day". */
  reasonDetail?: string;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
/** How far an alternative may lie from the date it stands in for, hours over midnight included. */
const NEAR = 5 * DAY;

export function getPaddedInterval({ startsAt, minutes, service }: RequestedAppointment): Interval {
  const { setupMinutes, cleanupMinutes } = service;
  return paddedInterval(startsAt, { minutes, setupMinutes, cleanupMinutes });
}

function fitOf({ service, minutes }: RequestedAppointment, free: AvailabilityContext) {
  return {
    timeZone: free.practice.timeZone,
    stepMinutes: free.practice.stepMinutes,
    ...getDurationAndBuffers(service, minutes),
    now: free.now,
    minNoticeMinutes: free.practice.noticeMinutes,
  };
}

/** Its own notice and window where it has them; the practice itself is held to its window alone. */
function rulesIn({ practice, isForStaff }: AvailabilityContext, service: ServiceOffer) {
  if (isForStaff) return { windowDays: practice.windowDays, noticeMinutes: 0, latestStart: null };
  return rulesForService(service, practice);
}

/** Why this time cannot be had, the plainest reason first; null when it is free. */
export function findClash(free: AvailabilityContext, wanted: RequestedAppointment): ClashCause | null {
  const { practice, now } = free;
  const therapist = free.therapists.get(wanted.therapistId);
  const { timeZone } = practice;
  const { windowDays, noticeMinutes, latestStart } = rulesIn(free, wanted.service);
  const { startsAt } = wanted;
  const inWindow = checkBookingWindow({ start: startsAt, now, noticeMinutes, windowDays, timeZone });
  if (inWindow !== 'ok') return { reason: inWindow };
  const { on, time } = toWall(timeZone, startsAt);
  const holiday = free.holidays.get(on);
  if (holiday !== undefined && !free.isAnyHour) return { reason: 'holiday', reasonDetail: holiday };
  const isGiven = wanted.service.therapists.includes(wanted.therapistId);
  if (!therapist || !isGiven || !(free.isAnyHour || isWorkedAt(free, wanted))) {
    return { reason: 'closed', reasonDetail: therapist && closedPart(free, wanted, on) };
  }
  if (latestStart !== null && time > latestStart) return { reason: 'closed' };
  const padded = getPaddedInterval(wanted);
  const off = free.timeOff.get(wanted.therapistId)?.find((interval) => overlaps(interval, padded));
  if (off) return { reason: 'time_off', reasonDetail: offPart(practice, off, on) };
  if (isBusyIn(therapist.busy, padded)) return { reason: 'booked' };
  // What is left of the rule is a cap: booked up, though there are gaps.
  if (makeStartCheck(free, wanted.service, wanted.minutes)?.(startsAt, wanted.therapistId) === false)
    return { reason: 'booked' };
  return filterStartsWithRoom([startsAt], getSpansWithoutRoom(free, wanted)).length > 0 ? null : { reason: 'room' };
}

/** The same for two who come at once: whose massage cannot be had, and why. */
export function findPairClash(
  free: AvailabilityContext,
  wanted: RequestedAppointment,
  besideId: string,
): ClashCause | null {
  const own = findClash(free, wanted);
  if (own) return own;
  const other =
    besideId === wanted.therapistId
      ? ({ reason: 'booked' } as const)
      : findClash(free, { ...wanted, therapistId: besideId });
  if (other) return { ...other, isOfOther: true };
  return hasTwoRooms(free, wanted) ? null : { reason: 'room', isOfOther: true };
}

function hasTwoRooms(free: AvailabilityContext, wanted: RequestedAppointment): boolean {
  return filterStartsWithRoom([wanted.startsAt], getSpansWithoutRoom(free, wanted, 2)).length > 0;
}

/** Clients choose among the steps of the day, staff among all that can be claimed. */
function stepsOf(free: AvailabilityContext, wanted: RequestedAppointment) {
  const fit = fitOf(wanted, free);
  return { ...fit, stepMinutes: free.isForStaff ? CLAIM_GRAIN_MS / MINUTE : fit.stepMinutes };
}

function isWorkedAt(free: AvailabilityContext, wanted: RequestedAppointment): boolean {
  const therapist = free.therapists.get(wanted.therapistId)!;
  const hours = parsedHoursOf(therapist);
  return wanted.startsAt % CLAIM_GRAIN_MS === 0 && isOnGrid({ ...stepsOf(free, wanted), hours }, wanted.startsAt);
}

const hoursOf = new WeakMap<TherapistHours, ParsedHours>();

/** Read once for each therapist of an answer: hundreds of clashes ask of the same hours. */
function parsedHoursOf(therapist: TherapistHours): ParsedHours {
  const hours = hoursOf.get(therapist) ?? parseHours(therapist.weeklyHours, therapist.overrides);
  hoursOf.set(therapist, hours);
  return hours;
}

/**
 * Up to three times that could stand in for one that clashes; `taken` is what the series' other dates take, `among` the only
 * therapists who will do. With `beside` somebody else comes at the same time, to that therapist: both are free then.
 */
export function findAlternatives(
  free: AvailabilityContext,
  wanted: RequestedAppointment,
  taken: Interval[],
  { among = null, beside }: { among?: readonly string[] | null | undefined; beside?: Beside | undefined } = {},
): DateAlternative[] {
  const padded = getPaddedInterval(wanted);
  const near = { start: padded.start - NEAR, end: padded.end + NEAR };
  const { timeZone, stepMinutes, now, minNoticeMinutes, ...fit } = fitOf(wanted, free);
  const last = getFirstDayBeyondWindow(free.practice, free.now);
  const query = {
    timeZone,
    stepMinutes,
    now,
    minNoticeMinutes,
    clash: { start: wanted.startsAt, therapistId: wanted.therapistId, ...fit },
    taken,
    shut: getSpansWithoutRoom(free, wanted, beside ? 2 : 1),
    mayStart: beside ? mayStartBeside(free, wanted, beside) : makeStartCheck(free, wanted.service, wanted.minutes),
  };
  const isAsked = (id: string) => isAmong(among, id) && wanted.service.therapists.includes(id);
  const therapists: TherapistParsedHours[] = [];
  const own = free.therapists.get(wanted.therapistId);
  if (own && isAsked(own.id))
    therapists.push({ id: own.id, hours: parsedHoursOf(own), busy: intervalsNear(own.busy, near) });
  // Others are only asked for that very time, and of those who could give it only the first by id is proposed.
  for (const id of inOrderOfIds(wanted.service.therapists)) {
    const therapist = free.therapists.get(id);
    if (!therapist || [wanted.therapistId, beside?.therapistId].includes(id) || !isAmong(among, id)) continue;
    if (isBusyIn(therapist.busy, padded)) continue;
    const other = { id, hours: parsedHoursOf(therapist), busy: [] };
    if (alternativesFor({ ...query, therapists: [other] }).length === 0) continue;
    therapists.push(other);
    break;
  }
  const found = alternativesFor({ ...query, therapists }).filter(({ start }) => toWall(timeZone, start).on < last);
  if (!beside) return found;
  return found.map(({ start, therapistId }) =>
    beside.isFirst
      ? { start, therapistId: beside.therapistId, besideId: therapistId }
      : { start, therapistId, besideId: beside.therapistId },
  );
}

/** Starts at which the other massage can be given too. */
function mayStartBeside(free: AvailabilityContext, wanted: RequestedAppointment, beside: Beside) {
  const mayStart = makeStartCheck(free, wanted.service, wanted.minutes);
  return (start: number, therapistId: string) =>
    mayStart?.(start, therapistId) !== false &&
    findClash(free, { ...wanted, startsAt: start, therapistId: beside.therapistId }) === null;
}

const sortedIds = new WeakMap<string[], string[]>();

/** Sorted once for each list: every clash of a massage asks for the same. */
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
  const { time } = toWall(timeZone, startsAt);
  const end = toWall(timeZone, startsAt + minutes * MINUTE);
  if (time < first[0]) return `until ${sayWallTime(first[0], locale)}`;
  const at = ranges.findLastIndex(([from]) => from <= time);
  const [, until] = ranges[at]!;
  const isInside = end.on === on && end.time <= until;
  if (isInside) return undefined; // open, but no time of the grid
  const next = ranges[at + 1];
  return next
    ? `from ${sayWallTime(until, locale)} to ${sayWallTime(next[0], locale)}`
    : `from ${sayWallTime(until, locale)}`;
}

function offPart({ timeZone, locale }: AvailabilityContext['practice'], off: Interval, on: string): string {
  const start = toWall(timeZone, off.start);
  const end = toWall(timeZone, off.end);
  const say = (instant: number) => sayTime(timeZone, instant, locale);
  const endsAtMidnight = end.time === '00:00';
  const lastOn = endsAtMidnight ? addDays(end.on, -1) : end.on;
  const fromMorning = start.on < on || start.time === '00:00';
  if (!fromMorning)
    return lastOn > on || endsAtMidnight ? `from ${say(off.start)}` : `from ${say(off.start)} to ${say(off.end)}`;
  if (lastOn > on) return `until ${sayDay(lastOn, 'short', locale)}`;
  return endsAtMidnight ? 'all day' : `until ${say(off.end)}`;
}
