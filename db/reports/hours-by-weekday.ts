import { type Weekday, weekdayOf } from '@/scheduling/day';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { toWallTime } from '@/scheduling/zone-conversion';

/** Minutes open and booked in one hour of one weekday, 0 is Sunday, summed over all days and therapists. */
export interface WeekdayHourMinutes {
  weekday: Weekday;
  hour: number;
  openMinutes: number;
  bookedMinutes: number;
}

const MINUTE = 60_000;

/**
 * Sums intervals by local weekday and hour. Instants are milliseconds since the epoch. Bookings outside the open hours
 * count only as booked, so an hour can be more than full.
 */
export function sumMinutesByWeekdayHour(timeZone: string, open: Interval[], booked: Interval[]): WeekdayHourMinutes[] {
  const cells = new Map<string, WeekdayHourMinutes>();
  const add = (interval: Interval, field: 'openMinutes' | 'bookedMinutes') => {
    for (let at = interval.start; at < interval.end; ) {
      const { on, time } = toWallTime(timeZone, at);
      const [hour, minute] = [Number(time.slice(0, 2)), Number(time.slice(3, 5))];
      const until = Math.min(interval.end, at + (60 - minute) * MINUTE);
      const weekday = weekdayOf(on);
      const key = `${weekday} ${hour}`;
      const cell = cells.get(key) ?? { weekday, hour, openMinutes: 0, bookedMinutes: 0 };
      cell[field] += (until - at) / MINUTE;
      cells.set(key, cell);
      at = until;
    }
  };
  for (const interval of open) add(interval, 'openMinutes');
  for (const interval of booked) add(interval, 'bookedMinutes');
  return [...cells.values()].sort((a, b) => a.weekday - b.weekday || a.hour - b.hour);
}
