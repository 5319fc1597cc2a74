import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { bodyMarkKinds, parseAreaMarks } from '@/care/body-areas';
import {
  isEmptyNote,
  isSameNote,
  listFieldsMissingToSign,
  listMissingAmendmentFields,
  MAX_NOTE_FIELD_LENGTH,
  MAX_NOTE_SHORT_TEXT_LENGTH,
  type NoteContent,
  nextSessionChoices,
} from '@/care/session-notes';
import { getAuditActor } from '@/db/access/audit-trail';
import { isTherapistOrOwner, type Staff } from '@/db/access/viewer';
import { clientsWithVisibleHealthCondition, isPossibleId } from '@/db/access/viewer-conditions';
import type { Db } from '@/db/connection/connection';
import { transact } from '@/db/connection/database-client';
import { hasAtMostLetters } from '@/db/input/clean-text';
import { CONTROL_CHARACTER_EXCEPT_LINE_BREAKS, identifierSchema, toIssues } from '@/db/input/field-schemas';
import { type Clock, type Invalid, invalid, type Refusal } from '@/db/results';
import { appointments, clients, noteAmendments, sessionNotes } from '@/db/schema';
import { decryptSessionNote, encryptAmendment, encryptSessionNote } from './note-encryption';

// Writes, signs and amends notes. Only the therapist of an appointment writes and signs its note; a signed note never
// changes.

/** A note as an open page sends it. */
export interface NoteRequest {
  uid: string;
  /** The version that the page last knew; 0 if there was none. */
  seen: number;
  /**
   * The id of the page, and the number of the try: a try whose answer was lost must not count as a conflict with the
   * next.
   */
  editor: string;
  edit: number;
  content: NoteContent;
}

/** Somebody saved this note elsewhere since it was read. Their version was not overwritten. */
interface ChangedSince {
  ok: false;
  reason: 'changed_since';
  newer: { content: NoteContent; version: number; updatedAt: number };
}

export type SaveNoteResult = { ok: true; version: number } | Invalid | ChangedSince | Refusal<NotWritable>;
export type SignNoteResult = { ok: true } | Invalid | ChangedSince | Refusal<NotWritable | 'too_early'>;

/** `unreadable`: the stored note was encrypted under another key, and is not overwritten. */
type NotWritable = 'not_found' | 'signed' | 'unreadable';

const words = (most: number) =>
  z
    .string()
    .max(most * 20)
    .transform((text) => text.replace(/\r\n?/g, '\n').normalize('NFC').trimEnd())
    .pipe(
      z
        .string()
        .refine((text) => hasAtMostLetters(text, most), `Please keep this to ${most.toLocaleString('en')} characters.`)
        .refine(
          (text) => !CONTROL_CHARACTER_EXCEPT_LINE_BREAKS.test(text),
          'Please leave out special control characters.',
        ),
    );
const field = words(MAX_NOTE_FIELD_LENGTH);

const request = z.object({
  uid: z.string().refine(isPossibleId),
  seen: z.int().min(0),
  editor: identifierSchema,
  edit: z.int().min(0),
  content: z.object({
    ...{ said: field, found: field, did: field, plan: field },
    nextChoice: z.enum(nextSessionChoices).nullable(),
    nextWords: words(MAX_NOTE_SHORT_TEXT_LENGTH),
    areas: z.record(z.string(), z.enum(bodyMarkKinds)).transform(parseAreaMarks),
  }),
});
type Note = z.output<typeof request>;

/** Saves a draft. An empty draft leaves no row. */
export async function saveNote(viewer: Staff, input: NoteRequest, { now }: Clock): Promise<SaveNoteResult> {
  const parsed = request.safeParse(input);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  return transact((tx) => saveDraft(tx, viewer, parsed.data, now));
}

/** Saves a note and signs it: both or neither. */
export async function saveAndSignNote(viewer: Staff, input: NoteRequest, { now }: Clock): Promise<SignNoteResult> {
  const parsed = request.safeParse(input);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  const { uid, content } = parsed.data;
  return transact<SignNoteResult>(async (tx, undo) => {
    const saved = await saveDraft(tx, viewer, parsed.data, now);
    if (!saved.ok) return saved.reason === 'signed' && (await isSignedAs(tx, uid, content)) ? { ok: true } : saved;
    if (listFieldsMissingToSign(content).length > 0)
      return undo<SignNoteResult>(invalid([{ path: ['did'], message: 'Write what you did before you sign.' }]));
    const found = await findOwn(tx, viewer, uid);
    if (!found || found.startAt > now) return undo<SignNoteResult>({ ok: false, reason: 'too_early' });
    const isSeen = and(eq(sessionNotes.version, saved.version), isNull(sessionNotes.signedAt));
    const signed = await tx
      .update(sessionNotes)
      .set({ signedAt: now, signedBy: getAuditActor(viewer), version: saved.version + 1 })
      .where(and(eq(sessionNotes.appointmentId, uid), isSeen))
      .returning({ uid: sessionNotes.appointmentId });
    // Another device has saved something else meanwhile: nobody should sign what they have not read.
    return signed.length > 0 ? { ok: true } : undo<SignNoteResult>(await changedSince(tx, uid));
  });
}

export interface AmendmentRequest {
  /** Created once for each form shown, so that sending it twice writes it once. */
  id: string;
  uid: string;
  words: string;
  reason: string;
}

const amendment = z.object({ id: identifierSchema, words: field, reason: words(MAX_NOTE_SHORT_TEXT_LENGTH) });
const MISSING_MESSAGES = { words: 'Write what is to be added.', reason: 'Say why it is added now.' };
const MOST_AMENDMENTS = 50;

/**
 * Adds an amendment to a signed note, by the therapist of the appointment or the owner. The signed text does not
 * change.
 */
export async function amendNote(
  viewer: Staff,
  request: AmendmentRequest,
  { now }: Clock,
): Promise<{ ok: true } | Invalid | Refusal<'not_found' | 'not_signed' | 'too_many'>> {
  const parsed = amendment.safeParse(request);
  if (!parsed.success) return invalid(toIssues(parsed.error));
  const gaps = listMissingAmendmentFields(parsed.data);
  if (gaps.length > 0) return invalid(gaps.map((gap) => ({ path: [gap], message: MISSING_MESSAGES[gap] })));
  const { id, ...text } = parsed.data;
  return transact(async (tx) => {
    const found = await findReadable(tx, viewer, request.uid);
    const mayAmend = found && (viewer.role === 'owner' || found.therapistId === viewer.therapistId);
    if (!mayAmend) return { ok: false as const, reason: 'not_found' as const };
    if (!found.note?.signedAt) return { ok: false as const, reason: 'not_signed' as const };
    const existing = await tx.$count(noteAmendments, eq(noteAmendments.appointmentId, request.uid));
    if (existing >= MOST_AMENDMENTS) return { ok: false as const, reason: 'too_many' as const };
    await tx
      .insert(noteAmendments)
      .values({
        id,
        appointmentId: request.uid,
        at: now,
        actor: getAuditActor(viewer),
        sealedAmendment: encryptAmendment(text),
      })
      .onConflictDoNothing();
    return { ok: true as const };
  });
}

type NoteRow = typeof sessionNotes.$inferSelect;

async function saveDraft(tx: Db, viewer: Staff, { uid, seen, editor, edit, content }: Note, now: number) {
  const found = await findOwn(tx, viewer, uid);
  if (!found) return refused('not_found');
  const { note } = found;
  if (!note) {
    // The note existed when the page was opened: its client has been erased since.
    if (seen > 0) return refused('not_found');
    if (isEmptyNote(content)) return { ok: true as const, version: 0 };
    const row = { appointmentId: uid, sealedContent: encryptSessionNote(content), version: 1, editor, edit };
    const inserted = await tx
      .insert(sessionNotes)
      .values({ ...row, createdAt: now, updatedAt: now, signedAt: null, signedBy: null })
      .onConflictDoNothing()
      .returning({ version: sessionNotes.version });
    return inserted.length > 0 ? { ok: true as const, version: 1 } : changedSince(tx, uid);
  }
  if (note.signedAt !== null) return refused('signed');
  const before = decryptSessionNote(note.sealedContent);
  if (!before) return refused('unreadable');
  if (isSameNote(before, content)) return { ok: true as const, version: note.version };
  const isOwnLater = note.editor === editor && edit > note.edit;
  if (note.version !== seen && !isOwnLater) return changedSince(tx, uid);
  const version = note.version + 1;
  const saved = await tx
    .update(sessionNotes)
    .set({ sealedContent: encryptSessionNote(content), version, editor, edit, updatedAt: now })
    .where(and(eq(sessionNotes.appointmentId, uid), eq(sessionNotes.version, note.version)))
    .returning({ version: sessionNotes.version });
  return saved.length > 0 ? { ok: true as const, version } : changedSince(tx, uid);
}

/** Whether exactly this note was signed before: the answer to that request may have been lost. */
async function isSignedAs(tx: Db, uid: string, content: NoteContent): Promise<boolean> {
  const [note] = await tx.select().from(sessionNotes).where(eq(sessionNotes.appointmentId, uid));
  const signed = note && decryptSessionNote(note.sealedContent);
  return signed !== null && signed !== undefined && isSameNote(signed, content);
}

async function changedSince(tx: Db, uid: string): Promise<ChangedSince | Refusal<NotWritable>> {
  const [note] = await tx.select().from(sessionNotes).where(eq(sessionNotes.appointmentId, uid));
  if (!note) return refused('not_found');
  if (note.signedAt !== null) return refused('signed');
  const content = decryptSessionNote(note.sealedContent);
  if (!content) return refused('unreadable');
  const { version, updatedAt } = note;
  return { ok: false, reason: 'changed_since', newer: { content, version, updatedAt } };
}

/** An appointment of the viewer, and its note. */
async function findOwn(tx: Db, viewer: Staff, uid: string) {
  const found = await findReadable(tx, viewer, uid);
  const isOwn = found && viewer.therapistId !== null && found.therapistId === viewer.therapistId;
  if (!isOwn || (found.status === 'cancelled' && !found.note)) return null;
  return found;
}

async function findReadable(tx: Db, viewer: Staff, uid: string) {
  if (!isTherapistOrOwner(viewer) || !isPossibleId(uid)) return null;
  const { therapistId, status, startAt } = appointments;
  const [found] = await tx
    .select({ therapistId, status, startAt, note: sessionNotes })
    .from(appointments)
    .innerJoin(clients, eq(clients.id, appointments.clientId))
    .leftJoin(sessionNotes, eq(sessionNotes.appointmentId, appointments.id))
    .where(and(eq(appointments.id, uid), clientsWithVisibleHealthCondition(tx, viewer)));
  return found as (Omit<NonNullable<typeof found>, 'note'> & { note: NoteRow | null }) | undefined;
}

function refused(reason: NotWritable): Refusal<NotWritable> {
  return { ok: false, reason };
}
