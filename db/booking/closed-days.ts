import { and, asc, eq, gt, gte, inArray, lt } from 'drizzle-orm';
import { z } from 'zod';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import type { Owner } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import { recordFreedTimes } from '@/db/claims/freed-times';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { issuesOf, localDay } from '@/db/input/field-schemas';
import { lockOfferForChange } from '@/db/practice/lock-offer';
import { getPractice, type Holiday, type Practice } from '@/db/practice/practice';
import { singleLineField } from '@/db/practice/practice-field-schemas';
import type { Clock, Refusal } from '@/db/results';
import { type Invalid, invalid } from '@/db/results';
import { appointments, clients, holidays, services, therapists } from '@/db/schema';
import { addDays } from '@/scheduling/day';
import { dayInterval, toWall } from '@/scheduling/zone';
import { cancelRowsSilently, notifyAndRecordCancelled } from './cancel-appointments';

// The days on which the whole practice is closed. Nothing that is booked is cancelled by closing a day: each date is
// listed by name first, and stays unless its own cancelling is asked for.

/** A booked date on a day that is to be closed. */
export interface DateOnClosedDay {
  uid: string;
  version: number;
  startsAt: number;
  clientName: string;
  therapist: string;
  service: string;
}

export interface CloseDaysRequest {
  days: { on: string; name: string }[];
  /** Every date that was listed, as `uid:version`; undefined where none has been looked at yet. */
  seen: string[] | undefined;
  /** Those of them to cancel, with an e-mail each. The others stay booked. */
  cancelling: string[];
}

export type ClosingResult =
  | { ok: true; closed: number; kept: number; cancelled: number }
  /** Nothing was changed: these are booked then, and were not all looked at as they are now. */
  | { ok: false; reason: 'booked'; appointments: DateOnClosedDay[] }
  | Invalid;

const MOST = 60;

const closedDay = z.object({
  on: localDay,
  name: singleLineField.refine((name) => name !== '', 'Give the day a name, such as Christmas Day.'),
});

/** From today on, the next first. */
export async function listClosedDays(_viewer: Owner, { now }: Clock): Promise<Holiday[]> {
  const db = await reader();
  const { timeZone } = await getPractice(db);
  return db
    .select()
    .from(holidays)
    .where(gte(holidays.on, toWall(timeZone, now).on))
    .orderBy(asc(holidays.on));
}

/** Closes the days, and cancels what was asked for, in one step; or says first what is booked then. */
export async function closeDays(viewer: Owner, closing: CloseDaysRequest, { now }: Clock): Promise<ClosingResult> {
  const parsed = z
    .array(closedDay)
    .min(1, 'Choose a day.')
    .max(MOST, `Close ${MOST} days at a time, at most.`)
    .safeParse(closing.days);
  if (!parsed.success) return invalid(issuesOf(parsed.error));
  return transact<ClosingResult>(async (tx, undo) => {
    await lockOfferForChange(tx);
    const practice = await getPractice(tx);
    const today = toWall(practice.timeZone, now).on;
    const last = addDays(today, 3 * 366);
    for (const { on } of parsed.data) {
      if (on < today) return invalid([{ path: ['on'], message: 'That day is over already.' }]);
      if (on > last) return invalid([{ path: ['on'], message: 'That day is more than three years away.' }]);
    }
    const days = parsed.data.map(({ on }) => on);
    const rows = await listBookedOn(tx, days, practice, now);
    const seen = new Set(closing.seen ?? []);
    const isAsSeen = rows.length === seen.size && rows.every((row) => seen.has(`${row.id}:${row.version}`));
    if (!isAsSeen) return { ok: false, reason: 'booked', appointments: await nameDates(tx, rows) };
    const cancelled = rows.filter(({ id }) => closing.cancelling.includes(id));
    if (cancelled.length > 0) {
      if (!(await cancelRowsSilently(tx, viewer, cancelled, now)))
        return undo<ClosingResult>({ ok: false, reason: 'booked', appointments: await nameDates(tx, rows) });
      await notifyAndRecordCancelled(tx, viewer, practice, cancelled, { now, scope: 'closed day' });
    }
    for (const day of parsed.data) {
      await tx
        .insert(holidays)
        .values(day)
        .onConflictDoUpdate({ target: holidays.on, set: { name: day.name } });
    }
    await recordEvent(tx, {
      at: now,
      actor: actorOf(viewer),
      action: 'days closed',
      subject: 'practice',
      facts: { days, cancelled: cancelled.map(({ id }) => id) },
    });
    return { ok: true, closed: days.length, kept: rows.length - cancelled.length, cancelled: cancelled.length };
  });
}

/** Open as on any other such weekday: its times can be booked again, and who had to skip it hears of it. */
export async function reopenDay(
  viewer: Owner,
  on: string,
  { now }: Clock,
): Promise<{ ok: true } | Refusal<'not_found'>> {
  return transact(async (tx) => {
    const gone = await tx.delete(holidays).where(eq(holidays.on, on)).returning({ on: holidays.on });
    if (gone.length === 0) return { ok: false as const, reason: 'not_found' as const };
    const practice = await getPractice(tx);
    const working = await tx.select({ id: therapists.id }).from(therapists).where(eq(therapists.isActive, true));
    const day = dayInterval(practice.timeZone, on);
    await recordFreedTimes(
      tx,
      working.map(({ id }) => ({ therapistId: id, ...day })),
      now,
    );
    await recordEvent(tx, {
      at: now,
      actor: actorOf(viewer),
      action: 'day opened',
      subject: 'practice',
      facts: { on },
    });
    return { ok: true as const };
  });
}

async function listBookedOn(db: Db, days: string[], { timeZone }: Practice, now: number): Promise<AppointmentRow[]> {
  const spans = days.map((on) => dayInterval(timeZone, on));
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

async function nameDates(db: Db, rows: AppointmentRow[]): Promise<DateOnClosedDay[]> {
  return db
    .select({
      uid: appointments.id,
      version: appointments.version,
      startsAt: appointments.startAt,
      clientName: clients.name,
      therapist: therapists.name,
      service: services.name,
    })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .where(
      inArray(
        appointments.id,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(appointments.startAt), asc(appointments.id));
}
