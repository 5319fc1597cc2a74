import { recordEvent } from '@/db/access/audit-trail';
import { transact } from '@/db/connection/database-client';

/** Throws unless this database has its tables and accepts a write. The test write is rolled back. */
export async function checkDatabaseWritable(now: number): Promise<void> {
  await transact(async (tx, undo) => {
    await recordEvent(tx, { at: now, actor: 'health', action: 'tried', subject: 'database', facts: {} });
    return undo(undefined);
  });
}
