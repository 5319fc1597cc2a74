import { sql } from 'drizzle-orm';
import { bool, check, index, instant, table, text } from './engine-column-types';
import { clients } from './people';

// Who wants text messages, and to which number; and which numbers want none.

export const textConsents = table(
  'text_consents',
  {
    clientId: text('client_id')
      .primaryKey()
      .references(() => clients.id),
    /** E.164, as it was when they agreed: to another number nothing is sent until they agree anew. */
    number: text('number').notNull(),
    /** By the link to their dates, or by START from the number itself. */
    way: text('way').$type<'link' | 'text'>().notNull(),
    /** The sentence that was ticked. */
    words: text('words').notNull(),
    agreedAt: instant('agreed_at').notNull(),
    endedAt: instant('ended_at'),
    /** They took it back, answered STOP, or nobody has the number. */
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

/** Numbers from which STOP came, or whose text was answered with "no more". */
export const textOptOuts = table('text_stops', {
  /** Keyed: it outlives the client who gave the number. */
  numberHash: text('number_hash').primaryKey(),
  stoppedAt: instant('stopped_at').notNull(),
  /** Only the number itself ends it. Otherwise whoever gave the number may, once, on the page of their dates. */
  isFinal: bool('is_final').notNull().default(true),
  /** When they did: a row that holds no more, and by which the next one is final. */
  liftedAt: instant('lifted_at'),
});
