import { expect, expectAccessible, expectNoOverflow, expectValidHtml, signInAs, test } from './fixtures';

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
  '/book/signs?from=stress-anxiety-sleep',
  '/manage',
  '/manage/ended',
  '/sign-in',
];

for (const address of OPEN_TO_ALL) {
  test(`the page at ${address} is valid HTML, fits 320 pixels, and is accessible in light and dark @one-size`, async ({
    page,
  }) => {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expectNoOverflow(page);
    await expectValidHtml(page);
    await expectAccessible(page);
  });
}

test.describe('an address that does not exist', () => {
  test.use({ expectedNoise: [/404/] });

  test('says so, and where to go on @one-size', async ({ page }) => {
    await page.goto('/no-such-page');
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    // The same page for every practice, without its name.
    await expect(page).toHaveTitle('There is no such page');
    await expect(page.getByRole('banner').getByRole('link', { name: 'Start page' })).toBeVisible();
    await expect(page.getByText('Fortnight')).toHaveCount(0);
    await expectNoOverflow(page);
    await expectAccessible(page);
  });
});

const OF_THE_OWNER = [
  '/practice/address',
  '/practice/calendar',
  '/practice/clients',
  '/practice/clients/message',
  '/practice/embed',
  '/practice/mail',
  '/practice/questions',
  '/practice/reports',
  '/practice/reports/list?of=completed',
  '/practice/settings',
  '/practice/settings/holidays',
  '/practice/settings/hours',
  '/practice/settings/live',
  '/practice/settings/look',
  '/practice/settings/mail',
  '/practice/settings/mail/preview',
  '/practice/settings/massages',
  '/practice/settings/massages/swedish',
  '/practice/settings/policies',
  '/practice/settings/reminders',
  '/practice/settings/practice',
  '/practice/settings/health-form',
  '/practice/settings/health-form?edit=new',
  '/practice/settings/rooms',
  '/practice/settings/rooms?edit=new',
  '/practice/settings/team',
  '/practice/settings/team/mira',
  '/practice/time-off',
  '/practice/unconfirmed',
  '/practice/waitlist',
  '/practice/waitlist/new',
];

test('the practice’s pages are accessible to an owner, in light and dark and at 320 pixels @one-size', async ({
  page,
}) => {
  test.setTimeout(420_000); // twenty pages, each in two sizes
  await signInAs(page, 'owner', '/practice/calendar');
  for (const address of OF_THE_OWNER) {
    await test.step(address, async () => {
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
      await page.waitForLoadState('networkidle');
      await expectNoOverflow(page);
      await expectValidHtml(page);
      await expectAccessible(page);
    });
  }
});

test('the calendar is accessible to a therapist, in light and dark and at 320 pixels @one-size', async ({ page }) => {
  await signInAs(page, 'therapist', '/practice/calendar');
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await page.waitForLoadState('networkidle');
  await expectNoOverflow(page);
  await expectAccessible(page);
});

test('every page reads from top to bottom without script @no-script @no-script-only', async ({ page }) => {
  for (const address of OPEN_TO_ALL) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('main')).toBeVisible();
  }
});

test.describe('a practice address that does not exist', () => {
  test.use({ expectedNoise: [/404/] });

  test('says so without script too @no-script @no-script-only', async ({ page }) => {
    await signInAs(page, 'owner', '/practice/calendar');
    for (const address of ['/practice/clients/nobody', '/practice/receipts/99999', '/practice/settings/team/nobody']) {
      expect((await page.goto(address))?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1, name: 'There is no such page' })).toBeVisible();
    }
  });
});
