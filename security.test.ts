import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Every file that a page names in backticks, by a path or by an ending; not commands, settings or addresses. */
function filesNamedIn(page: string): string[] {
  const named = [
    ...readFileSync(page, 'utf8').matchAll(
      /`([\w[\].-]+(?:\/[\w[\].-]+)*\.(?:test\.tsx?|spec\.ts|tsx?|mjs|json|grit|md))`/g,
    ),
  ];
  return [...new Set(named.map(([, file]) => file!))];
}

describe.each(['SECURITY.md', 'docs/faults.md'])('%s', (page) => {
  it('names only files that exist', () => {
    expect(filesNamedIn(page).length).toBeGreaterThan(30);
    expect(filesNamedIn(page).filter((file) => !existsSync(file))).toEqual([]);
  });
});

it('SECURITY.md names a test for every chapter, or says that nothing applies', () => {
  const rows = readFileSync('SECURITY.md', 'utf8').match(/^\| V\d+ .*$/gm) ?? [];
  expect(rows.map((row) => Number(/\d+/.exec(row)))).toEqual(Array.from({ length: 17 }, (_, k) => k + 1));
  for (const row of rows) {
    const [, , held, missing] = row.split('|');
    expect(held).toMatch(/`.+\.(test|spec)\.ts`|^ Nothing to hold: /);
    if (!held!.startsWith(' Nothing')) expect(missing!.trim()).not.toBe('');
  }
});
