import { sql } from 'drizzle-orm';
import { appointments } from './appointments';
import { clients } from './clients';
import { check, instant, table, text } from './engine-column-types';
import { outbox } from './messages';

// Who was sent an e-mail after a date, and who wants none.

/** A follow-up e-mail: at most one per date. The row is written together with the message. */
export const followUps = table(
  'follow_ups',
  {
    appointmentId: text('appointment_id')
      .primaryKey()
      .references(() => appointments.id),
    /** `again`: the client can book again. `missed`: the client did not come. */
    about: text('about').$type<'again' | 'missed'>().notNull(),
    outboxId: text('outbox_id')
      .notNull()
      .references(() => outbox.id),
    writtenAt: instant('written_at').notNull(),
    /** Until when the next dates at the same time were to be held for the client; what is held now is in `claims`. */
    heldUntil: instant('held_until'),
  },
  (t) => [check('follow_ups_about', sql`${t.about} in ('again', 'missed')`)],
);

/** Clients who want no e-mail after their dates. */
export const followUpOptOuts = table('follow_up_stops', {
  clientId: text('client_id')
    .primaryKey()
    .references(() => clients.id),
  stoppedAt: instant('stopped_at').notNull(),
});
