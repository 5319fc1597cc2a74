import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, ne, or, type SQL } from 'drizzle-orm';
import type { NoteContent } from '@/care/session-notes';
import { type EventActor, findActorNames } from '@/db/access/audit-trail';
import type { Staff, Viewer } from '@/db/access/viewer';
import { clientsWithVisibleHealthCondition, isPossibleId } from '@/db/access/viewer-conditions';
import { LONGEST_APPOINTMENT_MS } from '@/db/appointments/longest-appointment-ms';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { appointments, clients, noteAmendments, series, services, sessionNotes, therapists } from '@/db/schema';
import { decryptAmendment, decryptSessionNote, getDraftEncryptionKey } from './note-encryption';
import { recordNotesRead } from './note-read-log';

// Reads the notes of sessions: for those who treat the client, and the owner. For everybody else the notes do not
// exist. Therapists write the notes of their own appointments in write-session-notes.ts.

type NoteState = 'none' | 'draft' | 'signed';

/** An appointment and the state of its note, without the text. */
export interface AppointmentNoteStatus {
  uid: string;
  clientId: string;
  clientName: string;
  startsAt: number;
  endsAt: number;
  timeZone: string;
  service: string;
  therapist: string;
  state: NoteState;
  /** Whether the viewer treats this appointment, and so writes its note. */
  isOwn: boolean;
}

interface Amendment {
  id: string;
  at: number;
  by: EventActor;
  /** Null if it was encrypted under another key. */
  text: { reason: string; words: string } | null;
}

export interface WrittenNote {
  /** Null if it was encrypted under another key. */
  content: NoteContent | null;
  version: number;
  updatedAt: number;
  signed: { at: number; by: EventActor } | null;
  amendments: Amendment[];
}

/** Everything that the page of one note shows. */
export interface OpenedNote extends AppointmentNoteStatus {
  minutes: number;
  position: number;
  sessions: number;
  note: WrittenNote | null;
  /** The note of the latest earlier session. */
  last: (AppointmentNoteStatus & { note: WrittenNote }) | null;
  /** The client's next date after this one, with any therapist. */
  next: { startsAt: number; service: string; therapist: string } | null;
  extraMinutes: number;
  mayWrite: boolean;
  mayAmend: boolean;
  /** The key with which the browser encrypts a draft while offline; null for a viewer who may not write here. */
  draftKey: string | null;
}

const ENTRY = {
  uid: appointments.id,
  clientId: clients.id,
  clientName: clients.name,
  startsAt: appointments.startAt,
  endsAt: appointments.endAt,
  timeZone: appointments.timeZone,
  service: services.name,
  therapist: therapists.name,
  therapistId: appointments.therapistId,
  noteVersion: sessionNotes.version,
  signedAt: sessionNotes.signedAt,
};
/** A cancelled appointment has no note, unless one had been begun. */
const CAN_HAVE_NOTE = or(ne(appointments.status, 'cancelled'), isNotNull(sessionNotes.version));

/**
 * The note of one appointment, and what to know before writing it; null for a viewer who may not read it. First records
 * the reading of this note, and of the previous one, whose text is shown beside it.
 */
export async function openSessionNote(
  viewer: Staff,
  uid: string,
  { now }: { now: number },
): Promise<OpenedNote | null> {
  if (!isPossibleId(uid)) return null;
  const db = await reader();
  const [found] = await entriesOf(db, viewer, eq(appointments.id, uid));
  if (!found) return null;
  const { clientId, startsAt } = found;
  const isOfClient = eq(appointments.clientId, clientId);
  const [last] = await entriesOf(
    db,
    viewer,
    and(isOfClient, lt(appointments.startAt, startsAt), isNotNull(sessionNotes.version)),
    { order: desc(appointments.startAt), most: 1 },
  );
  const [next] = await entriesOf(
    db,
    viewer,
    and(isOfClient, gt(appointments.startAt, startsAt), eq(appointments.status, 'booked')),
    { order: asc(appointments.startAt), most: 1 },
  );
  const shown = [found, last]
    .filter((entry) => entry !== undefined && entry.state !== 'none')
    .map((entry) => entry!.uid);
  await recordNotesRead(viewer, shown, { now });
  const [place] = await db
    .select({
      minutes: appointments.minutes,
      position: appointments.position,
      sessions: series.sessions,
      extraMinutes: clients.extraMinutes,
    })
    .from(appointments)
    .innerJoin(series, eq(series.id, appointments.seriesId))
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .where(eq(appointments.id, uid));
  const note = await readWritten(db, uid);
  const lastNote = last ? await readWritten(db, last.uid) : null;
  const mayWrite = found.isOwn && !note?.signed;
  return {
    ...found,
    ...place!,
    note,
    last: last && lastNote ? { ...last, note: lastNote } : null,
    next: next ? { startsAt: next.startsAt, service: next.service, therapist: next.therapist } : null,
    mayWrite,
    mayAmend: Boolean(note?.signed) && (found.isOwn || viewer.role === 'owner'),
    draftKey: mayWrite ? getDraftEncryptionKey(viewer, uid) : null,
  };
}

/** The state of the notes of a client's sessions, newest first; null for a viewer who may not know. */
export async function listNoteStatusesOfClient(
  viewer: Staff,
  clientId: string,
  { now, most }: { now: number; most?: number },
): Promise<AppointmentNoteStatus[] | null> {
  if (!isPossibleId(clientId) || viewer.role === 'front_desk') return null;
  const db = await reader();
  const [known] = await db
    .select({ id: clients.id })
    .from(clients)
    .where(and(eq(clients.id, clientId), clientsWithVisibleHealthCondition(db, viewer)));
  if (!known) return null;
  const hasBegun = or(lt(appointments.startAt, now), isNotNull(sessionNotes.version));
  const isHeld = or(ne(appointments.status, 'no_show'), isNotNull(sessionNotes.version));
  return entriesOf(db, viewer, and(eq(appointments.clientId, clientId), hasBegun, isHeld), {
    order: desc(appointments.startAt),
    most,
  });
}

/** The state of one appointment's note; null for a viewer who may not know. */
export async function getNoteStatus(viewer: Staff, uid: string): Promise<AppointmentNoteStatus | null> {
  if (!isPossibleId(uid)) return null;
  const [found] = await entriesOf(await reader(), viewer, eq(appointments.id, uid));
  return found ?? null;
}

const UNSIGNED_DAYS = 7;
const MOST_UNSIGNED = 50;
const DAY_MS = 86_400_000;

/**
 * The viewer's own sessions before `today` whose note is not signed, newest first: all drafts, and sessions of the last
 * week without a note. Empty for a viewer who has never written a note.
 */
export async function listUnsignedNotes(
  viewer: Staff,
  { todayStart }: { todayStart: number },
): Promise<AppointmentNoteStatus[]> {
  if (viewer.role === 'front_desk' || viewer.therapistId === null) return [];
  const db = await reader();
  const isOwn = eq(appointments.therapistId, viewer.therapistId);
  const [some] = await db
    .select({ id: sessionNotes.appointmentId })
    .from(appointments)
    .innerJoin(sessionNotes, eq(sessionNotes.appointmentId, appointments.id))
    .where(isOwn)
    .limit(1);
  if (!some) return [];
  const isUnsigned = and(isOwn, lt(appointments.endAt, todayStart), isNull(sessionNotes.signedAt));
  const newest = { order: desc(appointments.startAt), most: MOST_UNSIGNED };
  // Two queries, so that each uses an index of its own.
  const drafts = await entriesOf(db, viewer, and(isUnsigned, inArray(appointments.id, unsignedIds(db))), newest);
  const since = todayStart - UNSIGNED_DAYS * DAY_MS;
  const unwritten = await entriesOf(
    db,
    viewer,
    and(
      isUnsigned,
      isNull(sessionNotes.version),
      gte(appointments.paddedStartAt, since - LONGEST_APPOINTMENT_MS),
      gte(appointments.startAt, since),
      inArray(appointments.status, ['booked', 'completed']),
    ),
    newest,
  );
  return [...drafts, ...unwritten].sort((a, b) => b.startsAt - a.startsAt).slice(0, MOST_UNSIGNED);
}

function unsignedIds(db: Db) {
  return db.select({ id: sessionNotes.appointmentId }).from(sessionNotes).where(isNull(sessionNotes.signedAt));
}

async function entriesOf(
  db: Db,
  viewer: Viewer,
  condition: SQL | undefined,
  { order = asc(appointments.startAt), most = 500 }: { order?: SQL; most?: number | undefined } = {},
): Promise<AppointmentNoteStatus[]> {
  const found = await db
    .select(ENTRY)
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .innerJoin(services, eq(services.id, appointments.serviceId))
    .innerJoin(therapists, eq(therapists.id, appointments.therapistId))
    .leftJoin(sessionNotes, eq(sessionNotes.appointmentId, appointments.id))
    .where(and(condition, CAN_HAVE_NOTE, clientsWithVisibleHealthCondition(db, viewer)))
    .orderBy(order, asc(appointments.id))
    .limit(most);
  const own = 'therapistId' in viewer ? viewer.therapistId : null;
  return found.map(({ noteVersion, signedAt, therapistId, ...entry }) => ({
    ...entry,
    state: noteVersion === null ? 'none' : signedAt === null ? 'draft' : 'signed',
    isOwn: therapistId === own,
  }));
}

async function readWritten(db: Db, uid: string): Promise<WrittenNote | null> {
  const [row] = await db.select().from(sessionNotes).where(eq(sessionNotes.appointmentId, uid));
  if (!row) return null;
  const added = await db
    .select()
    .from(noteAmendments)
    .where(eq(noteAmendments.appointmentId, uid))
    .orderBy(asc(noteAmendments.at), asc(noteAmendments.id));
  const names = await findActorNames(db, [...added.map(({ actor }) => actor), row.signedBy ?? '']);
  const { sealedContent, version, updatedAt, signedAt, signedBy } = row;
  return {
    content: decryptSessionNote(sealedContent),
    ...{ version, updatedAt },
    signed: signedAt === null || signedBy === null ? null : { at: signedAt, by: names.get(signedBy)! },
    amendments: added.map(({ id, at, actor, sealedAmendment }) => ({
      ...{ id, at, by: names.get(actor)!, text: decryptAmendment(sealedAmendment) },
    })),
  };
}
