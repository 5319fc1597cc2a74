// What is a therapist's plan of hours after one change of it? A plan is weekly hours that change at dates, breaks that
// repeat, and single days with hours of their own. What is booked meanwhile, and who may change it, is asked elsewhere.

import { addDays, daysBetween, listDays } from './day';
import type { BreakTimes, WeeklyHoursVersion } from './repeating-breaks';
import type { Override, WallRange, WeeklyHours } from './working-hours';

/** A break that repeats, as lunch does, with its name. */
export interface RepeatingBreak extends BreakTimes {
  id: string;
  name: string;
}

/**
 * A plan: weekly hours in the order in which they begin, of which there is always the first; breaks; and single local
 * days in order, each once, whose hours replace those of their weekday. No hours are a day off.
 */
export interface HoursPlan {
  sets: WeeklyHoursVersion[];
  breaks: RepeatingBreak[];
  days: Override[];
}

/** One change of a plan. Days are local; times are `HH:MM`. */
export type HoursPlanChange =
  /** Other weekly hours from a day on, until the next that are planned. */
  | { kind: 'week'; validFrom: string; week: WeeklyHours }
  /** Planned weekly hours that are not to begin after all. */
  | { kind: 'no_week'; validFrom: string }
  /** Hours of single days, both ends counted in; no hours are days off. */
  | { kind: 'days'; from: string; until: string; hours: WallRange[] }
  /** The weekly hours again on these days, both ends counted in. */
  | { kind: 'no_days'; from: string; until: string }
  /** A repeating break, and the end of the one that it `replaces`: the day before the new one begins. */
  | ({ kind: 'break'; replaces: string | null } & Omit<RepeatingBreak, 'id'>)
  /** The end of a repeating break: it is not taken any more from this day on. */
  | { kind: 'no_break'; breakId: string; from: string };

/**
 * Makes one change of a plan; the plan that is given stays as it is. Removing something that is not there changes
 * nothing, and the first weekly hours are never removed. Weekly hours that only go on with those before them are left
 * out, and a break that is taken already is not added: then the plan is as before. `newBreakId` becomes the id of a
 * break that is added. Throws nothing; of days whose `until` lies before their `from`, none is set.
 *
 * @example
 * applyHoursChange({ sets: [{ validFrom: '0001-01-01', week: {} }], breaks: [], days: [] }, { kind: 'week', validFrom: '2026-12-01', week: { 1: [['09:00', '17:00']] } }, 'b1').sets //=> [{ validFrom: '0001-01-01', week: {} }, { validFrom: '2026-12-01', week: { 1: [['09:00', '17:00']] } }]
 */
export function applyHoursChange(plan: HoursPlan, change: HoursPlanChange, newBreakId: string): HoursPlan {
  const { sets, breaks, days } = plan;
  switch (change.kind) {
    case 'week': {
      const { validFrom, week } = change;
      return { ...plan, sets: dropRepeatedWeeks([...withoutSet(sets, validFrom), { validFrom, week }]) };
    }
    case 'no_week':
      return { ...plan, sets: dropRepeatedWeeks(withoutSet(sets, change.validFrom)) };
    case 'break':
      return { ...plan, breaks: withBreak(breaks, change, newBreakId) };
    case 'no_break':
      return { ...plan, breaks: endBreak(breaks, change.breakId, change.from) };
    case 'days':
    case 'no_days': {
      const { from, until } = change;
      const others = days.filter(({ on }) => on < from || on > until);
      const own =
        change.kind === 'days'
          ? listDays(from, daysBetween(from, until) + 1).map((on) => ({ on, hours: change.hours }))
          : [];
      return { ...plan, days: [...others, ...own].sort((a, b) => (a.on < b.on ? -1 : 1)) };
    }
  }
}

/**
 * Whether a repeating break ended before a local day.
 *
 * @example
 * isRepeatingBreakOver({ weekdays: [1], from: '12:30', until: '13:00', validFrom: '2026-12-01', validUntil: '2026-12-31' }, '2027-01-01') //=> true
 */
export function isRepeatingBreakOver({ validUntil }: BreakTimes, on: string): boolean {
  return validUntil !== null && validUntil < on;
}

/** With one more, unless it is taken already; the one that it replaces ends the day before. */
function withBreak(
  breaks: RepeatingBreak[],
  change: HoursPlanChange & { kind: 'break' },
  newBreakId: string,
): RepeatingBreak[] {
  const { replaces, name, weekdays, from, until, validFrom, validUntil } = change;
  const newBreak = { name, weekdays, from, until, validFrom, validUntil };
  const hasSameValues = (existing: RepeatingBreak) =>
    existing.validFrom <= validFrom && JSON.stringify(timesOf(existing)) === JSON.stringify(timesOf(newBreak));
  if (breaks.some((existing) => existing.id === replaces && hasSameValues(existing))) return breaks;
  const others = endBreak(breaks, replaces, validFrom);
  return others.some(hasSameValues) ? others : [...others, { id: newBreakId, ...newBreak }];
}

function timesOf({ name, weekdays, from, until, validUntil }: Omit<RepeatingBreak, 'id'>) {
  return { name, weekdays, from, until, validUntil };
}

/** Without an id no break ends. */
function endBreak(breaks: RepeatingBreak[], breakId: string | null, from: string): RepeatingBreak[] {
  return breaks.flatMap((existing) => {
    if (existing.id !== breakId || isRepeatingBreakOver(existing, from)) return [existing];
    return existing.validFrom >= from ? [] : [{ ...existing, validUntil: addDays(from, -1) }];
  });
}

/** The first weekly hours are never removed, so every day has some in effect. */
function withoutSet(sets: WeeklyHoursVersion[], validFrom: string): WeeklyHoursVersion[] {
  return sets.filter((set, k) => k === 0 || set.validFrom !== validFrom);
}

/** In order, and without a set that only goes on with what was before it. */
function dropRepeatedWeeks(sets: WeeklyHoursVersion[]): WeeklyHoursVersion[] {
  const versions: WeeklyHoursVersion[] = [];
  for (const { validFrom, week } of [...sets].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))) {
    const before = versions.at(-1);
    if (!before || JSON.stringify(before.week) !== JSON.stringify(week)) versions.push({ validFrom, week });
  }
  return versions;
}
