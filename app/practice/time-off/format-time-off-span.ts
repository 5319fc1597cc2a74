import { formatDay, formatDayAtTime, formatStartAndEndTime, formatTime } from '@/scheduling/formatting';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { toWallTime } from '@/scheduling/zone-conversion';

interface Place {
  timeZone: string;
  locale: string;
}

/** 'Tue 8 Dec', 'Tue 8 Dec to Thu 10 Dec', with hours where they are not whole days, or 'From Tue 8 Dec on'. */
export function formatTimeOffSpan(
  { start, end, parts = [] }: { start: number; end: number | null; parts?: Interval[] | undefined },
  practice: Place,
): string {
  const { timeZone, locale } = practice;
  const [first, last] = [parts[0], parts.at(-1)];
  if (first && last) {
    const [from, until] = [first, last].map((part) => formatDay(toWallTime(timeZone, part.start).on, 'short', locale));
    return `${from} to ${until}, each day ${formatStartAndEndTime(timeZone, first, locale)}`;
  }
  const from = toWallTime(timeZone, start);
  if (end === null) {
    return `From ${from.time === '00:00' ? formatDay(from.on, 'short', locale) : formatDayAtTime(timeZone, start, 'short', locale)} on`;
  }
  const until = toWallTime(timeZone, end);
  if (from.time !== '00:00' || until.time !== '00:00') {
    const isOneDay = from.on === until.on;
    return `${formatDayAtTime(timeZone, start, 'short', locale)} to ${isOneDay ? formatTime(timeZone, end, locale) : formatDayAtTime(timeZone, end, 'short', locale)}`;
  }
  const lastOn = toWallTime(timeZone, end - 1).on;
  return from.on === lastOn
    ? formatDay(from.on, 'short', locale)
    : `${formatDay(from.on, 'short', locale)} to ${formatDay(lastOn, 'short', locale)}`;
}
