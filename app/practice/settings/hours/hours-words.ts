import type { Override, WallRange, WeeklyHours } from '@/scheduling/availability';
import { addDays, type Weekday } from '@/scheduling/day';
import { sayClock, sayDay, saySpan, sayWeekday } from '@/scheduling/wording';
import { WEEKDAYS } from './hours-fields';

const A_SUNDAY = '2023-01-01';

/** 'Monday'. */
export function sayWeekdayOf(weekday: number): string {
  return sayWeekday(addDays(A_SUNDAY, weekday));
}

/** '09:00 to 12:30 and 13:15 to 17:00'; no hours are 'off'. */
export function sayRanges(ranges: WallRange[], locale: string): string {
  if (ranges.length === 0) return 'off';
  return joinWords(ranges.map(([from, until]) => sayTimes({ from, until }, locale)));
}

/** 'Mon, Tue and Thu 09:00 to 18:00, Wed 12:00 to 19:00'. */
export function sayWeek(week: WeeklyHours, locale: string): string {
  const alike = new Map<string, string[]>();
  for (const weekday of WEEKDAYS) {
    const ranges = week[weekday] ?? [];
    if (ranges.length === 0) continue;
    const said = sayRanges(ranges, locale);
    alike.set(said, [...(alike.get(said) ?? []), sayWeekdayOf(weekday).slice(0, 3)]);
  }
  const said = [...alike].map(([hours, days]) => `${joinWords(days)} ${hours}`);
  return said.length === 0 ? 'no hours' : said.join(', ');
}

/** 'Mon to Fri', 'Mon, Wed and Sun'. */
export function sayWeekdays(weekdays: readonly Weekday[]): string {
  const names = WEEKDAYS.filter((weekday) => weekdays.includes(weekday));
  const short = names.map((weekday) => sayWeekdayOf(weekday).slice(0, 3));
  const [first, last] = [names[0], names.at(-1)];
  const isUnbroken = names.length > 2 && WEEKDAYS.indexOf(last!) - WEEKDAYS.indexOf(first!) === names.length - 1;
  return isUnbroken ? `${short[0]} to ${short.at(-1)}` : joinWords(short);
}

export interface DaySpan {
  from: string;
  until: string;
  hours: WallRange[];
}

/** Days that follow one another and have the same hours, as one. */
export function spansOf(days: Override[]): DaySpan[] {
  const spans: DaySpan[] = [];
  for (const { on, hours } of days) {
    const last = spans.at(-1);
    if (last && addDays(last.until, 1) === on && last.hours.join() === hours.join()) last.until = on;
    else spans.push({ from: on, until: on, hours });
  }
  return spans;
}

/** 'Thu 24 Dec', '8 Feb to 12 Feb'. */
export function sayDays({ from, until }: { from: string; until: string }, locale: string): string {
  return from === until ? sayDay(from, 'short', locale) : saySpan(from, until, locale);
}

function joinWords(words: string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** '12:30 to 13:00' */
export function sayTimes({ from, until }: { from: string; until: string }, locale: string): string {
  return `${sayClock(from, locale)} to ${sayClock(until, locale)}`;
}
