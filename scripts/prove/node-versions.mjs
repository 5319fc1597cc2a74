// npm run prove:nodes [-- 20 24]: on each Node that Fortnight supports, in a copy of this folder with nothing
// installed: `npm start`, a booking, a look at it, a stop, the audit. The runtimes come from the npm package "node". It
// takes some minutes for each version, and so is no part of `npm test`. Prints one line per version; exit code 1 when
// one failed.
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { getNpmCommand } from '../bootstrap.mjs';

const ROOT = path.dirname(path.dirname(import.meta.dirname));
const SUPPORTED = ['20', '22', '24', '26'];
const LONGEST_START_MS = 60 * 60_000; // SQLite is compiled for Node 20, beside whatever else is going on

const versions = process.argv.slice(2).filter((word) => /^\d+(\.\d+)*$/.test(word));
const temporary = mkdtempSync(path.join(tmpdir(), 'fortnight-nodes-'));
const children = new Set();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(temporary, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

let failed = 0;
for (const version of versions.length > 0 ? versions : SUPPORTED) {
  try {
    console.log(`✓ Node ${await prove(version)}`);
  } catch (error) {
    failed += 1;
    console.log(`✗ Node ${version}: ${error.message}`);
  }
}
process.exit(failed > 0 ? 1 : 0);

async function prove(version) {
  const folder = path.join(temporary, version);
  const node = installNode(version, path.join(folder, 'runtime'));
  const copy = path.join(folder, 'fortnight');
  copySources(copy);
  const env = settings(path.dirname(node), await freePort());
  const began = Date.now();
  const server = startIn(copy, env);
  await ready(server);
  const startSeconds = Math.round((Date.now() - began) / 1000);
  const { name, startsAt } = await bookOne(`http://127.0.0.1:${env.PORT}`);
  server.child.kill('SIGTERM');
  await server.code;
  await stopped(copy, server);
  const audit = spawnSync(node, ['--import', 'tsx', 'scripts/audit.mjs'], { cwd: copy, env, encoding: 'utf8' });
  if (audit.status !== 0) throw new Error(`the audit: ${audit.stdout}${audit.stderr}`);
  const megabytes = Math.round(sizeOf(path.join(copy, 'node_modules')) / 1e6);
  const exact = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  rmSync(folder, { recursive: true, force: true });
  return `${exact}: installed (${megabytes} MB), built and served in ${startSeconds} s, booked ${name} (${startsAt}), stopped`;
}

function installNode(version, folder) {
  mkdirSync(folder, { recursive: true });
  const [command, args] = getNpmCommand([
    'install',
    '--prefix',
    folder,
    '--no-save',
    '--no-audit',
    '--no-fund',
    `node@${version}`,
  ]);
  const { status, stderr, stdout } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`this Node could not be had: ${stderr || stdout}`);
  return path.join(folder, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Copies what a clone would have: the files that git tracks, and new files that it does not ignore. */
function copySources(to) {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: ROOT });
  if (listed.status !== 0) throw new Error(`git cannot list this folder: ${listed.stderr}`);
  for (const file of String(listed.stdout).split('\0').filter(Boolean)) {
    if (statSync(path.join(ROOT, file), { throwIfNoEntry: false })) cpSync(path.join(ROOT, file), path.join(to, file));
  }
}

// Without the environment of the npm that started this: it would bring its own Node.
function settings(bin, port) {
  const passedOn = Object.entries(process.env).filter(([name]) => !/^npm_|^(NODE|NEXT)_/i.test(name));
  const PATH = [bin, process.env.PATH].join(path.delimiter);
  return {
    ...Object.fromEntries(passedOn),
    PATH,
    PORT: String(port),
    HOST: '127.0.0.1',
    BASE_URL: '',
    DATABASE_URL: '',
  };
}

function startIn(folder, env) {
  const child = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...env, DATA_DIR: path.join(folder, 'data') },
    shell: process.platform === 'win32',
  });
  env.DATA_DIR = path.join(folder, 'data');
  children.add(child);
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (words += chunk));
  const code = new Promise((resolve) => child.once('close', resolve));
  code.then(() => children.delete(child));
  return { child, output: () => words, code };
}

async function ready(server) {
  for (const end = Date.now() + LONGEST_START_MS; Date.now() < end; await wait(100)) {
    if (/ready at http/.test(server.output())) return;
    if (server.child.exitCode !== null) throw new Error(`it did not start: ${server.output()}`);
  }
  throw new Error(`it was not ready in time: ${server.output()}`);
}

/** npm ends at once. A server that stops by itself removes its mark and closes its database, so this waits for both. */
async function stopped(folder, server) {
  const isThere = () =>
    readdirSync(path.join(folder, '.next')).some((name) => name.startsWith('fortnight-serving-')) ||
    readdirSync(path.join(folder, 'data')).includes('fortnight.db-wal');
  for (const end = Date.now() + 30_000; Date.now() < end; await wait(100)) if (!isThere()) return;
  throw new Error(`it did not stop: ${server.output().slice(-500)}`);
}

/** The first free hour of the first massage, a month ahead. */
async function bookOne(site) {
  const [service] = (await expectStatus(200, `${site}/api/v1/services`)).services;
  const minutes = service.lengths[0].minutes;
  const from = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const question = new URLSearchParams({ service: service.id, minutes, from, days: '7' });
  const { openings } = await expectStatus(200, `${site}/api/v1/openings?${question}`);
  const series = {
    service: service.id,
    minutes,
    cadence: 'once',
    appointments: [{ startsAt: openings[0].startsAt, therapist: 'any' }],
    client: { name: 'Ana Costa', email: 'ana@example.org' },
  };
  const booked = await expectStatus(201, `${site}/api/v1/series`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `nodes-${process.pid}-${Date.now()}` },
    body: JSON.stringify(series),
  });
  await expectStatus(200, `${site}/api/v1/series/${booked.uid}`, {
    headers: { Authorization: `Bearer ${booked.manageToken}` },
  });
  return { name: service.id, startsAt: openings[0].startsAt };
}

async function expectStatus(status, url, options) {
  const response = await fetch(url, options);
  const text = await response.text();
  if (response.status !== status) throw new Error(`${url} answered ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text);
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) return sum + sizeOf(inside);
    return sum + (entry.isFile() ? statSync(inside).size : 0);
  }, 0);
}
