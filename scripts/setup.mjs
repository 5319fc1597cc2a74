// Makes the practice, its owner and what it opens with, in an empty database: `npm run setup`, for those who start
// with DEMO=0. What neither a flag nor the file of --answers gives is asked for on a terminal; without one the usual is
// taken, and what has none is named.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { digitsOf } from '../scheduling/money.ts';
import { refuse, settle } from '../server/settings.ts';

const QUESTIONS = [
  { flag: 'name', field: 'name', ask: 'Name of the practice' },
  { flag: 'owner-name', field: 'ownerName', ask: 'Name of its owner' },
  { flag: 'owner-email', field: 'ownerEmail', ask: 'E-mail address the owner signs in with' },
  { flag: 'time-zone', field: 'timeZone', ask: 'Time zone', usual: Intl.DateTimeFormat().resolvedOptions().timeZone },
  { flag: 'currency', field: 'currency', ask: 'Currency', usual: 'EUR' },
  { flag: 'locale', field: 'locale', ask: 'Language and country', usual: 'en-IE' },
  { flag: 'address', field: 'address', ask: 'Address', usual: '' },
  { flag: 'phone', field: 'phone', ask: 'Phone number', usual: '' },
  { flag: 'mail-from', field: 'mailFrom', ask: "Address its mail comes from, if not the owner's", usual: '' },
  { flag: 'reply-to', field: 'mailReplyTo', ask: 'Address that answers go to, if another', usual: '' },
];
const OFFER = [
  { flag: 'swedish', field: 'swedish', ask: 'Swedish, price of 30/60/90 minutes, or none', usual: '42/68/96' },
  { flag: 'sports', field: 'sports', ask: 'Sports, price of 30/60/90 minutes, or none', usual: '46/74/104' },
  {
    flag: 'deep-tissue',
    field: 'deep-tissue',
    ask: 'Deep tissue, price of 30/60/90 minutes, or none',
    usual: '48/78/110',
  },
  { flag: 'room', field: 'roomName', ask: 'Name of the room', usual: 'Treatment room' },
  { flag: 'therapist-name', field: 'therapistName', ask: 'Name of the first therapist, who is the owner too' },
  { flag: 'hours', field: 'hours', ask: 'Their working hours', usual: 'Mon-Fri 09:00-13:00 14:00-18:00' },
];
const ALL = [...QUESTIONS, ...OFFER];

const STARTED_IN = process.cwd();
process.chdir(path.dirname(import.meta.dirname));
const { dataDir } = settle();
const wanted = await answers(given()).catch((error) => {
  if (error.name !== 'AbortError') throw error;
  refuse('\nNothing was made.'); // Ctrl-C or Ctrl-D
});
const { database } = await import('../db/connection/client.ts');
const { setUpPractice } = await import('../db/practice/setup.ts');
const connection = await database().catch((error) => refuse(`Fortnight cannot use its database: ${error.message}`));
await connection.migrate();
const made = await setUpPractice(wanted, Date.now());
await connection.close();

if (made.ok) {
  console.log(`\n${wanted.name} is made, in ${process.env.DATABASE_URL ? 'the database of DATABASE_URL' : dataDir}.`);
  console.log(`${wanted.offer.therapistName} can be booked: ${wanted.offer.hours}, in ${wanted.offer.roomName}.`);
  console.log(`Start with "DEMO=0 npm start" and sign in as ${wanted.ownerEmail}.`);
} else if (made.reason === 'exists') {
  refuse(`This database already holds the practice ${made.name}. Set DATA_DIR to an empty folder for another one.`);
} else {
  refuse(made.issues.map(({ path: field, message }) => `--${flagOf(field.at(-1))}: ${message}`).join('\n'));
}

function given() {
  const options = Object.fromEntries(
    ['answers', ...ALL.map(({ flag }) => flag)].map((flag) => [flag, { type: 'string' }]),
  );
  const known = ALL.map(({ flag }) => flag);
  try {
    const { answers: file, ...flags } = parseArgs({ options }).values;
    const read = file ? JSON.parse(readFileSync(path.resolve(STARTED_IN, file), 'utf8')) : {};
    const strange = Object.entries(read).filter(([flag, value]) => !known.includes(flag) || typeof value !== 'string');
    if (strange.length > 0) throw new Error(`${file} should hold texts by the names of flags, not ${strange[0][0]}.`);
    return { ...read, ...flags };
  } catch (error) {
    return refuse(`${error.message}\nKnown: --answers FILE.json ${known.map((flag) => `--${flag}`).join(' ')}`);
  }
}

async function answers(given) {
  const terminal = process.stdin.isTTY && createInterface({ input: process.stdin, output: process.stdout });
  const found = {};
  const missing = [];
  for (const { flag, field, ask, usual: standing } of ALL) {
    const usual = usualOf(field, standing, found);
    const answer = given[flag] ?? (terminal ? await terminal.question(promptOf(ask, usual)) : '');
    found[field] = answer.trim() || usual;
    if (found[field] === undefined) missing.push(`--${flag}`);
  }
  terminal?.close?.();
  if (missing.length > 0) refuse(`Still needed: ${missing.filter((flag) => flag !== '--therapist-name').join(' ')}`);
  const { swedish, sports, 'deep-tissue': deepTissue, roomName, therapistName, hours, ...practice } = found;
  const prices = { swedish, sports, 'deep-tissue': deepTissue };
  return { ...practice, offer: { prices, roomName, therapistName, hours } };
}

function usualOf(field, standing, found) {
  if (field === 'therapistName') return found.ownerName;
  // 42 yen is no price.
  const isPrice = field in { swedish: 1, sports: 1, 'deep-tissue': 1 };
  return isPrice && digitsOf(found.currency.trim().toUpperCase()) !== 2 ? undefined : standing;
}

function promptOf(ask, usual) {
  return usual ? `${ask} [${usual}]: ` : `${ask}: `;
}

function flagOf(field) {
  return ALL.find((question) => question.field === field)?.flag ?? field;
}
