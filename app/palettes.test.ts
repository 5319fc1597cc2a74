import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { PRACTICE_COLOURS } from '@/db/practice/appearance';
import { practiceColourHex, TEXT_ON_COLOUR } from '@/mail/colours';

// WCAG 2.2, 1.4.3 and 1.4.11, computed from the values in app/globals.css.

const css = readFileSync('app/globals.css', 'utf8');

type Values = Record<string, string>;

function valuesIn(selector: string, isDark: boolean): Values {
  const blocks = [...css.matchAll(/(^|\n)( *)(:root[^{\n]*) \{\n([^}]*)\}/g)];
  const matching = blocks.filter(([, , indent, found]) => found === selector && (indent !== '') === isDark);
  return Object.fromEntries(
    matching.flatMap(([, , , , body]) =>
      [...body!.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
    ),
  );
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe.each(PRACTICE_COLOURS)('the colour %s', (colour) => {
  it.each([false, true])('has enough contrast on every background (dark: %s)', (isDark) => {
    const base = valuesIn(':root', isDark);
    const own = colour === 'green' ? {} : valuesIn(`:root:has([data-colour="${colour}"])`, isDark);
    if (colour !== 'green') expect(Object.keys(own)).toHaveLength(8);
    const value = (name: string) => ({ ...base, ...own })[name]!;
    for (const ground of ['paper', 'sheet', 'sand', 'fill-most', 'fill-some'])
      expect(contrast(value('euc'), value(ground)), `euc on ${ground}`).toBeGreaterThanOrEqual(4.5);
    for (const fill of ['fill-all', 'fill-most', 'fill-some'])
      for (const words of ['ink', 'soft'])
        expect(contrast(value(words), value(fill)), `${words} on ${fill}`).toBeGreaterThanOrEqual(4.5);
    for (const ground of ['euc', 'euc-deep'])
      expect(contrast(value('on-euc'), value(ground)), `on-euc on ${ground}`).toBeGreaterThanOrEqual(4.5);
    expect(contrast(value('on-heat'), value('heat')), 'on-heat on heat').toBeGreaterThanOrEqual(4.5);
    expect(contrast(value('euc'), value('fill-all')), 'euc on fill-all').toBeGreaterThanOrEqual(3);
  });

  it('is the same in e-mails as in the light theme', () => {
    const own = colour === 'green' ? valuesIn(':root', false) : valuesIn(`:root:has([data-colour="${colour}"])`, false);
    expect(practiceColourHex(colour)).toBe(own.euc);
    expect(TEXT_ON_COLOUR).toBe(own['on-euc']);
  });
});
