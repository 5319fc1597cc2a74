import { and, asc, desc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { isTherapistOrOwner, type Viewer } from '@/db/access/viewer';
import { isPossibleId, visibleSeriesCondition } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { preparedQuery } from '@/db/connection/prepared-queries';
import {
  type AppointmentStatus,
  appointments,
  clients,
  rooms,
  series,
  seriesQuestionPages,
  services,
  skips,
  therapists,
} from '@/db/schema';
import type { Cadence } from '@/scheduling/cadence';
import { decryptBookingNote } from './booking-health-encryption';

interface Named {
  id: string;
  name: string;
}

export interface AppointmentView {
  uid: string;
  position: number;
  startsAt: number;
  endsAt: number;
  localStart: string;
  timeZone: string;
  nominalStartsAt: number;
  /** Its time is not the one in the plan: it was moved, or booked at another time from the start. */
  isMoved: boolean;
  /** When it got its present start, if that has changed since it was booked. */
  movedAt: number | null;
  /** The therapist in the plan; null: not known. */
  nominalTherapistId: string | null;
  therapist: Named;
  room: Named;
  service: Named;
  minutes: number;
  priceCents: number;
  currency: string;
  status: AppointmentStatus;
  sequence: number;
  version: number;
  bookedAt: number;
  /** How often its client has moved it online. */
  movesByClient: number;
}

export interface SeriesView {
  uid: string;
  cadence: Cadence;
  firstOn: string;
  time: string;
  timeZone: string;
  sessions: number;
  therapist: Named;
  client: { name: string; email: string; phone: string | null };
  /** Who booked it online for the client, by name; null where clients booked for themselves, or staff did. */
  bookedBy: string | null;
  /** Set if it was booked together with somebody else's series, side by side. */
  pairId: string | null;
  /** Shown only to therapists, the owner and the series' own link. */
  note: string | null;
  questionSlug: string | null;
  createdAt: number;
  version: number;
  /** Its calendar files contain a reminder one day before. */
  hasCalendarAlarm: boolean;
  /** By start, which is not the order of their positions where one was moved past its neighbour. */
  appointments: AppointmentView[];
  skipped: { position: number; on: string; startsAt: number }[];
}

/** A series that the viewer may see; null for any other. */
export async function getSeries(viewer: Viewer, uid: string): Promise<SeriesView | null> {
  if (!isPossibleId(uid)) return null;
  const db = await reader();
  const [found] = await listSeriesUnchecked(db, and(eq(series.id, uid), visibleSeriesCondition(db, viewer)));
  return found ? asSeenBy(viewer, found) : null;
}

/** The viewer's own series, latest booking first. */
export async function listSeries(viewer: Viewer): Promise<SeriesView[]> {
  const db = await reader();
  const found = await listSeriesUnchecked(db, visibleSeriesCondition(db, viewer));
  return found.map((view) => asSeenBy(viewer, view));
}

function asSeenBy(viewer: Viewer, view: SeriesView): SeriesView {
  return isTherapistOrOwner(viewer) || viewer.role === 'link' ? view : { ...view, note: null };
}

/** Whole series with notes, without a permission check: for db/ only. */
export async function listSeriesUnchecked(db: Db, condition: SQL | undefined): Promise<SeriesView[]> {
  const found = await selectSeries(db, condition);
  if (found.length === 0) return [];
  const ids = found.map(({ uid }) => uid);
  const booked = await selectAppointments(db, inArray(appointments.seriesId, ids));
  return viewsOf(found, booked, await selectSkips(db, inArray(skips.seriesId, ids)));
}

const isIts = (column: SQLiteColumn) => eq(column, sql.placeholder('id'));

const selectOneSeries = preparedQuery((on) => selectSeries(on, isIts(series.id)));

const selectItsAppointments = preparedQuery((on) => selectAppointments(on, isIts(appointments.seriesId)));

const selectItsSkips = preparedQuery((on) => selectSkips(on, isIts(skips.seriesId)));

/** Like `listSeriesUnchecked`, for one series that exists. Every change reads it, so its queries are prepared. */
export async function getSeriesUnchecked(db: Db, id: string): Promise<SeriesView> {
  const found = await selectOneSeries(db, { id });
  const booked = await selectItsAppointments(db, { id });
  const skippedRows = await selectItsSkips(db, { id });
  return viewsOf(found, booked, skippedRows)[0]!;
}

function viewsOf(
  found: Awaited<ReturnType<typeof selectSeries>>,
  booked: Awaited<ReturnType<typeof selectAppointments>>,
  skippedRows: (typeof skips.$inferSelect)[],
): SeriesView[] {
  return found.map(({ sealedNote, ...view }) => ({
    ...view,
    note: decryptBookingNote(sealedNote),
    appointments: booked
      .filter(({ seriesId }) => seriesId === view.uid)
      .map(({ seriesId: _, ...seen }) => ({ ...seen, isMoved: seen.startsAt !== seen.nominalStartsAt })),
    skipped: skippedRows
      .filter(({ seriesId }) => seriesId === view.uid)
      .map(({ position, nominalOn, nominalStartAt }) => ({ position, on: nominalOn, startsAt: nominalStartAt })),
  }));
}

function selectSeries(db: Db, condition: SQL | undefined) {
  return db
    .select({
      uid: series.id,
      cadence: series.cadence,
      firstOn: series.firstOn,
      time: series.localTime,
      timeZone: series.timeZone,
      sessions: series.sessions,
      therapist: { id: therapists.id, name: therapists.name },
      client: { name: clients.name, email: clients.email, phone: clients.phone },
      bookedBy: series.bookedBy,
      pairId: series.pairId,
      sealedNote: series.sealedNote,
      questionSlug: seriesQuestionPages.questionSlug,
      createdAt: series.createdAt,
      version: series.version,
      hasCalendarAlarm: series.hasCalendarAlarm,
    })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .innerJoin(therapists, eq(therapists.id, series.therapistId))
    .leftJoin(seriesQuestionPages, eq(seriesQuestionPages.seriesId, series.id))
    .where(condition)
    .orderBy(desc(series.createdAt), asc(series.id));
}

function selectSkips(db: Db, condition: SQL) {
  return db.select().from(skips).where(condition).orderBy(asc(skips.position));
}

function selectAppointments(db: Db, condition: SQL) {
  return db
    .select({
      seriesId: appointments.seriesId,
      uid: appointments.id,
      position: appointments.position,
      startsAt: appointments.startAt,
      endsAt: appointments.endAt,
      localStart: appointments.localStart,
      timeZone: appointments.timeZone,
      nominalStartsAt: appointments.nominalStartAt,
      nominalTherapistId: appointments.nominalTherapistId,
      movedAt: appointments.movedAt,
      therapist: { id: therapists.id, name: therapists.name },
      room: { id: rooms.id, name: rooms.name },
      service: { id: services.id, name: services.name },
      minutes: appointments.minutes,
      priceCents: appointments.priceCents,
      currency: appointments.currency,
      status: appointments.status,
      sequence: appointments.sequence,
      version: appointments.version,
      bookedAt: appointments.createdAt,
      movesByClient: appointments.movesByClient,
    })
    .from(appointments)
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .innerJoin(rooms, eq(rooms.id, appointments.roomId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .where(condition)
    .orderBy(asc(appointments.seriesId), asc(appointments.startAt), asc(appointments.position));
}
