// What else could be had in place of a date that clashes? The same therapist on that day, or on the days around it, or
// another therapist at that very time: three at most, and only what really is free.

import {
  type AppointmentTimingMs,
  earliestStartAfterNotice,
  findStarts,
  type ParsedTherapist,
  parseAppointmentTiming,
  parseTherapists,
  type TherapistHours,
} from './find-starts';
import { checkInstant, checkObject } from './input-checks';
import { checkIntervals, type Interval } from './interval';
import { filterStartsWithRoom, type NoRoomSpan, type RoomBusy, spansWithoutRoom } from './rooms';
import { firstInstantOfDay } from './zone';
import { findZone, offsetPeriodAt } from './zone-offsets';

const DAY = 86_400_000;

/** A start offered in place of one that clashes. */
export interface Alternative {
  start: number;
  therapistId: string;
}

/** The clash to repair, the therapists who offer its service, and what the series' other dates already take. */
export interface AlternativesQuery {
  timeZone: string;
  clash: { start: number; therapistId: string; durationMinutes: number; bufferBefore: number; bufferAfter: number };
  /** The padded intervals of the series' other dates. */
  taken: Interval[];
  therapists: TherapistHours[];
  /** The rooms that suit; when given, one must be free. */
  rooms?: RoomBusy[];
  /** In place of `rooms`, when they were read before for this length and padding. */
  shut?: NoRoomSpan[];
  /** Starts that are not to be had for another reason. */
  mayStart?: ((start: number, therapistId: string) => boolean) | undefined;
  stepMinutes: number;
  now: number | null;
  minNoticeMinutes: number;
}

/**
 * Proposes up to three starts in place of one that clashes: the same therapist on the same day, nearest first; the same
 * therapist within three days, nearest day and then nearest time of day first; another therapist at that very time.
 * One of each kind comes before a second of any. No two proposed overlap for the client or, padded, for one therapist,
 * and none meets the series' other dates. Throws a RangeError that names the malformed field.
 *
 * @example
 * alternativesFor({
 *   timeZone: 'UTC', stepMinutes: 60, now: null, minNoticeMinutes: 0, taken: [],
 *   clash: { start: 36_000_000, therapistId: 'mira', durationMinutes: 60, bufferBefore: 0, bufferAfter: 0 },
 *   therapists: [{ id: 'mira', weeklyHours: { 4: [['09:00', '11:00']] }, overrides: [], busy: [{ start: 36_000_000, end: 39_600_000 }] }],
 * }) //=> [{ start: 32_400_000, therapistId: 'mira' }]
 */
export function alternativesFor(query: AlternativesQuery): Alternative[] {
  const { clash, stepMinutes } = query;
  const zone = findZone(query.timeZone);
  checkObject('clash', clash);
  checkInstant('clash.start', clash.start);
  const fit = parseAppointmentTiming({ ...clash, stepMinutes }, 'clash.');
  const earliest = earliestStartAfterNotice(query);
  checkIntervals('taken', query.taken);
  const shut = query.shut ?? (query.rooms ? spansWithoutRoom(query.rooms, fit) : null);
  const wall = clash.start + offsetPeriodAt(zone, clash.start).offset;
  const day = Math.floor(wall / DAY);

  const isClear = (start: number) =>
    query.taken.every((other) => start - fit.before >= other.end || start + fit.duration + fit.after <= other.start);
  const startsOf = (therapist: ParsedTherapist, from: number, to: number) => {
    const found = findStarts(zone, therapist.hours, therapist.blocks, fit, Math.max(from, earliest), to);
    const clear = (shut ? filterStartsWithRoom(found, shut) : found).filter(isClear);
    return query.mayStart ? clear.filter((start) => query.mayStart!(start, therapist.id)) : clear;
  };

  const sameDay: Near[] = [];
  const nearDays: Near[] = [];
  const otherTherapists: Alternative[] = [];
  for (const therapist of parseTherapists(query.therapists)) {
    const therapistId = therapist.id;
    if (therapistId !== clash.therapistId) {
      const found = startsOf(therapist, clash.start, clash.start + 1);
      otherTherapists.push(...found.map((start) => ({ start, therapistId })));
      continue;
    }
    const from = firstInstantOfDay(zone, (day - 3) * DAY);
    for (const start of startsOf(therapist, from, firstInstantOfDay(zone, (day + 4) * DAY))) {
      const here = start + offsetPeriodAt(zone, start).offset;
      const days = Math.floor(here / DAY) - day;
      const found = { start, therapistId, days: Math.abs(days), apart: Math.abs(here - wall - days * DAY) };
      if (days !== 0) nearDays.push(found);
      else if (start !== clash.start) sameDay.push(found);
    }
  }
  return pick(fit, [sameDay.sort(nearestFirst), nearDays.sort(nearestFirst), otherTherapists]);
}

interface Near extends Alternative {
  /** Whole days, and ms of the time of day, from the clash. */
  days: number;
  apart: number;
}

/** Of two equally near, the later: putting off is easier than bringing forward. */
function nearestFirst(a: Near, b: Near): number {
  return a.days - b.days || a.apart - b.apart || b.start - a.start;
}

/** Keeps a place for another therapist at the same time: it is the only kind that keeps the standing time. */
function pick(fit: AppointmentTimingMs, kinds: Alternative[][]): Alternative[] {
  const chosen: { kind: number; start: number; therapistId: string }[] = [];
  const fits = (a: Alternative) =>
    chosen.every((b) => {
      const padding = a.therapistId === b.therapistId ? fit.before + fit.after : 0;
      return Math.abs(a.start - b.start) >= fit.duration + padding;
    });
  const take = (kind: number) => {
    const found = kinds[kind]!.find(fits);
    if (found) chosen.push({ ...found, kind });
    return found !== undefined;
  };
  for (const kind of [2, 0, 1]) take(kind);
  for (const kind of [0, 1, 2]) while (chosen.length < 3 && take(kind));
  return chosen.sort((a, b) => a.kind - b.kind).map(({ start, therapistId }) => ({ start, therapistId }));
}
