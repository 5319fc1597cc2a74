import { formatDay, formatDayAtTime, formatStartAndEndTime, formatTime } from '@/scheduling/formatting';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { getLocaleDateConventions } from '@/scheduling/locale-date-conventions';
import { toWallTime } from '@/scheduling/zone-conversion';

interface Place {
  timeZone: string;
  locale: string;
}

/**
 * 'Tue 8 Dec', 'Tue 8 Dec to Thu 10 Dec', with hours where they are not whole days, or 'From Tue 8 Dec on'. An end in
 * another year names it: 'Wed 16 Dec to Thu 2 Dec 2027'.
 */
export function formatTimeOffSpan(
  { start, end, parts = [] }: { start: number; end: number | null; parts?: Interval[] | undefined },
  practice: Place,
): string {
  const { timeZone, locale } = practice;
  const [first, last] = [parts[0], parts.at(-1)];
  if (first && last) {
    const [from, until] = [first, last].map((part) => toWallTime(timeZone, part.start).on) as [string, string];
    return `${formatDay(from, 'short', locale)} to ${formatLastDay(until, from, locale)}, each day ${formatStartAndEndTime(timeZone, first, locale)}`;
  }
  const from = toWallTime(timeZone, start);
  if (end === null) {
    return `From ${from.time === '00:00' ? formatDay(from.on, 'short', locale) : formatDayAtTime(timeZone, start, 'short', locale)} on`;
  }
  const until = toWallTime(timeZone, end);
  if (from.time !== '00:00' || until.time !== '00:00') {
    const endTime = formatTime(timeZone, end, locale);
    const last = from.on === until.on ? endTime : `${formatLastDay(until.on, from.on, locale)} at ${endTime}`;
    return `${formatDayAtTime(timeZone, start, 'short', locale)} to ${last}`;
  }
  const lastOn = toWallTime(timeZone, end - 1).on;
  return from.on === lastOn
    ? formatDay(from.on, 'short', locale)
    : `${formatDay(from.on, 'short', locale)} to ${formatLastDay(lastOn, from.on, locale)}`;
}

function formatLastDay(on: string, firstOn: string, locale: string): string {
  const day = formatDay(on, 'short', locale);
  const year = on.slice(0, 4);
  if (year === firstOn.slice(0, 4)) return day;
  return `${day}${getLocaleDateConventions(locale).isMonthFirst ? ',' : ''} ${year}`;
}
