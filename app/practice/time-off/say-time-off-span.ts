import { sayDay, sayDayAtTime, sayFromUntil, sayTime } from '@/scheduling/formatting';
import type { Interval } from '@/scheduling/interval';
import { toWall } from '@/scheduling/zone';

interface Place {
  timeZone: string;
  locale: string;
}

/** 'Tue 8 Dec', 'Tue 8 Dec to Thu 10 Dec', with hours where they are not whole days, or 'From Tue 8 Dec on'. */
export function sayTimeOffSpan(
  { start, end, parts = [] }: { start: number; end: number | null; parts?: Interval[] | undefined },
  practice: Place,
): string {
  const { timeZone, locale } = practice;
  const [first, last] = [parts[0], parts.at(-1)];
  if (first && last) {
    const [from, until] = [first, last].map((part) => sayDay(toWall(timeZone, part.start).on, 'short', locale));
    return `${from} to ${until}, each day ${sayFromUntil(timeZone, first, locale)}`;
  }
  const from = toWall(timeZone, start);
  if (end === null) {
    return `From ${from.time === '00:00' ? sayDay(from.on, 'short', locale) : sayDayAtTime(timeZone, start, 'short', locale)} on`;
  }
  const until = toWall(timeZone, end);
  if (from.time !== '00:00' || until.time !== '00:00') {
    const isOneDay = from.on === until.on;
    return `${sayDayAtTime(timeZone, start, 'short', locale)} to ${isOneDay ? sayTime(timeZone, end, locale) : sayDayAtTime(timeZone, end, 'short', locale)}`;
  }
  const lastOn = toWall(timeZone, end - 1).on;
  return from.on === lastOn
    ? sayDay(from.on, 'short', locale)
    : `${sayDay(from.on, 'short', locale)} to ${sayDay(lastOn, 'short', locale)}`;
}
