import { asc, eq, inArray } from 'drizzle-orm';
import type { AppointmentRow } from '@/db/appointments/editable-appointment';
import {
  gatherAvailabilityContext,
  getFirstDayBeyondWindow,
  listRoomIdsOfServices,
} from '@/db/availability/availability-context';
import { listStartsThatFitAppointment } from '@/db/availability/possible-move-times';
import type { Db } from '@/db/connection/connection';
import { derivePhoneCountry, formatPhone, formatPhoneLink } from '@/db/input/phone-numbers';
import { sumPaidByAppointment } from '@/db/money/paid-amounts';
import type { Practice } from '@/db/practice/practice';
import { type ActiveService, DEEP_PRESSURE, listServicesOfBookedDates } from '@/db/practice/services';
import type { HoursInPeriod } from '@/db/practice/therapist-hours';
import { appointments, clients, series, services, therapists } from '@/db/schema';
import { addDays } from '@/scheduling/day';
import { type Interval, intervalsOverlap } from '@/scheduling/interval-arithmetic';
import type { TherapistHours } from '@/scheduling/standing-times';
import { getDayInterval, toWallTime } from '@/scheduling/zone-conversion';
import type { ListSuitedTherapists } from './allowed-therapists';
import { chooseReplacementTimes } from './choose-replacement-times';
import { readOwnTimesOfClients } from './own-times-of-clients';
import { type ExceededCap, makeWorkloadTally } from './workload-tally';

// Where booked dates that can no longer be given could go: to another therapist at the same hour, or else to the
// nearest other time. The first place of a date is offered to no other date. What takes nobody beyond their caps comes
// first; the rest is named as beyond them, and staff may choose it.

/** A place to which a date could go. */
export interface ReplacementTime {
  startsAt: number;
  therapistId: string;
  therapist: string;
  /** The caps of this therapist that the date would exceed, beside the first places of the dates before it. */
  exceeds?: ExceededCap[];
}

/** A booked date to decide on, with how to reach its client and where it could go, the best place first. */
export interface DateWithReplacementTimes {
  uid: string;
  version: number;
  startsAt: number;
  endsAt: number;
  therapistId: string;
  therapist: string;
  clientName: string;
  /** Whether its client can be notified by e-mail. */
  hasEmail: boolean;
  phone: string | null;
  phoneLink: string | null;
  service: string;
  position: number;
  sessions: number;
  /** What was paid for it already: a cancel pays nothing back. */
  paidCents: number;
  places: ReplacementTime[];
}

export interface ReplacementConstraints {
  /** Who is away, and when. `end` null is for good; `parts` are the times away where that is not the whole span. */
  away: { therapistIds: string[]; start: number; end: number | null; parts?: Interval[] } | null;
  /** The new hours of a therapist, in place of those they have. */
  hours?: { therapistId: string; dated: (from: string, to: string) => HoursInPeriod };
  /** The colleague who takes the dates over. */
  heir?: string;
  /**
   * The room that each of these dates is about to get at its present time: it needs no other place, and no other date
   * gets that room.
   */
  otherRooms?: Map<string, string>;
  /** Which dates get no places, because they would be no better off elsewhere. */
  needsNoPlace?: (row: AppointmentRow) => boolean;
  /** Lists the therapists who suit a client: nobody is proposed of whom somebody has to be asked first. */
  listSuited?: ListSuitedTherapists | undefined;
  /** Only the first so many dates get places: inside a transaction, others wait for the search. */
  most?: number;
}

/** `most` for a search inside a transaction for which others wait. */
export const MAX_PROPOSALS_AT_ONCE = 100;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAYS_BEFORE = 3;
const DAYS_AFTER = 14;
/** Nobody is asked to come sooner than this, except at their present hour. */
const SOONEST_MS = HOUR;

/** These dates with their clients' names, each with the places it could take. */
export async function proposeReplacementTimes(
  db: Db,
  practice: Practice,
  rows: AppointmentRow[],
  constraints: ReplacementConstraints,
  now: number,
): Promise<DateWithReplacementTimes[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const named = await db
    .select({
      uid: appointments.id,
      version: appointments.version,
      startsAt: appointments.startAt,
      endsAt: appointments.endAt,
      therapistId: therapists.id,
      therapist: therapists.name,
      clientName: clients.name,
      email: clients.email,
      phone: clients.phone,
      service: services.name,
      position: appointments.position,
      sessions: series.sessions,
    })
    .from(appointments)
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .where(inArray(appointments.id, ids))
    .orderBy(asc(appointments.startAt), asc(appointments.id));
  const places = await listPlaces(db, practice, rows, constraints, now);
  const paid = await sumPaidByAppointment(db, ids);
  const country = derivePhoneCountry(practice);
  return named.map(({ email, phone, ...date }) => ({
    ...date,
    paidCents: paid.get(date.uid) ?? 0,
    hasEmail: email !== '',
    phone: phone && formatPhone(phone, country),
    phoneLink: phone && formatPhoneLink(phone, country),
    places: places.get(date.uid) ?? [],
  }));
}

async function listPlaces(
  db: Db,
  practice: Practice,
  rows: AppointmentRow[],
  { away, hours, heir, otherRooms = new Map(), needsNoPlace, most, listSuited }: ReplacementConstraints,
  now: number,
): Promise<Map<string, ReplacementTime[]>> {
  const { timeZone } = practice;
  const dayOf = (instant: number) => toWallTime(timeZone, instant).on;
  const offers = await listServicesOfBookedDates(db);
  const names = new Map((await db.select().from(therapists)).map(({ id, name }) => [id, name]));
  const ids = [...new Set(offers.flatMap((offer) => offer.therapists))];
  const [today, afterWindow] = [dayOf(now), getFirstDayBeyondWindow(practice, now)];
  const days = rows.map(({ startAt }) => dayOf(startAt)).sort();
  const from = later(addDays(days[0]!, -DAYS_BEFORE), today);
  const to = earlier(addDays(days.at(-1)!, DAYS_AFTER + 1), afterWindow);
  const found = new Map<string, ReplacementTime[]>();
  if (from >= to || ids.length === 0) return found;

  const gathered = await gatherAvailabilityContext(db, {
    practice,
    therapistIds: ids,
    roomIds: [...listRoomIdsOfServices(offers), ...otherRooms.values()],
    from,
    to,
    now,
    isForStaff: true,
  });
  const free = { ...gathered, therapists: new Map(gathered.therapists), rooms: new Map(gathered.rooms) };
  const changing = hours && free.therapists.get(hours.therapistId);
  if (changing)
    free.therapists.set(hours.therapistId, { ...changing, ...hours.dated(addDays(from, -1), addDays(to, 1)) });
  if (away) {
    const wholeAbsence = { start: away.start, end: away.end ?? getDayInterval(timeZone, addDays(to, 2)).end };
    const awayParts = (away.parts ?? [wholeAbsence]).filter(({ start, end }) => start < end);
    for (const id of away.therapistIds) addBusy(free.therapists, id, awayParts);
  }
  for (const { id, paddedStartAt: start, paddedEndAt: end } of rows) {
    const roomId = otherRooms.get(id);
    if (roomId !== undefined) free.rooms.set(roomId, [...(free.rooms.get(roomId) ?? []), { start, end }]);
  }
  const ownTimes = await readOwnTimesOfClients(db, rows, now, dayOf);
  const whole = { start: getDayInterval(timeZone, from).start, end: getDayInterval(timeZone, to).start };
  const tally = await makeWorkloadTally(db, { timeZone, therapistIds: ids, within: whole });
  const placeless = rows
    .filter((row) => !otherRooms.has(row.id) && !needsNoPlace?.(row))
    .sort((a, b) => a.startAt - b.startAt);
  for (const row of placeless.slice(0, most)) {
    const offer = offers.find(({ id }) => id === row.serviceId);
    if (!offer) continue;
    const suited = listSuited ? await listSuited(db, [row.clientId]) : null;
    const isSuited = (id: string) => id === row.therapistId || suited === null || suited.includes(id);
    const service = { ...offer, therapists: offer.therapists.filter(isSuited) };
    const on = dayOf(row.startAt);
    const span = { from: later(addDays(on, -DAYS_BEFORE), from), to: earlier(addDays(on, DAYS_AFTER + 1), to) };
    if (span.from >= span.to) continue;
    const within = { from: getDayInterval(timeZone, span.from).start, to: getDayInterval(timeZone, span.to).start };
    const isPossible = ownTimes.startsFor(row);
    const startsOf = (therapistId: string) =>
      listStartsThatFitAppointment(free, row, { service, therapistId, ...within, minNoticeMinutes: 0 }).filter(
        (start) => {
          const isSoonEnough = start === row.startAt ? start > now : start >= now + SOONEST_MS;
          return isSoonEnough && isPossible(start);
        },
      );
    const massage = { start: row.startAt, durationMinutes: row.minutes, isDeep: offer.pressure === DEEP_PRESSURE };
    tally.remove(row.therapistId, massage);
    const exceeds = (therapistId: string, start: number) => tally.listExceeded(therapistId, { ...massage, start });
    const places = chooseReplacementTimes(row, service, startsOf, { timeZone, heir, exceeds }).map((place) => {
      const caps = exceeds(place.therapistId, place.startsAt);
      const therapist = names.get(place.therapistId) ?? place.therapistId;
      return { ...place, therapist, ...(caps.length > 0 && { exceeds: caps }) };
    });
    found.set(row.id, places);
    const [first] = places;
    if (first) {
      take(free, service, row, first);
      ownTimes.propose(row, first.startsAt);
    }
    tally.add(first?.therapistId ?? row.therapistId, { ...massage, start: first?.startsAt ?? row.startAt });
  }
  return found;
}

interface ChangeableContext {
  therapists: Map<string, TherapistHours>;
  rooms: Map<string, Interval[]>;
}

function addBusy(therapists: ChangeableContext['therapists'], id: string, added: Interval[]) {
  const therapist = therapists.get(id);
  if (therapist) therapists.set(id, { ...therapist, busy: [...therapist.busy, ...added] });
}

/** Takes the first place of a date, so that it is not offered to another. */
function take(
  free: ChangeableContext,
  service: ActiveService,
  row: AppointmentRow,
  place: { startsAt: number; therapistId: string },
) {
  const shift = place.startsAt - row.startAt;
  const padded: Interval = { start: row.paddedStartAt + shift, end: row.paddedEndAt + shift };
  const isOwn = ({ start, end }: Interval) => start === row.paddedStartAt && end === row.paddedEndAt;
  const busyIn = (id: string) => (free.rooms.get(id) ?? []).filter((interval) => id !== row.roomId || !isOwn(interval));
  const roomId = [row.roomId, ...service.rooms].find(
    (id) => service.rooms.includes(id) && !busyIn(id).some((interval) => intervalsOverlap(interval, padded)),
  );
  addBusy(free.therapists, place.therapistId, [padded]);
  if (roomId !== undefined) free.rooms.set(roomId, [...busyIn(roomId), padded]);
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
