import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import process from 'node:process';
import { and, asc, eq, getTableColumns, like, or, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { reencryptRetiredValuesInText } from '@/db/access/encryption';
import { type CareKey, decryptDataKey, encryptDataKey, getCareKeyFile, readCareKeys } from '@/db/connection/care-keys';
import type { Connection, Db } from '@/db/connection/connection';
import { insertDataKey, loadDataKeys } from '@/db/connection/data-keys';
import { getConnection, transact } from '@/db/connection/database-client';
import { dataKeys } from '@/db/schema';
import { listPrimaryKeyColumns, listTablesParentsFirst } from './move-database';

// Re-encrypts all values under a new data key, and that key under a new care key, while the practice keeps running.
// Every step may be interrupted: the next run repeats it or finds it done.

const ROWS_AT_ONCE = 200;
const RETIRED_FOR_MS = 24 * 3_600_000;

export interface CareKeyRotationResult {
  /** The number of values that were encrypted again. */
  values: number;
  /** The file that keeps the old care key for older backups; null when the key is in CARE_KEY or did not change. */
  oldKeyFile: string | null;
  /** The number of data keys that this server's care keys cannot open, though another server's may. */
  locked: number;
}

/**
 * With a key file, a new care key is written before the old one; with CARE_KEY, the owner has put it there. Several
 * keys in either mean a rotation to finish: everything is brought under the first. `settled` is awaited before anything
 * is encrypted under the new data key, so that every running server has read it.
 */
export async function rotateCareKey({
  now,
  settled,
}: {
  now: number;
  settled: () => Promise<void>;
}): Promise<CareKeyRotationResult> {
  const connection = await getConnection();
  if (!process.env.CARE_KEY && readCareKeys().length === 1)
    writeKeys(getCareKeyFile(), [randomBytes(32).toString('base64url'), readCareKeys()[0]!.text]);
  const careKeys = readCareKeys();
  const careKey = careKeys[0];
  if (!careKey) throw new Error('There is no care key to begin with.');
  await connection.transact((tx) => addDataKey(tx, careKeys, careKey, now));
  await settled();
  await loadDataKeys(connection);
  const old = (await readOpenable(connection.reader, careKeys)).slice(0, -1).map(({ id }) => id);
  const values = await encryptAllAgain(connection, new Set(old));
  await transact((tx) => retire(tx, careKeys, careKey, now));
  await forgetUnused(connection, now);
  const oldKeyFile = process.env.CARE_KEY ? null : keepOld(careKeys, now);
  await loadDataKeys(connection);
  const rows = await connection.reader.select({ careKeyId: dataKeys.careKeyId }).from(dataKeys);
  return { values, oldKeyFile, locked: rows.filter(({ careKeyId }) => careKeyId !== careKey.id).length };
}

/** Adds a data key, unless values under an older key are still waiting for the newest one. */
async function addDataKey(tx: Db, careKeys: CareKey[], careKey: CareKey, now: number): Promise<void> {
  const openable = await readOpenable(tx, careKeys);
  const newest = openable.at(-1);
  const isUnderWay = openable.slice(0, -1).some(({ retiredAt }) => retiredAt === null);
  if (newest?.careKeyId !== careKey.id || !isUnderWay) await insertDataKey(tx, careKey, now);
}

async function readOpenable(db: Db, careKeys: CareKey[]) {
  const ids = careKeys.map(({ id }) => id);
  const rows = await db.select().from(dataKeys).orderBy(asc(dataKeys.generation));
  return rows.filter(({ careKeyId }) => ids.includes(careKeyId));
}

async function encryptAllAgain(connection: Connection, old: ReadonlySet<string>): Promise<number> {
  let values = 0;
  for (const table of listTablesParentsFirst()) {
    for (const [name, column] of textColumns(table))
      values += await encryptColumnAgain(connection, { table, name, column }, old);
  }
  return values;
}

function textColumns(table: SQLiteTable): [string, SQLiteColumn][] {
  const isText = ([, column]: [string, SQLiteColumn]) => column.dataType === 'string' && !column.primary;
  return table === dataKeys ? [] : (Object.entries(getTableColumns(table)) as [string, SQLiteColumn][]).filter(isText);
}

async function encryptColumnAgain(
  connection: Connection,
  { table, name, column }: { table: SQLiteTable; name: string; column: SQLiteColumn },
  old: ReadonlySet<string>,
): Promise<number> {
  const isOld = or(...[...old].map((id) => like(column, `%k1.${id}.%`)));
  if (!isOld) return 0;
  const keys = listPrimaryKeyColumns(table);
  let changed = 0;
  let skipped = 0; // looks like an encrypted value, but cannot be decrypted
  for (;;) {
    const rows = (await connection.reader
      .select({ row: table, value: column })
      .from(table)
      .where(isOld)
      .orderBy(...keys)
      .limit(ROWS_AT_ONCE)
      .offset(skipped)) as { row: Record<string, unknown>; value: string }[];
    if (rows.length === 0) return changed;
    const reencrypted = await connection.transact(async (tx) => {
      let many = 0;
      for (const { row, value } of rows) {
        const again = reencryptRetiredValuesInText(value, old);
        if (again === value) continue;
        // If somebody changes a value at this moment, their version stays.
        const isSame: (SQL | undefined)[] = keys.map((key) => eq(key, row[nameIn(table, key)]));
        await tx
          .update(table)
          .set({ [name]: again })
          .where(and(...isSame, eq(column, value)));
        many++;
      }
      return many;
    });
    changed += reencrypted;
    skipped += rows.length - reencrypted;
  }
}

function nameIn(table: SQLiteTable, column: SQLiteColumn): string {
  return Object.entries(getTableColumns(table)).find(([, value]) => value.name === column.name)![0];
}

/** Puts all data keys that can be opened under the first care key. Older data keys no longer encrypt anything. */
async function retire(tx: Db, careKeys: CareKey[], careKey: CareKey, now: number): Promise<void> {
  const openable = await readOpenable(tx, careKeys);
  for (const { id, careKeyId, wrapped, retiredAt } of openable) {
    const isOlder = id !== openable.at(-1)!.id;
    const by = careKeys.find((key) => key.id === careKeyId)!;
    const key = decryptDataKey(wrapped, id, by);
    if (!key) throw new Error(`The data key ${id} has been changed. Restore a backup of the database.`);
    const under = by.id === careKey.id ? {} : { careKeyId: careKey.id, wrapped: encryptDataKey(key, id, careKey) };
    const change = { ...under, ...(isOlder && retiredAt === null && { retiredAt: now }) };
    if (Object.keys(change).length > 0) await tx.update(dataKeys).set(change).where(eq(dataKeys.id, id));
  }
}

/**
 * A server that has not yet read the new key may have used the old one until now. So the old key stays for a day, and
 * for as long as any value needs it.
 */
async function forgetUnused(connection: Connection, now: number): Promise<void> {
  const rows = await connection.reader.select().from(dataKeys);
  for (const { id, retiredAt } of rows) {
    if (retiredAt === null || retiredAt > now - RETIRED_FOR_MS || (await isUsed(connection.reader, id))) continue;
    await connection.transact((tx) => tx.delete(dataKeys).where(eq(dataKeys.id, id)));
  }
}

async function isUsed(db: Db, id: string): Promise<boolean> {
  for (const table of listTablesParentsFirst()) {
    for (const column of Object.values(getTableColumns(table)) as SQLiteColumn[]) {
      if (column.getSQLType() !== 'text') continue;
      const [found] = await db
        .select({ one: sql`1` })
        .from(table)
        .where(like(sql`cast(${column} as text)`, `%k1.${id}.%`))
        .limit(1);
      if (found) return true;
    }
  }
  return false;
}

/** Leaves only the first key in the file. The others are kept beside it, for older backups. */
function keepOld(careKeys: CareKey[], now: number): string | null {
  if (careKeys.length < 2) return null;
  const file = `${getCareKeyFile()}-before-${new Date(now).toISOString().slice(0, 10)}`;
  const before = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  writeKeys(file, [...new Set([...careKeys.slice(1).map(({ text }) => text), ...before])]);
  writeKeys(getCareKeyFile(), [careKeys[0]!.text]);
  return file;
}

/** Writes the whole file or nothing, even if the computer stops. */
function writeKeys(file: string, texts: string[]): void {
  const aside = `${file}.new`;
  const handle = openSync(aside, 'w', 0o600);
  writeSync(handle, `${texts.join('\n')}\n`);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(aside, file);
}
