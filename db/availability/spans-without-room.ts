import type { ActiveService } from '@/db/practice/services';
import { toAppointmentTimingInMs } from '@/scheduling/find-free-starts';
import { listSpansWithoutRoom, listSpansWithoutTwoRooms, type NoRoomSpan } from '@/scheduling/room-availability';
import { type AvailabilityContext, getBusyTimesOfSuitableRooms, toDurationAndBuffers } from './availability-context';

type Spans = Map<string, NoRoomSpan[]>;

/** A massage and its length. */
export interface MassageAndLength {
  service: ActiveService;
  minutes: number;
}

const cache = new WeakMap<AvailabilityContext['rooms'], WeakMap<ActiveService['rooms'], Spans>>();

/**
 * The starts of a massage at which no room is free. With `beside`, those at which there are no two rooms for both
 * massages; the result is the same for either of them. Computed once for the busy times of the same rooms, however many
 * callers ask.
 */
export function getCachedSpansWithoutRoom(
  free: AvailabilityContext,
  massage: MassageAndLength,
  beside?: MassageAndLength,
): NoRoomSpan[] {
  const byRooms = cache.get(free.rooms) ?? new WeakMap<ActiveService['rooms'], Spans>();
  cache.set(free.rooms, byRooms);
  const { rooms } = massage.service;
  const byLength = byRooms.get(rooms) ?? new Map<string, NoRoomSpan[]>();
  byRooms.set(rooms, byLength);
  const key = [keyOf(massage), ...(beside ? [keyOf(beside), ...beside.service.rooms] : [])].join(' ');
  const needOf = ({ service, minutes }: MassageAndLength) => ({
    rooms: getBusyTimesOfSuitableRooms(free, [service]),
    fit: toAppointmentTimingInMs({
      ...toDurationAndBuffers(service, minutes),
      stepMinutes: free.practice.stepMinutes,
    }),
  });
  const work = (): NoRoomSpan[] => {
    const own = needOf(massage);
    return beside ? listSpansWithoutTwoRooms(own, needOf(beside)) : listSpansWithoutRoom(own.rooms, own.fit);
  };
  const spans = byLength.get(key) ?? work();
  byLength.set(key, spans);
  return spans;
}

function keyOf({ service, minutes }: MassageAndLength): string {
  const { bufferBefore, bufferAfter } = toDurationAndBuffers(service, minutes);
  return `${minutes} ${bufferBefore} ${bufferAfter}`;
}
