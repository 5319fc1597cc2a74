// npm run prove -- races|attempts|desks|attacks|crashes|mail|standby|pooler [--short]: tries to break two promises:
// nothing is booked twice, and nothing is lost that was acknowledged or has to be sent. Needs the production build.
// Prints one line per proof; exit code 1 when one failed.
import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { exitWithMessage } from '../server/settings.ts';
import { findOrInstallPostgres, freePort, startPostgres } from '../testing/postgres.mjs';
import { CRASH_SCENARIOS } from './prove/crashes.ts';
import { startPgBouncer } from './prove/pgbouncer.ts';
import { RACES } from './prove/races.ts';
import { auditOf, environment, ROOT, startServer } from './prove/server.ts';
import { failover } from './prove/standby.ts';

const KINDS = { races, attempts, desks, attacks, crashes, mail, standby, pooler };
const { kinds, isShort } = readArgs();
const temporary = mkdtempSync(path.join(tmpdir(), 'fortnight-prove-'));
const cleanUps = [() => rmSync(temporary, { recursive: true, force: true })];
let passed = 0;
let failed = 0;

for (const kind of kinds) {
  await KINDS[kind]().catch((error) => report(kind, () => Promise.reject(error)));
}
for (const undo of cleanUps) await undo();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

async function races() {
  await raceOn('SQLite', 1, { DATA_DIR: path.join(temporary, 'sqlite') });
  const server = await postgres();
  if (!server.ok) return report('a PostgreSQL to race on', () => Promise.reject(new Error(server.reason)));
  for (const processes of isShort ? [2] : [1, 2, 4]) {
    await inNewDatabase(server.url, processes, async (DATABASE_URL) => {
      await raceOn('PostgreSQL', processes, { DATA_DIR: path.join(temporary, 'postgres'), DATABASE_URL });
      if (processes === 2)
        await report('moved to SQLite and back to PostgreSQL', () => moveBothWays(server.url, DATABASE_URL));
    });
  }
}

async function raceOn(engine, processes, env) {
  mkdirSync(env.DATA_DIR, { recursive: true });
  const servers = await Promise.all(Array.from({ length: processes }, () => startServer(env)));
  const addresses = servers.map(({ address }) => address);
  let day = 130; // far from what the demo has booked, and between two clock changes
  const nextDay = () => {
    day += 7;
    return new Date(Date.now() + day * 86_400_000).toISOString().slice(0, 10);
  };
  const where = `${engine}, ${processes} ${processes === 1 ? 'process' : 'processes'}`;
  for (const [name, race] of Object.entries(RACES)) {
    await report(`${where}: ${name}`, () => race({ addresses, clients: 200, nextDay }, isShort ? 240 : 5_000));
  }
  await Promise.all(servers.map((server) => server.end('SIGTERM')));
  await report(`${where}: the audit of it all`, () => clean(env));
}

function moveBothWays(server, from) {
  const file = `file:${path.join(temporary, 'moved.db')}`;
  return inNewDatabase(server, 'back', async (back) => {
    const [moved, movedBack] = [move(from, file), move(file, back)];
    if (moved !== movedBack) throw new Error(`the sums differ:\n${moved}\n${movedBack}`);
    for (const DATABASE_URL of [file, back]) await clean({ DATABASE_URL });
  });
}

function move(from, to) {
  const args = ['--import', 'tsx', 'scripts/move-database.mjs', '--from', from, '--to', to];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.trim());
  return stdout.split('\n').slice(1, -2).join('\n');
}

/** Each file of prove/attacks is one thing that a stranger may try. It throws when the attack worked. */
async function attacks() {
  const folder = path.join(import.meta.dirname, 'prove', 'attacks');
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
    const { title, attack } = await import(pathToFileURL(path.join(folder, file)).href);
    await report(title, () => attack(mkdtempSync(path.join(temporary, 'attack-')), { isShort, postgres }));
  }
}

async function crashes() {
  for (const [name, crash] of Object.entries(CRASH_SCENARIOS)) {
    const folder = mkdtempSync(path.join(temporary, 'crash-'));
    await report(name, () => crash(folder, isShort));
  }
}

async function mail() {
  const [messages, kills] = isShort ? [150, 6] : [2_000, 50];
  const folder = path.join(temporary, 'mail');
  await report('mail from a worker that is killed, through a server that fails', () =>
    proveMail({ DATA_DIR: folder }, messages, kills, 1),
  );
  await report('reminders by a worker that is killed, while dates are cancelled and moved', () =>
    proveIn('reminders', { DATA_DIR: path.join(temporary, 'reminders') }, ...(isShort ? [20, 3, 1] : [240, 50, 1])),
  );
  for (const [way, through] of [
    ['twilio', 'a text service'],
    ['android', 'a phone'],
  ]) {
    const place = { DATA_DIR: path.join(temporary, `texts-${way}`) };
    await report(`texts by a worker that is killed, through ${through} that fails, delays and repeats`, () =>
      proveIn('texts', place, ...(isShort ? [20, 3, 1] : [120, 50, 1]), way),
    );
  }
  const server = await postgres();
  if (!server.ok) return report('a PostgreSQL to send from', () => Promise.reject(new Error(server.reason)));
  await inNewDatabase(server.url, 'mail', (DATABASE_URL) =>
    report('mail from four workers at once on PostgreSQL', () =>
      proveMail({ DATABASE_URL }, isShort ? 150 : 1_000, 0, 4),
    ),
  );
  await inNewDatabase(server.url, 'reminders', (DATABASE_URL) =>
    report('reminders by several workers at once on PostgreSQL', () =>
      proveIn('reminders', { DATABASE_URL }, ...(isShort ? [20, 0, 2] : [120, 0, 3])),
    ),
  );
}

function proveMail(env, ...size) {
  return proveIn('mail', env, ...size);
}

/** Each proof is a process of its own, because the engine is chosen by DATABASE_URL when the schema is loaded. */
function proveIn(file, env, ...size) {
  const args = ['--import', 'tsx', `scripts/prove/${file}.ts`, ...size.map(String)];
  const options = { cwd: ROOT, env: environment(env), encoding: 'utf8' };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  if (status !== 0) throw new Error(/^\w*Error: (.*)/m.exec(stderr)?.[1] ?? stderr.trim().split('\n').at(-1));
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

async function attempts() {
  const sqlite = { DATA_DIR: path.join(temporary, 'attempts') };
  await report('attempts at the database, SQLite, 2 processes', () => attempt(sqlite, 2, isShort ? 4_000 : 1_000_000));
  const server = await postgres();
  if (!server.ok) return report('a PostgreSQL to race on', () => Promise.reject(new Error(server.reason)));
  await inNewDatabase(server.url, 'attempts', (DATABASE_URL) =>
    report('attempts at the database, PostgreSQL, 4 processes', () =>
      attempt({ DATABASE_URL }, 4, isShort ? 4_000 : 200_000),
    ),
  );
}

async function attempt(env, processes, count) {
  await attempting(env, ['open']);
  const all = Array.from({ length: processes }, () => attempting(env, ['go', String(count / processes)]));
  const figures = (await Promise.all(all)).map((line) => JSON.parse(line));
  await clean(env);
  return figures.reduce((sum, figure) =>
    Object.fromEntries(Object.keys(figure).map((key) => [key, figure[key] + sum[key]])),
  );
}

function attempting(env, args) {
  return new Promise((resolve, reject) => {
    const file = ['--import', 'tsx', 'scripts/prove/database-races.ts', ...args];
    execFile(process.execPath, file, { cwd: ROOT, env: environment(env) }, (error, stdout, stderr) =>
      error ? reject(new Error(stderr.trim().split('\n').slice(-6).join(' '))) : resolve(stdout),
    );
  });
}

/** Four desks and 200 clients at once, in a practice of their own. */
async function desks() {
  const size = isShort ? [20, 50] : [60, 200];
  await report('desks that drag while clients book, SQLite', () =>
    proveIn('desks', { DATA_DIR: path.join(temporary, 'desks') }, ...size, 1),
  );
  const server = await postgres();
  if (!server.ok) return report('a PostgreSQL to drag on', () => Promise.reject(new Error(server.reason)));
  await inNewDatabase(server.url, 'desks', (DATABASE_URL) =>
    report('desks that drag while clients book, PostgreSQL, 2 processes', () =>
      proveIn('desks', { DATA_DIR: path.join(temporary, 'desks-postgres'), DATABASE_URL }, ...size, 2),
    ),
  );
}

function standby() {
  const folder = mkdtempSync(path.join(temporary, 'app-'));
  return report('a primary killed under load, and its synchronous standby promoted', () =>
    failover(folder, findOrInstallPostgres(), freePort),
  );
}

/** Runs the races again through PgBouncer, where each transaction gets another connection of the server. */
async function pooler() {
  const [server, place] = [await postgres(), findOrInstallPostgres()];
  if (!server.ok || !place.ok)
    return report('a PostgreSQL to put a pooler before', () =>
      Promise.reject(new Error(server.reason ?? place.reason)),
    );
  cleanUps.unshift(() => rmSync(place.folder, { recursive: true, force: true }));
  const bouncer = await startPgBouncer(server.url, { ...place, port: await freePort() });
  await inNewDatabase(server.url, 'pooler', async (_, name) => {
    try {
      const folder = path.join(temporary, 'pooler');
      await raceOn('PostgreSQL behind PgBouncer', 2, { DATA_DIR: folder, DATABASE_URL: bouncer.urlOf(name) });
    } finally {
      await bouncer.stop();
    }
  });
}

async function postgres() {
  if (process.env.TEST_POSTGRES_URL) return { ok: true, url: process.env.TEST_POSTGRES_URL };
  const server = await startPostgres();
  if (server.ok) cleanUps.unshift(server.stop);
  return server;
}

/** Gives `work` the address and the name of a new database on a server, and drops it afterwards. */
async function inNewDatabase(server, suffix, work) {
  const name = `fortnight_prove_${process.pid}_${suffix}`;
  await runSql(server, `create database ${name}`);
  try {
    const url = new URL(server);
    url.pathname = `/${name}`;
    await work(url.href, name);
  } finally {
    await runSql(server, `drop database ${name} with (force)`);
  }
}

async function runSql(url, statement) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function clean(env) {
  const found = auditOf(env);
  if (found) throw new Error(found);
}

async function report(name, proof) {
  const began = performance.now();
  try {
    const figures = Object.entries((await proof()) ?? {}).map(([what, figure]) => `${what} ${figure}`);
    passed++;
    console.log(`✓ ${name}${figures.length ? `: ${figures.join(', ')}` : ''} (${seconds(began)})`);
  } catch (error) {
    failed++;
    console.log(`✗ ${name}: ${error.message} (${seconds(began)})`);
  }
}

function seconds(since) {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

function readArgs() {
  try {
    const { values, positionals } = parseArgs({ options: { short: { type: 'boolean' } }, allowPositionals: true });
    const odd = positionals.find((kind) => !(kind in KINDS));
    if (odd || positionals.length === 0)
      throw new Error(odd ? `There is no proof called ${odd}.` : 'Say what to prove.');
    return { kinds: positionals, isShort: values.short === true };
  } catch (error) {
    return exitWithMessage(`${error.message}\nnpm run prove -- ${Object.keys(KINDS).join('|')} [--short]`);
  }
}
