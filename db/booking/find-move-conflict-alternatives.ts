import { and, eq } from 'drizzle-orm';
import { findConflictAlternatives, type TimesTakenRefusal } from '@/db/availability/find-conflict-alternatives';
import { reader } from '@/db/connection/database-client';
import { getPractice, listPracticeHolidays } from '@/db/practice/practice';
import { appointments } from '@/db/schema';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { ListAllowedTherapists } from './allowed-therapists';
import type { MoveConflict } from './decide-move';

/** Finds other times for each date that cannot move to its new time. */
export async function findMoveConflictAlternatives(
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
