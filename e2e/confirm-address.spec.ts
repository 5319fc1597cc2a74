import type { Frame, Locator, Page, Request } from '@playwright/test';
import type { Server } from '../scripts/prove/server';
import {
  expect,
  expectAccessible,
  expectNoOverflow,
  goToDetailsStep,
  readMail,
  showLaterWeeks,
  signInAs,
  test,
  tickBookingConsents,
} from './fixtures';

// What a new client sees when strangers hold as much as they may. It runs on a server of its own, with the limits on.

let server: Server;

test.beforeEach(async ({ ownServer }) => {
  server = await ownServer({ RATE_LIMITS: '' });
});

/** From the times to the last button. */
async function book(page: Page, client: { name: string; email: string }): Promise<void> {
  await page.goto(`${server.address}/book?step=time&type=swedish&minutes=60&cadence=weekly&sessions=12&therapist=mira`);
  await showLaterWeeks(page, 2);
  await page
    .getByRole('link', { name: /with Mira/ })
    .first()
    .click();
  await goToDetailsStep(page);
  await page.getByLabel('Your name').fill(client.name);
  await page.getByLabel('E-mail').fill(client.email);
  await tickBookingConsents(page);
  await page.getByRole('button', { name: /^Book (it|both|all)/ }).click();
}

test('a new client confirms by e-mail once strangers hold too much, and the owner removes their bookings @one-size @no-script', async ({
  page,
  browser,
}, { project }) => {
  test.slow();
  const isScripted = project.name !== 'no-script';
  const first = { name: 'Una First', email: 'una@example.org' };
  await book(page, first);
  await page.waitForURL(/\/manage\/[^/]+\/booked$/);

  const nora = { name: 'Nora Second', email: 'nora@example.org' };
  await book(page, nora);
  await expect(page.getByText('Not booked yet: one link to press')).toBeVisible();
  await expect(page.getByText(nora.email)).toBeVisible();
  await expect(page.getByText('This is a demo, and it sends no e-mail.')).toBeVisible();
  await expect(page.getByText(/held for you until/)).toHaveCount(0);
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);

  const [message] = await readMail(browser, page, nora.email);
  expect(message?.subject).toMatch(/^Not booked yet: confirm by \d\d:\d\d$/);
  expect(message?.text).not.toContain('Nora');
  const link = message?.links.find((link) => link.includes('/manage/confirm/'));
  await page.goto(server.address + link);
  await expect(page.getByText('Nothing is booked yet.')).toBeVisible();
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await page.getByRole('button', { name: /^Confirm and book/ }).click();
  await page.waitForURL(/\/manage\/[^/]+\/booked$/);

  // A second press leads to the dates, and books nothing more.
  await page.goto(server.address + link);
  await page.getByRole('link', { name: 'See your dates' }).click();
  await expect(page.getByText(nora.name)).toBeVisible();

  // Nora is known now, so she books again at once.
  await book(page, nora);
  await page.waitForURL(/\/manage\/[^/]+\/booked$/);

  const office = await (await browser.newContext({ javaScriptEnabled: isScripted })).newPage();
  await signInAs(office, 'owner', '/practice/calendar', server.address);
  // On a phone it is in the menu, whose label says so.
  const menu = office.locator('summary', { hasText: /^Menu, 1 unconfirmed/ });
  await expect(menu.or(office.getByRole('link', { name: '1 unconfirmed' })).first()).toBeAttached();
  if (await menu.isVisible()) await menu.click();
  await office.getByRole('link', { name: '1 unconfirmed' }).click();
  await expect(office.getByText(first.email)).toBeVisible();
  await expect(office.getByText(nora.email)).toHaveCount(0);
  await expectNoOverflow(office);
  if (isScripted) await expectAccessible(office);
  await office.getByText(/^Cancel all from/).click();
  await office.getByRole('button', { name: /^Cancel all 12 sessions$/ }).click();
  await expect(office.getByText('Their time is free again')).toBeVisible();
  await expect(office.getByText('Everything that is booked is confirmed')).toBeVisible();
  await office.close();
});

test('a visitor of the demo is led to its e-mails, and confirms the booking there @desktop-only', async ({ page }) => {
  await book(page, { name: 'Una First', email: 'una@example.org' });
  await page.waitForURL(/\/manage\/[^/]+\/booked$/);
  await book(page, { name: 'Una Again', email: 'una.again@example.org' });
  await page.getByRole('link', { name: 'Sign in as its owner' }).click();
  await page.getByRole('button', { name: 'As owner' }).click();
  await page.waitForURL(/\/practice\/mail$/);
  const newest = page.getByRole('listitem').filter({ hasText: 'To una.again@example.org' }).first();
  await newest.getByText('What it says').click();
  await newest.getByRole('link', { name: /\/manage\/confirm\// }).click();
  await page.getByRole('button', { name: /^Confirm and book/ }).click();
  await page.waitForURL(/\/manage\/[^/]+\/booked$/);
});

test('an owner who approves each new client books the requested dates @desktop-only', async ({ page, browser }) => {
  const office = await browser.newPage();
  await signInAs(office, 'owner', '/practice/unconfirmed', server.address);
  await office.getByRole('radio', { name: /^Wait for you/ }).check();
  await office.getByLabel('Percent of a therapist’s week').fill('0');
  await office.getByRole('button', { name: 'Save' }).click();
  await expect(office.getByText('Give a whole number from 1 to 100.')).toBeVisible();
  await office.getByLabel('Percent of a therapist’s week').fill('25');
  await office.getByRole('button', { name: 'Save' }).click();
  await expect(office.getByText('Saved')).toBeVisible();
  await expect(office.getByRole('radio', { name: /^Wait for you/ })).toBeChecked();

  await book(page, { name: 'Nora Second', email: 'nora@example.org' });
  await expect(page.getByText(/looks at the first booking of each new client/)).toBeVisible();

  await office.reload();
  await expect(office.getByText('nora@example.org')).toBeVisible();
  await office.getByRole('button', { name: 'Book it' }).click();
  await expect(office.getByText('No mail server is set, so no e-mail is sent: tell the client.')).toBeVisible();
  const subjects = (await readMail(browser, page, 'nora@example.org')).map(({ subject }) => subject);
  expect(subjects).toHaveLength(2);
  expect(subjects).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Booked: /), expect.stringMatching(/^Not booked yet: /)]),
  );
  await office.close();
});

/**
 * Books from a question by the shortest way. Returns how often something was pressed, and how many pages and forms the
 * browser loaded and sent.
 */
async function bookTheBestTime(page: Page, client: { name: string; email: string }) {
  const steps = { presses: 0, pages: 0, sent: 0 };
  await page.goto(`${server.address}/questions/hamstring-tendinopathy`);
  const press = async (target: Locator) => {
    await target.click();
    steps.presses += 1;
  };
  const countPage = (frame: Frame) => {
    if (frame === page.mainFrame()) steps.pages += 1;
  };
  const countSent = (request: Request) => {
    if (request.method() === 'POST') steps.sent += 1;
  };
  page.on('framenavigated', countPage).on('request', countSent);
  await press(page.getByRole('main').getByRole('link', { name: /^Ready to book: / }));
  await press(page.locator('#best').getByRole('link', { name: /all 6/ }).first());
  await page.getByLabel('Your name').fill(client.name);
  await page.getByLabel('E-mail').fill(client.email);
  await press(page.getByRole('checkbox', { name: 'None of these applies to me' }));
  await press(page.getByRole('checkbox', { name: /may keep/ }));
  await press(page.getByRole('button', { name: 'Book all six' }));
  await page.waitForURL(/\/manage\/[^/]+\/booked$/);
  await expect(page.getByRole('heading', { level: 1, name: /^See you on/ })).toBeVisible();
  page.off('framenavigated', countPage).off('request', countSent);
  return steps;
}

test('a known client takes the same five presses as a new one, and neither is asked anything more @one-size @no-script', async ({
  page,
  browser,
}, { project }) => {
  test.slow();
  const ida = { name: 'Ida Again', email: 'ida@example.org' };
  const asNew = await bookTheBestTime(page, ida);
  // With script, the page of dates updates its own address, and requests the hold by itself.
  if (project.name === 'no-script') expect(asNew).toEqual({ presses: 5, pages: 3, sent: 1 });
  else expect(asNew).toMatchObject({ presses: 5, sent: 2 });

  const [message] = await readMail(browser, page, ida.email);
  const link = message?.links.find((link) => link.includes('/manage/confirm/'));
  await page.goto(server.address + link);
  await page.getByRole('button', { name: /^Confirm/ }).click();
  await expect(page.getByText('Your e-mail address is confirmed')).toBeVisible();

  const { presses, sent } = asNew;
  expect(await bookTheBestTime(page, ida)).toMatchObject({ presses, sent });
});
