import { and, asc, eq, gt, gte, inArray, lt } from 'drizzle-orm';
import { z } from 'zod';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import { recordFreedTimes } from '@/db/claims/freed-times';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { localDaySchema, toIssues } from '@/db/input/field-schemas';
import { lockOfferForChange } from '@/db/practice/lock-offer';
import { getPractice, type Holiday, type Practice } from '@/db/practice/practice';
import { singleLineSchema } from '@/db/practice/practice-field-schemas';
import type { Clock, Refusal } from '@/db/results';
import { type Invalid, invalid } from '@/db/results';
import { appointments, holidays, therapists } from '@/db/schema';
import { addDays } from '@/scheduling/day';
import { formatDay } from '@/scheduling/formatting';
import { getDayInterval, toWallTime } from '@/scheduling/zone-conversion';
import type { ListSuitedTherapists } from './allowed-therapists';
import { applyDateDecisions, areAllDatesDecided, type DateDecision } from './apply-date-decisions';
import {
  type DateWithReplacementTimes,
  MAX_PROPOSALS_AT_ONCE,
  proposeReplacementTimes,
} from './propose-replacement-times';

// The days on which the whole practice is closed. Closing a day cancels no booked date by itself: each date is listed
// by name first, and stays unless staff decide otherwise.

export interface CloseDaysRequest {
  days: { on: string; name: string }[];
  /** The decision on every date that was listed; empty where none has been seen yet. */
  decisions: DateDecision[];
}

export type CloseDaysResult =
  | { ok: true; closed: number; kept: number; moved: number; cancelled: number }
  /** Nothing was changed: these dates are booked then, and have not all been seen as they are now. */
  | { ok: false; reason: 'booked'; dates: DateWithReplacementTimes[] }
  | Invalid;

const MOST = 60;

const closedDay = z.object({
  on: localDaySchema,
  name: singleLineSchema.refine((name) => name !== '', 'Give the day a name, such as Christmas Day.'),
});

/** The closed days from today on, the next first. */
export async function listClosedDays(_viewer: Owner, { now }: Clock): Promise<Holiday[]> {
  const db = await reader();
  const { timeZone } = await getPractice(db);
  return db
    .select()
    .from(holidays)
    .where(gte(holidays.on, toWallTime(timeZone, now).on))
    .orderBy(asc(holidays.on));
}

/**
 * Closes the days, and moves or cancels dates as decided, in one step; or first lists the dates that are booked then. A
 * day that is closed under another name is refused, and keeps that name.
 */
export async function closeDays(
  viewer: Owner,
  closing: CloseDaysRequest,
  { now, listSuited }: Clock & { listSuited?: ListSuitedTherapists },
): Promise<CloseDaysResult> {
  const parsed = z
    .array(closedDay)
    .min(1, 'Choose a day.')
    .max(MOST, `Close ${MOST} days at a time, at most.`)
    .safeParse(closing.days);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  return transact<CloseDaysResult>(async (tx, undo) => {
    await lockOfferForChange(tx);
    const practice = await getPractice(tx);
    const today = toWallTime(practice.timeZone, now).on;
    const last = addDays(today, 3 * 366);
    for (const { on } of parsed.data) {
      if (on < today) return invalid([{ path: ['on'], message: 'That day is over already.' }]);
      if (on > last) return invalid([{ path: ['on'], message: 'That day is more than three years away.' }]);
    }
    const days = parsed.data.map(({ on }) => on);
    const known = await tx.select().from(holidays).where(inArray(holidays.on, days));
    const renamed = known.find(({ on, name }) => parsed.data.some((day) => day.on === on && day.name !== name));
    if (renamed) return invalid([{ path: ['on'], message: describeClosedDay(renamed, practice) }]);
    const rows = await listBookedOn(tx, days, practice, now);
    // The days are closed first, so that no date is proposed for or moved to one of them.
    for (const day of parsed.data) {
      await tx.insert(holidays).values(day).onConflictDoNothing();
    }
    const { decisions } = closing;
    const constraints = { away: null, listSuited, most: MAX_PROPOSALS_AT_ONCE };
    const dates = await proposeReplacementTimes(tx, practice, rows, constraints, now);
    const askAgain = () => undo<CloseDaysResult>({ ok: false, reason: 'booked', dates });
    if (!areAllDatesDecided(rows, decisions)) return askAgain();
    const result = await applyDateDecisions(
      tx,
      askAgain,
      viewer,
      { rows, decisions },
      { practice, now, scope: 'closed day', listSuited },
    );
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'days closed',
      subject: 'practice',
      facts: { days, moved: result.moved, cancelled: result.cancelled },
    });
    const counts = { kept: result.kept.length, moved: result.moved.length, cancelled: result.cancelled.length };
    return { ok: true, closed: days.length, ...counts };
  });
}

function describeClosedDay({ on, name }: Holiday, { locale }: Practice): string {
  return `${formatDay(on, 'short', locale)} is closed already, as “${name}”. To give it another name, open it again first.`;
}

/** Reopens the day: its times can be booked again, and clients who had to skip a date then are notified. */
export async function reopenDay(
  viewer: Owner,
  on: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  return transact(async (tx) => {
    const removed = await tx.delete(holidays).where(eq(holidays.on, on)).returning({ on: holidays.on });
    if (removed.length === 0) return { ok: false as const, reason: 'not_found' as const };
    const practice = await getPractice(tx);
    const working = await tx.select({ id: therapists.id }).from(therapists).where(eq(therapists.isActive, true));
    const day = getDayInterval(practice.timeZone, on);
    await recordFreedTimes(
      tx,
      working.map(({ id }) => ({ therapistId: id, ...day })),
      now,
    );
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'day opened',
      subject: 'practice',
      facts: { on },
    });
    return { ok: true as const };
  });
}

async function listBookedOn(db: Db, days: string[], { timeZone }: Practice, now: number): Promise<AppointmentRow[]> {
  const spans = days.map((on) => getDayInterval(timeZone, on));
  const found = await db
    .select()
    .from(appointments)
    .where(
      and(
        eq(appointments.status, 'booked'),
        gt(appointments.startAt, now),
        gte(appointments.startAt, Math.min(...spans.map(({ start }) => start))),
        lt(appointments.startAt, Math.max(...spans.map(({ end }) => end))),
      ),
    )
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  return found.filter(({ startAt }) => spans.some(({ start, end }) => startAt >= start && startAt < end));
}
