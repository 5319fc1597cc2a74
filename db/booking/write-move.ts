import { and, eq, sql } from 'drizzle-orm';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { type NotificationOptions, queueSeriesNotifications } from '@/db/messages/series-notifications';
import type { Practice } from '@/db/practice/practice';
import { appointments, series, skips } from '@/db/schema';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { type BookableService, getPriceOfLength } from '@/scheduling/plan-booking';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { DateMove, MovePlan } from './plan-move';

const MINUTE = 60_000;

/** The columns of a moved date. Its price stays as booked, unless its length changes. */
export function buildMovedRow(
  { row, startsAt, minutes, nominalStartsAt, nominalTherapistId }: DateMove,
  padded: Interval,
  choice: { therapistId: string; roomId: string },
  service: Pick<BookableService, 'lengths' | 'ownPrices'>,
  practice: Practice,
) {
  const wall = toWallTime(practice.timeZone, startsAt);
  return {
    id: row.id,
    ...choice,
    startAt: startsAt,
    endAt: startsAt + minutes * MINUTE,
    paddedStartAt: padded.start,
    paddedEndAt: padded.end,
    localStart: `${wall.on}T${wall.time}`,
    timeZone: practice.timeZone,
    nominalStartAt: nominalStartsAt,
    nominalTherapistId: nominalTherapistId === 'any' ? choice.therapistId : nominalTherapistId,
    minutes,
    priceCents: minutes === row.minutes ? row.priceCents : getPriceOfLength(service, minutes, choice.therapistId),
  };
}

/** Updates the series after a move, and the places in the plan of its skipped dates and of those moved by hand. */
export async function writeSeriesAfterMove(
  tx: Db,
  seriesId: string,
  plan: Pick<MovePlan, 'series' | 'places' | 'skips'>,
  raisedBy = 1,
): Promise<void> {
  await tx
    .update(series)
    .set({ ...plan.series, version: sql`${series.version} + ${raisedBy}` })
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

/** Notifies the client and the therapists of the moves. Returns the ids of the messages. */
export async function notifyOfMoves(
  tx: Db,
  practice: Practice,
  seriesId: string,
  moves: DateMove[],
  now: number,
  notify: NotificationOptions = {},
): Promise<string[]> {
  const was = moves.map(({ row }) => ({
    uid: row.id,
    startsAt: row.startAt,
    endsAt: row.endAt,
    therapistId: row.therapistId,
  }));
  return queueSeriesNotifications(tx, practice, { kind: 'moved', seriesId, was }, now, notify);
}

/** The interval with the padding that it was booked with, whatever the service has now. */
export function getPaddedIntervalAt(found: AppointmentRow, startsAt: number, minutes = found.minutes): Interval {
  const shift = startsAt - found.startAt;
  const longer = (minutes - found.minutes) * MINUTE;
  return { start: found.paddedStartAt + shift, end: found.paddedEndAt + shift + longer };
}
