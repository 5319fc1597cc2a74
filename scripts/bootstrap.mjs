// Runs before `npm start` on whatever Node there is, with or without node_modules. So it imports only `node:` modules,
// and uses no syntax that an old Node cannot parse before it is told that it is too old.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { removeUnused } from './remove-unused-packages.mjs';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const DIST = path.join(ROOT, process.env.NEXT_DIST_DIR || '.next');
const ROOMS = [
  'app',
  'browser',
  'care',
  'components',
  'db',
  'mail',
  'public',
  'questions',
  'scheduling',
  'server',
  'workers',
];
const STAMP = path.join(ROOT, 'node_modules', '.fortnight-packages');
const LOCK = path.join(ROOT, '.fortnight-preparing');
const OLDEST_NODE = [20, 19];
const UNTRIED_NODE = 27;

export function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    console.error(`Fortnight needs Node ${OLDEST_NODE.join('.')} or newer; this is Node ${process.versions.node}.`);
    process.exit(1);
  }
  if (major >= UNTRIED_NODE) console.error(`Node ${process.versions.node} is newer than any Fortnight was tried on.`);
}

/**
 * Installs what a server needs, or with `tools` also what tests and checks need. Returns the error, if there was one.
 */
export function installIfNeeded({ tools = false } = {}) {
  return isInstalled(tools) ? undefined : alone(() => install(tools));
}

export function buildIfNeeded() {
  return isBuilt() ? undefined : alone(build);
}

// `npm ci` begins by removing node_modules: two of them at once would both leave it broken.
async function alone(work) {
  let hasPrinted = false;
  while (!(await takeLock())) {
    if (!hasPrinted) console.log(`Another process (${read(LOCK)}) is installing or building here. Waiting for it …`);
    hasPrinted = true;
    await wait(250);
  }
  const giveBack = () => rmSync(LOCK, { force: true });
  process.once('exit', giveBack);
  const problem = await work();
  process.off('exit', giveBack);
  giveBack();
  return problem;
}

async function takeLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') return true; // the folder is not writable: the work itself will report that
    if (isLeftBehind()) rmSync(LOCK, { force: true });
    return false;
  }
  // Two that find a dead process's lock at the same moment may remove each other's new lock, so this one waits and
  // looks again.
  await wait(100);
  return read(LOCK) === String(process.pid);
}

// Its process was killed: while it held the lock, or between creating the file and writing into it.
function isLeftBehind() {
  const holder = Number(read(LOCK));
  if (holder) return !isAlive(holder);
  const createdAt = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs;
  return createdAt !== undefined && Date.now() - createdAt > 2000;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

// A server reads its packages and its build for as long as it runs: a new build would break its open pages. Each server
// leaves a mark with its port (server/main.ts). A killed server leaves its mark too, and another process may have its
// number by now.
async function findServing() {
  for (const name of existsSync(DIST) ? readdirSync(DIST) : []) {
    const [, pid] = /^fortnight-serving-(\d+)$/.exec(name) || [];
    if (!pid) continue;
    const [host, port] = (read(path.join(DIST, name)) || '').split(' ');
    if (isAlive(Number(pid)) && (await isListening(host, Number(port)))) return { pid, port };
    rmSync(path.join(DIST, name), { force: true });
  }
  return undefined;
}

function isListening(host, port) {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(true));
  });
}

function refuseUnder({ pid, port }) {
  return (
    `Fortnight is serving from this folder already (process ${pid}, port ${port}), and what it serves has changed since. ` +
    'Nothing was touched. Stop it, then start again: it is made anew in between.'
  );
}

// "server" or "tools", with a hash of what the packages were installed for.
function isInstalled(tools) {
  const [level, hash] = readStamp();
  return hash === hashOfDependencies() && (level === 'tools' || !tools);
}

function readStamp() {
  return (read(STAMP) || '').split(' ');
}

function stampAs(tools) {
  writeFileSync(STAMP, `${tools ? 'tools' : 'server'} ${hashOfDependencies()}`);
}

function isBuilt() {
  return read(path.join(DIST, 'fortnight-built')) === hashOfSources();
}

async function install(tools) {
  if (isInstalled(tools)) return undefined; // by the process that this one waited for
  const [level] = readStamp();
  if (!level && isInstalledByHand(tools)) {
    stampAs(tools || isInstalledByHand(true));
    return undefined;
  }
  // Packages that are there stay as they are, so a server can go on running from them.
  if (isInstalled(false)) return installWith('Installing what tests need (once)', ['install', '--no-save'], true);
  const server = await findServing();
  if (server) return refuseUnder(server);
  return installWith('Installing packages (a minute or two, once)', ['ci'], tools);
}

async function installWith(title, command, tools) {
  // Said even where it is npm's default: NODE_ENV=production would leave the tools out.
  const args = [...command, tools ? '--include=dev' : '--omit=dev', '--no-progress', '--loglevel=error'];
  if (needsNothingCompiled()) args.push('--ignore-scripts');
  // Compiling may use every core: on two cores that saves half a minute.
  const problem = await shown(title, ...getNpmCommand(args), { JOBS: 'max' });
  if (problem) return problem;
  if (!tools) removeUnused(ROOT);
  stampAs(tools);
  return undefined;
}

// The package that may be compiled is better-sqlite3 12, for Nodes that cannot load 13
// (db/connection/sqlite-library.ts).
function needsNothingCompiled() {
  return Number(process.versions.napi) >= 10;
}

async function build() {
  const stamp = path.join(DIST, 'fortnight-built');
  if (isBuilt()) return undefined;
  const server = await findServing();
  if (server) return refuseUnder(server);
  await buildBrowserScripts();
  const next = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
  // It is TypeScript, so it can be read only once the packages are there.
  const { register } = await import('tsx/esm/api');
  const unregister = register();
  const { loadActionKey } = await import('../server/settings.ts');
  const { compressStaticFiles } = await import('../server/static-files.ts');
  await unregister();
  const key = loadActionKey();
  const env = { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  if (key) env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY = key;
  const problem = await shown('Building the site (once after each change)', process.execPath, [next, 'build'], env);
  if (problem) return problem;
  await compileServer();
  compressStaticFiles(DIST);
  writeFileSync(stamp, hashOfSources());
  return undefined;
}

// Bundles server/main.ts and our own modules that it imports into one file.
async function compileServer() {
  const { build: compile } = await import('esbuild');
  await compile({
    entryPoints: [path.join(ROOT, 'server', 'main.ts')],
    outfile: path.join(DIST, 'fortnight-server.mjs'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
}

// Bundles each script for the pages that need no framework with its imports into one file: a phone on a slow line then
// waits once, not for each module.
async function buildBrowserScripts() {
  const { build: compile } = await import('esbuild');
  const folder = path.join(ROOT, 'public', 'scripts');
  rmSync(folder, { recursive: true, force: true });
  await compile({
    entryPoints: ['question-pages.ts', 'plan.ts', 'times.ts', 'start-on-use.ts'].map((name) =>
      path.join(ROOT, 'browser', name),
    ),
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
  });
}

// How to call npm, whether npm is a shell script, a Windows .cmd, or known only to the process that it started.
export function getNpmCommand(args) {
  const cli = process.env.npm_execpath;
  if (cli && path.basename(cli).startsWith('npm')) return [process.execPath, [cli, ...args]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', args];
}

function hashOfDependencies() {
  const { dependencies, devDependencies, overrides, allowScripts } = JSON.parse(read(path.join(ROOT, 'package.json')));
  const hash = createHash('sha256');
  hash.update(JSON.stringify({ dependencies, devDependencies, overrides, allowScripts }));
  hash.update(read(path.join(ROOT, 'package-lock.json')));
  // better-sqlite3 is compiled for one Node, one system, one processor.
  hash.update([process.versions.modules, process.platform, process.arch].join());
  return hash.digest('hex');
}

// npm writes its own lockfile inside node_modules when an install is complete: somebody may have run `npm ci` already.
function isInstalledByHand(tools) {
  const inside = read(path.join(ROOT, 'node_modules', '.package-lock.json'));
  if (inside === undefined) return false;
  const installed = JSON.parse(inside).packages;
  const locked = JSON.parse(read(path.join(ROOT, 'package-lock.json'))).packages;
  return Object.entries(locked).every(
    ([where, entry]) =>
      where === '' ||
      (installed[where] ? installed[where].version === entry.version : entry.optional || (!tools && entry.dev)),
  );
}

function hashOfSources() {
  const files = readdirSync(ROOT).filter((name) => /\.(ts|js|mjs|json)$/.test(name) && name !== 'next-env.d.ts');
  for (const room of ROOMS) files.push(...filesUnder(room));
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    if (/\.test\.tsx?$/.test(file) || file === 'playwright.config.ts' || file === 'vitest.config.ts') continue;
    hash.update(`${file}\0`).update(readFileSync(path.join(ROOT, file)));
  }
  return hash.digest('hex');
}

function filesUnder(folder) {
  if (!existsSync(path.join(ROOT, folder))) return [];
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const inside = path.join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(inside) : [inside];
  });
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

async function shown(title, command, args, env = {}) {
  const began = Date.now();
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  console.log(`${title} …`);
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && command.endsWith('.cmd'),
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output += chunk;
  });
  const ticking = setInterval(() => console.log(`  … ${seconds()}`), process.stdout.isTTY ? 5_000 : 15_000);
  const stop = () => child.kill('SIGTERM');
  process.once('SIGINT', stop).once('SIGTERM', stop);
  // How the step ended: a step that was killed for lack of memory says nothing itself.
  const end = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message;
      resolve('it could not be started');
    });
    child.once('close', (code, signal) => {
      if (signal) resolve(`it was ended by ${signal}${signal === 'SIGKILL' ? ', perhaps because memory ran out' : ''}`);
      else resolve(code === 0 ? undefined : `exit code ${code}`);
    });
  });
  clearInterval(ticking);
  process.off('SIGINT', stop).off('SIGTERM', stop);
  if (end) return `${output.trimEnd()}\n${title}: failed after ${seconds()}, ${end}.`.trimStart();
  console.log(`  done in ${seconds()}`);
  return undefined;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  refuseOldNode();
  const hasFlag = (flag) => process.argv.includes(flag);
  let problem = await installIfNeeded({ tools: hasFlag('--tools') });
  if (!problem && hasFlag('--build')) problem = await buildIfNeeded();
  if (!problem && hasFlag('--scripts')) await buildBrowserScripts();
  if (problem) {
    console.error(problem);
    process.exit(1);
  }
}
