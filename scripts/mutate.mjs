// Breaks one operator of scheduling/ at a time and sees whether a test notices. By hand, not in `npm test`:
//   node scripts/mutate.mjs [--every 1] [--workers 2] [file …]
// Works on a copy in the temporary folder. Prints each survivor with its line, and at last how many were killed. A mutant
// whose tests use several times the processor time of unbroken ones counts as killed: it made a loop endless. The system's
// own limit ends them, so that neither a busy machine nor a stopped run leaves one behind.

import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { every: { type: 'string', default: '1' }, workers: { type: 'string', default: '2' } },
});

/** Formatting puts spaces around operators, and none around type brackets. */
const SWAPS = [
  [/ <= /g, ' < '],
  [/ < /g, ' <= '],
  [/ >= /g, ' > '],
  [/ > /g, ' >= '],
  [/ === /g, ' !== '],
  [/ !== /g, ' === '],
  [/ && /g, ' || '],
  [/ \|\| /g, ' && '],
  [/ \?\? /g, ' && '],
  [/ \+ /g, ' - '],
  [/ - /g, ' + '],
  [/ \* /g, ' / '],
  [/ \/ /g, ' * '],
  [/ % /g, ' * '],
  [/ \+= /g, ' -= '],
  [/\+\+/g, '--'],
  [/\bMath\.min\b/g, 'Math.max'],
  [/\bMath\.max\b/g, 'Math.min'],
  [/\bMath\.floor\b/g, 'Math.ceil'],
  [/\bMath\.ceil\b/g, 'Math.floor'],
  // With a semicolon after it, and nothing given or assigned, it is a type.
  [/(?<=(?:=|return) )true\b|\btrue\b(?!;)/g, 'false'],
  [/(?<=(?:=|return) )false\b|\bfalse\b(?!;)/g, 'true'],
  [/(?<=[( ])!(?=[a-z])/g, ''],
  [/\bbreak;/g, ';'],
  [/\bcontinue;/g, ';'],
  [/\.some\(/g, '.every('],
  [/\.every\(/g, '.some('],
  [/(?<=[ (])[01](?=[,;) ])/g, '2'],
];

/** The tests that are about a file, the quick ones first: the others run only when those have not noticed. */
const ABOUT = {
  'alternatives.ts': ['alternatives', 'malformed'],
  'availability.ts': ['availability.test', 'malformed'],
  'cadence.ts': ['cadence', 'malformed'],
  'field.ts': ['field', 'malformed'],
  'grid.ts': ['grid', 'availability.test', 'standing-times', 'malformed', 'availability-oracle'],
  'interval.ts': ['interval', 'malformed'],
  'rooms.ts': ['availability.test', 'malformed'],
  'series.ts': ['series.test', 'series-edit'],
  'standing-times.ts': ['standing-times', 'malformed'],
  'working-hours.ts': ['availability.test', 'malformed', 'availability-oracle'],
  'zone.ts': ['zone.test', 'examples', 'zone-changes', 'availability-oracle'],
};

const files = readdirSync('scheduling').filter(
  (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'tell.ts',
);
/** As they were at the beginning: somebody may be working on them. */
const sources = new Map(files.map((file) => [file, readFileSync(path.join('scheduling', file), 'utf8')]));

function listMutants(file) {
  const mutants = [];
  let isExample = false;
  for (const [index, line] of sources.get(file).split('\n').entries()) {
    if (line.startsWith('/**')) isExample = true;
    const isCode = !isExample && !/^\s*(\/\/|\/\*\*|\*|import |export type |type )/.test(line);
    if (line.endsWith('*/')) isExample = false;
    if (!isCode) continue;
    for (const [pattern, other] of SWAPS) {
      for (const match of line.matchAll(pattern)) {
        const before = line.slice(0, match.index);
        const isQuoted = (before.match(/'/g) ?? []).length % 2 === 1;
        if (isQuoted || before.includes(' // ') || before.includes('malformed(')) continue;
        mutants.push({ file, index, line, broken: before + other + line.slice(match.index + match[0].length) });
      }
    }
  }
  return mutants;
}

function makeCopy() {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'mutate-'));
  for (const folder of ['scheduling', 'care', 'testing']) cpSync(folder, path.join(copy, folder), { recursive: true });
  cpSync('tsconfig.json', path.join(copy, 'tsconfig.json'));
  symlinkSync(path.resolve('node_modules'), path.join(copy, 'node_modules'));
  writeFileSync(
    path.join(copy, 'vitest.config.mjs'),
    `export default { resolve: { alias: { '@': ${JSON.stringify(copy)} } }, test: { include: ['scheduling/**/*.test.ts'], maxWorkers: 1 } };`,
  );
  return copy;
}

const testsOf = (file) => ABOUT[file] ?? [file.replace(/\.ts$/, '.test')];

async function survives(copy, mutant, patience) {
  const target = path.join(copy, 'scheduling', mutant.file);
  const original = sources.get(mutant.file);
  const lines = original.split('\n');
  lines[mutant.index] = mutant.broken;
  writeFileSync(target, lines.join('\n'));
  let survived = true;
  for (const tests of testsOf(mutant.file)) survived = survived && (await passes(copy, tests, patience.get(tests)));
  writeFileSync(target, original);
  return survived;
}

function passes(copy, tests, seconds) {
  const vitest = [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--bail=1', '--silent', '--pool=threads'];
  const limited = ['-c', `ulimit -t ${seconds} && exec "$@"`, 'sh', ...vitest, `scheduling/${tests}`];
  return new Promise((resolve) => {
    const env = { ...process.env, FC_RUNS: '25', FC_SEED: '7' };
    spawn('sh', limited, { cwd: copy, env, stdio: 'ignore' }).on('exit', (code) => resolve(code === 0));
  });
}

const chosen = positionals.length > 0 ? files.filter((file) => positionals.includes(file)) : files;
const mutants = chosen.flatMap(listMutants).filter((_, i) => i % Number(values.every) === 0);
const queue = [...mutants];
const survivors = [];

await Promise.all(
  Array.from({ length: Number(values.workers) }, async () => {
    const copy = makeCopy();
    // Unbroken code must pass, or every mutant would seem to be killed.
    const patience = new Map();
    for (const tests of new Set(chosen.flatMap(testsOf))) {
      const began = performance.now();
      if (!(await passes(copy, tests, 600))) throw new Error(`The tests of ${tests} fail unbroken.`);
      patience.set(tests, Math.ceil(4 + (3 * (performance.now() - began)) / 1000));
    }
    for (let mutant = queue.shift(); mutant; mutant = queue.shift()) {
      if (!(await survives(copy, mutant, patience))) continue;
      survivors.push(mutant);
      console.log(`${mutant.file}:${mutant.index + 1}\n  - ${mutant.line.trim()}\n  + ${mutant.broken.trim()}`);
    }
    rmSync(copy, { recursive: true });
  }),
);
const say = (name, all, left) =>
  console.log(`${name}: ${all - left} of ${all} killed, ${((100 * (all - left)) / all).toFixed(1)} %`);
const countOf = (list, file) => list.filter((mutant) => mutant.file === file).length;
for (const file of chosen) say(file, countOf(mutants, file), countOf(survivors, file));
say('all', mutants.length, survivors.length);
