// npm run restore -- FILE: replaces the SQLite file with a backup, while the server is stopped.
import path from 'node:path';
import process from 'node:process';
import { exitWithMessage, loadSettings } from '../server/settings.ts';

const [argument, ...more] = process.argv.slice(2);
if (!argument || more.length > 0) exitWithMessage('Say which backup: npm run restore -- data/backups/fortnight-….db');
const backup = path.resolve(argument);
process.chdir(path.dirname(import.meta.dirname));
loadSettings();
const { getDatabaseUrl } = await import('../db/connection/database-client.ts');
const url = getDatabaseUrl();
if (!url.startsWith('file:')) {
  exitWithMessage(
    [
      'This practice is on PostgreSQL: a backup made by pg_dump is put back, with the server stopped, with',
      '  pg_restore --clean --if-exists --no-owner --single-transaction --dbname="$DATABASE_URL" fortnight.dump',
      'To bring a SQLite backup to PostgreSQL: npm run move-database -- --from file:FILE --to "$DATABASE_URL"',
    ].join('\n'),
  );
}
const file = path.resolve(url.slice('file:'.length));
const { restoreBackup } = await import('../db/operations/back-up-and-restore.ts');
const restored = await restoreBackup(backup, file, Date.now()).catch((error) =>
  exitWithMessage(`Nothing was changed: ${error.message}`),
);
if (!restored.ok) exitWithMessage(`Nothing was changed. ${whyNot(restored)}`);
console.log(`${file} is now what ${backup} held, checked and audited.`);
const again = await eraseAgain();
if (again > 0) console.log(`Erased again, since they were erased after that backup: ${again}.`);
if (restored.previousFile) console.log(`What stood there is kept as ${restored.previousFile}.`);
console.log('Mail that was sent after that backup waits in its outbox again, under the same Message-IDs.');

// A person who was erased since that backup must not come back with it.
async function eraseAgain() {
  const { getConnection } = await import('../db/connection/database-client.ts');
  const { replayErasures } = await import('../db/people/erase-client.ts');
  const connection = await getConnection();
  const erased = await replayErasures(Date.now());
  await connection.close();
  return erased;
}

function whyNot({ reason, finding }) {
  if (reason === 'in_use') return `${file} is in use: stop the server first.`;
  if (reason === 'missing') return `There is no file ${backup}.`;
  return `${backup} is not a sound backup: ${finding}`;
}
