// npm run export -- --client EMAIL [--to DIR]: all the data kept about one person, for them to read or take along.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { exitWithMessage, loadSettings } from '../server/settings.ts';

const USAGE = 'npm run export -- --client ana@example.org [--to DIR]';
const startedIn = process.cwd();
const { client, to } = readArgs();
process.chdir(path.dirname(import.meta.dirname));
loadSettings();
const { getConnection } = await import('../db/connection/database-client.ts');
const { loadDataKeys } = await import('../db/connection/data-keys.ts');
const { collectAllClientData } = await import('../db/people/all-client-data.ts');
const { findPersonalDataIdsByEmail } = await import('../db/people/personal-data-ids.ts');
const connection = await getConnection().catch((error) =>
  exitWithMessage(`Fortnight cannot use its database: ${error.message}`),
);
await loadDataKeys(connection).catch((error) => exitWithMessage(`What is encrypted cannot be read: ${error.message}`));
const found = await collectAllClientData(
  connection.reader,
  await findPersonalDataIdsByEmail(connection.reader, client),
);
await connection.close();
if (Object.keys(found).length === 0) exitWithMessage(`Nothing is kept under ${client}.`);

const json = `${JSON.stringify({ client, exportedAt: new Date().toISOString(), kept: found }, null, 2)}\n`;
if (to === undefined) process.stdout.write(json);
else {
  const folder = path.resolve(startedIn, to);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const files = { 'client-data.json': json, 'client-data.txt': asText(found) };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text, { mode: 0o600 });
  const rows = Object.values(found).reduce((sum, group) => sum + group.length, 0);
  console.log(`${rows} rows kept under ${client} are in ${folder}: ${Object.keys(files).join(' and ')}.`);
}

function asText(tables) {
  const parts = Object.entries(tables).map(([table, rows]) => {
    const title = table.replaceAll('_', ' ');
    const lines = rows.map((row, at) =>
      [`${at + 1}.`, ...Object.entries(row).map(([name, value]) => `   ${name}: ${inWords(value)}`)].join('\n'),
    );
    return `${title}\n${'='.repeat(title.length)}\n${lines.join('\n')}\n`;
  });
  return `Everything that is kept under ${client}\n\n${parts.join('\n')}`;
}

function inWords(value) {
  if (value === null) return '-';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function readArgs() {
  try {
    const { values } = parseArgs({ options: { client: { type: 'string' }, to: { type: 'string' } } });
    if (!values.client?.includes('@')) throw new Error('Say whose: --client EMAIL.');
    return values;
  } catch (error) {
    return exitWithMessage(`${error.message}\n${USAGE}`);
  }
}
