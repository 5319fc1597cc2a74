import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'oxc-parser';
import { expect, it } from 'vitest';

// A rename through all files also reaches the text on pages: "Don’t cancel" once became the name of a function.
it('no text on a page contains an identifier from the code', () => {
  const texts = listSourceFiles().flatMap(listTexts);
  expect(texts.length).toBeGreaterThan(1000);
  expect(texts.filter(({ text }) => /[a-z][A-Z]/.test(text)).map(({ file, text }) => `${file}: ${text}`)).toEqual([]);
});

function listSourceFiles(): string[] {
  return ['app', 'components'].flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx'))
      .map((file) => path.join(room, file)),
  );
}

function listTexts(file: string): { file: string; text: string }[] {
  const { program } = parseSync(file, readFileSync(file, 'utf8'));
  const texts: { file: string; text: string }[] = [];
  const visit = (node: unknown) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { type, value } = node as { type?: string; value?: unknown };
    if (type === 'JSXText' && typeof value === 'string' && value.trim() !== '')
      texts.push({ file, text: value.trim() });
    Object.values(node).forEach(visit);
  };
  visit(program);
  return texts;
}
