import { sql } from 'drizzle-orm';
import { appointments } from './booking';
import { check, instant, table, text } from './engine-column-types';
import { outbox } from './messages';
import { clients } from './people';

// Who was written to after a date, and who wants no such e-mail.

/** One e-mail after a date, at most. The row comes with the message. */
export const followUps = table(
  'follow_ups',
  {
    appointmentId: text('appointment_id')
      .primaryKey()
      .references(() => appointments.id),
    /** That it could be booked again; or that its client was missed. */
    about: text('about').$type<'again' | 'missed'>().notNull(),
    outboxId: text('outbox_id')
      .notNull()
      .references(() => outbox.id),
    writtenAt: instant('written_at').notNull(),
    /** Until when the next dates of the same time were to be held for its client; what is held now is in `claims`. */
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
