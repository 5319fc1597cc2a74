import { sql } from 'drizzle-orm';
import { series } from './booking';
import { check, index, instant, table, text } from './columns';
import { askedQuestions } from './questions';

// What people agreed to.

/**
 * What somebody agreed to, written once and never changed: the words they were shown, and how they said yes. It belongs
 * to a series or to a question they asked.
 */
export const consents = table(
  'consents',
  {
    id: text('id').primaryKey(),
    kind: text('kind').$type<'booking' | 'question'>().notNull(),
    seriesId: text('series_id').references(() => series.id),
    askedId: text('asked_id').references(() => askedQuestions.id),
    words: text('words').notNull(),
    version: text('version').notNull(),
    way: text('way').$type<'page' | 'api'>().notNull(),
    at: instant('given_at').notNull(),
    /** SHA-256 over what it belongs to, the words, the version, the way and the time. */
    hash: text('hash').notNull(),
  },
  (t) => [
    index('consents_series').on(t.seriesId),
    index('consents_asked').on(t.askedId),
    check('consents_kind', sql`${t.kind} in ('booking', 'question')`),
    check('consents_way', sql`${t.way} in ('page', 'api')`),
    check('consents_subject', sql`(${t.seriesId} is null) <> (${t.askedId} is null)`),
  ],
);
