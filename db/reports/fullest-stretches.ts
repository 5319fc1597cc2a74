import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { DEEP_PRESSURE } from '@/db/practice/services';
import { appointments, services } from '@/db/schema';
import { addDays, mondayOf } from '@/scheduling/day';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { getDayInterval, toWallTime } from '@/scheduling/zone-conversion';
import { type DayPeriod, startsInPeriodCondition } from './report-conditions';
import { type ReportRow, selectDateRows } from './report-rows';

// The day or week with the most minutes of massage, compared with a therapist's cap. Counted as caps are when somebody
// books: whole weeks from Monday, also where the period begins or ends within one, and no massage that did not happen.

/** Each cap, by the name of the list behind it. */
export const CAPS = {
  fullest_day: { column: 'capDayMinutes', isByWeek: false, isDeep: false },
  fullest_week: { column: 'capWeekMinutes', isByWeek: true, isDeep: false },
  fullest_deep_day: { column: 'capDeepDayMinutes', isByWeek: false, isDeep: true },
  fullest_deep_week: { column: 'capDeepWeekMinutes', isByWeek: true, isDeep: true },
} as const;

export type CapListName = keyof typeof CAPS;
export const CAP_LISTS = Object.keys(CAPS) as CapListName[];

export function isCapList(list: string): list is CapListName {
  return Object.hasOwn(CAPS, list);
}

/** Each massage that a cap counts, with its minutes: of the days of the period, or of all weeks that touch it. */
export async function listCappedMinutes(
  db: Db,
  period: DayPeriod,
  timeZone: string,
  list: CapListName,
): Promise<ReportRow[]> {
  const { isByWeek, isDeep } = CAPS[list];
  const rows = await selectDateRows(db)
    .where(
      and(
        startsInPeriodCondition(isByWeek ? weeksTouching(timeZone, period) : daysOf(timeZone, period)),
        inArray(appointments.status, ['booked', 'completed']),
        isDeep ? eq(services.pressure, DEEP_PRESSURE) : undefined,
      ),
    )
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  return rows.map((row) => ({ ...row, amount: row.minutes }));
}

/** The rows of the day or week with the most minutes; the first of several equal ones. No rows if there are none. */
export function keepFullestStretch<Row extends { at: number; amount: number }>(
  timeZone: string,
  rows: Row[],
  list: CapListName,
): { minutes: number; rows: Row[] } {
  const stretches = new Map<string, { minutes: number; rows: Row[] }>();
  for (const row of rows) {
    const { on } = toWallTime(timeZone, row.at);
    const first = CAPS[list].isByWeek ? mondayOf(on) : on;
    const stretch = stretches.get(first) ?? { minutes: 0, rows: [] };
    stretch.minutes += row.amount;
    stretch.rows.push(row);
    stretches.set(first, stretch);
  }
  let fullest: { minutes: number; rows: Row[] } = { minutes: 0, rows: [] };
  for (const stretch of stretches.values()) if (stretch.minutes > fullest.minutes) fullest = stretch;
  return fullest;
}

function weeksTouching(timeZone: string, { from, to }: DayPeriod): Interval {
  return daysOf(timeZone, { from: mondayOf(from), to: addDays(mondayOf(addDays(to, -1)), 7) });
}

function daysOf(timeZone: string, { from, to }: DayPeriod): Interval {
  return { start: getDayInterval(timeZone, from).start, end: getDayInterval(timeZone, to).start };
}
