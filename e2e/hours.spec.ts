import { expect, expectAccessible, expectNoOverflow, readMail, signInAs, test } from './fixtures';

// The owner shortens a day on which somebody is booked: the date is shown by name first, and moved in the same step.
// The sizes run beside each other, so each has a therapist of its own, in a week far ahead.

const THERAPISTS: Record<string, string> = { phone: 'aoife', desktop: 'jun', 'no-script': 'tom' };
const DAY = 86_400_000;

test('other hours name the booked date that falls outside, move it, and can be taken back @no-script', async ({
  page,
  browser,
  anotherPerson,
}, { project }) => {
  test.slow(); // two dozen pages, one after the other
  const client = await anotherPerson();
  const therapist = THERAPISTS[project.name] ?? 'jun';
  const later = new Date(Date.now() + 330 * DAY);
  const monday = new Date(later.getTime() - ((later.getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10);
  const wednesday = new Date(Date.parse(monday) + 2 * DAY).toISOString().slice(0, 10);
  const { openings } = await (
    await client.request.get(
      `/api/v1/openings?service=sports&minutes=60&from=${wednesday}&days=1&therapist=${therapist}`,
    )
  ).json();
  const { startsAt } = openings.at(-1);
  const time = startsAt.slice(11, 16);
  const email = `hours-${project.name}@example.org`;
  const booked = await client.request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': `hours-${project.name}-${startsAt}` },
    data: {
      service: 'sports',
      minutes: 60,
      cadence: 'once',
      appointments: [{ startsAt, therapist }],
      client: { name: 'Orla Finn', email },
    },
  });
  expect(booked.status()).toBe(201);

  await signInAs(page, 'owner', `/practice/settings/hours?who=${therapist}`);
  await expect(page.getByRole('heading', { level: 1, name: /’s hours$/ })).toBeVisible();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);

  await page.getByLabel('Valid from').fill(monday);
  await page.getByLabel('Wednesday, until').fill('late');
  await page.getByRole('button', { name: 'See what falls outside' }).first().click();
  await expect(page.getByText('These hours cannot be saved')).toBeVisible();
  await expect(page.getByLabel('Wednesday, until')).toHaveValue('late');

  await page.getByLabel('Wednesday, until').fill(time);
  await page.getByRole('button', { name: 'See what falls outside' }).first().click();
  await expect(page.getByRole('heading', { name: 'One booked date falls outside' })).toBeVisible();
  const date = page.getByRole('group', { name: /Orla Finn, Sports.*, once/ });
  await expect(date.getByRole('radio', { name: 'Keep it' })).toBeChecked();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);

  await date.getByText(/^Move to/).click();
  await page.getByRole('button', { name: /^Save from/ }).click();
  await expect(page.getByText('One date moved. Each client gets an e-mail.')).toBeVisible();
  const [moved] = await readMail(browser, page, email);
  expect(moved?.subject).toMatch(/moved/i);
  const timesOf = async () => {
    const address = `/api/v1/openings?service=sports&minutes=60&from=${wednesday}&days=1&therapist=${therapist}`;
    const found = await (await client.request.get(address)).json();
    return found.openings.map((opening: { startsAt: string }) => opening.startsAt.slice(11, 16));
  };
  expect(await timesOf()).not.toContain(time);

  await page.getByText('Add a day').click();
  await page.getByLabel('First day').fill(wednesday);
  await page.getByRole('button', { name: 'See what falls outside' }).last().click();
  await page
    .getByRole('group', { name: /Orla Finn/ })
    .getByText('Cancel it')
    .click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('One date cancelled. Each client gets an e-mail.')).toBeVisible();
  expect(await timesOf()).toEqual([]);

  for (const name of [/^Remove what begins on/, new RegExp(`^Remove Wed ${Number(wednesday.slice(8))} `)]) {
    await page.getByRole('link', { name }).last().click();
    await expect(page.getByText('No booked date falls outside.')).toBeVisible();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Remove', exact: true })).toHaveCount(0);
    await expect(page.getByText('From now on times are offered by these hours.')).toBeVisible();
  }
  expect(await timesOf()).toContain(time);
});
