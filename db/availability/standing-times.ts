import { reader } from '@/db/connection/database-client';
import type { Invalid } from '@/db/results';
import type { ClashReason } from '@/scheduling/availability';
import { isAllowedTherapist } from '@/scheduling/availability';
import { daysBetweenSessions } from '@/scheduling/cadence';
import { addDays } from '@/scheduling/day';
import type { ParsedTherapist } from '@/scheduling/find-free-starts';
import { pairStandingTimes } from '@/scheduling/pair-standing-times';
import { type StandingTime, standingTimes } from '@/scheduling/standing-times';
import { getDayInterval } from '@/scheduling/zone-conversion';
import {
  type AvailabilityContext,
  gatherAvailabilityContext,
  getDurationAndBuffers,
  getFirstDayBeyondWindow,
  listRoomIds,
} from './availability-context';
import { type DateAlternative, getPaddedIntervalOfRequest } from './find-clash';
import { getParsedTherapist } from './parsed-therapist';
import {
  ALTERNATIVE_DAYS_AROUND,
  buildRequestedAppointment,
  findAlternativesForBoth,
  findClashOfEither,
  findPlanServices,
  gatherAvailabilityAroundDays,
  getHoldOptions,
  type PlanQuery,
} from './plan-availability';
import type { RequestedServices } from './requested-services';
import { getSpansWithoutRoom } from './spans-without-room';
import { makeStartCheck } from './start-check';

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

/** Every standing time the series could have, or the best of them, best first. */
export async function listStandingTimes(
  query: PlanQuery,
  now: number,
): Promise<{ ok: true; timeZone: string; standingTimes: OfferedStandingTime[] } | Invalid> {
  const db = await reader();
  const offer = await findPlanServices(db, query, now);
  if (!offer.ok) return offer;
  const { practice, services, minutes } = offer;
  const { timeZone, stepMinutes } = practice;
  const span = daysBetweenSessions(query.cadence) || 7;
  const to = addDays(query.from, span * services.length);
  const { isForTwo = false, therapistId: withId, limit } = query;
  const candidates = withId === undefined || isForTwo ? offer.therapistIds : [withId];
  const therapistIds = candidates.filter((id) => isAllowedTherapist(query.among, id));
  const free = await gatherAvailabilityContext(db, {
    practice,
    therapistIds,
    roomIds: listRoomIds(services),
    from: query.isBeforeClashes ? addDays(query.from, -ALTERNATIVE_DAYS_AROUND) : query.from,
    to: query.isBeforeClashes ? addDays(to, ALTERNATIVE_DAYS_AROUND) : to,
    now,
    ...getHoldOptions(query),
  });
  const rules = new Map(services.map((service) => [service, makeStartCheck(free, service, minutes)]));
  const visits = services.map((service) => {
    const shut = getSpansWithoutRoom(free, { service, minutes }, isForTwo ? 2 : 1);
    return { ...getDurationAndBuffers(service, minutes), shut, mayStart: rules.get(service) };
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
    visits,
    limit: isForTwo ? undefined : limit,
  });
  return { ok: true, timeZone, standingTimes: isForTwo ? pairStandingTimes(found, withId).slice(0, limit) : found };
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
  const offer = await findPlanServices(db, query, now);
  if (!offer.ok) throw new Error('Clashes were asked for standing times that are not offered.');
  const span = daysBetweenSessions(query.cadence) || 7;
  const lastOn = addDays(query.from, span * offer.services.length - 1);
  const free = await gatherAvailabilityAroundDays(db, offer, [query.from, lastOn], now, query);
  return found.map((standingTime) => {
    const { occurrences, therapistId, besideId } = standingTime;
    const requests = occurrences.map(({ start }, at) => buildRequestedAppointment(offer, at, start, therapistId));
    const ownIntervals = requests.filter((_, at) => occurrences[at]!.open).map(getPaddedIntervalOfRequest);
    const clashes = requests.flatMap((request, at): StandingTimeClash[] => {
      const { on, start, open } = occurrences[at]!;
      const cause = open ? null : findClashOfEither(free, request, besideId);
      if (!cause) return [];
      const alternatives = findAlternativesForBoth(free, request, ownIntervals, besideId, cause);
      return [{ position: at + 1, on, startsAt: start, ...cause, alternatives }];
    });
    return { standingTime, clashes };
  });
}

/** Cells beyond the booking window count as taken for every therapist. */
function withinWindow(
  { therapists, practice, now }: AvailabilityContext,
  offer: RequestedServices,
  to: string,
): ParsedTherapist[] {
  const closed = getFirstDayBeyondWindow(practice, now);
  if (to <= closed) return [...therapists.values()].map(getParsedTherapist);
  const shortest = Math.min(
    ...offer.services.map((service) => offer.minutes + getDurationAndBuffers(service, offer.minutes).bufferAfter),
  );
  const first = getDayInterval(practice.timeZone, closed).start;
  const far = {
    start: first + shortest * MINUTE - 1,
    end: getDayInterval(practice.timeZone, addDays(to, 2)).end,
  };
  return [...therapists.values()].map((therapist) =>
    getParsedTherapist({ ...therapist, busy: [...therapist.busy, far] }),
  );
}
