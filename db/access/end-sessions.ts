import { eq } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { sessions } from '@/db/schema';

/** Signs somebody out on whatever device, in the transaction that gives the reason. Returns how many sessions ended. */
export async function endSessions(tx: Db, userId: string): Promise<number> {
  return (await tx.delete(sessions).where(eq(sessions.userId, userId)).returning({ id: sessions.userId })).length;
}
