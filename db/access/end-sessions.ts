import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { addressChanges, sessions } from '@/db/schema';

/**
 * Signs somebody out on every device, within the caller's transaction, and forgets a change of address that was asked
 * for on one of them. Returns how many sessions ended.
 */
export async function endSessions(tx: Db, userId: string): Promise<number> {
  await tx.delete(addressChanges).where(and(eq(addressChanges.userId, userId), isNull(addressChanges.earlierEmail)));
  return (await tx.delete(sessions).where(eq(sessions.userId, userId)).returning({ id: sessions.userId })).length;
}
