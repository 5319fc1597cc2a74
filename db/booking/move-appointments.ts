import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { isStaff, type Viewer } from '@/db/access/viewer';
import { type AppointmentRow, findEditableAppointment } from '@/db/appointments/editable-appointment';
import { findConflictAlternatives, type TimesTakenRefusal } from '@/db/availability/find-conflict-alternatives';
import type { Db, RollBack } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import {
  appointmentScopeSchema,
  identifierSchema,
  instantMsSchema,
  massageMinutesSchema,
  toIssues,
} from '@/db/input/field-schemas';
import { type NotificationOptions, queueSeriesNotifications } from '@/db/messages/series-notifications';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { getPractice, listPracticeHolidays, type Practice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { appointments, series } from '@/db/schema';
import type { ClashReason } from '@/scheduling/availability';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { ListAllowedTherapists } from './allowed-therapists';
import { applyMoveRepairs, MAX_MOVE_REPAIRS, type MoveRepair, moveRepairSchema } from './apply-move-repairs';
import { gatherMoveRules, relaxRulesForStaff } from './booking-rules';
import { cancelRowsSilently, finishCancellation } from './cancel-appointments';
import {
  checkMovesAgainstRules,
  chooseNewTimes,
  claimNewTimes,
  type MovedRow,
  type NewTimesClash,
  type NewTimeToClaim,
} from './claim-new-times';
import { endMoveLimitExemptions } from './move-limit-exemptions';
import { type DateMove, type MovePlan, type MoveTarget, planMove } from './plan-move';
import { exceedsTherapistUnconfirmedCap, findSenderSubjectToCaps, lockForCapCount } from './unconfirmed-caps';
import { beginUndoableDeskChange, recordUndoableDeskChange } from './undo-desk-change';
import { writeSeriesAfterMove } from './write-move';

export type MoveResult =
  /** `undo`: the id to undo it by, when that was asked for. */
  | { ok: true; seriesId: string; undo?: string }
  | Invalid
  | TimesTakenRefusal
  /** `held_back`: a date would go to a therapist whom its client may not choose. */
  | Refusal<'not_found' | 'cutoff' | 'moves_used' | 'conflict' | 'unconfirmed' | 'held_back'>;

export interface MoveRequest extends MoveTarget {
  uid: string;
  /** The version that was seen; when it has changed since, nothing is moved. */
  version?: number | undefined;
  /** As `version`, but of the series: for a scope of more than one date. */
  seriesVersion?: number | undefined;
  /** The repairs of dates that would clash. With repairs, the named date may clash too. */
  repairs?: MoveRepair[] | undefined;
}

const moveTarget = z.object({
  startsAt: instantMsSchema,
  therapistId: identifierSchema.optional(),
  minutes: massageMinutesSchema.optional(),
  scope: appointmentScopeSchema,
  repairs: z.array(moveRepairSchema).max(MAX_MOVE_REPAIRS).optional(),
});

/** The rules by which a move is decided. */
interface MoveManner {
  /** Staff were warned that the time is outside working hours, and move the date anyway. */
  isAnyHour?: boolean;
  /** Staff are held to the therapists' caps too. */
  respectsCaps?: boolean;
  /** Lists the only therapists to whom dates may go; null: any. */
  listAllowed?: ListAllowedTherapists;
}

/** How a move is carried out. */
interface MoveExecution {
  /** It can be undone for a while, and its e-mails wait. */
  isUndoable?: boolean;
  /** Options of its messages, when it is part of a larger change. */
  notify?: NotificationOptions | undefined;
}

/** Why a move is not possible, even if all times were free. */
type MoveRefusal = Exclude<MoveResult, { ok: true } | TimesTakenRefusal>;
/** The dates that cannot move, and every date that was to be moved. */
type MoveConflict = NewTimesClash & { moves: DateMove[] };

/** The changes that a move makes (none where `changes` is empty), or why it is not made. */
type MoveDecision =
  | {
      ok: true;
      named: AppointmentRow;
      practice: Practice;
      plan: MovePlan & { skipped: AppointmentRow[] };
      changes: MovedRow[];
    }
  | MoveRefusal
  | MoveConflict;

/** Every date that would move, its new time, and what prevents it. */
export type MovePreviewResult =
  | {
      ok: true;
      moves: { uid: string; position: number; startsAt: number; therapistId: string; clash: ClashReason | null }[];
    }
  | MoveRefusal;

type Outcome = Exclude<MoveResult, TimesTakenRefusal> | MoveConflict;

const MOST_ATTEMPTS = 40;

/**
 * Releases the time of one appointment and claims another, in one step; with a wider scope the others of its series
 * follow to that weekday and hour, all of them or none. Padding stays as it was. So does the price, unless staff set
 * another length. A date that was moved by hand before, or that is past its cutoff, stays where it is. A date that
 * would clash can be repaired: it goes to another time, stays, or is cancelled.
 */
export async function moveAppointments(
  viewer: Viewer,
  request: MoveRequest,
  { now, isUndoable = false, ...manner }: Clock & MoveManner & Omit<MoveExecution, 'notify'>,
): Promise<MoveResult> {
  const seen = await findSeenAppointment(viewer, request);
  if (!seen.ok) return seen;
  for (let tries = 1; ; tries++) {
    const outcome = await transact<Outcome>((tx, undo) =>
      move(tx, undo, viewer, seen.request, now, manner, { isUndoable }),
    );
    if (!('clashes' in outcome)) return outcome;
    if (outcome.reason === 'refused' || tries === MOST_ATTEMPTS) return nameClashes(outcome, manner.listAllowed, now);
  }
}

/** Decides a move as `moveAppointments` does, without carrying it out. It only reads, so nobody waits for it. */
export async function previewMove(
  viewer: Viewer,
  request: MoveRequest,
  { now, ...manner }: Clock & MoveManner,
): Promise<MovePreviewResult> {
  const seen = await findSeenAppointment(viewer, request);
  if (!seen.ok) return seen;
  const decision = await decideMove(await reader(), viewer, seen.request, now, { ...manner, isTrial: true });
  if (!decision.ok && !('clashes' in decision)) return decision;
  const clashes = decision.ok ? [] : decision.clashes;
  const moves = decision.ok ? (decision.changes.length > 0 ? decision.plan.moves : []) : decision.moves;
  return {
    ok: true,
    moves: moves.map((move) => ({
      uid: move.row.id,
      position: move.row.position,
      startsAt: move.startsAt,
      therapistId: move.therapistId,
      clash: clashes.find((clash) => clash.move === move)?.reason ?? null,
    })),
  };
}

/** The request with the version as of now: of two changes requested at once, the second then finds another version. */
async function findSeenAppointment(
  viewer: Viewer,
  request: MoveRequest,
): Promise<{ ok: true; request: MoveRequest } | Invalid | Refusal<'not_found'>> {
  const parsed = moveTarget.safeParse(request);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  if (request.minutes !== undefined && !isStaff(viewer)) return { ok: false, reason: 'not_found' };
  const seen = await findEditableAppointment(await reader(), viewer, request.uid);
  if (!seen) return { ok: false, reason: 'not_found' };
  return { ok: true, request: { ...request, version: request.version ?? seen.version } };
}

/**
 * As `moveAppointments`, inside a transaction that does more. On any result but `ok`, the caller must undo the
 * transaction.
 */
export async function moveInTransaction(
  tx: Db,
  undo: RollBack,
  viewer: Viewer,
  request: MoveRequest & { version: number },
  now: number,
  notify?: NotificationOptions,
): Promise<boolean> {
  return (await move(tx, undo, viewer, request, now, {}, { notify })).ok;
}

/**
 * Decides a move by the rules and by what is free. Writes nothing; unless it is a trial, other transactions wait until
 * it is done.
 */
async function decideMove(
  db: Db,
  viewer: Viewer,
  request: MoveRequest,
  now: number,
  { isAnyHour, respectsCaps, listAllowed, isTrial }: MoveManner & { isTrial: boolean },
): Promise<MoveDecision> {
  const { uid, startsAt, version, seriesVersion, scope } = request;
  await lockOfferForBooking(db);
  const named = await findEditableAppointment(db, viewer, uid);
  if (!named) return { ok: false, reason: 'not_found' };
  if (named.version !== version || named.status !== 'booked') return { ok: false, reason: 'conflict' };
  const { seriesId } = named;
  const [seriesVersionRow] = await db.select({ version: series.version }).from(series).where(eq(series.id, seriesId));
  if (seriesVersion !== undefined && seriesVersion !== seriesVersionRow!.version)
    return { ok: false, reason: 'conflict' };
  const practice = await getPractice(db);
  const planned = await planMove(db, viewer, named, request, { practice, now });
  if (!planned.ok) return planned;
  const unchanged: MoveDecision = { ok: true, named, practice, plan: { ...planned, skipped: [] }, changes: [] };
  if (planned.moves.length === 0) return unchanged;
  const plan = await applyMoveRepairs(db, viewer, planned, request.repairs ?? [], { practice, now });
  if (!plan.ok) return plan;
  const allowed = (await listAllowed?.(db)) ?? null;
  const mayGoTo = ({ therapistId: id }: DateMove) => allowed === null || id === 'any' || allowed.includes(id);
  if (!plan.moves.every(mayGoTo)) return { ok: false, reason: 'held_back' };

  const isForStaff = isStaff(viewer);
  const gathered = await gatherMoveRules(db, plan.moves, now);
  const rules = isForStaff ? relaxRulesForStaff(gathered, isAnyHour) : gathered;
  const matched = checkMovesAgainstRules(plan.moves, rules, request.repairs ? [] : [uid]);
  if (!matched.ok) return matched;
  if (allowed && !keepAllowed(matched.newTimes, allowed)) return { ok: false, reason: 'held_back' };
  const [alone] = matched.newTimes;
  const isLengthUnchanged = plan.moves.every(({ row, minutes }) => minutes === row.minutes);
  const isWhereItIs = startsAt === named.startAt && alone?.therapistIds[0] === named.therapistId;
  if (scope === 'this' && isWhereItIs && isLengthUnchanged) return unchanged;

  const capped = await findSenderSubjectToCaps(db, viewer, seriesId);
  if (capped && !isTrial) await lockForCapCount(db);
  const cancelled = plan.skipped.map(({ id }) => id);
  const choosing = { practice, rules, isForStaff, respectsCaps, isTrial, cancelled };
  const chosen = await chooseNewTimes(db, plan.moves, matched, choosing);
  if (!chosen.ok) return 'clashes' in chosen ? { ...chosen, moves: plan.moves } : chosen;
  const { changes } = chosen;
  const cap = { practice, sessions: changes, now, planned: { email: capped?.email ?? '', changes, cancelled } };
  if (capped && (await exceedsTherapistUnconfirmedCap(db, cap))) return { ok: false, reason: 'unconfirmed' };
  return { ok: true, named, practice, plan, changes };
}

async function move(
  tx: Db,
  undo: RollBack,
  viewer: Viewer,
  request: MoveRequest,
  now: number,
  manner: MoveManner,
  { isUndoable = false, notify }: MoveExecution,
): Promise<Outcome> {
  const { uid, startsAt, scope } = request;
  const decision = await decideMove(tx, viewer, request, now, { ...manner, isTrial: false });
  if (!decision.ok) return decision;
  const { named, practice, plan, changes } = decision;
  const { seriesId } = named;
  if (changes.length === 0) return { ok: true, seriesId };

  const isForStaff = isStaff(viewer);
  const undoable = isUndoable ? await beginUndoableDeskChange(tx, [seriesId], now) : null;
  if (plan.skipped.length > 0 && !(await cancelRowsSilently(tx, viewer, plan.skipped, now)))
    return undo<Outcome>({ ok: false, reason: 'conflict' });
  const claiming = { now, isCounted: !isForStaff, raisedBy: undoable?.raisedBy };
  const claimed = await claimNewTimes(tx, plan.moves, changes, claiming);
  if (!claimed.ok) return undo<Outcome>('clashes' in claimed ? { ...claimed, moves: plan.moves } : claimed);
  await writeSeriesAfterMove(tx, seriesId, plan, undoable?.raisedBy);
  if (!isForStaff) await endMoveLimitExemptions(tx, [uid]);
  const cancelMails =
    plan.skipped.length === 0
      ? []
      : await finishCancellation(tx, viewer, practice, plan.skipped, {
          now,
          scope,
          notify: undoable ? { heldUntil: undoable.dueAt } : notify,
        });
  const mails = await notifyOfMoves(tx, practice, seriesId, plan.moves, now, {
    ...(undoable ? { heldUntil: undoable.dueAt } : notify),
    by: viewer,
  });
  const first = changes[0]!;
  const isLengthUnchanged = plan.moves.every(({ row, minutes }) => minutes === row.minutes);
  const entry = { from: named.startAt, to: startsAt, therapistId: first.therapistId };
  const event = {
    at: now,
    actor: getAuditActor(viewer),
    action: 'moved' as const,
    subject: scope === 'this' ? `appointment:${uid}` : `series:${seriesId}`,
    facts: {
      ...entry,
      ...(isLengthUnchanged ? {} : { minutes: request.minutes }),
      ...(scope === 'this' ? {} : { scope, moved: changes.map(({ id }) => id) }),
    },
  };
  if (!undoable) await recordEvent(tx, event);
  else await recordUndoableDeskChange(tx, undoable, event, [...cancelMails, ...mails]);
  return { ok: true, seriesId, ...(undoable && { undo: undoable.id }) };
}

/** Keeps only the allowed therapists of each date. False where a date has none left. */
function keepAllowed(newTimes: NewTimeToClaim[], allowed: string[]): boolean {
  for (const date of newTimes) date.therapistIds = date.therapistIds.filter((id) => allowed.includes(id));
  return newTimes.every(({ therapistIds }) => therapistIds.length > 0);
}

/** Notifies the client and the therapists of the moves. Returns the ids of the messages. */
export async function notifyOfMoves(
  tx: Db,
  practice: Practice,
  seriesId: string,
  moves: DateMove[],
  now: number,
  notify: NotificationOptions = {},
): Promise<string[]> {
  const was = moves.map(({ row }) => ({
    uid: row.id,
    startsAt: row.startAt,
    endsAt: row.endAt,
    therapistId: row.therapistId,
  }));
  return queueSeriesNotifications(tx, practice, { kind: 'moved', seriesId, was }, now, notify);
}

async function nameClashes(
  { clashes, moves, ownIntervals }: MoveConflict,
  listAllowed: ListAllowedTherapists | undefined,
  now: number,
): Promise<TimesTakenRefusal> {
  const db = await reader();
  const { timeZone } = await getPractice(db);
  const holidays = new Set((await listPracticeHolidays()).map(({ on }) => on));
  const others = await db
    .select({ id: appointments.id, start: appointments.paddedStartAt, end: appointments.paddedEndAt })
    .from(appointments)
    .where(and(eq(appointments.seriesId, clashes[0]!.move.row.seriesId), eq(appointments.status, 'booked')));
  const staying = others
    .filter(({ id }) => !moves.some(({ row }) => row.id === id))
    .map(({ start, end }) => ({ start, end }));
  const named = clashes.map(({ move: { row, startsAt, therapistId, minutes }, reason }) => ({
    position: row.position,
    startsAt,
    therapistId,
    serviceId: row.serviceId,
    reason: reason === 'closed' && holidays.has(toWallTime(timeZone, startsAt).on) ? ('holiday' as const) : reason,
    minutes,
  }));
  const among = (await listAllowed?.(db)) ?? null;
  return findConflictAlternatives(named, { ownIntervals: [...staying, ...ownIntervals], among }, now);
}
