// One end of `npm run move-database`, on the database of DATABASE_URL: `out` prints its rows, `in` reads them.
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { getConnection } from '../db/connection/database-client.ts';
import { exportAllRows, importAllRows } from '../db/operations/move-database.ts';
import { exitWithMessage } from '../server/settings.ts';

try {
  const connection = await getConnection();
  if (process.argv[2] === 'out') {
    for await (const line of exportAllRows(connection.reader)) {
      if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
    }
  } else {
    const moved = await importAllRows(connection, lines());
    if (!moved.ok) exitWithMessage(whyNot(moved));
    for (const { table, rows, checksum } of moved.sums) {
      console.log(`${String(rows).padStart(9)}  ${checksum.slice(0, 16)}  ${table}`);
    }
  }
  await connection.close();
} catch (error) {
  exitWithMessage(`Nothing was moved: ${(error.cause ?? error).message.split('\n')[0]}`);
}

// Created when the first line is asked for: created earlier, it would drop the lines that come before somebody listens.
async function* lines() {
  yield* createInterface({ input: process.stdin });
}

function whyNot({ reason, table }) {
  if (reason === 'not_empty') return `Nothing was moved: the target already has rows in ${table}. Give an empty one.`;
  return `Nothing was moved: ${table} did not sum up to what was read. Was the source written to meanwhile?`;
}
