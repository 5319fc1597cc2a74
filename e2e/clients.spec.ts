import type { APIRequestContext, Route } from '@playwright/test';
import { expect, expectAccessible, expectNoOverflow, readMail, signInAs, test } from './fixtures';

// The practice's clients: found while somebody types, and each with a page.

test('a client is found by letters and by digits, with script and without it @no-script', async ({ page }, {
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

test.describe('while a search is under way', () => {
  test.use({ expectedNoise: [/ERR_FAILED/] });

  test('a client who is pressed is opened, also where the browser ends the search @desktop-only', async ({ page }) => {
    await signInAs(page, 'owner', '/practice/clients?q=ana');
    const isPage = (url: URL) => url.pathname === '/practice/clients' && url.searchParams.get('q') === 'an';
    const held: Route[] = [];
    await page.route(
      (url) => isPage(url) && url.searchParams.has('_rsc'),
      (route) => void held.push(route),
    );
    await page.getByRole('searchbox', { name: /Find a client/ }).fill('an');
    await expect.poll(() => held.length).toBe(1);
    // As Firefox does: it ends what is loading when somebody follows a link, before the page of the link is there.
    await page.route('/practice/clients/ana', async (route) => {
      const failed = page.waitForEvent('requestfailed');
      await held[0]!.abort();
      await failed;
      await route.continue();
    });
    await page.getByRole('link', { name: 'Ana Costa' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Ana Costa' })).toBeVisible();
  });
});

test('a next date is booked from a client’s page, for the massage that they had last @one-size @no-script', async ({
  page,
}) => {
  await signInAs(page, 'owner', '/practice/clients/ana');
  await page.getByRole('link', { name: 'Book a session' }).click();
  const panel = page.getByRole('region', { name: /^Book \d\d:\d\d with Mira/ });
  await expect(panel.getByText('Ana Costa')).toBeVisible();
  await expect(panel.getByRole('status')).toHaveText('Free');
  await expect(panel.getByRole('button', { name: /^Book/ })).toBeEnabled();
});

test('a next date begins with the length that the client had last @one-size', async ({ page }) => {
  await signInAs(page, 'owner', '/practice/clients?q=edith');
  await page.getByRole('link', { name: 'Edith Kerr' }).click();
  const last = page
    .getByRole('region', { name: 'Past dates' })
    .getByText(/minutes/)
    .first();
  const minutes = (await last.textContent())!.match(/(\d+) minutes/)![1]!;
  await page.getByRole('link', { name: 'Book a session' }).click();
  const panel = page.getByRole('region', { name: /^Book \d\d:\d\d with / });
  await expect(panel.getByRole('radio', { name: new RegExp(`^${minutes}\\b`) })).toBeChecked();
});

test('on a phone all pages of the practice can be reached from the heading @phone-only', async ({ page }) => {
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

test('the owner downloads all the data kept about a client @desktop-only', async ({ page }) => {
  await signInAs(page, 'owner', '/practice/clients?q=ana+costa');
  await page.getByRole('link', { name: 'Ana Costa' }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Export' }).click()]);
  expect(file.suggestedFilename()).toBe('client-data.json');
});

async function bookOnline(request: APIRequestContext, client: { name: string; email: string }, daysAhead: number) {
  const from = new Date(Date.now() + daysAhead * 86_400_000).toISOString().slice(0, 10);
  const openingsPath = `/api/v1/openings?service=swedish&minutes=60&from=${from}&days=7&therapist=aoife`;
  const { openings } = await (await request.get(openingsPath)).json();
  return request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': `clients-${client.email}-${openings[0].startsAt}` },
    data: {
      ...{ service: 'swedish', minutes: 60, cadence: 'once', client },
      appointments: [{ startsAt: openings[0].startsAt, therapist: 'aoife' }],
    },
  });
}

test('a client is changed, merged with their duplicate, written to, and erased @one-size @no-script', async ({
  page,
  browser,
  anotherPerson,
}, { project }) => {
  test.slow();
  const { request } = await anotherPerson();
  const days = { phone: 33, desktop: 47, 'no-script': 61 }[project.name] ?? 75;
  const email = `rhona-${project.name}@example.org`;
  const double = `rona-${project.name}@example.org`;
  expect((await bookOnline(request, { name: 'Rhona Vale', email }, days)).status()).toBe(201);
  expect((await bookOnline(request, { name: 'Rona Vale', email: double }, days + 7)).status()).toBe(201);

  await signInAs(page, 'owner', `/practice/clients?q=${email}`);
  await page.getByRole('link', { name: 'Rhona Vale' }).click();
  const contact = page.getByRole('region', { name: 'Contact' });
  await contact.getByRole('link', { name: 'Change' }).click();
  await page.getByLabel('Phone').fill('087 555 0134');
  await page.getByLabel('Tags').fill('runner, pays cash');
  await page.getByLabel('Alerts').fill('Allergic to nut oils');
  await page.getByLabel('Extra minutes after each session').fill('15');
  await page.getByRole('radio', { name: /Call you/ }).check();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Alerts' })).toContainText('Allergic to nut oils');
  await expect(page.getByRole('region', { name: 'Alerts' })).toContainText('15 minutes more are kept for them');
  await expect(contact.getByRole('link', { name: '087 555 0134' })).toHaveAttribute('href', 'tel:+353875550134');
  const refused = await bookOnline(request, { name: 'Somebody', email }, days + 14);
  expect(refused.status()).toBe(422);
  expect(await refused.text()).toContain('cannot be booked online');

  await page.getByRole('link', { name: 'Join with another entry' }).click();
  await page.getByRole('searchbox').fill(double);
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('link', { name: 'Rona Vale' }).click();
  await expect(page.getByRole('radio', { name: 'Keep Rhona Vale' })).toBeChecked();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);
  await page.getByRole('button', { name: 'Join the two' }).click();
  await expect(page.getByText('Everything of both is here now.')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Next dates' }).getByRole('listitem')).toHaveCount(2);

  await page.getByRole('link', { name: 'Write', exact: true }).click();
  await page.getByLabel('Your words').fill('The street is closed.\nPlease come by the garden gate.');
  await page.getByRole('button', { name: 'See the e-mail' }).click();
  await expect(page.getByText('Please come by the garden gate.')).toBeVisible();
  await expectNoOverflow(page);
  await page.getByRole('button', { name: 'Write it' }).click();
  await expect(page.getByText('The e-mail is written')).toBeVisible();
  const [message] = await readMail(browser, page, email);
  expect(message?.subject).toContain('A message from');
  expect(message?.text).toContain('Please come by the garden gate.');

  await page.getByRole('link', { name: 'Rhona Vale' }).first().click();
  await page.getByRole('link', { name: 'Erase' }).click();
  await page.getByLabel(/Type their name/).fill('Rhona');
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await expect(page.getByText('This is not the name above. Nothing was erased.')).toBeVisible();
  await page.getByLabel(/Type their name/).fill('rhona vale');
  await page.getByRole('button', { name: 'Erase for good' }).click();
  await expect(page.getByText('Nothing that names them is kept any more.')).toBeVisible();
  await page.goto(`/practice/clients?q=${email}`);
  await expect(page.getByRole('status')).toContainText('Nobody is found by that');
});

test('everybody who comes on a day is sent one message, after a preview of the e-mail @desktop-only', async ({
  page,
}) => {
  await signInAs(page, 'front desk', '/practice/clients');
  await page.getByRole('link', { name: 'Write to all of a day' }).click();
  await expect(page.getByRole('heading', { level: 1, name: /^Write to all of / })).toBeVisible();
  await expectNoOverflow(page);
  await expectAccessible(page);
});
