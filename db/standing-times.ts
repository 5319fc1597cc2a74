import type { ClashReason } from '@/scheduling/availability';
import type { Cadence } from '@/scheduling/cadence';
import type { Alternative, StandingTime } from '@/scheduling/standing-times';
import type { Invalid } from './invalid';

export interface PlanQuery {
  /** One a session, in order. */
  serviceIds: string[];
  minutes: number;
  cadence: Cadence;
  /** Local day: first dates lie in the week (or two) from here. */
  from: string;
  therapistId?: string;
}

export interface PlanDate {
  position: number;
  on: string;
  startsAt: number;
  endsAt: number;
  serviceId: string;
  therapistId: string;
  state: 'free' | 'clash';
  reason?: ClashReason;
  /** The holiday's name, or "from 13:00". */
  reasonDetail?: string;
  alternatives: Alternative[];
}

export interface StandingTimeClashes {
  standingTime: StandingTime;
  clashes: { position: number; on: string; startsAt: number; reason: ClashReason; alternatives: Alternative[] }[];
}

/** Every standing time the series could have, best first. */
export async function listStandingTimes(
  _query: PlanQuery,
  _now: number,
): Promise<{ ok: true; timeZone: string; standingTimes: StandingTime[] } | Invalid> {
  return { ok: false, reason: 'invalid', issues: [{ path: [], message: 'Nothing is open yet.' }] };
}

/** Every date of one standing time, each free or with the reason it is not and what could stand in its place. */
export async function getPlan(
  _query: PlanQuery & { firstOn: string; time: string; therapistId: string },
  _now: number,
): Promise<{ ok: true; timeZone: string; dates: PlanDate[] } | Invalid> {
  return { ok: false, reason: 'invalid', issues: [{ path: [], message: 'Nothing is open yet.' }] };
}

/** What each of these standing times clashes with, and up to three other times for each clash. */
export async function listClashes(
  _standingTimes: StandingTime[],
  _query: PlanQuery,
  _now: number,
): Promise<StandingTimeClashes[]> {
  return [];
}
