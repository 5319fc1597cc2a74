// May this series be booked as it was asked for, and who and what could serve each of its dates?
//
// A request is checked against what the practice offers and its hours. What is taken plays no part yet: it is read for
// the dates that come out of this, and `chooseResources` picks among those that are free.

import { isStartOnGrid, type Override, type WeeklyHours } from './availability';
import { checkBookingWindow, removeLeadTimes } from './booking-policy';
import { type Cadence, daysBetweenSessions } from './cadence';
import { CLAIM_GRAIN_MS, computePaddedInterval, type ResourceNeed } from './choose-resources';
import { addDays, daysBetween } from './day';
import { toInstant, toWallTime } from './zone-conversion';

const MINUTE = 60_000;

/** A service as it is offered now; `therapists` and `rooms` are ids, the practice's first choice first. */
export interface BookableService {
  id: string;
  /** 1 to 3. */
  pressure?: number;
  setupMinutes: number;
  cleanupMinutes: number;
  lengths: { minutes: number; priceCents: number }[];
  /** What it costs with those who have a price of their own. */
  ownPrices?: { therapistId: string; minutes: number; priceCents: number }[];
  therapists: string[];
  rooms: string[];
  /** Nobody books it but the practice itself. */
  isByPhone?: boolean;
  /** Its own, in place of the practice's. */
  noticeMinutes?: number | null;
  windowDays?: number | null;
  /** The latest local time at which it may start. */
  latestStart?: string | null;
}

/** When somebody works. */
export interface WorkingSchedule {
  weeklyHours: WeeklyHours;
  overrides: Override[];
}

/** The rules a request is held against. `hours` knows only those who take appointments now. */
export interface BookingRules {
  timeZone: string;
  stepMinutes: number;
  noticeMinutes: number;
  windowDays: number;
  maxSessions: number;
  services: ReadonlyMap<string, BookableService>;
  hours: ReadonlyMap<string, WorkingSchedule>;
  /** Also when nobody works: the practice itself may, and has been warned. */
  isAnyHour?: boolean;
  now: number;
}

/** One date somebody wants; therapist `any` leaves the choice to the practice. */
interface RequestedDate {
  startsAt: number;
  therapistId: string;
  serviceId: string;
  position?: number | undefined;
}

/** A series somebody wants. `standing` is the plan its dates were taken from; without it the first date is the plan. */
export interface RequestedSeries {
  cadence: Cadence;
  minutes: number;
  appointments: RequestedDate[];
  standing?: { firstOn: string; time: string; therapistId: string } | undefined;
  skipped?: { position: number; on: string }[] | undefined;
}

/** What is wrong with a request, and where. */
export interface BookingRequestIssue {
  path: (string | number)[];
  message: string;
}

/** One date with all that could serve it. */
export interface PlannedDate extends ResourceNeed {
  position: number;
  startsAt: number;
  endsAt: number;
  /** Where the plan has this occurrence; elsewhere means it was moved by hand. */
  nominalStartsAt: number;
  serviceId: string;
  priceCents: number;
  /** By therapist, for those with a price of their own. */
  ownPrices: ReadonlyMap<string, number>;
}

/** A request that keeps every rule; only what is already taken can still refuse it. */
export interface PlannedBooking {
  firstOn: string;
  time: string;
  sessions: number;
  dates: PlannedDate[];
  skipped: { position: number; on: string; startsAt: number }[];
}

/**
 * The rules as one massage has them: its own notice, window and latest start where it has any.
 *
 * @example
 * getRulesForService({ noticeMinutes: 1440 }, { noticeMinutes: 120, windowDays: 60 }) //=> { noticeMinutes: 1440, windowDays: 60, latestStart: null }
 */
export function getRulesForService<Rules extends { noticeMinutes: number; windowDays: number }>(
  service: Pick<BookableService, 'noticeMinutes' | 'windowDays' | 'latestStart'>,
  rules: Rules,
): Rules & { latestStart: string | null } {
  return {
    ...rules,
    noticeMinutes: service.noticeMinutes ?? rules.noticeMinutes,
    windowDays: service.windowDays ?? rules.windowDays,
    latestStart: service.latestStart ?? null,
  };
}

/**
 * The rules as the practice itself is held to them: no notice, and nothing that a massage asks of clients.
 *
 * @example
 * removeClientLimits({ ...rules, noticeMinutes: 120 }).noticeMinutes //=> 0
 */
export function removeClientLimits(rules: BookingRules): BookingRules {
  const free = { isByPhone: false, noticeMinutes: null, windowDays: null, latestStart: null };
  const services = new Map([...rules.services].map(([id, service]) => [id, { ...service, ...free }]));
  return { ...removeLeadTimes(rules), services };
}

/**
 * What a massage costs with one therapist: their own price, or else its usual one.
 *
 * @example
 * getPriceWithTherapist({ priceCents: 6800, ownPrices: new Map([['mira', 7200]]) }, 'mira') //=> 7200
 */
export function getPriceWithTherapist(
  { priceCents, ownPrices }: Pick<PlannedDate, 'priceCents' | 'ownPrices'>,
  therapistId: string,
): number {
  return ownPrices.get(therapistId) ?? priceCents;
}

/**
 * The prices of a massage in one length, by therapist, for those who have their own.
 *
 * @example
 * getPricesByTherapist({ ownPrices: [{ therapistId: 'mira', minutes: 60, priceCents: 7200 }] }, 60).get('mira') //=> 7200
 */
export function getPricesByTherapist(
  service: Pick<BookableService, 'ownPrices'>,
  minutes: number,
): Map<string, number> {
  const ofLength = (service.ownPrices ?? []).filter((own) => own.minutes === minutes);
  return new Map(ofLength.map(({ therapistId, priceCents }) => [therapistId, priceCents]));
}

/**
 * What a massage in one of its lengths costs with one therapist. Throws a RangeError if it has no such length.
 *
 * @example
 * getPriceOfLength({ lengths: [{ minutes: 60, priceCents: 6800 }], ownPrices: [] }, 60, 'mira') //=> 6800
 */
export function getPriceOfLength(
  service: Pick<BookableService, 'lengths' | 'ownPrices'>,
  minutes: number,
  therapistId: string,
): number {
  const length = service.lengths.find((offered) => offered.minutes === minutes);
  if (!length) throw new RangeError(`minutes: ${minutes} is not offered`);
  return getPriceWithTherapist(
    { priceCents: length.priceCents, ownPrices: getPricesByTherapist(service, minutes) },
    therapistId,
  );
}

/**
 * Explains why a start cannot be booked with any of `therapistIds`, or lists those who work then. Busy time is ignored,
 * and so is who offers which massage. Starts in the past, within the notice or beyond the window are refused first.
 *
 * @example
 * checkStartAndTherapists(32_400_000, 60, ['mira'], rules) //=> { ok: true, therapistIds: ['mira'] }
 */
export function checkStartAndTherapists(
  startsAt: number,
  minutes: number,
  therapistIds: string[],
  rules: Omit<BookingRules, 'services' | 'maxSessions'> & { latestStart?: string | null },
): { ok: true; therapistIds: string[] } | { ok: false; message: string } {
  if (startsAt <= rules.now) return { ok: false, message: 'This time is past.' };
  const inWindow = checkBookingWindow({ ...rules, start: startsAt });
  if (inWindow === 'too_soon') return { ok: false, message: 'This time is too soon to be booked.' };
  if (inWindow === 'too_far') return { ok: false, message: 'This time is too far ahead to be booked.' };
  const { timeZone, stepMinutes, hours, latestStart } = rules;
  if (latestStart && toWallTime(timeZone, startsAt).time > latestStart)
    return { ok: false, message: 'This massage does not start so late in the day.' };
  const grid = { timeZone, stepMinutes, durationMinutes: minutes, bufferBefore: 0, bufferAfter: 0 };
  const working = therapistIds.filter(
    (id) =>
      startsAt % CLAIM_GRAIN_MS === 0 &&
      hours.has(id) &&
      (rules.isAnyHour || isStartOnGrid({ ...grid, ...hours.get(id)! }, startsAt)),
  );
  return working.length > 0
    ? { ok: true, therapistIds: working }
    : { ok: false, message: 'This is not one of the times that can be booked.' };
}

/**
 * Checks a request against the rules, and works out what could serve each of its dates. Every fault is listed, each
 * with its path in the request. Dates must ascend and may not overlap; positions are given for all dates or for none,
 * and together with those skipped they count 1, 2, 3 and so on.
 *
 * @example
 * planBooking({ cadence: 'once', minutes: 60, appointments: [] }, rules) //=> { ok: false, issues: [{ path: ['appointments'], message: 'Choose at least one date.' }] }
 */
export function planBooking(
  request: RequestedSeries,
  rules: BookingRules,
): { ok: true; plan: PlannedBooking } | { ok: false; issues: BookingRequestIssue[] } {
  const { appointments, skipped = [] } = request;
  const issues = countIssues(request, rules.maxSessions);
  const positions = positionsOf(appointments, skipped);
  if (!positions) issues.push({ path: ['appointments'], message: 'Number the dates 1, 2, 3 and so on.' });
  if (issues.length > 0) return { ok: false, issues };

  const plan = standingOf(request, rules.timeZone);
  const nominalOf = (position: number) =>
    toInstant(rules.timeZone, addDays(plan.firstOn, daysBetweenSessions(request.cadence) * (position - 1)), plan.time);
  const dates: PlannedDate[] = [];
  for (const [at, date] of appointments.entries()) {
    const found = planDate(date, appointments[at - 1], request.minutes, rules);
    if (found.ok) {
      const position = positions![at]!;
      // Of one date alone, the second of two hours that are called the same is no exception either.
      const isPlan =
        request.cadence === 'once' ||
        isOnPlan(plan, daysBetweenSessions(request.cadence), date.startsAt, rules.timeZone);
      const followsPlan = !request.standing && isPlan;
      dates.push({ ...found.date, position, nominalStartsAt: followsPlan ? date.startsAt : nominalOf(position) });
    } else {
      issues.push({ path: ['appointments', at, found.field], message: found.message });
    }
  }
  if (issues.length > 0) return { ok: false, issues };
  return {
    ok: true,
    plan: {
      ...plan,
      sessions: appointments.length + skipped.length,
      dates,
      skipped: skipped.map(({ position, on }) => ({
        position,
        on,
        startsAt: toInstant(rules.timeZone, on, plan.time),
      })),
    },
  };
}

function countIssues({ cadence, appointments, skipped = [] }: RequestedSeries, most: number): BookingRequestIssue[] {
  const path = ['appointments'];
  if (appointments.length === 0) return [{ path, message: 'Choose at least one date.' }];
  const sessions = appointments.length + skipped.length;
  if (cadence === 'once' && sessions > 1) return [{ path, message: 'Once means one date.' }];
  return sessions > most ? [{ path, message: `Choose at most ${most} dates.` }] : [];
}

function positionsOf(appointments: RequestedDate[], skipped: { position: number }[]): number[] | null {
  const unused = new Set(Array.from({ length: appointments.length + skipped.length }, (_, k) => k + 1));
  if (!skipped.every(({ position }) => unused.delete(position))) return null;
  const inOrder = [...unused];
  const positions = appointments.map(({ position }) => position);
  if (positions.every((position) => position === undefined)) return inOrder;
  return positions.every((position, at) => position === inOrder[at]) ? inOrder : null;
}

function standingOf({ standing, appointments }: RequestedSeries, timeZone: string): { firstOn: string; time: string } {
  if (standing) return { firstOn: standing.firstOn, time: standing.time };
  const { on, time } = toWallTime(timeZone, appointments[0]!.startsAt);
  return { firstOn: on, time };
}

/** A caller who sends only dates may leave weeks out: such a date is on the plan, and no exception to it. */
function isOnPlan(plan: { firstOn: string; time: string }, step: number, startsAt: number, timeZone: string): boolean {
  const { on } = toWallTime(timeZone, startsAt);
  return daysBetween(plan.firstOn, on) % step === 0 && toInstant(timeZone, on, plan.time) === startsAt;
}

type DateFound =
  | { ok: true; date: Omit<PlannedDate, 'position' | 'nominalStartsAt'> }
  | { ok: false; field: keyof RequestedDate; message: string };

function planDate(
  date: RequestedDate,
  before: RequestedDate | undefined,
  minutes: number,
  rules: BookingRules,
): DateFound {
  const { startsAt, therapistId, serviceId } = date;
  if (before && startsAt < before.startsAt + minutes * MINUTE) {
    return { ok: false, field: 'startsAt', message: 'Give the dates in order, each once and none over another.' };
  }
  const service = rules.services.get(serviceId);
  const length = service?.lengths.find((offered) => offered.minutes === minutes);
  if (!service) return { ok: false, field: 'serviceId', message: 'This massage is not offered.' };
  if (service.isByPhone) {
    return { ok: false, field: 'serviceId', message: 'This massage is booked by phone. Please call us.' };
  }
  if (!length) return { ok: false, field: 'serviceId', message: 'This massage is not offered in this length.' };
  const offering = service.therapists.filter((id) => therapistId === 'any' || id === therapistId);
  if (offering.length === 0) {
    return { ok: false, field: 'therapistId', message: 'This therapist does not offer this massage.' };
  }
  const working = checkStartAndTherapists(startsAt, minutes, offering, getRulesForService(service, rules));
  if (!working.ok) return { ok: false, field: 'startsAt', message: working.message };
  const { therapistIds } = working;
  const padded = computePaddedInterval(startsAt, { ...service, minutes });
  return {
    ok: true,
    date: {
      startsAt,
      endsAt: startsAt + minutes * MINUTE,
      padded,
      serviceId,
      priceCents: length.priceCents,
      ownPrices: getPricesByTherapist(service, minutes),
      therapistIds,
      roomIds: service.rooms,
    },
  };
}
