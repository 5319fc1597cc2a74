import { sql } from 'drizzle-orm';
import { check, instant, table, text, uniqueIndex } from './columns';

// Who books.

export const clients = table(
  'clients',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    /** Lower case, and so unique together with the name: a household may share an address. */
    email: text('email').notNull(),
    phone: text('phone'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [uniqueIndex('clients_email_name').on(t.email, t.name)],
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
