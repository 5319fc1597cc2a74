import { sql } from 'drizzle-orm';
import { check, index, instant, int, json, table, text, uniqueIndex } from './engine-column-types';
import { therapists } from './practice';

// Who books.

export const clients = table(
  'clients',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /**
     * Lower case, and so unique together with the name: a household may share an address. Empty where a client who was
     * booked at the desk gave none.
     */
    email: text('email').notNull(),
    phone: text('phone'),
    createdAt: instant('created_at').notNull(),
    /** Name, e-mail address and digits of the phone number, folded as `buildClientSearchText` does. */
    searchText: text('search_text').notNull().default(''),
    /** The language of their e-mail, as a locale; empty: the practice's. */
    language: text('language').notNull().default(''),
    /** What whoever treats them must know first, encrypted: it is health data. */
    sealedAlerts: text('sealed_alerts'),
    /** Added to the clean-up of each of their new appointments. */
    extraMinutes: int('extra_minutes').notNull().default(0),
    favouriteTherapistId: text('favourite_therapist_id').references(() => therapists.id),
    tags: json<string[]>('tags').notNull().default(sql`'[]'`),
    /** Whether what they book online is booked, waits for the practice, or is refused. */
    booking: text('booking').$type<'online' | 'approval' | 'blocked'>().notNull().default('online'),
    version: int('version').notNull().default(1),
  },
  (t) => [
    // Of an address that is asked for nothing says that it is none: the index below is of no use to such a question.
    index('clients_email').on(t.email),
    uniqueIndex('clients_email_name').on(t.email, t.name).where(sql`${t.email} <> ''`),
    check('clients_booking', sql`${t.booking} in ('online', 'approval', 'blocked')`),
    check('clients_extra', sql`${t.extraMinutes} between 0 and 120`),
  ],
);

/** The link to all plans of one e-mail address. Deleting the row ends it; the next one asked for is another. */
export const allPlansLinks = table(
  'address_links',
  {
    /** What the link names. It opens nothing without this server's secret. */
    id: text('id').primaryKey(),
    /** Lower case, as in `clients`. */
    email: text('email').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('address_links_email').on(t.email)],
);

/** E-mail addresses of which somebody has shown that they read them, or for whom staff gave their word. */
export const confirmedAddresses = table(
  'confirmed_addresses',
  {
    /** Lower case, as in `clients`. */
    email: text('email').primaryKey(),
    way: text('way').$type<'link' | 'staff'>().notNull(),
    confirmedAt: instant('confirmed_at').notNull(),
  },
  (t) => [check('confirmed_addresses_way', sql`${t.way} in ('link', 'staff')`)],
);
