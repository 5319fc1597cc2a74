// Is there a room? A massage needs some one room to itself over its padded interval. For one length, the rooms together
// shut out some starts, and those are worked out once, however many therapists then ask.

import { type AppointmentTimingMs, joinBusy } from './find-starts';
import { checkList, checkObject } from './input-checks';
import { checkIntervals, type Interval } from './interval';

/** Time taken in one room, in any order, padding included. */
export interface RoomBusy {
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
export function checkRoomsInput(rooms: RoomBusy[]): void {
  checkList('rooms', rooms);
  for (const [r, room] of rooms.entries()) checkObject(`rooms[${r}]`, room);
}

/**
 * Works out which starts find every room taken, for one length and padding; `isShut` and `filterStartsWithRoom` ask it.
 *
 * @example
 * spansWithoutRoom([{ id: 'loft', busy: [{ start: 0, end: 60_000 }] }], { duration: 60_000, step: 60_000, before: 0, after: 0 }) //=> [{ after: -60_000, before: 60_000 }]
 */
export function spansWithoutRoom(rooms: RoomBusy[], fit: AppointmentTimingMs): NoRoomSpan[] {
  checkRoomsInput(rooms);
  let shut: NoRoomSpan[] = [{ after: Number.NEGATIVE_INFINITY, before: Number.POSITIVE_INFINITY }];
  for (const [r, { busy }] of rooms.entries()) {
    // Of many rooms one is nearly always free, and the rest are only looked at.
    if (shut.length === 0) {
      checkIntervals(`rooms[${r}].busy`, busy);
      continue;
    }
    const { starts, ends } = joinBusy(`rooms[${r}].busy`, busy);
    // What shuts this room out, written over what is taken of it.
    let count = 0;
    for (let i = 0; starts[i]! < Number.POSITIVE_INFINITY; i++) {
      const after = starts[i]! - fit.duration - fit.after;
      const before = ends[i]! + fit.before;
      if (count > 0 && after < ends[count - 1]!) {
        ends[count - 1] = before;
      } else {
        starts[count] = after;
        ends[count++] = before;
      }
    }
    const both: NoRoomSpan[] = [];
    for (let i = 0, j = 0; i < shut.length && j < count; ) {
      const after = Math.max(shut[i]!.after, starts[j]!);
      const before = Math.min(shut[i]!.before, ends[j]!);
      if (after < before) both.push({ after, before });
      if (shut[i]!.before < ends[j]!) i++;
      else j++;
    }
    shut = both;
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
