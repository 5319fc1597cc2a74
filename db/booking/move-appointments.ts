import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { isStaff, type Viewer } from '@/db/access/viewer';
import type { TimesTakenRefusal } from '@/db/availability/find-conflict-alternatives';
import type { Db, RollBack } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import type { NotificationOptions } from '@/db/messages/series-notifications';
import type { Clock } from '@/db/results';
import { cancelRowsSilently, finishCancellation } from './cancel-appointments';
import { claimNewTimes } from './claim-new-times';
import {
  checkMoveRequest,
  decideMove,
  type MoveConflict,
  type MoveManner,
  type MoveRefusal,
  type MoveRequest,
} from './decide-move';
import { findMoveConflictAlternatives } from './find-move-conflict-alternatives';
import { endMoveLimitExemptions } from './move-limit-exemptions';
import { beginUndoableDeskChange, recordUndoableDeskChange } from './undo-desk-change';
import { notifyOfMoves, writeSeriesAfterMove } from './write-move';

/** `undo`: the id to undo it by, when that was asked for. */
type Moved = { ok: true; seriesId: string; undo?: string };
export type MoveResult = Moved | MoveRefusal | TimesTakenRefusal;
type Outcome = Moved | MoveRefusal | MoveConflict;

/** How a move is carried out. */
interface MoveExecution {
  /** It can be undone for a while, and its e-mails wait. */
  isUndoable?: boolean;
  /** Options of its messages, when it is part of a larger change. */
  notify?: NotificationOptions | undefined;
}

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
  const checked = await checkMoveRequest(viewer, request);
  if (!checked.ok) return checked;
  for (let tries = 1; ; tries++) {
    const outcome = await transact<Outcome>((tx, undo) =>
      move(tx, undo, viewer, checked.request, now, manner, { isUndoable }),
    );
    if (!('clashes' in outcome)) return outcome;
    if (outcome.reason === 'refused' || tries === MOST_ATTEMPTS)
      return findMoveConflictAlternatives(outcome, manner.listAllowed, now);
  }
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
