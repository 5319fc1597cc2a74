import { and, eq, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { clients } from '@/db/schema';
import type { StaffSeriesRequest } from './booking-request-schemas';

// Some clients need more time after a massage, to get up or to dress. It is kept free after each of their new dates, on
// top of the clean-up of the massage; a date that is moved keeps its own extra minutes.

const selectExtraMinutes = preparedQuery((on) =>
  on
    .select({ extraMinutes: clients.extraMinutes })
    .from(clients)
    .where(and(eq(clients.email, sql.placeholder('email')), eq(clients.name, sql.placeholder('name')))),
);

/** The extra minutes of the client in a booking request; 0 for a client who is not known yet. */
export async function findExtraMinutesOfRequestedClient(tx: Db, client: StaffSeriesRequest['client']): Promise<number> {
  if ('id' in client) return getClientExtraMinutes(tx, client.id);
  if (client.email === '') return 0;
  const [known] = await selectExtraMinutes(tx, { email: client.email, name: client.name });
  return known?.extraMinutes ?? 0;
}

export async function getClientExtraMinutes(db: Db, clientId: string): Promise<number> {
  const [client] = await db
    .select({ extraMinutes: clients.extraMinutes })
    .from(clients)
    .where(eq(clients.id, clientId));
  return client?.extraMinutes ?? 0;
}
