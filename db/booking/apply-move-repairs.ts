import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Viewer } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { identifierSchema, instantMsSchema } from '@/db/input/field-schemas';
import type { Practice } from '@/db/practice/practice';
import { type Invalid, invalid, type Refusal } from '@/db/results';
import { appointments } from '@/db/schema';
import { type Interval, intervalsOverlap } from '@/scheduling/interval-arithmetic';
import { toWallTime } from '@/scheduling/zone-conversion';
import { mayCancel } from './may-cancel';
import type { MovePlan } from './plan-move';

// Repairs a move of several dates in which some would clash: each of those moves to another time, stays, or is
// cancelled.

export const MAX_MOVE_REPAIRS = 120;

export const moveRepairSchema = z.discriminatedUnion('choice', [
  z.object({ position: z.int().min(1), choice: z.literal('stay') }),
  z.object({ position: z.int().min(1), choice: z.literal('skip') }),
  z.object({
    position: z.int().min(1),
    choice: z.literal('move'),
    startsAt: instantMsSchema,
    therapistId: identifierSchema,
  }),
]);
export type MoveRepair = z.infer<typeof moveRepairSchema>;

const MINUTE = 60_000;

/**
 * The plan with its repairs applied. A repair of a date that is not part of the move is a conflict: the plan has
 * changed.
 */
export async function applyMoveRepairs(
  tx: Db,
  viewer: Viewer,
  plan: MovePlan,
  repairs: MoveRepair[],
  { practice, now }: { practice: Practice; now: number },
): Promise<(MovePlan & { skipped: AppointmentRow[] }) | Invalid | Refusal<'conflict' | 'cutoff'>> {
  if (repairs.length === 0) return { ...plan, skipped: [] };
  const repairOf = new Map(repairs.map((repair) => [repair.position, repair]));
  const isPlanned = (position: number) => plan.moves.some(({ row }) => row.position === position);
  if (![...repairOf.keys()].every(isPlanned)) return { ok: false, reason: 'conflict' };

  const choiceOf = (row: AppointmentRow) => repairOf.get(row.position)?.choice ?? 'go';
  const skipped = plan.moves.filter(({ row }) => choiceOf(row) === 'skip').map(({ row }) => row);
  const moves = plan.moves.flatMap((move) => {
    const repair = repairOf.get(move.row.position);
    if (!repair) return [move];
    return repair.choice === 'move' ? [{ ...move, startsAt: repair.startsAt, therapistId: repair.therapistId }] : [];
  });
  if (moves.length === 0) return invalid([{ path: ['repairs'], message: 'None of the dates would move.' }]);
  if (!skipped.every(mayCancel(viewer, practice, now))) return { ok: false, reason: 'cutoff' };

  const changedIds = new Set([...moves.map(({ row }) => row.id), ...skipped.map(({ id }) => id)]);
  const booked = await tx
    .select({ id: appointments.id, start: appointments.startAt, end: appointments.endAt })
    .from(appointments)
    .where(and(eq(appointments.seriesId, plan.moves[0]!.row.seriesId), eq(appointments.status, 'booked')));
  const times: Interval[] = [
    ...booked.filter(({ id }) => !changedIds.has(id)),
    ...moves.map(({ startsAt, minutes }) => ({ start: startsAt, end: startsAt + minutes * MINUTE })),
  ].sort((a, b) => a.start - b.start);
  if (times.some((time, at) => at > 0 && intervalsOverlap(times[at - 1]!, time)))
    return invalid([{ path: ['repairs'], message: 'Two dates of this series would fall on one another.' }]);

  // The plan goes on without these dates; their places in it are recorded.
  const leftPlaces = plan.moves
    .filter(({ row }) => ['stay', 'skip'].includes(choiceOf(row)))
    .map(({ row, nominalStartsAt: nominalStart, nominalTherapistId }) => {
      const { id: uid, position } = row;
      return {
        uid,
        position,
        nominalOn: toWallTime(practice.timeZone, nominalStart).on,
        nominalStart,
        nominalTherapistId,
      };
    });
  return { ...plan, moves, places: [...plan.places, ...leftPlaces], skipped };
}
