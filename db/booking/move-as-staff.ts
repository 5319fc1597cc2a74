import { and, eq, ne } from 'drizzle-orm';
import type { Staff } from '@/db/access/viewer';
import { findEditableAppointment } from '@/db/appointments/editable-appointment';
import type { TimesTakenRefusal } from '@/db/availability/find-conflict-alternatives';
import { reader } from '@/db/connection/database-client';
import type { Clock, Invalid, Refusal } from '@/db/results';
import { appointments } from '@/db/schema';
import type { ListSuitedTherapists } from './allowed-therapists';
import type { MoveRequest } from './decide-move';
import { moveAppointments } from './move-appointments';
import { previewMove } from './preview-move';

// Moves by staff: by hand, to any five-minute cell, and with a warning where a client would be refused.

/**
 * What staff may do after a warning: move outside working hours, over the therapist's caps, or to a therapist of whom
 * somebody has to be asked first. The last gives no reason: the front desk may not know it.
 */
export type MoveWarning = 'outside_hours' | 'over_cap' | 'ask_first';

export type StaffMoveResult =
  /** `undo`: the id to undo it by; absent where nothing had to be changed. */
  | { ok: true; undo?: string }
  | { ok: false; reason: 'unusual'; warnings: MoveWarning[] }
  | Invalid
  | TimesTakenRefusal
  | Refusal<'not_found' | 'conflict'>;

export interface StaffMoveRequest extends MoveRequest {
  /** Staff were warned, and confirm. */
  isAcknowledged?: boolean;
}

/**
 * As `moveAppointments`, but it can be undone for some seconds. A move outside working hours, over a cap, or to a
 * therapist who may not suit the client is only made once staff have acknowledged the warning.
 */
export async function moveAsStaff(
  viewer: Staff,
  request: StaffMoveRequest,
  { now, listSuited }: Clock & { listSuited?: ListSuitedTherapists },
): Promise<StaffMoveResult> {
  const { isAcknowledged = false, ...move } = request;
  if (!isAcknowledged && listSuited && (await asksFirst(viewer, move, listSuited))) {
    const warnings = await warningsOf(viewer, move, now);
    if (warnings) return { ok: false, reason: 'unusual', warnings: [...warnings, 'ask_first'] };
  }
  const manner = { isAnyHour: isAcknowledged, respectsCaps: !isAcknowledged, isUndoable: true };
  const result = await moveAppointments(viewer, move, { now, ...manner });
  if (result.ok) return result.undo ? { ok: true, undo: result.undo } : { ok: true };
  if (result.reason === 'taken' || result.reason === 'invalid') {
    const warnings = isAcknowledged ? null : await warningsOf(viewer, move, now);
    return warnings && warnings.length > 0 ? { ok: false, reason: 'unusual', warnings } : result;
  }
  return { ok: false, reason: result.reason === 'not_found' ? 'not_found' : 'conflict' };
}

/** Whether a date would go to another therapist, who may not suit its client. */
async function asksFirst(viewer: Staff, { uid, therapistId, scope }: MoveRequest, listSuited: ListSuitedTherapists) {
  const db = await reader();
  const named = await findEditableAppointment(db, viewer, uid);
  if (!named || therapistId === undefined) return false;
  const suited = await listSuited(db, [named.clientId]);
  if (suited === null || suited.includes(therapistId)) return false;
  const isMoved = scope === 'this' ? eq(appointments.id, uid) : eq(appointments.seriesId, named.seriesId);
  const [other] = await db
    .select({ id: appointments.id })
    .from(appointments)
    .where(and(isMoved, eq(appointments.status, 'booked'), ne(appointments.therapistId, therapistId)))
    .limit(1);
  return other !== undefined;
}

/** The warnings that alone stand in the way of a move; null when it is not possible at all. */
async function warningsOf(viewer: Staff, move: MoveRequest, now: number): Promise<MoveWarning[] | null> {
  const isPossible = async (manner: { isAnyHour: boolean; respectsCaps: boolean }) => {
    const preview = await previewMove(viewer, move, { now, ...manner });
    return preview.ok && preview.moves.every(({ clash }) => clash === null);
  };
  if (!(await isPossible({ isAnyHour: true, respectsCaps: false }))) return null;
  const isInHours = await isPossible({ isAnyHour: false, respectsCaps: false });
  const isInCaps = await isPossible({ isAnyHour: true, respectsCaps: true });
  return [...(isInHours ? [] : ['outside_hours' as const]), ...(isInCaps ? [] : ['over_cap' as const])];
}
