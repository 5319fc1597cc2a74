import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';

const root = path.resolve('.');
const folder = mkdtempSync(path.join(tmpdir(), 'fortnight-imports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The errors for a missing module, for a name that it does not export, and for either in a dynamic import. */
const MISSING_IMPORT = /error TS(?:2307|2305|2724)|error TS2339: .* 'typeof import\(/;

// The types of scripts are not checked, so moving a module would break a script's import without an error.
it('every import of every script resolves', { timeout: 120_000 }, () => {
  const config = path.join(folder, 'tsconfig.json');
  const compilerOptions = {
    allowJs: true,
    checkJs: true,
    noImplicitAny: false,
    incremental: false,
    paths: { '@/*': [`${root}/*`] },
    typeRoots: [`${root}/node_modules/@types`],
  };
  const include = [
    ...['scripts', 'server', 'testing'].map((room) => `${root}/${room}/**/*.mjs`),
    `${root}/next-env.d.ts`,
  ];
  const settings = { extends: `${root}/tsconfig.json`, compilerOptions, include, exclude: [] };
  writeFileSync(config, JSON.stringify(settings));
  const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', config, '--pretty', 'false', '--listFiles'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const lines = stdout.split('\n');
  expect(lines.filter((line) => line.startsWith(`${root}/scripts/`) && line.endsWith('.mjs')).length).toBeGreaterThan(
    20,
  );
  expect(lines.filter((line) => MISSING_IMPORT.test(line))).toEqual([]);
});
