import { eq } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { sessions } from '@/db/schema';

/** Signs somebody out on every device, within the caller's transaction. Returns how many sessions ended. */
export async function endSessions(tx: Db, userId: string): Promise<number> {
  return (await tx.delete(sessions).where(eq(sessions.userId, userId)).returning({ id: sessions.userId })).length;
}
