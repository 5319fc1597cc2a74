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

// What a series is asked for with, and what is read for it: the same for its standing times and for the dates of one.

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
  /** What the second of the two has, where it is another massage or length. */
  beside?: RequestedBeside | undefined;
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

const CADENCES: Cadence[] = ['once', 'weekly', 'biweekly'];
/** Alternatives may lie this many days from the date they stand in for. */
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

/** The free time around these days of everybody who gives any of the massages: any of them may stand in. */
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

/** What a date asks for: one massage, or of two who come at once the one of each. */
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

/** The time that a date takes of its client, or of both, padding included. */
export function listPaddedIntervals({ own, beside }: RequestedDate): Interval[] {
  return [own, ...(beside ? [beside] : [])].map(getPaddedIntervalOfRequest);
}

/** Why a massage cannot be had, or the one beside it; null where both can. */
export function findClashOfDate(free: AvailabilityContext, { own, beside }: RequestedDate): ClashCause | null {
  return beside ? findPairClash(free, own, beside) : findClash(free, own);
}

/** Whichever of two massages clashes is looked for elsewhere, and the other one with it. */
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
