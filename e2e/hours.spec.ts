import { expect, expectAccessible, expectNoOverflow, readMail, signInAs, test } from './fixtures';

// The owner shortens a day with a booked date: the client's date is shown by name first, and moved in the same step.
// The screen sizes run in parallel, so each has a therapist of its own, in a distant week.

const THERAPISTS: Record<string, string> = { phone: 'aoife', desktop: 'jun', 'no-script': 'tom' };
const DAY = 86_400_000;

test('new hours name the booked date that falls outside, move it, and can be undone @one-size @no-script', async ({
  page,
  browser,
  anotherPerson,
}, { project }) => {
  test.slow(); // two dozen pages, one after the other
  const client = await anotherPerson();
  const therapist = THERAPISTS[project.name] ?? 'jun';
  const farDay = new Date(Date.now() + 330 * DAY);
  const monday = new Date(farDay.getTime() - ((farDay.getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10);
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
  await page.getByRole('button', { name: 'Check, then save' }).first().click();
  await expect(page.getByText('These hours cannot be saved')).toBeVisible();
  await expect(page.getByLabel('Wednesday, until')).toHaveValue('late');

  await page.getByLabel('Wednesday, until').fill(time);
  await page.getByRole('button', { name: 'Check, then save' }).first().click();
  await expect(page.getByRole('heading', { name: 'One booked date falls outside' })).toBeVisible();
  const date = page.getByRole('group', { name: /Orla Finn, Sports.*, once/ });
  await expect(date.getByRole('radio', { name: 'Keep it' })).toBeChecked();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);

  await date.getByText(/^Move to/).click();
  await page.getByRole('button', { name: /^Save from/ }).click();
  await expect(
    page.getByText('One date moved. No mail server is set, so no e-mail is sent: tell each client.'),
  ).toBeVisible();
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
  await page.getByRole('button', { name: 'Check, then save' }).last().click();
  await page
    .getByRole('group', { name: /Orla Finn/ })
    .getByText('Cancel it')
    .click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(
    page.getByText('One date cancelled. No mail server is set, so no e-mail is sent: tell each client.'),
  ).toBeVisible();
  expect(await timesOf()).toEqual([]);

  for (const name of [/^Remove what begins on/, new RegExp(`^Remove Wed ${Number(wednesday.slice(8))} `)]) {
    await page.getByRole('link', { name }).last().click();
    await expect(page.getByText('No booked date falls outside.')).toBeVisible();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Remove', exact: true })).toHaveCount(0);
    await expect(page.getByText('Times are offered by these hours from the day on that you chose.')).toBeVisible();
  }
  expect(await timesOf()).toContain(time);
});

test('a repeating break names the booked date in it, blocks its time, and is ended from a day on @one-size @no-script', async ({
  page,
  anotherPerson,
}, { project }) => {
  test.slow(); // a dozen pages, one after the other
  const client = await anotherPerson();
  const therapist = THERAPISTS[project.name] ?? 'jun';
  const farDay = new Date(Date.now() + 316 * DAY);
  const monday = new Date(farDay.getTime() - ((farDay.getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10);
  const dayAt = (days: number) => new Date(Date.parse(monday) + days * DAY).toISOString().slice(0, 10);
  const wednesday = dayAt(2);
  const startsOn = async (on: string): Promise<string[]> => {
    const address = `/api/v1/openings?service=sports&minutes=60&from=${on}&days=1&therapist=${therapist}`;
    const { openings } = await (await client.request.get(address)).json();
    return openings.map(({ startsAt }: { startsAt: string }) => startsAt);
  };
  const startsAt = (await startsOn(wednesday))[0]!;
  const time = startsAt.slice(11, 16);
  const until = `${String(Number(time.slice(0, 2)) + 1).padStart(2, '0')}${time.slice(2)}`;
  const booked = await client.request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': `break-${project.name}-${startsAt}` },
    data: {
      service: 'sports',
      minutes: 60,
      cadence: 'once',
      appointments: [{ startsAt, therapist }],
      client: { name: 'Nia Walsh', email: `break-${project.name}@example.org` },
    },
  });
  expect(booked.status()).toBe(201);

  await signInAs(page, 'owner', `/practice/settings/hours?who=${therapist}`);
  await page.getByText('Add a repeating break').click();
  await page.getByLabel('What it is').fill('School run');
  for (const day of ['Monday', 'Tuesday', 'Thursday', 'Friday'])
    await page.getByRole('checkbox', { name: day }).uncheck();
  await page.getByLabel('From', { exact: true }).fill(time);
  await page.getByLabel('Until', { exact: true }).fill(until);
  await page.getByLabel('Begins on').fill(wednesday);
  await expectNoOverflow(page);
  await page.getByRole('button', { name: 'Check, then save' }).nth(1).click();
  await expect(page.getByRole('heading', { name: 'One booked date falls outside' })).toBeVisible();
  await expect(page.getByRole('group', { name: /Nia Walsh, Sports/ })).toBeVisible();
  if (project.name !== 'no-script') await expectAccessible(page);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('One date kept outside the hours.')).toBeVisible();
  await expect(page.getByText(`School run, Wed ${time} to ${until}`)).toBeVisible();
  expect((await startsOn(dayAt(9))).map((start) => start.slice(11, 16))).not.toContain(time);

  if (project.name !== 'no-script') {
    await page.goto(`/practice/calendar?on=${dayAt(9)}&view=day&whose=everyone&only=${therapist}`);
    await expect(page.getByText('School run').first()).toBeVisible();
    await page.goto(`/practice/settings/hours?who=${therapist}`);
  }
  // From a later day on the break gets another name.
  const change = page.getByRole('link', { name: /^Change or end School run, Wed/ });
  await change.click();
  await page.getByLabel('What it is').fill('School play');
  await page.getByLabel('As from').fill(dayAt(7));
  await page.getByRole('button', { name: 'Check, then save' }).nth(1).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(`School play, Wed ${time} to ${until}`)).toBeVisible();
  expect((await startsOn(dayAt(9))).map((start) => start.slice(11, 16))).not.toContain(time);

  await page.getByRole('link', { name: /^Change or end School play, Wed/ }).click();
  await page.getByLabel('As from').fill(dayAt(7));
  await page.getByRole('button', { name: 'End it from that day' }).click();
  await expect(page.getByText('School play, Wed, is not taken any more from')).toBeVisible();
  await page.getByRole('button', { name: 'End it', exact: true }).click();
  await expect(page.getByText('Times are offered by these hours from the day on that you chose.')).toBeVisible();
  expect((await startsOn(dayAt(9))).map((start) => start.slice(11, 16))).toContain(time);
});
