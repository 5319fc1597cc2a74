import type { ServiceOffer } from '@/db/practice/services';
import { parseAppointmentTiming } from '@/scheduling/find-free-starts';
import { listSpansWithoutRoom, type NoRoomSpan } from '@/scheduling/room-availability';
import { type AvailabilityContext, getDurationAndBuffers, listSuitableRooms } from './availability-context';

const cache = new WeakMap<AvailabilityContext, Map<string, NoRoomSpan[]>>();

/** The starts of a massage at which no room is free, or fewer than `needed`: worked out once, however many ask. */
export function getSpansWithoutRoom(
  free: AvailabilityContext,
  { service, minutes }: { service: ServiceOffer; minutes: number },
  needed = 1,
): NoRoomSpan[] {
  const spansByMassage = cache.get(free) ?? new Map<string, NoRoomSpan[]>();
  cache.set(free, spansByMassage);
  const lengths = getDurationAndBuffers(service, minutes);
  const key = [service.id, ...Object.values(lengths), needed].join(' ');
  const timing = { ...lengths, stepMinutes: free.practice.stepMinutes };
  const spans =
    spansByMassage.get(key) ??
    listSpansWithoutRoom(listSuitableRooms(free, [service]), parseAppointmentTiming(timing), needed);
  spansByMassage.set(key, spans);
  return spans;
}
