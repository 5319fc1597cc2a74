import ICAL from 'ical.js';
import { addDays } from '@/scheduling/day';
import { type Interval, union } from '@/scheduling/interval';
import { CELL_MS } from '@/scheduling/resources';
import { toInstant } from '@/scheduling/zone';
import { isTimeZone } from '@/scheduling/zone-offsets';

// When is somebody busy by a calendar of theirs? Reads an iCalendar file as RFC 5545 means it and keeps nothing but times:
// no title, place or guest of it is ever looked at.

export interface BusyQuery {
  /** Half-open, instants in ms: what lies outside is left out. */
  from: number;
  to: number;
  /** IANA: where times without a zone, and whole days, are meant. */
  timeZone: string;
  /** Whether an event, by its UID, is one of ours that came back: an invitation that a calendar took in. */
  isOwn?: (uid: string) => boolean;
}

export type BusyTimes = { ok: true; busy: Interval[] } | { ok: false; reason: 'unreadable' | 'too_much' };

/** What a calendar of a busy person has many times over; a rule that repeats every second ends here. */
const MOST_DATES = 50_000;
const MOST_STRETCHES = 5_000;
const DAY_MS = 86_400_000;

/**
 * The times that are taken, in whole cells of five minutes, joined and in order. Left out is what the file says is free
 * (TRANSP:TRANSPARENT) or cancelled. A date of a series that was moved (RECURRENCE-ID) counts where it is now. Times are
 * read by the VTIMEZONE of the file, else by the zone that TZID names, else by `timeZone`.
 */
export function readBusyTimes(text: string, query: BusyQuery): BusyTimes {
  try {
    // A byte-order mark is no line of it, and several calendars may stand one after the other (RFC 5545, section 3.4).
    const parsed = ICAL.parse(text.replace(/^\uFEFF/, ''));
    const calendars = (typeof parsed[0] === 'string' ? [parsed] : parsed) as unknown[][];
    if (calendars.length === 0) throw new Error('This is no calendar.');
    const busy = union(calendars.flatMap((calendar) => listBusy(new ICAL.Component(calendar), query)));
    return busy.length > MOST_STRETCHES ? { ok: false, reason: 'too_much' } : { ok: true, busy };
  } catch (error) {
    return { ok: false, reason: error instanceof TooMuch ? 'too_much' : 'unreadable' };
  }
}

class TooMuch extends Error {}

function listBusy(root: ICAL.Component, query: BusyQuery): Interval[] {
  if (root.name !== 'vcalendar') throw new Error('This is no calendar.');
  const zones = new Map(
    root.getAllSubcomponents('vtimezone').map((zone) => {
      const made = new ICAL.Timezone(zone);
      return [made.tzid, made] as const;
    }),
  );
  const clock = { zones, ...query };
  const events = root.getAllSubcomponents('vevent');
  if (events.length > 0 && !events.some(hasStart)) throw new Error('No event of it has a start.');
  const moved = new Map<string, ICAL.Component[]>();
  for (const event of events.filter(isException)) moved.set(uidOf(event), [...(moved.get(uidOf(event)) ?? []), event]);
  const budget = { left: MOST_DATES };
  const found: Interval[] = [];
  for (const event of events) {
    // An event without a start is none. Of one that cannot be worked out its first date counts all the same.
    if (isFree(event) || query.isOwn?.(uidOf(event)) || !hasStart(event)) continue;
    if (isException(event)) add(found, event, firstOf(event), clock);
    else addAllItCan(found, event, moved.get(uidOf(event)) ?? [], clock, budget);
  }
  return union(found);
}

interface FileClock extends BusyQuery {
  zones: Map<string, ICAL.Timezone>;
}

const uidOf = (event: ICAL.Component) => String(event.getFirstPropertyValue('uid') ?? '');
const isException = (event: ICAL.Component) => event.hasProperty('recurrence-id');

function isFree(event: ICAL.Component): boolean {
  const says = (name: string) => String(event.getFirstPropertyValue(name) ?? '').toUpperCase();
  return says('transp') === 'TRANSPARENT' || says('status') === 'CANCELLED';
}

function firstOf(event: ICAL.Component): ICAL.Time {
  const start = event.getFirstPropertyValue('dtstart');
  if (!(start instanceof ICAL.Time)) throw new Error('An event has no start.');
  return start;
}

function hasStart(event: ICAL.Component): boolean {
  return event.getFirstPropertyValue('dtstart') instanceof ICAL.Time;
}

function addAllItCan(...given: Parameters<typeof addAll>): void {
  const [found, event, , clock] = given;
  try {
    addAll(...given);
  } catch (error) {
    if (error instanceof TooMuch) throw error;
    add(found, event, firstOf(event), clock);
  }
}

/** Every date of an event but those that stand elsewhere. */
function addAll(
  found: Interval[],
  event: ICAL.Component,
  exceptions: ICAL.Component[],
  clock: FileClock,
  budget: { left: number },
): void {
  const first = firstOf(event);
  if (!event.hasProperty('rrule') && !event.hasProperty('rdate')) {
    spend(budget);
    add(found, event, first, clock);
    return;
  }
  const zoneName = zoneNameOf(event, 'dtstart');
  const elsewhere = new Set(
    exceptions.flatMap((each) => {
      const id = each.getFirstPropertyValue('recurrence-id');
      return id instanceof ICAL.Time ? [instantOf(id, zoneNameOf(each, 'recurrence-id'), clock)] : [];
    }),
  );
  const dates = new ICAL.RecurExpansion({ component: event, dtstart: first });
  for (let date = dates.next(); date; date = dates.next()) {
    spend(budget);
    const start = instantOf(date, zoneName, clock);
    if (start >= clock.to) return;
    if (!elsewhere.has(start)) add(found, event, date, clock);
  }
}

function spend(budget: { left: number }): void {
  budget.left -= 1;
  if (budget.left < 0) throw new TooMuch();
}

/** Takes the event's length from the date on, where some of it lies within what is asked for. */
function add(found: Interval[], event: ICAL.Component, date: ICAL.Time, clock: FileClock): void {
  const zoneName = zoneNameOf(event, 'dtstart');
  const start = instantOf(date, zoneName, clock);
  const end = endOf(event, date, start, zoneName, clock);
  if (start >= end || end <= clock.from || start >= clock.to) return;
  found.push({
    start: Math.floor(Math.max(start, clock.from) / CELL_MS) * CELL_MS,
    end: Math.ceil(Math.min(end, clock.to) / CELL_MS) * CELL_MS,
  });
}

function endOf(event: ICAL.Component, date: ICAL.Time, start: number, zoneName: string, clock: FileClock): number {
  const duration = event.getFirstPropertyValue('duration');
  const length = duration instanceof ICAL.Duration ? duration : null;
  if (length && !date.isDate) return instantOf(plusDays(date, length), zoneName, clock) + restMs(length);
  const first = firstOf(event);
  const last = event.getFirstPropertyValue('dtend');
  if (date.isDate) {
    // RFC 5545, section 3.6.1: a whole day without an end is that day.
    const days = length
      ? Math.max(1, Math.ceil(length.toSeconds() / 86_400))
      : last instanceof ICAL.Time
        ? Math.round((wallOf(last) - wallOf(first)) / DAY_MS)
        : 1;
    return dayStart(wallDay(date, days), clock.timeZone);
  }
  if (!(last instanceof ICAL.Time)) return start;
  const span = instantOf(last, zoneNameOf(event, 'dtend') || zoneName, clock) - instantOf(first, zoneName, clock);
  return start + span;
}

/** Days and weeks of a length are those of the calendar, and its hours those of the clock (RFC 5545, section 3.3.6). */
function plusDays(date: ICAL.Time, { isNegative, weeks, days }: ICAL.Duration): ICAL.Time {
  const later = date.clone();
  if (!isNegative) later.adjust(weeks * 7 + days, 0, 0, 0);
  return later;
}

function restMs({ isNegative, hours, minutes, seconds }: ICAL.Duration): number {
  return isNegative ? 0 : ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

function zoneNameOf(event: ICAL.Component, property: string): string {
  return String(event.getFirstProperty(property)?.getFirstParameter('tzid') ?? '');
}

function instantOf(time: ICAL.Time, zoneName: string, { zones, timeZone }: FileClock): number {
  if (time.isDate) return dayStart(wallDay(time, 0), timeZone);
  if (time.zone?.tzid === 'UTC') return wallOf(time);
  const zone = zones.get(zoneName);
  // What Outlook calls its zones no runtime knows, but its files describe them; where both do, the runtime knows more years.
  if (zone && !isTimeZone(zoneName)) {
    const inZone = new ICAL.Time({ ...partsOf(time), isDate: false }, zone);
    return inZone.toUnixTime() * 1000;
  }
  const named = isTimeZone(zoneName) ? zoneName : timeZone;
  const wall = new Date(wallOf(time)).toISOString();
  return toInstant(named, wall.slice(0, 10), wall.slice(11, 16)) + time.second * 1000;
}

function partsOf({ year, month, day, hour, minute, second }: ICAL.Time) {
  return { year, month, day, hour, minute, second };
}

/** As if it were UTC. */
function wallOf({ year, month, day, hour, minute, second }: ICAL.Time): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function wallDay({ year, month, day }: ICAL.Time, later: number): string {
  return addDays(new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10), later);
}

function dayStart(on: string, timeZone: string): number {
  return toInstant(timeZone, on, '00:00');
}
