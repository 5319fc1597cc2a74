import { sql } from 'drizzle-orm';
import { check, index, instant, int, primaryKey, table, text, timestampDate, uniqueIndex } from './engine-column-types';

// Who may sign in (next-auth's tables plus a role), and the counters behind the rate limits.

export const users = table(
  'users',
  {
    id: text('id').primaryKey(),
    name: text('name'),
    email: text('email').notNull(),
    emailVerified: timestampDate('email_verified_at'),
    image: text('image'),
    role: text('role').$type<'owner' | 'therapist' | 'front_desk' | 'client'>().notNull().default('client'),
  },
  (t) => [
    uniqueIndex('users_email').on(t.email),
    check('users_role', sql`${t.role} in ('owner', 'therapist', 'front_desk', 'client')`),
  ],
);

export const accounts = table(
  'accounts',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    type: text('type').notNull(),
    provider: text('provider').notNull(),
    providerAccountId: text('provider_account_id').notNull(),
    refresh_token: text('refresh_token'),
    access_token: text('access_token'),
    expires_at: int('expires_at'),
    token_type: text('token_type'),
    scope: text('scope'),
    id_token: text('id_token'),
    session_state: text('session_state'),
  },
  (t) => [primaryKey({ columns: [t.provider, t.providerAccountId] })],
);

export const sessions = table('sessions', {
  sessionToken: text('session_token').primaryKey(),
  userId: text('user_id')
    .notNull()
    .references(() => users.id, { onDelete: 'cascade' }),
  expires: timestampDate('expires_at').notNull(),
});

export const verificationTokens = table(
  'verification_tokens',
  {
    identifier: text('identifier').notNull(),
    token: text('token').notNull(),
    expires: timestampDate('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.identifier, t.token] })],
);

/**
 * A member of staff has asked to sign in with another e-mail address, or has changed it: then the earlier one is kept
 * until the change can no longer be undone from there.
 */
export const addressChanges = table(
  'address_changes',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    newEmail: text('new_email').notNull(),
    earlierEmail: text('earlier_email'),
    /** When its link ends: the one that confirms it, later the one that undoes it. */
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('address_changes_user').on(t.userId)],
);

/**
 * Keys that encrypt values in other tables. Each is itself encrypted under a care key, which is never in the database.
 * A server encrypts with the newest key that it can open.
 */
export const dataKeys = table(
  'data_keys',
  {
    id: text('id').primaryKey(),
    generation: int('generation').notNull(),
    /** The care key that opens this data key. */
    careKeyId: text('care_key_id').notNull(),
    wrapped: text('wrapped').notNull(),
    createdAt: instant('created_at').notNull(),
    /** Set once a newer key is used in its place. */
    retiredAt: instant('retired_at'),
  },
  (t) => [uniqueIndex('data_keys_generation').on(t.generation, t.careKeyId)],
);

/**
 * Uses of a rate limit by one address, shared by all servers of one PostgreSQL database. On SQLite the single server
 * counts in its own memory.
 */
export const rateLimits = table('rate_limits', {
  key: text('key').primaryKey(),
  points: int('points').notNull().default(0),
  expire: instant('expire'),
});
