import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

// Dates in somebody's own calendar app, by an address that the app polls.

const addressOn = (page: Page) => page.getByText(/^https?:\/\/\S+\/feeds\/[\w-]{43}\.ics$/);

async function read(page: Page, address: string) {
  const answer = await page.request.get(address);
  return { status: answer.status(), text: await answer.text() };
}

async function makeFirst(page: Page) {
  // A run that was cut short may have left an address.
  const remove = page.getByRole('button', { name: /^Remove the address/ });
  if (await remove.isVisible()) await remove.click();
  await page.getByRole('button', { name: /^Make an address/ }).click();
  await expect(addressOn(page)).toBeVisible();
  return addressOn(page).innerText();
}

async function takeAway(page: Page, address: string) {
  await page.getByRole('button', { name: /^Remove the address/ }).click();
  await expect(page.getByText(/address is removed/)).toBeVisible();
  expect((await read(page, address)).status).toBe(404);
}

test('a therapist gives their calendar app an address, chooses what it shows, and removes it @one-size', async ({
  page,
}) => {
  await signInAs(page, 'therapist', '/practice/calendars');
  const first = await makeFirst(page);
  await expect(page.getByText('The address is made')).toBeVisible();
  await expectNoOverflow(page);
  await expectAccessible(page);
  expect((await read(page, first)).text).toMatch(/SUMMARY:Massage/);
  await expect(page.getByRole('link', { name: 'Open in Apple Calendar' })).toHaveAttribute('href', /^webcal:/);
  await expect(page.getByRole('img', { name: /QR code/ })).toHaveJSProperty('complete', true);
  await expect(page.getByRole('button', { name: 'Copy the address' })).toBeVisible();

  await page.getByLabel('The client’s name and the massage').check();
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(page.getByLabel('The client’s name and the massage')).toBeChecked();
  expect((await read(page, first)).text).toMatch(/SUMMARY:Ana Costa/);

  await page.getByRole('button', { name: /^Make a new address/ }).click();
  await expect(addressOn(page)).not.toHaveText(first);
  expect((await read(page, first)).status).toBe(404);
  await takeAway(page, await addressOn(page).innerText());
});

test('a client follows all their plans, or one by its link @one-size', async ({ page }) => {
  await signInAs(page, 'client', '/manage');
  const all = await makeFirst(page);
  const plans = (await read(page, all)).text.match(/BEGIN:VEVENT/g)!.length;
  await takeAway(page, all);
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  const firstFeed = await makeFirst(page);
  await expectNoOverflow(page);
  await expectAccessible(page);
  const dates = (await read(page, firstFeed)).text.match(/BEGIN:VEVENT/g)!.length;
  expect(dates).toBeGreaterThan(0);
  expect(dates).toBeLessThanOrEqual(plans);
  await takeAway(page, firstFeed);
});

test('an owner subscribes to a room, also without script @one-size @no-script', async ({ page }, { project }) => {
  const isScripted = project.name !== 'no-script';
  await signInAs(page, 'owner', '/practice/calendars');
  const rooms = page.locator('main a[href*="?room="]');
  await rooms.nth(isScripted ? 0 : 1).click();
  const room = await makeFirst(page);
  expect((await read(page, room)).text).toMatch(/SUMMARY:Massage/);
  await expect(page.getByRole('button', { name: 'Copy the address' })).toHaveCount(isScripted ? 1 : 0);
  await takeAway(page, room);
});

// How the calendar is read, and that its busy times cannot be booked, is tested without another server:
// workers/calendar-import-worker.test.ts.
test('a therapist enters their own calendar, is told of a wrong address, and removes it @one-size', async ({
  page,
}) => {
  await signInAs(page, 'therapist', '/practice/calendars');
  const part = page.locator('section').filter({ hasText: 'Your busy times elsewhere' });
  await part.getByLabel('Address of your calendar').fill('ftp://calendar.invalid/mira.ics');
  await part.getByRole('button', { name: 'Block its busy times' }).click();
  await expect(part.getByText('Write the address of a calendar')).toBeVisible();
  await expect(part.getByLabel('Address of your calendar')).toHaveValue('ftp://calendar.invalid/mira.ics');
  await part.getByLabel('Address of your calendar').fill('webcal://calendar.invalid/secret/mira.ics');
  await part.getByRole('button', { name: 'Block its busy times' }).click();
  await expect(part.getByText('calendar.invalid', { exact: true })).toBeVisible();
  await expect(page.getByText('secret/mira')).toHaveCount(0);
  await expectNoOverflow(page);
  await expectAccessible(page);
  await part.getByRole('button', { name: 'Remove this calendar' }).click();
  await expect(part.getByLabel('Address of your calendar')).toBeVisible();
  await expect(part.getByText('calendar.invalid')).toHaveCount(0);
});
