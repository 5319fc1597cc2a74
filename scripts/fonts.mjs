// Cuts the site's fonts, from the @fontsource packages, down to what the pages use: the weights 400 to 600, the letters
// of Latin scripts, and for the serif one optical size, between reading and display. A reader on a slow line then waits
// for 60 KB instead of 170. The picture of a question and the PDF receipt are made by libraries that read neither woff2
// nor a range of weights, so their fonts are written as plain files. The output is committed; run this again (`node
// scripts/fonts.mjs`) when a package is updated.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import subsetFont from 'subset-font';

const ROOT = path.dirname(import.meta.dirname);
const OUT = path.join(ROOT, 'app', 'fonts');
const LATIN = [...range(0x20, 0x7e), ...range(0xa0, 0xff), ...'‐‑‒–—―‘’‚“”„•…‹›⁄€−×←↑→↓′″'];
const EXTENDED = [...range(0x100, 0x24f), ...range(0x1e00, 0x1eff)];
const FACES = [
  ['inter', 'inter/files/inter-latin-wght-normal', LATIN],
  ['inter-extended', 'inter/files/inter-latin-ext-wght-normal', EXTENDED],
  ['source-serif-4', 'source-serif-4/files/source-serif-4-latin-opsz-normal', LATIN, { opsz: 28 }],
  ['source-serif-4-extended', 'source-serif-4/files/source-serif-4-latin-ext-opsz-normal', EXTENDED, { opsz: 28 }],
];

const PLAIN = [
  ['inter-500', 'inter/files/inter-latin-wght-normal', LATIN, { wght: 500 }],
  ['inter-extended-500', 'inter/files/inter-latin-ext-wght-normal', EXTENDED, { wght: 500 }],
  ['source-serif-4-400', 'source-serif-4/files/source-serif-4-latin-opsz-normal', LATIN, { wght: 400, opsz: 60 }],
];

await mkdir(OUT, { recursive: true });
for (const [name, source, letters, pinned] of FACES) {
  const font = await readPackage(source);
  const cut = await subsetFont(font, letters.join(''), {
    targetFormat: 'woff2',
    variationAxes: { wght: { min: 400, max: 600 }, ...pinned },
  });
  await saveFont(`${name}.woff2`, font, cut);
}

for (const [name, source, letters, variationAxes] of PLAIN) {
  const font = await readPackage(source);
  await saveFont(
    `${name}.ttf`,
    font,
    await subsetFont(font, letters.join(''), { targetFormat: 'truetype', variationAxes }),
  );
}

function readPackage(source) {
  return readFile(path.join(ROOT, 'node_modules', '@fontsource-variable', `${source}.woff2`));
}

async function saveFont(file, original, cut) {
  await writeFile(path.join(OUT, file), cut);
  console.log(`${file}: ${original.length} → ${cut.length} bytes`);
}

function range(from, to) {
  return Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));
}
