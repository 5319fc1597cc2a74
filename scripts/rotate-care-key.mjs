// npm run rotate-care-key [-- --wait SECONDS]: encrypts clients' health data again with a new key, while the server
// runs.
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { exitWithMessage, loadSettings } from '../server/settings.ts';

const seconds = readSeconds();
process.chdir(path.dirname(import.meta.dirname));
loadSettings();
const { getConnection } = await import('../db/connection/database-client.ts');
const { loadDataKeys } = await import('../db/connection/data-keys.ts');
const { rotateCareKey } = await import('../db/operations/rotate-care-key.ts');
const connection = await getConnection().catch((error) =>
  exitWithMessage(`Fortnight cannot use its database: ${error.message}`),
);
try {
  await loadDataKeys(connection);
} catch (error) {
  exitWithMessage(`The database has not been used by this version yet: start Fortnight once. (${error.message})`);
}
const settled = () => {
  if (seconds > 0) console.log(`Waiting ${seconds} s, so that every running server reads the new key …`);
  return wait(seconds * 1000);
};
console.log('Encrypting anew what is kept of the health of clients. It may be stopped, and run again.');
const rotated = await rotateCareKey({ now: Date.now(), settled }).catch((error) =>
  exitWithMessage(`It stopped, and nothing is lost. Run it again: it goes on from there. (${error.message})`),
);
await connection.close();
console.log(`${rotated.values} values are encrypted under a new key.`);
if (rotated.oldKeyFile) {
  console.log('The care key in DATA_DIR is new: keep a copy of it apart from the backups.');
  console.log(
    `Backups made before today open with ${rotated.oldKeyFile}. Delete it when you no longer keep any of them.`,
  );
} else if (process.env.CARE_KEY?.trim().includes(' ')) {
  console.log(
    'Now leave only the first key in CARE_KEY, and restart each server. Backups made before need the second.',
  );
} else {
  console.log('The care key itself is the same. To change it, put a new one and a space before it in CARE_KEY,');
  console.log('restart each server, and run this again.');
}
if (rotated.locked > 0) console.log(`${rotated.locked} older data keys stay locked: their care key is not here.`);

function readSeconds() {
  try {
    const { values } = parseArgs({ options: { wait: { type: 'string', default: '25' } } });
    if (!/^\d{1,4}$/.test(values.wait)) throw new Error('--wait is a number of seconds.');
    return Number(values.wait);
  } catch (error) {
    return exitWithMessage(`${error.message}\nnpm run rotate-care-key [-- --wait SECONDS]`);
  }
}
