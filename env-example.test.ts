import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

// Somebody who runs the site looks for a setting in .env.example and in the README: both must list every setting that
// the code reads.

/** Set by the program itself, by Node, by npm or by Next: people need not know them. */
const notForPeople = new Set([
  'FORTNIGHT_LAN_ORIGINS',
  'HOME',
  'LANG',
  'NEXTAUTH_SECRET',
  'NEXTAUTH_URL',
  'NEXT_PHASE',
  'NEXT_RUNTIME',
  'NEXT_TELEMETRY_DISABLED',
  'NODE_ENV',
  'PATH',
  'npm_execpath',
  'npm_lifecycle_event',
]);

/** Read only by tests, proofs and measurements. */
const forTests = new Set([
  'CHROMIUM_PATH',
  'CI',
  'CLOCK_AHEAD_MS',
  'CLOCK_FROM',
  'CLOCK_TIMES',
  'E2E_DATABASE_URL',
  'E2E_DATA_DIR',
  'E2E_PORT',
  'FC_RUNS',
  'FC_SEED',
  'NEXT_DIST_DIR',
  'NOW',
  'PGBOUNCER',
  'STEADY_SECONDS',
  'TEST_POSTGRES_URL',
  'TEST_RUN',
  'TRACE',
]);

const read = new Set(codeFiles('.').flatMap((file) => namesIn(readFileSync(file, 'utf8'))));
const example = new Set(
  [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm)].map(([, name]) => name!),
);
const documented = new Set(
  [
    ...readFileSync('README.md', 'utf8')
      .split('## Settings')[1]!
      .matchAll(/^\| `([A-Z][A-Z0-9_]*)` \|/gm),
  ].map(([, name]) => name!),
);

describe('the settings', () => {
  it('in the code are all listed in .env.example', () => {
    const missing = [...read].filter((name) => !example.has(name) && !notForPeople.has(name) && !forTests.has(name));
    expect(missing).toEqual([]);
  });

  it('in .env.example and in the README’s table are the same', () => {
    expect([...documented].sort()).toEqual([...example].sort());
  });

  it('that are listed anywhere are read by the code', () => {
    const unread = [...example, ...notForPeople, ...forTests].filter((name) => !read.has(name));
    expect(unread).toEqual([]);
  });

  it('are found in every way that code can read them', () => {
    const code = `process.env.ONE; process.env['TWO']; const { THREE, FOUR: other = 'x' } = process.env;`;
    expect(namesIn(code)).toEqual(['ONE', 'TWO', 'THREE', 'FOUR']);
  });
});

function namesIn(code: string): string[] {
  const single = [...code.matchAll(/process\.env(?:\.([A-Za-z]\w*)|\[\s*['"](\w+)['"]\s*\])/g)];
  const destructured = [...code.matchAll(/\{([^{}]*)\}\s*=\s*process\.env\s*[;\n]/g)];
  return [
    ...single.map(([, dotted, quoted]) => (dotted ?? quoted)!),
    ...destructured.flatMap(([, names]) => [...names!.matchAll(/(?:^|,)\s*(\w+)/g)].map(([, name]) => name!)),
  ];
}

function codeFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const inside = path.join(folder, entry.name);
    if (entry.isDirectory()) return /^(\.|node_modules$|data$|coverage$)/.test(entry.name) ? [] : codeFiles(inside);
    return /\.(ts|tsx|mts|mjs|js)$/.test(entry.name) && entry.name !== 'env-example.test.ts' ? [inside] : [];
  });
}
