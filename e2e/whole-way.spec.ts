import { chromium, type Page } from '@playwright/test';
import { dayFromToday } from '../scripts/prove/api-client';
import { expect, expectNoOverflow, listen, test, tickBookingConsents } from './fixtures';

// The whole way from a question to a changed booking, on the screens between and below those of the other journeys, and
// with the browser's text twice as large. Each in weeks of its own.

const WAYS = [
  { name: 'at 320 pixels', width: 320, weeks: 39, args: [] },
  { name: 'at 768 pixels', width: 768, weeks: 40, args: [] },
  { name: 'at 1024 pixels', width: 1024, weeks: 41, args: [] },
  {
    name: 'at 390 pixels, with text twice as large',
    width: 390,
    weeks: 42,
    args: ['--blink-settings=defaultFontSize=32'],
  },
];

for (const { name, width, weeks, args } of WAYS) {
  test(`a reader skips a date, books, moves and cancels ${name} @one-size`, async ({ baseURL }) => {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM_PATH ?? '',
      args: ['--no-sandbox', '--disable-gpu', ...args],
    });
    try {
      const viewport = { width, height: 800 };
      const page = await browser.newPage({ baseURL: baseURL ?? '', locale: 'en-IE', viewport });
      const noise = listen(page, [/INTERNET_DISCONNECTED/]);
      await book(page, width, dayFromToday(weeks * 7));
      await change(page, width);
      expect(noise).toEqual([]);
    } finally {
      await browser.close();
    }
  });
}

async function book(page: Page, width: number, week: string) {
  const fits = () => expectNoOverflow(page, width);
  await page.goto('/questions/hamstring-tendinopathy');
  await fits();
  await page.getByRole('link', { name: /^Ready to book: / }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Choose your regular time' })).toBeVisible();
  await page.goto(`${page.url()}&week=${week}`);
  await fits();
  await page.getByRole('link', { name: /all 6/ }).first().click();

  await expect(page.getByRole('heading', { level: 1, name: /^Six \w+days at/ })).toBeVisible();
  await page.getByLabel('Your name').fill('Wim Wide');
  await page.getByLabel('E-mail').fill(`wim.${week}@example.org`);
  await fits();
  await page.reload();
  await expect(page.getByLabel('Your name')).toHaveValue('Wim Wide');

  // A free date is skipped, and everything that counts follows.
  await page.getByRole('link', { name: 'Change these dates' }).click();
  await page.getByRole('checkbox', { name: /^Skip/ }).first().check();
  await expect(page.getByRole('heading', { level: 1, name: /^Five \w+days at/ })).toBeVisible();
  await expect(page.getByText(/^5 sessions, /)).toBeVisible();
  await fits();
  await page.getByRole('button', { name: 'Continue with these 5 dates' }).click();
  await expect(page.getByLabel('Your name')).toHaveValue('Wim Wide');

  // The line is cut when the form is sent, and it can be sent again.
  await tickBookingConsents(page);
  await page.context().setOffline(true);
  await page.getByRole('button', { name: 'Book all five' }).click();
  await expect(page.getByText(/^You seem to be offline/)).toBeVisible();
  await page.context().setOffline(false);
  await fits();
  await page.getByRole('button', { name: 'Book all five' }).click();
  await page.waitForURL(/\/booked$/);
  await expect(page.getByRole('heading', { level: 1, name: /^See you on/ })).toBeVisible();
  await fits();
}

async function change(page: Page, width: number) {
  const fits = () => expectNoOverflow(page, width);
  const plan = page.url().replace(/\/booked$/, '');
  await page.goto(plan);
  await fits();
  await page.getByRole('link', { name: /^Move/ }).first().click();
  await page
    .locator('#free')
    .getByRole('link', { name: /\d\d:\d\d$/ })
    .last()
    .click();
  await expect(page.locator('#to b').first()).toBeVisible();
  await fits();
  await page.getByRole('button', { name: 'Move it' }).click();
  await page.waitForURL(/flash=moved/);
  await expect(page.locator('#flash')).toContainText(/\w+day/);
  await fits();

  await page.goto(plan);
  await page
    .getByRole('link', { name: /^Cancel/ })
    .first()
    .click();
  await fits();
  await page.getByRole('button', { name: /^Cancel/ }).click();
  await page.waitForURL(/flash=cancelled/);
  await expect(page.locator('#flash')).toContainText(/\w+day/);
  await fits();
}
