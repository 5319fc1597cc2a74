import type { Page } from '@playwright/test';
import { chooseTimeWithOneClash } from './choose-time-with-one-clash';
import { delayScripts, expect, signInAs, test, tickBookingConsents } from './fixtures';

// A page appears before its script, on a slow line seconds earlier. What somebody chose or typed by then must still be
// there, and count, once the script has loaded.

/**
 * Opens the page with its script held back. The returned function lets the script load, and waits until the form is
 * interactive.
 */
async function openBeforeScript(page: Page, address: string, form = 'main form'): Promise<() => Promise<void>> {
  const letCome = await delayScripts(page);
  await page.goto(address, { waitUntil: 'commit' });
  const isAwake = () =>
    page
      .locator(form)
      .first()
      .evaluate((element) => Object.keys(element).some((key) => key.startsWith('__reactProps')));
  await expect(page.locator(form).first()).toBeVisible();
  expect(await isAwake(), 'the script is still held back').toBe(false);
  return async () => {
    letCome();
    await expect.poll(isAwake).toBe(true);
    await page.unrouteAll({ behavior: 'wait' });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  };
}

/** The same for a page without a framework, whose script is a small one of our own. */
async function openPlainBeforeScript(page: Page, address: string, script: string): Promise<() => Promise<void>> {
  const letCome = await delayScripts(page);
  await page.goto(address, { waitUntil: 'commit' });
  await expect(page.locator('main form, main fieldset').first()).toBeVisible();
  const hasRun = () =>
    page.evaluate(
      (name) => performance.getEntriesByName(`${location.origin}/scripts/${name}.js`, 'resource').length > 0,
      script,
    );
  expect(await hasRun(), 'the script is still held back').toBe(false);
  return async () => {
    letCome();
    await expect.poll(hasRun).toBe(true);
    await page.unrouteAll({ behavior: 'wait' });
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  };
}

/** An address of the last step, for a plan that a question suggests, in a week whose times no other journey holds. */
async function lastStep(page: Page): Promise<string> {
  const week = new Date(Date.now() + 38 * 86_400_000).toISOString().slice(0, 10);
  await page.goto(`/book?from=sciatica&type=swedish&minutes=60&cadence=weekly&sessions=2&step=time&week=${week}`);
  await page.getByRole('link', { name: /with/ }).first().click();
  await page.waitForURL(/[?&=](you|dates)\b/);
  return page.url().replace('&dates=', '&you=');
}

test('49 a score chosen before the script loads replaces the one noted earlier @phone-only', async ({ page }) => {
  await page.goto('/questions/sciatica');
  const noting = page.getByRole('group', { name: /^Note your score now/ });
  await noting.getByText('8', { exact: true }).click();
  const address = await lastStep(page);

  const scale = page.getByRole('group', { name: /^From 0 to 10/ });
  await page.goto(address);
  await expect(scale.getByRole('radio', { name: '8' }), 'the noted one is offered').toBeChecked();

  const wake = await openBeforeScript(page, address);
  await scale.getByText('4', { exact: true }).click();
  await page.getByLabel('Your name').fill('Early Bird');
  await page.getByLabel('Note for the therapist').fill('Left side.');
  await tickBookingConsents(page);
  await wake();
  await expect(scale.getByRole('radio', { name: '4' })).toBeChecked();
  await expect(page.getByLabel('Your name')).toHaveValue('Early Bird');
  await expect(page.getByLabel('Note for the therapist')).toHaveValue('Left side.');
  await expect(page.getByRole('checkbox', { name: 'None of these applies to me' })).toBeChecked();
  // They also survive the answer to an incomplete form.
  await page.getByRole('button', { name: /^Book/ }).click();
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await expect(scale.getByRole('radio', { name: '4' })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: 'None of these applies to me' })).toBeChecked();

  const wakeNoting = await openPlainBeforeScript(page, '/questions/sciatica', 'question-pages');
  await noting.getByText('3', { exact: true }).click();
  await wakeNoting();
  await expect(noting.getByRole('radio', { name: '3' })).toBeChecked();
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem('score:sciatica'))).toBe('3');
});

const isFrameworkRunning = (page: Page) =>
  page
    .locator('main form')
    .first()
    .evaluate((element) => Object.keys(element).some((key) => key.startsWith('__reactProps')));

/** Opens the last step in a tab that remembers nothing, and does not touch it. */
async function openUntouched(page: Page): Promise<void> {
  const address = await lastStep(page);
  await page.goto('/privacy');
  await page.evaluate(() => sessionStorage.clear());
  await page.goto(address, { waitUntil: 'networkidle' });
  expect(await isFrameworkRunning(page)).toBe(false);
}

test('the last step holds its dates and starts its framework once somebody uses it @one-size', async ({ page }) => {
  await openUntouched(page);
  const held = page.getByText(/held for you until/);
  await expect(held).toHaveCount(0);
  await page.mouse.wheel(0, 200);
  await expect(held).toBeVisible();
  expect(await isFrameworkRunning(page)).toBe(true);
});

test('what is typed on a page that the browser has translated stays when the framework starts @one-size', async ({
  page,
}) => {
  await openUntouched(page);
  // As Chrome's translation does: React then finds other elements than it sent, and draws the page anew.
  await page.evaluate(() => {
    for (const heading of document.querySelectorAll('main h1, main h2')) {
      const font = document.createElement('font');
      font.append(...heading.childNodes);
      heading.append(font);
    }
  });
  const name = page.getByLabel('Your name');
  const letCome = await delayScripts(page);
  await name.pressSequentially('Hanna');
  letCome();
  await expect.poll(() => isFrameworkRunning(page)).toBe(true);
  await expect(name).toHaveValue('Hanna');
  await expect(name).toBeFocused();
});

test.describe(() => {
  test.use({ expectedNoise: [/ERR_FAILED/] });

  test('a press that comes before everything else on the last step loses nothing @one-size', async ({ page }) => {
    await openUntouched(page);
    await page.route('**/book?*', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
    await page.getByRole('button', { name: /^Book/ }).click();
    await expect(page.getByRole('main').getByRole('alert')).toHaveText(/^No answer came back/);
  });
});

test('49 a plan chosen before the script loads is the plan that is announced @phone-only', async ({ page }) => {
  const wake = await openPlainBeforeScript(page, '/book?type=swedish&minutes=60&cadence=weekly&sessions=4', 'plan');
  await page
    .getByRole('group', { name: 'Massage' })
    .getByRole('radio', { name: /^Sports/ })
    .check({ force: true });
  await page.getByRole('radio', { name: /^90 min/ }).check({ force: true });
  await page.getByRole('radio', { name: 'Every 2 weeks' }).check({ force: true });
  await page.getByRole('textbox', { name: 'Number of sessions' }).fill('6');
  await page.getByRole('radio', { name: 'Mira' }).check({ force: true });
  await wake();
  const chosen = { type: 'sports', minutes: '90', cadence: 'biweekly', sessions: '6', therapist: 'mira' };
  await expect.poll(() => Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject(chosen);
  await expect(page.getByRole('group', { name: 'Massage' }).getByRole('radio', { name: /^Sports/ })).toBeChecked();
  await expect(page.getByRole('radio', { name: /^90 min/ })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Every 2 weeks' })).toBeChecked();
  await expect(page.getByRole('textbox', { name: 'Number of sessions' })).toHaveValue('6');
  await expect(page.getByRole('radio', { name: 'Mira' })).toBeChecked();
  await page.getByRole('button', { name: 'See the times' }).click();
  await page.waitForURL(/step=time/);
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject(chosen);
});

test('49 a date skipped before the script loads stays skipped after a reload @phone-only', async ({ page }) => {
  await chooseTimeWithOneClash(page);
  const wake = await openBeforeScript(page, page.url());
  await page.getByRole('radio').last().check({ force: true }); // "Skip" is the last choice
  await wake();
  await expect(page).toHaveURL(/&d\d=skip/);
  await page.reload();
  await expect(page.getByText('Skipped', { exact: true })).toBeVisible();
});

test('49 what was typed before the script loads stays in every other form @phone-only', async ({ page }) => {
  const wakeAskPage = await openBeforeScript(page, '/questions/ask');
  await page.getByRole('textbox', { name: 'Your question' }).fill('Does it help a stiff jaw?');
  await page.getByRole('checkbox').check();
  await wakeAskPage();
  await expect(page.getByRole('textbox', { name: 'Your question' })).toHaveValue('Does it help a stiff jaw?');
  await expect(page.getByRole('checkbox')).toBeChecked();

  const links = await openBeforeScript(page, '/manage');
  await page.getByLabel('E-mail').fill('ana@example.org');
  await links();
  await expect(page.getByLabel('E-mail')).toHaveValue('ana@example.org');

  const search = await openPlainBeforeScript(page, '/questions', 'question-pages');
  await page.getByRole('searchbox').fill('knee');
  await search();
  await expect(page.getByRole('searchbox')).toHaveValue('knee');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('status')).toHaveText(/question.* found/);

  await signInAs(page, 'owner', '/practice/embed');
  const embed = await openBeforeScript(page, '/practice/embed', 'form:has(textarea)');
  await page.getByRole('textbox', { name: 'Sites' }).fill('https://a.example');
  await embed();
  await expect(page.getByRole('textbox', { name: 'Sites' })).toHaveValue('https://a.example');

  const limits = await openBeforeScript(page, '/practice/unconfirmed', 'form:has(fieldset)');
  await page.getByRole('radio', { name: /^Wait for you/ }).check();
  await page.getByRole('textbox', { name: 'Sessions of one e-mail address' }).fill('27');
  await limits();
  await expect(page.getByRole('radio', { name: /^Wait for you/ })).toBeChecked();
  await expect(page.getByRole('textbox', { name: 'Sessions of one e-mail address' })).toHaveValue('27');
});

test('a keyboard user who moved on before the script loads keeps the focus @desktop-only', async ({ page }) => {
  await signInAs(page, 'owner', '/practice/calendar?view=week&whose=everyone');
  const open = await page.locator('a[href*="open="]').first().getAttribute('href');
  const calendar = await openBeforeScript(page, open!, 'main section[aria-labelledby=panel-name] a');
  const close = page.getByRole('region').getByRole('link', { name: 'Close' });
  await close.focus();
  await calendar();
  await expect(close).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(close).toHaveCount(0);
});

test('a week of times stays as the server sent it, and the arrow keys go through it @one-size', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/book?type=swedish&minutes=60&cadence=weekly&sessions=8&step=time');
  const links = page.locator('table.times td a');
  // The times have become one stop of the Tab key, so the script has loaded.
  await expect(page.locator('table.times td a[tabindex="0"]')).toHaveCount(1);
  expect(await links.count()).toBeGreaterThan(20);
  const readByScript = await links.evaluateAll((found) =>
    found.filter((link) => Object.keys(link).some((name) => name.startsWith('__react'))),
  );
  expect(readByScript).toEqual([]);
  await page.locator('table.times td a[tabindex="0"]').focus();
  const first = await page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press('ArrowDown');
  const second = await page.evaluate(() => document.activeElement?.textContent);
  expect(second).not.toBe(first);
  await expect(page.locator('table.times td a[tabindex="0"]')).toHaveText(second ?? '');
});
