import { createHash } from 'node:crypto';
import { and, asc, eq, gte, inArray } from 'drizzle-orm';
import type { TherapistOrOwner } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import {
  hoursOverrides,
  INITIAL_HOURS_VALID_FROM,
  repeatingBreaks,
  therapists,
  weeklyHoursChanges,
  workingHours,
} from '@/db/schema';
import { type HoursPlan, isRepeatingBreakOver } from '@/scheduling/hours-plan';
import { listRepeatingBreaks, listWeeklyHoursVersions, toWeekdayBits } from './therapist-hours';

// A therapist's plan of hours. scheduling/hours-plan.ts decides how a plan changes. db/booking/save-hours.ts, the
// only caller that writes here, checks which bookings the change affects.

export interface TherapistToSetHours {
  id: string;
  name: string;
}

/** The therapists whose hours the viewer may set, in the practice's own order. */
export async function listTherapistsWithEditableHours(
  viewer: TherapistOrOwner,
  db?: Db,
): Promise<TherapistToSetHours[]> {
  const own = viewer.role === 'owner' ? undefined : eq(therapists.id, viewer.therapistId);
  return (db ?? (await reader()))
    .select({ id: therapists.id, name: therapists.name })
    .from(therapists)
    .where(and(eq(therapists.isActive, true), own))
    .orderBy(asc(therapists.position));
}

/**
 * The whole plan of hours, with the breaks that are not over and the single days from today on. Null: the viewer may
 * not set these hours.
 */
export async function getEditableHours(
  viewer: TherapistOrOwner,
  therapistId: string,
  today: string,
  db?: Db,
): Promise<HoursPlan | null> {
  const from = db ?? (await reader());
  if (
    !isPossibleId(therapistId) ||
    !(await listTherapistsWithEditableHours(viewer, from)).some(({ id }) => id === therapistId)
  )
    return null;
  const sets = (await listWeeklyHoursVersions(from, [therapistId])).get(therapistId)!;
  const days = await from
    .select({ on: hoursOverrides.on, hours: hoursOverrides.hours })
    .from(hoursOverrides)
    .where(and(eq(hoursOverrides.therapistId, therapistId), gte(hoursOverrides.on, today)))
    .orderBy(asc(hoursOverrides.on));
  const breaks = (await listRepeatingBreaks(from, [therapistId]))
    .get(therapistId)!
    .filter((repeating) => !isRepeatingBreakOver(repeating, today));
  return { sets, breaks, days };
}

/** A fingerprint of a plan's content, from which a form can tell whether the plan has changed since. */
export function makeHoursFingerprint(plan: HoursPlan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('base64url').slice(0, 22);
}

/** Writes the difference between two plans of one therapist. */
export async function writeHoursPlan(
  tx: Db,
  therapistId: string,
  { before, after }: { before: HoursPlan; after: HoursPlan },
  { timeZone, now }: { timeZone: string; now: number },
): Promise<void> {
  const differing = <T>(some: T[], others: T[]) => {
    const known = new Set(others.map((other) => JSON.stringify(other)));
    return some.filter((row) => !known.has(JSON.stringify(row)));
  };
  const removed = differing(before.sets, after.sets).map(({ validFrom }) => validFrom);
  if (removed.length > 0) {
    await tx
      .delete(workingHours)
      .where(and(eq(workingHours.therapistId, therapistId), inArray(workingHours.validFrom, removed)));
    await tx
      .delete(weeklyHoursChanges)
      .where(and(eq(weeklyHoursChanges.therapistId, therapistId), inArray(weeklyHoursChanges.validFrom, removed)));
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
    return { ...rest, weekdays: toWeekdayBits(weekdays), therapistId, timeZone };
  });
  if (begun.length > 0) await tx.insert(repeatingBreaks).values(begun);
  const days = differing(before.days, after.days).map(({ on }) => on);
  if (days.length > 0)
    await tx
      .delete(hoursOverrides)
      .where(and(eq(hoursOverrides.therapistId, therapistId), inArray(hoursOverrides.on, days)));
  const added = differing(after.days, before.days).map((day) => ({ ...day, therapistId, timeZone }));
  if (added.length > 0) await tx.insert(hoursOverrides).values(added);
}
