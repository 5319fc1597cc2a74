import { deflateSync } from 'node:zlib';
import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

// The site is the practice's: its colour, its mark and its people's faces, on the public pages too.

test('an owner gives the site a colour and a mark, a therapist a face, and visitors see them @one-size @no-script', async ({
  page,
  anotherPerson,
}, { project }) => {
  const isScripted = project.name !== 'no-script';
  const visitor = isScripted ? await anotherPerson() : page;
  const colourOf = () =>
    visitor.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--euc').trim());
  await signInAs(page, 'owner', '/practice/settings/look');
  if (isScripted) await expectAccessible(page);
  await page.getByLabel('Plum').check();
  await page.getByLabel('Your mark').setInputFiles({ name: 'mark.png', mimeType: 'image/png', buffer: png(40, 120) });
  await page.getByLabel(/runs on Fortnight/).uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Every page shows it at once.')).toBeVisible();
  await expect(page.getByLabel('Plum')).toBeChecked();
  await expectNoOverflow(page);
  try {
    for (const address of ['/', '/questions/sciatica', '/book']) {
      await visitor.goto(address);
      const mark = visitor.getByRole('banner').locator('img');
      await expect(mark).toHaveJSProperty('complete', true);
      expect(await mark.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(32);
      expect(['#6f4a7a', '#c9a8d6']).toContain(await colourOf());
      await expect(visitor.getByText('This site runs on Fortnight')).toHaveCount(0);
      await expect(visitor).toHaveTitle(/Fortnight Massage/);
    }
    if (isScripted) await expectAccessible(visitor);
    const icon = await visitor.locator('link[rel="icon"]').getAttribute('href');
    expect(icon).toMatch(/^\/pictures\/[0-9a-f]{32}$/);
    const { icons, name } = await (await visitor.request.get('/manifest.webmanifest')).json();
    expect([name, icons[0].src]).toEqual(['Fortnight Massage', icon]);

    await signInAs(page, 'therapist', '/practice/portrait');
    if (isScripted) await expectAccessible(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Choose a picture first.')).toBeVisible();
    const notes = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('not a picture') };
    await page.getByLabel('A picture of your face').setInputFiles(notes);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('This is no picture that browsers show.')).toBeVisible();
    const face = { name: 'face.png', mimeType: 'image/png', buffer: png(200, 90) };
    await page.getByLabel('A picture of your face').setInputFiles(face);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Visitors see it from now on.')).toBeVisible();
    await visitor.goto('/');
    await expect(visitor.getByRole('main').locator('img[src^="/pictures/"]')).toHaveCount(1);
    await page.goto('/practice/portrait');
    await page.getByRole('button', { name: 'Remove it' }).click();
    await expect(page.getByText('Visitors see the first letter of the name instead.')).toBeVisible();
  } finally {
    await signInAs(page, 'owner', '/practice/settings/look');
    await page.getByLabel('Green').check();
    await page.getByLabel('Remove it').check();
    await page.getByLabel(/runs on Fortnight/).check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Every page shows it at once.')).toBeVisible();
  }
});

/** A grey square of 32 by 32, each kind another. */
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
