import { and, asc, eq, exists, gt, gte, inArray, lt, ne, or } from 'drizzle-orm';
import { isId } from '@/db/access/ownership';
import { isPractitioner, type Staff } from '@/db/access/viewer';
import { reader } from '@/db/connection/client';
import type { Db } from '@/db/connection/connection';
import { phoneCountryOf, phoneLink, sayPhone } from '@/db/input/phone';
import { listBreaks, listHours, type RepeatingBreak } from '@/db/practice/hours';
import { getPractice } from '@/db/practice/practice';
import {
  type AppointmentStatus,
  appointments,
  clients,
  externalTimes,
  rooms,
  series,
  seriesQuestions,
  services,
  startScores,
  therapists,
  timeOff,
  type WallRange,
} from '@/db/schema';
import type { Override, WeeklyHours } from '@/scheduling/availability';
import type { Cadence } from '@/scheduling/cadence';
import { addDays, daysBetween, isDay, weekdayOf } from '@/scheduling/day';
import { isBreakOfWeek } from '@/scheduling/repeating-breaks';
import { dayInterval } from '@/scheduling/zone';
import { openNote, openStartScore } from './health-values';
import { LONGEST_APPOINTMENT } from './longest-appointment';

export interface CalendarQuery {
  /** Local day. */
  from: string;
  /** Local day, itself left out. */
  to: string;
  whose: 'mine' | 'everyone';
}

export interface CalendarEntry {
  uid: string;
  seriesUid: string;
  startsAt: number;
  endsAt: number;
  paddedStartsAt: number;
  paddedEndsAt: number;
  therapistId: string;
  clientName: string;
  /** As the practice's country writes it. */
  clientPhone: string | null;
  service: { id: string; name: string };
  room: { id: string; name: string };
  minutes: number;
  position: number;
  sessions: number;
  status: AppointmentStatus;
  /** When the client came, and when the massage began, as staff noted it. */
  arrivedAt: number | null;
  begunAt: number | null;
  isMoved: boolean;
  version: number;
  seriesVersion: number;
}

export interface Calendar {
  timeZone: string;
  locale: string;
  therapists: { id: string; name: string; colour: string }[];
  appointments: CalendarEntry[];
  timeOff: { id: string; therapistId: string; startsAt: number; endsAt: number; kind: 'leave' | 'break' | 'closure' }[];
  /** When a therapist's own calendar elsewhere is busy; what it is busy with is not known. */
  external: { id: string; therapistId: string; startsAt: number; endsAt: number }[];
  hours: { therapistId: string; on: string; ranges: WallRange[] }[];
  /** Repeating breaks on the days on which they are taken; what is left of the day is its hours. */
  breaks: { therapistId: string; on: string; from: string; until: string; name: string }[];
  holidays: { on: string; name: string }[];
}

/** One date of a series; `therapistId` says whose it is to change. */
export interface SeriesPlace {
  uid: string;
  position: number;
  startsAt: number;
  therapistId: string;
  status: AppointmentStatus;
  isMoved: boolean;
}

/** What the panel of one appointment tells: only for those who work here. */
export interface AppointmentFacts {
  uid: string;
  seriesUid: string;
  position: number;
  sessions: number;
  cadence: Cadence;
  startsAt: number;
  endsAt: number;
  paddedStartsAt: number;
  paddedEndsAt: number;
  timeZone: string;
  nominalStartsAt: number;
  isMoved: boolean;
  therapist: { id: string; name: string };
  room: { id: string; name: string };
  service: { id: string; name: string };
  minutes: number;
  priceCents: number;
  currency: string;
  status: AppointmentStatus;
  arrivedAt: number | null;
  begunAt: number | null;
  /** Called off by the client, too late to do it themselves. */
  isLateCancel: boolean;
  /** Until when they could still have done it. */
  cancelUntil: number;
  version: number;
  seriesVersion: number;
  /** The number as the practice's country writes it, and what a link to it dials. */
  client: { id: string; name: string; email: string; phone: string | null; phoneLink: string | null };
  note: string | null;
  questionSlug: string | null;
  startScore: number | null;
  /** The whole series in order, this one included. */
  places: SeriesPlace[];
  /** The next one of this series that stands, after this. */
  next: { uid: string; startsAt: number; isMoved: boolean } | null;
  lastStartsAt: number;
}

const DAYS_AT_ONCE = 62;

/** The practice's days as those who work here see them; cancelled appointments are left out. */
export async function listCalendar(viewer: Staff, query: CalendarQuery): Promise<Calendar> {
  const { from, to, whose } = query;
  if (!isDay(from) || !isDay(to) || from >= to || daysBetween(from, to) > DAYS_AT_ONCE) {
    throw new RangeError(`A calendar shows 1 to ${DAYS_AT_ONCE} days, not ${from} to ${to}.`);
  }
  const db = await reader();
  const { timeZone, locale } = await getPractice(db);
  const start = dayInterval(timeZone, from).start;
  const end = dayInterval(timeZone, to).start;
  const country = phoneCountryOf({ timeZone, locale });
  const people = await db
    .select({ id: therapists.id, name: therapists.name, colour: therapists.colour })
    .from(therapists)
    .where(
      and(
        // Who has left is still there on the days on which something of theirs is booked.
        or(eq(therapists.isActive, true), hasAppointments(db, start, end)),
        whose === 'mine' ? eq(therapists.id, viewer.therapistId ?? '') : undefined,
      ),
    )
    .orderBy(asc(therapists.position));
  const ids = people.map(({ id }) => id);
  const [entries, off, external, hours, breaks] = await Promise.all([
    db
      .select(ENTRY)
      .from(appointments)
      .innerJoin(series, eq(series.id, appointments.seriesId))
      .innerJoin(clients, eq(clients.id, appointments.clientId))
      .innerJoin(services, eq(services.id, appointments.serviceId))
      .innerJoin(rooms, eq(rooms.id, appointments.roomId))
      .where(
        and(
          inArray(appointments.therapistId, ids),
          gte(appointments.paddedStartAt, start - LONGEST_APPOINTMENT),
          lt(appointments.paddedStartAt, end),
          gt(appointments.paddedEndAt, start),
          ne(appointments.status, 'cancelled'),
        ),
      )
      .orderBy(asc(appointments.startAt), asc(appointments.therapistId)),
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
        id: externalTimes.id,
        therapistId: externalTimes.therapistId,
        startsAt: externalTimes.startAt,
        endsAt: externalTimes.endAt,
      })
      .from(externalTimes)
      .where(
        and(inArray(externalTimes.therapistId, ids), lt(externalTimes.startAt, end), gt(externalTimes.endAt, start)),
      )
      .orderBy(asc(externalTimes.startAt)),
    listHours(db, ids, from, to),
    listBreaks(db, ids),
  ]);
  const days = Array.from({ length: daysBetween(from, to) }, (_, n) => addDays(from, n));
  const worked = days.flatMap((on) =>
    ids.map((therapistId) => ({ therapistId, on, ranges: rangesOn(hours.therapists.get(therapistId)!, on) })),
  );
  return {
    timeZone,
    locale,
    therapists: people,
    appointments: entries.map(({ nominalStartsAt, clientPhone, ...entry }) => ({
      ...entry,
      clientPhone: clientPhone && sayPhone(clientPhone, country),
      isMoved: nominalStartsAt !== entry.startsAt,
    })),
    timeOff: off,
    external,
    hours: worked,
    breaks: worked.flatMap(({ therapistId, on, ranges }) =>
      breaks
        .get(therapistId)!
        .filter((one) => isTakenOn(one, on, ranges))
        .map(({ from, until, name }) => ({ therapistId, on, from, until, name })),
    ),
    holidays: [...hours.holidays].map(([on, name]) => ({ on, name })).sort((a, b) => (a.on < b.on ? -1 : 1)),
  };
}

/** Everything the panel of one appointment tells, cancelled or not; null when there is none by this name. */
export async function getAppointment(viewer: Staff, uid: string): Promise<AppointmentFacts | null> {
  if (!isId(uid)) return null;
  const db = await reader();
  const [found] = await db
    .select({
      ...ENTRY,
      cadence: series.cadence,
      timeZone: appointments.timeZone,
      therapist: { id: therapists.id, name: therapists.name },
      isLateCancel: appointments.isLateCancel,
      priceCents: appointments.priceCents,
      currency: appointments.currency,
      client: { id: clients.id, name: clients.name, email: clients.email, phone: clients.phone },
      sealedNote: series.sealedNote,
      questionSlug: seriesQuestions.questionSlug,
      sealedScore: startScores.sealedScore,
    })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .innerJoin(rooms, eq(rooms.id, appointments.roomId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .leftJoin(seriesQuestions, eq(seriesQuestions.seriesId, appointments.seriesId))
    .leftJoin(startScores, eq(startScores.seriesId, appointments.seriesId))
    .where(
      and(
        eq(appointments.id, uid),
        viewer.role === 'therapist' ? eq(appointments.therapistId, viewer.therapistId) : undefined,
      ),
    );
  if (!found) return null;
  const rows = await db
    .select({
      uid: appointments.id,
      position: appointments.position,
      startsAt: appointments.startAt,
      nominalStartsAt: appointments.nominalStartAt,
      therapistId: appointments.therapistId,
      status: appointments.status,
    })
    .from(appointments)
    .where(eq(appointments.seriesId, found.seriesUid))
    .orderBy(asc(appointments.position));
  const places = rows.map(({ nominalStartsAt, ...place }) => ({
    ...place,
    isMoved: nominalStartsAt !== place.startsAt,
  }));
  const standing = places.filter(({ status }) => status !== 'cancelled').sort((a, b) => a.startsAt - b.startsAt);
  const next = standing.find(({ startsAt, uid }) => uid !== found.uid && startsAt > found.startsAt);
  const {
    clientName: _name,
    clientPhone: _phone,
    therapistId: _id,
    client,
    sealedNote,
    sealedScore,
    ...facts
  } = isPractitioner(viewer) ? found : withoutHealth(found);
  const practice = await getPractice(db);
  const country = phoneCountryOf(practice);
  return {
    ...facts,
    note: openNote(sealedNote),
    startScore: openStartScore(sealedScore),
    cancelUntil: facts.startsAt - practice.cancelCutoffMinutes * 60_000,
    client: {
      ...client,
      phone: client.phone && sayPhone(client.phone, country),
      phoneLink: client.phone && phoneLink(client.phone, country),
    },
    isMoved: facts.nominalStartsAt !== facts.startsAt,
    places,
    next: next ? { uid: next.uid, startsAt: next.startsAt, isMoved: next.isMoved } : null,
    lastStartsAt: standing.at(-1)?.startsAt ?? found.startsAt,
  };
}

function withoutHealth<T extends object>(found: T): T & { sealedNote: null; questionSlug: null; sealedScore: null } {
  return { ...found, sealedNote: null, questionSlug: null, sealedScore: null };
}

const ENTRY = {
  uid: appointments.id,
  seriesUid: appointments.seriesId,
  startsAt: appointments.startAt,
  endsAt: appointments.endAt,
  paddedStartsAt: appointments.paddedStartAt,
  paddedEndsAt: appointments.paddedEndAt,
  nominalStartsAt: appointments.nominalStartAt,
  therapistId: appointments.therapistId,
  clientName: clients.name,
  clientPhone: clients.phone,
  service: { id: services.id, name: services.name },
  room: { id: rooms.id, name: rooms.name },
  minutes: appointments.minutes,
  position: appointments.position,
  sessions: series.sessions,
  status: appointments.status,
  arrivedAt: appointments.arrivedAt,
  begunAt: appointments.begunAt,
  version: appointments.version,
  seriesVersion: series.version,
};

function rangesOn({ weeklyHours, overrides }: { weeklyHours: WeeklyHours; overrides: Override[] }, on: string) {
  return overrides.findLast((override) => override.on === on)?.hours ?? weeklyHours[weekdayOf(on)] ?? [];
}

/** Nobody breaks off a day that is off, or is open then by hours of its own. */
function isTakenOn(one: RepeatingBreak, on: string, ranges: WallRange[]): boolean {
  if (!isBreakOfWeek(one, on) || !one.weekdays.includes(weekdayOf(on)) || ranges.length === 0) return false;
  return ranges.every(([from, until]) => until <= one.from || one.until <= from);
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
