import { createHash, randomUUID } from 'node:crypto';
import { and, asc, eq, gte, inArray } from 'drizzle-orm';
import type { TherapistOrOwner } from '@/db/access/viewer';
import { isId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import {
  INITIAL_HOURS_VALID_FROM,
  overrides,
  repeatingBreaks,
  therapists,
  weeklyHoursChanges,
  workingHours,
} from '@/db/schema';
import type { Override, WeeklyHours } from '@/scheduling/availability';
import { addDays, daysBetween } from '@/scheduling/day';
import type { HoursChange } from './hours-change';
import {
  listRepeatingBreaks,
  listWeeklyHoursVersions,
  type RepeatingBreak,
  type WeeklyHoursVersion,
  weekdayBits,
} from './therapist-hours';

// What a therapist's hours are planned to be, and how a plan is changed. What is booked meanwhile is asked by
// db/booking/save-hours.ts, the only one that writes what is made here.

/** All the weekly hours of a therapist, the breaks in them that are not over, and their single days from today on. */
export interface PlannedHours {
  sets: WeeklyHoursVersion[];
  breaks: RepeatingBreak[];
  days: Override[];
}

export interface HoursTherapist {
  id: string;
  name: string;
}

/** Those whose hours the viewer sets, in the practice's own order. */
export async function listTherapistsToSetHours(viewer: TherapistOrOwner, db?: Db): Promise<HoursTherapist[]> {
  const own = viewer.role === 'owner' ? undefined : eq(therapists.id, viewer.therapistId);
  return (db ?? (await reader()))
    .select({ id: therapists.id, name: therapists.name })
    .from(therapists)
    .where(and(eq(therapists.isActive, true), own))
    .orderBy(asc(therapists.position));
}

/** Null: not the viewer's to set. */
export async function getPlannedHours(
  viewer: TherapistOrOwner,
  therapistId: string,
  today: string,
  db?: Db,
): Promise<PlannedHours | null> {
  const from = db ?? (await reader());
  if (!isId(therapistId) || !(await listTherapistsToSetHours(viewer, from)).some(({ id }) => id === therapistId))
    return null;
  const sets = (await listWeeklyHoursVersions(from, [therapistId])).get(therapistId)!;
  const days = await from
    .select({ on: overrides.on, hours: overrides.hours })
    .from(overrides)
    .where(and(eq(overrides.therapistId, therapistId), gte(overrides.on, today)))
    .orderBy(asc(overrides.on));
  const breaks = (await listRepeatingBreaks(from, [therapistId]))
    .get(therapistId)!
    .filter((one) => !isOver(one, today));
  return { sets, breaks, days };
}

/** A plan as it is after a change. What is not there to be taken away is left as it is. */
export function applyHoursChange(planned: PlannedHours, change: HoursChange): PlannedHours {
  const { sets, breaks, days } = planned;
  switch (change.kind) {
    case 'week':
      return { ...planned, sets: tidied([...without(sets, change.validFrom), change]) };
    case 'no_week':
      return { ...planned, sets: tidied(without(sets, change.validFrom)) };
    case 'break':
      return { ...planned, breaks: withBreak(breaks, change) };
    case 'no_break':
      return { ...planned, breaks: endBreak(breaks, change.breakId, change.from) };
    case 'days':
    case 'no_days': {
      const { from, until } = change;
      const others = days.filter(({ on }) => on < from || on > until);
      const own = change.kind === 'days' ? daysOf(from, until).map((on) => ({ on, hours: change.hours })) : [];
      return { ...planned, days: [...others, ...own].sort((a, b) => (a.on < b.on ? -1 : 1)) };
    }
  }
}

/** Names a plan by what it says, so that a form can tell whether it has changed since. */
export function makeHoursFingerprint(planned: PlannedHours): string {
  return createHash('sha256').update(JSON.stringify(planned)).digest('base64url').slice(0, 22);
}

/** Writes what differs between two plans of one therapist. */
export async function writePlannedHours(
  tx: Db,
  therapistId: string,
  { before, after }: { before: PlannedHours; after: PlannedHours },
  { timeZone, now }: { timeZone: string; now: number },
): Promise<void> {
  const differing = <T>(some: T[], others: T[]) => {
    const known = new Set(others.map((other) => JSON.stringify(other)));
    return some.filter((one) => !known.has(JSON.stringify(one)));
  };
  const gone = differing(before.sets, after.sets).map(({ validFrom }) => validFrom);
  if (gone.length > 0) {
    await tx
      .delete(workingHours)
      .where(and(eq(workingHours.therapistId, therapistId), inArray(workingHours.validFrom, gone)));
    await tx
      .delete(weeklyHoursChanges)
      .where(and(eq(weeklyHoursChanges.therapistId, therapistId), inArray(weeklyHoursChanges.validFrom, gone)));
  }
  for (const { validFrom, week } of differing(after.sets, before.sets)) {
    if (validFrom !== INITIAL_HOURS_VALID_FROM)
      await tx.insert(weeklyHoursChanges).values({ therapistId, validFrom, createdAt: now });
    const rows = Object.entries(week).flatMap(([weekday, ranges]) =>
      ranges.map(([from, until]) => ({ therapistId, validFrom, weekday: Number(weekday), from, until, timeZone })),
    );
    if (rows.length > 0) await tx.insert(workingHours).values(rows);
  }
  const ended = differing(before.breaks, after.breaks).map(({ id }) => id);
  if (ended.length > 0) await tx.delete(repeatingBreaks).where(inArray(repeatingBreaks.id, ended));
  const begun = differing(after.breaks, before.breaks).map(({ weekdays, ...rest }) => {
    return { ...rest, weekdays: weekdayBits(weekdays), therapistId, timeZone };
  });
  if (begun.length > 0) await tx.insert(repeatingBreaks).values(begun);
  const days = differing(before.days, after.days).map(({ on }) => on);
  if (days.length > 0)
    await tx.delete(overrides).where(and(eq(overrides.therapistId, therapistId), inArray(overrides.on, days)));
  const added = differing(after.days, before.days).map((day) => ({ ...day, therapistId, timeZone }));
  if (added.length > 0) await tx.insert(overrides).values(added);
}

/** With one more, unless it is taken already; the one that it replaces ends the day before. */
function withBreak(breaks: RepeatingBreak[], change: HoursChange & { kind: 'break' }): RepeatingBreak[] {
  const { kind: _, therapistId: __, replaces, ...wanted } = change;
  const isSaidBy = (one: RepeatingBreak) =>
    one.validFrom <= wanted.validFrom && JSON.stringify(timesOf(one)) === JSON.stringify(timesOf(wanted));
  if (breaks.some((one) => one.id === replaces && isSaidBy(one))) return breaks;
  const others = replaces === null ? breaks : endBreak(breaks, replaces, wanted.validFrom);
  return others.some(isSaidBy) ? others : [...others, { id: randomUUID(), ...wanted }];
}

function timesOf({ name, weekdays, from, until, validUntil }: Omit<RepeatingBreak, 'id'>) {
  return { name, weekdays, from, until, validUntil };
}

function endBreak(breaks: RepeatingBreak[], breakId: string, from: string): RepeatingBreak[] {
  return breaks.flatMap((one) => {
    if (one.id !== breakId || isOver(one, from)) return [one];
    return one.validFrom >= from ? [] : [{ ...one, validUntil: addDays(from, -1) }];
  });
}

function isOver({ validUntil }: RepeatingBreak, on: string): boolean {
  return validUntil !== null && validUntil < on;
}

function daysOf(from: string, until: string): string[] {
  return Array.from({ length: daysBetween(from, until) + 1 }, (_, n) => addDays(from, n));
}

function without(sets: WeeklyHoursVersion[], validFrom: string): WeeklyHoursVersion[] {
  return sets.filter((set) => set.validFrom !== validFrom || validFrom === INITIAL_HOURS_VALID_FROM);
}

/** In order, and without a set that only goes on with what was before it. */
function tidied(sets: { validFrom: string; week: WeeklyHours }[]): WeeklyHoursVersion[] {
  const kept: WeeklyHoursVersion[] = [];
  for (const { validFrom, week } of [...sets].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))) {
    const before = kept.at(-1);
    if (!before || JSON.stringify(before.week) !== JSON.stringify(week)) kept.push({ validFrom, week });
  }
  return kept;
}
