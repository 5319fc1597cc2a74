// What changes when one appointment of a series is cancelled or moved, and its scope is "this", "this and the
// following" or "all"? The answer is a plan; nothing is written here, and nothing looked up.
//
// Three rules hold for every edit. What has begun is not touched, but the practice may cancel a massage under way. An appointment moved by hand is an exception, and a
// later move of the series leaves it where the hand put it. A skipped date stays skipped. Either's place moves with the plan.

import { canClientCancel, isBeforeMoveCutoff } from './booking-policy';
import { addDays, daysBetween } from './day';
import { checkInstant, checkOneOf, checkWholeNumber } from './input-checks';
import {
  computeNominalDate,
  listOverlappingPositions,
  type NominalDate,
  type Occurrence,
  type PlannedClaim,
  planClaim,
  type SeriesChangePlan,
  type SeriesRefusal,
  type SeriesRule,
  toNominalDate,
  type UnchangedReason,
} from './plan-series-extension';
import { toWallTime } from './zone-conversion';

const MINUTE = 60_000;

/** Which of a series an edit is about: one; it and those after it; all that are upcoming. */
export type EditScope = 'this' | 'following' | 'all';

/** What an edit does, beginning with the appointment that was chosen. */
type SeriesChange =
  | { kind: 'cancel'; by: 'client' | 'practice' }
  /** `start` is where the chosen one goes; with a wider scope the others follow it to that weekday and wall time. */
  | { kind: 'move'; start: number; therapistId?: string };

/** An edit of a series, as one of its appointments; `cutoffMinutes` is 0 for the practice itself. */
export interface SeriesEdit {
  rule: SeriesRule;
  occurrences: Occurrence[];
  skips: NominalDate[];
  /** The appointment that was chosen. */
  uid: string;
  scope: EditScope;
  change: SeriesChange;
  now: number;
  cutoffMinutes: number;
}

/**
 * Whether an appointment was moved by hand: its time or therapist differs from the plan.
 *
 * @example
 * isMovedFromPlan({ start: 0, nominalStart: 0, therapistId: 'tom', nominalTherapistId: 'mira' }) //=> true
 */
export function isMovedFromPlan(
  occurrence: Pick<Occurrence, 'start' | 'nominalStart' | 'therapistId' | 'nominalTherapistId'>,
): boolean {
  const { start, nominalStart, therapistId, nominalTherapistId } = occurrence;
  return start !== nominalStart || (nominalTherapistId !== null && therapistId !== nominalTherapistId);
}

/**
 * Plans an edit of a series.
 *
 * Cancelling takes exceptions along: they are dates of the series still. The practice may cancel the chosen one until it
 * ends, and whoever cancels with a wider scope may choose one that is over: the others are cancelled. Moving with scope `following` or
 * `all` does not, save for the chosen appointment itself, which the edit is about; the plan's weekday and time change by
 * as much as the chosen one's, and the others keep their distance in local days. Moving `this` makes an exception and
 * leaves the rule alone; moving it back to its place ends the exception. What lies within the cutoff, has been moved as
 * often as allowed, or would be moved into the past, is kept, and the plan says why; only for the chosen one is that a
 * refusal.
 * Throws a RangeError that names the malformed field.
 *
 * @example
 * planSeriesEdit({
 *   rule: { timeZone: 'Europe/Dublin', cadence: 'weekly', time: '18:00', therapistId: 'mira' }, occurrences: [], skips: [],
 *   uid: 'none', scope: 'all', change: { kind: 'cancel', by: 'client' }, now: 0, cutoffMinutes: 0,
 * }) //=> { ok: false, reason: 'not_found' }
 */
export function planSeriesEdit(edit: SeriesEdit): SeriesChangePlan | SeriesRefusal {
  const { change, now } = edit;
  checkInstant('now', now);
  checkWholeNumber('cutoffMinutes', edit.cutoffMinutes, 0);
  checkOneOf('scope', edit.scope, ['this', 'following', 'all']);
  checkOneOf('change.kind', change.kind, ['cancel', 'move']);
  if (change.kind === 'cancel') checkOneOf('change.by', change.by, ['client', 'practice']);
  const chosen = edit.occurrences.find(({ uid }) => uid === edit.uid);
  if (!chosen) return { ok: false, reason: 'not_found' };
  if (change.kind === 'move') {
    const because = findReasonNotToMove(chosen, edit);
    return because ? { ok: false, reason: because } : planMove(edit, chosen, change);
  }
  const because = findReasonNotToCancel(edit, chosen, { isChosen: true });
  const areOthersMeant = edit.scope !== 'this' && because === 'over';
  return because && !areOthersMeant ? { ok: false, reason: because } : planCancel(edit, chosen);
}

/** Why an occurrence may not be cancelled; null when it may. */
function findReasonNotToCancel(
  { change, now, cutoffMinutes }: SeriesEdit,
  { start, status, bookedAt, visit }: Occurrence,
  { isChosen }: { isChosen: boolean },
): 'over' | 'past' | 'cutoff' | null {
  if (status !== 'booked') return 'over';
  if (change.kind === 'cancel' && change.by === 'practice') {
    const end = start + visit.durationMinutes * MINUTE;
    return now < (isChosen ? end : start) ? null : 'past';
  }
  if (start <= now) return 'past';
  return canClientCancel({ start, now, cutoffMinutes, ...(bookedAt !== undefined && { bookedAt }) }) ? null : 'cutoff';
}

/**
 * Whether a date of a series is among those that an edit is about, by its position and that of the chosen one. Whether it
 * may be changed is another question: it may be over, or too near.
 *
 * @example
 * isInEditScope('following', { position: 2 }, { position: 1 }) //=> false
 */
export function isInEditScope(scope: EditScope, chosen: { position: number }, date: { position: number }): boolean {
  if (scope === 'this') return date.position === chosen.position;
  return scope === 'all' || date.position >= chosen.position;
}

/** A date of a series, as far as it decides whether the date moves along with others. */
export type MoveCandidate = Pick<
  Occurrence,
  'position' | 'start' | 'nominalStart' | 'therapistId' | 'nominalTherapistId' | 'status' | 'hasMovesLeft'
>;

/** Why an upcoming date stays where it is while others of its series move, wherever they go. */
export type StayReason = 'cutoff' | 'exception' | 'no_moves_left';

/** Why a date may not be moved, alone or with others; null when it may. */
function findReasonNotToMove(
  { start, status, hasMovesLeft = true }: MoveCandidate,
  { now, cutoffMinutes }: { now: number; cutoffMinutes: number },
): Exclude<StayReason, 'exception'> | 'over' | 'past' | null {
  if (status !== 'booked') return 'over';
  if (start <= now) return 'past';
  if (!isBeforeMoveCutoff({ start, now, cutoffMinutes })) return 'cutoff';
  return hasMovesLeft ? null : 'no_moves_left';
}

/** Why a date does not move along with another of its series; null when it does. */
function findReasonToStay(date: MoveCandidate, limits: { now: number; cutoffMinutes: number }) {
  const because = findReasonNotToMove(date, limits);
  return (because === null || because === 'no_moves_left') && isMovedFromPlan(date) ? 'exception' : because;
}

/**
 * Which dates a move of this scope takes along, and why each other upcoming date of the scope stays. That depends on
 * neither the new time nor what is free. Where the chosen date may not be moved, nothing moves.
 *
 * @example
 * listDatesToMove(
 *   'all', { position: 1, start: 9, nominalStart: 9, therapistId: 'mira', nominalTherapistId: 'mira', status: 'booked' },
 *   [{ position: 2, start: 19, nominalStart: 18, therapistId: 'mira', nominalTherapistId: 'mira', status: 'booked' }],
 *   { now: 0, cutoffMinutes: 0 },
 * ).staying[0]?.because //=> 'exception'
 */
export function listDatesToMove<PlanDate extends MoveCandidate>(
  scope: EditScope,
  chosen: PlanDate,
  dates: PlanDate[],
  limits: { now: number; cutoffMinutes: number },
): { moving: PlanDate[]; staying: { date: PlanDate; because: StayReason }[] } {
  const moving: PlanDate[] = [];
  const staying: { date: PlanDate; because: StayReason }[] = [];
  if (findReasonNotToMove(chosen, limits)) return { moving, staying };
  for (const date of dates) {
    if (!isInEditScope(scope, chosen, date)) continue;
    const because = date.position === chosen.position ? null : findReasonToStay(date, limits);
    if (because === null) moving.push(date);
    else if (because !== 'over' && because !== 'past') staying.push({ date, because });
  }
  return { moving, staying };
}

function planCancel(edit: SeriesEdit, chosen: Occurrence): SeriesChangePlan {
  const unchanged: SeriesChangePlan['unchanged'] = [];
  const cancel: Occurrence[] = [];
  for (const occurrence of edit.occurrences) {
    const isChosen = occurrence === chosen;
    const because = isInEditScope(edit.scope, chosen, occurrence)
      ? findReasonNotToCancel(edit, occurrence, { isChosen })
      : 'not_meant';
    if (because) unchanged.push({ occurrence, because });
    else cancel.push(occurrence);
  }
  return {
    ok: true,
    rule: edit.rule,
    unchanged,
    cancel,
    claim: [],
    places: [],
    skips: edit.skips.map(toNominalDate),
    notify: { positions: cancel.map(({ position }) => position), therapistIds: therapistsOf(cancel) },
  };
}

function planMove(
  edit: SeriesEdit,
  chosen: Occurrence,
  change: { start: number; therapistId?: string },
): SeriesChangePlan | SeriesRefusal {
  checkInstant('change.start', change.start);
  if (change.start <= edit.now) return { ok: false, reason: 'past' };
  const isWide = edit.scope !== 'this';
  const to = toWallTime(edit.rule.timeZone, change.start);
  const days = daysBetween(chosen.nominalOn, to.on);
  const rule = isWide
    ? { ...edit.rule, time: to.time, therapistId: change.therapistId ?? edit.rule.therapistId }
    : edit.rule;

  const decide = (occurrence: Occurrence): PlannedClaim | UnchangedReason => {
    if (!isInEditScope(edit.scope, chosen, occurrence)) return 'not_meant';
    const isChosen = occurrence === chosen;
    const because = isChosen ? null : findReasonToStay(occurrence, edit);
    if (because) return because;
    const { isShifted, ...place } = isWide
      ? computeNominalDate(rule, occurrence.position, addDays(occurrence.nominalOn, days))
      : { ...toNominalDate(occurrence), isShifted: false };
    const start = isChosen ? change.start : place.nominalStart;
    const therapistId = change.therapistId ?? occurrence.therapistId;
    const nominalTherapistId = isWide && change.therapistId ? change.therapistId : occurrence.nominalTherapistId;
    if (start <= edit.now) return 'past';
    const isSame = start === occurrence.start && therapistId === occurrence.therapistId;
    const isSamePlan =
      place.nominalStart === occurrence.nominalStart &&
      (occurrence.nominalTherapistId ?? nominalTherapistId) === nominalTherapistId;
    if (isSame && isSamePlan) return 'unchanged';
    return planClaim(place, { start, therapistId, nominalTherapistId, visit: occurrence.visit, isShifted }, occurrence);
  };

  const unchanged: SeriesChangePlan['unchanged'] = [];
  const claim: PlannedClaim[] = [];
  for (const occurrence of edit.occurrences) {
    const decided = decide(occurrence);
    if (typeof decided === 'string') unchanged.push({ occurrence, because: decided });
    else claim.push(decided);
  }
  const unchangedDates = unchanged.map(({ occurrence }) => occurrence).filter(({ status }) => status === 'booked');
  const meeting = listOverlappingPositions(claim, unchangedDates);
  if (meeting.length > 0) return { ok: false, reason: 'meets_itself', positions: meeting };

  const follow = (place: NominalDate): NominalDate =>
    isWide && isInEditScope(edit.scope, chosen, place) && place.nominalStart > edit.now
      ? toNominalDate(computeNominalDate(rule, place.position, addDays(place.nominalOn, days)))
      : toNominalDate(place);
  const isLeftBehind = ({ occurrence, because }: SeriesChangePlan['unchanged'][number]) =>
    because === 'exception' || (because === 'over' && occurrence.status === 'cancelled');
  const places = unchanged.filter(isLeftBehind).map(({ occurrence }) => {
    const { uid, nominalTherapistId } = occurrence;
    return { ...follow(occurrence), uid, nominalTherapistId: change.therapistId ?? nominalTherapistId };
  });
  const replaced = claim.map(({ replaces }) => replaces!);
  return {
    ok: true,
    rule,
    unchanged,
    cancel: [],
    claim,
    places,
    skips: edit.skips.map(follow),
    notify: { positions: claim.map(({ position }) => position), therapistIds: therapistsOf([...replaced, ...claim]) },
  };
}

function therapistsOf(entry: { therapistId: string | null }[]): string[] {
  const ids = entry.map(({ therapistId }) => therapistId).filter((id) => id !== null);
  return [...new Set(ids)].sort();
}
