import { randomBytes } from 'node:crypto';
import { asc } from 'drizzle-orm';
import { dataKeys } from '@/db/schema';
import { processState } from '@/process-state';
import { type CareKey, decryptDataKey, encryptDataKey, readCareKeys } from './care-keys';
import type { Connection, Db } from './connection';

// The keys that this process encrypts with and can open values with. They are read when it starts, and again every few
// seconds, since another process may be changing them.

/** How often a server looks for new ones. */
export const DATA_KEYS_READ_MS = 10_000;

/** Reads them; where none can be opened, makes one, so that a practice that lost its care key can go on. */
export async function loadDataKeys(connection: Connection): Promise<void> {
  const [careKey] = readCareKeys();
  if (!careKey) throw new Error('There is no care key: set CARE_KEY, or put the file care-key back into DATA_DIR.');
  if (await readDataKeys(connection.reader)) return;
  await connection.transact(async (tx) => {
    if (!(await readDataKeys(tx))) await insertDataKey(tx, careKey, Date.now());
  });
  await readDataKeys(connection.reader);
}

/** A new data key, to be used in place of all that are there. */
export async function insertDataKey(tx: Db, careKey: CareKey, now: number): Promise<void> {
  const rows = await tx.select({ generation: dataKeys.generation }).from(dataKeys);
  const id = randomBytes(4).toString('hex');
  const generation = Math.max(0, ...rows.map((row) => row.generation)) + 1;
  const wrapped = encryptDataKey(randomBytes(32), id, careKey);
  // Of two servers that start together on an empty database, one comes too late and takes the other's.
  await tx
    .insert(dataKeys)
    .values({ id, generation, careKeyId: careKey.id, wrapped, createdAt: now })
    .onConflictDoNothing();
}

/** Whether there is one that can be opened. */
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
