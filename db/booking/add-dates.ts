import { and, asc, eq } from 'drizzle-orm';
import { isStaff, type Viewer } from '@/db/access/viewer';
import { isPossibleId, visibleSeriesCondition } from '@/db/access/viewer-conditions';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import { claimCells, toAppointmentClaims } from '@/db/claims/claims';
import type { Db } from '@/db/connection/connection';
import { insertPrepared } from '@/db/connection/prepared-queries';
import type { Practice } from '@/db/practice/practice';
import { type Clock, type Invalid, invalid } from '@/db/results';
import { appointments, clients, series, skips } from '@/db/schema';
import type { ClashReason } from '@/scheduling/availability';
import { checkBookingWindow } from '@/scheduling/booking-policy';
import { computePaddedInterval } from '@/scheduling/choose-resources';
import {
  checkStartAndTherapists,
  getPricesByTherapist,
  getPriceWithTherapist,
  getRulesForService,
  type PlannedDate,
  removeClientLimits,
} from '@/scheduling/plan-booking';
import { gatherBookingRules } from './booking-rules';
import { chooseTherapistsAndRooms } from './choose-resources';
import { formatCannotBookOnline, isBlockedClient } from './client-booking-permission';
import { getClientExtraMinutes } from './client-extra-minutes';
import { buildAppointmentRows } from './insert-series-rows';
import { endRebookingHoldsOfClients, listRebookingHoldNamesOfClients } from './rebooking-holds';
import { areUnconfirmedCapsOn, exceedsUnconfirmedCaps, lockForCapCount } from './unconfirmed-caps';

// Adds dates to a series that is already booked: after its last date, or in place of a skipped one.

/** Each new date, in order, with what prevents it from being booked. */
export interface AddedDatePreview {
  position: number;
  startsAt: number;
  priceCents: number;
  clash: ClashReason | null;
}

export type AddDatesResult =
  | { ok: true; dates: AddedDatePreview[] }
  | { ok: false; reason: 'taken'; dates: AddedDatePreview[] }
  | { ok: false; reason: 'unconfirmed' }
  | Invalid;

/** A series with all its appointments and all its skipped dates, each in order. */
export interface WholeSeries {
  seriesRow: typeof series.$inferSelect;
  rows: AppointmentRow[];
  skipped: (typeof skips.$inferSelect)[];
}

/** A series to which the viewer may add dates. */
export async function findWholeSeries(db: Db, viewer: Viewer, seriesId: string): Promise<WholeSeries | null> {
  if (!isPossibleId(seriesId)) return null;
  const [found] = await db
    .select({ seriesRow: series })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(and(eq(series.id, seriesId), visibleSeriesCondition(db, viewer)));
  if (!found) return null;
  // A therapist may not fill a colleague’s time.
  if (viewer.role === 'therapist' && viewer.therapistId !== found.seriesRow.therapistId) return null;
  const rows = await db
    .select()
    .from(appointments)
    .where(eq(appointments.seriesId, seriesId))
    .orderBy(asc(appointments.position));
  const skipped = await db.select().from(skips).where(eq(skips.seriesId, seriesId)).orderBy(asc(skips.position));
  return { ...found, rows, skipped };
}

/** Locks the series. A second request that adds to it waits here, and then finds that the version has changed. */
export async function lockSeriesIfUnchanged(tx: Db, { id, version }: WholeSeries['seriesRow']): Promise<boolean> {
  const existing = await tx
    .update(series)
    .set({ version: version + 1 })
    .where(and(eq(series.id, id), eq(series.version, version)))
    .returning({ id: series.id });
  return existing.length > 0;
}

/** Where a date is wanted: at its place in the plan with the therapist of the series, or repaired by hand. */
export interface WantedPlace {
  position: number;
  startsAt: number;
  /** Its place in the plan, if that is elsewhere. */
  nominalStartsAt?: number;
  /** Its therapist, if that is another. */
  therapistId?: string;
}

interface RequestedDates {
  places: WantedPlace[];
  /** The appointment whose massage, length and room the new dates get. */
  like: AppointmentRow;
}

/** Checks, without writing, whether the dates are free with the therapist of the series, at today's price. */
export async function previewAddedDates(
  db: Db,
  viewer: Viewer,
  row: WholeSeries['seriesRow'],
  { places, like }: RequestedDates,
  now: number,
  isTrial = true,
) {
  const giverOf = (at: number) => places[at]?.therapistId ?? row.therapistId;
  const requests = places.map(({ startsAt }, at) => ({ startsAt, therapistId: giverOf(at) }));
  const isForStaff = isStaff(viewer);
  const {
    practice,
    services,
    rules: strict,
  } = await gatherBookingRules(db, requests, now, await getClientExtraMinutes(db, row.clientId));
  const general = isForStaff ? removeClientLimits(strict) : strict;
  if (!isForStaff && (await isBlockedClient(db, row.clientId)))
    return invalid([{ path: ['sessions'], message: formatCannotBookOnline(practice) }]);
  const service = general.services.get(like.serviceId);
  const length = service?.lengths.find(({ minutes }) => minutes === like.minutes);
  if (!service?.therapists.includes(row.therapistId) || !length) {
    return invalid([{ path: ['sessions'], message: 'This massage is not offered any more. Please book anew.' }]);
  }
  const booking = services.find(({ id }) => id === service.id)?.booking;
  if (!isForStaff && (booking === 'phone' || booking === 'approval')) {
    return invalid([
      { path: ['sessions'], message: 'More dates of this massage are booked by phone. Please call us.' },
    ]);
  }
  const rules = getRulesForService(service, general);
  const newDates = places.map(({ position, startsAt, nominalStartsAt = startsAt }, at): PlannedDate => {
    return {
      position,
      startsAt,
      endsAt: startsAt + like.minutes * 60_000,
      padded: computePaddedInterval(startsAt, { ...service, minutes: like.minutes }),
      nominalStartsAt,
      serviceId: service.id,
      priceCents: length.priceCents,
      ownPrices: getPricesByTherapist(service, like.minutes),
      therapistIds: [giverOf(at)],
      roomIds: [...new Set([like.roomId, ...service.rooms])].filter((id) => service.rooms.includes(id)),
    };
  });
  const own = await listRebookingHoldNamesOfClients(db, [row.clientId]);
  const chosen = await chooseTherapistsAndRooms(db, newDates, general, { isForStaff, isTrial, own });
  const dates = newDates.map(({ position, startsAt, ...prices }, at): AddedDatePreview => {
    const therapistId = giverOf(at);
    const isOpen =
      service.therapists.includes(therapistId) &&
      checkStartAndTherapists(startsAt, like.minutes, [therapistId], rules).ok;
    const inWindow = checkBookingWindow({ ...rules, start: startsAt });
    const shut = isOpen ? null : inWindow === 'ok' ? 'closed' : inWindow;
    const conflict = chosen.ok ? undefined : chosen.refused.find((refused) => refused.at === at)?.reason;
    const priceCents = getPriceWithTherapist(prices, therapistId);
    return { position, startsAt, priceCents, clash: shut ?? conflict ?? null };
  });
  if (!chosen.ok || dates.some(({ clash }) => clash !== null))
    return { ok: false as const, reason: 'taken' as const, dates };
  const { id, name, noticeMinutes } = services.find((offered) => offered.id === like.serviceId)!;
  const offered = { id, name, noticeMinutes };
  return {
    ok: true as const,
    dates,
    newDates,
    choices: chosen.choices,
    practice,
    rules: general,
    service: offered,
  };
}

/** Books all of them or none: the caller must undo the transaction when this is refused. */
export async function addDates(
  tx: Db,
  viewer: Viewer,
  row: WholeSeries['seriesRow'],
  request: RequestedDates,
  now: number,
): Promise<AddDatesResult> {
  await lockCapsOfSeries(tx, viewer, row);
  const preview = await previewAddedDates(tx, viewer, row, request, now, false);
  if (!preview.ok) return preview;
  const { dates, newDates, choices, practice } = preview;
  await endRebookingHoldsOfClients(tx, [row.clientId], now);
  const own = { seriesId: row.id, clientId: row.clientId, nominalTherapistId: row.therapistId };
  const common = { ...own, minutes: request.like.minutes, practice, now };
  const added = buildAppointmentRows({ dates: newDates }, choices, common);
  await insertPrepared(tx, appointments, added);
  if ((await claimCells(tx, added.flatMap(toAppointmentClaims), now)).length > 0) {
    return { ok: false, reason: 'taken', dates: dates.map((date) => ({ ...date, clash: 'booked' as const })) };
  }
  if (await exceedsCapsWithAdded(tx, viewer, row, { practice, added, now }))
    return { ok: false, reason: 'unconfirmed' };
  return { ok: true, dates };
}

type SeriesRow = WholeSeries['seriesRow'];

/** Whether the caps on unconfirmed bookings count what this viewer adds to the series. */
function isCapped(viewer: Viewer, { sender, confirmedAt }: SeriesRow): boolean {
  return sender !== null && confirmedAt === null && areUnconfirmedCapsOn(viewer);
}

/** Makes others who are counted against the caps wait, where this series is counted too. */
export async function lockCapsOfSeries(tx: Db, viewer: Viewer, row: SeriesRow): Promise<void> {
  if (isCapped(viewer, row)) await lockForCapCount(tx);
}

/** Whether the series, with the dates just added to it, holds more than an unconfirmed client may. */
export async function exceedsCapsWithAdded(
  tx: Db,
  viewer: Viewer,
  row: SeriesRow,
  { practice, added, now }: Clock & { practice: Practice; added: ReturnType<typeof buildAppointmentRows> },
): Promise<boolean> {
  if (!isCapped(viewer, row)) return false;
  const [client] = await tx.select({ email: clients.email }).from(clients).where(eq(clients.id, row.clientId));
  return exceedsUnconfirmedCaps(tx, { practice, email: client!.email, sender: row.sender!, sessions: added, now });
}
