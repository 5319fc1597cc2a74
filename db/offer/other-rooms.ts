import { and, eq } from 'drizzle-orm';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import { recordCalendarDepartures } from '@/db/booking/record-calendar-departures';
import { incrementedVersions } from '@/db/booking/row-versions';
import { gatherBusyResources } from '@/db/claims/busy-resources';
import { claimCells, releaseCells, roomResourceName, toAppointmentClaims } from '@/db/claims/claims';
import type { Db } from '@/db/connection/connection';
import { listServicesOfBookedDates } from '@/db/practice/services';
import { appointments } from '@/db/schema';
import { intervalsOverlap } from '@/scheduling/interval-arithmetic';

// Dates that lose their room and keep everything else: hour, therapist, price. Clients are never told the room, so they
// need no message.

/**
 * The first room for each date that suits it, stays in use for it and is free then. No room is given to two dates at
 * the same time.
 */
export async function findOtherRooms(
  tx: Db,
  rows: AppointmentRow[],
  isWithdrawn: (serviceId: string, roomId: string) => boolean,
  now: number,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  if (rows.length === 0) return found;
  const offers = await listServicesOfBookedDates(tx);
  const dates = rows.map((row) => {
    const suiting = offers.find(({ id }) => id === row.serviceId)?.rooms ?? [];
    const roomIds = suiting.filter((id) => id !== row.roomId && !isWithdrawn(row.serviceId, id));
    return { row, roomIds, therapistIds: [], padded: { start: row.paddedStartAt, end: row.paddedEndAt } };
  });
  const { rooms } = await gatherBusyResources(tx, dates, now);
  const assigned: { roomId: string; start: number; end: number }[] = [];
  for (const { row, roomIds, padded } of dates) {
    const roomId = roomIds.find((id) => {
      const busyTimes = [...(rooms.get(id) ?? []), ...assigned.filter((other) => other.roomId === id)];
      return !busyTimes.some((other) => intervalsOverlap(other, padded));
    });
    if (roomId === undefined) continue;
    found.set(row.id, roomId);
    assigned.push({ roomId, ...padded });
  }
  return found;
}

/** Moves each date to the room that was found for it. False when a date has changed or its room was taken meanwhile. */
export async function moveToOtherRooms(
  tx: Db,
  rows: AppointmentRow[],
  found: Map<string, string>,
  now: number,
): Promise<boolean> {
  const moves = rows.map((before) => ({ before, after: { ...before, roomId: found.get(before.id)! } }));
  const roomOf = (row: AppointmentRow) =>
    toAppointmentClaims(row).filter(({ resourceId }) => resourceId === roomResourceName(row.roomId));
  await releaseCells(
    tx,
    moves.flatMap(({ before }) => roomOf(before)),
    now,
  );
  const conflicts = await claimCells(
    tx,
    moves.flatMap(({ after }) => roomOf(after)),
    now,
  );
  if (conflicts.length > 0) return false;
  for (const { id, version, roomId } of moves.map(({ after }) => after)) {
    const moved = await tx
      .update(appointments)
      .set({ roomId, ...incrementedVersions })
      .where(and(eq(appointments.id, id), eq(appointments.version, version), eq(appointments.status, 'booked')))
      .returning({ id: appointments.id });
    if (moved.length === 0) return false;
  }
  await recordCalendarDepartures(tx, moves, now);
  return true;
}
