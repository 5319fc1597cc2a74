import { addDays, daysBetween, weekdayOf } from '@/scheduling/day';
import { formatMonthName } from '@/scheduling/formatting';

/** A day of the calendar: with a session, or with one that was moved away or skipped. */
export interface TwoWeekCalendarDay {
  on: string;
  number: string;
  state: 'session' | 'was' | null;
  /**
   * The month's name, above the first day of a month, and above the very first day where there is room beside the next
   * name.
   */
  month: string | null;
}

/** On a phone the name of a month is as wide as this many days, and two names must not touch. */
const ROOM_DAYS = 2;

/** Two weeks in each row, from the Monday before the first day to the Sunday after the last. */
export function buildTwoWeekCalendarRows(sessions: string[], leftDays: string[]): TwoWeekCalendarDay[][] {
  const all = [...sessions, ...leftDays].sort();
  const first = all[0];
  const last = all.at(-1);
  if (!first || !last) return [];
  const monday = addDays(first, -((weekdayOf(first) + 6) % 7));
  const lines = Math.floor(daysBetween(monday, last) / 14) + 1;
  const startsAlone = addDays(monday, ROOM_DAYS).slice(0, 7) === monday.slice(0, 7);
  return Array.from({ length: lines }, (_, line) =>
    Array.from({ length: 14 }, (_, day): TwoWeekCalendarDay => {
      const on = addDays(monday, line * 14 + day);
      const number = String(Number(on.slice(8)));
      return {
        on,
        number,
        state: sessions.includes(on) ? 'session' : leftDays.includes(on) ? 'was' : null,
        month: number === '1' || (on === monday && startsAlone) ? formatMonthName(on).slice(0, 3) : null,
      };
    }),
  );
}
