// npm run erase -- --client EMAIL [--yes]: removes a person from the database and from its files, also while the server
// runs. On a terminal it asks first.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { exitWithMessage, loadSettings } from '../server/settings.ts';

const USAGE = 'npm run erase -- --client ana@example.org [--yes]';
const { client, yes } = readArgs();
process.chdir(path.dirname(import.meta.dirname));
const { dataDir } = loadSettings();
if (!yes) await askFirst();
const { getConnection } = await import('../db/connection/database-client.ts');
const { eraseClient } = await import('../db/people/erase-client.ts');
const connection = await getConnection().catch((error) =>
  exitWithMessage(`Fortnight cannot use its database: ${error.message}`),
);
const erased = await eraseClient(client, Date.now()).catch((error) =>
  exitWithMessage(`The person may not be erased from every file yet (${error.message}). Run the same command again.`),
);
await connection.close();
if (!erased) exitWithMessage(`Nothing is kept under ${client}. Nothing was changed.`);
if (Object.values(erased).every((count) => count === 0)) console.log('Of bookings and questions nothing was left.');

console.log(
  `${client} is erased: ${counted(erased.deleted, 'appointment')} and ${counted(erased.questions, 'question')} deleted.`,
);
if (erased.freed > 0)
  console.log(`Free again: ${counted(erased.freed, 'upcoming date')}. No e-mail was sent; look at the calendar.`);
if (erased.kept > 0)
  console.log(`${counted(erased.kept, 'appointment')} of past series stays for the books, without a name.`);
console.log('Should a backup be put back, they are erased again, by erased.txt in the data folder.');
const older = copiesIn(dataDir);
if (older.length > 0) console.log(`These copies were made before and still hold them:\n  ${older.join('\n  ')}`);

async function askFirst() {
  if (!process.stdin.isTTY) exitWithMessage(`This cannot be undone. Add --yes to do it without being asked.\n${USAGE}`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`Erase everything of ${client}? This cannot be undone. Type "erase": `);
  terminal.close();
  if (answer.trim() !== 'erase') exitWithMessage('Nothing was changed.');
}

function counted(count, what) {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function copiesIn(folder) {
  return [folder, path.join(folder, 'backups')]
    .filter((directory) => existsSync(directory))
    .flatMap((directory) => readdirSync(directory).map((name) => path.join(directory, name)))
    .filter((file) => /fortnight-.*\.db$/.test(file));
}

function readArgs() {
  try {
    const { values } = parseArgs({ options: { client: { type: 'string' }, yes: { type: 'boolean' } } });
    if (!values.client?.includes('@')) throw new Error('Say whom: --client EMAIL.');
    return values;
  } catch (error) {
    return exitWithMessage(`${error.message}\n${USAGE}`);
  }
}
