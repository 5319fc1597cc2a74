import { mondayOf } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';

/**
 * The week, from Monday, with the most minutes of massage; the first of several equal ones. Has no rows if there are
 * none.
 */
export function findFullestWeek<Row extends { at: number; minutes: number }>(
  timeZone: string,
  rows: Row[],
): { minutes: number; rows: Row[] } {
  const weeks = new Map<string, { minutes: number; rows: Row[] }>();
  for (const row of rows) {
    const monday = mondayOf(toWallTime(timeZone, row.at).on);
    const week = weeks.get(monday) ?? { minutes: 0, rows: [] };
    week.minutes += row.minutes;
    week.rows.push(row);
    weeks.set(monday, week);
  }
  let fullest: { minutes: number; rows: Row[] } = { minutes: 0, rows: [] };
  for (const week of weeks.values()) if (week.minutes > fullest.minutes) fullest = week;
  return fullest;
}
