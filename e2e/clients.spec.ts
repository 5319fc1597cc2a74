import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

// The practice's own clients: found while somebody types, and each with a page of their own.

test('a client is found by letters and by digits, with the script and without it @no-script', async ({ page }, {
  project,
}) => {
  await signInAs(page, 'owner', '/practice/clients');
  await expect(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeVisible();
  const field = page.getByRole('searchbox', { name: /Find a client/ });
  await field.fill('ana cos');
  if (project.name === 'no-script') await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByRole('status')).toHaveText('1 client found');
  await expect(page).toHaveURL(/q=ana\+cos/);
  await field.fill('nobody at all');
  if (project.name === 'no-script') await page.getByRole('button', { name: 'Find' }).click();
  await expect(page.getByRole('status')).toContainText('Nobody is found by that');
  await page.goto('/practice/clients?q=ana');
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);

  await page.getByRole('link', { name: 'Ana Costa' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ana Costa' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: 'ana@example.org' })).toHaveAttribute(
    'href',
    'mailto:ana@example.org',
  );
  await expect(page.getByRole('heading', { name: /^Plan: eight Thursdays at 17:30/ })).toBeVisible();
  await expect(page.getByText('No hard pressure on the sit bone')).toBeVisible();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);
});

test('on a phone all pages of the practice are in reach of the heading @phone-only', async ({ page }) => {
  await signInAs(page, 'owner', '/practice/clients');
  await expectNoOverflow(page);
  await page.getByRole('banner').getByText('More').click();
  await page.getByRole('banner').getByRole('link', { name: 'Mail' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Mail' })).toBeVisible();
});

test('the front desk sees who a client is, and nothing of their health @desktop-only', async ({ page }) => {
  await signInAs(page, 'front desk', '/practice/clients?q=ana+costa');
  await page.getByRole('link', { name: 'Ana Costa' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ana Costa' })).toBeVisible();
  await expect(page.getByText('No hard pressure on the sit bone')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Export' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Erase' })).toHaveCount(0);
});

test('the owner takes a copy of all that is kept of a client @desktop-only', async ({ page }) => {
  await signInAs(page, 'owner', '/practice/clients?q=ana+costa');
  await page.getByRole('link', { name: 'Ana Costa' }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export' }).click()]);
  expect(file.suggestedFilename()).toBe('client-data.json');
});
