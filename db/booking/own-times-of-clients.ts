import { and, eq, gt, inArray } from 'drizzle-orm';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { appointments } from '@/db/schema';
import { type Interval, intervalsOverlap } from '@/scheduling/interval-arithmetic';

// The upcoming appointments of clients, while other times are sought for some of them.

interface OwnTime extends Interval {
  id: string;
  clientId: string;
  seriesId: string;
  /** The start that is booked; `start` and `end` are of the place that is proposed. */
  bookedAt: number;
}

/** The upcoming appointments of these dates' clients, each at the place proposed so far. */
export interface OwnTimesOfClients {
  /**
   * Whether a date may go to this start: its client has nothing else then, and the dates of its plan keep their order,
   * each on a day of its own. At its own hour only the first counts.
   */
  allows(row: AppointmentRow, start: number): boolean;
  propose(row: AppointmentRow, start: number): void;
}

/** `dayOf`: the local day of an instant. */
export async function readOwnTimesOfClients(
  db: Db,
  rows: AppointmentRow[],
  now: number,
  dayOf: (instant: number) => string,
): Promise<OwnTimesOfClients> {
  const clientIds = [...new Set(rows.map(({ clientId }) => clientId))];
  const { id, clientId, seriesId, startAt, endAt } = appointments;
  const found = await db
    .select({ id, clientId, seriesId, bookedAt: startAt, start: startAt, end: endAt })
    .from(appointments)
    .where(and(inArray(clientId, clientIds), eq(appointments.status, 'booked'), gt(endAt, now)));
  const times = new Map<string, OwnTime>(found.map((time) => [time.id, time]));
  const othersOf = (row: AppointmentRow) =>
    [...times.values()].filter((other) => other.clientId === row.clientId && other.id !== row.id);
  return {
    allows(row, start) {
      const place = { start, end: start + row.endAt - row.startAt };
      return othersOf(row).every(
        (other) =>
          !intervalsOverlap(other, place) &&
          (other.seriesId !== row.seriesId || start === row.startAt || keepsOrder(other, row.startAt, start, dayOf)),
      );
    },
    propose(row, start) {
      const own = times.get(row.id);
      if (own) times.set(row.id, { ...own, start, end: start + row.endAt - row.startAt });
    },
  };
}

function keepsOrder(other: OwnTime, bookedAt: number, start: number, dayOf: (instant: number) => string): boolean {
  return other.bookedAt < bookedAt ? dayOf(other.start) < dayOf(start) : dayOf(start) < dayOf(other.start);
}
