import { randomUUID } from 'node:crypto';
import { and, asc, eq, gt } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { TherapistOrOwner } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import { recordFreedTimes } from '@/db/claims/freed-times';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { getEditableHours, makeHoursFingerprint, writeHoursPlan } from '@/db/practice/hours-plan';
import { lockOfferForChange } from '@/db/practice/lock-offer';
import { MAX_BREAKS, parseHoursChange } from '@/db/practice/parse-hours-change';
import { getPractice, listPracticeHolidays, type Practice } from '@/db/practice/practice';
import { buildHoursInPeriod, type HoursInPeriod } from '@/db/practice/therapist-hours';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { DAY_MS } from '@/db/retention';
import { appointments } from '@/db/schema';
import type { Override } from '@/scheduling/availability';
import { addDays } from '@/scheduling/day';
import { applyHoursChange, type HoursPlan } from '@/scheduling/hours-plan';
import { subtractBreaks } from '@/scheduling/repeating-breaks';
import { listWorkingPeriodsWithin } from '@/scheduling/working-hours';
import { getDayInterval, toWallTime } from '@/scheduling/zone-conversion';
import type { ListSuitedTherapists } from './allowed-therapists';
import { applyDateDecisions, areAllDatesDecided, type DateDecision, type NewTimeTaken } from './apply-date-decisions';
import { type DateWithReplacementTimes, proposeReplacementTimes } from './propose-replacement-times';

// Changes a therapist's hours, and decides what happens to dates that are booked in removed hours. Nothing is changed
// before somebody has seen each of them by name.

export interface HoursPreview {
  ok: true;
  /** The fingerprint of the plan that was seen. */
  seen: string;
  /** Whether the change makes no difference to the plan. */
  isSame: boolean;
  /** The booked dates that lie in the present hours but not in the new ones, with where they could go. */
  stranded: DateWithReplacementTimes[];
}

export type SaveHoursResult =
  | { ok: true; kept: number; moved: number; cancelled: number }
  /** Nothing was changed: the plan of hours or the booked dates differ from those that were seen. */
  | Refusal<'not_found' | 'changed'>
  | NewTimeTaken
  | Invalid;

/** Lists the dates that a change would strand. Writes nothing. */
export async function previewHours(
  viewer: TherapistOrOwner,
  wanted: unknown,
  { now, listSuited }: Clock & { listSuited?: ListSuitedTherapists },
): Promise<HoursPreview | Invalid | Refusal<'not_found'>> {
  const db = await reader();
  const practice = await getPractice(db);
  const planned = await planHours(db, viewer, wanted, practice, now);
  if (!planned.ok) return planned;
  const { change, before, after } = planned;
  const rows = await listStrandedByHours(db, change.therapistId, { before, after }, practice, now);
  const holidays = (await listPracticeHolidays()).map(({ on }) => on);
  const { therapistId } = change;
  const hours = { therapistId, dated: (from: string, to: string) => datedHours(after, holidays, from, to) };
  return {
    ok: true,
    seen: makeHoursFingerprint(before),
    isSame: makeHoursFingerprint(before) === makeHoursFingerprint(after),
    stranded: await proposeReplacementTimes(db, practice, rows, { away: null, hours, listSuited }, now),
  };
}

/** Saves a change and the decision on each date that it strands: all of it or nothing. */
export async function saveHours(
  viewer: TherapistOrOwner,
  { change: wanted, seen, decisions }: { change: unknown; seen: string; decisions: DateDecision[] },
  { now, listSuited }: Clock & { listSuited?: ListSuitedTherapists },
): Promise<SaveHoursResult> {
  return transact<SaveHoursResult>(async (tx, undo) => {
    await lockOfferForChange(tx);
    const practice = await getPractice(tx);
    const planned = await planHours(tx, viewer, wanted, practice, now);
    if (!planned.ok) return planned;
    const { change, before, after } = planned;
    const { therapistId } = change;
    const rows = await listStrandedByHours(tx, therapistId, { before, after }, practice, now);
    if (makeHoursFingerprint(before) !== seen || !areAllDatesDecided(rows, decisions))
      return { ok: false, reason: 'changed' };

    await writeHoursPlan(tx, therapistId, { before, after }, { timeZone: practice.timeZone, now });
    // It is not worked out which hours are new: the waitlist looks at all that is free in the booking window.
    const bookable = { start: now, end: now + practice.windowDays * DAY_MS };
    await recordFreedTimes(tx, [{ therapistId, ...bookable }], now);
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'hours set',
      subject: `therapist:${therapistId}`,
      facts: { ...change },
    });
    const how = { practice, now, scope: 'hours' as const, listSuited };
    const result = await applyDateDecisions(tx, undo, viewer, { rows, decisions }, how);
    return { ok: true, kept: result.kept.length, moved: result.moved.length, cancelled: result.cancelled.length };
  });
}

async function planHours(db: Db, viewer: TherapistOrOwner, change: unknown, practice: Practice, now: number) {
  const today = toWallTime(practice.timeZone, now).on;
  const read = parseHoursChange(change, today);
  if (!read.ok) return invalid(read.issues);
  const before = await getEditableHours(viewer, read.change.therapistId, today, db);
  if (!before) return { ok: false as const, reason: 'not_found' as const };
  const after = applyHoursChange(before, read.change, randomUUID());
  if (after.breaks.length > Math.max(MAX_BREAKS, before.breaks.length))
    return invalid([{ path: ['name'], message: `${MAX_BREAKS} repeating breaks at most. End one of them first.` }]);
  return { ok: true as const, change: read.change, before, after };
}

/**
 * The upcoming booked dates that lie in the hours of one plan and not in those of another, the earliest first. As in
 * booking, only the massage has to lie in hours without a gap; set-up and clean-up need not.
 */
async function listStrandedByHours(
  db: Db,
  therapistId: string,
  { before, after }: { before: HoursPlan; after: HoursPlan },
  { timeZone }: Pick<Practice, 'timeZone'>,
  now: number,
): Promise<AppointmentRow[]> {
  const booked = await db
    .select()
    .from(appointments)
    .where(
      and(eq(appointments.therapistId, therapistId), eq(appointments.status, 'booked'), gt(appointments.startAt, now)),
    )
    .orderBy(asc(appointments.startAt));
  if (booked.length === 0) return [];
  // Hours may cross midnight, so this reads a day more on both sides.
  const from = addDays(toWallTime(timeZone, booked[0]!.startAt).on, -1);
  const to = addDays(toWallTime(timeZone, Math.max(...booked.map(({ endAt }) => endAt))).on, 2);
  const holidays = (await listPracticeHolidays()).map(({ on }) => on);
  const [old, next] = [before, after].map((plan) => {
    const span = { from: getDayInterval(timeZone, from).start, to: getDayInterval(timeZone, to).start };
    return listWorkingPeriodsWithin({ timeZone, ...datedHours(plan, holidays, from, to), ...span });
  });
  const isIn = (row: AppointmentRow, periods: { start: number; end: number }[]) =>
    periods.some(({ start, end }) => start <= row.startAt && row.endAt <= end);
  return booked.filter((row) => isIn(row, old!) && !isIn(row, next!));
}

function datedHours(plan: HoursPlan, holidays: string[], from: string, to: string): HoursInPeriod {
  const isWithin = (on: string) => on >= from && on < to;
  const closed = holidays.filter(isWithin).map((on): Override => ({ on, hours: [] }));
  const own = plan.days.filter(({ on }) => isWithin(on) && !holidays.includes(on));
  return buildHoursInPeriod(subtractBreaks(plan.sets, plan.breaks), [...closed, ...own], from, to);
}
