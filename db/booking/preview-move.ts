import type { Viewer } from '@/db/access/viewer';
import { reader } from '@/db/connection/database-client';
import type { Clock } from '@/db/results';
import type { ClashReason } from '@/scheduling/availability';
import { checkMoveRequest, decideMove, type MoveManner, type MoveRefusal, type MoveRequest } from './decide-move';

/** Every date that would move, its new time, and what prevents it. */
type MovePreviewResult =
  | {
      ok: true;
      moves: { uid: string; position: number; startsAt: number; therapistId: string; clash: ClashReason | null }[];
    }
  | MoveRefusal;

/** Decides a move as `moveAppointments` does, without carrying it out. It only reads, so nobody waits for it. */
export async function previewMove(
  viewer: Viewer,
  request: MoveRequest,
  { now, ...manner }: Clock & MoveManner,
): Promise<MovePreviewResult> {
  const checked = await checkMoveRequest(viewer, request);
  if (!checked.ok) return checked;
  const decision = await decideMove(await reader(), viewer, checked.request, now, { ...manner, isTrial: true });
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
