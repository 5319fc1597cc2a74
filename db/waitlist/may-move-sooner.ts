import type { Practice } from '@/db/practice/practice';
import { canMoveOnline } from '@/scheduling/booking-policy';

/** Whether a booked date may still be replaced by a sooner one: while its client may move it. */
export function mayMoveSooner(
  { status, startAt, moves }: { status: string; startAt: number; moves: number },
  practice: Practice,
  now: number,
): boolean {
  return status === 'booked' && canMoveOnline({ start: startAt, moves }, practice, now);
}
