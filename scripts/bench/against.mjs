import { spawn, spawnSync } from 'node:child_process';
import { constants, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { round } from './measure.mjs';

/**
 * Measures this tree and another commit on the same machine in the same run, one group after the other, and gives each
 * figure of both with their ratio.
 *
 * @param {{ root: string, ref: string, groups: string[] }} options
 */
export async function* compareWith({ root, ref, groups }) {
  const commit = git(root, ['rev-parse', '--verify', '--quiet', `${ref}^{commit}`]);
  if (!commit) throw new Error(`There is no commit "${ref}" here.`);
  const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-against-'));
  try {
    checkOut(root, commit, folder);
    for (const group of groups) {
      const baseline = await figuresOf(folder, group);
      const ours = await figuresOf(root, group);
      for (const figure of ours) yield compareFigure(figure, baseline, ref);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A figure with the one of the same name beside it. The ratio is this p50 divided by the other: below 1, this one is
 * quicker.
 */
export function compareFigure(figure, others, ref) {
  const other = others.find(({ name, c }) => name === figure.name && c === figure.c);
  const isComparable = other && other.unit === figure.unit && other.p50 > 0;
  const ratio = isComparable ? round(figure.p50 / other.p50) : null;
  return { ...figure, against: other ? { ref, p50: other.p50, p99: other.p99, ratio } : null };
}

function checkOut(root, commit, folder) {
  git(root, ['clone', '--quiet', '--shared', '--no-checkout', root, folder]);
  git(folder, ['checkout', '--quiet', commit]);
  const lock = (tree) => read(path.join(tree, 'package-lock.json'));
  // With the same lockfile the other commit can use the packages that are here.
  if (lock(root) === lock(folder) && existsSync(path.join(root, 'node_modules'))) {
    cpSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), {
      recursive: true,
      verbatimSymlinks: true,
      mode: constants.COPYFILE_FICLONE,
    });
  }
  const bootstrap = path.join(folder, 'scripts/bootstrap.mjs');
  if (!existsSync(bootstrap)) return;
  const { status } = spawnSync(process.execPath, [bootstrap, '--tools'], { cwd: folder, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('The packages of the other commit could not be installed.');
}

/** What the tree's own bench prints for a group. Its other messages go to stderr, as ours do. */
async function figuresOf(tree, group) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/bench.mjs', group], {
    cwd: tree,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    printed += chunk;
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`The bench of "${group}" failed in ${tree}.`);
  return printed
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

function git(cwd, args) {
  const { status, stdout } = spawnSync('git', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return status === 0 ? stdout.trim() : '';
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
