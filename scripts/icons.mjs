// Draws app/icon.svg in the sizes that browsers and phones ask for, into public/. The output is committed; run this
// again (`node scripts/icons.mjs`) when the mark changes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../testing/chromium-executable.mjs';

const ROOT = path.dirname(import.meta.dirname);
const OUT = path.join(ROOT, 'public');
const PAPER = '#faf7f2';

const mark = readFileSync(path.join(ROOT, 'app', 'icon.svg'), 'utf8');
const browser = await chromium.launch({ executablePath: findChromium() });
const page = await browser.newPage({ colorScheme: 'light' });
mkdirSync(OUT, { recursive: true });
write('favicon.ico', icoOf([await draw(16), await draw(32), await draw(48)]));
// A phone cuts the corners off and puts no background behind it.
write('apple-touch-icon.png', await draw(180, { room: 0.2, paper: PAPER }));
for (const size of [192, 512]) write(`icon-${size}.png`, await draw(size, { room: 0.2, paper: PAPER }));
await browser.close();

/** A square of so many pixels; `room` is the share of it left free on each side. */
async function draw(size, { room = 0, paper = 'transparent' } = {}) {
  await page.setViewportSize({ width: size, height: size });
  const inner = Math.round(size * (1 - 2 * room));
  await page.setContent(
    `<style>body{margin:0;height:100vh;display:grid;place-items:center;background:${paper}}svg{width:${inner}px}</style>${mark}`,
  );
  return page.screenshot({ omitBackground: true });
}

/** The pictures as one .ico file: a header, an entry for each picture, then the PNGs unchanged. */
function icoOf(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2); // type: icon, not cursor
  head.writeUInt16LE(pictures.length, 4);
  let at = head.length;
  pictures.forEach((png, index) => {
    const line = 6 + 16 * index;
    const size = png.readUInt32BE(16);
    head.writeUInt8(size, line);
    head.writeUInt8(size, line + 1);
    head.writeUInt16LE(1, line + 4);
    head.writeUInt16LE(32, line + 6); // bits per pixel
    head.writeUInt32LE(png.length, line + 8);
    head.writeUInt32LE(at, line + 12);
    at += png.length;
  });
  return Buffer.concat([head, ...pictures]);
}

function write(name, bytes) {
  writeFileSync(path.join(OUT, name), bytes);
  console.log(`${name}: ${bytes.length} bytes`);
}
