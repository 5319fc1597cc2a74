import { and, asc, eq, gt, inArray, lt, ne, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { getPractice } from '@/db/practice/practice';
import { getEffectiveHoursOfTherapists } from '@/db/practice/therapist-hours';
import { appointments, therapists, timeOff } from '@/db/schema';
import { daysBetween, listDays, weekdayOf } from '@/scheduling/day';
import { type Interval, subtractIntervals } from '@/scheduling/interval-arithmetic';
import { getDayInterval, toInstant, toWallTime } from '@/scheduling/zone-conversion';
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
 * The working hours of each therapist in a period, without their time off. They begin on the day the practice was set
 * up or the therapist joined it, or with the therapist's first date where that is earlier. Those of a therapist who has
 * left end when they left, or with their last date where nobody noted when that was.
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
  const startOf = await mapStartsOfWork(db, ids, span.start, timeZone);
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
    const beforehand = startOf(id) > span.start ? [{ start: span.start, end: startOf(id) }] : [];
    return subtractIntervals(open, [...beforehand, ...offTimes, ...afterwards]).map((interval) => ({
      ...interval,
      therapistId: id,
    }));
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

/** The hours of a new practice or therapist are those of their future: nobody worked them before. */
async function mapStartsOfWork(
  db: Db,
  therapistIds: string[],
  from: number,
  timeZone: string,
): Promise<(id: string) => number> {
  const dayOf = (at: number) => getDayInterval(timeZone, toWallTime(timeZone, at).on).start;
  const setUp = dayOf((await getPractice(db)).createdAt);
  const people = await db
    .select({ id: therapists.id, joinedAt: therapists.joinedAt })
    .from(therapists)
    .where(inArray(therapists.id, therapistIds));
  const joined = new Map(people.map(({ id, joinedAt }) => [id, joinedAt === null ? setUp : dayOf(joinedAt)]));
  const later = people.map(({ id }) => id).filter((id) => joined.get(id)! > from);
  if (later.length === 0) return (id) => joined.get(id)!;
  // Dates from before: imported from another calendar, or made up for the demo.
  const first = db
    .select({ start: appointments.startAt })
    .from(appointments)
    .where(
      and(
        eq(appointments.therapistId, therapists.id),
        ne(appointments.status, 'cancelled'),
        lt(appointments.paddedStartAt, Math.max(...later.map((id) => joined.get(id)!))),
      ),
    )
    .orderBy(asc(appointments.paddedStartAt))
    .limit(1);
  const firstDates = await db
    .select({ id: therapists.id, start: sql<number | null>`${first}`.mapWith(appointments.startAt) })
    .from(therapists)
    .where(inArray(therapists.id, later));
  const firstOf = new Map(
    firstDates.map(({ id, start }) => [id, start === null ? Number.POSITIVE_INFINITY : dayOf(start)]),
  );
  return (id) => Math.min(joined.get(id)!, firstOf.get(id) ?? Number.POSITIVE_INFINITY);
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
