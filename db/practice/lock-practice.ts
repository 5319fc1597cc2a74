import { sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { practices } from '@/db/schema';

const touch = preparedQuery((on) => on.update(practices).set({ holdMinutes: sql`${practices.holdMinutes}` }));

/**
 * Lets one transaction at a time continue: on PostgreSQL two could otherwise count or number the same rows. The lock
 * ends with the transaction. On SQLite there is only one writer anyway.
 */
export async function lockPractice(tx: Db): Promise<void> {
  await touch(tx);
}
