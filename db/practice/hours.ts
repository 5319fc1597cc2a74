import { and, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { runPrepared } from '@/db/connection/prepared-queries';
import { cachedUntilCommit } from '@/db/connection/read-cache';
import { holidays, overrides, workingHours } from '@/db/schema';
import type { Override, WallRange, WeeklyHours } from '@/scheduling/availability';
import type { Weekday } from '@/scheduling/day';

export interface Hours {
  /** A holiday is an override that closes the day, whatever else was said of it. */
  therapists: Map<string, { weeklyHours: WeeklyHours; overrides: Override[] }>;
  /** The names of the days on which nobody works. */
  holidays: Map<string, string>;
}

/** The hours of these therapists from one local day up to, not including, another. */
export async function listHours(db: Db, therapistIds: string[], from: string, to: string): Promise<Hours> {
  // One after the other: inside a transaction there is one connection.
  const param = sql.placeholder;
  const ids = therapistIds.map((_, at) => param(String(at)));
  const asked = { ...therapistIds, from, to };
  const weekly = await cachedUntilCommit(db, `hours of ${therapistIds}`, () => readWeeklyHours(db, therapistIds));
  const changed = await runPrepared(
    db,
    `overrides of ${ids.length}`,
    (on) =>
      on
        .select({ therapistId: overrides.therapistId, on: overrides.on, hours: overrides.hours })
        .from(overrides)
        .where(
          and(inArray(overrides.therapistId, ids), gte(overrides.on, param('from')), lt(overrides.on, param('to'))),
        ),
    asked,
  );
  const closed = await runPrepared(
    db,
    'holidays between',
    (on) =>
      on
        .select()
        .from(holidays)
        .where(and(gte(holidays.on, param('from')), lt(holidays.on, param('to')))),
    asked,
  );

  const names = new Map(closed.map(({ on, name }) => [on, name]));
  const known: Hours['therapists'] = new Map();
  for (const id of therapistIds)
    known.set(id, { weeklyHours: weekly.get(id) ?? {}, overrides: closed.map(({ on }) => ({ on, hours: [] })) });
  for (const { therapistId, on, hours } of changed) {
    if (!names.has(on)) known.get(therapistId)!.overrides.push({ on, hours });
  }
  return { therapists: known, holidays: names };
}

async function readWeeklyHours(db: Db, therapistIds: string[]): Promise<Map<string, WeeklyHours>> {
  const ids = therapistIds.map((_, at) => sql.placeholder(String(at)));
  const weekly = await runPrepared(
    db,
    `hours of ${ids.length}`,
    (on) =>
      on
        // Six hundred rows cost drizzle most of what a day's openings may take; as a text for each therapist, little.
        .select({
          therapistId: workingHours.therapistId,
          ranges: sql<string>`string_agg(${workingHours.weekday} || ' ' || ${workingHours.from} || ' ' || ${workingHours.until}, ' ')`,
        })
        .from(workingHours)
        .where(inArray(workingHours.therapistId, ids))
        .groupBy(workingHours.therapistId),
    therapistIds,
  );
  return new Map(weekly.map(({ therapistId, ranges }) => [therapistId, weeklyHoursOf(ranges)]));
}

/** Reads "1 09:00 13:00 1 13:30 20:00 …", in any order. */
function weeklyHoursOf(ranges: string): WeeklyHours {
  const words = ranges.split(' ');
  const hours: WeeklyHours = {};
  for (let at = 0; at < words.length; at += 3) {
    const weekday = Number(words[at]) as Weekday;
    const range: WallRange = [words[at + 1]!, words[at + 2]!];
    const known = hours[weekday];
    if (known) known.push(range);
    else hours[weekday] = [range];
  }
  for (const day of Object.values(hours)) day.sort(([a], [b]) => (a < b ? -1 : 1));
  return hours;
}
