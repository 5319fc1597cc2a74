import type { Page } from '@playwright/test';
import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

// Dates in somebody's own calendar app, by an address that it reads again and again.

const addressOn = (page: Page) => page.getByText(/^https?:\/\/\S+\/feeds\/[\w-]{43}\.ics$/);

test('a therapist, a client and the owner give their calendar app an address and take it away @one-size @no-script', async ({
  page,
}, { project }) => {
  const isScripted = project.name !== 'no-script';
  const read = async (address: string) => {
    const answer = await page.request.get(address);
    return { status: answer.status(), text: await answer.text() };
  };
  const makeFirst = async (name: RegExp) => {
    // A run that ended half-way may have left one.
    const remove = page.getByRole('button', { name: /^Remove the address/ });
    if (await remove.isVisible()) await remove.click();
    await page.getByRole('button', { name }).click();
    await expect(addressOn(page)).toBeVisible();
    return addressOn(page).innerText();
  };

  await signInAs(page, 'therapist', '/practice/calendars');
  const first = await makeFirst(/^Make an address/);
  await expect(page.getByText('The address is made')).toBeVisible();
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  expect((await read(first)).text).toMatch(/SUMMARY:Massage/);
  await expect(page.getByRole('link', { name: 'Open in Apple Calendar' })).toHaveAttribute('href', /^webcal:/);
  await expect(page.getByRole('img', { name: /QR code/ })).toHaveJSProperty('complete', true);
  await expect(page.getByRole('button', { name: 'Copy the address' })).toHaveCount(isScripted ? 1 : 0);

  await page.getByLabel('The client’s name and the massage').check();
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(page.getByLabel('The client’s name and the massage')).toBeChecked();
  expect((await read(first)).text).toMatch(/SUMMARY:Ana Costa/);

  await page.getByRole('button', { name: /^Make a new address/ }).click();
  await expect(addressOn(page)).not.toHaveText(first);
  expect((await read(first)).status).toBe(404);
  const second = await addressOn(page).innerText();
  await page.getByRole('button', { name: /^Remove the address/ }).click();
  await expect(page.getByText('The address is removed')).toBeVisible();
  expect((await read(second)).status).toBe(404);

  await page.context().clearCookies();
  await signInAs(page, 'client', '/manage');
  const all = await makeFirst(/^Make an address/);
  const plans = (await read(all)).text.match(/BEGIN:VEVENT/g)!.length;
  await page.getByRole('button', { name: /^Remove the address/ }).click();
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  const one = await makeFirst(/^Make an address for these dates/);
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  const dates = (await read(one)).text.match(/BEGIN:VEVENT/g)!.length;
  expect(dates).toBeGreaterThan(0);
  expect(dates).toBeLessThanOrEqual(plans);
  await page.getByRole('button', { name: /^Remove the address/ }).click();
  await expect(page.getByText('The calendar address is removed')).toBeVisible();
  expect((await read(one)).status).toBe(404);

  await page.context().clearCookies();
  await signInAs(page, 'owner', '/practice/calendars');
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  const room = await makeFirst(/^Make an address/);
  expect((await read(room)).text).toMatch(/SUMMARY:Massage/);
  await page.getByRole('button', { name: /^Remove the address/ }).click();
  expect((await read(room)).status).toBe(404);
});
