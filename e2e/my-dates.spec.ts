import type { Page } from '@playwright/test';
import {
  expect,
  expectAccessible,
  expectNoOverflow,
  expectValidHtml,
  goToDetailsStep,
  readMail,
  showLaterWeeks,
  signInAs,
  test,
  tickBookingConsents,
} from './fixtures';

// One link for all plans of an e-mail address: asked for when the others are lost, and only ever sent by e-mail.

const DAY = 86_400_000;

async function book(page: Page, client: { name: string; email: string }, weeks: number): Promise<void> {
  const from = new Date(Date.now() + weeks * 7 * DAY).toISOString().slice(0, 10);
  const query = `days=7&service=swedish&minutes=60&therapist=aoife&from=${from}`;
  const { openings } = (await (await page.request.get(`/api/v1/openings?${query}`)).json()) as {
    openings: { startsAt: string }[];
  };
  const appointments = [{ startsAt: openings.at(-1)!.startsAt, therapist: 'aoife' }];
  const answer = await page.request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': `mine-${client.email}-${weeks}` },
    data: { service: 'swedish', minutes: 60, cadence: 'once', appointments, client },
  });
  expect(answer.status()).toBe(201);
}

test('a client who lost their links gets one for all plans of everybody who shares the address @one-size @no-script', async ({
  page,
  browser,
}, { project }) => {
  const isScripted = project.name !== 'no-script';
  const email = `mine.${project.name}@example.org`;
  await book(page, { name: 'Maeve Mine', email }, isScripted ? 9 : 11);
  await book(page, { name: 'Oisín Mine', email }, isScripted ? 10 : 12);
  await page.goto('/manage');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Ask for my link' }).click();
  await expect(page.getByText('This server sends no e-mail yet')).toBeVisible();

  const mail = (await readMail(browser, page, email)).find(({ subject }) => subject.startsWith('Your bookings at'));
  expect(mail?.links).toHaveLength(1);
  await page.goto(mail!.links[0]!);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My dates');
  await expectValidHtml(page);
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await expect(page.getByText(/^Swedish, 60 minutes, with Aoife, for Maeve Mine/)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Directions' })).toHaveAttribute('href', /^geo:0,0\?q=/);
  await expect(page.getByRole('link', { name: 'Fill it in' })).toHaveCount(2);
  if (isScripted) await expect(page.getByRole('button', { name: 'Copy the address' })).toBeVisible();
  const data = await page.request.get(`${mail!.links[0]}/my-data.json`);
  const { kept } = (await data.json()) as { kept: { clients: { name: string }[] } };
  expect(kept.clients.map(({ name }) => name).sort()).toEqual(['Maeve Mine', 'Oisín Mine']);

  await page.getByRole('link', { name: 'See it on a page' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What we keep about you');
  await expectValidHtml(page);
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  const you = page.locator('section', { has: page.getByRole('heading', { name: 'You', exact: true }) });
  for (const name of ['Maeve Mine', 'Oisín Mine']) await expect(you.getByText(name, { exact: true })).toBeVisible();
  const dates = page.locator('section', { has: page.getByRole('heading', { name: 'Your dates' }) });
  await expect(dates.getByText(/^Swedish, 60 minutes, with Aoife .*, for Maeve Mine\.$/)).toBeVisible();
  await expect(dates.getByText(/^[A-Z][a-z]+day \d+ [A-Z][a-z]+ \d{4}, \d{2}:\d{2} to \d{2}:\d{2}$/)).toHaveCount(2);
  await expect(page.getByRole('link', { name: 'Download as a file' })).toHaveAttribute('href', /\/my-data\.json$/);
  await page.getByRole('link', { name: 'My dates' }).click();

  await expect(page.getByText(/for Oisín Mine/)).toBeVisible();
  await page.getByRole('link', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: /^Cancel/ }).click();
  await page.waitForURL(/flash=cancelled/);
  await page.goto(mail!.links[0]!);
  await expect(page.getByText(/^Swedish, 60 minutes, with Aoife, for Oisín Mine/)).toBeVisible();

  await expect(page.getByRole('radio', { name: 'English' })).toBeChecked();
  await page.getByRole('radio', { name: 'Deutsch' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('#flash')).toContainText('Our next e-mails to you are in this language');
  await expect(page.getByRole('radio', { name: 'Deutsch' })).toBeChecked();
  await page.goto('/manage');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Ask for my link' }).click();
  await expect(page.getByText('This server sends no e-mail yet')).toBeVisible();
  const inGerman = (await readMail(browser, page, email)).filter(({ subject }) => subject.startsWith('Ihre'));
  expect(inGerman.length).toBeGreaterThan(0);
});

test('a parent books for a child by name, and staff see both names @one-size @no-script', async ({
  page,
  browser,
  anotherPerson,
}, { project }) => {
  test.slow();
  const isScripted = project.name !== 'no-script';
  const [parent, child] = [`Ada ${project.name}`, `Mia ${project.name}`];
  const email = `ada.${project.name}@example.org`;
  await page.goto('/book?type=swedish&minutes=60&cadence=once&step=time');
  await showLaterWeeks(page, isScripted ? 6 : 8);
  await page
    .getByRole('link', { name: /with Aoife/ })
    .first()
    .click();
  await goToDetailsStep(page);
  const other = page.getByLabel('Name of the person who comes');
  await expect(other).toBeHidden();
  await page.getByRole('radio', { name: 'Somebody else' }).check({ force: true });
  await expect(other).toBeVisible();
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await page.getByLabel('Your name').fill(parent);
  await page.getByLabel('E-mail').fill(email);
  await tickBookingConsents(page);
  await page.getByRole('button', { name: 'Book it' }).click();
  await expect(page.getByText('Enter the name of the person who comes.')).toBeVisible();
  await other.fill(child);
  if (isScripted) {
    await page.reload();
    await expect(other).toHaveValue(child);
    await tickBookingConsents(page);
  }
  await page.getByRole('button', { name: 'Book it' }).click();
  await page.waitForURL(/\/manage\/[^/]+\/booked$/);
  await expect(page.getByText(new RegExp(`With Aoife, for ${child}`))).toBeVisible();

  const managePath = new URL(page.url()).pathname.replace(/\/booked$/, '');
  await page.goto(managePath);
  await expect(page.getByText(new RegExp(`for ${child}, at`))).toBeVisible();
  await page.goto(`${managePath}/intake`);
  await expect(page.getByText(`The answers are about ${child}.`)).toBeVisible();
  const [mail] = await readMail(browser, page, email);
  expect(mail?.text).not.toContain(child);

  const desk = await anotherPerson();
  await signInAs(desk, 'owner');
  await desk.goto(`/practice/clients?q=${encodeURIComponent(child)}`);
  await desk.getByRole('link', { name: child }).first().click();
  await expect(desk.getByText('Booked by')).toBeVisible();
  await expect(desk.getByText(parent, { exact: true })).toBeVisible();
});
