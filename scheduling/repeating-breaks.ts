// What is left of weekly hours when breaks that repeat, as lunch does, are taken out of them? The answer is weekly hours
// again: whoever asks when a therapist works needs to know nothing of breaks.

import { addDays, type Weekday } from './day';
import { subtractIntervals } from './interval-arithmetic';
import { formatMinuteOfDay, parseMinuteOfDay } from './time-of-day';
import type { WallRange, WeeklyHours } from './working-hours';

/** Wall time of some weekdays, from a local day on until a last one, itself counted in; null: until further notice. */
export interface BreakTimes {
  weekdays: Weekday[];
  from: string;
  until: string;
  validFrom: string;
  validUntil: string | null;
}

/** Weekly hours from a local day on, until the next that are given. */
export interface WeeklyHoursVersion {
  validFrom: string;
  week: WeeklyHours;
}

/**
 * Takes breaks out of weekly hours that change at dates. `weeks` are in order, and each counts until the next begins; so
 * do those that come back, which may be more. A weekday with nothing left is not named. A time is `HH:MM`.
 *
 * @example
 * subtractBreaks([{ validFrom: '2026-01-01', week: { 1: [['09:00', '17:00']] } }], [{ weekdays: [1], from: '12:30', until: '13:00', validFrom: '2026-01-01', validUntil: null }]) //=> [{ validFrom: '2026-01-01', week: { 1: [['09:00', '12:30'], ['13:00', '17:00']] } }]
 */
export function subtractBreaks(
  weeks: readonly WeeklyHoursVersion[],
  breaks: readonly BreakTimes[],
): WeeklyHoursVersion[] {
  const first = weeks[0];
  if (!first || breaks.length === 0) return [...weeks];
  const ends = breaks.flatMap(({ validUntil }) => (validUntil === null ? [] : [addDays(validUntil, 1)]));
  const days = [...weeks.map(({ validFrom }) => validFrom), ...breaks.map(({ validFrom }) => validFrom), ...ends];
  const changes = [...new Set(days)].filter((on) => on >= first.validFrom).sort();
  return changes.map((on) => {
    const { week } = weeks.findLast(({ validFrom }) => validFrom <= on)!;
    return {
      validFrom: on,
      week: withoutBreaks(
        week,
        breaks.filter((repeating) => isBreakInEffectInWeek(repeating, on)),
      ),
    };
  });
}

/**
 * Whether a break is in effect in the week of a day, whatever its weekday.
 *
 * @example
 * isBreakInEffectInWeek({ weekdays: [1], from: '12:30', until: '13:00', validFrom: '2026-12-01', validUntil: '2026-12-31' }, '2027-01-01') //=> false
 */
export function isBreakInEffectInWeek({ validFrom, validUntil }: BreakTimes, on: string): boolean {
  return validFrom <= on && (validUntil === null || on <= validUntil);
}

function withoutBreaks(week: WeeklyHours, breaks: readonly BreakTimes[]): WeeklyHours {
  if (breaks.length === 0) return week;
  const remaining: WeeklyHours = {};
  for (const [key, ranges] of Object.entries(week)) {
    const weekday = Number(key) as Weekday;
    const own = breaks.filter(({ weekdays }) => weekdays.includes(weekday));
    const open = subtractIntervals(
      ranges.map(minutesOf),
      own.map(({ from, until }) => minutesOf([from, until])),
    );
    if (open.length > 0)
      remaining[weekday] = open.map(({ start, end }): WallRange => [formatMinuteOfDay(start), formatMinuteOfDay(end)]);
  }
  return remaining;
}

function minutesOf([from, until]: WallRange) {
  return { start: parseMinuteOfDay(from), end: parseMinuteOfDay(until) };
}
