import { eq } from 'drizzle-orm';
import { isConfirmedEmailAddress } from '@/db/access/confirmed-email-addresses';
import type { Db } from '@/db/connection/connection';
import { clients, series } from '@/db/schema';
import type { GreetedNames } from '@/scheduling/notification-types';

/** The names that an e-mail about a series greets. */
export async function findGreetedNames(db: Db, seriesId: string, toEmail: string): Promise<{ who?: GreetedNames }> {
  const isKnown = await isConfirmedEmailAddress(db, toEmail);
  const [found] = await db
    .select({ clientName: clients.name, bookedBy: series.bookedBy })
    .from(series)
    .innerJoin(clients, eq(clients.id, series.clientId))
    .where(eq(series.id, seriesId));
  return found ? { who: toGreetedNames(found, isKnown) } : {};
}

/**
 * Without names for an unconfirmed address, where a stranger may have typed both name and address: only whether the dates
 * are for somebody else than the reader.
 */
export function toGreetedNames(
  { clientName, bookedBy }: { clientName: string; bookedBy: string | null },
  isKnown: boolean,
): GreetedNames {
  if (!isKnown) return { clientName: '', ...(bookedBy !== null && { isForAnother: true as const }) };
  return { clientName, ...(bookedBy !== null && { bookedBy }) };
}
