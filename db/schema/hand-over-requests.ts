import { sql } from 'drizzle-orm';
import { check, index, instant, json, table, text, uniqueIndex } from './engine-column-types';
import { therapists } from './practice';
import { series } from './series';

// What clients are asked before a colleague takes their dates over, and what they answered.

/**
 * A date that the client is asked to have with a colleague: where it was when they were asked, and where it would be.
 */
export interface DateAskedAbout {
  uid: string;
  from: number;
  to: number;
}

export type HandOverAnswer = 'yes' | 'no';

/**
 * Asks a client whether dates of their series may move to a colleague; only the latest request of each series is
 * stored. No time is held for it. `settledAt` is when staff have nothing left to do about it.
 */
export const handOverRequests = table(
  'hand_over_requests',
  {
    id: text('id').primaryKey(),
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    fromTherapistId: text('from_therapist_id')
      .notNull()
      .references(() => therapists.id),
    toTherapistId: text('to_therapist_id')
      .notNull()
      .references(() => therapists.id),
    dates: json<DateAskedAbout[]>('dates').notNull(),
    /** The reason, in the practice's own words. */
    reason: text('reason').notNull(),
    /** The staff member who asked, as history names them. */
    askedBy: text('asked_by').notNull(),
    askedAt: instant('asked_at').notNull(),
    answerBy: instant('answer_by').notNull(),
    answer: text('answer').$type<HandOverAnswer>(),
    answeredAt: instant('answered_at'),
    /** Once the client agrees: the dates whose new time was already taken, and that therefore stay as they are. */
    stayed: json<string[]>('stayed').notNull(),
    settledAt: instant('settled_at'),
  },
  (t) => [
    uniqueIndex('hand_over_requests_series').on(t.seriesId),
    index('hand_over_requests_open').on(t.settledAt, t.answerBy),
    check(
      'hand_over_requests_answer',
      sql`(${t.answeredAt} is null) = (${t.answer} is null) and (${t.answer} is null or ${t.answer} in ('yes', 'no'))`,
    ),
    check('hand_over_requests_other', sql`${t.fromTherapistId} <> ${t.toTherapistId}`),
  ],
);
