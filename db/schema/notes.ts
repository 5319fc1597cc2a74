import { sql } from 'drizzle-orm';
import { appointments } from './appointments';
import { check, index, instant, int, table, text } from './engine-column-types';
import { therapists } from './practice';

// What a therapist writes about a session, and who has read it. All words are encrypted: they are health data.

/** One note for each appointment: a draft until it is signed, and never changed after that. */
export const sessionNotes = table(
  'session_notes',
  {
    appointmentId: text('appointment_id')
      .primaryKey()
      .references(() => appointments.id),
    /** The fields, the body map and the plan for next time, as encrypted JSON. */
    sealedContent: text('sealed_content').notNull(),
    version: int('version').notNull(),
    /**
     * The open page that saved it last, and the number of that save on that page: the page may never have received our
     * answer.
     */
    editor: text('editor').notNull(),
    edit: int('edit').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    signedAt: instant('signed_at'),
    /** Who signed, as history names them. */
    signedBy: text('signed_by'),
  },
  (t) => [
    // Unsigned notes are few among all notes, and every calendar asks for them.
    index('session_notes_unsigned').on(t.appointmentId).where(sql`${t.signedAt} is null`),
    check('session_notes_signed', sql`(${t.signedAt} is null) = (${t.signedBy} is null)`),
  ],
);

/** An addition to a note after it was signed, with its date and reason. The signed note stays as it was. */
export const noteAmendments = table(
  'note_amendments',
  {
    id: text('id').primaryKey(),
    appointmentId: text('appointment_id')
      .notNull()
      .references(() => sessionNotes.appointmentId),
    at: instant('amended_at').notNull(),
    /** Who wrote it, as history names them. */
    actor: text('actor').notNull(),
    /** The reason and the words, as encrypted JSON. */
    sealedAmendment: text('sealed_amendment').notNull(),
  },
  (t) => [index('note_amendments_note').on(t.appointmentId, t.at)],
);

/** One row each time somebody opened a note. The client is shown these. */
export const noteReadings = table(
  'note_readings',
  {
    id: text('id').primaryKey(),
    appointmentId: text('appointment_id')
      .notNull()
      .references(() => sessionNotes.appointmentId),
    at: instant('read_at').notNull(),
    /** Who read it, as history names them. */
    actor: text('actor').notNull(),
  },
  (t) => [index('note_readings_note').on(t.appointmentId, t.at)],
);

/** A phrase that a therapist writes often, inserted into a note with one press. */
export const notePhrases = table(
  'note_phrases',
  {
    id: text('id').primaryKey(),
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    /** The field of a note it belongs to. */
    field: text('field').notNull(),
    sealedPhrase: text('sealed_phrase').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('note_phrases_therapist').on(t.therapistId, t.createdAt)],
);
