import { sql } from 'drizzle-orm';
import { appointments } from './appointments';
import { bool, check, index, instant, int, json, table, text, uniqueIndex } from './engine-column-types';
import { series } from './series';

// What clients say about their health before a massage. The answers are encrypted; only their time is in plain text.

/**
 * One round of the questions before the first visit. It belongs to the series whose link it was given by, or that it
 * was given for at the desk.
 */
export const intakes = table(
  'intakes',
  {
    id: text('id').primaryKey(),
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    /** The version of the questions. */
    questionsVersion: text('questions_version').notNull(),
    way: text('way').$type<'link' | 'staff'>().notNull(),
    startedAt: instant('started_at').notNull(),
    savedAt: instant('saved_at').notNull(),
    finishedAt: instant('finished_at'),
    /** When somebody who treats the client had discussed the answers with them, and they may come. */
    settledAt: instant('settled_at'),
    version: int('version').notNull().default(1),
    /** The answers as JSON, encrypted. */
    sealedIntake: text('sealed_intake').notNull(),
  },
  (t) => [
    index('intakes_series').on(t.seriesId, t.finishedAt),
    uniqueIndex('intakes_open').on(t.seriesId, t.way).where(sql`${t.finishedAt} is null`),
    check('intakes_way', sql`${t.way} in ('link', 'staff')`),
  ],
);

/**
 * A question that the practice adds to its health form, in the order of `position`. Each answer stores the wording it
 * was asked in.
 */
export const practiceQuestions = table(
  'own_questions',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<'text' | 'yes_no' | 'scale' | 'choice'>().notNull(),
    words: text('words').notNull(),
    /** For a choice: the options. For a scale: what 0 and 10 mean, or nothing. */
    choices: json<string[]>('choices').notNull(),
    isRequired: bool('is_required').notNull(),
    position: int('position').notNull(),
  },
  (t) => [check('own_questions_kind', sql`${t.kind} in ('text', 'yes_no', 'scale', 'choice')`)],
);

/** The answers before one session. */
export const sessionChecks = table(
  'before_lines',
  {
    appointmentId: text('appointment_id')
      .primaryKey()
      .references(() => appointments.id),
    /** The session's start when it was answered. If the session has moved since, the client is asked again. */
    startAt: instant('start_at').notNull(),
    way: text('way').$type<'link' | 'staff'>().notNull(),
    saidAt: instant('said_at').notNull(),
    /** The answers as JSON, encrypted. */
    sealedBefore: text('sealed_before').notNull(),
  },
  (t) => [check('before_lines_way', sql`${t.way} in ('link', 'staff')`)],
);

/** A date that the client may move once, whatever the cutoff and however often it was moved. The reason is not stored here. */
export const moveLimitExemptions = table('free_moves', {
  appointmentId: text('appointment_id')
    .primaryKey()
    .references(() => appointments.id),
  grantedAt: instant('granted_at').notNull(),
});
