// npm run backup [-- --to DIR]: a checked copy of the SQLite file, taken while the server runs.
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { exitWithMessage, loadSettings } from '../server/settings.ts';

const options = readArgs();
process.chdir(path.dirname(import.meta.dirname));
const { dataDir } = loadSettings();
const { getDatabaseUrl } = await import('../db/connection/database-client.ts');
const url = getDatabaseUrl();
if (!url.startsWith('file:')) {
  exitWithMessage(
    [
      'This practice is on PostgreSQL, which has tools of its own. Take a backup with',
      '  pg_dump --format=custom --file=fortnight.dump "$DATABASE_URL"',
      'and put it back, with the server stopped, with',
      '  pg_restore --clean --if-exists --no-owner --single-transaction --dbname="$DATABASE_URL" fortnight.dump',
    ].join('\n'),
  );
}
const file = path.resolve(url.slice('file:'.length));
if (!existsSync(file)) exitWithMessage(`There is no database at ${file} yet.`);
const { backUp } = await import('../db/operations/back-up-and-restore.ts');
const { getBackupsFolder } = await import('../db/operations/backup-rotation.ts');
const backup = await backUp(file, options.to ?? getBackupsFolder(), Date.now()).catch((error) =>
  exitWithMessage(`The backup could not be made: ${error.message}`),
);
if (!backup.ok) exitWithMessage(`The database is not sound, and no backup was kept: ${backup.finding}`);
console.log(`Backed up to ${backup.file} (${(backup.bytes / 1024 / 1024).toFixed(1)} MB), checked and audited.`);
if (backup.removed.length > 0) console.log(`Removed ${backup.removed.length} older that the rotation no longer keeps.`);
if (options.to && existsSync(path.join(dataDir, 'care-key')))
  console.log(
    `Words about clients' health open only with ${path.join(dataDir, 'care-key')}: keep a copy, but elsewhere.`,
  );
if (options.to && existsSync(path.join(dataDir, 'auth-secret')))
  console.log(`The links in mail are signed with ${path.join(dataDir, 'auth-secret')}: keep a copy of that too.`);

function readArgs() {
  try {
    const { to } = parseArgs({ options: { to: { type: 'string' } } }).values;
    return { to: to && path.resolve(to) };
  } catch (error) {
    return exitWithMessage(`${error.message}\nnpm run backup [-- --to DIR]`);
  }
}
