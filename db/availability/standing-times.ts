import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { type Invalid, type Issue, invalid } from '@/db/results';
import type { ClashReason } from '@/scheduling/availability';
import { isAmong } from '@/scheduling/availability';
import { type Cadence, daysBetweenSessions, listSeriesDays } from '@/scheduling/cadence';
import { addDays } from '@/scheduling/day';
import type { Interval } from '@/scheduling/interval';
import { checkBookingWindow } from '@/scheduling/policy';
import { pairStandingTimes } from '@/scheduling/side-by-side';
import { type StandingTime, standingTimes, type TherapistHours } from '@/scheduling/standing-times';
import { dayInterval, toInstant, toWall, withoutRepeatMark } from '@/scheduling/zone';
import {
  type AvailabilityContext,
  gatherAvailabilityContext,
  getDurationAndBuffers,
  getFirstDayBeyondWindow,
  listRoomIds,
  listSuitableRooms,
} from './availability-context';
import { checkFirstDay, isWallTime } from './booking-window';
import {
  type ClashCause,
  type DateAlternative,
  findAlternatives,
  findClash,
  findPairClash,
  getPaddedInterval,
  type RequestedAppointment,
} from './clash';
import { checkRequestedServices, type RequestedServices } from './requested-services';
import { makeStartCheck } from './start-rules';

export interface PlanQuery {
  /** One a session, in order. */
  serviceIds: string[];
  minutes: number;
  cadence: Cadence;
  /** Local day: first dates lie in the week (or two) from here. */
  from: string;
  therapistId?: string;
  /** Two come at once, side by side: two therapists and two rooms are free. `therapistId` is one of the two. */
  isForTwo?: boolean;
  /** Nobody but these, where some may not give it to whoever asks. */
  among?: string[] | undefined;
  /** The plan's key: what is held for it is free to it. */
  heldBy?: string;
  /** What clashes is asked next: then one read serves both, of some days more on both sides. */
  isBeforeClashes?: boolean;
  /** Staff book what clients may not, and sooner, and at any five minutes. */
  isForStaff?: boolean;
  /** And outside of the hours, once they were warned. */
  isAnyHour?: boolean;
  /** Of the standing times no more than so many, the best. */
  limit?: number;
}

export interface PlanDate {
  position: number;
  on: string;
  startsAt: number;
  endsAt: number;
  serviceId: string;
  therapistId: string;
  /** Who gives the other massage, where two come at once. */
  besideId?: string;
  state: 'free' | 'clash';
  /** Of two massages it is the other one that cannot be had. */
  isOfOther?: boolean;
  reason?: ClashReason;
  /** The holiday's name, or the part of the day that is closed: "from 13:00", "until Fri 18 Dec", "all day". */
  reasonDetail?: string;
  alternatives: DateAlternative[];
  /** Why the time it is to be moved to cannot be had; null where it can. */
  moveRefused: ClashReason | null;
}

/** One date of a plan that somebody would rather have at another time, or with another therapist. */
export interface PlanMove {
  position: number;
  startsAt: number;
  therapistId: string;
  besideId?: string;
}

interface StandingTimeClash {
  position: number;
  on: string;
  startsAt: number;
  reason: ClashReason;
  reasonDetail?: string;
  alternatives: DateAlternative[];
}

/** With `besideId` it is one for two who come at once. */
export type OfferedStandingTime = StandingTime & { besideId?: string };

export interface StandingTimeClashes {
  standingTime: OfferedStandingTime;
  clashes: StandingTimeClash[];
}

const MINUTE = 60_000;
const CADENCES: Cadence[] = ['once', 'weekly', 'biweekly'];
/** Alternatives may lie this many days from the date they stand in for. */
const AROUND = 4;

/** Every standing time the series could have, or the best of them, best first. */
export async function listStandingTimes(
  query: PlanQuery,
  now: number,
): Promise<{ ok: true; timeZone: string; standingTimes: OfferedStandingTime[] } | Invalid> {
  const db = await reader();
  const offer = await findPlanOffer(db, query, now);
  if (!offer.ok) return offer;
  const { practice, services, minutes } = offer;
  const { timeZone, stepMinutes } = practice;
  const span = daysBetweenSessions(query.cadence) || 7;
  const to = addDays(query.from, span * services.length);
  const { isForTwo = false, therapistId: withId, limit } = query;
  const asked = withId === undefined || isForTwo ? offer.therapistIds : [withId];
  const therapistIds = asked.filter((id) => isAmong(query.among, id));
  const free = await gatherAvailabilityContext(db, {
    practice,
    therapistIds,
    roomIds: listRoomIds(services),
    from: query.isBeforeClashes ? addDays(query.from, -AROUND) : query.from,
    to: query.isBeforeClashes ? addDays(to, AROUND) : to,
    now,
    ...heldFor(query),
  });
  const rules = new Map(services.map((service) => [service, makeStartCheck(free, service, minutes)]));
  const visits = services.map((service) => {
    return { ...getDurationAndBuffers(service, minutes), rooms: service.rooms, mayStart: rules.get(service) };
  });
  const found = standingTimes({
    timeZone,
    cadence: query.cadence,
    sessions: services.length,
    from: query.from,
    ...visits[0]!,
    stepMinutes,
    now,
    minNoticeMinutes: practice.noticeMinutes,
    therapists: withinWindow(free, offer, to),
    rooms: listSuitableRooms(free, services),
    visits,
    ...(isForTwo ? { roomsNeeded: 2 } : { limit }),
  });
  return { ok: true, timeZone, standingTimes: isForTwo ? pairStandingTimes(found, withId).slice(0, limit) : found };
}

/** Every date of one standing time, each free or with the reason it is not and what could stand in its place. */
export async function listPlanDates(
  query: PlanQuery & { firstOn: string; time: string; therapistId: string; besideId?: string; moves?: PlanMove[] },
  now: number,
): Promise<{ ok: true; timeZone: string; dates: PlanDate[] } | Invalid> {
  const db = await reader();
  const offer = await findPlanOffer(db, query, now);
  const issues = offer.ok ? checkFirstDay(offer.practice, query.firstOn, now, 'firstOn') : [];
  if (!isWallTime(withoutRepeatMark(query.time))) issues.push({ path: ['time'], message: 'Write the time as HH:MM.' });
  if (!offer.ok) return invalid([...offer.issues, ...issues]);
  if (issues.length > 0) return invalid(issues);

  const { timeZone } = offer.practice;
  const days = listSeriesDays({ cadence: query.cadence, firstOn: query.firstOn, sessions: offer.services.length });
  const moves = query.moves ?? [];
  const movedTo = moves.filter(({ startsAt }) => isInWindow(offer, startsAt, now));
  const asked = [...days, ...movedTo.map(({ startsAt }) => toWall(timeZone, startsAt).on)].sort();
  const free = { ...(await gatherAround(db, offer, asked, now, query)), isAnyHour: query.isAnyHour };
  const wanted = days.map((on, at) => wantedAt(offer, at, toInstant(timeZone, on, query.time), query.therapistId));
  const { besideId } = query;
  const causeOf = (wanted: RequestedAppointment, besideId: string | undefined) =>
    besideId === undefined ? findClash(free, wanted) : findPairClash(free, wanted, besideId);
  const causes = wanted.map((wanted) => causeOf(wanted, besideId));
  const dates = wanted.map((entry, at): PlanDate => {
    const cause = causes[at];
    const taken = wanted.filter((_, other) => other !== at && !causes[other]).map(getPaddedInterval);
    const move = moves.find(({ position }) => position === at + 1);
    const refused = move && causeOf(wantedAt(offer, at, move.startsAt, move.therapistId), move.besideId);
    return {
      position: at + 1,
      on: days[at]!,
      startsAt: entry.startsAt,
      endsAt: entry.startsAt + offer.minutes * MINUTE,
      serviceId: entry.service.id,
      therapistId: entry.therapistId,
      ...(besideId !== undefined && { besideId }),
      state: cause ? 'clash' : 'free',
      ...cause,
      alternatives: cause ? findAlternativesForBoth(free, entry, taken, besideId, cause) : [],
      moveRefused: refused?.reason ?? null,
    };
  });
  return { ok: true, timeZone, dates };
}

/** Whichever of two massages clashes is looked for elsewhere, and the other one with it. */
function findAlternativesForBoth(
  free: AvailabilityContext,
  wanted: RequestedAppointment,
  taken: Interval[],
  besideId: string | undefined,
  { isOfOther = false }: ClashCause,
): DateAlternative[] {
  if (besideId === undefined) return findAlternatives(free, wanted, taken);
  const lost = isOfOther ? { ...wanted, therapistId: besideId } : wanted;
  const beside = { therapistId: isOfOther ? wanted.therapistId : besideId, isFirst: isOfOther };
  return findAlternatives(free, lost, taken, { beside });
}

function isInWindow(
  { practice: { noticeMinutes, windowDays, timeZone } }: RequestedServices,
  start: number,
  now: number,
): boolean {
  return checkBookingWindow({ start, now, noticeMinutes, windowDays, timeZone }) === 'ok';
}

/** What each of these standing times clashes with, and up to three other times for each clash. */
export async function listStandingTimeClashes(
  found: OfferedStandingTime[],
  query: PlanQuery,
  now: number,
): Promise<StandingTimeClashes[]> {
  const isOpen = ({ occurrences }: StandingTime) => occurrences.every(({ open }) => open);
  if (found.every(isOpen)) return found.map((standingTime) => ({ standingTime, clashes: [] }));
  const db = await reader();
  const offer = await findPlanOffer(db, query, now);
  if (!offer.ok) throw new Error('Clashes were asked for standing times that are not offered.');
  const span = daysBetweenSessions(query.cadence) || 7;
  const lastOn = addDays(query.from, span * offer.services.length - 1);
  const free = await gatherAround(db, offer, [query.from, lastOn], now, query);
  return found.map((standingTime) => {
    const { occurrences, therapistId, besideId } = standingTime;
    const wanted = occurrences.map(({ start }, at) => wantedAt(offer, at, start, therapistId));
    const taken = wanted.filter((_, at) => occurrences[at]!.open).map(getPaddedInterval);
    const clashes = wanted.flatMap((wanted, at): StandingTimeClash[] => {
      const { on, start, open } = occurrences[at]!;
      const cause = open
        ? null
        : besideId === undefined
          ? findClash(free, wanted)
          : findPairClash(free, wanted, besideId);
      if (!cause) return [];
      const alternatives = findAlternativesForBoth(free, wanted, taken, besideId, cause);
      return [{ position: at + 1, on, startsAt: start, ...cause, alternatives }];
    });
    return { standingTime, clashes };
  });
}

async function findPlanOffer(db: Db, query: PlanQuery, now: number): Promise<RequestedServices | Invalid> {
  const offer = await checkRequestedServices(db, query);
  const issues: Issue[] = offer.ok ? checkFirstDay(offer.practice, query.from, now) : [...offer.issues];
  if (!CADENCES.includes(query.cadence)) {
    issues.push({ path: ['cadence'], message: 'Choose once, weekly or biweekly.' });
  } else if (query.cadence === 'once' && query.serviceIds?.length > 1) {
    issues.push({ path: ['serviceIds'], message: 'Once is one session.' });
  }
  return issues.length > 0 ? invalid(issues) : offer;
}

/** The free time around these days of everybody who gives any of the massages: any of them may stand in. */
function gatherAround(
  db: Db,
  { practice, services }: RequestedServices,
  days: string[],
  now: number,
  query: PlanQuery,
): Promise<AvailabilityContext> {
  const givers = [...new Set(services.flatMap(({ therapists }) => therapists))];
  const therapistIds = givers.filter((id) => isAmong(query.among, id));
  const from = addDays(days[0]!, -AROUND);
  const to = addDays(days.at(-1)!, AROUND + 1);
  const roomIds = listRoomIds(services);
  return gatherAvailabilityContext(db, { practice, therapistIds, roomIds, from, to, now, ...heldFor(query) });
}

function heldFor({ heldBy, isForStaff = false }: PlanQuery): { heldBy?: string; isForStaff: boolean } {
  return heldBy === undefined ? { isForStaff } : { heldBy, isForStaff };
}

function wantedAt(offer: RequestedServices, at: number, startsAt: number, therapistId: string): RequestedAppointment {
  return { startsAt, therapistId, service: offer.services[at]!, minutes: offer.minutes };
}

/** Cells beyond the booking window count as taken for every therapist. */
function withinWindow(
  { therapists, practice, now }: AvailabilityContext,
  offer: RequestedServices,
  to: string,
): TherapistHours[] {
  const closed = getFirstDayBeyondWindow(practice, now);
  if (to <= closed) return [...therapists.values()];
  const shortest = Math.min(
    ...offer.services.map((service) => offer.minutes + getDurationAndBuffers(service, offer.minutes).bufferAfter),
  );
  const first = dayInterval(practice.timeZone, closed).start;
  const far = {
    start: first + shortest * MINUTE - 1,
    end: dayInterval(practice.timeZone, addDays(to, 2)).end,
  };
  return [...therapists.values()].map((therapist) => ({ ...therapist, busy: [...therapist.busy, far] }));
}
