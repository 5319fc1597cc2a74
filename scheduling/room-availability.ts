// Is there a room? A massage needs some one room to itself over its padded interval. For one length, the rooms together
// shut out some starts, and those are worked out once, however many therapists then ask.

import { type AppointmentTimingMs, joinBusyIntervals } from './find-free-starts';
import { checkList, checkObject, checkWholeNumber } from './input-checks';
import { checkIntervals, type Interval } from './interval-arithmetic';

/** Time taken in one room, in any order, padding included. */
export interface RoomBusyTimes {
  id: string;
  busy: Interval[];
}

/** Starts between `after` and `before`, neither included, find no room. */
export interface NoRoomSpan {
  after: number;
  before: number;
}

/**
 * Refuses anything but a list of rooms, by the name of the field; their busy time is checked when it is read.
 *
 * @example
 * checkRoomsInput([{ id: 'loft', busy: [] }]); //=> undefined
 */
export function checkRoomsInput(rooms: RoomBusyTimes[]): void {
  checkList('rooms', rooms);
  for (const [r, room] of rooms.entries()) checkObject(`rooms[${r}]`, room);
}

/**
 * Works out which starts find every room taken, or fewer than `needed` of them free, for one length and padding; `isShut`
 * and `filterStartsWithRoom` ask it. Two massages side by side need two rooms, each free for the whole time.
 *
 * @example
 * listSpansWithoutRoom([{ id: 'loft', busy: [{ start: 0, end: 60_000 }] }], { duration: 60_000, step: 60_000, before: 0, after: 0 }) //=> [{ after: -60_000, before: 60_000 }]
 */
export function listSpansWithoutRoom(rooms: RoomBusyTimes[], fit: AppointmentTimingMs, needed = 1): NoRoomSpan[] {
  checkRoomsInput(rooms);
  checkWholeNumber('needed', needed, 1);
  if (needed > 1) {
    const perRoom = rooms.map(({ busy }, r) => spansWithoutThisRoom(`rooms[${r}].busy`, busy, fit));
    return spansWithMostTaken(perRoom, rooms.length - needed + 1);
  }
  let shut: NoRoomSpan[] = [ALWAYS];
  for (const [r, { busy }] of rooms.entries()) {
    // Of many rooms one is nearly always free, and the rest are only looked at.
    if (shut.length === 0) {
      checkIntervals(`rooms[${r}].busy`, busy);
      continue;
    }
    const { afters, befores } = spansWithoutThisRoom(`rooms[${r}].busy`, busy, fit);
    const both: NoRoomSpan[] = [];
    for (let i = 0, j = 0; i < shut.length && j < afters.length; ) {
      const after = Math.max(shut[i]!.after, afters[j]!);
      const before = Math.min(shut[i]!.before, befores[j]!);
      if (after < before) both.push({ after, before });
      if (shut[i]!.before < befores[j]!) i++;
      else j++;
    }
    shut = both;
  }
  return shut;
}

const ALWAYS: NoRoomSpan = { after: Number.NEGATIVE_INFINITY, before: Number.POSITIVE_INFINITY };

/** Many spans in two lists of numbers, ascending: span k is between `afters[k]` and `befores[k]`. */
interface NoRoomSpans {
  afters: Float64Array;
  befores: Float64Array;
}

/** The starts that one room's busy time shuts out, written over what is taken of it. */
function spansWithoutThisRoom(field: string, busy: Interval[], fit: AppointmentTimingMs): NoRoomSpans {
  const { starts: afters, ends: befores } = joinBusyIntervals(field, busy);
  let count = 0;
  for (let i = 0; afters[i]! < Number.POSITIVE_INFINITY; i++) {
    const after = afters[i]! - fit.duration - fit.after;
    const before = befores[i]! + fit.before;
    if (count > 0 && after < befores[count - 1]!) {
      befores[count - 1] = before;
    } else {
      afters[count] = after;
      befores[count++] = before;
    }
  }
  return { afters: afters.subarray(0, count), befores: befores.subarray(0, count) };
}

/** When at least `most` rooms are taken at once. */
function spansWithMostTaken(perRoom: NoRoomSpans[], most: number): NoRoomSpan[] {
  if (most < 1) return [ALWAYS];
  // Neither end of a span is part of it: where one ends as another begins, the end comes first.
  const edges = perRoom
    .flatMap(({ afters, befores }) => [
      ...[...afters].map((at) => ({ at, by: 1 })),
      ...[...befores].map((at) => ({ at, by: -1 })),
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by);
  const shut: NoRoomSpan[] = [];
  let count = 0;
  let after = 0;
  for (const { at, by } of edges) {
    count += by;
    if (by === 1 && count === most) after = at;
    if (by === -1 && count === most - 1 && at > after) shut.push({ after, before: at });
  }
  return shut;
}

/**
 * Keeps the ascending `starts` that find some room free.
 *
 * @example
 * filterStartsWithRoom([0, 60_000], [{ after: -60_000, before: 60_000 }]) //=> [60_000]
 */
export function filterStartsWithRoom(starts: number[], shut: NoRoomSpan[]): number[] {
  let next = 0;
  return starts.filter((start) => {
    while (next < shut.length && shut[next]!.before <= start) next++;
    return next === shut.length || start <= shut[next]!.after;
  });
}
