import { sql } from 'drizzle-orm';
import { appointments, series } from './booking';
import { bool, check, index, instant, int, json, table, text, uniqueIndex } from './engine-column-types';

// What clients say about their health before a massage. What they said is encrypted; only when they said it is plain.

/** One round of the questions before the first visit. It belongs to the series by whose link, or at whose desk, it was given. */
export const intakes = table(
  'intakes',
  {
    id: text('id').primaryKey(),
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    /** Of the questions, not of the row. */
    questionsVersion: text('questions_version').notNull(),
    way: text('way').$type<'link' | 'staff'>().notNull(),
    startedAt: instant('started_at').notNull(),
    savedAt: instant('saved_at').notNull(),
    finishedAt: instant('finished_at'),
    /** When somebody who treats them had talked it over with them, and they may come. */
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

/** A question that the practice adds to its health form, in the order of `position`. Answers hold the words it was asked in. */
export const practiceQuestions = table(
  'own_questions',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<'text' | 'yes_no' | 'scale' | 'choice'>().notNull(),
    words: text('words').notNull(),
    /** Of a choice: what can be chosen. Of a scale: what 0 and 10 mean, or nothing. */
    choices: json<string[]>('choices').notNull(),
    isRequired: bool('is_required').notNull(),
    position: int('position').notNull(),
  },
  (t) => [check('own_questions_kind', sql`${t.kind} in ('text', 'yes_no', 'scale', 'choice')`)],
);

/** What was said before one session. */
export const sessionChecks = table(
  'before_lines',
  {
    appointmentId: text('appointment_id')
      .primaryKey()
      .references(() => appointments.id),
    /** When the session was to begin: of one that has been moved since it is asked anew. */
    startAt: instant('start_at').notNull(),
    way: text('way').$type<'link' | 'staff'>().notNull(),
    saidAt: instant('said_at').notNull(),
    /** What was said as JSON, encrypted. */
    sealedBefore: text('sealed_before').notNull(),
  },
  (t) => [check('before_lines_way', sql`${t.way} in ('link', 'staff')`)],
);

/** A date that its client may move once whatever the cutoff. Why is not said here. */
export const cutoffExemptions = table('free_moves', {
  appointmentId: text('appointment_id')
    .primaryKey()
    .references(() => appointments.id),
  grantedAt: instant('granted_at').notNull(),
});
