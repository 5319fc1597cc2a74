import { and, asc, gte, inArray, lt } from 'drizzle-orm';
import type { Db } from './client';
import { holidays, overrides, type WallRange, workingHours } from './schema';

export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** One therapist's hours over a span of days. A holiday is an override that closes the day, whatever else it says. */
export interface TherapistHours {
  weeklyHours: Partial<Record<Weekday, WallRange[]>>;
  overrides: { on: string; hours: WallRange[] }[];
}

export interface Hours {
  of(therapistId: string): TherapistHours;
  holidays: Map<string, string>;
}

/** The hours of these therapists from one local day up to, not including, another. */
export async function listHours(db: Db, therapistIds: string[], from: string, to: string): Promise<Hours> {
  const [weekly, changed, closed] = await Promise.all([
    db
      .select({
        therapistId: workingHours.therapistId,
        weekday: workingHours.weekday,
        from: workingHours.from,
        until: workingHours.until,
      })
      .from(workingHours)
      .where(inArray(workingHours.therapistId, therapistIds))
      .orderBy(asc(workingHours.therapistId), asc(workingHours.weekday), asc(workingHours.from)),
    db
      .select({ therapistId: overrides.therapistId, on: overrides.on, hours: overrides.hours })
      .from(overrides)
      .where(and(inArray(overrides.therapistId, therapistIds), gte(overrides.on, from), lt(overrides.on, to))),
    db
      .select()
      .from(holidays)
      .where(and(gte(holidays.on, from), lt(holidays.on, to))),
  ]);

  const names = new Map(closed.map(({ on, name }) => [on, name]));
  const known = new Map<string, TherapistHours>();
  for (const id of therapistIds)
    known.set(id, { weeklyHours: {}, overrides: closed.map(({ on }) => ({ on, hours: [] })) });
  for (const { therapistId, weekday, from, until } of weekly) {
    const { weeklyHours } = known.get(therapistId)!;
    weeklyHours[weekday as Weekday] = [...(weeklyHours[weekday as Weekday] ?? []), [from, until]];
  }
  for (const { therapistId, on, hours } of changed) {
    if (!names.has(on)) known.get(therapistId)!.overrides.push({ on, hours });
  }
  return { of: (id) => known.get(id) ?? { weeklyHours: {}, overrides: [] }, holidays: names };
}
