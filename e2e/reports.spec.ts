import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

test('the owner reads the previous month, opens what a figure counts, and downloads it as a table @no-script', async ({
  page,
}, info) => {
  await signInAs(page, 'owner', '/practice/reports');
  const before = page.getByRole('navigation', { name: 'Period' }).getByRole('link').first();
  const title = await before.innerText();
  await before.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  await expect(page.getByRole('table', { name: /Booked of the open hours/ }).first()).toBeVisible();
  if (info.project.name !== 'no-script') await expectAccessible(page);
  await expectNoOverflow(page);

  // Their number depends on the day of the month, because the demo's past is six weeks long.
  const tookPlace = page.locator('div', { has: page.getByText('Took place', { exact: true }) }).last();
  const figure = tookPlace.getByRole('link', { name: /^\d+$/ });
  const completed = Number(await figure.innerText());
  expect(completed).toBeGreaterThan(0);
  await figure.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Massages that took place');
  const rows = await page.getByRole('row').count();
  expect(rows).toBe(completed + 1);
  await expectNoOverflow(page);
  const href = await page.getByRole('link', { name: 'Download as a table' }).getAttribute('href');
  const file = await page.request.get(href ?? '');
  expect(file.headers()['content-type']).toContain('text/csv');
  expect((await file.text()).trimEnd().split('\r\n')).toHaveLength(rows);
});

test('the year’s figures are the sums of its months @desktop-only', async ({ page }) => {
  await signInAs(page, 'owner', '/practice/reports');
  await page.getByRole('link', { name: 'The year' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^\d{4}$/);
  await expect(page.getByText('No-shows')).toBeVisible();
});
