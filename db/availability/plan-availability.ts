import type { Db } from '@/db/connection/connection';
import { type Invalid, type Issue, invalid } from '@/db/results';
import { isAllowedTherapist } from '@/scheduling/availability';
import type { Cadence } from '@/scheduling/cadence';
import { addDays } from '@/scheduling/day';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { type AvailabilityContext, gatherAvailabilityContext, listRoomIdsOfServices } from './availability-context';
import { checkFirstDay } from './check-first-day';
import {
  type ClashCause,
  type DateAlternative,
  findAlternativeTimes,
  findClash,
  findPairClash,
  getPaddedIntervalOfRequest,
  type RequestedAppointment,
} from './find-clash';
import { checkRequestedServices, type RequestedBeside, type RequestedServices } from './requested-services';

// The request for a series, and the availability read for it: used both for its regular times and for the dates of one.

export interface PlanQuery {
  /** One for each session, in order. */
  serviceIds: string[];
  minutes: number;
  cadence: Cadence;
  /** Local day: first dates lie in the week (or two) from here. */
  from: string;
  therapistId?: string;
  /** Two people come together: two therapists and two rooms must be free. `therapistId` is one of the two. */
  isForTwo?: boolean;
  /** The second person's massage, if its kind or length differs. */
  beside?: RequestedBeside | undefined;
  /** The only therapists allowed, if some may not treat this client. */
  among?: string[] | undefined;
  /** The plan's key: time held for it counts as free. */
  heldBy?: string;
  /** The caller will search alternatives for clashes next: reading some more days on both sides then serves both. */
  isBeforeClashes?: boolean;
  /** Staff may book massages that clients may not, with less notice, and at any five minutes. */
  isForStaff?: boolean;
  /** Staff also book outside the hours, after a warning. */
  isAnyHour?: boolean;
  /** At most this many regular times, the best ones. */
  limit?: number;
}

const CADENCES: Cadence[] = ['once', 'weekly', 'biweekly'];
/** Alternatives may lie this many days from the date they replace. */
export const ALTERNATIVE_DAYS_AROUND = 4;

export async function findPlanServices(db: Db, query: PlanQuery, now: number): Promise<RequestedServices | Invalid> {
  const offer = await checkRequestedServices(db, query);
  const issues: Issue[] = offer.ok ? checkFirstDay(offer.practice, query.from, now) : [...offer.issues];
  if (!CADENCES.includes(query.cadence)) {
    issues.push({ path: ['cadence'], message: 'Choose once, weekly or biweekly.' });
  } else if (query.cadence === 'once' && query.serviceIds?.length > 1) {
    issues.push({ path: ['serviceIds'], message: 'Once is one session.' });
  }
  return issues.length > 0 ? invalid(issues) : offer;
}

/**
 * The free time around these days of every therapist who gives any of the massages: each of them may be an alternative.
 */
export function gatherAvailabilityAroundDays(
  db: Db,
  { practice, services: own, beside }: RequestedServices,
  days: string[],
  now: number,
  query: PlanQuery,
): Promise<AvailabilityContext> {
  const services = [...own, ...beside.services];
  const givers = [...new Set(services.flatMap(({ therapists }) => therapists))];
  const therapistIds = givers.filter((id) => isAllowedTherapist(query.among, id));
  const from = addDays(days[0]!, -ALTERNATIVE_DAYS_AROUND);
  const to = addDays(days.at(-1)!, ALTERNATIVE_DAYS_AROUND + 1);
  const roomIds = listRoomIdsOfServices(services);
  return gatherAvailabilityContext(db, { practice, therapistIds, roomIds, from, to, now, ...toHoldOptions(query) });
}

export function toHoldOptions({ heldBy, isForStaff = false }: PlanQuery): { heldBy?: string; isForStaff: boolean } {
  return heldBy === undefined ? { isForStaff } : { heldBy, isForStaff };
}

/** What a date needs: one massage, or two for people who come together. */
export interface RequestedDate {
  own: RequestedAppointment;
  beside: RequestedAppointment | null;
}

export function buildRequestedDate(
  { services, minutes, beside }: RequestedServices,
  at: number,
  startsAt: number,
  { therapistId, besideId }: { therapistId: string; besideId?: string | undefined },
): RequestedDate {
  return {
    own: { startsAt, therapistId, service: services[at]!, minutes },
    beside:
      besideId === undefined
        ? null
        : { startsAt, therapistId: besideId, service: beside.services[at]!, minutes: beside.minutes },
  };
}

/** The time that a date takes from its client, or from both, padding included. */
export function listPaddedIntervals({ own, beside }: RequestedDate): Interval[] {
  return [own, ...(beside ? [beside] : [])].map(getPaddedIntervalOfRequest);
}

/** Why this massage, or the one beside it, is unavailable; null if both are free. */
export function findClashOfDate(free: AvailabilityContext, { own, beside }: RequestedDate): ClashCause | null {
  return beside ? findPairClash(free, own, beside) : findClash(free, own);
}

/** Searches alternatives for whichever of the two massages clashes, together with the other one. */
export function findAlternativesOfDate(
  free: AvailabilityContext,
  { own, beside }: RequestedDate,
  ownIntervals: Interval[],
  { isOfOther = false }: ClashCause,
): DateAlternative[] {
  if (!beside) return findAlternativeTimes(free, own, ownIntervals);
  const [clashing, other] = isOfOther ? [beside, own] : [own, beside];
  return findAlternativeTimes(free, clashing, ownIntervals, { beside: { ...other, isFirst: isOfOther } });
}
