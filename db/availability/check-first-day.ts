import type { Practice } from '@/db/practice/practice';
import type { Issue } from '@/db/results';
import { addDays, isDay } from '@/scheduling/day';
import { toWallTime } from '@/scheduling/zone-conversion';
import { getFirstDayBeyondWindow } from './availability-context';

/** A page left open may show past days, but no real page shows days older than this. */
const LONG_PAST_DAYS = 366;

/** What is wrong with the first day of a request for times. */
export function checkFirstDay(practice: Practice, on: string, now: number, field = 'from'): Issue[] {
  if (!isDay(on)) return [{ path: [field], message: 'Write the day as YYYY-MM-DD.' }];
  if (on >= getFirstDayBeyondWindow(practice, now)) {
    return [{ path: [field], message: `Times can be booked up to ${practice.windowDays} days ahead.` }];
  }
  const oldest = addDays(toWallTime(practice.timeZone, now).on, -LONG_PAST_DAYS);
  return on < oldest ? [{ path: [field], message: 'This day is long past.' }] : [];
}
