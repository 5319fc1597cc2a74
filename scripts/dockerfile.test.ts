import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeUnused } from './remove-unused-packages.mjs';

// There may be no container engine where these tests run. So the steps of the Dockerfile are run as they are written
// there, in a folder of its own, with the packages that `npm ci --omit=dev` would install, without those that no server
// reads.

const MINUTES = 60_000;
const SET_UP_MINUTES = 15; // a build, beside whatever else is going on
const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-image-'));
const program = path.join(folder, 'fortnight');
let server: ChildProcess | undefined;
afterAll(() => {
  server?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}, MINUTES);

/** The instructions of each stage: the keyword, such as `RUN`, and its text. */
const stages = readFileSync('Dockerfile', 'utf8')
  .replace(/^#.*\n/gm, '')
  .replace(/\\\n/g, ' ')
  .split(/^(?=FROM )/m)
  .filter((stage) => stage.startsWith('FROM '))
  .map((stage) =>
    stage
      .split('\n')
      .filter(Boolean)
      .map((line) => ({ name: line.split(' ', 1)[0] ?? '', rest: line.slice(line.indexOf(' ') + 1).trim() })),
  );
const [building = [], serving = []] = stages;
const named = (stage: typeof building, name: string) =>
  stage.filter((step) => step.name === name).map(({ rest }) => rest);
const commandIn = (text = '') => JSON.parse(text.slice(text.indexOf('['))) as string[];

/**
 * What `COPY . .` copies: the files that git knows, without the names in .dockerignore, which are all in the top
 * folder.
 */
function copySources(): void {
  const ignored = readFileSync('.dockerignore', 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => new RegExp(`^${line.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`));
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  for (const file of listed.stdout.split('\0').filter((name) => name && existsSync(name))) {
    const [first = ''] = file.split('/');
    if (!ignored.some((pattern) => pattern.test(first))) cpSync(file, path.join(program, file));
  }
}

/** Hard links instead of copies: the files are only read, or removed. */
function linkPackages(): void {
  const { packages, ...lock } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const kept = Object.entries<{ dev?: boolean }>(packages).filter(
    ([name, { dev }]) => name !== '' && !dev && existsSync(name),
  );
  for (const [name] of kept) linkFolder(name, path.join(program, name));
  const inside = JSON.stringify({ ...lock, packages: Object.fromEntries(kept) });
  writeFileSync(path.join(program, 'node_modules', '.package-lock.json'), inside);
  removeUnused(program);
}

function linkFolder(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isFile()) linkOrCopy(source, target);
    else if (entry.isDirectory() && entry.name !== 'node_modules') linkFolder(source, target); // the files of folders are listed too
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch {
    copyFileSync(source, target); // the temporary folder may be on another disk
  }
}

async function run(command: string, args: string[], env: NodeJS.ProcessEnv) {
  const child = spawn(command, args, { cwd: program, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [status] = await once(child, 'close');
  return { status, output };
}

/** A container's environment: of ours only the PATH, and an npm that must not be called. */
function containerEnv(more: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG } = process.env;
  const commands = path.join(folder, 'bin');
  return { PATH: [commands, path.dirname(process.execPath), PATH].join(path.delimiter), HOME, LANG, ...more } as never;
}

function freePort(): Promise<string> {
  return new Promise((resolve) => {
    const other = createServer().listen(0, '127.0.0.1', () => {
      const { port } = other.address() as { port: number };
      other.close(() => resolve(String(port)));
    });
  });
}

it('starts the server as npm start does, and so does systemd', () => {
  const { start } = JSON.parse(readFileSync('package.json', 'utf8')).scripts as { start: string };
  expect(commandIn(named(serving, 'CMD')[0]).join(' ')).toBe(start);
  const [, service] = /^ExecStart=\/usr\/bin\/env (.*)$/m.exec(readFileSync('deploy/fortnight.service', 'utf8')) ?? [];
  expect(service).toBe(start);
});

describe('the Dockerfile', () => {
  let env: NodeJS.ProcessEnv;
  beforeAll(async () => {
    copySources();
    linkPackages();
    mkdirSync(path.join(folder, 'bin'));
    writeFileSync(path.join(folder, 'bin', 'npm'), '#!/bin/sh\necho "npm was called" >&2\nexit 1\n');
    chmodSync(path.join(folder, 'bin', 'npm'), 0o755);
    const settings = named(serving, 'ENV')
      .join(' ')
      .split(/\s+/)
      .map((setting) => setting.split('=') as [string, string]);
    env = containerEnv({
      ...Object.fromEntries(settings),
      PORT: await freePort(),
      DATA_DIR: path.join(folder, 'data'), // the volume
      DEMO: '0',
    });
  }, 2 * MINUTES);

  it('builds the site with only the packages of a server, and keeps no data of the build', {
    timeout: SET_UP_MINUTES * MINUTES,
  }, async () => {
    const steps = named(building, 'RUN').map((step) => step.replace(/--mount=\S+\s+/g, ''));
    expect(steps[0]).toContain('bootstrap.mjs --build');
    for (const step of steps) {
      const { status, output } = await run('sh', ['-c', step], containerEnv({}));
      expect(status, `${step}: ${output}`).toBe(0);
    }
    expect(existsSync(path.join(program, '.next', 'BUILD_ID'))).toBe(true);
    for (const left of ['data', '.next/cache', '.env', 'e2e', 'node_modules/vitest', 'node_modules/playwright-core'])
      expect(existsSync(path.join(program, left)), left).toBe(false);
  });

  it('serves the site, is healthy only from then on, and stops when asked', { timeout: 2 * MINUTES }, async () => {
    const [health, ...check] = commandIn(named(serving, 'HEALTHCHECK')[0]);
    const isHealthy = async () => (await run(health!, check, env)).status === 0;
    expect(await isHealthy()).toBe(false);
    const [command, ...args] = commandIn(named(serving, 'CMD')[0]);
    server = spawn(command!, args, { cwd: program, env });
    let output = '';
    for (const stream of [server.stdout, server.stderr]) stream?.on('data', (chunk) => (output += chunk));
    const ended = once(server, 'close');
    for (const end = Date.now() + MINUTES; !/ready at http/.test(output); await wait(50)) {
      if (server.exitCode !== null || Date.now() > end) throw new Error(`It did not start: ${output}`);
    }
    expect(await isHealthy()).toBe(true);
    server.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  });

  it('runs as an unprivileged user, who owns the folder for the data', () => {
    expect(named(serving, 'USER')).toEqual(['node']);
    expect(named(serving, 'VOLUME')).toEqual(['/data']);
    expect(named(serving, 'ENV').join(' ')).toContain('DATA_DIR=/data');
    expect(named(serving, 'RUN').join()).toMatch(/install -d -o node .* \/data/);
  });
});
