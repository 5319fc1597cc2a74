import { eq } from 'drizzle-orm';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import type { Db } from '@/db/connection/connection';
import { clients, series } from '@/db/schema';
import type { GreetedNames } from '@/scheduling/notification-types';

/**
 * The names that an e-mail about a series greets; empty for an unconfirmed address, where a stranger may have typed
 * both name and address.
 */
export async function findGreetedNames(db: Db, seriesId: string, toEmail: string): Promise<{ who?: GreetedNames }> {
  if (!(await isConfirmedEmailAddress(db, toEmail))) return {};
  const [found] = await db
    .select({ clientName: clients.name, bookedBy: series.bookedBy })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(eq(series.id, seriesId));
  return found ? { who: toGreetedNames(found) } : {};
}

export function toGreetedNames({
  clientName,
  bookedBy,
}: {
  clientName: string;
  bookedBy: string | null;
}): GreetedNames {
  return { clientName, ...(bookedBy !== null && { bookedBy }) };
}
