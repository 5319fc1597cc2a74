import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { version } from '../node_modules/next/package.json';

// Private files may change in any version. When this fails: read them again in the new version, see that the server
// still stops at a database it cannot use (main.test.ts), then name the version here.
it('was read in the version of Next that is installed', () => {
  expect(version).toBe('16.4.5');
});

it('is the only file that imports private files of Next', () => {
  const importing = ['app', 'components', 'db', 'mail', 'scripts', 'server', 'testing', 'workers', '.']
    .flatMap((room) =>
      readdirSync(room, { recursive: room !== '.', encoding: 'utf8' }).map((name) => path.join(room, name)),
    )
    .filter(
      (file) => /\.(ts|tsx|mjs)$/.test(file) && /(?:from|import\()\s*'next\/dist\//.test(readFileSync(file, 'utf8')),
    );
  expect(importing).toEqual([path.join('server', 'next-internals.ts')]);
});
