import { createHmac } from 'node:crypto';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { textStops } from '@/db/schema';

// Numbers that want no texts, whoever gave them. What is kept is a keyed hash, for it outlives the client.

/** `isFinal`: only the number itself ends it. */
export interface TextStop {
  isFinal: boolean;
}

/** Which of these numbers, all E.164, want none. */
export async function listStopped(db: Db, numbers: string[]): Promise<Set<string>> {
  if (numbers.length === 0) return new Set();
  const byHash = new Map(numbers.map((number) => [hashNumber(number), number]));
  const found = await db
    .select({ hash: textStops.numberHash })
    .from(textStops)
    .where(and(inArray(textStops.numberHash, [...byHash.keys()]), isNull(textStops.liftedAt)));
  return new Set(found.map(({ hash }) => byHash.get(hash)!));
}

/** What is kept of one number: a stop that holds, that one was lifted, or nothing. */
export async function findStop(db: Db, number: string): Promise<TextStop | 'lifted' | null> {
  const [found] = await db
    .select({ isFinal: textStops.isFinal, liftedAt: textStops.liftedAt })
    .from(textStops)
    .where(eq(textStops.numberHash, hashNumber(number)));
  if (!found) return null;
  return found.liftedAt === null ? { isFinal: found.isFinal } : 'lifted';
}

/** One that was lifted on the page of somebody's dates is final when it comes again: it may be another who reads the texts. */
export async function addStop(tx: Db, number: string, { isFinal, now }: TextStop & { now: number }): Promise<void> {
  const before = await findStop(tx, number);
  const wasFinal = before === 'lifted' || (before?.isFinal ?? false);
  const stop = { stoppedAt: now, isFinal: isFinal || wasFinal, liftedAt: null };
  await tx
    .insert(textStops)
    .values({ numberHash: hashNumber(number), ...stop })
    .onConflictDoUpdate({
      target: textStops.numberHash,
      // As it stands by now: another may have stopped it in this moment.
      set: { ...stop, isFinal: sql`excluded.is_final or ${textStops.isFinal} or ${textStops.liftedAt} is not null` },
    });
}

/** By the number itself. */
export async function endStop(tx: Db, number: string): Promise<void> {
  await tx.delete(textStops).where(eq(textStops.numberHash, hashNumber(number)));
}

/** By whoever gave the number. */
export async function liftStop(tx: Db, number: string, now: number): Promise<void> {
  await tx
    .update(textStops)
    .set({ liftedAt: now })
    .where(eq(textStops.numberHash, hashNumber(number)));
}

function hashNumber(number: string): string {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: numbers cannot be told apart without it.');
  return createHmac('sha256', secret).update(`text stop:${number}`).digest('hex');
}
