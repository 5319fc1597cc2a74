import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { ActiveService } from '@/db/practice/services';
import { daysBetween } from '@/scheduling/day';
import { parseMinuteOfDay } from '@/scheduling/time-of-day';
import { toWallTime } from '@/scheduling/zone-conversion';
import type { ExceededCap } from './workload-tally';

// Which of the free times are proposed for a date that can no longer be given, and in what order.

const MINUTE = 60_000;
/** One day away counts as much as this many hours away on the same day. */
const A_DAY_IS_MS = 6 * 60 * MINUTE;

interface Place {
  startsAt: number;
  therapistId: string;
}

/** A colleague at the same hour first, else the nearest other time; what is within the therapist’s caps before the rest. */
export function chooseReplacementTimes(
  row: AppointmentRow,
  service: ActiveService,
  startsOf: (therapistId: string) => number[],
  {
    timeZone,
    heir,
    exceeds,
  }: { timeZone: string; heir: string | undefined; exceeds: (therapistId: string, start: number) => ExceededCap[] },
): Place[] {
  const isOther = (start: number) => start !== row.startAt;
  const isWithinCaps = ({ therapistId, startsAt }: Place) => exceeds(therapistId, startsAt).length === 0;
  const withinCapsFirst = (places: Place[]) => [
    ...places.filter(isWithinCaps),
    ...places.filter((place) => !isWithinCaps(place)),
  ];
  const nearest = (therapistId: string) => {
    const places = startsOf(therapistId)
      .filter(isOther)
      .sort((a, b) => farness(a) - farness(b) || b - a)
      .map((startsAt) => ({ startsAt, therapistId }));
    const best = places.find(isWithinCaps) ?? places[0];
    return best ? [best] : [];
  };
  const farness = (start: number) => {
    const [was, is] = [toWallTime(timeZone, row.startAt), toWallTime(timeZone, start)];
    return (
      Math.abs(daysBetween(was.on, is.on)) * A_DAY_IS_MS +
      Math.abs(parseMinuteOfDay(is.time) - parseMinuteOfDay(was.time)) * MINUTE
    );
  };
  const nearestFirst = (places: Place[]) => places.sort((a, b) => farness(a.startsAt) - farness(b.startsAt));
  const sameHour = (therapistId: string) =>
    startsOf(therapistId).includes(row.startAt) ? [{ startsAt: row.startAt, therapistId }] : [];
  if (heir !== undefined)
    return service.therapists.includes(heir) ? withinCapsFirst([...sameHour(heir), ...nearest(heir)]) : [];
  const colleagues = service.therapists.filter((id) => id !== row.therapistId);
  const instead = colleagues.flatMap(sameHour);
  const withThem = service.therapists.includes(row.therapistId) ? nearest(row.therapistId) : [];
  const elsewhere = instead.some(isWithinCaps) ? [] : withinCapsFirst(nearestFirst(colleagues.flatMap(nearest)));
  const others = nearestFirst([
    ...withThem,
    ...elsewhere.slice(0, 1).filter((place) => instead.length === 0 || isWithinCaps(place)),
  ]);
  return withinCapsFirst([...instead, ...others]);
}
