import ICAL from 'ical.js';
import { DAY_MS } from '@/db/retention';
import { CLAIM_GRAIN_MS } from '@/scheduling/choose-resources';
import type { Interval } from '@/scheduling/interval-arithmetic';
import { wallMsToInstant } from '@/scheduling/zone-conversion';
import { getZone, isTimeZone, type Zone } from '@/scheduling/zone-offsets';

// When an event of a file begins and how long it lasts, by the zones that the file describes or by those the runtime
// knows.

/** A longer event is taken for a mistake: only its first day counts. */
const LONGEST_MS = 366 * DAY_MS;

export class BudgetExceeded extends Error {}

export interface IcalDateBudget {
  dates: number;
  steps: number;
}

/** What is needed to read the times of a file. `from` and `to` are instants: what lies outside is left out. */
export interface IcalTimeContext {
  from: number;
  to: number;
  /** The zones found so far, by name. */
  zones: Map<string, Zone | ICAL.Timezone>;
  /** The zones that the file describes itself. */
  described: Map<string, ICAL.Timezone>;
  /** The zone of times that name none. */
  own: Zone;
}

export function getDtstart(event: ICAL.Component): ICAL.Time {
  const start = event.getFirstPropertyValue('dtstart');
  if (!(start instanceof ICAL.Time)) throw new Error('An event has no start.');
  return start;
}

export interface EventIntervalAdder {
  zoneName: string;
  /** The longest that one date of the event can last, in ms. */
  longest: number;
  add(found: Interval[], date: ICAL.Time, budget: IcalDateBudget): void;
  addAt(found: Interval[], start: number, budget: IcalDateBudget): void;
}

/** Adds dates of one event. The event's duration is computed once. */
export function makeEventIntervalAdder(event: ICAL.Component, clock: IcalTimeContext): EventIntervalAdder {
  const zoneName = getEventZoneName(event, 'dtstart');
  const first = getDtstart(event);
  const length = lengthOf(event, first, zoneName, clock);
  const longest = length.days * DAY_MS + length.ms;
  const take = (found: Interval[], start: number, end: number, budget: IcalDateBudget) => {
    if (start >= end || end <= clock.from || start >= clock.to) return;
    if (--budget.dates < 0) throw new BudgetExceeded();
    found.push({
      start: Math.floor(Math.max(start, clock.from) / CLAIM_GRAIN_MS) * CLAIM_GRAIN_MS,
      end: Math.ceil(Math.min(end, clock.to) / CLAIM_GRAIN_MS) * CLAIM_GRAIN_MS,
    });
  };
  return {
    zoneName,
    longest: longest + DAY_MS,
    add(found, date, budget) {
      const start = icalTimeToInstant(date, zoneName, clock);
      const end = length.days === 0 ? start : icalTimeToInstant(plusDays(date, length.days), zoneName, clock);
      take(found, start, end + length.ms, budget);
    },
    addAt: (found, start, budget) => take(found, start, start + longest, budget),
  };
}

/** Days are calendar days, and the rest is exact time (RFC 5545, section 3.3.6). */
function lengthOf(
  event: ICAL.Component,
  first: ICAL.Time,
  zoneName: string,
  clock: IcalTimeContext,
): { days: number; ms: number } {
  const length = writtenLength(event, first, zoneName, clock);
  return length.days * DAY_MS + length.ms > LONGEST_MS ? { days: 1, ms: 0 } : length;
}

function writtenLength(
  event: ICAL.Component,
  first: ICAL.Time,
  zoneName: string,
  clock: IcalTimeContext,
): { days: number; ms: number } {
  const duration = event.getFirstPropertyValue('duration');
  const last = event.getFirstPropertyValue('dtend');
  if (duration instanceof ICAL.Duration) {
    // RFC 5545, section 3.6.1: a whole-day event without an end lasts one day.
    if (first.isDate) return { days: Math.max(1, Math.ceil(duration.toSeconds() / 86_400)), ms: 0 };
    const { isNegative, weeks, days, hours, minutes, seconds } = duration;
    return isNegative ? NOTHING : { days: weeks * 7 + days, ms: ((hours * 60 + minutes) * 60 + seconds) * 1000 };
  }
  if (!(last instanceof ICAL.Time)) return first.isDate ? { days: 1, ms: 0 } : NOTHING;
  if (first.isDate) return { days: Math.max(0, Math.round((wallOf(last) - wallOf(first)) / DAY_MS)), ms: 0 };
  const end = icalTimeToInstant(last, getEventZoneName(event, 'dtend') || zoneName, clock);
  return { days: 0, ms: Math.max(0, end - icalTimeToInstant(first, zoneName, clock)) };
}

const NOTHING = { days: 0, ms: 0 };

function plusDays(date: ICAL.Time, days: number): ICAL.Time {
  const later = date.clone();
  later.adjust(days, 0, 0, 0);
  return later;
}

export function getEventStartInstant(event: ICAL.Component, clock: IcalTimeContext): number {
  return icalTimeToInstant(getDtstart(event), getEventZoneName(event, 'dtstart'), clock);
}

export function getEventZoneName(event: ICAL.Component, property: string): string {
  return String(event.getFirstProperty(property)?.getFirstParameter('tzid') ?? '');
}

export function icalTimeToInstant(time: ICAL.Time, zoneName: string, clock: IcalTimeContext): number {
  if (time.isDate) return wallMsToInstant(clock.own, wallOf(time));
  if (time.zone?.tzid === 'UTC') return wallOf(time);
  const zone = zoneNamed(zoneName, clock);
  if (zone instanceof ICAL.Timezone)
    return new ICAL.Time({ ...partsOf(time), isDate: false }, zone).toUnixTime() * 1000;
  return wallMsToInstant(zone, wallOf(time));
}

/**
 * Outlook has zone names that no runtime knows, but its files describe those zones. A zone that the runtime knows is
 * preferred, because the runtime has the rules of more years.
 */
function zoneNamed(name: string, { zones, described, own }: IcalTimeContext): Zone | ICAL.Timezone {
  const known = zones.get(name);
  if (known) return known;
  const zone = isTimeZone(name) ? getZone(name) : (described.get(name) ?? own);
  zones.set(name, zone);
  return zone;
}

function partsOf({ year, month, day, hour, minute, second }: ICAL.Time) {
  return { year, month, day, hour, minute, second };
}

/** The wall time in ms, as if it were UTC. */
function wallOf({ year, month, day, hour, minute, second }: ICAL.Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
