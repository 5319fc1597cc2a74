import { createHmac } from 'node:crypto';
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { textOptOuts } from '@/db/schema';

// Numbers that want no texts, whichever client gave them. Only a keyed hash is stored, because an opt-out outlives the
// client.

/** `isFinal`: only the number itself can end the opt-out. */
export interface TextOptOut {
  isFinal: boolean;
}

/** Which of these numbers, all E.164, have opted out. */
export async function listOptedOutNumbers(db: Db, numbers: string[]): Promise<Set<string>> {
  if (numbers.length === 0) return new Set();
  const byHash = new Map(numbers.map((number) => [hashNumber(number), number]));
  const found = await db
    .select({ hash: textOptOuts.numberHash })
    .from(textOptOuts)
    .where(and(inArray(textOptOuts.numberHash, [...byHash.keys()]), isNull(textOptOuts.liftedAt)));
  return new Set(found.map(({ hash }) => byHash.get(hash)!));
}

/** The state of one number: opted out, opt-out lifted, or nothing stored. */
export async function findTextOptOut(db: Db, number: string): Promise<TextOptOut | 'lifted' | null> {
  const [found] = await db
    .select({ isFinal: textOptOuts.isFinal, liftedAt: textOptOuts.liftedAt })
    .from(textOptOuts)
    .where(eq(textOptOuts.numberHash, hashNumber(number)));
  if (!found) return null;
  return found.liftedAt === null ? { isFinal: found.isFinal } : 'lifted';
}

/**
 * Adds an opt-out. It is final where an earlier one was lifted on a client's page: somebody else may be reading the
 * texts.
 */
export async function addTextOptOut(
  tx: Db,
  number: string,
  { isFinal, now }: TextOptOut & { now: number },
): Promise<void> {
  const before = await findTextOptOut(tx, number);
  const wasFinal = before === 'lifted' || (before?.isFinal ?? false);
  const stop = { stoppedAt: now, isFinal: isFinal || wasFinal, liftedAt: null };
  await tx
    .insert(textOptOuts)
    .values({ numberHash: hashNumber(number), ...stop })
    .onConflictDoUpdate({
      target: textOptOuts.numberHash,
      // Uses the row as it is now: another opt-out may have been stored meanwhile.
      set: {
        ...stop,
        isFinal: sql`excluded.is_final or ${textOptOuts.isFinal} or ${textOptOuts.liftedAt} is not null`,
      },
    });
}

/** Ends the opt-out, by the number itself. */
export async function deleteTextOptOut(tx: Db, number: string): Promise<void> {
  await tx.delete(textOptOuts).where(eq(textOptOuts.numberHash, hashNumber(number)));
}

/** Lifts the opt-out, by a client who gave the number. */
export async function liftTextOptOutByClient(tx: Db, number: string, now: number): Promise<void> {
  await tx
    .update(textOptOuts)
    .set({ liftedAt: now })
    .where(eq(textOptOuts.numberHash, hashNumber(number)));
}

function hashNumber(number: string): string {
  const secret = process.env.AUTH_SECRET;
  if (!secret) throw new Error('AUTH_SECRET is not set: numbers cannot be told apart without it.');
  return createHmac('sha256', secret).update(`text stop:${number}`).digest('hex');
}
