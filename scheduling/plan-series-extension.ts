// Which dates does a series take when it is extended? The answer is a plan: what to keep, what to release,
// what to claim, whom it concerns. Nothing is written here, and nothing looked up: whether the claims can be had is for
// the database to say, in one transaction with giving back the old. `plan-series-edit.ts` plans changes.

import { type Cadence, daysBetweenSessions } from './cadence';
import { addDays } from './day';
import { checkInstant, checkWholeNumber } from './input-checks';
import { intervalsOverlap } from './interval-arithmetic';
import type { OccurrenceNeeds } from './standing-times';
import { toInstant, toWallTime } from './zone-conversion';

/** The rule of a series: its next dates are at this wall time. `therapistId` is null when any will do. */
export interface SeriesRule {
  timeZone: string;
  cadence: Cadence;
  time: string;
  therapistId: string | null;
}

/** A date of a series as the plan has it. `nominalStart` is the instant of that wall time. */
export interface NominalDate {
  /** From 1, in the order of the plan. */
  position: number;
  nominalOn: string;
  nominalStart: number;
}

/** A place that an appointment fills, or filled. `start` may differ from the plan's; lengths are whole minutes. */
export interface Occurrence extends NominalDate {
  uid: string;
  start: number;
  therapistId: string;
  /** With whom the plan has it; null when any will do. Not `rule.therapistId`, which an edit of later dates changes. */
  nominalTherapistId: string | null;
  visit: OccurrenceNeeds;
  status: 'booked' | 'cancelled' | 'completed' | 'no_show';
  /** When it was booked, for the minutes in which a booking made late may be undone. */
  bookedAt?: number;
  /** False where it was moved as often as allowed. */
  hasMovesLeft?: boolean;
  /** iCalendar SEQUENCE. */
  sequence: number;
}

/** Time to claim for one place: the massage, and with its padding. `replaces` is what it releases, null when new. */
export interface PlannedClaim extends NominalDate {
  start: number;
  end: number;
  paddedStart: number;
  paddedEnd: number;
  therapistId: string | null;
  nominalTherapistId: string | null;
  visit: OccurrenceNeeds;
  sequence: number;
  /** The plan's wall time is skipped by a clock change that day, and `start` is shifted forward: say so. */
  isShifted: boolean;
  replaces: Occurrence | null;
}

/** Why an edit leaves an occurrence as it is. */
export type UnchangedReason = 'not_meant' | 'over' | 'past' | 'cutoff' | 'exception' | 'no_moves_left' | 'unchanged';

/** A place that an occurrence was moved from, or cancelled in, and that goes where the plan goes. */
export interface VacatedPosition extends NominalDate {
  uid: string;
  nominalTherapistId: string | null;
}

/** A plan: do all of it in one transaction, or nothing. */
export interface SeriesChangePlan {
  ok: true;
  /** The rule afterwards. */
  rule: SeriesRule;
  unchanged: { occurrence: Occurrence; because: UnchangedReason }[];
  cancel: Occurrence[];
  claim: PlannedClaim[];
  /** The new places of exceptions and of cancelled dates, which are kept themselves: later edits count from there. */
  places: VacatedPosition[];
  /** Every skipped place afterwards, to remember and to offer when it frees up. */
  skips: NominalDate[];
  /** Positions whose change must be told, and the therapists, besides the client, whom it concerns. */
  notify: { positions: number[]; therapistIds: string[] };
}

/** Why there is no plan; `meets_itself` names the positions that would fall on another date of the series. */
export type SeriesRefusal =
  | { ok: false; reason: 'not_found' | 'past' | 'cutoff' | 'over' | 'once' | 'no_moves_left' }
  | { ok: false; reason: 'meets_itself'; positions: number[] };

const MINUTE = 60_000;

/**
 * Works out the time one place takes. The claim's `sequence` is one more than that of what it replaces.
 *
 * @example
 * planClaim(
 *   { position: 1, nominalOn: '1970-01-01', nominalStart: 0 },
 *   {
 *     start: 0, therapistId: 'mira', nominalTherapistId: 'mira', isShifted: false,
 *     visit: { durationMinutes: 60, bufferBefore: 0, bufferAfter: 15 },
 *   },
 *   null,
 * ).paddedEnd //=> 4_500_000
 */
export function planClaim(
  place: NominalDate,
  at: Pick<PlannedClaim, 'start' | 'therapistId' | 'nominalTherapistId' | 'visit' | 'isShifted'>,
  replaces: Occurrence | null,
): PlannedClaim {
  const { durationMinutes, bufferBefore, bufferAfter } = at.visit;
  checkWholeNumber('visit.durationMinutes', durationMinutes, 1);
  checkWholeNumber('visit.bufferBefore', bufferBefore, 0);
  checkWholeNumber('visit.bufferAfter', bufferAfter, 0);
  const end = at.start + durationMinutes * MINUTE;
  return {
    position: place.position,
    nominalOn: place.nominalOn,
    nominalStart: place.nominalStart,
    ...at,
    end,
    paddedStart: at.start - bufferBefore * MINUTE,
    paddedEnd: end + bufferAfter * MINUTE,
    sequence: replaces ? replaces.sequence + 1 : 0,
    replaces,
  };
}

/**
 * Finds where a rule puts a place on a local day; `isShifted` when a clock change skips that wall time.
 *
 * @example
 * computeNominalDate({ timeZone: 'Europe/Dublin', cadence: 'weekly', time: '01:30', therapistId: null }, 1, '2027-03-28').isShifted //=> true
 */
export function computeNominalDate(
  rule: SeriesRule,
  position: number,
  nominalOn: string,
): NominalDate & { isShifted: boolean } {
  const nominalStart = toInstant(rule.timeZone, nominalOn, rule.time);
  const shown = toWallTime(rule.timeZone, nominalStart);
  return { position, nominalOn, nominalStart, isShifted: shown.on !== nominalOn || shown.time !== rule.time };
}

/** Claims one place where the rule has it. */
function claimPlace(rule: SeriesRule, position: number, nominalOn: string, visit: OccurrenceNeeds): PlannedClaim {
  const { isShifted, ...place } = computeNominalDate(rule, position, nominalOn);
  const { therapistId } = rule;
  const at = { start: place.nominalStart, therapistId, nominalTherapistId: therapistId, visit, isShifted };
  return planClaim(place, at, null);
}

function newPlan(rule: SeriesRule, claim: PlannedClaim[], skips: NominalDate[]): SeriesChangePlan {
  const therapistIds = rule.therapistId === null ? [] : [rule.therapistId];
  return {
    ok: true,
    rule,
    unchanged: [],
    cancel: [],
    claim,
    places: [],
    skips,
    notify: { positions: claim.map((c) => c.position), therapistIds },
  };
}

/**
 * Lists the positions of `claims` that, padding aside, meet one another or a date in `standing`: nobody has two
 * massages at once, whoever gives them.
 *
 * @example
 * listOverlappingPositions([], []) //=> []
 */
export function listOverlappingPositions(claims: PlannedClaim[], standing: Occurrence[]): number[] {
  const occupied = standing.map(({ start, visit }) => ({ start, end: start + visit.durationMinutes * MINUTE }));
  return claims
    .filter(
      (claim) =>
        occupied.some((other) => intervalsOverlap(claim, other)) ||
        claims.some((other) => other !== claim && intervalsOverlap(claim, other)),
    )
    .map(({ position }) => position);
}

/**
 * Keeps of a place only where the plan has it.
 *
 * @example
 * toNominalDate({ position: 1, nominalOn: '1970-01-01', nominalStart: 0 }).position //=> 1
 */
export function toNominalDate({ position, nominalOn, nominalStart }: NominalDate): NominalDate {
  return { position, nominalOn, nominalStart };
}

/**
 * Plans more dates after the last of a series, in its rhythm; dates that are over by `now` are passed by, so that a
 * finished series goes on from its next upcoming date, and so does one whose later dates were all cancelled. Where
 * several dates at its end were cancelled, the plan was ended early: more dates follow the last that stands. A single
 * one was only that date, which is not offered again. A series of `once` has no rhythm and is refused.
 *
 * @example
 * planSeriesExtension({
 *   rule: { timeZone: 'Europe/Dublin', cadence: 'once', time: '18:00', therapistId: 'mira' },
 *   occurrences: [], skips: [], visits: [], now: 0,
 * }) //=> { ok: false, reason: 'once' }
 */
export function planSeriesExtension(query: {
  rule: SeriesRule;
  occurrences: Occurrence[];
  skips: NominalDate[];
  visits: OccurrenceNeeds[];
  now: number;
}): SeriesChangePlan | SeriesRefusal {
  const { rule, occurrences, skips, visits, now } = query;
  checkInstant('now', now);
  const step = daysBetweenSessions(rule.cadence);
  if (step === 0) return { ok: false, reason: 'once' };
  const places: NominalDate[] = [...occurrences, ...skips];
  const last = lastByPosition(places);
  if (!last) return { ok: false, reason: 'not_found' };
  const standing = lastByPosition([...occurrences.filter(({ status }) => status !== 'cancelled'), ...skips]);
  const endedEarly = standing && places.filter(({ position }) => position > standing.position).length > 1;
  const isPast = (on: string) => toInstant(rule.timeZone, on, rule.time) <= now;
  let on = addDays((endedEarly ? standing : last).nominalOn, step);
  while (isPast(on)) on = addDays(on, step);
  // Where nothing is upcoming any more, dates that were all cancelled are no reason to wait until they are over.
  const hasUpcoming = occurrences.some(({ status, start }) => status === 'booked' && start > now);
  if (!hasUpcoming) while (!isPast(addDays(on, -step))) on = addDays(on, -step);
  const claim = visits.map((visit, k) => claimPlace(rule, last.position + 1 + k, addDays(on, k * step), visit));
  const meeting = listOverlappingPositions(
    claim,
    occurrences.filter(({ status }) => status === 'booked'),
  );
  if (meeting.length > 0) return { ok: false, reason: 'meets_itself', positions: meeting };
  const plan = newPlan(rule, claim, skips.map(toNominalDate));
  plan.unchanged = occurrences.map((occurrence) => ({ occurrence, because: 'not_meant' }));
  return plan;
}

function lastByPosition(places: NominalDate[]): NominalDate | null {
  return places.reduce<NominalDate | null>(
    (most, place) => (most && most.position > place.position ? most : place),
    null,
  );
}
