import { formatDay, formatTime } from '@/scheduling/formatting';
import { getLocaleDateConventions } from '@/scheduling/locale-date-conventions';
import { toWallTime } from '@/scheduling/zone-conversion';

/** 'Thu 17 Dec, 11:30'; with the year unless it is the current one. */
export function formatDayAndTime(
  instant: number,
  { timeZone, locale }: { timeZone: string; locale: string },
  now = Date.now(),
): string {
  return `${formatDayOfInstant(instant, { timeZone, locale }, now)}, ${formatTime(timeZone, instant, locale)}`;
}

/** 'Thu 17 Dec'; with the year unless it is the current one. */
export function formatDayOfInstant(
  instant: number,
  { timeZone, locale }: { timeZone: string; locale: string },
  now = Date.now(),
): string {
  const { on } = toWallTime(timeZone, instant);
  const day = formatDay(on, 'short', locale);
  const year = on.slice(0, 4);
  if (year === toWallTime(timeZone, now).on.slice(0, 4)) return day;
  return `${day}${getLocaleDateConventions(locale).isMonthFirst ? ',' : ''} ${year}`;
}
