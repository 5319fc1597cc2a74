// Makes the practice, its owner and its first offer, in an empty database: `npm run setup`, for owners who start with
// DEMO=0 and would rather not answer in the browser. Answers come from flags or the file of --answers. On a terminal
// the others are asked for, and each answer is checked at once. Without a terminal the defaults are taken, and missing
// answers without a default are named.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { DEFAULT_ROOM_NAME, DEFAULT_WEEKLY_HOURS, getDefaultPrices } from '../db/practice/new-practice-defaults.ts';
import { exitWithMessage, loadSettings } from '../server/settings.ts';
import { askUntilValid, openTerminalPrompt } from './terminal-prompt.ts';

const QUESTIONS = [
  { flag: 'name', field: 'name', label: 'Name of the practice' },
  { flag: 'owner-name', field: 'ownerName', label: 'Name of its owner' },
  { flag: 'owner-email', field: 'ownerEmail', label: 'E-mail address the owner signs in with' },
  { flag: 'time-zone', field: 'timeZone', label: 'Time zone', usual: Intl.DateTimeFormat().resolvedOptions().timeZone },
  { flag: 'country', field: 'country', label: "Country, such as IE, if not the time zone's", usual: '' },
  { flag: 'currency', field: 'currency', label: 'Currency', usual: 'EUR' },
  { flag: 'locale', field: 'locale', label: 'Language and country', usual: 'en-IE' },
  { flag: 'address', field: 'address', label: 'Address', usual: '' },
  { flag: 'phone', field: 'phone', label: 'Phone number', usual: '' },
  { flag: 'mail-from', field: 'mailFrom', label: "Address its mail comes from, if not the owner's", usual: '' },
  { flag: 'reply-to', field: 'mailReplyTo', label: 'Address that answers go to, if another', usual: '' },
  { flag: 'closed-days', field: 'closedDays', label: 'Closed on holidays: public, none, or days', usual: 'public' },
];
const RULES = [
  { flag: 'cancel-cutoff', field: 'cancelCutoffMinutes', label: 'Cancel free until, in hours before', usual: '24' },
  { flag: 'move-cutoff', field: 'moveCutoffMinutes', label: 'Move until, in hours before', usual: '12' },
  { flag: 'notice', field: 'noticeMinutes', label: 'Book at least, in hours before', usual: '2' },
  { flag: 'window', field: 'windowDays', label: 'Book at most, in days ahead', usual: '400' },
  { flag: 'step', field: 'stepMinutes', label: 'Minutes between two starts that are offered', usual: '15' },
];
const OFFER = [
  { flag: 'swedish', field: 'swedish', label: 'Swedish, price of 30/60/90 minutes, - for a length, or none' },
  { flag: 'sports', field: 'sports', label: 'Sports, price of 30/60/90 minutes, - for a length, or none' },
  {
    flag: 'deep-tissue',
    field: 'deep-tissue',
    label: 'Deep tissue, price of 30/60/90 minutes, - for a length, or none',
  },
  { flag: 'setup-minutes', field: 'setupMinutes', label: 'Minutes kept free before each', usual: '0' },
  { flag: 'cleanup-minutes', field: 'cleanupMinutes', label: 'Minutes kept free after each', usual: '15' },
  { flag: 'room', field: 'roomName', label: 'Name of the room', usual: DEFAULT_ROOM_NAME },
  { flag: 'owner-gives', field: 'ownerGives', label: 'Is the owner the first therapist, yes or no', usual: 'yes' },
  { flag: 'therapist-name', field: 'therapistName', label: 'Name of the first therapist' },
  { flag: 'hours', field: 'hours', label: 'Their working hours', usual: DEFAULT_WEEKLY_HOURS },
];
const ALL = [...QUESTIONS, ...RULES, ...OFFER];
const PRICES = ['swedish', 'sports', 'deep-tissue'];
/** The settings that a start needs again. Those that hold a password are named, but not shown. */
const SETTINGS = ['DATA_DIR', 'DATABASE_URL', 'HOST', 'PORT', 'BASE_URL', 'AUTH_SECRET', 'SMTP_URL', 'MAIL_FROM'];
const SECRET = ['DATABASE_URL', 'AUTH_SECRET', 'SMTP_URL'];

const STARTED_IN = process.cwd();
// Read before .env, because a start reads .env again by itself.
const settings = SETTINGS.filter((name) => process.env[name]).map((name) => [name, process.env[name]]);
process.chdir(path.dirname(import.meta.dirname));
const { dataDir } = loadSettings();
const { getConnection } = await import('../db/connection/database-client.ts');
const { loadDataKeys } = await import('../db/connection/data-keys.ts');
const { checkNewPractice, setUpPractice } = await import('../db/practice/setup.ts');
const { getPractice } = await import('../db/practice/practice.ts');
const { isSetUp } = await import('../db/practice/setup-draft.ts');
const flags = readFlags();
const connection = await getConnection().catch((error) =>
  exitWithMessage(`Fortnight cannot use its database: ${error.message}`),
);
await connection.migrate();
await loadDataKeys(connection);
if (await isSetUp()) exitWithMessage(isThere((await getPractice()).name));
const practice = await answers(flags).catch((error) => {
  if (error.name !== 'AbortError') throw error;
  exitWithMessage('\nNothing was made.'); // Ctrl-C or Ctrl-D
});
const created = await setUpPractice(practice, Date.now());
await connection.close();

if (created.ok) {
  console.log(`\n${practice.name} is made, in ${process.env.DATABASE_URL ? 'the database of DATABASE_URL' : dataDir}.`);
  console.log(`${practice.offer.therapistName} can be booked: ${practice.offer.hours}, in ${practice.offer.roomName}.`);
  console.log(`Sign in as ${practice.ownerEmail}. Start with:  ${startCommand()}`);
} else if (created.reason === 'exists') {
  exitWithMessage(isThere(created.name));
} else {
  exitWithMessage(created.issues.map(({ path: field, message }) => `--${flagOf(field.at(-1))}: ${message}`).join('\n'));
}

function readFlags() {
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
    return exitWithMessage(
      `${error.message}\nKnown: --answers FILE.json ${known.map((flag) => `--${flag}`).join(' ')}`,
    );
  }
}

async function answers(flagValues) {
  const asker = process.stdin.isTTY && openTerminalPrompt(process.stdin, process.stdout);
  const found = {};
  const missing = [];
  for (const { flag, field, label, usual: standing } of ALL) {
    const usual = usualOf(field, standing, found);
    const check = (answer) => wrongWith(field, { ...found, [field]: answer });
    if (flagValues[flag] !== undefined || !asker) found[field] = flagValues[flag]?.trim() || usual;
    else found[field] = await askUntilValid(asker, { prompt: promptOf(label, usual), usual, check }, console.log);
    if (found[field] === undefined) missing.push(`--${flag}`);
  }
  asker?.close?.();
  if (missing.length > 0)
    exitWithMessage(`Still needed: ${missing.filter((flag) => flag !== '--therapist-name').join(' ')}`);
  return practiceOf(found);
}

/**
 * By the same rules by which the practice is made: the error of this answer, given the answers so far, or undefined.
 */
function wrongWith(field, found) {
  const soFar = { ...Object.fromEntries(ALL.map(({ field, usual = '' }) => [field, usual])), ...found };
  // The massages that are not asked for yet could all be offered, so they get a placeholder price.
  for (const id of PRICES) if (!(id in found)) soFar[id] = '1/1/1';
  const issues = checkNewPractice(practiceOf(soFar), Date.now());
  return issues.find(({ path }) => path.at(-1) === field)?.message;
}

function practiceOf(found) {
  const pick = (questions) => Object.fromEntries(questions.map(({ field }) => [field, found[field]]));
  const { swedish, sports, 'deep-tissue': deepTissue, ...offer } = pick(OFFER);
  const prices = { swedish, sports, 'deep-tissue': deepTissue };
  return { ...pick(QUESTIONS), policies: pick(RULES), offer: { ...offer, prices } };
}

function usualOf(field, standing, found) {
  if (field === 'therapistName') return found.ownerGives === 'no' ? undefined : found.ownerName;
  if (PRICES.includes(field))
    return getDefaultPrices(field, found.currency.trim().toUpperCase()).join('/') || undefined;
  return standing;
}

function promptOf(label, usual) {
  return usual ? `${label} [${usual}]: ` : `${label}: `;
}

function flagOf(field) {
  return ALL.find((question) => question.field === field)?.flag ?? field;
}

function isThere(name) {
  return `This database already holds the practice ${name}. Set DATA_DIR to an empty folder for another one.`;
}

/** The start command, with the settings that were given to this command, so that it opens the same practice. */
function startCommand() {
  const named = settings.map(([name, value]) => `${name}=${SECRET.includes(name) ? `"$${name}"` : quoted(value)}`);
  return [...named, 'DEMO=0', 'npm start'].join(' ');
}

function quoted(value) {
  return /^[\w./:@-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}
