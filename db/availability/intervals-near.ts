import { type Interval, intervalsOverlap } from '@/scheduling/interval-arithmetic';

const DAY = 86_400_000;
const byDay = new WeakMap<Interval[], Map<number, Interval[]>>();

/**
 * Those of `busy` that could meet a span. Sorted into days once for each list: around the clashes of one grid, hundreds
 * of spans are asked of the same lists.
 */
export function listIntervalsNear(busy: Interval[], { start, end }: Interval): Interval[] {
  const days = byDay.get(busy) ?? sortIntoDays(busy);
  const found: Interval[] = [];
  const first = Math.floor(start / DAY);
  for (let day = first; day <= Math.floor(end / DAY); day++) {
    for (const interval of days.get(day) ?? []) {
      // One over several days is in the list of each.
      if (day === first || Math.floor(interval.start / DAY) === day) found.push(interval);
    }
  }
  return found;
}

/** Does any of `busy` meet the span? */
export function overlapsAnyInterval(busy: Interval[], span: Interval): boolean {
  const days = byDay.get(busy) ?? sortIntoDays(busy);
  for (let day = Math.floor(span.start / DAY); day <= Math.floor(span.end / DAY); day++) {
    for (const interval of days.get(day) ?? []) if (intervalsOverlap(interval, span)) return true;
  }
  return false;
}

function sortIntoDays(busy: Interval[]): Map<number, Interval[]> {
  const days = new Map<number, Interval[]>();
  for (const interval of busy) {
    for (let day = Math.floor(interval.start / DAY); day <= Math.floor(interval.end / DAY); day++) {
      const known = days.get(day);
      if (known) known.push(interval);
      else days.set(day, [interval]);
    }
  }
  byDay.set(busy, days);
  return days;
}
