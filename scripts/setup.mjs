// Makes the practice and its owner in an empty database: `npm run setup`, for those who start with DEMO=0.
// What no flag gives is asked for on a terminal; without one, what is missing is named.
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { refuse, settle } from './settings.mjs';

const QUESTIONS = [
  { flag: 'name', field: 'name', ask: 'Name of the practice' },
  { flag: 'owner-name', field: 'ownerName', ask: 'Name of its owner' },
  { flag: 'owner-email', field: 'ownerEmail', ask: 'E-mail address the owner signs in with' },
  { flag: 'time-zone', field: 'timeZone', ask: 'Time zone', usual: Intl.DateTimeFormat().resolvedOptions().timeZone },
  { flag: 'currency', field: 'currency', ask: 'Currency', usual: 'EUR' },
  { flag: 'locale', field: 'locale', ask: 'Language and country', usual: 'en-IE' },
  { flag: 'address', field: 'address', ask: 'Address', usual: '' },
  { flag: 'phone', field: 'phone', ask: 'Phone number', usual: '' },
];

process.chdir(path.dirname(import.meta.dirname));
const { dataDir } = settle();
const wanted = await answers(flags()).catch((error) => {
  if (error.name !== 'AbortError') throw error;
  refuse('\nNothing was made.'); // Ctrl-C or Ctrl-D
});
const { database } = await import('../db/client.ts');
const { setUpPractice } = await import('../db/setup.ts');
const connection = await database().catch((error) => refuse(`Fortnight cannot use its database: ${error.message}`));
await connection.migrate();
const made = await setUpPractice(wanted, Date.now());
await connection.close();

if (made.ok) {
  console.log(`\n${wanted.name} is made, in ${process.env.DATABASE_URL ? 'the database of DATABASE_URL' : dataDir}.`);
  console.log(`Start with "DEMO=0 npm start" and sign in as ${wanted.ownerEmail}.`);
} else if (made.reason === 'exists') {
  refuse(`This database already holds the practice ${made.name}. Set DATA_DIR to an empty folder for another one.`);
} else {
  refuse(made.issues.map(({ path: [field], message }) => `--${flagOf(field)}: ${message}`).join('\n'));
}

function flags() {
  const options = Object.fromEntries(QUESTIONS.map(({ flag }) => [flag, { type: 'string' }]));
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return refuse(`${error.message}\nKnown: ${QUESTIONS.map(({ flag }) => `--${flag}`).join(' ')}`);
  }
}

async function answers(given) {
  const terminal = process.stdin.isTTY && createInterface({ input: process.stdin, output: process.stdout });
  const found = {};
  for (const { flag, field, ask, usual } of QUESTIONS) {
    found[field] = given[flag] ?? (terminal ? (await terminal.question(promptOf(ask, usual))).trim() || usual : usual);
  }
  terminal?.close?.();
  const missing = QUESTIONS.filter(({ field }) => found[field] === undefined).map(({ flag }) => `--${flag}`);
  return missing.length > 0 ? refuse(`Still needed: ${missing.join(' ')}`) : found;
}

function promptOf(ask, usual) {
  return usual ? `${ask} [${usual}]: ` : `${ask}: `;
}

function flagOf(field) {
  return QUESTIONS.find((question) => question.field === field)?.flag ?? field;
}
