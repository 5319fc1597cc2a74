import type { Practice } from '@/db/practice/practice';
import { canMove, canMoveAgain } from '@/scheduling/policy';

/** Whether a booked date may still be given for a sooner one: while its client may move it. */
export function maySwap(
  { status, startAt, moves }: { status: string; startAt: number; moves: number },
  practice: Practice,
  now: number,
): boolean {
  const isInTime = canMove({ start: startAt, now, cutoffMinutes: practice.moveCutoffMinutes });
  return status === 'booked' && startAt > now && isInTime && canMoveAgain(moves, practice);
}
