import type { ServiceOffer } from '@/db/practice/services';
import { parseAppointmentTiming } from '@/scheduling/find-free-starts';
import { listSpansWithoutRoom, type NoRoomSpan } from '@/scheduling/room-availability';
import { type AvailabilityContext, getDurationAndBuffers, listSuitableRooms } from './availability-context';

type SpansByMassage = Map<string, NoRoomSpan[]>;

const cache = new WeakMap<AvailabilityContext['rooms'], WeakMap<ServiceOffer['rooms'], SpansByMassage>>();

/**
 * The starts of a massage at which no room is free, or fewer than `needed`: worked out once for what is taken of the same
 * rooms, however many ask.
 */
export function getSpansWithoutRoom(
  free: AvailabilityContext,
  { service, minutes }: { service: ServiceOffer; minutes: number },
  needed = 1,
): NoRoomSpan[] {
  const byRooms = cache.get(free.rooms) ?? new WeakMap<ServiceOffer['rooms'], SpansByMassage>();
  cache.set(free.rooms, byRooms);
  const byLength = byRooms.get(service.rooms) ?? new Map<string, NoRoomSpan[]>();
  byRooms.set(service.rooms, byLength);
  const lengths = getDurationAndBuffers(service, minutes);
  const key = `${minutes} ${lengths.bufferBefore} ${lengths.bufferAfter} ${needed}`;
  const timing = { ...lengths, stepMinutes: free.practice.stepMinutes };
  const spans =
    byLength.get(key) ??
    listSpansWithoutRoom(listSuitableRooms(free, [service]), parseAppointmentTiming(timing), needed);
  byLength.set(key, spans);
  return spans;
}
