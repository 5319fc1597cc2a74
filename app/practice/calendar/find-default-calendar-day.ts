import type { Staff } from '@/db/access/viewer';
import { getCalendar } from '@/db/appointments/calendar';
import { addDays, weekdayOf } from '@/scheduling/day';
import { toInstant } from '@/scheduling/zone-conversion';
import { parseCalendarUrl } from './calendar-url';

/**
 * The day that the calendar opens on when the address names none: today, or the next Monday on a Sunday with no more
 * appointments and no more working hours, because the week of that Sunday is over.
 */
export async function findDefaultCalendarDay(
  viewer: Staff,
  raw: Record<string, string | string[] | undefined>,
  today: string,
  now: number,
): Promise<string> {
  if (weekdayOf(today) !== 0 || ['on', 'open', 'new'].some((name) => raw[name] !== undefined)) return today;
  const { whose } = parseCalendarUrl(raw, today, viewer.therapistId !== null);
  const tomorrow = addDays(today, 1);
  const { appointments, colleagues, hours, timeZone } = await getCalendar(viewer, {
    from: today,
    to: tomorrow,
    whose,
  });
  const isToCome =
    [...appointments, ...colleagues].some(({ endsAt }) => endsAt > now) ||
    hours.some(({ ranges }) => ranges.some(([, until]) => toInstant(timeZone, today, until) > now));
  return isToCome ? today : tomorrow;
}
