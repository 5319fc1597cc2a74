import { reader } from '@/db/connection/database-client';
import { type Invalid, invalid } from '@/db/results';
import type { ClashReason } from '@/scheduling/availability';
import { checkBookingWindow } from '@/scheduling/booking-policy';
import { listSeriesDays } from '@/scheduling/cadence';
import { isTimeOfDay } from '@/scheduling/time-of-day';
import { removeRepeatMark, toInstant, toWallTime } from '@/scheduling/zone-conversion';
import { checkFirstDay } from './check-first-day';
import type { DateAlternative } from './find-clash';
import {
  buildRequestedDate,
  findAlternativesOfDate,
  findClashOfDate,
  findPlanServices,
  gatherAvailabilityAroundDays,
  listPaddedIntervals,
  type PlanQuery,
} from './plan-availability';
import type { RequestedServices } from './requested-services';

export interface PlanDate {
  position: number;
  on: string;
  startsAt: number;
  endsAt: number;
  serviceId: string;
  therapistId: string;
  /** The therapist of the other massage, if two people come together. */
  besideId?: string;
  /** The other massage and its length. */
  besideServiceId?: string;
  besideMinutes?: number;
  state: 'free' | 'clash';
  /** Of two massages, the other one is unavailable. */
  isOfOther?: boolean;
  reason?: ClashReason;
  /** The holiday's name, or the part of the day that is closed: "from 13:00", "until Fri 18 Dec", "all day". */
  reasonDetail?: string;
  alternatives: DateAlternative[];
  /** Why the requested new time is unavailable; null if it is free. */
  moveRefused: ClashReason | null;
}

/** A request to have one date of a plan at another time or with another therapist. */
export interface PlanDateMove {
  position: number;
  startsAt: number;
  therapistId: string;
  besideId?: string;
}

const MINUTE = 60_000;

/** Every date of one regular time, either free or with the reason why not and its alternatives. */
export async function listPlanDates(
  query: PlanQuery & { firstOn: string; time: string; therapistId: string; besideId?: string; moves?: PlanDateMove[] },
  now: number,
): Promise<{ ok: true; timeZone: string; dates: PlanDate[] } | Invalid> {
  const db = await reader();
  const offer = await findPlanServices(db, query, now);
  const issues = offer.ok ? checkFirstDay(offer.practice, query.firstOn, now, 'firstOn') : [];
  if (!isTimeOfDay(removeRepeatMark(query.time))) issues.push({ path: ['time'], message: 'Write the time as HH:MM.' });
  if (!offer.ok) return invalid([...offer.issues, ...issues]);
  if (issues.length > 0) return invalid(issues);

  const { timeZone } = offer.practice;
  const days = listSeriesDays({ cadence: query.cadence, firstOn: query.firstOn, sessions: offer.services.length });
  const moves = query.moves ?? [];
  const movedTo = moves.filter(({ startsAt }) => isInWindow(offer, startsAt, now));
  const days2 = [...days, ...movedTo.map(({ startsAt }) => toWallTime(timeZone, startsAt).on)].sort();
  const free = { ...(await gatherAvailabilityAroundDays(db, offer, days2, now, query)), isAnyHour: query.isAnyHour };
  const requests = days.map((on, at) => buildRequestedDate(offer, at, toInstant(timeZone, on, query.time), query));
  const causes = requests.map((request) => findClashOfDate(free, request));
  const dates = requests.map((request, at): PlanDate => {
    const cause = causes[at];
    const { own, beside } = request;
    const otherIntervals = requests.filter((_, other) => other !== at && !causes[other]).flatMap(listPaddedIntervals);
    const move = moves.find(({ position }) => position === at + 1);
    const refused = move && findClashOfDate(free, buildRequestedDate(offer, at, move.startsAt, move));
    return {
      position: at + 1,
      on: days[at]!,
      startsAt: own.startsAt,
      endsAt: own.startsAt + offer.minutes * MINUTE,
      serviceId: own.service.id,
      therapistId: own.therapistId,
      ...(beside && {
        besideId: beside.therapistId,
        besideServiceId: beside.service.id,
        besideMinutes: beside.minutes,
      }),
      state: cause ? 'clash' : 'free',
      ...cause,
      alternatives: cause ? findAlternativesOfDate(free, request, otherIntervals, cause) : [],
      moveRefused: refused?.reason ?? null,
    };
  });
  return { ok: true, timeZone, dates };
}

function isInWindow(
  { practice: { noticeMinutes, windowDays, timeZone } }: RequestedServices,
  start: number,
  now: number,
): boolean {
  return checkBookingWindow({ start, now, noticeMinutes, windowDays, timeZone }) === 'ok';
}
