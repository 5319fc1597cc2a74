import { sql } from 'drizzle-orm';
import { appointments } from './appointments';
import { askedQuestions } from './asked-questions';
import { check, index, instant, table, text } from './engine-column-types';
import { series } from './series';

// What people agreed to.

/**
 * What somebody agreed to, written once and never changed: the words they were shown, and how they agreed. It belongs
 * to a series, to one appointment of it, or to a question they asked.
 */
export const consents = table(
  'consents',
  {
    id: text('id').primaryKey(),
    kind: text('kind')
      .$type<'booking' | 'question' | 'treated' | 'health_kept' | 'written_to' | 'sensitive_area'>()
      .notNull(),
    seriesId: text('series_id').references(() => series.id),
    askedId: text('asked_id').references(() => askedQuestions.id),
    words: text('words').notNull(),
    version: text('version').notNull(),
    way: text('way').$type<'page' | 'api' | 'staff'>().notNull(),
    at: instant('given_at').notNull(),
    /** SHA-256 over the owner, the words, the version, the way and the time. */
    hash: text('hash').notNull(),
    appointmentId: text('appointment_id').references(() => appointments.id),
  },
  (t) => [
    index('consents_series').on(t.seriesId),
    index('consents_asked').on(t.askedId),
    check(
      'consents_kind',
      sql`${t.kind} in ('booking', 'question', 'treated', 'health_kept', 'written_to', 'sensitive_area')`,
    ),
    check('consents_way', sql`${t.way} in ('page', 'api', 'staff')`),
    check('consents_subject', sql`(${t.seriesId} is null) <> (${t.askedId} is null)`),
    check('consents_one_session', sql`(${t.kind} = 'sensitive_area') = (${t.appointmentId} is not null)`),
  ],
);

/** The withdrawal of a consent. The consent itself stays unchanged beside it. */
export const consentWithdrawals = table(
  'consent_withdrawals',
  {
    consentId: text('consent_id')
      .primaryKey()
      .references(() => consents.id),
    way: text('way').$type<'page' | 'staff'>().notNull(),
    at: instant('withdrawn_at').notNull(),
    /** SHA-256 over the hash of the consent, the way and the time. */
    hash: text('hash').notNull(),
  },
  (t) => [check('consent_withdrawals_way', sql`${t.way} in ('page', 'staff')`)],
);
