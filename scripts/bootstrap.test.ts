import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// What happens before a first start, in a folder of its own, with an npm that only records when it began and ended.

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'fortnight-bootstrap-'));
  mkdirSync(path.join(root, 'scripts'));
  for (const file of [
    'package.json',
    'package-lock.json',
    'scripts/bootstrap.mjs',
    'scripts/remove-unused-packages.mjs',
    'server/static-files.ts',
    'server/settings.ts',
    'text-gateway-settings.ts',
    'mail/is-mail-enabled.ts',
    'site-address.ts',
  ])
    cpSync(file, path.join(root, file));
  writeFileSync(
    path.join(root, 'npm-cli.cjs'),
    `const { appendFileSync, mkdirSync } = require('node:fs');
    appendFileSync('commands', process.argv.slice(2).filter((word) => !/progress|loglevel|scripts/.test(word)).join(' ') + '\\n');
    appendFileSync('calls', 'began '); setTimeout(() => { mkdirSync('node_modules', { recursive: true }); appendFileSync('calls', 'ended '); }, 700);`,
  );
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function prepare(...options: string[]) {
  const env = { ...process.env, npm_execpath: path.join(root, 'npm-cli.cjs'), DATA_DIR: path.join(root, 'data') };
  const child = spawn(process.execPath, ['scripts/bootstrap.mjs', ...options], { cwd: root, env });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, output };
}

it('installs once when two processes start at the same moment, and the second says that it waits', async () => {
  const both = await Promise.all([prepare(), prepare()]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(readFileSync(path.join(root, 'calls'), 'utf8')).toBe('began ended ');
  expect(both.filter(({ output }) => /is installing or building here\. Waiting/.test(output))).toHaveLength(1);
  expect(existsSync(path.join(root, '.fortnight-preparing'))).toBe(false);
});

describe('a step that fails', () => {
  it.each([
    ['process.exit(7)', 'exit code 7.'],
    ["process.kill(process.pid, 'SIGKILL')", 'it was ended by SIGKILL, perhaps because memory ran out.'],
    ["process.kill(process.pid, 'SIGTERM')", 'it was ended by SIGTERM.'],
  ])('shows its output and how it ended: %s', async (ending, how) => {
    writeFileSync(path.join(root, 'npm-cli.cjs'), `console.log('what npm said'); ${ending};`);
    const { code, output } = await prepare();
    expect(code).toBe(1);
    expect(output).toMatch(/what npm said\n[^\n]*: failed after \d+ s, /);
    expect(output).toContain(how);
  });
});

describe('a process that was killed', () => {
  async function deadProcessLock() {
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => child.once('close', resolve));
    return String(child.pid);
  }

  it.each([
    ['with the lock in hand', deadProcessLock],
    ['before it had written into the lock', async () => ''],
  ])('%s is not waited for, and exactly one other process takes its place', async (_, writeLock) => {
    writeFileSync(path.join(root, '.fortnight-preparing'), await writeLock());
    const all = await Promise.all([prepare(), prepare(), prepare()]);
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(readFileSync(path.join(root, 'calls'), 'utf8')).toBe('began ended ');
  });
});

describe('the installed packages', () => {
  const readCommands = () =>
    existsSync(path.join(root, 'commands')) ? readFileSync(path.join(root, 'commands'), 'utf8').trim().split('\n') : [];
  const leave = (file: string, text = '') => {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  };

  /** What npm leaves behind after installing these packages of the lockfile. */
  function installByHand(isWanted: (entry: { dev?: boolean }) => boolean) {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    const some = Object.entries<{ dev?: boolean }>(packages).filter(([where, entry]) => where && isWanted(entry));
    leave('node_modules/.package-lock.json', JSON.stringify({ packages: Object.fromEntries(some) }));
  }

  it('are those a server needs for a start, then those for tests, and neither is installed a second time', async () => {
    for (const option of ['--none', '--none', '--tools', '--tools', '--none'])
      expect((await prepare(option)).code).toBe(0);
    expect(readCommands()).toEqual(['ci --omit=dev', 'install --no-save --include=dev']);
  });

  it('are all installed at once where tests come first', async () => {
    for (const option of ['--tools', '--none', '--tools']) await prepare(option);
    expect(readCommands()).toEqual(['ci --include=dev']);
  });

  it('are installed again when the lockfile has changed, with the tools or without', async () => {
    await prepare('--tools');
    const file = path.join(root, 'package-lock.json');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
    await prepare();
    expect(readCommands()).toEqual(['ci --include=dev', 'ci --omit=dev']);
  });

  it('can be extended with the tools while a server runs from them', async () => {
    await prepare();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    leave(`.next/fortnight-serving-${process.pid}`, `127.0.0.1 ${(server.address() as { port: number }).port}`);
    expect((await prepare('--tools')).code).toBe(0);
    server.close();
    expect(readCommands()).toHaveLength(2);
  });

  it('are left as they are where somebody ran npm ci', async () => {
    installByHand(() => true);
    for (const option of ['--none', '--tools']) expect((await prepare(option)).code).toBe(0);
    expect(readCommands()).toEqual([]);
  });

  it('are enough for a start, but lack the tools, where somebody ran npm ci --omit=dev', async () => {
    installByHand((entry) => !entry.dev);
    await prepare();
    expect(readCommands()).toEqual([]);
    await prepare('--tools');
    expect(readCommands()).toEqual(['install --no-save --include=dev']);
  });

  it('keep no source maps for a server', async () => {
    leave('node_modules/next/dist/server.js.map');
    leave('node_modules/next/dist/server.js');
    leave('node_modules/roads/paris.map');
    await prepare();
    expect(existsSync(path.join(root, 'node_modules/next/dist/server.js.map'))).toBe(false);
    expect(existsSync(path.join(root, 'node_modules/next/dist/server.js'))).toBe(true);
    expect(existsSync(path.join(root, 'node_modules/roads/paris.map'))).toBe(true);
  });
});

describe('a build', () => {
  const built = () => readFileSync(path.join(root, 'builds'), 'utf8').trim().split('\n');
  const change = () => writeFileSync(path.join(root, 'log.ts'), String(Math.random()));
  const serving = (pid: number | undefined) => path.join(root, '.next', `fortnight-serving-${pid}`);

  beforeEach(async () => {
    await prepare();
    for (const tool of ['tsx', 'esbuild'])
      symlinkSync(path.resolve('node_modules', tool), path.join(root, 'node_modules', tool), 'junction');
    writeFileSync(path.join(root, 'server/main.ts'), "import { loadSettings } from './settings';\nloadSettings();\n");
    const next = path.join(root, 'node_modules/next/dist/bin');
    mkdirSync(next, { recursive: true });
    writeFileSync(
      path.join(next, 'next'),
      `const { appendFileSync, mkdirSync } = require('node:fs'); mkdirSync('.next/static', { recursive: true });
      appendFileSync('builds', process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY + '\\n');
      if (!require('node:fs').existsSync('public/scripts/question-pages.js')) process.exit(1);`,
    );
    mkdirSync(path.join(root, 'browser'));
    writeFileSync(
      path.join(root, 'browser/question-pages.ts'),
      "import { words } from './search.ts';\nalert(words);\n",
    );
    for (const name of ['plan', 'times', 'start-on-use'])
      writeFileSync(path.join(root, `browser/${name}.ts`), 'alert(1);\n');
    writeScript('first');
  });
  const writeScript = (words: string) =>
    writeFileSync(path.join(root, 'browser/search.ts'), `export const words: string = '${words}';\n`);

  it('makes the scripts of its pages before Next builds, and its server afterwards; the scripts can also be built alone', async () => {
    const script = () => readFileSync(path.join(root, 'public/scripts/question-pages.js'), 'utf8');
    expect((await prepare('--build')).code).toBe(0);
    expect(script()).toContain('first');
    expect(script()).not.toContain('import'); // one file
    // and the server, as one file of JavaScript
    expect(readFileSync(path.join(root, '.next/fortnight-server.mjs'), 'utf8')).toMatch(/function loadSettings\(/);
    writeScript('after a build');
    expect((await prepare('--scripts')).code).toBe(0);
    expect(script()).toContain('after a build');
    expect(built()).toHaveLength(1);
  });

  it('50 gets one key, made before the first build and kept for every later one, so that open forms keep working', async () => {
    expect((await prepare('--build')).code).toBe(0);
    change();
    expect((await prepare('--build')).code).toBe(0);
    const [first, second, ...more] = built();
    expect(Buffer.from(first!, 'base64')).toHaveLength(32);
    expect(second).toBe(first);
    expect(more).toEqual([]);
    const file = path.join(root, 'data', 'actions-key');
    expect(readFileSync(file, 'utf8').trim()).toBe(first);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  });

  it('50 is not made, and nothing is installed, while a server runs from it; once the server has ended, both go ahead', async () => {
    await prepare('--build');
    const server = spawn(process.execPath, [
      '-e',
      "require('node:net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })",
    ]);
    const [port] = await once(server.stdout, 'data');
    writeFileSync(serving(server.pid), `127.0.0.1 ${String(port).trim()}`);
    expect((await prepare('--build')).code, 'nothing has changed: it may start').toBe(0);

    change();
    const refused = await prepare('--build');
    expect(refused.code).toBe(1);
    expect(refused.output).toMatch(
      new RegExp(`serving from this folder already \\(process ${server.pid}, port ${port}`.trim()),
    );
    rmSync(path.join(root, 'node_modules/.fortnight-packages'));
    expect((await prepare()).code).toBe(1);
    expect(built()).toHaveLength(1);
    expect(readFileSync(path.join(root, 'calls'), 'utf8')).toBe('began ended ');

    server.kill('SIGKILL');
    await once(server, 'close');
    expect((await prepare('--build')).code).toBe(0);
    expect(existsSync(serving(server.pid))).toBe(false);
  });

  it('is made when a server left only a mark, with a number that another process has now', async () => {
    await prepare('--build');
    change();
    writeFileSync(serving(process.pid), '127.0.0.1 1');
    expect((await prepare('--build')).code).toBe(0);
    expect(built()).toHaveLength(2);
  });
});
