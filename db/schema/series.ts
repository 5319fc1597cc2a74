import { sql } from 'drizzle-orm';
import { clients } from './clients';
import { bool, check, index, instant, int, primaryKey, table, text } from './engine-column-types';
import { therapists } from './practice';

// Series as they were booked: their plan, what the client said, the dates left out, and the links that manage them.

export const series = table(
  'series',
  {
    id: text('id').primaryKey(),
    clientId: text('client_id')
      .notNull()
      .references(() => clients.id),
    therapistId: text('therapist_id')
      .notNull()
      .references(() => therapists.id),
    cadence: text('cadence').$type<'once' | 'weekly' | 'biweekly'>().notNull(),
    firstOn: text('first_on').notNull(),
    localTime: text('local_time').notNull(),
    timeZone: text('time_zone').notNull(),
    sessions: int('sessions').notNull(),
    /** For the therapist, in the client's own words; encrypted. */
    sealedNote: text('note'),
    /** The name of the person who booked, where that is not the client. The e-mail address is theirs. */
    bookedBy: text('booked_by'),
    /** The same in both of two series that were booked together for two people, side by side. */
    pairId: text('pair_id'),
    version: int('version').notNull(),
    createdAt: instant('created_at').notNull(),
    /** Who sent the booking, as a keyed hash of the network address; null where staff booked it. */
    sender: text('sender'),
    /** When the client pressed the link in their confirmation e-mail, or staff vouched for them. */
    confirmedAt: instant('confirmed_at'),
    /** Where it was booked. */
    source: text('source').$type<'online' | 'desk'>().notNull().default('online'),
    /** The client wants a reminder in their own calendar a day before. */
    hasCalendarAlarm: bool('has_calendar_alarm').notNull().default(false),
  },
  (t) => [
    check('series_source', sql`${t.source} in ('online', 'desk')`),
    index('series_client').on(t.clientId),
    index('series_pair').on(t.pairId).where(sql`${t.pairId} is not null`),
    index('series_unconfirmed').on(t.sender, t.createdAt).where(sql`${t.confirmedAt} is null`),
    check('series_cadence', sql`${t.cadence} in ('once', 'weekly', 'biweekly')`),
    check('series_sessions', sql`${t.sessions} >= 1 and (${t.cadence} <> 'once' or ${t.sessions} = 1)`),
  ],
);

/** The question page that the reader came from. Health data: it stays out of logs, mail and calendars. */
export const seriesQuestionPages = table('series_questions', {
  seriesId: text('series_id')
    .primaryKey()
    .references(() => series.id),
  questionSlug: text('question_slug').notNull(),
  createdAt: instant('created_at').notNull(),
});

/** The score when the plan began, 0 to 10 on the question page's own scale. Health data, as the question is. */
export const startScores = table('start_scores', {
  seriesId: text('series_id')
    .primaryKey()
    .references(() => series.id),
  /** Encrypted. */
  sealedScore: text('sealed_score').notNull(),
  createdAt: instant('created_at').notNull(),
});

/** An occurrence left out when the series was booked, or later. It is offered again when the time frees up. */
export const skips = table(
  'skips',
  {
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    position: int('position').notNull(),
    nominalStartAt: instant('nominal_start_at').notNull(),
    nominalOn: text('nominal_on').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.seriesId, t.position] })],
);

/** The manage link of one series, stored only as a SHA-256 hash. */
export const manageTokens = table(
  'manage_tokens',
  {
    tokenHash: text('token_hash').primaryKey(),
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    /** Only the newest generation opens a series; earlier links were replaced. */
    generation: int('generation').notNull().default(0),
    createdAt: instant('created_at').notNull(),
    /** When the practice made this link in place of an earlier one, expired or not. */
    renewedAt: instant('renewed_at'),
  },
  (t) => [index('manage_tokens_series').on(t.seriesId)],
);
