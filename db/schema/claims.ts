import { sql } from 'drizzle-orm';
import { bigInteger, check, index, instant, int, primaryKey, table, text, uniqueIndex } from './engine-column-types';

// The time that is taken of each therapist and room, by appointments, holds, absences and other calendars.

/** The kinds as numbers, as `claims` stores them. */
export const CLAIM_KINDS = { appointment: 1, hold: 2, time_off: 3, external: 4 } as const;
export type ClaimKind = keyof typeof CLAIM_KINDS;

/** What can be claimed, with its number in `claims`. A number is never reused. */
export const resources = table(
  'resources',
  {
    number: int('number').primaryKey(),
    /** `therapist:mira`, `room:garden`. */
    name: text('name').notNull(),
  },
  (t) => [uniqueIndex('resources_name').on(t.name)],
);

/**
 * Who owns each five-minute cell of a therapist or a room. The primary key is what refuses a double booking. On SQLite
 * the key is also the table itself (`WITHOUT ROWID`, which only the migration can declare).
 */
export const claims = table(
  'claims',
  {
    /** The number of a resource. */
    resource: int('resource_id').notNull(),
    /** floor(utc ms / 300000). */
    cell: int('cell').notNull(),
    /** A number that `computeOwnerNumber` derives from an id, or the number of a hold. */
    owner: bigInteger('owner').notNull(),
    /** One of `CLAIM_KINDS`. */
    kind: int('kind').notNull(),
    expiresAt: instant('expires_at'),
  },
  (t) => [
    primaryKey({ columns: [t.resource, t.cell] }),
    index('claims_holds').on(t.expiresAt).where(sql`${t.expiresAt} is not null`),
    index('claims_held_by').on(t.owner).where(sql`${t.expiresAt} is not null`),
    check('claims_kind', sql`${t.kind} between 1 and 4`),
    check('claims_expiry', sql`(${t.kind} = 2) = (${t.expiresAt} is not null)`),
  ],
);

/** A hold, under the name by which it is found again. It lasts as long as its claims. */
export const holds = table(
  'holds',
  {
    owner: bigInteger('owner').primaryKey(),
    name: text('name').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [uniqueIndex('holds_name').on(t.name), index('holds_end').on(t.expiresAt)],
);
