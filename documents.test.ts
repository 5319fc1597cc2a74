import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

// A page that names what is not there sends a newcomer astray: each file, folder and function it names is looked for.

const ENDINGS = ['', '.ts', '.tsx', '.mjs'];
const find = (name: string) => ENDINGS.map((ending) => name + ending).find((file) => existsSync(file));

describe.each(['ARCHITECTURE.md', 'CONTRIBUTING.md'])('%s', (document) => {
  const text = readFileSync(document, 'utf8');

  it('names files and folders that are there', () => {
    const named = [...text.matchAll(/`((?:[\w.[\]()-]+\/)+[\w.[\]-]*|[\w-]+\.(?:ts|mjs|js|json|yaml))`/g)].map(
      ([, name]) => name!,
    );
    const linked = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, name]) => name!);
    expect(named.length).toBeGreaterThan(5);
    expect([...named, ...linked].filter((name) => !find(name))).toEqual([]);
  });

  it('says of functions where they are', () => {
    const pairs = [...text.matchAll(/`(\w+)`\s+(?:in|of)\s+`([\w./[\]-]+)`/g)];
    const lost = pairs.filter(([, name, file]) => {
      const found = find(file!);
      return !found || !new RegExp(`\\b(?:function|const|class) ${name}\\b`).test(readFileSync(found, 'utf8'));
    });
    expect(lost.map(([pair]) => pair)).toEqual([]);
  });
});
