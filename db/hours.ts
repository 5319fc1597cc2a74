import { and, asc, gte, inArray, lt } from 'drizzle-orm';
import type { Override, WeeklyHours } from '@/scheduling/availability';
import type { Weekday } from '@/scheduling/day';
import type { Db } from './client';
import { holidays, overrides, workingHours } from './schema';

export interface Hours {
  /** A holiday is an override that closes the day, whatever else was said of it. */
  therapists: Map<string, { weeklyHours: WeeklyHours; overrides: Override[] }>;
  /** The names of the days on which nobody works. */
  holidays: Map<string, string>;
}

/** The hours of these therapists from one local day up to, not including, another. */
export async function listHours(db: Db, therapistIds: string[], from: string, to: string): Promise<Hours> {
  // One after the other: inside a transaction there is one connection.
  const weekly = await db
    .select({
      therapistId: workingHours.therapistId,
      weekday: workingHours.weekday,
      from: workingHours.from,
      until: workingHours.until,
    })
    .from(workingHours)
    .where(inArray(workingHours.therapistId, therapistIds))
    .orderBy(asc(workingHours.therapistId), asc(workingHours.weekday), asc(workingHours.from));
  const changed = await db
    .select({ therapistId: overrides.therapistId, on: overrides.on, hours: overrides.hours })
    .from(overrides)
    .where(and(inArray(overrides.therapistId, therapistIds), gte(overrides.on, from), lt(overrides.on, to)));
  const closed = await db
    .select()
    .from(holidays)
    .where(and(gte(holidays.on, from), lt(holidays.on, to)));

  const names = new Map(closed.map(({ on, name }) => [on, name]));
  const known: Hours['therapists'] = new Map();
  for (const id of therapistIds)
    known.set(id, { weeklyHours: {}, overrides: closed.map(({ on }) => ({ on, hours: [] })) });
  for (const { therapistId, weekday, from, until } of weekly) {
    const { weeklyHours } = known.get(therapistId)!;
    weeklyHours[weekday as Weekday] = [...(weeklyHours[weekday as Weekday] ?? []), [from, until]];
  }
  for (const { therapistId, on, hours } of changed) {
    if (!names.has(on)) known.get(therapistId)!.overrides.push({ on, hours });
  }
  return { therapists: known, holidays: names };
}
