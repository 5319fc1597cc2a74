import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { isStaff, type Viewer } from '@/db/access/viewer';
import { findEditableAppointment } from '@/db/appointments/editable-appointment';
import { type Conflict, findConflictAlternatives } from '@/db/availability/find-conflict-alternatives';
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
import { getPractice, listHolidays, type Practice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { appointments, series } from '@/db/schema';
import type { ClashReason } from '@/scheduling/availability';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { ListAllowedTherapists } from './allowed-therapists';
import { applyMoveRepairs, MAX_MOVE_REPAIRS, type MoveRepair, moveRepairSchema } from './apply-move-repairs';
import { gatherBookingRules, relaxRulesForStaff } from './booking-rules';
import { cancelRowsSilently, notifyAndRecordCancelled } from './cancel-appointments';
import { claimNewTimes, type DateClash, matchMovesToRules, type NewTime } from './claim-new-times';
import { endCutoffExemptions } from './free-moves';
import { type DateMove, type MoveTarget, planMove } from './plan-move';
import { exceedsUnconfirmedWeeklyCap, findCappedSender, lockForCapCount } from './unconfirmed-caps';
import { beginUndoableMove, recordUndoableMove } from './undo-move';
import { writeSeriesAfterMove } from './write-move';

export type MoveResult =
  /** `undo`: by what it can be undone, when that was asked for. */
  | { ok: true; seriesId: string; undo?: string }
  | Invalid
  | Conflict
  /** `held_back`: a date would be with somebody whom its client may not choose. */
  | Refusal<'not_found' | 'cutoff' | 'moves_used' | 'conflict' | 'unconfirmed' | 'held_back'>;

export interface MoveRequest extends MoveTarget {
  uid: string;
  /** The version that was looked at; when it has changed since, nothing is moved. */
  version?: number | undefined;
  /** As `version`, of the whole series: for a scope that reaches further than what is named. */
  seriesVersion?: number | undefined;
  /** What is done with dates that would clash; with it the chosen one may be among them. */
  repairs?: MoveRepair[] | undefined;
}

const moveTarget = z.object({
  startsAt: instantMsSchema,
  therapistId: identifierSchema.optional(),
  minutes: massageMinutesSchema.optional(),
  scope: appointmentScopeSchema,
  repairs: z.array(moveRepairSchema).max(MAX_MOVE_REPAIRS).optional(),
});

/** How a move is made. */
interface MoveManner {
  /** Nothing is written. */
  isTrial?: boolean;
  /** Staff were told that nobody works then, and move it all the same. */
  isAnyHour?: boolean;
  /** Also staff are kept to the caps of the therapists. */
  respectsCaps?: boolean;
  /** It can be undone for a while, and its e-mails wait. */
  isUndoable?: boolean;
  /** The only therapists to whom dates may go; null: to any. */
  listAllowed?: ListAllowedTherapists;
  /** How it is told, when it is part of something that does more. */
  notify?: NotificationOptions | undefined;
}

/** The dates that cannot move, and the intervals that alternatives must avoid. */
type MoveConflict = {
  ok: false;
  reason: 'refused' | 'raced';
  clashes: DateClash[];
  /** Every date that was to be moved, and where those would be that could be. */
  moving: string[];
  ownIntervals: Interval[];
};
/** What a move would do: every date that moves, where to, and its conflict if it has one. */
interface MovePreview {
  ok: true;
  moves: { uid: string; position: number; startsAt: number; therapistId: string; clash: ClashReason | null }[];
}

export type MovePreviewResult =
  | MovePreview
  | Invalid
  | Refusal<'not_found' | 'cutoff' | 'moves_used' | 'conflict' | 'unconfirmed' | 'held_back' | 'billed'>;

type Outcome = Exclude<MoveResult, Conflict> | MoveConflict | MovePreview;

const MOST_ATTEMPTS = 40;

/**
 * Releases the time of one appointment and claims another, in one step; with a wider scope the others of its series
 * follow to that weekday and hour, all of them or none. Padding stays as it was, and so does the price unless another
 * length is asked for, which is staff's to do. A date moved by hand before, and one past its cutoff, stays where it is; one
 * that would clash can be repaired: it goes elsewhere, stays, or is given up.
 */
export async function moveAppointments(
  viewer: Viewer,
  request: MoveRequest,
  { now, ...manner }: Clock & Omit<MoveManner, 'isTrial' | 'notify'>,
): Promise<MoveResult> {
  const parsed = moveTarget.safeParse(request);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  if (request.minutes !== undefined && !isStaff(viewer)) return { ok: false, reason: 'not_found' };
  // Seen before the transaction is waited for: of two changes asked for at once, the second finds another version.
  const seen = await findEditableAppointment(await reader(), viewer, request.uid);
  if (!seen) return { ok: false, reason: 'not_found' };
  const expected = { ...request, version: request.version ?? seen.version };
  for (let tries = 1; ; tries++) {
    const outcome = await transact<Outcome>((tx, undo) => move(tx, undo, viewer, expected, now, manner));
    if ('moves' in outcome) throw new Error('A move was only tried.');
    if (!('clashes' in outcome)) return outcome;
    if (outcome.reason === 'refused' || tries === MOST_ATTEMPTS) return nameClashes(outcome, manner.listAllowed, now);
  }
}

/** Plans a move without writing it, to show every date before anything is confirmed. */
export async function previewMove(
  viewer: Viewer,
  request: MoveRequest,
  { now, ...manner }: Clock & Pick<MoveManner, 'isAnyHour' | 'respectsCaps'>,
): Promise<MovePreviewResult> {
  const parsed = moveTarget.safeParse(request);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  const seen = await findEditableAppointment(await reader(), viewer, request.uid);
  if (!seen) return { ok: false, reason: 'not_found' };
  const outcome = await transact<Outcome>((tx, undo) =>
    move(tx, undo, viewer, { ...request, version: seen.version }, now, { ...manner, isTrial: true }),
  );
  if ('clashes' in outcome) throw new Error('A preview lists its own clashes.');
  return 'seriesId' in outcome ? { ok: true, moves: [] } : outcome;
}

/** As `moveAppointments`, inside a transaction that does more; anything but `ok` has to undo it. */
export async function moveInTransaction(
  tx: Db,
  undo: RollBack,
  viewer: Viewer,
  request: MoveRequest & { version: number },
  now: number,
  notify?: NotificationOptions,
): Promise<boolean> {
  return (await move(tx, undo, viewer, request, now, { notify })).ok;
}

async function move(
  tx: Db,
  undo: RollBack,
  viewer: Viewer,
  request: MoveRequest,
  now: number,
  manner: MoveManner = {},
): Promise<Outcome> {
  const { uid, startsAt, version, seriesVersion, scope } = request;
  const { isTrial = false, isAnyHour, respectsCaps, isUndoable = false, listAllowed, notify } = manner;
  await lockOfferForBooking(tx);
  const named = await findEditableAppointment(tx, viewer, uid);
  if (!named) return { ok: false, reason: 'not_found' };
  if (named.version !== version || named.status !== 'booked') return { ok: false, reason: 'conflict' };
  const { seriesId } = named;
  const [seriesVersionRow] = await tx.select({ version: series.version }).from(series).where(eq(series.id, seriesId));
  if (seriesVersion !== undefined && seriesVersion !== seriesVersionRow!.version)
    return { ok: false, reason: 'conflict' };
  const practice = await getPractice(tx);
  const planned = await planMove(tx, viewer, named, request, { practice, now });
  if (!planned.ok) return planned;
  if (planned.moves.length === 0) return { ok: true, seriesId };
  const plan = await applyMoveRepairs(tx, viewer, planned, request.repairs ?? [], { practice, now });
  if (!plan.ok) return plan;
  const allowed = (await listAllowed?.(tx)) ?? null;
  const mayGoTo = ({ therapistId: id }: DateMove) => allowed === null || id === 'any' || allowed.includes(id);
  if (!plan.moves.every(mayGoTo)) return { ok: false, reason: 'held_back' };

  const isForStaff = isStaff(viewer);
  const gathered = (await gatherBookingRules(tx, plan.moves, now)).rules;
  const rules = isForStaff ? relaxRulesForStaff(gathered, isAnyHour) : gathered;
  const matched = matchMovesToRules(plan.moves, rules, request.repairs ? [] : [uid]);
  if (!matched.ok) return matched;
  if (allowed && !keepAllowed(matched.newTimes, allowed)) return { ok: false, reason: 'held_back' };
  const [alone] = matched.newTimes;
  const isLengthUnchanged = plan.moves.every(({ row, minutes }) => minutes === row.minutes);
  const isWhereItIs = startsAt === named.startAt && alone?.therapistIds[0] === named.therapistId;
  if (scope === 'this' && isWhereItIs && isLengthUnchanged) return { ok: true, seriesId };

  const isCapped = !isTrial && (await findCappedSender(tx, viewer, seriesId)) !== null;
  if (isCapped) await lockForCapCount(tx);
  const undoable = isUndoable ? await beginUndoableMove(tx, [seriesId], now) : null;
  if (plan.skipped.length > 0 && !(await cancelRowsSilently(tx, viewer, plan.skipped, now)))
    return undo<Outcome>({ ok: false, reason: 'conflict' });
  const placing = {
    practice,
    rules,
    now,
    isForStaff,
    respectsCaps,
    isTrial,
    raisedBy: undoable?.raisedBy,
  };
  const placed = await claimNewTimes(tx, plan.moves, matched, placing);
  if (!placed.ok && !('clashes' in placed)) return undo<Outcome>(placed);
  if (isTrial) {
    const clashes = placed.ok ? [] : placed.clashes;
    const moves = plan.moves.map((move) => ({
      uid: move.row.id,
      position: move.row.position,
      startsAt: move.startsAt,
      therapistId: move.therapistId,
      clash: clashes.find((clash) => clash.move === move)?.reason ?? null,
    }));
    return undo<MovePreview>({ ok: true, moves });
  }
  if (!placed.ok) return undo<MoveConflict>({ ...placed, moving: plan.moves.map(({ row }) => row.id) });
  const { changes } = placed;
  const sessions = changes.map(({ therapistId, startAt }) => ({ therapistId, startAt }));
  if (isCapped && (await exceedsUnconfirmedWeeklyCap(tx, { practice, sessions, now })))
    return undo<Outcome>({ ok: false, reason: 'unconfirmed' });
  await writeSeriesAfterMove(tx, seriesId, plan, undoable?.raisedBy);
  if (!isForStaff) await endCutoffExemptions(tx, [uid]);
  if (plan.skipped.length > 0)
    await notifyAndRecordCancelled(tx, viewer, practice, plan.skipped, {
      now,
      scope,
      notify: undoable ? { heldUntil: undoable.dueAt } : notify,
    });
  const mails = await notifyOfMoves(tx, practice, seriesId, plan.moves, now, {
    ...(undoable ? { heldUntil: undoable.dueAt } : notify),
    by: viewer,
  });
  const first = changes[0]!;
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
  else await recordUndoableMove(tx, undoable, event, mails);
  return { ok: true, seriesId, ...(undoable && { undo: undoable.id }) };
}

/** Leaves to each date those who are allowed, where anyone was asked for. False where nobody is left for one. */
function keepAllowed(newTimes: NewTime[], allowed: string[]): boolean {
  for (const date of newTimes) date.therapistIds = date.therapistIds.filter((id) => allowed.includes(id));
  return newTimes.every(({ therapistIds }) => therapistIds.length > 0);
}

/** Tells client and therapists of what moved. Returns the ids of the messages. */
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
  { clashes, moving, ownIntervals }: MoveConflict,
  listAllowed: ListAllowedTherapists | undefined,
  now: number,
): Promise<Conflict> {
  const db = await reader();
  const { timeZone } = await getPractice(db);
  const holidays = new Set((await listHolidays()).map(({ on }) => on));
  const others = await db
    .select({ id: appointments.id, start: appointments.paddedStartAt, end: appointments.paddedEndAt })
    .from(appointments)
    .where(and(eq(appointments.seriesId, clashes[0]!.move.row.seriesId), eq(appointments.status, 'booked')));
  const staying = others.filter(({ id }) => !moving.includes(id)).map(({ start, end }) => ({ start, end }));
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
