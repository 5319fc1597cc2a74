import ICAL from 'ical.js';
import { DAY_MS } from '@/db/retention';
import { type Interval, unionIntervals } from '@/scheduling/interval-arithmetic';
import { getZone } from '@/scheduling/zone-offsets';
import { fastForwardRecurrence } from './fast-forward-recurrence';
import {
  BudgetExceeded,
  getDtstart,
  getEventStartInstant,
  getEventZoneName,
  type IcalDateBudget,
  type IcalTimeContext,
  icalTimeToInstant,
  makeEventIntervalAdder,
} from './ical-event-times';
import { parseIcalendarToJcal } from './parse-icalendar-to-jcal';

// When is somebody busy by their own calendar? Reads an iCalendar file as RFC 5545 defines it, and keeps only times:
// titles, places and guests are never read.

export interface BusyQuery {
  /** Half-open, instants in ms: what lies outside is left out. */
  from: number;
  to: number;
  /** IANA: the zone of whole days, and of times that name no zone. */
  timeZone: string;
  /** Whether an event, by its UID, is one of our own appointments: an invitation that the calendar has accepted. */
  isOwn?: (uid: string) => boolean;
}

export type BusyTimes = { ok: true; busy: Interval[] } | { ok: false; reason: 'unreadable' | 'too_much' };

/** Many times the dates of a busy person's calendar. A rule that repeats every second stops here. */
const MOST_DATES = 50_000;
/** Dates that are only skipped over, from rules that began long ago. */
const MOST_STEPS = 1_000_000;
const MOST_STRETCHES = 5_000;

/**
 * The busy times, in whole cells of five minutes, joined and in order. Events that are free (TRANSP:TRANSPARENT) or
 * cancelled are left out. A date of a series that was moved (RECURRENCE-ID) counts at its new time. Times are read in
 * the VTIMEZONE of the file, else in the zone that TZID names, else in `timeZone`.
 */
export function parseBusyTimes(text: string, query: BusyQuery): BusyTimes {
  try {
    const parsed = parseIcalendarToJcal(text);
    const calendars = (typeof parsed[0] === 'string' ? [parsed] : parsed) as unknown[][];
    if (calendars.length === 0) throw new Error('This is no calendar.');
    const busy = unionIntervals(calendars.flatMap((calendar) => listBusy(new ICAL.Component(calendar), query)));
    return busy.length > MOST_STRETCHES ? { ok: false, reason: 'too_much' } : { ok: true, busy };
  } catch (error) {
    return { ok: false, reason: error instanceof BudgetExceeded ? 'too_much' : 'unreadable' };
  }
}

function listBusy(root: ICAL.Component, query: BusyQuery): Interval[] {
  if (root.name !== 'vcalendar') throw new Error('This is no calendar.');
  const zones = new Map(
    root.getAllSubcomponents('vtimezone').map((zone) => {
      const timezone = new ICAL.Timezone(zone);
      return [timezone.tzid, timezone] as const;
    }),
  );
  const clock: IcalTimeContext = { ...query, zones: new Map(), described: zones, own: getZone(query.timeZone) };
  const events = root.getAllSubcomponents('vevent');
  if (events.length > 0 && !events.some(hasStart)) throw new Error('No event of it has a start.');
  const moved = new Map<string, ICAL.Component[]>();
  for (const event of events.filter(isException)) moved.set(uidOf(event), [...(moved.get(uidOf(event)) ?? []), event]);
  const budget = { dates: MOST_DATES, steps: MOST_STEPS };
  const found: Interval[] = [];
  for (const event of events) {
    // An event without a start does not count. If its dates cannot be computed, the first date still counts.
    if (query.isOwn?.(uidOf(event)) || !hasStart(event)) continue;
    const exceptions = moved.get(uidOf(event)) ?? [];
    if (isException(event)) {
      // A change of all later dates is handled with its series. Where the file has no other part of the series, the
      // first date of the change counts.
      if (!isFree(event)) makeEventIntervalAdder(event, clock).add(found, getDtstart(event), budget);
    } else if (!isFree(event) || exceptions.some(isFromThenOn)) addAllItCan(found, event, exceptions, clock, budget);
  }
  return unionIntervals(found);
}

const uidOf = (event: ICAL.Component) => String(event.getFirstPropertyValue('uid') ?? '');
const isException = (event: ICAL.Component) => event.hasProperty('recurrence-id');

function isFree(event: ICAL.Component): boolean {
  const textOf = (name: string) => String(event.getFirstPropertyValue(name) ?? '').toUpperCase();
  return textOf('transp') === 'TRANSPARENT' || textOf('status') === 'CANCELLED';
}

function hasStart(event: ICAL.Component): boolean {
  return event.getFirstPropertyValue('dtstart') instanceof ICAL.Time;
}

function isFromThenOn(event: ICAL.Component): boolean {
  const range = event.getFirstProperty('recurrence-id')?.getFirstParameter('range');
  return String(range ?? '').toUpperCase() === 'THISANDFUTURE';
}

function addAllItCan(...args: Parameters<typeof addAll>): void {
  const [found, event, , clock, budget] = args;
  try {
    addAll(...args);
  } catch (error) {
    if (error instanceof BudgetExceeded) throw error;
    if (!isFree(event)) makeEventIntervalAdder(event, clock).add(found, getDtstart(event), budget);
  }
}

/** Adds every date of an event, except those that are excluded or were moved. */
function addAll(
  found: Interval[],
  event: ICAL.Component,
  exceptions: ICAL.Component[],
  clock: IcalTimeContext,
  budget: IcalDateBudget,
): void {
  const first = getDtstart(event);
  const span = makeEventIntervalAdder(event, clock);
  if (!event.hasProperty('rrule') && !event.hasProperty('rdate')) {
    if (!isFree(event)) span.add(found, first, budget);
    return;
  }
  const leftOut = listLeftOut(event, clock);
  const places = exceptions.flatMap((each) => {
    const id = each.getFirstPropertyValue('recurrence-id');
    return id instanceof ICAL.Time
      ? [{ each, at: icalTimeToInstant(id, getEventZoneName(each, 'recurrence-id'), clock) }]
      : [];
  });
  const elsewhere = new Set(places.map(({ at }) => at));
  const movedPlaces = places
    .filter(({ each }) => isFromThenOn(each) && hasStart(each))
    .sort((a, b) => a.at - b.at)
    .map(({ each, at }) => ({
      at,
      isFree: isFree(each),
      span: makeEventIntervalAdder(each, clock),
      shift: getEventStartInstant(each, clock) - at,
    }));
  // Dates that end before the requested range are skipped as a whole.
  const longest = Math.max(span.longest, ...movedPlaces.map((each) => each.span.longest + Math.abs(each.shift)));
  const from = fastForwardRecurrence(event, first, clock.from - longest - 2 * DAY_MS);
  // Excluded dates are checked here, because ical.js compares wall times without regard to their zones.
  const dates = new ICAL.RecurExpansion({ component: withoutExdates(event), dtstart: from });
  const furthest = Math.max(0, ...movedPlaces.map(({ shift }) => -shift));
  for (let date = dates.next(); date; date = dates.next()) {
    if (--budget.steps < 0) throw new BudgetExceeded();
    const start = icalTimeToInstant(date, span.zoneName, clock);
    if (start >= clock.to + furthest) return;
    if (elsewhere.has(start) || leftOut(start, date)) continue;
    const change = movedPlaces.findLast(({ at }) => at <= start);
    if (!change) {
      if (!isFree(event)) span.add(found, date, budget);
    } else if (!change.isFree) change.span.addAt(found, start + change.shift, budget);
  }
}

/**
 * Tests whether EXDATE excludes a date, in whatever zone it is written. An EXDATE without a time excludes every date
 * that begins on that day.
 */
function listLeftOut(event: ICAL.Component, clock: IcalTimeContext): (start: number, date: ICAL.Time) => boolean {
  const instants = new Set<number>();
  const days = new Set<string>();
  for (const property of event.getAllProperties('exdate')) {
    const zoneName = String(property.getFirstParameter('tzid') ?? '');
    for (const value of property.getValues()) {
      if (!(value instanceof ICAL.Time)) continue;
      if (value.isDate) days.add(dayOf(value));
      else instants.add(icalTimeToInstant(value, zoneName, clock));
    }
  }
  return (start, date) => instants.has(start) || days.has(dayOf(date));
}

const dayOf = ({ year, month, day }: ICAL.Time) => `${year} ${month} ${day}`;

function withoutExdates(event: ICAL.Component): ICAL.Component {
  const copy = new ICAL.Component(structuredClone(event.jCal));
  copy.removeAllProperties('exdate');
  return copy;
}
