import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
// @ts-expect-error: a script without types
import { compareFigure, compareWith } from './bench/against.mjs';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A repository whose bench prints a different figure for each commit: 10, and 5 in the uncommitted work tree. */
function repository(): string {
  const root = mkdtempSync(path.join(tmpdir(), 'fortnight-bench-test-'));
  folders.push(root);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], { cwd: root });
  const bench = (p50: number) =>
    writeFileSync(
      path.join(root, 'scripts/bench.mjs'),
      `console.log('words'); console.log(JSON.stringify({ name: process.argv[2], unit: 'ms', p50: ${p50}, p99: 20, n: 3 }));`,
    );
  mkdirSync(path.join(root, 'scripts'));
  symlinkSync(path.resolve('node_modules'), path.join(root, 'node_modules'));
  writeFileSync(path.join(root, '.gitignore'), 'node_modules\n');
  writeFileSync(path.join(root, 'package.json'), '{"type":"module"}');
  bench(10);
  git('init', '-q');
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
  bench(5);
  return root;
}

describe('two commits measured in one run', () => {
  it('are printed side by side with their ratio, and nothing of the other commit is left behind', async () => {
    const before = leftFolders();
    const found = [];
    for await (const figure of compareWith({ root: repository(), ref: 'HEAD', groups: ['one', 'two'] }))
      found.push(figure);
    expect(found).toEqual(
      ['one', 'two'].map((name) => ({
        ...{ name, unit: 'ms', p50: 5, p99: 20, n: 3 },
        against: { ref: 'HEAD', p50: 10, p99: 20, ratio: 0.5 },
      })),
    );
    expect(leftFolders()).toEqual(before);
  });

  it('are matched by concurrency, and compared only in the same unit', () => {
    const figure = (p50: number, c: number, unit = 'ms') => ({ name: 'http-book', unit, p50, p99: 1, c });
    const others = [figure(4, 1), figure(2, 8)];
    expect(compareFigure(figure(3, 8), others, 'v1')).toMatchObject({ against: { ref: 'v1', p50: 2, ratio: 1.5 } });
    expect(compareFigure(figure(3, 64), others, 'v1')).toMatchObject({ against: null });
    expect(compareFigure(figure(3, 1, 's'), others, 'v1')).toMatchObject({ against: { p50: 4, ratio: null } });
  });

  it('need a commit that exists', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', 'scripts/bench.mjs', 'free', '--against', 'no-such-commit'],
      { encoding: 'utf8' },
    );
    expect([status, stderr.trim()]).toEqual([1, 'There is no commit "no-such-commit" here.']);
  });
});

function leftFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('fortnight-against-'));
}
