import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

const OPEN_TO_ALL = [
  '/',
  '/questions',
  '/questions/hamstring-tendinopathy',
  '/questions/sciatica',
  '/questions/low-back-pain',
  '/questions/how-we-grade',
  '/questions/who-writes-this',
  '/questions?q=stiff+neck',
  '/questions/ask',
  '/questions/report?page=sciatica',
  '/privacy',
  '/book',
  '/manage',
  '/manage/ended',
  '/sign-in',
];

for (const address of OPEN_TO_ALL) {
  test(`${address} is for everyone, in light and dark and at 320 pixels`, async ({ page }) => {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expectNoOverflow(page);
    await expectAccessible(page);
  });
}

test.describe('an address that leads nowhere', () => {
  test.use({ expectedNoise: [/404/] });

  test('says so, and where to go on', async ({ page }) => {
    await page.goto('/no-such-page');
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expectNoOverflow(page);
    await expectAccessible(page);
  });
});

for (const [role, address] of [
  ['therapist', '/practice/calendar'],
  ['owner', '/practice/time-off'],
  ['owner', '/practice/mail'],
  ['owner', '/practice/questions'],
] as const) {
  test(`${address} is for every ${role}, in light and dark and at 320 pixels`, async ({ page }) => {
    await signInAs(page, role, address);
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await page.waitForLoadState('networkidle');
    await expectNoOverflow(page);
    await expectAccessible(page);
  });
}

test('every page reads from top to bottom without script @no-script @no-script-only', async ({ page }) => {
  for (const address of OPEN_TO_ALL) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('main')).toBeVisible();
  }
});
