// What does a massage take of a therapist and of a room, and which of them does each date get?
//
// Time is claimed in cells of five minutes, so padding aligns outward to whole cells. Instants are ms since the epoch.

import { type Interval, intervalsOverlap } from './interval-arithmetic';

/** Five minutes: the grain of every claim, and of every start. */
export const CLAIM_GRAIN_MS = 300_000;
const MINUTE = 60_000;

/** What one date needs: `padded` is to be claimed of one of the therapists and of one of the rooms. */
export interface ResourceNeed {
  padded: Interval;
  /** Ids, the first choice first. */
  therapistIds: string[];
  roomIds: string[];
}

/** Time taken of somebody or of a room, padding included, and whether as time off. */
export interface TakenTime extends Interval {
  isTimeOff: boolean;
}

/** What is taken, by id; an id that is missing is free. */
export interface BusyResources {
  therapists: ReadonlyMap<string, TakenTime[]>;
  rooms: ReadonlyMap<string, TakenTime[]>;
}

/** Why a date cannot be had; `at` is its index in the plan. */
export interface RefusedDate {
  at: number;
  reason: 'booked' | 'time_off' | 'room';
}

/**
 * Computes the time an appointment takes of a therapist and a room, in ms: set-up, massage and clean-up, extended to
 * whole cells.
 *
 * @example
 * computePaddedInterval(0, { minutes: 60, setupMinutes: 0, cleanupMinutes: 12 }) //=> { start: 0, end: 4_500_000 }
 */
export function computePaddedInterval(
  startsAt: number,
  lengths: { minutes: number; setupMinutes: number; cleanupMinutes: number },
): Interval {
  const { minutes, setupMinutes, cleanupMinutes } = lengths;
  const start = startsAt - setupMinutes * MINUTE;
  const end = startsAt + (minutes + cleanupMinutes) * MINUTE;
  return {
    start: Math.floor(start / CLAIM_GRAIN_MS) * CLAIM_GRAIN_MS,
    end: Math.ceil(end / CLAIM_GRAIN_MS) * CLAIM_GRAIN_MS,
  };
}

/**
 * Picks a free therapist and a free room for every date, or names every date that has none and why. The therapist who
 * is free on the most dates comes first for each, so a series with `any` keeps one therapist where possible; among
 * equals the first listed. What one date takes is taken for the next; of two dates at the same time, the first leaves
 * to the second the therapist or room without which that one cannot be served.
 *
 * @example
 * chooseResources([date], { therapists: new Map(), rooms: new Map() }) //=> { ok: true, choices: [{ therapistId: 'mira', roomId: 'garden' }] }
 */
export function chooseResources(
  dates: ResourceNeed[],
  busyResources: BusyResources,
): { ok: true; choices: { therapistId: string; roomId: string }[] } | { ok: false; refused: RefusedDate[] } {
  const therapists = copyOf(busyResources.therapists);
  const rooms = copyOf(busyResources.rooms);
  const countFor = (id: string) =>
    dates.filter(({ therapistIds, padded }) => therapistIds.includes(id) && isFree(therapists, id, padded)).length;
  const neededTherapists = new Set(dates.flatMap(({ therapistIds }) => therapistIds));
  const counts = new Map([...neededTherapists].map((id) => [id, countFor(id)]));
  const choices: { therapistId: string; roomId: string }[] = [];
  const refused: RefusedDate[] = [];
  for (const [at, { therapistIds, roomIds, padded }] of dates.entries()) {
    const alongside = dates.slice(at + 1).filter((other) => intervalsOverlap(other.padded, padded));
    const free = therapistIds.filter((id) => isFree(therapists, id, padded));
    free.sort((a, b) => counts.get(b)! - counts.get(a)!);
    const freeRooms = roomIds.filter((id) => isFree(rooms, id, padded));
    const therapistId =
      free.find((id) => alongside.every((other) => isSpared(therapists, other.therapistIds, other.padded, id))) ??
      free[0];
    const roomId =
      freeRooms.find((id) => alongside.every((other) => isSpared(rooms, other.roomIds, other.padded, id))) ??
      freeRooms[0];
    if (therapistId === undefined) {
      const areOff = therapistIds.every((id) => meeting(therapists, id, padded).some(({ isTimeOff }) => isTimeOff));
      refused.push({ at, reason: areOff ? 'time_off' : 'booked' });
    } else if (roomId === undefined) {
      refused.push({ at, reason: 'room' });
    } else {
      choices.push({ therapistId, roomId });
      take(therapists, therapistId, padded);
      take(rooms, roomId, padded);
    }
  }
  return refused.length > 0 ? { ok: false, refused } : { ok: true, choices };
}

type Ledger = Map<string, TakenTime[]>;

function copyOf(ledger: ReadonlyMap<string, TakenTime[]>): Ledger {
  return new Map([...ledger].map(([id, times]) => [id, [...times]]));
}

function meeting(ledger: Ledger, id: string, interval: Interval): TakenTime[] {
  return (ledger.get(id) ?? []).filter((busyTime) => intervalsOverlap(busyTime, interval));
}

function isFree(ledger: Ledger, id: string, interval: Interval): boolean {
  return meeting(ledger, id, interval).length === 0;
}

/** Whether one of `ids` other than `id` is free for a date, or none is that could be spared for it. */
function isSpared(ledger: Ledger, ids: string[], interval: Interval, id: string): boolean {
  const free = ids.filter((candidate) => isFree(ledger, candidate, interval));
  return free.length !== 1 || free[0] !== id;
}

function take(ledger: Ledger, id: string, interval: Interval): void {
  ledger.set(id, [...(ledger.get(id) ?? []), { ...interval, isTimeOff: false }]);
}
