import { sql } from 'drizzle-orm';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import { roomResourceName, therapistResourceName } from '@/db/claims/claims';
import type { Db } from '@/db/connection/connection';
import { calendarDepartures } from '@/db/schema';

type Place = Pick<AppointmentRow, 'therapistId' | 'roomId'>;
type FormerPlace = Place & Pick<AppointmentRow, 'id' | 'startAt' | 'endAt' | 'sequence'>;

/** Records which therapists' and rooms' calendars these dates leave: `before` as they were, `after` where they go. */
export async function recordCalendarDepartures(
  tx: Db,
  moves: { before: FormerPlace; after: Place }[],
  now: number,
): Promise<void> {
  const rows = moves.flatMap(({ before, after }) => {
    const { id, startAt, endAt, sequence, therapistId, roomId } = before;
    const departures = [
      ...(therapistId === after.therapistId ? [] : [therapistResourceName(therapistId)]),
      ...(roomId === after.roomId ? [] : [roomResourceName(roomId)]),
    ];
    return departures.map((resourceId) => {
      return { appointmentId: id, resourceId, startAt, endAt, sequence: sequence + 1, leftAt: now };
    });
  });
  if (rows.length === 0) return;
  await tx
    .insert(calendarDepartures)
    .values(rows)
    .onConflictDoUpdate({
      target: [calendarDepartures.appointmentId, calendarDepartures.resourceId],
      set: {
        startAt: sql`excluded.start_at`,
        endAt: sql`excluded.end_at`,
        sequence: sql`excluded.sequence`,
        leftAt: sql`excluded.left_at`,
      },
    });
}
