import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// What comes before a first start, in a folder of its own, with an npm that only notes when it began and ended.

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'fortnight-bootstrap-'));
  mkdirSync(path.join(root, 'scripts'));
  for (const file of ['package.json', 'package-lock.json', 'scripts/bootstrap.mjs', 'scripts/static-files.mjs'])
    cpSync(file, path.join(root, file));
  writeFileSync(
    path.join(root, 'npm-cli.cjs'),
    `const { appendFileSync, mkdirSync } = require('node:fs');
    appendFileSync('calls', 'began '); setTimeout(() => { mkdirSync('node_modules', { recursive: true }); appendFileSync('calls', 'ended '); }, 700);`,
  );
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

async function prepare() {
  const env = { ...process.env, npm_execpath: path.join(root, 'npm-cli.cjs') };
  const child = spawn(process.execPath, ['scripts/bootstrap.mjs'], { cwd: root, env });
  let said = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (said += chunk));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, said };
}

it('installs once when two are started at the same moment, and the second says that it waits', async () => {
  const both = await Promise.all([prepare(), prepare()]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect(readFileSync(path.join(root, 'calls'), 'utf8')).toBe('began ended ');
  expect(both.filter(({ said }) => /is installing or building here\. Waiting/.test(said))).toHaveLength(1);
  expect(existsSync(path.join(root, '.fortnight-preparing'))).toBe(false);
});

describe('one that was killed', () => {
  async function gone() {
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => child.once('close', resolve));
    return String(child.pid);
  }

  it.each([
    ['with the lock in hand', gone],
    ['before it had written into the lock', async () => ''],
  ])('%s is not waited for, and its place is taken by one alone', async (_, left) => {
    writeFileSync(path.join(root, '.fortnight-preparing'), await left());
    const all = await Promise.all([prepare(), prepare(), prepare()]);
    expect(all.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(readFileSync(path.join(root, 'calls'), 'utf8')).toBe('began ended ');
  });
});
