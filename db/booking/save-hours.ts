import { and, asc, eq, gt } from 'drizzle-orm';
import { actorOf, recordEvent } from '@/db/access/audit-trail';
import type { TherapistOrOwner } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import { gatherAvailabilityContext, getFirstDayBeyondWindow } from '@/db/availability/availability-context';
import { listFittingStarts } from '@/db/availability/possible-move-times';
import { recordFreedTimes } from '@/db/claims/freed-times';
import type { Db } from '@/db/connection/connection';
import { reader, transact } from '@/db/connection/database-client';
import { MOST_BREAKS, parseHoursChange } from '@/db/practice/hours-change';
import { lockOfferForChange } from '@/db/practice/lock-offer';
import {
  applyHoursChange,
  getPlannedHours,
  makeHoursFingerprint,
  type PlannedHours,
  writePlannedHours,
} from '@/db/practice/planned-hours';
import { getPractice, listHolidays, type Practice } from '@/db/practice/practice';
import { listServices } from '@/db/practice/services';
import { type DatedHours, getDatedHours } from '@/db/practice/therapist-hours';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { DAY_MS } from '@/db/retention';
import { appointments, clients, series, services } from '@/db/schema';
import type { Override } from '@/scheduling/availability';
import { addDays, mondayOf } from '@/scheduling/day';
import { subtractBreaks } from '@/scheduling/repeating-breaks';
import { workingPeriodsWithin } from '@/scheduling/working-hours';
import { dayInterval, toWall } from '@/scheduling/zone';
import { cancelRowsSilently, notifyAndRecordCancelled } from './cancel-appointments';
import { moveInTransaction } from './move-appointments';

// Other hours for a therapist, and what is to become of the dates that are booked in hours that end. Nothing is changed
// before somebody has seen each of them by name.

/** A booked date that lies in the hours as they are and not in those that are wanted. */
export interface StrandedAppointment {
  uid: string;
  version: number;
  startsAt: number;
  clientName: string;
  service: string;
  position: number;
  /** How many dates its series has. */
  sessions: number;
  /** The nearest start that is free in the new hours: that day, or else that week. */
  moveTo: number | null;
}

export interface HoursPreview {
  ok: true;
  /** The plan that was looked at, by its fingerprint. */
  seen: string;
  /** The plan says this already. */
  isSame: boolean;
  stranded: StrandedAppointment[];
}

/** What to do with one of them, as it was seen; `moveTo` is where it goes. */
export type StrandedChoice = { uid: string; version: number } & (
  | { choice: 'keep' }
  | { choice: 'cancel' }
  | { choice: 'move'; moveTo: number }
);

export type SaveHoursResult =
  | { ok: true; kept: number; moved: number; cancelled: number }
  /** Nothing was changed: other hours are planned now, or other dates are booked, than were looked at. */
  | Refusal<'not_found' | 'changed' | 'move_taken'>
  | Invalid;

/** What a change would strand. Nothing is written. */
export async function previewHours(
  viewer: TherapistOrOwner,
  wanted: unknown,
  { now }: Clock,
): Promise<HoursPreview | Invalid | Refusal<'not_found'>> {
  const db = await reader();
  const practice = await getPractice(db);
  const planned = await planHours(db, viewer, wanted, practice, now);
  if (!planned.ok) return planned;
  const { change, before, after } = planned;
  const rows = await listStrandedByHours(db, change.therapistId, { before, after }, practice, now);
  const moves = await listNearestStarts(db, change.therapistId, after, rows, practice, now);
  return {
    ok: true,
    seen: makeHoursFingerprint(before),
    isSame: makeHoursFingerprint(before) === makeHoursFingerprint(after),
    stranded: rows.map(({ row, clientName, service, sessions }) => ({
      uid: row.id,
      version: row.version,
      startsAt: row.startAt,
      clientName,
      service,
      position: row.position,
      sessions,
      moveTo: moves.get(row.id) ?? null,
    })),
  };
}

/** Writes a change and what was chosen for each date that it strands: all of it or nothing. */
export async function saveHours(
  viewer: TherapistOrOwner,
  { change: wanted, seen, choices }: { change: unknown; seen: string; choices: StrandedChoice[] },
  { now }: Clock,
): Promise<SaveHoursResult> {
  return transact<SaveHoursResult>(async (tx, undo) => {
    await lockOfferForChange(tx);
    const practice = await getPractice(tx);
    const planned = await planHours(tx, viewer, wanted, practice, now);
    if (!planned.ok) return planned;
    const { change, before, after } = planned;
    const { therapistId } = change;
    const rows = await listStrandedByHours(tx, therapistId, { before, after }, practice, now);
    const chosen = new Map(choices.map((choice) => [choice.uid, choice]));
    const isAsSeen = rows.every(({ row }) => chosen.get(row.id)?.version === row.version);
    if (makeHoursFingerprint(before) !== seen || !isAsSeen || rows.length !== chosen.size)
      return { ok: false, reason: 'changed' };

    await writePlannedHours(tx, therapistId, { before, after }, { timeZone: practice.timeZone, now });
    // Which of its hours are new matters little: all that is free of it is looked at.
    const bookable = { start: now, end: now + practice.windowDays * DAY_MS };
    await recordFreedTimes(tx, [{ therapistId, ...bookable }], now);
    await recordEvent(tx, {
      at: now,
      actor: actorOf(viewer),
      action: 'hours set',
      subject: `therapist:${therapistId}`,
      facts: { ...change },
    });
    const cancelled = rows.map(({ row }) => row).filter(({ id }) => chosen.get(id)!.choice === 'cancel');
    if (cancelled.length > 0) {
      if (!(await cancelRowsSilently(tx, viewer, cancelled, now))) return undo({ ok: false, reason: 'changed' });
      await notifyAndRecordCancelled(tx, viewer, practice, cancelled, { now, scope: 'hours' });
    }
    const giveUp = () => undo<SaveHoursResult>({ ok: false, reason: 'move_taken' });
    let moved = 0;
    for (const choice of chosen.values()) {
      if (choice.choice !== 'move') continue;
      const { uid, version, moveTo: startsAt } = choice;
      const request = { uid, version, startsAt, therapistId, scope: 'this' as const };
      if (!(await moveInTransaction(tx, giveUp, viewer, request, now))) giveUp();
      moved++;
    }
    return { ok: true, kept: rows.length - moved - cancelled.length, moved, cancelled: cancelled.length };
  });
}

async function planHours(db: Db, viewer: TherapistOrOwner, wanted: unknown, practice: Practice, now: number) {
  const today = toWall(practice.timeZone, now).on;
  const read = parseHoursChange(wanted, today);
  if (!read.ok) return invalid(read.issues);
  const before = await getPlannedHours(viewer, read.change.therapistId, today, db);
  if (!before) return { ok: false as const, reason: 'not_found' as const };
  const after = applyHoursChange(before, read.change);
  if (after.breaks.length > Math.max(MOST_BREAKS, before.breaks.length))
    return invalid([{ path: ['name'], message: `${MOST_BREAKS} repeating breaks at most. End one of them first.` }]);
  return { ok: true as const, change: read.change, before, after };
}

/**
 * The booked dates to come that lie in the hours of one plan and not in those of another, the first one first. As for
 * booking, it is the massage that has to lie in hours without a gap; set-up and clean-up need not.
 */
async function listStrandedByHours(
  db: Db,
  therapistId: string,
  { before, after }: { before: PlannedHours; after: PlannedHours },
  { timeZone }: Pick<Practice, 'timeZone'>,
  now: number,
) {
  const booked = await db
    .select({
      row: appointments,
      clientName: clients.name,
      service: services.name,
      sessions: series.sessions,
    })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .where(
      and(eq(appointments.therapistId, therapistId), eq(appointments.status, 'booked'), gt(appointments.startAt, now)),
    )
    .orderBy(asc(appointments.startAt));
  if (booked.length === 0) return [];
  // Hours may run over midnight: a day more on both sides.
  const from = addDays(toWall(timeZone, booked[0]!.row.startAt).on, -1);
  const to = addDays(toWall(timeZone, Math.max(...booked.map(({ row }) => row.endAt))).on, 2);
  const holidays = (await listHolidays()).map(({ on }) => on);
  const [old, next] = [before, after].map((planned) => {
    const span = { from: dayInterval(timeZone, from).start, to: dayInterval(timeZone, to).start };
    return workingPeriodsWithin({ timeZone, ...datedHours(planned, holidays, from, to), ...span });
  });
  const isIn = (row: AppointmentRow, periods: { start: number; end: number }[]) =>
    periods.some(({ start, end }) => start <= row.startAt && row.endAt <= end);
  return booked.filter(({ row }) => isIn(row, old!) && !isIn(row, next!));
}

function datedHours(planned: PlannedHours, holidays: string[], from: string, to: string): DatedHours {
  const isWithin = (on: string) => on >= from && on < to;
  const closed = holidays.filter(isWithin).map((on): Override => ({ on, hours: [] }));
  const own = planned.days.filter(({ on }) => isWithin(on) && !holidays.includes(on));
  return getDatedHours(subtractBreaks(planned.sets, planned.breaks), [...closed, ...own], from, to);
}

/** For each the nearest start in other hours, that day or else that week; none of them takes another's. */
async function listNearestStarts(
  db: Db,
  therapistId: string,
  planned: PlannedHours,
  stranded: { row: AppointmentRow }[],
  practice: Practice,
  now: number,
): Promise<Map<string, number>> {
  const nearest = new Map<string, number>();
  if (stranded.length === 0) return nearest;
  const { timeZone } = practice;
  const dayOf = (instant: number) => toWall(timeZone, instant).on;
  const offers = await listServices(db);
  const holidays = (await listHolidays()).map(({ on }) => on);
  const taken: { start: number; end: number }[] = [];
  const weekOf = ({ row }: { row: AppointmentRow }) => mondayOf(dayOf(row.startAt));
  for (const monday of new Set(stranded.map(weekOf))) {
    const afterWindow = getFirstDayBeyondWindow(practice, now);
    const [sunday, today] = [addDays(monday, 7), dayOf(now)];
    const span = { from: monday < today ? today : monday, to: sunday < afterWindow ? sunday : afterWindow };
    if (span.from >= span.to) continue;
    const free = await gatherAvailabilityContext(db, { practice, therapistIds: [therapistId], ...span, now });
    const hours = datedHours(planned, holidays, addDays(span.from, -1), addDays(span.to, 1));
    const known = free.therapists.get(therapistId)!;
    for (const { row } of stranded.filter((other) => weekOf(other) === monday)) {
      const service = offers.find(({ id }) => id === row.serviceId);
      if (!service?.therapists.includes(therapistId)) continue;
      free.therapists.set(therapistId, { ...known, ...hours, busy: [...known.busy, ...taken] });
      const within = { from: dayInterval(timeZone, span.from).start, to: dayInterval(timeZone, span.to).start };
      const starts = listFittingStarts(free, row, { service, therapistId, ...within, minNoticeMinutes: 0 });
      const toCome = starts.filter((start) => start > now);
      const thatDay = toCome.filter((start) => dayOf(start) === dayOf(row.startAt));
      const found = closest(thatDay, row.startAt) ?? closest(toCome, row.startAt);
      if (found === undefined) continue;
      nearest.set(row.id, found);
      const shift = found - row.startAt;
      taken.push({ start: row.paddedStartAt + shift, end: row.paddedEndAt + shift });
    }
  }
  return nearest;
}

function closest(starts: number[], wanted: number): number | undefined {
  return [...starts].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
}
