import { type DayPart, dayParts } from '@/app/book/booking-choice';
import { formatHoursOfDayParts } from '@/components/waitlist/format-hours-of-day-parts';
import { getLocaleDateConventions } from '@/scheduling/locale-date-conventions';
import {
  ANY_DAY_PART,
  getDayPartBit,
  matchesRequestedWeekdayAndTime,
  PARTS_OF_DAY,
} from '@/scheduling/waitlist-matching';
import type { TimesGridDayData } from './times-grid';

// The times of day that a reader can filter by. They are those that the waiting list knows; lunch counts as the start
// of an afternoon.

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];
const SATURDAY = 6;
const LUNCH_ENDS = '14:00';

/** The names of the filter's choices. */
export const dayPartNames: Record<DayPart, string> = {
  all: 'Any time',
  morning: 'Mornings',
  lunch: 'Lunch',
  afternoon: 'Afternoons',
  evening: 'Evenings',
  saturday: 'Saturdays',
};

/** 'Evenings, from 17'. */
export function formatDayPart(part: DayPart, locale: string): string {
  const hours: Partial<Record<DayPart, string>> = {
    ...formatHoursOfDayParts(locale),
    lunch: getLocaleDateConventions(locale).halves ? 'Noon to 2' : '12 to 14',
  };
  return [dayPartNames[part], hours[part]?.toLowerCase()].filter(Boolean).join(', ');
}

/** 'evening times'. */
export function formatDayPartTimesLabel(part: DayPart): string {
  if (part === 'all') return 'times';
  return `${part === 'saturday' ? 'Saturday' : part} times`;
}

/** The part of the day as bits for the waiting list: see `WaitlistRequest.dayParts`. */
export function toDayPartBits(part: DayPart): number {
  if (part === 'all') return ANY_DAY_PART;
  const weekdays = part === 'saturday' ? [SATURDAY] : WEEKDAYS;
  const parts = part === 'saturday' ? PARTS_OF_DAY : [part === 'lunch' ? 'afternoon' : part];
  return weekdays.flatMap((weekday) => parts.map((each) => getDayPartBit(weekday, each))).reduce((a, b) => a + b);
}

/** The same days, with only the times in this part of the day. */
export function filterByDayPart(days: TimesGridDayData[], part: DayPart): TimesGridDayData[] {
  if (part === 'all') return days;
  const request = { dayParts: toDayPartBits(part), atTime: null, soonerThan: null };
  const fitsDayPart = (on: string, time: string) =>
    matchesRequestedWeekdayAndTime(request, on, time, 0) && (part !== 'lunch' || time < LUNCH_ENDS);
  return days.map(({ on, cells }) => ({ on, cells: cells.filter(({ time }) => fitsDayPart(on, time)) }));
}

/** The parts of the day to choose from; Saturday only where one has a time, or is already chosen. */
export function listDayPartOptions(days: TimesGridDayData[], chosen: DayPart): DayPart[] {
  const hasSaturday = chosen === 'saturday' || filterByDayPart(days, 'saturday').some(({ cells }) => cells.length > 0);
  return dayParts.filter((part) => part !== 'saturday' || hasSaturday);
}
