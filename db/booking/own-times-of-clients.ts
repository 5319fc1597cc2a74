import { and, eq, gt, inArray } from 'drizzle-orm';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { appointments } from '@/db/schema';
import { type Interval, intervalsOverlap } from '@/scheduling/interval-arithmetic';

// The upcoming appointments of clients, while other times are sought for some of them.

interface OwnTime extends Interval {
  id: string;
  seriesId: string;
  /** The start that is booked; `start` and `end` are of the place that is proposed. */
  bookedAt: number;
}

/** The upcoming appointments of these dates' clients, each at the place proposed so far. */
export interface OwnTimesOfClients {
  /**
   * Which starts are possible for a date: its client has nothing else then, and the dates of its plan keep their order,
   * each on a day of its own. At its own hour only the first counts.
   */
  startsFor(row: AppointmentRow): (start: number) => boolean;
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
  const timesOf = new Map<string, OwnTime[]>(clientIds.map((id) => [id, []]));
  for (const { clientId, ...time } of found) timesOf.get(clientId)?.push(time);
  return {
    startsFor(row) {
      const others = (timesOf.get(row.clientId) ?? []).filter((other) => other.id !== row.id);
      const ofPlan = others.filter((other) => other.seriesId === row.seriesId);
      const daysWhere = (isMeant: (other: OwnTime) => boolean) =>
        ofPlan
          .filter(isMeant)
          .map(({ start }) => dayOf(start))
          .sort();
      const lastDayBefore = daysWhere(({ bookedAt }) => bookedAt < row.startAt).at(-1) ?? '';
      const firstDayAfter = daysWhere(({ bookedAt }) => bookedAt >= row.startAt)[0];
      return (start) => {
        const place = { start, end: start + row.endAt - row.startAt };
        if (others.some((other) => intervalsOverlap(other, place))) return false;
        if (start === row.startAt) return true;
        const day = dayOf(start);
        return lastDayBefore < day && (firstDayAfter === undefined || day < firstDayAfter);
      };
    },
    propose(row, start) {
      const own = timesOf.get(row.clientId)?.find((time) => time.id === row.id);
      if (own) Object.assign(own, { start, end: start + row.endAt - row.startAt });
    },
  };
}
