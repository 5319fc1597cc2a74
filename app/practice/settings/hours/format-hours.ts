import type { Override, WallRange, WeeklyHours } from '@/scheduling/availability';
import { addDays, type Weekday } from '@/scheduling/day';
import { formatDay, formatDayRange, formatWallTime, formatWeekday } from '@/scheduling/formatting';
import { WEEKDAYS_FROM_MONDAY } from './hours-form-values';

const A_SUNDAY = '2023-01-01';

/** 'Monday'. */
export function formatWeekdayName(weekday: number): string {
  return formatWeekday(addDays(A_SUNDAY, weekday));
}

/** '09:00 to 12:30 and 13:15 to 17:00'; 'off' where there are no hours. */
export function formatTimeRanges(ranges: WallRange[], locale: string): string {
  if (ranges.length === 0) return 'off';
  return joinWords(ranges.map(([from, until]) => formatTimeRange({ from, until }, locale)));
}

/** 'Mon, Tue and Thu 09:00 to 18:00, Wed 12:00 to 19:00'. */
export function formatWeeklyHours(week: WeeklyHours, locale: string): string {
  const alike = new Map<string, string[]>();
  for (const weekday of WEEKDAYS_FROM_MONDAY) {
    const ranges = week[weekday] ?? [];
    if (ranges.length === 0) continue;
    const text = formatTimeRanges(ranges, locale);
    alike.set(text, [...(alike.get(text) ?? []), formatWeekdayName(weekday).slice(0, 3)]);
  }
  const text = [...alike].map(([hours, days]) => `${joinWords(days)} ${hours}`);
  return text.length === 0 ? 'no hours' : text.join(', ');
}

/** 'Mon to Fri', 'Mon, Wed and Sun'. */
export function formatWeekdayList(weekdays: readonly Weekday[]): string {
  const names = WEEKDAYS_FROM_MONDAY.filter((weekday) => weekdays.includes(weekday));
  const short = names.map((weekday) => formatWeekdayName(weekday).slice(0, 3));
  const [first, last] = [names[0], names.at(-1)];
  const isUnbroken =
    names.length > 2 && WEEKDAYS_FROM_MONDAY.indexOf(last!) - WEEKDAYS_FROM_MONDAY.indexOf(first!) === names.length - 1;
  return isUnbroken ? `${short[0]} to ${short.at(-1)}` : joinWords(short);
}

export interface DateSpan {
  from: string;
  until: string;
  hours: WallRange[];
}

/** Joins consecutive days with the same hours. */
export function groupDatesIntoSpans(days: Override[]): DateSpan[] {
  const spans: DateSpan[] = [];
  for (const { on, hours } of days) {
    const last = spans.at(-1);
    if (last && addDays(last.until, 1) === on && last.hours.join() === hours.join()) last.until = on;
    else spans.push({ from: on, until: on, hours });
  }
  return spans;
}

/** 'Thu 24 Dec', '8 Feb to 12 Feb'; with the year unless it ends in the current one. */
export function formatDateSpan(
  { from, until }: { from: string; until: string },
  locale: string,
  today: string,
): string {
  const days = from === until ? formatDay(from, 'short', locale) : formatDayRange(from, until, locale);
  const year = until.slice(0, 4);
  return year === today.slice(0, 4) ? days : `${days} ${year}`;
}

function joinWords(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** '12:30 to 13:00' */
export function formatTimeRange({ from, until }: { from: string; until: string }, locale: string): string {
  return `${formatWallTime(from, locale)} to ${formatWallTime(until, locale)}`;
}
