import { and, eq, sql } from 'drizzle-orm';
import type { AppointmentRow } from '@/db/appointments/own-appointment';
import type { Db } from '@/db/connection/connection';
import type { Practice } from '@/db/practice/practice';
import { appointments, series, skips } from '@/db/schema';
import type { Interval } from '@/scheduling/interval';
import { toWall } from '@/scheduling/zone';
import type { DateMove, MovePlan } from './plan-move';

/** The columns of a date that has been moved. */
export function movedRow(
  { row, startsAt, nominalStartsAt, nominalTherapistId }: DateMove,
  padded: Interval,
  choice: { therapistId: string; roomId: string },
  practice: Practice,
) {
  const wall = toWall(practice.timeZone, startsAt);
  return {
    id: row.id,
    ...choice,
    startAt: startsAt,
    endAt: startsAt + (row.endAt - row.startAt),
    paddedStartAt: padded.start,
    paddedEndAt: padded.end,
    localStart: `${wall.on}T${wall.time}`,
    timeZone: practice.timeZone,
    nominalStartAt: nominalStartsAt,
    nominalTherapistId: nominalTherapistId === 'any' ? choice.therapistId : nominalTherapistId,
  };
}

/** The series as it is from now on, and where its skipped dates and those moved by hand would have been. */
export async function writePlan(tx: Db, seriesId: string, plan: MovePlan): Promise<void> {
  await tx
    .update(series)
    .set({ ...plan.series, version: sql`${series.version} + 1` })
    .where(eq(series.id, seriesId));
  for (const { uid, nominalStart, nominalTherapistId } of plan.places) {
    await tx
      .update(appointments)
      .set({
        nominalStartAt: nominalStart,
        nominalTherapistId: nominalTherapistId === 'any' ? null : nominalTherapistId,
      })
      .where(eq(appointments.id, uid));
  }
  for (const { position, nominalOn, nominalStart } of plan.skips) {
    await tx
      .update(skips)
      .set({ nominalOn, nominalStartAt: nominalStart })
      .where(and(eq(skips.seriesId, seriesId), eq(skips.position, position)));
  }
}

/** The padding it was booked with, whatever the service says now. */
export function paddedAt(found: AppointmentRow, startsAt: number): Interval {
  const shift = startsAt - found.startAt;
  return { start: found.paddedStartAt + shift, end: found.paddedEndAt + shift };
}
