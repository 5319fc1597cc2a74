import type { WeekdayHourMinutes } from '@/db/reports/hours-by-weekday';
import type { Weekday } from '@/scheduling/day';
import { formatWallTime, formatWeekdays } from '@/scheduling/formatting';
import { formatMinuteOfDay } from '@/scheduling/time-of-day';

/** How many hours of a week are named as the fullest, and as many as the emptiest. */
const NAMED = 3;
/** With fewer open hours there is nothing to compare. */
const LEAST_HOURS = 8;

/**
 * 'Monday 10:00 to 12:00, Saturday 09:00 to 10:00': the hours of a week that were booked most and least; null where
 * there are too few.
 */
export function describeBusiestHours(
  cells: WeekdayHourMinutes[],
  locale: string,
): { fullest: string; emptiest: string } | null {
  const open = cells.filter(({ openMinutes }) => openMinutes > 0);
  if (open.length < LEAST_HOURS) return null;
  const shareOf = ({ openMinutes, bookedMinutes }: WeekdayHourMinutes) => bookedMinutes / openMinutes;
  const byShare = [...open].sort((a, b) => shareOf(b) - shareOf(a) || placeOf(a) - placeOf(b));
  const emptiest = byShare.toReversed().slice(0, NAMED);
  const fullest = byShare.slice(0, NAMED).filter((cell) => shareOf(cell) > 0);
  // Nothing was booked: no hour is fuller than another.
  if (fullest.length === 0) return null;
  return { fullest: formatHours(fullest, locale), emptiest: formatHours(emptiest, locale) };
}

/** Numbers the hours of the week from Monday, so that neighbouring hours have neighbouring numbers. */
function placeOf({ weekday, hour }: WeekdayHourMinutes): number {
  return ((weekday + 6) % 7) * 24 + hour;
}

function formatHours(cells: WeekdayHourMinutes[], locale: string): string {
  const stretches: { weekday: Weekday; from: number; until: number }[] = [];
  for (const { weekday, hour } of [...cells].sort((a, b) => placeOf(a) - placeOf(b))) {
    const last = stretches.at(-1);
    if (last?.weekday === weekday && last.until === hour) last.until += 1;
    else stretches.push({ weekday, from: hour, until: hour + 1 });
  }
  const format = (hour: number) => formatWallTime(formatMinuteOfDay(60 * hour), locale);
  return stretches
    .map(({ weekday, from, until }) => `${formatWeekdays([weekday], 'long')} ${format(from)} to ${format(until)}`)
    .join(', ');
}
