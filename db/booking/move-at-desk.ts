import type { Staff } from '@/db/access/viewer';
import type { Conflict } from '@/db/availability/conflict';
import type { Clock, Invalid, Refusal } from '@/db/results';
import { type MoveRequest, moveAppointments, previewMove } from './move-appointments';

// A move as staff make it: by hand, on any five minutes, and with a warning where a client would be refused.

/** What staff may do once they were told: outside of the hours, or more than the therapist wants to give. */
export type Warning = 'outside_hours' | 'over_cap';

export type DeskMoveResult =
  /** `undo`: by what it is taken back; absent where nothing had to be changed. */
  | { ok: true; undo?: string }
  | { ok: false; reason: 'unusual'; warnings: Warning[] }
  | Invalid
  | Conflict
  | Refusal<'not_found' | 'conflict'>;

export interface DeskMove extends MoveRequest {
  /** They were warned, and mean it. */
  isMeant?: boolean;
}

/**
 * As `moveAppointments`, and it can be taken back for some seconds. What is possible only outside of the hours or over a
 * cap is not done before it is meant.
 */
export async function moveAtDesk(viewer: Staff, request: DeskMove, { now }: Clock): Promise<DeskMoveResult> {
  const { isMeant = false, ...move } = request;
  const manner = { isAnyHour: isMeant, isKeptToCaps: !isMeant, isUndoable: true };
  const done = await moveAppointments(viewer, move, { now, ...manner });
  if (done.ok) return done.undo ? { ok: true, undo: done.undo } : { ok: true };
  if (done.reason === 'taken' || done.reason === 'invalid') {
    const warnings = isMeant ? [] : await warningsOf(viewer, move, now);
    return warnings.length > 0 ? { ok: false, reason: 'unusual', warnings } : done;
  }
  return { ok: false, reason: done.reason === 'not_found' ? 'not_found' : 'conflict' };
}

/** What alone is in the way of a move; nothing when it is not possible at all. */
async function warningsOf(viewer: Staff, move: MoveRequest, now: number): Promise<Warning[]> {
  const isPossible = async (manner: { isAnyHour: boolean; isKeptToCaps: boolean }) => {
    const tried = await previewMove(viewer, move, { now, ...manner });
    return tried.ok && tried.moves.every(({ clash }) => clash === null);
  };
  if (!(await isPossible({ isAnyHour: true, isKeptToCaps: false }))) return [];
  const isInHours = await isPossible({ isAnyHour: false, isKeptToCaps: false });
  const isInCaps = await isPossible({ isAnyHour: true, isKeptToCaps: true });
  return [...(isInHours ? [] : ['outside_hours' as const]), ...(isInCaps ? [] : ['over_cap' as const])];
}
