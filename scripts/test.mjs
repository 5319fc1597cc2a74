// npm test: all checks and tests, from a clone with nothing installed. It goes on after a failure, and ends with one
// line that counts them all.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { buildIfNeeded, getNpmCommand, installIfNeeded, refuseOldNode } from './bootstrap.mjs';

const FIRST_ZONE = 'Asia/Kathmandu';
const ROOT = path.dirname(import.meta.dirname);
const temporary = mkdtempSync(path.join(tmpdir(), 'fortnight-test-'));
const began = Date.now();
const children = new Set();
const cleanUps = [() => rmSync(temporary, { recursive: true, force: true })];
let passed = 0;
let failed = 0;

process.chdir(ROOT);
process.env.FC_SEED ??= chooseSeed();
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, async () => {
    for (const child of children) child.kill('SIGTERM');
    await cleanUp();
    process.exit(1);
  });
}

refuseOldNode();
const notInstalled = await installIfNeeded({ tools: true });
if (notInstalled) {
  report('the packages', false, notInstalled);
  await finish();
}
const { getChromium } = await import('../testing/chromium-executable.mjs');
const { installDebianPackage } = await import('../testing/install-debian-package.mjs');
const { freePort, startPostgres } = await import('../testing/postgres.mjs');
// Another program that reads our calendar files. It is installed only on CI; elsewhere its tests run only where it is
// there.
if (process.env.CI === 'true' && spawnSync('khal', ['--version']).status !== 0) installDebianPackage('khal');

await check('the lockfile can be installed', ...getNpmCommand(['ci', '--dry-run', '--ignore-scripts']));
await check('the types of routes', ...bin('next/dist/bin/next', ['typegen']));
await Promise.all([
  check('lint and form', ...bin('@biomejs/biome/bin/biome', ['check', '.', '--max-diagnostics=50'])),
  check('types', ...bin('typescript/bin/tsc', ['--noEmit'])),
  check('nothing dead, tests counted', ...bin('knip/bin/knip.js', [])),
  check('nothing that only tests call', ...bin('knip/bin/knip.js', ['--production'])),
]);
await rules('rules, in Kathmandu, and every branch of them', FIRST_ZONE, ['--coverage']);
await rules("rules, in St John's", 'America/St_Johns');
await vitest('the question library', 'questions');
const postgres = await startPostgres();
if (postgres.ok) cleanUps.unshift(postgres.stop);
report('a PostgreSQL to test on', postgres.ok, postgres.ok ? '' : postgres.reason);
const onPostgres = postgres.ok ? { TEST_POSTGRES_URL: postgres.url } : {};
await vitest('the database on SQLite', 'shell', {}, ['--project', 'mocked']);
if (postgres.ok) await vitest('the database on PostgreSQL', 'postgres', onPostgres, ['--project', 'postgres-mocked']);
if (await build()) {
  // Both wait more than they work: for a server to stop, for a lease to expire.
  await Promise.all([
    vitest('npm start, as a process', 'process', onPostgres),
    prove('mail that may not be lost', 'mail'),
  ]);
  await prove('races for one time', 'races');
  // These two need no server, which on a busy machine would refuse visitors or be late.
  await Promise.all([
    prove('attempts at one calendar', 'attempts'),
    vitest('npm start, in a clean folder', 'clean-folder'),
  ]);
  await prove('attacks by a stranger', 'attacks');
  await prove('a server that is killed', 'crashes');
  await journeys();
}
await finish();

async function finish() {
  await cleanUp();
  console.log(`\nAll of it took ${seconds(began)}.\n`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 ? 1 : 0);
}

async function build() {
  const start = Date.now();
  const problem = await buildIfNeeded();
  report('the production build', !problem, problem ?? '', start);
  return !problem;
}

async function journeys() {
  const chromium = await getChromium();
  report('a Chromium to test in', Boolean(chromium), 'none found, and none could be fetched');
  if (!chromium) return;
  await journey('journeys in a browser', chromium, { DATABASE_URL: '' });
  if (!postgres.ok) return;
  const url = await postgres.makeDatabase('fortnight_journey');
  // The journey that everything else is for.
  const only = ['question-to-appointment', '--project=phone', '--fully-parallel'];
  await journey('that journey on PostgreSQL', chromium, { DATABASE_URL: url }, only);
}

async function journey(title, chromium, { DATABASE_URL }, only = []) {
  const dataDir = mkdtempSync(path.join(temporary, 'data-'));
  const results = path.join(temporary, 'journeys.json');
  rmSync(results, { force: true });
  const start = Date.now();
  const { output } = await run(...bin('@playwright/test/cli', ['test', ...only, '--reporter=line,json']), {
    CHROMIUM_PATH: chromium,
    E2E_DATA_DIR: dataDir,
    E2E_DATABASE_URL: DATABASE_URL,
    E2E_PORT: String(await freePort()),
    PLAYWRIGHT_JSON_OUTPUT_NAME: results,
  });
  const { stats, errors = [], suites = [] } = readJson(results) ?? {};
  const bad = (stats?.unexpected ?? 0) + errors.length || (stats ? 0 : 1);
  // A journey that passes only at the second attempt hides a failure.
  const said = [output, ...suites.flatMap(listPagesOfFailures)].join('\n');
  count(title, stats?.expected ?? 0, bad + (stats?.flaky ?? 0) + (stats?.skipped ?? 0), said, start);
  await check('the audit of what they left behind', process.execPath, ['--import', 'tsx', 'scripts/audit.mjs'], {
    DATA_DIR: dataDir,
    DATABASE_URL,
  });
}

/** What the page of each failed journey showed at its end, as Playwright wrote it down. */
function listPagesOfFailures({ suites = [], specs = [] }) {
  const attachments = specs
    .flatMap(({ tests }) => tests.flatMap(({ results }) => results))
    .filter(({ status }) => status !== 'passed')
    .flatMap(({ attachments }) => attachments)
    .filter(({ name, path }) => name === 'error-context' && path);
  const shown = attachments.map(({ path }) => readFileSync(path, 'utf8').split('\n').slice(10, 160).join('\n'));
  return [...shown, ...suites.flatMap(listPagesOfFailures)];
}

async function vitest(title, project, env = {}, more = []) {
  const results = path.join(temporary, `${project}.json`);
  rmSync(results, { force: true });
  const start = Date.now();
  const args = ['run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json', ...more];
  const { code, output } = await run(...bin('vitest/vitest.mjs', [...args, `--outputFile.json=${results}`]), env);
  const found = readJson(results);
  const good = found?.numPassedTests ?? 0;
  const skipped = (found?.numPendingTests ?? 0) + (found?.numTodoTests ?? 0);
  // A file that cannot even be loaded fails without a test of its own.
  const broken = found?.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const bad = (found?.numFailedTests ?? 0) + (broken ?? 0) + skipped;
  count(title, good, code !== 0 && bad === 0 ? 1 : bad, output, start);
}

async function rules(title, TZ, more = []) {
  const FC_SEED = String(Number(process.env.FC_SEED) + (TZ === FIRST_ZONE ? 0 : 1));
  await vitest(`${title}, with seed ${FC_SEED}`, 'rules', { TZ, FC_SEED }, more);
}

/**
 * The seed of the random cases: the same for the same committed files, so that their cases can be run again and a second
 * run says the same; another for each commit, so that new cases are tried.
 */
function chooseSeed() {
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD^{tree}'], { encoding: 'utf8' });
  const tree = /^[0-9a-f]{7}/.exec(stdout ?? '')?.[0];
  return String(tree ? Number.parseInt(tree, 16) : Math.floor(Math.random() * 2 ** 31));
}

async function prove(title, kind) {
  const start = Date.now();
  const args = ['--import', 'tsx', 'scripts/prove.mjs', kind, '--short'];
  const { code, output } = await run(process.execPath, args);
  const [, good = 0, bad = 0] = /(\d+) passed, (\d+) failed\s*$/.exec(output) ?? [];
  count(title, Number(good), Number(bad) || (code === 0 ? 0 : 1), output, start);
}

async function check(title, command, args, env) {
  const start = Date.now();
  const { code, output } = await run(command, args, env);
  report(title, code === 0, output, start);
}

function report(title, isGood, output, start = Date.now()) {
  count(title, isGood ? 1 : 0, isGood ? 0 : 1, output, start);
}

function count(title, good, bad, output, start) {
  passed += good;
  failed += bad;
  const tally = bad ? `${good} passed, ${bad} FAILED` : `${good} passed`;
  console.log(`${bad ? '✗' : '✓'} ${title}: ${tally} (${seconds(start)})`);
  if (bad) console.log(output.trimEnd().replace(/^/gm, '    '));
}

function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', FORCE_COLOR: '0', ...env } };
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const still = setInterval(() => console.log(`  … ${seconds(began)}`), 30_000);
    let output = '';
    const append = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', append);
    child.stderr.on('data', append);
    children.add(child);
    const finish = (code) => {
      clearInterval(still);
      children.delete(child);
      resolve({ code, output });
    };
    child.once('error', (error) => {
      output += error.message;
      finish(1);
    });
    child.once('close', finish);
  });
}

// The packages' own files, not the shims of .bin: those cannot be spawned on Windows, and hide the child's id.
function bin(file, args) {
  return [process.execPath, [path.join(ROOT, 'node_modules', file), ...args]];
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

async function cleanUp() {
  for (const undo of cleanUps.splice(0)) await undo();
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
