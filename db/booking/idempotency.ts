import { createHash } from 'node:crypto';
import { eq, lte, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { preparedQuery } from '@/db/connection/prepared-queries';
import { sendTogether } from '@/db/connection/send-together';
import { idempotencyKeys, type StoredBookingAnswer } from '@/db/schema';

const RETENTION_MS = 24 * 3_600_000;

export type IdempotencyKeyState =
  | { state: 'new' }
  | { state: 'replay'; seriesId: string; answer: StoredBookingAnswer }
  | { state: 'mismatch' };

/** Distinguishes two bodies; the key itself is not part of the hash. */
export function hashRequestBody(body: object): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

const deleteOldKeys = preparedQuery((on) =>
  on.delete(idempotencyKeys).where(lte(idempotencyKeys.createdAt, sql.placeholder('before'))),
);

const insertKey = preparedQuery((on) =>
  on
    .insert(idempotencyKeys)
    .values({
      key: sql.placeholder('key'),
      bodyHash: sql.placeholder('bodyHash'),
      seriesId: sql.placeholder('seriesId'),
      answer: { appointments: [] },
      createdAt: sql.placeholder('now'),
    })
    .onConflictDoNothing()
    .returning({ key: idempotencyKeys.key }),
);

/**
 * Takes a key for a series that is about to be booked, or finds the series that has it. A second request with the same
 * key waits here until the first has ended.
 */
export async function claimIdempotencyKey(
  tx: Db,
  { key, bodyHash, seriesId, now }: { key: string; bodyHash: string; seriesId: string; now: number },
): Promise<IdempotencyKeyState> {
  const [, got] = await sendTogether([
    deleteOldKeys(tx, { before: now - RETENTION_MS }),
    insertKey(tx, { key, bodyHash, seriesId, now }),
  ]);
  if (got.length > 0) return { state: 'new' };
  const [first] = await tx.select().from(idempotencyKeys).where(eq(idempotencyKeys.key, key));
  if (!first) throw new Error('An idempotency key was refused and is not there.');
  if (first.bodyHash !== bodyHash) return { state: 'mismatch' };
  return { state: 'replay', seriesId: first.seriesId, answer: first.answer };
}

const updateAnswer = preparedQuery((on) =>
  on
    .update(idempotencyKeys)
    .set({ answer: sql`${sql.param(sql.placeholder('answer'), idempotencyKeys.answer)}` })
    .where(eq(idempotencyKeys.key, sql.placeholder('key'))),
);

export async function storeIdempotentAnswer(tx: Db, key: string, answer: StoredBookingAnswer): Promise<void> {
  await updateAnswer(tx, { key, answer });
}

const selectSeriesByKey = preparedQuery((on) =>
  on
    .select({ seriesId: idempotencyKeys.seriesId })
    .from(idempotencyKeys)
    .where(eq(idempotencyKeys.key, sql.placeholder('key'))),
);

/** The series that was booked with this key, if any. Whoever has the key has booked it. */
export async function findSeriesByIdempotencyKey(key: string): Promise<string | null> {
  const [found] = await selectSeriesByKey(await reader(), { key });
  return found?.seriesId ?? null;
}
