import { parseMinuteOfDay } from '@/scheduling/time-of-day';

// A day as FullCalendar draws it below its heading, which is the scale of all that is dragged on it. A tile is no scale:
// it is drawn with a gap, and a short one larger than its time.

export const DRAWN_DAY = '[role=cell][data-date]';

/** The wall times between which the days of a calendar are drawn. */
export interface DrawnHours {
  from: string;
  until: string;
}

/** How many pixels of this day are a minute. */
export function getPixelsPerMinute(day: Element, { from, until }: DrawnHours): number {
  return day.getBoundingClientRect().height / (parseMinuteOfDay(until) - parseMinuteOfDay(from));
}
