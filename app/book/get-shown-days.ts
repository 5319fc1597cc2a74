import type { Cadence } from '@/scheduling/cadence';
import { addDays, daysBetween, mondayOf } from '@/scheduling/day';

/** The days whose first dates are shown, without `until` itself. */
export interface ShownDays {
  from: string;
  until: string;
  earlier: string | null;
  later: string | null;
  /** The first day of week B, for a series every 2 weeks. */
  weekB: string | null;
}

/**
 * A series starts with a whole week: next week unless another is requested. One massage starts with the seven days from
 * today. Neither begins before today, nor ends after the booking window.
 */
export function getShownDays(query: {
  cadence: Cadence;
  week: string | null;
  today: string;
  windowDays: number;
}): ShownDays {
  const { cadence, week, today, windowDays } = query;
  const last = addDays(today, windowDays);
  if (cadence === 'once') {
    const from = notBefore(week ?? today, today);
    return {
      from,
      until: addDays(from, 7),
      earlier: earlierThan(from, 7, today),
      later: within(addDays(from, 7), last),
      weekB: null,
    };
  }
  const days = cadence === 'biweekly' ? 14 : 7;
  const monday = mondayOf(week ?? addDays(today, 7));
  const from = notBefore(monday, today);
  return {
    from,
    until: addDays(monday, days),
    earlier: earlierThan(monday, days, today),
    later: within(addDays(monday, days), last),
    weekB: cadence === 'biweekly' ? addDays(monday, 7) : null,
  };
}

function earlierThan(from: string, days: number, today: string): string | null {
  return daysBetween(today, from) > 0 ? notBefore(addDays(from, -days), today) : null;
}

function notBefore(on: string, today: string): string {
  return daysBetween(today, on) < 0 ? today : on;
}

function within(on: string, last: string): string | null {
  return daysBetween(on, last) >= 0 ? on : null;
}
