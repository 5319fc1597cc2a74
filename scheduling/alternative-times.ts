// Which starts can replace a date that clashes? The same therapist on that day, or on the days around it, or another
// therapist at that very time: at most three, and only free ones.

import {
  type AppointmentTimingInMs,
  earliestStartAfterNotice,
  findFreeStarts,
  type TherapistHours,
  type TherapistHoursInMs,
  toAppointmentTimingInMs,
  toTherapistHoursInMs,
} from './find-free-starts';
import { checkInstant, checkObject } from './input-checks';
import { checkIntervals, type Interval } from './interval-arithmetic';
import { filterStartsWithRoom, listSpansWithoutRoom, type NoRoomSpan, type RoomBusyTimes } from './room-availability';
import { firstInstantOfDay } from './zone-conversion';
import { getZone, offsetPeriodAt } from './zone-offsets';

const DAY = 86_400_000;
const FURTHEST_DAYS = 3;
/** The kinds of alternatives, in the order in which they are listed. */
const [SAME_DAY, DAYS_AROUND, OTHER_THERAPISTS] = [0, 1, 2];

/** A start offered in place of one that clashes. */
export interface AlternativeStart {
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
  rooms?: RoomBusyTimes[];
  /** In place of `rooms`: their spans without a room, computed before for this length and padding. */
  shut?: NoRoomSpan[];
  /** False for starts that another rule forbids. */
  mayStart?: ((start: number, therapistId: string) => boolean) | undefined;
  stepMinutes: number;
  now: number | null;
  minNoticeMinutes: number;
}

/** The same with hours in ms, for a caller that asks often about the same ones. */
type AlternativesQueryWithHoursInMs = Omit<AlternativesQuery, 'therapists'> & { therapists: TherapistHoursInMs[] };

/**
 * Proposes up to three starts in place of one that clashes: the same therapist on the same day, nearest first; the same
 * therapist within three days, nearest day and then nearest time of day first; another therapist at that very time.
 * One of each kind comes before a second of any. No two proposed overlap for the client or, padded, for one therapist,
 * and none meets the series' other dates. Throws a RangeError that names the malformed field.
 *
 * @example
 * suggestAlternatives({
 *   timeZone: 'UTC', stepMinutes: 60, now: null, minNoticeMinutes: 0, taken: [],
 *   clash: { start: 36_000_000, therapistId: 'mira', durationMinutes: 60, bufferBefore: 0, bufferAfter: 0 },
 *   therapists: [{ id: 'mira', weeklyHours: { 4: [['09:00', '11:00']] }, overrides: [], busy: [{ start: 36_000_000, end: 39_600_000 }] }],
 * }) //=> [{ start: 32_400_000, therapistId: 'mira' }]
 */
export function suggestAlternatives(query: AlternativesQuery | AlternativesQueryWithHoursInMs): AlternativeStart[] {
  const { clash, stepMinutes } = query;
  const zone = getZone(query.timeZone);
  checkObject('clash', clash);
  checkInstant('clash.start', clash.start);
  const fit = toAppointmentTimingInMs({ ...clash, stepMinutes }, 'clash.');
  const earliest = earliestStartAfterNotice(query);
  checkIntervals('taken', query.taken);
  const shut = query.shut ?? (query.rooms ? listSpansWithoutRoom(query.rooms, fit) : null);
  const wall = clash.start + offsetPeriodAt(zone, clash.start).offset;
  const day = Math.floor(wall / DAY);

  const spanOf = (reach: number) =>
    [firstInstantOfDay(zone, (day - reach) * DAY), firstInstantOfDay(zone, (day + reach + 1) * DAY)] as const;
  const [from, to] = spanOf(FURTHEST_DAYS);
  // The series' other dates are mostly weeks away.
  const taken = query.taken.filter(
    (other) => other.end > from - fit.before && other.start < to + fit.duration + fit.after,
  );
  const isClear = (start: number) =>
    taken.every((other) => start - fit.before >= other.end || start + fit.duration + fit.after <= other.start);
  const startsOf = (therapist: TherapistHoursInMs, first: number, last: number) => {
    const found = findFreeStarts(zone, therapist.hours, therapist.blocks, fit, Math.max(first, earliest), last);
    const clear = (shut ? filterStartsWithRoom(found, shut) : found).filter(isClear);
    return query.mayStart ? clear.filter((start) => query.mayStart!(start, therapist.id)) : clear;
  };

  const therapists = toTherapistHoursInMs(query.therapists);
  const otherTherapists = therapists
    .filter(({ id }) => id !== clash.therapistId)
    .flatMap((other) => startsOf(other, clash.start, clash.start + 1).map((start) => nearOf(start, other.id)));
  function nearOf(start: number, therapistId: string): Near {
    const localStart = start + offsetPeriodAt(zone, start).offset;
    const days = Math.floor(localStart / DAY) - day;
    return { start, therapistId, days: Math.abs(days), apart: Math.abs(localStart - wall - days * DAY) };
  }
  const own = therapists.filter(({ id }) => id === clash.therapistId);
  if (own.length === 0) return pick(fit, [[], [], otherTherapists]).chosen;
  const kindsWithin = (reach: number): Near[][] => {
    const near = own.flatMap((therapist) =>
      startsOf(therapist, ...spanOf(reach)).map((start) => nearOf(start, therapist.id)),
    );
    const sameDay = near.filter(({ days, start }) => days === 0 && start !== clash.start);
    return [sameDay, near.filter(({ days }) => days > 0), otherTherapists];
  };
  const close = pick(fit, kindsWithin(1));
  // The days next to it nearly always have a free start, so days further off are searched only if they have none.
  return close.areDaysUsedUp ? pick(fit, kindsWithin(FURTHEST_DAYS)).chosen : close.chosen;
}

interface Near extends AlternativeStart {
  /** Whole days, and ms of the time of day, from the clash. */
  days: number;
  apart: number;
}

/** Of two equally near, the later: putting off is easier than bringing forward. */
function nearestFirst(a: Near, b: Near): number {
  return a.days - b.days || a.apart - b.apart || b.start - a.start;
}

/**
 * Keeps a place for another therapist at the same time: it is the only kind that keeps the standing time.
 * `areDaysUsedUp`: the days around it had fewer starts than wanted.
 */
function pick(fit: AppointmentTimingInMs, kinds: Near[][]): { chosen: AlternativeStart[]; areDaysUsedUp: boolean } {
  const chosen: { kind: number; start: number; therapistId: string }[] = [];
  let areDaysUsedUp = false;
  const fits = (a: AlternativeStart) =>
    chosen.every((b) => {
      const padding = a.therapistId === b.therapistId ? fit.before + fit.after : 0;
      return Math.abs(a.start - b.start) >= fit.duration + padding;
    });
  const take = (kind: number) => {
    let nearest: Near | undefined;
    for (const found of kinds[kind]!) {
      if ((!nearest || nearestFirst(found, nearest) < 0) && fits(found)) nearest = found;
    }
    if (nearest) chosen.push({ kind, start: nearest.start, therapistId: nearest.therapistId });
    else if (kind === DAYS_AROUND) areDaysUsedUp = true;
    return nearest !== undefined;
  };
  for (const kind of [OTHER_THERAPISTS, SAME_DAY, DAYS_AROUND]) take(kind);
  for (const kind of [SAME_DAY, DAYS_AROUND, OTHER_THERAPISTS]) while (chosen.length < 3 && take(kind));
  chosen.sort((a, b) => a.kind - b.kind);
  return { chosen: chosen.map(({ start, therapistId }) => ({ start, therapistId })), areDaysUsedUp };
}
