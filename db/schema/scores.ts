import { sql } from 'drizzle-orm';
import { check, index, instant, int, primaryKey, table, text } from './engine-column-types';
import { series } from './series';

// Is it helping? How clients rate their pain, when we asked them, and what they chose to do next.

/** One rating by a client. The rating is encrypted; only its time is in plain text. */
export const scores = table(
  'scores',
  {
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    kind: text('kind').$type<'before' | 'session' | 'after'>().notNull(),
    /** What this is the only score for: a local day before the first session, an appointment from then on. */
    slot: text('slot').notNull(),
    notedAt: instant('noted_at').notNull(),
    /** The answers as JSON, encrypted. */
    sealedScore: text('sealed_score').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.seriesId, t.kind, t.slot] }),
    check('scores_kind', sql`${t.kind} in ('before', 'session', 'after')`),
  ],
);

/** The one thing that a client wants to be able to do again, in their own words, encrypted. */
export const scoreGoals = table('score_goals', {
  seriesId: text('series_id')
    .primaryKey()
    .references(() => series.id),
  sealedGoal: text('sealed_goal').notNull(),
  namedAt: instant('named_at').notNull(),
});

/** A client was asked by e-mail. The row is written with the e-mail, so that nobody is asked twice. */
export const scoreEmails = table(
  'score_asks',
  {
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    kind: text('kind').$type<'before' | 'session' | 'after' | 'check_in'>().notNull(),
    /** For `before` 1, 2 or 3: which of the three e-mails before the first session. Otherwise the appointment's id. */
    slot: text('slot').notNull(),
    askedAt: instant('asked_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.seriesId, t.kind, t.slot] }),
    check('score_asks_kind', sql`${t.kind} in ('before', 'session', 'after', 'check_in')`),
  ],
);

/** A client who wants no more of these e-mails. */
export const scoreMailOptOuts = table('score_stops', {
  seriesId: text('series_id')
    .primaryKey()
    .references(() => series.id),
  stoppedAt: instant('stopped_at').notNull(),
});

/** What a client chose at a check-in. Its effect is in the bookings. */
export const progressCheckIns = table(
  'check_ins',
  {
    id: text('id').primaryKey(),
    seriesId: text('series_id')
      .notNull()
      .references(() => series.id),
    choice: text('choice').$type<'continue' | 'change' | 'space_out' | 'pause' | 'stop'>().notNull(),
    /** How many sessions had taken place. */
    sessions: int('sessions').notNull(),
    chosenAt: instant('chosen_at').notNull(),
  },
  (t) => [
    index('check_ins_series').on(t.seriesId, t.chosenAt),
    check('check_ins_choice', sql`${t.choice} in ('continue', 'change', 'space_out', 'pause', 'stop')`),
  ],
);
