import { sql } from 'drizzle-orm';
import { check, index, instant, int, json, table, text, uniqueIndex } from './engine-column-types';
import { therapists } from './practice';

// The clients, and the addresses that they have confirmed.

export const clients = table(
  'clients',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /**
     * Lower case, so that it can be unique together with the name: a household may share an address. Empty where a
     * client who was booked at the desk gave none.
     */
    email: text('email').notNull(),
    phone: text('phone'),
    createdAt: instant('created_at').notNull(),
    /** Name, e-mail address and digits of the phone number, folded as `buildClientSearchText` does. */
    searchText: text('search_text').notNull().default(''),
    /** The locale of their e-mail; empty: the practice's. */
    language: text('language').notNull().default(''),
    /** What a therapist must know before treating them, encrypted: it is health data. */
    sealedAlerts: text('sealed_alerts'),
    /** Extra clean-up added to each of their new appointments. */
    extraMinutes: int('extra_minutes').notNull().default(0),
    favouriteTherapistId: text('favourite_therapist_id').references(() => therapists.id),
    tags: json<string[]>('tags').notNull().default(sql`'[]'`),
    /** Whether their online bookings are confirmed at once, wait for the practice, or are refused. */
    booking: text('booking').$type<'online' | 'approval' | 'blocked'>().notNull().default('online'),
    version: int('version').notNull().default(1),
  },
  (t) => [
    // A query with a bound address cannot prove that it is not empty, so a partial index such as the one below does not
    // serve it.
    index('clients_email').on(t.email),
    uniqueIndex('clients_email_name').on(t.email, t.name).where(sql`${t.email} <> ''`),
    check('clients_booking', sql`${t.booking} in ('online', 'approval', 'blocked')`),
    check('clients_extra', sql`${t.extraMinutes} between 0 and 120`),
  ],
);

/** The link to all plans of one e-mail address. Deleting the row ends the link; the next request makes a new one. */
export const allPlansLinks = table(
  'address_links',
  {
    /** The id in the link. Without this server's secret it opens nothing. */
    id: text('id').primaryKey(),
    /** Lower case, as in `clients`. */
    email: text('email').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('address_links_email').on(t.email)],
);

/** E-mail addresses whose owner has proved that they read them, or for which staff vouched. */
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
