import { and, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { createPlaceholders, preparedQuery } from '@/db/connection/prepared-queries';
import { cachedWhileOfferStands } from '@/db/connection/read-cache';
import { sendTogether } from '@/db/connection/send-together';
import {
  holidays,
  hoursOverrides,
  INITIAL_HOURS_VALID_FROM,
  repeatingBreaks,
  weeklyHoursChanges,
  workingHours,
} from '@/db/schema';
import type { Override, WallRange, WeeklyHours } from '@/scheduling/availability';
import { addDays, type Weekday, weekdayOf } from '@/scheduling/day';
import type { RepeatingBreak } from '@/scheduling/hours-plan';
import { subtractBreaks, type WeeklyHoursVersion } from '@/scheduling/repeating-breaks';

export interface HoursInPeriod {
  weeklyHours: WeeklyHours;
  overrides: Override[];
}

export interface EffectiveHoursOfTherapists {
  /**
   * With repeating breaks already taken out. The weekly hours are those of the first day. If other weekly hours begin
   * later in the period, the days that differ are overrides. A holiday is an override too, and closes the day whatever
   * else is set for it.
   */
  therapists: ReadonlyMap<string, HoursInPeriod>;
  /** The names of the days on which nobody works. */
  holidays: ReadonlyMap<string, string>;
}

const selectOverrides = preparedQuery((on, count: number) =>
  on
    .select({ therapistId: hoursOverrides.therapistId, on: hoursOverrides.on, hours: hoursOverrides.hours })
    .from(hoursOverrides)
    .where(
      and(
        inArray(hoursOverrides.therapistId, createPlaceholders(count)),
        gte(hoursOverrides.on, sql.placeholder('from')),
        lt(hoursOverrides.on, sql.placeholder('to')),
      ),
    ),
);

const selectHolidays = preparedQuery((on) =>
  on
    .select()
    .from(holidays)
    .where(and(gte(holidays.on, sql.placeholder('from')), lt(holidays.on, sql.placeholder('to')))),
);

/**
 * The hours of these therapists from the local day `from` up to, not including, `to`. The result is cached and shared
 * until the next commit.
 */
export async function getEffectiveHoursOfTherapists(
  db: Db,
  therapistIds: string[],
  from: string,
  to: string,
): Promise<EffectiveHoursOfTherapists> {
  const name = `dated hours of ${therapistIds} from ${from} to ${to}`;
  return cachedWhileOfferStands(db, name, () => readHoursOfTherapists(db, therapistIds, from, to));
}

async function readHoursOfTherapists(
  db: Db,
  therapistIds: string[],
  from: string,
  to: string,
): Promise<EffectiveHoursOfTherapists> {
  const query = { ...therapistIds, from, to };
  const [weekly, changed, closed] = await sendTogether([
    listOpenSets(db, therapistIds),
    selectOverrides(db, query, therapistIds.length),
    selectHolidays(db, query),
  ]);

  const names = new Map(closed.map(({ on, name }) => [on, name]));
  const known = new Map<string, HoursInPeriod>();
  for (const id of therapistIds) {
    const special = closed.map(({ on }): Override => ({ on, hours: [] }));
    for (const { therapistId, on, hours } of changed) {
      if (therapistId === id && !names.has(on)) special.push({ on, hours });
    }
    known.set(id, buildHoursInPeriod(weekly.get(id)!, special, from, to));
  }
  return { therapists: known, holidays: names };
}

/** All weekly hours planned for each of these therapists, the initial ones first. */
export async function listWeeklyHoursVersions(
  db: Db,
  therapistIds: string[],
): Promise<Map<string, WeeklyHoursVersion[]>> {
  return cachedWhileOfferStands(db, `hours of ${therapistIds}`, () => readWeeklySets(db, therapistIds));
}

/** The weekly hours of each of these therapists that apply on a local day, before breaks are taken out. */
export async function getWeeklyHoursOn(therapistIds: string[], on: string): Promise<Map<string, WeeklyHours>> {
  if (therapistIds.length === 0) return new Map();
  const planned = await listWeeklyHoursVersions(await reader(), therapistIds);
  return new Map([...planned].map(([id, sets]) => [id, setsBetween(sets, on, addDays(on, 1))[0]!.week]));
}

/** The weekly hours with the breaks taken out. */
async function listOpenSets(db: Db, therapistIds: string[]): Promise<Map<string, WeeklyHoursVersion[]>> {
  return cachedWhileOfferStands(db, `open hours of ${therapistIds}`, async () => {
    const [planned, breaks] = await sendTogether([
      listWeeklyHoursVersions(db, therapistIds),
      listRepeatingBreaks(db, therapistIds),
    ]);
    return new Map([...planned].map(([id, sets]) => [id, subtractBreaks(sets, breaks.get(id)!)]));
  });
}

const selectBreaks = preparedQuery((on, count: number) =>
  on
    .select()
    .from(repeatingBreaks)
    .where(inArray(repeatingBreaks.therapistId, createPlaceholders(count)))
    .orderBy(repeatingBreaks.validFrom, repeatingBreaks.from, repeatingBreaks.id),
);

/** Every repeating break of these therapists, including past ones, the earliest first. */
export async function listRepeatingBreaks(db: Db, therapistIds: string[]): Promise<Map<string, RepeatingBreak[]>> {
  return cachedWhileOfferStands(db, `breaks of ${therapistIds}`, async () => {
    const rows = await selectBreaks(db, therapistIds, therapistIds.length);
    const breaks = new Map(therapistIds.map((id): [string, RepeatingBreak[]] => [id, []]));
    for (const { therapistId, timeZone: _, weekdays, ...rest } of rows)
      breaks.get(therapistId)!.push({ ...rest, weekdays: weekdaysOf(weekdays) });
    return breaks;
  });
}

/** Weekdays as the bits of one number, 1 for Sunday. */
export function toWeekdayBits(weekdays: Weekday[]): number {
  return weekdays.reduce((bits: number, weekday) => bits | (1 << weekday), 0);
}

function weekdaysOf(bits: number): Weekday[] {
  return WEEKDAYS.filter((weekday) => (bits & (1 << weekday)) !== 0);
}

/**
 * Weekly hours that may change in the period, expressed as those of `from` plus overrides. `special` are the days that
 * have hours of their own.
 */
export function buildHoursInPeriod(
  sets: WeeklyHoursVersion[],
  special: Override[],
  from: string,
  to: string,
): HoursInPeriod {
  const [first, ...laterSets] = setsBetween(sets, from, to);
  const changed = laterSets.length > 0 ? listChangedDays(first!.week, laterSets, to, special) : [];
  return { weeklyHours: first!.week, overrides: [...special, ...changed] };
}

/** The versions that apply on some day of `[from, to)`: at least the one of `from`. */
function setsBetween(sets: WeeklyHoursVersion[], from: string, to: string): WeeklyHoursVersion[] {
  // Shortcut: nearly everybody has had the same hours from the beginning.
  if (sets.length === 1) return sets;
  const at = sets.findLastIndex(({ validFrom }) => validFrom <= from);
  return sets.slice(at).filter(({ validFrom }, k) => k === 0 || validFrom < to);
}

/** The days before `to` on which later hours differ from `week`, without the days that have hours of their own. */
function listChangedDays(
  week: WeeklyHours,
  laterSets: WeeklyHoursVersion[],
  to: string,
  special: Override[],
): Override[] {
  const isSpecial = new Set(special.map(({ on }) => on));
  const changed: Override[] = [];
  for (const [k, set] of laterSets.entries()) {
    const end = laterSets[k + 1]?.validFrom ?? to;
    const differs = WEEKDAYS.filter((weekday) => !isSameDay(set.week[weekday], week[weekday]));
    for (let on = set.validFrom; differs.length > 0 && on < end; on = addDays(on, 1)) {
      const weekday = weekdayOf(on);
      if (differs.includes(weekday) && !isSpecial.has(on)) changed.push({ on, hours: set.week[weekday] ?? [] });
    }
  }
  return changed;
}

const WEEKDAYS: Weekday[] = [0, 1, 2, 3, 4, 5, 6];

function isSameDay(some: WallRange[] = [], other: WallRange[] = []): boolean {
  return some.join(' ') === other.join(' ');
}

const selectWeeklyHours = preparedQuery((on, count: number) =>
  on
    // Six hundred rows would cost drizzle most of the time allowed for a day's openings; one text per version costs
    // little.
    .select({
      therapistId: workingHours.therapistId,
      validFrom: workingHours.validFrom,
      ranges: sql<string>`string_agg(${workingHours.weekday} || ' ' || ${workingHours.from} || ' ' || ${workingHours.until}, ' ')`,
    })
    .from(workingHours)
    .where(inArray(workingHours.therapistId, createPlaceholders(count)))
    .groupBy(workingHours.therapistId, workingHours.validFrom),
);

const selectHoursChanges = preparedQuery((on, count: number) =>
  on
    .select({ therapistId: weeklyHoursChanges.therapistId, validFrom: weeklyHoursChanges.validFrom })
    .from(weeklyHoursChanges)
    .where(inArray(weeklyHoursChanges.therapistId, createPlaceholders(count)))
    .orderBy(weeklyHoursChanges.validFrom),
);

async function readWeeklySets(db: Db, therapistIds: string[]): Promise<Map<string, WeeklyHoursVersion[]>> {
  const [weekly, changes] = await sendTogether([
    selectWeeklyHours(db, therapistIds, therapistIds.length),
    selectHoursChanges(db, therapistIds, therapistIds.length),
  ]);
  const sets = new Map(
    therapistIds.map((id): [string, WeeklyHoursVersion[]] => [id, [{ validFrom: INITIAL_HOURS_VALID_FROM, week: {} }]]),
  );
  for (const { therapistId, validFrom } of changes) sets.get(therapistId)!.push({ validFrom, week: {} });
  for (const { therapistId, validFrom, ranges } of weekly) {
    const set = sets.get(therapistId)!.find((other) => other.validFrom === validFrom);
    if (set) set.week = weeklyHoursOf(ranges);
  }
  return sets;
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
