import { createHmac } from 'node:crypto';
import { eq, inArray } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { textStops } from '@/db/schema';

// Numbers that want no texts, whoever gave them. What is kept is a keyed hash, for it outlives the client.

/** Which of these numbers, all E.164, want none. */
export async function listStopped(db: Db, numbers: string[]): Promise<Set<string>> {
  if (numbers.length === 0) return new Set();
  const byHash = new Map(numbers.map((number) => [hashNumber(number), number]));
  const found = await db
    .select({ hash: textStops.numberHash })
    .from(textStops)
    .where(inArray(textStops.numberHash, [...byHash.keys()]));
  return new Set(found.map(({ hash }) => byHash.get(hash)!));
}

export async function addStop(tx: Db, number: string, now: number): Promise<void> {
  await tx
    .insert(textStops)
    .values({ numberHash: hashNumber(number), stoppedAt: now })
    .onConflictDoNothing();
}

export async function liftStop(tx: Db, number: string): Promise<void> {
  await tx.delete(textStops).where(eq(textStops.numberHash, hashNumber(number)));
}

function hashNumber(number: string): string {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: numbers cannot be told apart without it.');
  return createHmac('sha256', secret).update(`text stop:${number}`).digest('hex');
}
