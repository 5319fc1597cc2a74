import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

// A document that names a missing file sends a newcomer astray, so each file, folder and function that it names is
// looked up.

const ENDINGS = ['', '.ts', '.tsx', '.mjs'];
const find = (name: string) => ENDINGS.map((ending) => name + ending).find((file) => existsSync(file));

describe.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('names only files and folders that exist', () => {
    const named = [...text.matchAll(/`((?:[\w.[\]()-]+\/)+[\w.[\]-]*|[\w-]+\.(?:ts|mjs|js|json|yaml))`/g)].map(
      ([, name]) => name!,
    );
    const linked = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, name]) => name!);
    expect(named.length).toBeGreaterThan(5);
    expect([...named, ...linked].filter((name) => !find(name))).toEqual([]);
  });

  it('names functions in the files where they are', () => {
    const pairs = [...text.matchAll(/`(\w+)`\s+(?:in|of)\s+`([\w./[\]-]+)`/g)];
    const missing = pairs.filter(([, name, file]) => {
      const found = find(file!);
      return !found || !new RegExp(`\\b(?:function|const|class) ${name}\\b`).test(readFileSync(found, 'utf8'));
    });
    expect(missing.map(([pair]) => pair)).toEqual([]);
  });
});

/** Files that run: tests, proofs of `npm run prove`, and lint rules. */
const RUNS = /\.(?:test\.tsx?|spec\.ts)$|^scripts\/prove\/|^scripts\/lint\//;
const filesIn = (text: string) => [...text.matchAll(/`((?:[\w.[\]()-]+\/)*[\w.[\]-]+\.(?:tsx?|grit|json))`/g)];
const isAt = (text: string) => filesIn(text).map(([, name]) => name!);
const rowsOf = (document: string, first: RegExp) =>
  readFileSync(document, 'utf8')
    .split('\n')
    .filter((line) => first.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(' | ')
        .map((cell) => cell.trim()),
    );

describe('docs/faults.md', () => {
  const rows = rowsOf('docs/faults.md', /^\| (?:\d+ )?\| (?!What \|)/);
  const proofs = (cell: string) => [...cell.matchAll(/-- (\w+)`/g)].map(([, kind]) => kind!);

  it('has a row for each numbered fault, and a test in every row', () => {
    const numbers = new Set(rows.map(([number]) => Number(number)).filter(Boolean));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 54 }, (_, k) => k + 1));
    const untested = rows.filter(
      ([, , , tests = '']) =>
        !/\bfaults\b/.test(tests) && !isAt(tests).some((name) => RUNS.test(name)) && !proofs(tests)[0],
    );
    expect(untested).toEqual([]);
  });

  it('names only tests and proofs that exist', () => {
    const tests = rows.map(([, , , cell = '']) => cell);
    expect(tests.flatMap(isAt).filter((name) => !existsSync(name))).toEqual([]);
    const kinds = /const KINDS = \{([^}]+)\}/.exec(readFileSync('scripts/prove.mjs', 'utf8'))![1]!.match(/\w+/g)!;
    expect(tests.flatMap(proofs).filter((kind) => !kinds.includes(kind))).toEqual([]);
  });

  /** The numbers at the beginning of a file's test titles; in a table of cases the title comes after the cases. */
  const titles = (file: string) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:\b(?:it|test|describe)|\]\))\(\s*['"`](\d+)[. ]/g)].map(([, n]) => n);

  it('lists `faults` for exactly those rows whose number begins a title in app/api/v1/faults.test.ts', () => {
    const tested = rows.filter(([, , , tests = '']) => /^faults\b|; faults\b/.test(tests)).map(([number]) => number);
    const titlesTried = new Set(titles('app/api/v1/faults.test.ts'));
    expect(tested.filter((number) => !titlesTried.has(number))).toEqual([]);
    expect([...titlesTried].filter((number) => !tested.includes(number!))).toEqual([]);
  });

  it('names, from row 35 on, a file with a test whose title begins with the number of the row', () => {
    const missing = Array.from({ length: 20 }, (_, k) => String(35 + k)).filter((number) => {
      const files = rows.filter((row) => row[0] === number).flatMap(([, , , tests = '']) => isAt(tests));
      return !files.some((file) => RUNS.test(file) && titles(file).includes(number));
    });
    expect(missing).toEqual([]);
  });
});

describe('SECURITY.md', () => {
  const rows = rowsOf('SECURITY.md', /^\| V\d+ /);

  it('has each chapter of the standard, in order, with the tests that cover it', () => {
    expect(rows.map(([chapter = '']) => chapter.split(' ')[0])).toEqual(
      Array.from({ length: 17 }, (_, k) => `V${k + 1}`),
    );
    for (const [chapter, held = ''] of rows)
      expect(/^Nothing to hold/.test(held) || isAt(held).some((name) => RUNS.test(name)), chapter).toBe(true);
  });

  it('names only tests and attacks that exist', () => {
    const named = rows.flatMap(([, ...cells]) => cells.flatMap(isAt));
    expect(named.length).toBeGreaterThan(40);
    expect(named.filter((name) => !existsSync(name))).toEqual([]);
  });

  it('names every attack in scripts/prove/attacks', () => {
    const text = readFileSync('SECURITY.md', 'utf8');
    const attacks = readdirSync('scripts/prove/attacks').map((name) => `scripts/prove/attacks/${name}`);
    expect(attacks.filter((name) => !text.includes(name))).toEqual([]);
  });
});
