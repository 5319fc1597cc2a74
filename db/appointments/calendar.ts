import { and, asc, eq, exists, gt, gte, inArray, lt, ne, or } from 'drizzle-orm';
import { managesAllCalendars, type Staff } from '@/db/access/viewer';
import { editableAppointmentsCondition } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { derivePhoneCountry, formatPhone } from '@/db/input/phone-numbers';
import { getPractice } from '@/db/practice/practice';
import { getEffectiveHoursOfTherapists, listRepeatingBreaks } from '@/db/practice/therapist-hours';
import {
  type AppointmentStatus,
  appointments,
  clients,
  externalBusyTimes,
  rooms,
  series,
  services,
  therapists,
  timeOff,
  type WallRange,
} from '@/db/schema';
import type { Override, WeeklyHours } from '@/scheduling/availability';
import { daysBetween, isDay, listDays, weekdayOf } from '@/scheduling/day';
import type { RepeatingBreak } from '@/scheduling/hours-plan';
import { isBreakInEffectInWeek } from '@/scheduling/repeating-breaks';
import { getDayInterval, toWallTime } from '@/scheduling/zone-conversion';
import { LONGEST_APPOINTMENT_MS } from './longest-appointment-ms';
import { STAFF_APPOINTMENT_COLUMNS } from './staff-appointment-columns';

export interface CalendarQuery {
  /** First local day. */
  from: string;
  /** Local day after the last one. */
  to: string;
  whose: 'mine' | 'everyone';
}

/** When and where a therapist is booked: nothing else is shown to a colleague. */
export interface BookedTime {
  uid: string;
  startsAt: number;
  endsAt: number;
  paddedStartsAt: number;
  paddedEndsAt: number;
  therapistId: string;
  room: { id: string; name: string };
  minutes: number;
}

export interface CalendarEntry extends BookedTime {
  seriesUid: string;
  clientName: string;
  /** Written as in the practice's country. */
  clientPhone: string | null;
  service: { id: string; name: string };
  position: number;
  sessions: number;
  status: AppointmentStatus;
  /** When the client came and when the massage began, as staff recorded it. */
  arrivedAt: number | null;
  begunAt: number | null;
  isMoved: boolean;
  version: number;
  seriesVersion: number;
}

export interface Calendar {
  timeZone: string;
  locale: string;
  /** `hasLeft`: shown for what is still booked with them. Their hours end when they left, and nobody can book them. */
  therapists: { id: string; name: string; colour: string; hasLeft: boolean }[];
  /** Appointments whose client the viewer may know: a therapist's own, or all. */
  appointments: CalendarEntry[];
  /** Appointments of a therapist's colleagues. */
  colleagues: BookedTime[];
  timeOff: { id: string; therapistId: string; startsAt: number; endsAt: number; kind: 'leave' | 'break' | 'closure' }[];
  /** Busy times from a therapist's own external calendar. Their subject is not known. */
  external: { id: string; therapistId: string; startsAt: number; endsAt: number }[];
  hours: { therapistId: string; on: string; ranges: WallRange[] }[];
  /** Repeating breaks on the days on which they apply. They are already taken out of the hours. */
  breaks: { therapistId: string; on: string; from: string; until: string; name: string }[];
  holidays: { on: string; name: string }[];
}

const DAYS_AT_ONCE = 62;

const { uid, startsAt, endsAt, paddedStartsAt, paddedEndsAt, therapistId, room, minutes } = STAFF_APPOINTMENT_COLUMNS;
const BOOKED = { uid, startsAt, endsAt, paddedStartsAt, paddedEndsAt, therapistId, room, minutes };

/**
 * The calendar of the practice for staff, without cancelled appointments. A therapist sees when a colleague is booked,
 * but not with whom or for what.
 */
export async function getCalendar(viewer: Staff, query: CalendarQuery): Promise<Calendar> {
  const { from, to, whose } = query;
  if (!isDay(from) || !isDay(to) || from >= to || daysBetween(from, to) > DAYS_AT_ONCE) {
    throw new RangeError(`A calendar shows 1 to ${DAYS_AT_ONCE} days, not ${from} to ${to}.`);
  }
  const db = await reader();
  const { timeZone, locale } = await getPractice(db);
  const start = getDayInterval(timeZone, from).start;
  const end = getDayInterval(timeZone, to).start;
  const country = derivePhoneCountry({ timeZone, locale });
  const people = await db
    .select({
      id: therapists.id,
      name: therapists.name,
      colour: therapists.colour,
      isActive: therapists.isActive,
      inactiveSince: therapists.inactiveSince,
    })
    .from(therapists)
    .where(
      and(
        // A therapist who has left still shows on days on which they have appointments.
        or(eq(therapists.isActive, true), hasAppointments(db, start, end)),
        whose === 'mine' ? eq(therapists.id, viewer.therapistId ?? '') : undefined,
      ),
    )
    .orderBy(asc(therapists.position));
  const ids = people.map(({ id }) => id);
  const isShown = and(
    inArray(appointments.therapistId, ids),
    gte(appointments.paddedStartAt, start - LONGEST_APPOINTMENT_MS),
    lt(appointments.paddedStartAt, end),
    gt(appointments.paddedEndAt, start),
    ne(appointments.status, 'cancelled'),
  );
  const inOrder = [asc(appointments.startAt), asc(appointments.therapistId)];
  const [entries, colleagues, off, external, hours, breaks] = await Promise.all([
    db
      .select(STAFF_APPOINTMENT_COLUMNS)
      .from(appointments)
      .innerJoin(series, eq(series.id, appointments.seriesId))
      .innerJoin(clients, eq(clients.id, appointments.clientId))
      .innerJoin(services, eq(services.id, appointments.serviceId))
      .innerJoin(rooms, eq(rooms.id, appointments.roomId))
      .where(and(isShown, editableAppointmentsCondition(viewer)))
      .orderBy(...inOrder),
    managesAllCalendars(viewer) || whose === 'mine'
      ? []
      : db
          .select(BOOKED)
          .from(appointments)
          .innerJoin(rooms, eq(rooms.id, appointments.roomId))
          .where(and(isShown, ne(appointments.therapistId, viewer.therapistId ?? '')))
          .orderBy(...inOrder),
    db
      .select({
        id: timeOff.id,
        therapistId: timeOff.therapistId,
        startsAt: timeOff.startAt,
        endsAt: timeOff.endAt,
        kind: timeOff.kind,
      })
      .from(timeOff)
      .where(and(inArray(timeOff.therapistId, ids), lt(timeOff.startAt, end), gt(timeOff.endAt, start)))
      .orderBy(asc(timeOff.startAt)),
    db
      .select({
        id: externalBusyTimes.id,
        therapistId: externalBusyTimes.therapistId,
        startsAt: externalBusyTimes.startAt,
        endsAt: externalBusyTimes.endAt,
      })
      .from(externalBusyTimes)
      .where(
        and(
          inArray(externalBusyTimes.therapistId, ids),
          lt(externalBusyTimes.startAt, end),
          gt(externalBusyTimes.endAt, start),
        ),
      )
      .orderBy(asc(externalBusyTimes.startAt)),
    getEffectiveHoursOfTherapists(db, ids, from, to),
    listRepeatingBreaks(db, ids),
  ]);
  const days = listDays(from, daysBetween(from, to));
  const leftAt = new Map(
    people.flatMap(({ id, isActive, inactiveSince }) =>
      isActive ? [] : [[id, toWallTime(timeZone, inactiveSince ?? 0)]],
    ),
  );
  const worked = days.flatMap((on) =>
    ids.map((therapistId) => ({
      therapistId,
      on,
      ranges: listRangesUntil(leftAt.get(therapistId), rangesOn(hours.therapists.get(therapistId)!, on), on),
    })),
  );
  return {
    timeZone,
    locale,
    therapists: people.map(({ isActive, inactiveSince: _, ...person }) => ({ ...person, hasLeft: !isActive })),
    appointments: entries.map(({ nominalStartsAt, clientPhone, ...entry }) => ({
      ...entry,
      clientPhone: clientPhone && formatPhone(clientPhone, country),
      isMoved: nominalStartsAt !== entry.startsAt,
    })),
    colleagues,
    timeOff: off,
    external,
    hours: worked,
    breaks: worked.flatMap(({ therapistId, on, ranges }) =>
      breaks
        .get(therapistId)!
        .filter((repeating) => isTakenOn(repeating, on, ranges))
        .map(({ from, until, name }) => ({ therapistId, on, from, until, name })),
    ),
    holidays: [...hours.holidays].map(([on, name]) => ({ on, name })).sort((a, b) => (a.on < b.on ? -1 : 1)),
  };
}

function rangesOn({ weeklyHours, overrides }: { weeklyHours: WeeklyHours; overrides: Override[] }, on: string) {
  return overrides.findLast((override) => override.on === on)?.hours ?? weeklyHours[weekdayOf(on)] ?? [];
}

/** The part of a day's hours before a therapist left; all of them where nobody left. */
function listRangesUntil(left: { on: string; time: string } | undefined, ranges: WallRange[], on: string): WallRange[] {
  if (left === undefined || on < left.on) return ranges;
  if (on > left.on) return [];
  return ranges
    .filter(([from]) => from < left.time)
    .map(([from, until]) => [from, until < left.time ? until : left.time]);
}

/** A break does not apply on a day off or on a day with hours of its own. */
function isTakenOn(repeating: RepeatingBreak, on: string, ranges: WallRange[]): boolean {
  if (!isBreakInEffectInWeek(repeating, on) || !repeating.weekdays.includes(weekdayOf(on)) || ranges.length === 0)
    return false;
  return ranges.every(([from, until]) => until <= repeating.from || repeating.until <= from);
}

function hasAppointments(db: Db, start: number, end: number) {
  return exists(
    db
      .select({ id: appointments.id })
      .from(appointments)
      .where(
        and(
          eq(appointments.therapistId, therapists.id),
          ne(appointments.status, 'cancelled'),
          gte(appointments.startAt, start),
          lt(appointments.startAt, end),
        ),
      ),
  );
}
