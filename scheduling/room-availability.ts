// Is there a room? A massage needs some one room to itself over its padded interval. For one length, the rooms together
// shut out some starts, and those are worked out once, however many therapists then ask.

import { type AppointmentTimingInMs, joinBusyIntervals } from './find-free-starts';
import { checkArray, checkObject } from './input-checks';
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
  checkArray('rooms', rooms);
  for (const [r, room] of rooms.entries()) checkObject(`rooms[${r}]`, room);
}

/**
 * Works out which starts find every room taken, for one length and padding; `isShut` and `filterStartsWithRoom` ask it.
 *
 * @example
 * listSpansWithoutRoom([{ id: 'loft', busy: [{ start: 0, end: 60_000 }] }], { duration: 60_000, step: 60_000, before: 0, after: 0 }) //=> [{ after: -60_000, before: 60_000 }]
 */
export function listSpansWithoutRoom(rooms: RoomBusyTimes[], fit: AppointmentTimingInMs): NoRoomSpan[] {
  checkRoomsInput(rooms);
  let shut: NoRoomSpan[] = [ALWAYS];
  for (const [r, { busy }] of rooms.entries()) {
    // Of many rooms one is nearly always free: the busy time of the others is then only validated.
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
function spansWithoutThisRoom(field: string, busy: Interval[], fit: AppointmentTimingInMs): NoRoomSpans {
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

/** One of two massages that begin together: the rooms that suit it, and how long it needs one. */
export interface RoomNeed {
  rooms: RoomBusyTimes[];
  fit: AppointmentTimingInMs;
}

/**
 * Works out which starts find no two rooms for two massages side by side, which may differ in length, padding and the rooms
 * that suit them. Each needs a room of its own for its whole padded time: where one room is all that is free, and it suits
 * both, only one of them has a room. A room that suits both must be the same in both lists.
 *
 * @example
 * listSpansWithoutTwoRooms(...['loft', 'loft'].map((id) => ({ rooms: [{ id, busy: [] }], fit: { duration: 60_000, step: 60_000, before: 0, after: 0 } }))) //=> [{ after: -Infinity, before: Infinity }]
 */
export function listSpansWithoutTwoRooms(first: RoomNeed, second: RoomNeed): NoRoomSpan[] {
  const needs = [first, second];
  for (const { rooms } of needs) checkRoomsInput(rooms);
  // For how many of the two massages a room is free, and how many rooms are free for the one, the other, or any of them.
  const uses = new Map<string, number>();
  const freeFor = [0, 0];
  let freeForAny = 0;
  const change = (need: number, id: string, by: 1 | -1) => {
    const before = uses.get(id) ?? 0;
    uses.set(id, before + by);
    freeFor[need]! += by;
    if (before === 0) freeForAny += 1;
    if (before + by === 0) freeForAny -= 1;
  };
  const edges = needs.flatMap(({ rooms, fit }, need) =>
    rooms.flatMap(({ id, busy }, r) => {
      change(need, id, 1);
      const { afters, befores } = spansWithoutThisRoom(`rooms[${r}].busy`, busy, fit);
      return [
        ...[...afters].map((at) => ({ at, need, id, by: -1 as const })),
        ...[...befores].map((at) => ({ at, need, id, by: 1 as const })),
      ];
    }),
  );
  // Neither end of a span is part of it: where one ends as another begins, the end comes first.
  edges.sort((a, b) => a.at - b.at || b.by - a.by);
  const hasTwo = () => freeFor[0]! > 0 && freeFor[1]! > 0 && freeForAny > 1;
  const shut: NoRoomSpan[] = [];
  let after = hasTwo() ? null : Number.NEGATIVE_INFINITY;
  for (const [k, { at, need, id, by }] of edges.entries()) {
    change(need, id, by);
    const next = edges[k + 1];
    if (next?.at === at && next.by === by) continue;
    if (after === null && !hasTwo()) after = at;
    else if (after !== null && hasTwo()) {
      shut.push({ after, before: at });
      after = null;
    }
  }
  if (after !== null) shut.push({ after, before: Number.POSITIVE_INFINITY });
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
