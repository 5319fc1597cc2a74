import { eq } from 'drizzle-orm';
import { getAuditActor, recordEvent } from '@/db/access/audit-trail';
import { isStaff, type Viewer } from '@/db/access/viewer';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { queueSeriesNotifications } from '@/db/messages/series-notifications';
import { lockOfferForBooking } from '@/db/practice/lock-offer';
import { getPractice } from '@/db/practice/practice';
import { exemptStaff } from '@/db/practice/staff-exemption';
import type { Clock, Refusal } from '@/db/results';
import { type Invalid, invalid } from '@/db/results';
import { series, skips } from '@/db/schema';
import { type Interval, intervalsOverlap } from '@/scheduling/interval-arithmetic';
import { planSeriesExtension } from '@/scheduling/plan-series-extension';
import { toWallTime } from '@/scheduling/zone-conversion';
import {
  type AddDatesResult,
  addDates,
  findWholeSeries,
  lockSeriesIfUnchanged,
  type WantedPlace,
  type WholeSeries,
} from './add-dates';
import { toOccurrence } from './plan-move';

export interface ExtendRequest {
  seriesId: string;
  /** How many more dates. */
  sessions: number;
  /**
   * The positions that are not booked: they become skipped dates where others follow, and are not stored after the
   * last.
   */
  leaveOut?: number[] | undefined;
  /** Other times for dates that are not free at their places. */
  repairs?: ExtendRepair[] | undefined;
  /** The version of the series that was seen; when it has changed since, nothing is booked. */
  version?: number | undefined;
}

interface ExtendRepair {
  position: number;
  startsAt: number;
  therapistId: string;
}

export type ExtendResult = AddDatesResult | Refusal<'not_found' | 'conflict'>;

/**
 * Books more dates after the last one of a series, in its rhythm and with its therapist: all that are not left out, or
 * none. They get the massage and the length of the last date, at today’s price.
 */
export async function extendSeries(viewer: Viewer, request: ExtendRequest, { now }: Clock): Promise<ExtendResult> {
  return transact<ExtendResult>(async (tx, undo) => {
    await lockOfferForBooking(tx);
    const found = await findWholeSeries(tx, viewer, request.seriesId);
    if (!found) return { ok: false, reason: 'not_found' };
    const { seriesRow: row } = found;
    if (request.version !== undefined && request.version !== row.version) return { ok: false, reason: 'conflict' };
    if (!(await lockSeriesIfUnchanged(tx, row))) return { ok: false, reason: 'conflict' };
    const newDates = await listPlacesAfter(tx, viewer, found, request.sessions, now);
    if (!newDates.ok) return undo(newDates);
    const planned = newDates.places.filter(({ position }) => !request.leaveOut?.includes(position));
    const last = planned.at(-1)?.position;
    if (last === undefined) return undo(refuse('No date is left to add.'));
    const places = repairPlaces(planned, request.repairs ?? []);
    if (!places) return undo({ ok: false, reason: 'conflict' });
    if (overlapsAnyDate(found, places, newDates.like.minutes))
      return undo(refuse('Two dates of this series would fall on one another.'));
    const result = await addDates(tx, viewer, row, { ...newDates, places }, now);
    if (!result.ok) return undo(result);
    const { dates } = result;
    const skippedPlaces = newDates.places.filter((place) => place.position < last && !planned.includes(place));
    if (skippedPlaces.length > 0) {
      await tx.insert(skips).values(
        skippedPlaces.map(({ position, startsAt }) => ({
          seriesId: row.id,
          position,
          nominalStartAt: startsAt,
          nominalOn: toWallTime(row.timeZone, startsAt).on,
          createdAt: now,
        })),
      );
    }
    await tx.update(series).set({ sessions: last }).where(eq(series.id, row.id));
    await queueSeriesNotifications(
      tx,
      await getPractice(tx),
      { kind: 'booked', seriesId: row.id, added: dates.map(({ position }) => position) },
      now,
      { by: viewer },
    );
    const facts = { added: dates.length, firstStartsAt: dates[0]!.startsAt };
    await recordEvent(tx, {
      at: now,
      actor: getAuditActor(viewer),
      action: 'extended',
      subject: `series:${row.id}`,
      facts,
    });
    return result;
  });
}

/** The places with their repairs; null where a repair is of no date that is added. */
function repairPlaces(places: WantedPlace[], repairs: ExtendRepair[]): WantedPlace[] | null {
  const repairOf = new Map(repairs.map((repair) => [repair.position, repair]));
  if (![...repairOf.keys()].every((wanted) => places.some(({ position }) => position === wanted))) return null;
  return places.map((place) => {
    const repair = repairOf.get(place.position);
    if (!repair) return place;
    return {
      ...place,
      startsAt: repair.startsAt,
      nominalStartsAt: place.startsAt,
      therapistId: repair.therapistId,
    };
  });
}

/** Nobody can have two massages at once. */
function overlapsAnyDate({ rows }: WholeSeries, places: WantedPlace[], minutes: number): boolean {
  const times: Interval[] = [
    ...rows.filter(({ status }) => status === 'booked').map(({ startAt, endAt }) => ({ start: startAt, end: endAt })),
    ...places.map(({ startsAt }) => ({ start: startsAt, end: startsAt + minutes * 60_000 })),
  ].sort((a, b) => a.start - b.start);
  return times.some((time, at) => at > 0 && intervalsOverlap(times[at - 1]!, time));
}

/** Where more dates of a series would be, in its rhythm after its last one. */
export async function listPlacesAfter(
  db: Db,
  viewer: Viewer,
  { seriesRow, rows, skipped }: WholeSeries,
  sessions: number,
  now: number,
): Promise<{ ok: true; places: { position: number; startsAt: number }[]; like: AppointmentRow } | Invalid> {
  const { maxSessions, noticeMinutes } = exemptStaff(await getPractice(db), isStaff(viewer));
  const most = maxSessions - seriesRow.sessions;
  if (!Number.isSafeInteger(sessions) || sessions < 1 || sessions > most) {
    return refuse(most > 0 ? `Add 1 to ${most} dates.` : `A series has at most ${maxSessions} dates.`);
  }
  const like = rows.at(-1)!; // every series has an appointment
  const plan = planSeriesExtension({
    rule: {
      timeZone: seriesRow.timeZone,
      cadence: seriesRow.cadence,
      time: seriesRow.localTime,
      therapistId: seriesRow.therapistId,
    },
    occurrences: rows.map((row) => toOccurrence(row)),
    skips: skipped.map(({ position, nominalOn, nominalStartAt }) => {
      return { position, nominalOn, nominalStart: nominalStartAt };
    }),
    visits: Array.from({ length: sessions }, () => ({
      durationMinutes: like.minutes,
      bufferBefore: 0,
      bufferAfter: 0,
    })),
    // Otherwise a date too near to be booked would block all the others.
    now: now + noticeMinutes * 60_000,
  });
  if (!plan.ok) {
    return refuse(
      plan.reason === 'once'
        ? 'A single date has no rhythm to go on in. Please book anew.'
        : 'A new date would fall on one that is booked already.',
    );
  }
  return { ok: true, places: plan.claim.map(({ position, start }) => ({ position, startsAt: start })), like };
}

function refuse(message: string): Invalid {
  return invalid([{ path: ['sessions'], message }]);
}
