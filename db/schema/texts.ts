import { sql } from 'drizzle-orm';
import { check, index, instant, table, text } from './columns';
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

/** Numbers from which STOP came, or whose text was answered with "no more". Only START from the number ends a row. */
export const textStops = table('text_stops', {
  /** Keyed: it outlives the client who gave the number. */
  numberHash: text('number_hash').primaryKey(),
  stoppedAt: instant('stopped_at').notNull(),
});
