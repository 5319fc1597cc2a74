// Who is asked first when time becomes free, and which dates could they have?
//
// A request names days and parts of the day; an offer consists of starts that are free now. The caller knows which
// starts are free and who could give the massage. Days are local days of the practice, instants ms since the epoch.

import { type Cadence, countSessions, daysBetweenSessions } from './cadence';
import { addDays, weekdayOf } from './day';
import { checkInstant, checkWholeNumber } from './input-checks';
import { toInstant, toWallTime } from './zone-conversion';

/** The parts of a day that a request may name, in order: until 12:00, until 17:00, and after that. */
export const PARTS_OF_DAY = ['morning', 'afternoon', 'evening'] as const;
/** One part of a day. */
export type PartOfDay = (typeof PARTS_OF_DAY)[number];

/** Every part of every weekday. */
export const ANY_DAY_PART = 2 ** 21 - 1;
/** The most requests that one client may have at a time. */
export const MAX_WAITLIST_REQUESTS = 5;
/**
 * Time must stay free this long (ms) before it is offered, so that dragging an appointment back and forth in the
 * calendar makes no offers.
 */
export const FREED_TIME_DELAY_MS = 300_000;
/** An offer that leaves less time to answer is not made. */
const SHORTEST_OFFER_MINUTES = 5;

const MINUTE = 60_000;

/** What a client waits for. */
export interface WaitlistRequest {
  id: string;
  /** Null for any therapist. */
  therapistId: string | null;
  cadence: Cadence;
  sessions: number;
  /** Local days, both included: the first date lies between them. */
  fromOn: string;
  untilOn: string;
  /** One bit for each part of each weekday: see `getDayPartBit`. */
  dayParts: number;
  /** `HH:MM`: only this exact time. */
  atTime: string | null;
  /** The start of a date that the client has: only an earlier one is wanted. */
  soonerThan: number | null;
  isUrgent: boolean;
  /** A date of the client's own plan that they had to skip. */
  isSkip: boolean;
  createdAt: number;
}

/** No offers are made between these times of the practice's clock: nobody would be awake to answer. */
const NIGHT = { from: '22:00', until: '07:00' };

/**
 * Whether offers may be made at an instant: not from 22:00 to 07:00 in the practice's zone.
 *
 * @example
 * isOutsideOfferQuietHours('Europe/Dublin', Date.UTC(2026, 11, 1, 22)) //=> false
 */
export function isOutsideOfferQuietHours(timeZone: string, instant: number): boolean {
  const { time } = toWallTime(timeZone, instant);
  return time >= NIGHT.until && time < NIGHT.from;
}

/**
 * Returns the bit of `WaitlistRequest.dayParts` for one part of one weekday, 0 for Sunday.
 *
 * @example
 * getDayPartBit(2, 'evening') //=> 256
 */
export function getDayPartBit(weekday: number, part: PartOfDay): number {
  return 2 ** (weekday * PARTS_OF_DAY.length + PARTS_OF_DAY.indexOf(part));
}

/**
 * Returns the part of the day that a wall time, `HH:MM`, lies in.
 *
 * @example
 * getPartOfDay('17:00') //=> 'evening'
 */
export function getPartOfDay(time: string): PartOfDay {
  if (time < '12:00') return 'morning';
  return time < '17:00' ? 'afternoon' : 'evening';
}

/**
 * Whether a start matches the weekday, part of the day and time of a request. The request's range of days is not
 * checked.
 *
 * @example
 * matchesRequestedWeekdayAndTime({ ...request, dayParts: getDayPartBit(2, 'evening'), atTime: null, soonerThan: null }, '2026-12-01', '18:00', 0) //=> true
 */
export function matchesRequestedWeekdayAndTime(
  { dayParts, atTime, soonerThan }: Pick<WaitlistRequest, 'dayParts' | 'atTime' | 'soonerThan'>,
  on: string,
  time: string,
  start: number,
): boolean {
  if (atTime !== null && time !== atTime) return false;
  if (soonerThan !== null && start >= soonerThan) return false;
  return Math.floor(dayParts / getDayPartBit(weekdayOf(on), getPartOfDay(time))) % 2 === 1;
}

/**
 * Compares two requests by priority: first those who skipped that very date, then whole standing times before single
 * dates, then urgent ones, then the longest wait. Negative where the first goes before the second.
 *
 * @example
 * compareWaitlistPriority({ ...request, isUrgent: true }, { ...request, isUrgent: false }) //=> -1
 */
export function compareWaitlistPriority(first: WaitlistRequest, second: WaitlistRequest): number {
  const ranks = (request: WaitlistRequest) =>
    [request.isSkip, request.sessions > 1, request.isUrgent].map((is) => (is ? 0 : 1));
  const [ranksOfFirst, ranksOfSecond] = [ranks(first), ranks(second)];
  const at = ranksOfFirst.findIndex((rank, k) => rank !== ranksOfSecond[k]);
  if (at >= 0) return ranksOfFirst[at]! - ranksOfSecond[at]!;
  return first.createdAt - second.createdAt || (first.id < second.id ? -1 : 1);
}

/** The free starts of one therapist for the massage that a request is for. */
export interface TherapistFreeStarts {
  therapistId: string;
  /** Every start that could be booked now. */
  all: ReadonlySet<number>;
  /** The starts among them that need some of the freed time, each with its local day and wall time. */
  freed: readonly { start: number; on: string; time: string }[];
}

/** One possible offer, of a date or of a whole standing time: all its dates are free with one therapist. */
export interface PossibleOffer {
  therapistId: string;
  firstOn: string;
  time: string;
  /** Ascending. */
  starts: number[];
  /** How many of its dates need some of the freed time. */
  freed: number;
}

/**
 * Lists what could be offered with one therapist, each offer whole: every date is free, and at least one needs freed
 * time. The first date may lie before the freed one.
 *
 * @example
 * listPossibleOffers({ therapistId: 'mira', all: new Set([0]), freed: [{ start: 0, on: '1970-01-01', time: '00:00' }] }, { cadence: 'once', sessions: 1, timeZone: 'UTC' }).length //=> 1
 */
export function listPossibleOffers(
  { therapistId, all, freed }: TherapistFreeStarts,
  { cadence, sessions, timeZone }: { cadence: Cadence; sessions: number; timeZone: string },
): PossibleOffer[] {
  const count = countSessions(cadence, sessions);
  // A single date is identified by its start: the clock may show the same hour twice.
  if (count === 1)
    return freed.map(({ start, on, time }) => ({ therapistId, firstOn: on, time, starts: [start], freed: 1 }));
  const step = daysBetweenSessions(cadence);
  const freedStarts = new Set(freed.map(({ start }) => start));
  const offers = new Map<string, PossibleOffer | null>();
  for (const { on, time } of freed) {
    for (let before = 0; before < count; before++) {
      const firstOn = addDays(on, -before * step);
      const key = `${firstOn} ${time}`;
      if (offers.has(key)) continue;
      const starts: number[] = [];
      for (let k = 0; k < count; k++) {
        const start = toInstant(timeZone, addDays(firstOn, k * step), time);
        if (!all.has(start)) break;
        starts.push(start);
      }
      const isWhole = starts.length === count;
      const weight = starts.filter((start) => freedStarts.has(start)).length;
      offers.set(key, isWhole ? { therapistId, firstOn, time, starts, freed: weight } : null);
    }
  }
  return [...offers.values()].filter((offer) => offer !== null);
}

/**
 * Chooses the offer for a request, or null where nothing fits: the one that uses most of the freed time, then
 * the earliest. `isRefused` leaves out what the client was offered before and did not take.
 *
 * @example
 * chooseOffer(request, [], () => false) //=> null
 */
export function chooseOffer(
  request: WaitlistRequest,
  offers: readonly PossibleOffer[],
  isRefused: (offer: PossibleOffer) => boolean,
): PossibleOffer | null {
  let best: PossibleOffer | null = null;
  for (const offer of offers) {
    const { therapistId, firstOn, time, starts, freed } = offer;
    if (request.therapistId !== null && request.therapistId !== therapistId) continue;
    if (firstOn < request.fromOn || firstOn > request.untilOn) continue;
    if (!matchesRequestedWeekdayAndTime(request, firstOn, time, starts[0]!)) continue;
    const isBetter = !best || freed > best.freed || (freed === best.freed && starts[0]! < best.starts[0]!);
    if (isBetter && !isRefused(offer)) best = offer;
  }
  return best;
}

/**
 * Returns until when an offer is held: for `minutes`, or for less if its first date could no longer be booked after
 * that. Null where too little time is left to answer.
 *
 * @example
 * getOfferExpiry({ now: 0, firstStart: 10_800_000, minutes: 30, noticeMinutes: 120 }) //=> 1_800_000
 */
export function getOfferExpiry(query: {
  now: number;
  firstStart: number;
  minutes: number;
  noticeMinutes: number;
}): number | null {
  const { now, firstStart, minutes, noticeMinutes } = query;
  checkInstant('now', now);
  checkInstant('firstStart', firstStart);
  checkWholeNumber('minutes', minutes, 1);
  checkWholeNumber('noticeMinutes', noticeMinutes, 0);
  const until = Math.min(now + minutes * MINUTE, firstStart - noticeMinutes * MINUTE);
  return until < now + SHORTEST_OFFER_MINUTES * MINUTE ? null : until;
}
