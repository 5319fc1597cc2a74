import { and, asc, gt, lt } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { getEffectiveHoursOfTherapists } from '@/db/practice/therapist-hours';
import { timeOff } from '@/db/schema';
import { daysBetween, listDays, weekdayOf } from '@/scheduling/day';
import { type Interval, subtractIntervals } from '@/scheduling/interval-arithmetic';
import { getDayInterval, toInstant } from '@/scheduling/zone-conversion';
import type { DayPeriod } from './report-conditions';

export interface OpenInterval extends Interval {
  therapistId: string;
}

/** The working hours of each therapist in a period, without their time off. */
export async function listOpenIntervals(
  db: Db,
  people: { id: string; isActive: boolean }[],
  { from, to }: DayPeriod,
  timeZone: string,
): Promise<OpenInterval[]> {
  const ids = people.filter(({ isActive }) => isActive).map(({ id }) => id);
  if (ids.length === 0) return [];
  const { therapists: known } = await getEffectiveHoursOfTherapists(db, ids, from, to);
  const span = { start: getDayInterval(timeZone, from).start, end: getDayInterval(timeZone, to).start };
  const off = await db
    .select({ therapistId: timeOff.therapistId, start: timeOff.startAt, end: timeOff.endAt })
    .from(timeOff)
    .where(and(lt(timeOff.startAt, span.end), gt(timeOff.endAt, span.start)))
    .orderBy(asc(timeOff.startAt));
  const days = listDays(from, daysBetween(from, to));
  return ids.flatMap((id) => {
    const { weeklyHours, overrides } = known.get(id)!;
    const ofDay = new Map(overrides.map(({ on, hours }) => [on, hours]));
    const open = days.flatMap((on) =>
      (ofDay.get(on) ?? weeklyHours[weekdayOf(on)] ?? []).map(([start, end]) => ({
        start: toInstant(timeZone, on, start),
        end: end === '24:00' ? getDayInterval(timeZone, on).end : toInstant(timeZone, on, end),
      })),
    );
    const offTimes = off.filter(({ therapistId }) => therapistId === id).map(({ start, end }) => ({ start, end }));
    return subtractIntervals(open, offTimes).map((interval) => ({ ...interval, therapistId: id }));
  });
}
