import ICAL from 'ical.js';

const UNIT_MS: Record<string, number> = {
  SECONDLY: 1_000,
  MINUTELY: 60_000,
  HOURLY: 3_600_000,
  DAILY: 86_400_000,
  WEEKLY: 7 * 86_400_000,
};

/**
 * A start from which the rule gives the same dates after `instant`, so that a rule from many years ago need not be
 * walked from its beginning. It is the first start where the rule counts its dates, or repeats monthly or yearly: those
 * have few.
 */
export function fastForwardRecurrence(event: ICAL.Component, first: ICAL.Time, instant: number): ICAL.Time {
  const rules = event.getAllProperties('rrule');
  const rule = rules[0]?.getFirstValue();
  if (rules.length !== 1 || !(rule instanceof ICAL.Recur) || rule.count) return first;
  const unit = UNIT_MS[rule.freq];
  if (unit === undefined) return first;
  const step = unit * Math.max(1, rule.interval);
  const wall = Date.UTC(first.year, first.month - 1, first.day, first.hour, first.minute, first.second);
  const steps = Math.floor((instant - wall) / step);
  if (steps <= 0) return first;
  const later = new Date(wall + steps * step);
  const moved = first.clone();
  moved.year = later.getUTCFullYear();
  moved.month = later.getUTCMonth() + 1;
  moved.day = later.getUTCDate();
  if (!moved.isDate) {
    moved.hour = later.getUTCHours();
    moved.minute = later.getUTCMinutes();
    moved.second = later.getUTCSeconds();
  }
  return moved;
}
