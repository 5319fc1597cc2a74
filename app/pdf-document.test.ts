import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { canDrawInPdf, formatMoneyForPdf } from './pdf-document';

// pdfkit reads fonts with it.
const { openSync } = createRequire(createRequire(import.meta.url).resolve('pdfkit'))('fontkit') as {
  openSync: (file: string) => { characterSet: number[] };
};

it('knows which letters the fonts have', () => {
  const inFonts = new Set(
    ['inter-500.ttf', 'inter-extended-500.ttf'].flatMap((file) => openSync(`app/fonts/${file}`).characterSet),
  );
  for (let code = 0x20; code < 0x2fff; code += 1) {
    const letter = String.fromCodePoint(code);
    // Other forms of a letter, and what is replaced before it is drawn, are not compared.
    if (letter.normalize('NFC') !== letter || /[\u0152\u0153\u2010\u2011]|\p{Z}|\p{Cf}/u.test(letter)) continue;
    expect(canDrawInPdf(letter), code.toString(16)).toBe(inFonts.has(code));
  }
});

it.each([
  ['EUR', 'en-IE', '€1,234.50'],
  ['EUR', 'fr-FR', /^1.234,50.€$/u],
  ['INR', 'en-IN', /^INR.1,234\.50$/u],
  ['TRY', 'tr-TR', /^TRY.1\.234,50$/u],
  ['ILS', 'he-IL', /1,234\.50.*ILS/u],
  ['EGP', 'ar-EG', /1,234\.50|EGP/u],
])('writes an amount of %s in %s with what the fonts have', (currency, locale, expected) => {
  const amount = formatMoneyForPdf(123_450, currency, locale);
  expect(amount).toMatch(expected);
  expect(canDrawInPdf(amount)).toBe(true);
});

it.each(['Zoë Kovač', 'Łucja Żak', 'Cœur', 'Jean\u202fPaul', 'a\u2011b', 'one\ntwo'])('draws %j', (text) => {
  expect(canDrawInPdf({ from: [text] })).toBe(true);
});

it.each(['Ελένη', 'Олена', '田中', 'نور', 'Işık', 'Ana 🙂'])('does not draw %j as boxes', (text) => {
  expect(canDrawInPdf({ from: ['Ana', { name: text }] })).toBe(false);
});
