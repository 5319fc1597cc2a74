import { expect, expectAccessible, expectNoOverflow, readMail, signInAs, test } from './fixtures';

// The owner sets what is offered: massages with lengths and prices, and rooms. Booked dates that a change affects are
// decided on first.

test('an owner adds a massage, and hands its booked dates to a colleague before taking a therapist from it @one-size @no-script', async ({
  page,
  browser,
  anotherPerson,
}, { project }) => {
  test.slow(); // three people, and axe on four pages in light and dark
  const hasScript = project.name !== 'no-script';
  const name = `Hot stone ${project.name}`;
  await signInAs(page, 'owner', '/practice/settings');
  await page.getByRole('link', { name: /^Massages and prices/ }).click();
  await page.getByRole('link', { name: 'Add a massage' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('What it is like').fill('Warm stones, laid on and moved slowly.');
  await page.getByLabel('Minutes 1').fill('75');
  await page.getByLabel('Price 1').fill('ninety');
  await page.getByRole('button', { name: 'Add a length' }).click();
  await page.getByLabel('Minutes 2').fill('45');
  await page.getByLabel('Price 2').fill('60.50');
  await page.getByLabel(/^Mira/).check();
  await page.getByLabel(/^Jun/).check();
  await page.getByLabel('Garden room').check();
  await page.getByLabel('Loft').check();
  await page.getByRole('button', { name: 'Save', exact: true }).last().click();
  await expect(page.getByText('Give its price in EUR')).toBeVisible();
  await expect(page.getByLabel('Minutes 2')).toHaveValue('45');
  await expectNoOverflow(page);
  if (hasScript) await expectAccessible(page);
  await page.getByLabel('Price 1').fill('90');
  await page.getByRole('button', { name: 'Save', exact: true }).last().click();
  await expect(page.getByText('Saved')).toBeVisible();
  const row = page.getByRole('listitem').filter({ hasText: name });
  await expect(row).toContainText('From €60.50. 45 and 75 minutes');
  await expectNoOverflow(page);
  await page.getByRole('button', { name: `Move ${name} up` }).click();
  await expect(page.getByText('The order is changed')).toBeVisible();
  if (hasScript) await expectAccessible(page);

  const client = await anotherPerson();
  const { services } = await (await client.request.get('/api/v1/services')).json();
  const { id } = services.find((service: { name: string }) => service.name === name);
  // The screen sizes run in parallel, so each books in weeks of its own.
  const days = { phone: 70, desktop: 91, 'no-script': 112 }[project.name] ?? 133;
  const from = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const { openings } = await (
    await client.request.get(`/api/v1/openings?service=${id}&minutes=75&from=${from}&days=14&therapist=mira`)
  ).json();
  const email = `stone-${project.name}@example.org`;
  const booked = await client.request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': `stone-${project.name}` },
    data: {
      service: id,
      minutes: 75,
      cadence: 'once',
      appointments: [{ startsAt: openings[0].startsAt, therapist: 'mira' }],
      client: { name: 'Orla Finn', email },
    },
  });
  expect(booked.status()).toBe(201);

  await page.getByRole('link', { name }).click();
  await page.getByLabel(/^Mira/).uncheck();
  await page.getByRole('button', { name: 'Save', exact: true }).last().click();
  await expect(page.getByRole('group', { name: 'One booked date is touched' })).toBeVisible();
  await expect(page.getByText(`Orla Finn, ${name} with Mira`)).toBeVisible();
  await expectNoOverflow(page);
  if (hasScript) await expectAccessible(page);
  await page.getByLabel(/^Jun, /).check();
  await page.getByRole('button', { name: 'Save, as decided above' }).click();
  await expect(page.getByText('Saved')).toBeVisible();
  const [moved] = await readMail(browser, page, email);
  expect(moved?.text).toContain('Jun Sato');

  await page.getByRole('link', { name }).click();
  await page.getByRole('button', { name: 'Retire this massage' }).click();
  await expect(page.getByText(`Orla Finn, ${name} with Jun`)).toBeVisible();
  await page.getByLabel(/^Cancel /).check();
  await page.getByRole('button', { name: 'Retire this massage, as decided above' }).click();
  await expect(page.getByText('It is not offered any more')).toBeVisible();
  const [message] = await readMail(browser, page, email);
  expect(message?.subject).toContain('Cancelled');
  const after = await (await client.request.get('/api/v1/services')).json();
  expect(after.services.map((service: { name: string }) => service.name)).not.toContain(name);
});

test('an owner adds a room, renames it, retires it and deletes it @one-size @no-script', async ({ page }, {
  project,
}) => {
  const name = `Cellar ${project.name}`;
  await signInAs(page, 'owner', '/practice/settings');
  await page.getByRole('link', { name: /^Rooms/ }).click();
  await page.getByRole('link', { name: 'Add a room' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Loft');
  for (const box of await page.getByRole('checkbox').all()) await box.uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('There is a room of this name.')).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved')).toBeVisible();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);
  await page.getByRole('link', { name }).click();
  await page.getByRole('button', { name: 'Retire this room' }).click();
  await expect(page.getByText('Nobody new is put there', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: `Use it again: ${name}` }).click();
  await expect(page.getByText('It is in use again')).toBeVisible();
  await page.getByRole('link', { name }).click();
  await page.getByRole('button', { name: 'Delete this room' }).click();
  await expect(page.getByText('Deleted', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name })).toHaveCount(0);
});

test('an owner invites a therapist, sets a price for them, and removes them @one-size @no-script', async ({
  page,
  anotherPerson,
}, { project }) => {
  const hasScript = project.name !== 'no-script';
  const name = `Una ${project.name}`;
  const email = `una-${project.name}@example.org`;
  await signInAs(page, 'owner', '/practice/settings');
  await page.getByRole('link', { name: /^Team/ }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('E-mail', { exact: true }).fill('mira@fortnight.example');
  await page.getByRole('button', { name: 'Add them' }).click();
  await expect(page.getByText('works here already')).toBeVisible();
  if (hasScript) await expectAccessible(page);
  await page.getByLabel('E-mail', { exact: true }).fill(email);
  await page.getByRole('button', { name: 'Add them' }).click();
  await expect(page.getByText('They are on the team')).toBeVisible();

  await page.getByRole('group', { name: 'What they give' }).getByLabel('Swedish').check();
  await page.getByText('Their own prices').click();
  await page.getByLabel('Swedish, 60 minutes').fill('a lot');
  await page.getByLabel('Minutes a day', { exact: true }).fill('300');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Give a price in EUR, such as 68 or 68.50, or nothing.')).toBeVisible();
  await expectNoOverflow(page);
  if (hasScript) await expectAccessible(page);
  await page.getByLabel('Swedish, 60 minutes').fill('75');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved')).toBeVisible();
  await expectNoOverflow(page);
  // The page leads to the therapist's hours, because nobody can book them before they have hours.
  await expect(page.getByRole('heading', { level: 1, name: 'Una’s hours' })).toBeVisible();
  await page.goto('/practice/settings/team');
  await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText('Therapist: Swedish');

  // No mail server is set: the owner is shown the link once, and hands it over. The therapist's access ends the moment
  // they are removed.
  await page.getByRole('link', { name }).click();
  await page.getByRole('button', { name: 'Show their link' }).click();
  const link = await page.getByLabel('The link').inputValue();
  if (hasScript) await expectAccessible(page);
  await expectNoOverflow(page);
  const otherPage = await anotherPerson();
  await otherPage.goto(link);
  await otherPage.getByRole('button', { name: 'Sign in' }).click();
  await expect(otherPage.getByText(`Signed in as ${name}`)).toBeVisible();
  await page.goto(page.url());
  await expect(page.getByLabel('The link')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Show their link' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Take them off the team' }).click();
  await expect(page.getByText('They have left the team')).toBeVisible();
  await otherPage.goto('/practice/calendar');
  await expect(otherPage).toHaveURL(/\/sign-in/);
});
