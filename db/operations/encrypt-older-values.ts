import { and, eq, isNotNull, not, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { decrypt, encrypt } from '@/db/access/encryption';
import { getConnection, reader, transact } from '@/db/connection/database-client';
import { askedQuestionReplies, askedQuestions, bookingRequests, clients, series, startScores } from '@/db/schema';

// Older versions stored some text of clients unencrypted, and encrypted other text under a key derived from
// AUTH_SECRET.

const ROWS_AT_ONCE = 200;

interface OlderColumn {
  table: SQLiteTable;
  id: SQLiteColumn;
  column: SQLiteColumn;
  purpose: string;
  wasPlain: boolean;
}

const COLUMNS: OlderColumn[] = [
  { table: series, id: series.id, column: series.sealedNote, purpose: 'booking note', wasPlain: true },
  {
    table: startScores,
    id: startScores.seriesId,
    column: startScores.sealedScore,
    purpose: 'score while reading',
    wasPlain: true,
  },
  {
    table: askedQuestions,
    id: askedQuestions.id,
    column: askedQuestions.sealedWords,
    purpose: 'question of a reader',
    wasPlain: true,
  },
  {
    table: askedQuestionReplies,
    id: askedQuestionReplies.askedId,
    column: askedQuestionReplies.sealedAnswer,
    purpose: 'answer to a reader',
    wasPlain: false,
  },
  { table: clients, id: clients.id, column: clients.sealedAlerts, purpose: 'client alerts', wasPlain: false },
  {
    table: bookingRequests,
    id: bookingRequests.id,
    column: bookingRequests.sealed,
    purpose: 'booking request',
    wasPlain: false,
  },
];

/**
 * Encrypts these values under the data key, and clears the plain text from the files. Does nothing when it was done
 * before.
 */
export async function encryptOlderValues(): Promise<void> {
  const { whileErasing } = await getConnection();
  let hasPlain = false;
  for (const each of COLUMNS) {
    if (!each.wasPlain) await encryptColumn(each);
    else if ((await readOlder(each, '', 1)).length > 0) hasPlain = true;
  }
  if (!hasPlain) return;
  await whileErasing(async () => {
    for (const each of COLUMNS) if (each.wasPlain) await encryptColumn(each);
  });
}

async function encryptColumn(older: OlderColumn): Promise<void> {
  let after = '';
  for (;;) {
    const rows = await readOlder(older, after, ROWS_AT_ONCE);
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
    await transact(async (tx) => {
      for (const { id, value } of rows) {
        const text = older.wasPlain ? value : decrypt(value, older.purpose);
        if (text === null) continue; // encrypted under a secret that no longer exists
        const condition = and(eq(older.id, id), eq(older.column, value));
        await tx
          .update(older.table)
          .set({ [nameOf(older)]: encrypt(text, older.purpose) })
          .where(condition);
      }
    });
  }
}

async function readOlder({ table, id, column }: OlderColumn, after: string, most: number) {
  const isOlder = and(isNotNull(column), not(sql`${column} like 'k1.%'`), sql`${id} > ${after}`);
  const rows = await (await reader()).select({ id, value: column }).from(table).where(isOlder).orderBy(id).limit(most);
  return rows.map((row) => ({ id: String(row.id), value: String(row.value) }));
}

/** The column's property name, which drizzle's `set` needs. */
function nameOf({ table, column }: OlderColumn): string {
  return Object.entries(table).find(([, value]) => value === column)![0];
}
