import { reader } from '@/db/connection/database-client';
import type { Invalid } from '@/db/results';
import type { ClashReason } from '@/scheduling/availability';
import { isAllowedTherapist } from '@/scheduling/availability';
import { daysBetweenSessions } from '@/scheduling/cadence';
import { addDays } from '@/scheduling/day';
import type { TherapistHoursInMs } from '@/scheduling/find-free-starts';
import { pairStandingTimes } from '@/scheduling/pair-standing-times';
import { type StandingTime, standingTimes } from '@/scheduling/standing-times';
import { getDayInterval } from '@/scheduling/zone-conversion';
import {
  type AvailabilityContext,
  gatherAvailabilityContext,
  getFirstDayBeyondWindow,
  listRoomIdsOfServices,
  toDurationAndBuffers,
} from './availability-context';
import type { DateAlternative } from './find-clash';
import {
  ALTERNATIVE_DAYS_AROUND,
  buildRequestedDate,
  findAlternativesOfDate,
  findClashOfDate,
  findPlanServices,
  gatherAvailabilityAroundDays,
  listPaddedIntervals,
  type PlanQuery,
  toHoldOptions,
} from './plan-availability';
import type { RequestedServices } from './requested-services';
import { getCachedSpansWithoutRoom } from './spans-without-room';
import { makeStartChecker } from './start-checker';
import { getTherapistHoursInMs } from './therapist-hours-in-ms';

interface StandingTimeClash {
  position: number;
  on: string;
  startsAt: number;
  reason: ClashReason;
  reasonDetail?: string;
  alternatives: DateAlternative[];
}

/** With `besideId`, for two people who come together. */
export type OfferedStandingTime = StandingTime & { besideId?: string };

export interface StandingTimeClashes {
  standingTime: OfferedStandingTime;
  clashes: StandingTimeClash[];
}

type MassagesOfOne = Pick<RequestedServices, 'services' | 'minutes'>;

const MINUTE = 60_000;

/** Every regular time that the series could have, or the best of them, best first. */
export async function listStandingTimes(
  query: PlanQuery,
  now: number,
): Promise<{ ok: true; timeZone: string; standingTimes: OfferedStandingTime[] } | Invalid> {
  const db = await reader();
  const offer = await findPlanServices(db, query, now);
  if (!offer.ok) return offer;
  const { practice, services, beside } = offer;
  const { timeZone, stepMinutes } = practice;
  const span = daysBetweenSessions(query.cadence) || 7;
  const to = addDays(query.from, span * services.length);
  const { isForTwo = false, therapistId: withId, limit } = query;
  // The requested therapist gives the first massage. If both massages are alike, it does not matter who gives which.
  const areAlike = isForTwo && query.beside === undefined;
  const isAsked = (id: string) => isAllowedTherapist(query.among, id);
  const own = (withId === undefined || areAlike ? offer.therapistIds : [withId]).filter(isAsked);
  const others = isForTwo && !areAlike ? beside.therapistIds.filter(isAsked) : [];
  const free = await gatherAvailabilityContext(db, {
    practice,
    therapistIds: [...own, ...others],
    roomIds: listRoomIdsOfServices(isForTwo ? [...services, ...beside.services] : services),
    from: query.isBeforeClashes ? addDays(query.from, -ALTERNATIVE_DAYS_AROUND) : query.from,
    to: query.isBeforeClashes ? addDays(to, ALTERNATIVE_DAYS_AROUND) : to,
    now,
    ...toHoldOptions(query),
  });
  const find = (of: MassagesOfOne, therapistIds: string[], other: MassagesOfOne | null): StandingTime[] => {
    const rules = new Map(of.services.map((service) => [service, makeStartChecker(free, service, of.minutes)]));
    const visits = of.services.map((service, at) => {
      const massageBeside = other ? { service: other.services[at]!, minutes: other.minutes } : undefined;
      const shut = getCachedSpansWithoutRoom(free, { service, minutes: of.minutes }, massageBeside);
      return { ...toDurationAndBuffers(service, of.minutes), shut, mayStart: rules.get(service) };
    });
    return standingTimes({
      timeZone,
      cadence: query.cadence,
      sessions: of.services.length,
      from: query.from,
      ...visits[0]!,
      stepMinutes,
      now,
      minNoticeMinutes: practice.noticeMinutes,
      therapists: withinWindow(free, of, therapistIds, to),
      visits,
      limit: isForTwo ? undefined : limit,
    });
  };
  const found = find(offer, own, isForTwo ? beside : null);
  if (!isForTwo) return { ok: true, timeZone, standingTimes: found };
  const foundBeside = areAlike ? undefined : find(beside, others, offer);
  const pairs = pairStandingTimes(found, { withId, beside: foundBeside });
  return { ok: true, timeZone, standingTimes: pairs.slice(0, limit) };
}

/** The clashes of each of these regular times, with up to three alternatives for each clash. */
export async function listStandingTimeClashes(
  found: OfferedStandingTime[],
  query: PlanQuery,
  now: number,
): Promise<StandingTimeClashes[]> {
  const isOpen = ({ occurrences }: StandingTime) => occurrences.every(({ open }) => open);
  if (found.every(isOpen)) return found.map((standingTime) => ({ standingTime, clashes: [] }));
  const db = await reader();
  const offer = await findPlanServices(db, query, now);
  if (!offer.ok) throw new Error('Clashes were asked for standing times that are not offered.');
  const span = daysBetweenSessions(query.cadence) || 7;
  const lastOn = addDays(query.from, span * offer.services.length - 1);
  const free = await gatherAvailabilityAroundDays(db, offer, [query.from, lastOn], now, query);
  return found.map((standingTime) => {
    const { occurrences } = standingTime;
    const requests = occurrences.map(({ start }, at) => buildRequestedDate(offer, at, start, standingTime));
    const ownIntervals = requests.filter((_, at) => occurrences[at]!.open).flatMap(listPaddedIntervals);
    const clashes = requests.flatMap((request, at): StandingTimeClash[] => {
      const { on, start, open } = occurrences[at]!;
      const cause = open ? null : findClashOfDate(free, request);
      if (!cause) return [];
      const alternatives = findAlternativesOfDate(free, request, ownIntervals, cause);
      return [{ position: at + 1, on, startsAt: start, ...cause, alternatives }];
    });
    return { standingTime, clashes };
  });
}

/** Cells beyond the booking window count as taken for every therapist. */
function withinWindow(
  { therapists: all, practice, now }: AvailabilityContext,
  { services, minutes }: MassagesOfOne,
  ids: string[],
  to: string,
): TherapistHoursInMs[] {
  const therapists = ids.map((id) => all.get(id)!);
  const closed = getFirstDayBeyondWindow(practice, now);
  if (to <= closed) return therapists.map(getTherapistHoursInMs);
  const shortest = Math.min(...services.map((service) => minutes + toDurationAndBuffers(service, minutes).bufferAfter));
  const first = getDayInterval(practice.timeZone, closed).start;
  const far = {
    start: first + shortest * MINUTE - 1,
    end: getDayInterval(practice.timeZone, addDays(to, 2)).end,
  };
  return therapists.map((therapist) => getTherapistHoursInMs({ ...therapist, busy: [...therapist.busy, far] }));
}
