import { randomBytes } from 'node:crypto';
import { asc } from 'drizzle-orm';
import { dataKeys } from '@/db/schema';
import { processState } from '@/process-state';
import { type CareKey, decryptDataKey, encryptDataKey, readCareKeys } from './care-keys';
import type { Connection, Db } from './connection';

// The keys with which this process encrypts and decrypts. It reads them at start and again every few seconds, because
// another process may change them.

/** How often a server looks for new data keys. */
export const DATA_KEYS_READ_MS = 10_000;

/**
 * Reads the data keys. If none can be decrypted, it makes a new one, so that a practice that lost its care key can go
 * on.
 */
export async function loadDataKeys(connection: Connection): Promise<void> {
  const [careKey] = readCareKeys();
  if (!careKey) throw new Error('There is no care key: set CARE_KEY, or put the file care-key back into DATA_DIR.');
  if (await readDataKeys(connection.reader)) return;
  await connection.transact(async (tx) => {
    if (!(await readDataKeys(tx))) await insertDataKey(tx, careKey, Date.now());
  });
  await readDataKeys(connection.reader);
}

/** Inserts a new data key, which replaces all others for encrypting. */
export async function insertDataKey(tx: Db, careKey: CareKey, now: number): Promise<void> {
  const rows = await tx.select({ generation: dataKeys.generation }).from(dataKeys);
  const id = randomBytes(4).toString('hex');
  const generation = Math.max(0, ...rows.map((row) => row.generation)) + 1;
  const wrapped = encryptDataKey(randomBytes(32), id, careKey);
  // If two servers start together on an empty database, the later one uses the key of the earlier one.
  await tx
    .insert(dataKeys)
    .values({ id, generation, careKeyId: careKey.id, wrapped, createdAt: now })
    .onConflictDoNothing();
}

/** Reads the keys. Returns whether any of them could be decrypted. */
async function readDataKeys(db: Db): Promise<boolean> {
  const careKeys = readCareKeys();
  const rows = await db.select().from(dataKeys).orderBy(asc(dataKeys.generation));
  const found = { byId: new Map<string, Buffer>(), current: null as string | null, locked: 0 };
  for (const { id, careKeyId, wrapped } of rows) {
    const careKey = careKeys.find((key) => key.id === careKeyId);
    const key = careKey ? decryptDataKey(wrapped, id, careKey) : null;
    if (!key) {
      found.locked++;
      continue;
    }
    found.byId.set(id, key);
    found.current = id;
  }
  processState.dataKeys = found;
  return found.current !== null;
}
