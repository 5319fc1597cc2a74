import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  expect,
  expectAccessible,
  expectNoOverflow,
  goToDetailsStep,
  signInAs,
  test,
  tickBookingConsents,
} from './fixtures';

// Another site, on this computer under two names, shows our times in a frame; the owner lists one of the two names. The
// browser's cookie rules also treat "localhost" as another site than ours, because they compare names, not ports.

test.use({ expectedNoise: [/frame-ancestors|ERR_BLOCKED_BY_(RESPONSE|CSP)/] });

test('the times appear on the pages of a site that the owner listed and on no other, and lead to a booking @desktop-only', async ({
  page,
  anotherPerson,
  baseURL,
}) => {
  test.slow();
  await page.goto('/embed?question=sciatica');
  const snippet = await page.getByLabel('The frame, to copy').inputValue();
  const site = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>A running club</title><link rel="icon" href="data:,">${snippet}`);
  });
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const { port } = site.address() as AddressInfo;
  const [other, listed] = [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
  const times = page.frameLocator('iframe').getByRole('heading', { name: 'Choose your regular time' });
  const expectRefused = (why: string) =>
    expect.poll(() => page.frames()[1]?.url(), why).toBe('chrome-error://chromewebdata/');
  try {
    await page.goto(listed);
    await expectRefused('before anybody is listed');

    const owner = await anotherPerson();
    await signInAs(owner, 'owner', '/practice/embed');
    expect(await owner.getByLabel('The button, to copy').inputValue()).toContain(`href="${baseURL}/book"`);
    expect(await owner.getByLabel('The frame, to copy').inputValue()).toContain(`src="${baseURL}/embed/times"`);
    await expectNoOverflow(owner);
    await owner.getByRole('textbox', { name: 'Sites' }).fill('http://club.example');
    await owner.getByRole('button', { name: 'Save' }).click();
    await expect(owner.getByText('is not the address of a site')).toBeVisible();
    await owner.getByRole('textbox', { name: 'Sites' }).fill(`${listed}/`);
    await owner.getByRole('button', { name: 'Save' }).click();
    await expect(owner.getByText('These sites may show our times')).toBeVisible();
    await expect(owner.getByRole('textbox', { name: 'Sites' })).toHaveValue(listed);
    await expectAccessible(owner);

    await page.goto(other);
    await expectRefused('a site that is not listed');
    await page.goto(listed);
    await expect(times).toBeVisible();
    expect(await page.context().cookies(), 'a frame on another site keeps nothing').toEqual([]);
    await page.frameLocator('iframe').locator('details[open] a').first().click();
    await expect(page).toHaveURL(new RegExp(`^${baseURL}/book\\?.*sciatica.*[&=](you|dates)`));
    await goToDetailsStep(page);
    await page.getByLabel('Your name').fill('Come By A Frame');
    await page.getByLabel('E-mail').fill('frame@example.org');
    await tickBookingConsents(page);
    await page.getByRole('button', { name: /^Book all/ }).click();
    await page.waitForURL(/\/manage\/[^/]+\/booked$/);
    await expect(page.getByRole('heading', { level: 1, name: /^See you on/ })).toBeVisible();
  } finally {
    site.closeAllConnections();
    site.close();
  }
});

test('no other page may be framed, even once a site is listed @desktop-only', async ({ request }) => {
  for (const address of ['/', '/book', '/embed', '/questions/sciatica', '/embed/times/..', '/sign-in']) {
    const policy = (await request.get(address)).headers()['content-security-policy'];
    expect(policy, address).toContain("frame-ancestors 'none'");
  }
  const framed = (await request.get('/embed/times')).headers()['content-security-policy'] ?? '';
  expect(framed.match(/frame-ancestors/g)).toHaveLength(1);
  expect(framed).toMatch(/script-src 'self' 'nonce-/);
});

for (const address of ['/embed?question=sciatica', '/embed/times?from=sciatica']) {
  test(`the page at ${address} fits 320 pixels, and is accessible in light and dark @one-size`, async ({ page }) => {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expectNoOverflow(page);
    await expectAccessible(page);
  });
}
