import { deflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

// The public pages have the practice's own colour, mark and portraits.

// A film is too much for the server, and the browser notes that.
test.use({ expectedNoise: [/413.*\/practice\/portrait/] });

test('an owner gives the site a colour and a mark, and visitors see them @one-size', async ({
  page,
  anotherPerson,
}) => {
  const visitor = await anotherPerson();
  const colourOf = () =>
    visitor.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--euc').trim());
  await signInAs(page, 'owner', '/practice/settings/look');
  await page.getByLabel('Plum').check();
  await page.getByLabel('Your logo').setInputFiles({ name: 'mark.png', mimeType: 'image/png', buffer: png(40, 120) });
  await page.getByLabel(/runs on Fortnight/).uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Every page shows it at once.')).toBeVisible();
  await expect(page.getByLabel('Plum')).toBeChecked();
  await expectNoOverflow(page);
  try {
    await expectAccessible(page);
    for (const address of ['/', '/questions/sciatica', '/book']) {
      await visitor.goto(address);
      const mark = visitor.getByRole('banner').locator('img');
      await expect(mark).toHaveJSProperty('complete', true);
      expect(await mark.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(32);
      expect(['#6f4a7a', '#c9a8d6']).toContain(await colourOf());
      await expect(visitor.getByText('This site runs on Fortnight')).toHaveCount(0);
      await expect(visitor).toHaveTitle(/Fortnight Massage/);
    }
    const icon = await visitor.locator('link[rel="icon"]').getAttribute('href');
    expect(icon).toMatch(/^\/pictures\/[0-9a-f]{32}$/);
    const { icons, name } = await (await visitor.request.get('/manifest.webmanifest')).json();
    expect([name, icons[0].src]).toEqual(['Fortnight Massage', icon]);
  } finally {
    await page.getByLabel('Green').check();
    await page.getByLabel('Remove it').check();
    await page.getByLabel(/runs on Fortnight/).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByLabel('Your logo')).toBeVisible();
  }
});

test('a therapist shows their portrait, or removes it @one-size @no-script', async ({ page }, { project }) => {
  const isScripted = project.name !== 'no-script';
  const who = isScripted ? 'mira' : 'jun';
  const portrait = `/practice/portrait?who=${who}`;
  await signInAs(page, isScripted ? 'therapist' : 'owner', portrait);
  const choose = async (name: string, mimeType: string, buffer: Buffer) => {
    await page.getByLabel('Photo').setInputFiles({ name, mimeType, buffer });
    await page.getByRole('button', { name: 'Save' }).click();
  };
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Choose a picture first.')).toBeVisible();
  await choose('notes.txt', 'text/plain', Buffer.from('not a picture'));
  await expect(page.getByText('We cannot read this file.')).toBeVisible();
  if (isScripted) await expectAccessible(page);
  if (isScripted) {
    // Shrunk in the browser: a transparent background stays one, a phone's photo stays upright, a film is refused.
    await choose('clear.webp', 'image/webp', await drawPicture(page, 'image/webp'));
    await expect(page.getByText('Visitors see it from now on.')).toBeVisible();
    expect(await readPixel(page, 0.05, 0.05)).toEqual([0, 0, 0, 0]);
    await page.goto(portrait);
    await choose('phone.jpg', 'image/jpeg', turnByExif(await drawPicture(page, 'image/jpeg')));
    await expect(page.getByText('Visitors see it from now on.')).toBeVisible();
    // The red edge was above; turned to the right it is on the right.
    const [red, green] = await readPixel(page, 0.95, 0.5);
    expect(red! > 150 && green! < 100).toBe(true);
    await page.goto(portrait);
    await choose('film.mov', 'video/quicktime', Buffer.alloc(3_000_000, 7));
    await expect(page.getByText('choose a smaller file')).toBeVisible();
    await page.goto(portrait);
  }
  await choose('face.png', 'image/png', png(isScripted ? 200 : 100, 90));
  await expect(page.getByText('Visitors see it from now on.')).toBeVisible();
  const shown = await page.getByRole('main').locator('img[src^="/pictures/"]').getAttribute('src');
  await page.goto('/');
  await expect(page.locator(`main img[src="${shown}"]`)).toHaveCount(1);
  await page.goto(portrait);
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(page.getByText('Visitors see the first letter of the name instead.')).toBeVisible();
});

/** 300 by 200 pixels with a red edge above; without a background where the type allows it. */
async function drawPicture(page: Page, type: 'image/webp' | 'image/jpeg'): Promise<Buffer> {
  const encoded = await page.evaluate((wanted) => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [300, 200];
    const context = canvas.getContext('2d')!;
    context.fillStyle = '#c00';
    context.fillRect(wanted === 'image/webp' ? 100 : 0, 0, wanted === 'image/webp' ? 100 : 300, 40);
    return canvas.toDataURL(wanted).split(',')[1]!;
  }, type);
  return Buffer.from(encoded, 'base64');
}

/** The same JPEG as a phone writes it that was held on its side: to be shown turned to the right by a quarter. */
function turnByExif(jpeg: Buffer): Buffer {
  const tiff = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0', 'latin1');
  const head = Buffer.from([0xff, 0xe1, 0, 8 + tiff.length]);
  return Buffer.concat([jpeg.subarray(0, 2), head, Buffer.from('Exif\0\0', 'latin1'), tiff, jpeg.subarray(2)]);
}

/** The colour of the shown portrait at a place from 0 to 1, as a browser draws it. */
async function readPixel(page: Page, x: number, y: number): Promise<number[]> {
  const shown = page.getByRole('main').locator('img[src^="/pictures/"]');
  return await shown.evaluate(
    async (image: HTMLImageElement, [across, down]) => {
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const context = canvas.getContext('2d')!;
      context.drawImage(image, 0, 0);
      return [...context.getImageData(across! * canvas.width, down! * canvas.height, 1, 1).data];
    },
    [x, y],
  );
}

/** A grey PNG of 32 by 32 pixels; `light` and `noise` make each one different. */
function png(light: number, noise: number): Buffer {
  const crcs = Array.from({ length: 256 }, (_, n) => {
    let value = n;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
    return value >>> 0;
  });
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    let crc = 0xffffffff;
    for (const byte of body) crc = crcs[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4);
    return framed;
  };
  const head = Buffer.from([0, 0, 0, 32, 0, 0, 0, 32, 8, 0, 0, 0, 0]);
  const rows = Buffer.concat(
    Array.from({ length: 32 }, (_, y) =>
      Buffer.from([0, ...Array.from({ length: 32 }, (_, x) => (light + x * y + noise) % 256)]),
    ),
  );
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
