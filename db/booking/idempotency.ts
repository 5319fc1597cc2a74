import { createHash } from 'node:crypto';
import { eq, lte, sql } from 'drizzle-orm';
import type { Db } from '@/db/connection/connection';
import { reader } from '@/db/connection/database-client';
import { runPrepared } from '@/db/connection/prepared-queries';
import { idempotencyKeys, type StoredBookingAnswer } from '@/db/schema';

const RETENTION_MS = 24 * 3_600_000;

export type IdempotencyKeyState =
  | { state: 'new' }
  | { state: 'replay'; seriesId: string; answer: StoredBookingAnswer }
  | { state: 'mismatch' };

/** Tells two bodies apart; the key itself is no part of what is asked. */
export function hashRequestBody(body: object): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex');
}

/**
 * Takes a key for a series that is about to be booked, or finds who had it. A second request with the same key
 * waits here until the first has ended.
 */
export async function claimIdempotencyKey(
  tx: Db,
  { key, bodyHash, seriesId, now }: { key: string; bodyHash: string; seriesId: string; now: number },
): Promise<IdempotencyKeyState> {
  const param = sql.placeholder;
  await runPrepared(
    tx,
    'forget old keys',
    (on) => on.delete(idempotencyKeys).where(lte(idempotencyKeys.createdAt, param('before'))),
    { before: now - RETENTION_MS },
  );
  const got = await runPrepared(
    tx,
    'take a key',
    (on) =>
      on
        .insert(idempotencyKeys)
        .values({
          key: param('key'),
          bodyHash: param('bodyHash'),
          seriesId: param('seriesId'),
          answer: { appointments: [] },
          createdAt: param('now'),
        })
        .onConflictDoNothing()
        .returning({ key: idempotencyKeys.key }),
    { key, bodyHash, seriesId, now },
  );
  if (got.length > 0) return { state: 'new' };
  const [first] = await tx.select().from(idempotencyKeys).where(eq(idempotencyKeys.key, key));
  if (!first) throw new Error('An idempotency key was refused and is not there.');
  if (first.bodyHash !== bodyHash) return { state: 'mismatch' };
  return { state: 'replay', seriesId: first.seriesId, answer: first.answer };
}

export async function storeIdempotentAnswer(tx: Db, key: string, answer: StoredBookingAnswer): Promise<void> {
  await runPrepared(
    tx,
    'keep an answer',
    (on) =>
      on
        .update(idempotencyKeys)
        .set({ answer: sql`${sql.param(sql.placeholder('answer'), idempotencyKeys.answer)}` })
        .where(eq(idempotencyKeys.key, sql.placeholder('key'))),
    { key, answer },
  );
}

/** The series that was booked with this key, if one was. Whoever has the key has booked it. */
export async function findSeriesByIdempotencyKey(key: string): Promise<string | null> {
  const [found] = await runPrepared(
    await reader(),
    'series by key',
    (on) =>
      on
        .select({ seriesId: idempotencyKeys.seriesId })
        .from(idempotencyKeys)
        .where(eq(idempotencyKeys.key, sql.placeholder('key'))),
    { key },
  );
  return found?.seriesId ?? null;
}
