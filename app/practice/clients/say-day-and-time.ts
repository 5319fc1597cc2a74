import { sayDay, sayTime } from '@/scheduling/formatting';
import { localeFormat } from '@/scheduling/locale';
import { toWall } from '@/scheduling/zone';

/** 'Thu 17 Dec, 11:30'; with the year where it is another than now. */
export function sayDayAndTime(
  instant: number,
  { timeZone, locale }: { timeZone: string; locale: string },
  now = Date.now(),
): string {
  return `${sayDayOfInstant(instant, { timeZone, locale }, now)}, ${sayTime(timeZone, instant, locale)}`;
}

/** 'Thu 17 Dec'; with the year where it is another than now. */
export function sayDayOfInstant(
  instant: number,
  { timeZone, locale }: { timeZone: string; locale: string },
  now = Date.now(),
): string {
  const { on } = toWall(timeZone, instant);
  const day = sayDay(on, 'short', locale);
  const year = on.slice(0, 4);
  if (year === toWall(timeZone, now).on.slice(0, 4)) return day;
  return `${day}${localeFormat(locale).isMonthFirst ? ',' : ''} ${year}`;
}
