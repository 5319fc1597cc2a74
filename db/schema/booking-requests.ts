import { sql } from 'drizzle-orm';
import { check, index, instant, table, text, uniqueIndex } from './engine-column-types';

// What somebody asked for and nobody has booked yet.

/** A request that is not booked yet: it holds no time until the client confirms it or the practice approves it. */
export const bookingRequests = table(
  'booking_requests',
  {
    id: text('id').primaryKey(),
    waitsFor: text('waits_for').$type<'confirm' | 'approve'>().notNull(),
    /** The idempotency key it was sent with, and the hash of its body. */
    key: text('request_key').notNull(),
    bodyHash: text('body_hash').notNull(),
    sender: text('sender').notNull(),
    email: text('email').notNull(),
    /** The whole request, encrypted: it may contain a note about somebody's health. */
    sealed: text('sealed').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    uniqueIndex('booking_requests_key').on(t.key),
    index('booking_requests_email').on(t.email),
    index('booking_requests_expiry').on(t.expiresAt),
    check('booking_requests_waits_for', sql`${t.waitsFor} in ('confirm', 'approve')`),
  ],
);
