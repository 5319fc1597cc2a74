import { expect, expectNoOverflow, test } from './fixtures';

// A visitor who has read nothing yet sees what is free next, when the practice is open, and who works there.

test('the next free time is one press away from the form that books it', async ({ page }) => {
  await page.goto('/');
  const next = page.getByRole('region', { name: /^Next free, 60 minutes$/ });
  await expectNoOverflow(page);
  const soonest = next.getByRole('link', { name: /^Book .+ at \d\d:\d\d$/ });
  const [, time] = (await soonest.textContent())!.match(/(\d\d:\d\d)$/)!;
  await soonest.click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByLabel('Your name')).toBeVisible();
  await expect(page.getByRole('main')).toContainText(time!);
  await expect(page.getByRole('main')).toContainText('60 minutes');
});

test('a regular time and each therapist lead to a time to book, also without script @one-size', async ({ browser }) => {
  const page = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto('/');
  const regular = page.getByRole('link', { name: /^\w+days at \d\d:\d\d, (all \d+|\d+ of \d+) with / });
  const team = page.getByRole('region', { name: 'Who you come to' });
  const links = [...(await regular.all()), ...(await team.getByRole('link', { name: /^Next free: / }).all())];
  expect(links.length).toBeGreaterThan(2);
  const addresses = await Promise.all(links.map((link) => link.getAttribute('href')));
  for (const address of addresses) {
    await page.goto(address!);
    await expect(page.getByRole('heading', { level: 1 }), address!).toBeVisible();
    await expect(page.getByRole('main'), address!).not.toContainText('Choose a time');
  }
  await page.context().close();
});

test('the hours, the address and the way there are on the first page @one-size', async ({ page }) => {
  await page.goto('/');
  const find = page.getByRole('region', { name: 'Hours and address' });
  await expect(find.getByRole('row').first()).toContainText(/^Mon/);
  await expect(find.getByRole('row').last()).toContainText('Sunday');
  await expect(find.getByRole('link', { name: 'Directions' })).toHaveAttribute('href', /^(https:|geo:).+Camden/);
  await expect(find.getByRole('link', { name: '01 555 0142' })).toHaveAttribute('href', /^tel:/);
});
