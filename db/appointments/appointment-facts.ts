import { and, asc, eq } from 'drizzle-orm';
import { isErasedEmail } from '@/db/access/erased-email-domain';
import { isTherapistOrOwner, type Staff } from '@/db/access/viewer';
import { isPossibleId } from '@/db/access/viewer-conditions';
import { reader } from '@/db/connection/database-client';
import { derivePhoneCountry, formatPhone, formatPhoneLink } from '@/db/input/phone-numbers';
import { getPractice } from '@/db/practice/practice';
import {
  type AppointmentStatus,
  appointments,
  clients,
  rooms,
  series,
  seriesQuestionPages,
  services,
  startScores,
  therapists,
} from '@/db/schema';
import type { Cadence } from '@/scheduling/cadence';
import { decryptBookingNote, decryptStartScore } from './booking-health-encryption';
import { STAFF_APPOINTMENT_COLUMNS } from './staff-appointment-columns';

/** One date of a series. `therapistId` decides which therapist may change it. */
export interface SeriesDate {
  uid: string;
  position: number;
  startsAt: number;
  therapistId: string;
  status: AppointmentStatus;
  isMoved: boolean;
  /** Its place and its therapist in the plan; the therapist is null where it is not known. */
  nominalStartsAt: number;
  nominalTherapistId: string | null;
}

/** Everything the panel of one appointment shows, for staff only. */
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
  /** The client cancelled it after the deadline for cancelling online. */
  isLateCancel: boolean;
  /** Until then the client could cancel online. */
  cancelUntil: number;
  version: number;
  seriesVersion: number;
  /** `phone` is written as in the practice's country. Of an erased client nothing is known: `email` is empty. */
  client: {
    id: string;
    name: string;
    isErased: boolean;
    email: string;
    phone: string | null;
    phoneLink: string | null;
  };
  /** The name of the member of staff who booked it. */
  bookedBy: string | null;
  note: string | null;
  questionSlug: string | null;
  startScore: number | null;
  /** The whole series in order, this date included. */
  places: SeriesDate[];
  /** The next date of this series that is not cancelled; `isMoved` if it was moved after it was booked. */
  next: { uid: string; startsAt: number; isMoved: boolean } | null;
  lastStartsAt: number;
}

/** The data of one appointment's panel, also if it was cancelled; null if there is no such appointment. */
export async function getAppointmentFacts(viewer: Staff, uid: string): Promise<AppointmentFacts | null> {
  if (!isPossibleId(uid)) return null;
  const db = await reader();
  const [found] = await db
    .select({
      ...STAFF_APPOINTMENT_COLUMNS,
      cadence: series.cadence,
      timeZone: appointments.timeZone,
      therapist: { id: therapists.id, name: therapists.name },
      isLateCancel: appointments.isLateCancel,
      priceCents: appointments.priceCents,
      currency: appointments.currency,
      client: { id: clients.id, name: clients.name, email: clients.email, phone: clients.phone },
      bookedBy: series.bookedBy,
      sealedNote: series.sealedNote,
      questionSlug: seriesQuestionPages.questionSlug,
      sealedScore: startScores.sealedScore,
    })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .innerJoin(rooms, eq(rooms.id, appointments.roomId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .leftJoin(seriesQuestionPages, eq(seriesQuestionPages.seriesId, appointments.seriesId))
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
      nominalTherapistId: appointments.nominalTherapistId,
      movedAt: appointments.movedAt,
      therapistId: appointments.therapistId,
      status: appointments.status,
    })
    .from(appointments)
    .where(eq(appointments.seriesId, found.seriesUid))
    .orderBy(asc(appointments.position));
  const moved = new Set(rows.flatMap(({ uid, movedAt }) => (movedAt === null ? [] : [uid])));
  const places = rows.map(({ movedAt: _, ...place }) => ({
    ...place,
    isMoved: place.nominalStartsAt !== place.startsAt,
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
  } = isTherapistOrOwner(viewer) ? found : withoutHealth(found);
  const practice = await getPractice(db);
  const country = derivePhoneCountry(practice);
  const isErased = isErasedEmail(client.email);
  return {
    ...facts,
    note: decryptBookingNote(sealedNote),
    startScore: decryptStartScore(sealedScore),
    cancelUntil: facts.startsAt - practice.cancelCutoffMinutes * 60_000,
    client: {
      ...client,
      isErased,
      email: isErased ? '' : client.email,
      phone: client.phone && formatPhone(client.phone, country),
      phoneLink: client.phone && formatPhoneLink(client.phone, country),
    },
    isMoved: facts.nominalStartsAt !== facts.startsAt,
    places,
    next: next ? { uid: next.uid, startsAt: next.startsAt, isMoved: next.isMoved && moved.has(next.uid) } : null,
    lastStartsAt: standing.at(-1)?.startsAt ?? found.startsAt,
  };
}

function withoutHealth<T extends object>(found: T): T & { sealedNote: null; questionSlug: null; sealedScore: null } {
  return { ...found, sealedNote: null, questionSlug: null, sealedScore: null };
}
