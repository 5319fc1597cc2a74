import { sql } from 'drizzle-orm';
import { clients } from './clients';
import { bool, check, index, instant, table, text } from './engine-column-types';

// Who wants text messages and at which number, and which numbers have opted out.

export const textConsents = table(
  'text_consents',
  {
    clientId: text('client_id')
      .primaryKey()
      .references(() => clients.id),
    /** E.164, as it was when they agreed. A new number gets nothing until they agree again. */
    number: text('number').notNull(),
    /** How they agreed: by the link to their dates, or by texting START from the number itself. */
    way: text('way').$type<'link' | 'text'>().notNull(),
    /** The sentence next to the box that they ticked. */
    words: text('words').notNull(),
    agreedAt: instant('agreed_at').notNull(),
    endedAt: instant('ended_at'),
    /** Why it ended: the client withdrew it, the number answered STOP, or the number does not exist. */
    endedAs: text('ended_as').$type<'client' | 'stop' | 'unreachable'>(),
  },
  (t) => [
    index('text_consents_number').on(t.number),
    check('text_consents_way', sql`${t.way} in ('link', 'text')`),
    check(
      'text_consents_end',
      sql`(${t.endedAt} is null) = (${t.endedAs} is null) and (${t.endedAs} is null or ${t.endedAs} in ('client', 'stop', 'unreachable'))`,
    ),
  ],
);

/** Numbers that texted STOP, or for which a text was answered with "no more". */
export const textOptOuts = table('text_stops', {
  /** A keyed hash, because the row outlives the client who gave the number. */
  numberHash: text('number_hash').primaryKey(),
  stoppedAt: instant('stopped_at').notNull(),
  /**
   * When true, only a text from the number itself ends the opt-out. Otherwise the client who gave the number may end
   * it, once, on the page of their dates.
   */
  isFinal: bool('is_final').notNull().default(true),
  /** When that client ended it: the row no longer applies, but makes the next opt-out final. */
  liftedAt: instant('lifted_at'),
});
