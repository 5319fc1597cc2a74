import { and, asc, gt, inArray, lt, ne, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { getEffectiveHoursOfTherapists } from '@/db/practice/therapist-hours';
import { appointments, timeOff } from '@/db/schema';
import { daysBetween, listDays, weekdayOf } from '@/scheduling/day';
import { type Interval, subtractIntervals } from '@/scheduling/interval-arithmetic';
import { getDayInterval, toInstant } from '@/scheduling/zone-conversion';
import type { DayPeriod } from './report-conditions';

interface WorkingTherapist {
  id: string;
  isActive: boolean;
  inactiveSince: number | null;
}

export interface OpenInterval extends Interval {
  therapistId: string;
}

/**
 * The working hours of each therapist in a period, without their time off. Those of a therapist who has left end when
 * they left, or with their last date where nobody noted when that was.
 */
export async function listOpenIntervals(
  db: Db,
  people: WorkingTherapist[],
  { from, to }: DayPeriod,
  timeZone: string,
): Promise<OpenInterval[]> {
  const span = { start: getDayInterval(timeZone, from).start, end: getDayInterval(timeZone, to).start };
  const endOf = await mapEndsOfWork(db, people);
  const ids = people.map(({ id }) => id).filter((id) => endOf(id) > span.start);
  if (ids.length === 0) return [];
  const { therapists: known } = await getEffectiveHoursOfTherapists(db, ids, from, to);
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
    const afterwards = endOf(id) < span.end ? [{ start: endOf(id), end: span.end }] : [];
    return subtractIntervals(open, [...offTimes, ...afterwards]).map((interval) => ({ ...interval, therapistId: id }));
  });
}

/** The parts before this instant. */
export function keepUntil<Open extends Interval>(intervals: Open[], until: number): Open[] {
  return intervals
    .filter(({ start }) => start < until)
    .map((interval) => ({ ...interval, end: Math.min(interval.end, until) }));
}

/** The parts after this instant. */
export function keepFrom<Open extends Interval>(intervals: Open[], from: number): Open[] {
  return intervals
    .filter(({ end }) => end > from)
    .map((interval) => ({ ...interval, start: Math.max(interval.start, from) }));
}

async function mapEndsOfWork(db: Db, people: WorkingTherapist[]): Promise<(id: string) => number> {
  const unknown = people.filter(({ isActive, inactiveSince }) => !isActive && inactiveSince === null);
  const lastDates =
    unknown.length === 0
      ? []
      : await listLastDates(
          db,
          unknown.map(({ id }) => id),
        );
  const lastDateOf = new Map(lastDates.map(({ id, end }) => [id, end]));
  const ends = new Map(
    people.map(({ id, isActive, inactiveSince }) => [
      id,
      isActive ? Number.POSITIVE_INFINITY : (inactiveSince ?? lastDateOf.get(id) ?? 0),
    ]),
  );
  return (id) => ends.get(id)!;
}

function listLastDates(db: Db, therapistIds: string[]) {
  return db
    .select({ id: appointments.therapistId, end: sql<number>`max(${appointments.endAt})`.mapWith(Number) })
    .from(appointments)
    .where(and(ne(appointments.status, 'cancelled'), inArray(appointments.therapistId, therapistIds)))
    .groupBy(appointments.therapistId);
}
