import type { WallRange } from '@/scheduling/availability';
import { parseMinuteOfDayOrNaN } from '@/scheduling/time-of-day';

/** The hours of a day on a line, with an outline round hours that end. Hidden from screen readers. */
export function DayHoursBar({ now, before, ends }: { now: WallRange[]; before: WallRange[]; ends: [number, number] }) {
  const [first, last] = ends;
  const place = (from: number, until: number) => ({
    x: `${(100 * (from - first)) / (last - first)}%`,
    width: `${(100 * (until - from)) / (last - first)}%`,
  });
  const ended = before.flatMap((range) => without(minutesOf(range), now.map(minutesOf)));
  return (
    <svg aria-hidden="true" className="block h-3.5 w-full overflow-visible">
      <rect width="100%" height="100%" className="fill-sand" />
      {now.map(minutesOf).map(([from, until]) => (
        <rect key={from} {...place(from, until)} height="100%" rx="1" className="fill-euc opacity-40" />
      ))}
      {ended.map(([from, until]) => (
        <rect key={from} {...place(from, until)} height="100%" rx="1" className="fill-sand stroke-soft" />
      ))}
    </svg>
  );
}

/** From 8:00 to 20:00, or as far as somebody's hours go. */
export function getDayBarRange(ranges: WallRange[]): [number, number] {
  const minutes = ranges.map(minutesOf);
  const first = Math.min(480, ...minutes.map(([from]) => Math.floor(from / 60) * 60));
  const last = Math.max(1200, ...minutes.map(([, until]) => Math.ceil(until / 60) * 60));
  return [first, last];
}

/** The ranges that end after they begin: while somebody types, only those can be drawn. */
export function filterDrawableRanges(ranges: WallRange[], [first, last]: [number, number]): WallRange[] {
  return ranges.filter((range) => {
    const [from, until] = minutesOf(range);
    return from < until && from >= first && until <= last;
  });
}

function minutesOf([from, until]: WallRange): [number, number] {
  return [parseMinuteOfDayOrNaN(from), parseMinuteOfDayOrNaN(until)];
}

function without([from, until]: [number, number], removed: [number, number][]): [number, number][] {
  const remaining: [number, number][] = [];
  let at = from;
  for (const [begin, end] of removed) {
    if (end <= at || begin >= until) continue;
    if (begin > at) remaining.push([at, begin]);
    at = Math.max(at, end);
  }
  return at < until ? [...remaining, [at, until]] : remaining;
}
