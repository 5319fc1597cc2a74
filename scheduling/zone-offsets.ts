// By how much does the wall clock of a zone differ from UTC at an instant, and when does that change? The answers come
// from the runtime's own zone data and are cached per zone and year; the server's zone and locale play no part.
// Instants are ms since the epoch, UTC; offsets are ms, wall time minus UTC.

import { malformedFieldError } from './input-checks';

const DAY = 86_400_000;
const CHUNK = 366 * DAY;
/** Zone data begins in the 1840s; before that, every zone keeps its first offset. */
const EARLIEST = Date.UTC(1800, 0, 1);

/** A period within which a zone's offset does not change. `until` may fall short of the next change. */
export interface OffsetPeriod {
  from: number;
  until: number;
  /** Wall time minus UTC, in ms. */
  offset: number;
}

/** A clock change: at the instant `at` the offset goes from `before` to `after`, both in ms. */
export interface ClockChange {
  at: number;
  before: number;
  after: number;
}

/** A zone and what is cached of its offsets. */
export interface Zone {
  format: Intl.DateTimeFormat;
  chunks: Map<number, OffsetPeriod[]>;
  /** The period looked up last: most callers walk forward in time. */
  last: OffsetPeriod;
}

const zones = new Map<string, Zone>();

function measureOffset(format: Intl.DateTimeFormat, instant: number): number {
  const wholeSecond = Math.floor(Math.max(instant, EARLIEST) / 1000) * 1000;
  const [month, day, year, hour, minute, second] = format.format(wholeSecond).split(/\D+/).map(Number) as number[];
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - wholeSecond;
}

function openZone(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const none = Number.NaN;
  return { format, chunks: new Map(), last: { from: none, until: none, offset: none } };
}

/**
 * Finds a zone by its IANA name, in any letter case; throws a RangeError that names `field` when there is none. Fixed
 * offsets such as `+01:00` are refused: they are not places, and calendar files cannot name them.
 *
 * @example
 * getZone('europe/dublin') === getZone('Europe/Dublin') //=> true
 */
export function getZone(name: string, field = 'timeZone'): Zone {
  const cachedZone = zones.get(name);
  if (cachedZone) return cachedZone;
  // Without a zone, Intl would fall back to the server's.
  if (typeof name !== 'string' || !/^[A-Za-z]/.test(name)) throw malformedFieldError(field, 'an IANA time zone', name);
  const key = name.toLowerCase();
  let zone = zones.get(key);
  if (!zone) {
    try {
      zone = openZone(name);
    } catch {
      throw malformedFieldError(field, 'an IANA time zone', name);
    }
    // Only these two spellings are cached, which bounds the cache by the number of zones, whatever callers send.
    zones.set(key, zone);
    zones.set(name, zone);
  }
  return zone;
}

/**
 * Whether the runtime knows `name` as an IANA time zone.
 *
 * @example
 * isTimeZone('Europe/Dublin') //=> true
 */
export function isTimeZone(name: unknown): name is string {
  try {
    getZone(name as string);
    return true;
  } catch {
    return false;
  }
}

/** Checks every day of a chunk and narrows each change down to the second. */
function learn(zone: Zone, chunk: number): OffsetPeriod[] {
  const start = chunk * CHUNK;
  const end = start + CHUNK;
  const stretches: OffsetPeriod[] = [];
  let from = start;
  let offset = measureOffset(zone.format, start);
  for (let day = start; day < end; day += DAY) {
    let after = measureOffset(zone.format, day + DAY);
    while (after !== offset) {
      let low = Math.max(day, from);
      let high = day + DAY;
      while (high - low > 1000) {
        const middle = low + Math.floor((high - low) / 2000) * 1000;
        if (measureOffset(zone.format, middle) === offset) low = middle;
        else high = middle;
      }
      stretches.push({ from, until: high, offset });
      from = high;
      offset = measureOffset(zone.format, high);
      after = measureOffset(zone.format, day + DAY);
    }
  }
  stretches.push({ from, until: end, offset });
  return stretches;
}

/**
 * Finds the period of constant offset that holds `instant`; a walk through a calendar needs few of them and reuses
 * them.
 *
 * @example
 * offsetPeriodAt(getZone('Asia/Kathmandu'), 0).offset //=> 19_800_000
 */
export function offsetPeriodAt(zone: Zone, instant: number): OffsetPeriod {
  const last = zone.last;
  if (instant >= last.from && instant < last.until) return last;
  const chunk = Math.floor(instant / CHUNK);
  let stretches = zone.chunks.get(chunk);
  if (!stretches) {
    stretches = learn(zone, chunk);
    zone.chunks.set(chunk, stretches);
  }
  let i = stretches.length - 1;
  while (instant < stretches[i]!.from) i--;
  const found = stretches[i]!;
  zone.last = found;
  return found;
}

/**
 * Lists the clock changes in `[from, to)`, in order.
 *
 * @example
 * listClockChanges(getZone('Europe/Dublin'), Date.UTC(2027, 0), Date.UTC(2028, 0)).length //=> 2
 */
export function listClockChanges(zone: Zone, from: number, to: number): ClockChange[] {
  const changes: ClockChange[] = [];
  let stretch = offsetPeriodAt(zone, from);
  while (stretch.until < to) {
    const next = offsetPeriodAt(zone, stretch.until);
    if (next.offset !== stretch.offset) changes.push({ at: next.from, before: stretch.offset, after: next.offset });
    stretch = next;
  }
  return changes;
}
