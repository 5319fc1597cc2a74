import type { APIRequestContext } from '@playwright/test';
import { bookingRequestBody, dayFromToday, openings, requestApi } from '../scripts/prove/api-client';
import { openMailServer } from '../scripts/prove/mail-server';
import { expect, expectAccessible, expectNoOverflow, pressInToolbar, readMail, signInAs, test } from './fixtures';

// A therapist is ill on a day with five clients. One page names the clients and what each is offered, one press carries
// all of it out, and one more undoes it.

/** The button's text where there is no script to count the choices. */
const AS_CHOSEN = 'Take this time off, each date as chosen';
const NAMES = ['Mary Quill', 'Sam Adeyemi', 'Nia Walsh', 'Paul Reid', 'Lena Vogt'];
const DAYS_AHEAD = { phone: 23, desktop: 30, 'no-script': 37 } as Record<string, number>;
const MINUTE = 60_000;

/** The starts of that day: the first, then each with room for an hour's massage between it and the one before. */
function listStartsApart(free: string[], day: string): string[] {
  const starts: string[] = [];
  for (const startsAt of free.filter((start) => start.startsWith(day))) {
    const last = starts.at(-1);
    if (!last || Date.parse(startsAt) - Date.parse(last) >= 75 * MINUTE) starts.push(startsAt);
  }
  return starts;
}

/** Books five clients with Jun on one day, and returns that day. */
async function bookFive(request: APIRequestContext, project: string): Promise<{ day: string; emails: string[] }> {
  const from = new Date(Date.now() + DAYS_AHEAD[project]! * 86_400_000).toISOString().slice(0, 10);
  const found = await request.get(`/api/v1/openings?service=swedish&minutes=60&from=${from}&days=7&therapist=jun`);
  const { openings } = (await found.json()) as { openings: { startsAt: string }[] };
  const days = [...new Set(openings.map(({ startsAt }) => startsAt.slice(0, 10)))];
  const free = openings.map(({ startsAt }) => startsAt);
  const apart = (day: string) => listStartsApart(free, day);
  const day = days.find((on) => apart(on).length >= NAMES.length)!;
  const emails: string[] = [];
  for (const [at, name] of NAMES.entries()) {
    const email = `${name.split(' ')[0]!.toLowerCase()}-${project}@example.org`;
    const startsAt = apart(day)[at]!;
    const booked = await request.post('/api/v1/series', {
      headers: { 'Idempotency-Key': `ill-${project}-${startsAt}` },
      data: {
        service: 'swedish',
        minutes: 60,
        cadence: 'once',
        appointments: [{ startsAt, therapist: 'jun' }],
        client: { name, email, phone: `01 555 01${21 + at}` },
      },
    });
    expect(booked.status()).toBe(201);
    emails.push(email);
  }
  return { day, emails };
}

test('ill with five clients: dates are moved, cancelled and left in one press, and another press undoes it @one-size @no-script', async ({
  page,
  browser,
  anotherPerson,
}, { project }) => {
  test.setTimeout(120_000);
  const client = await anotherPerson();
  const { day, emails } = await bookFive(client.request, project.name);

  await signInAs(page, 'front desk', `/practice/calendar?on=${day}`);
  let presses = 0;
  const press = async (step: Promise<unknown>) => {
    presses++;
    await step;
  };
  const began = Date.now();
  presses += await pressInToolbar(page, 'Ill, or time off');
  await press(page.getByLabel('Who').selectOption({ label: 'Jun Sato' }));
  await expect(page.getByLabel('First day')).toHaveValue(day);
  await press(page.getByRole('button', { name: 'See what is booked then' }).click());
  for (const name of NAMES) await expect(page.getByRole('group', { name: new RegExp(`^${name}`) })).toBeVisible();
  const phone = page.getByRole('group', { name: /^Mary Quill/ }).getByRole('link');
  await expect(phone).toHaveAttribute('href', 'tel:+35315550121');
  await press(
    page
      .getByRole('group', { name: /^Paul Reid/ })
      .getByLabel('Cancel')
      .check(),
  );
  await press(
    page
      .getByRole('group', { name: /^Lena Vogt/ })
      .getByLabel('Leave it')
      .check(),
  );
  const review = Date.now();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);
  const looked = Date.now() - review;
  // With script the button names the choices as they are made.
  const buttonLabel =
    project.name === 'no-script' ? AS_CHOSEN : /^Move \d+, cancel 1, leave 1(, and send the e-mails)?$/;
  await press(page.getByRole('button', { name: buttonLabel }).click());
  const flash = page.locator('#flash');
  await expect(flash).toContainText(/Jun Sato, .*: \d moved, 1 cancelled, 1 left as it is/);
  const seconds = (Date.now() - began - looked) / 1000;
  console.info(`ill with five clients, ${project.name}: ${presses} presses, ${seconds.toFixed(1)} s`);
  expect(presses).toBeLessThanOrEqual(7);

  const [mail] = await readMail(browser, page, emails[0]!);
  expect(mail?.text).toContain('Jun cannot work on');
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);

  await flash.getByRole('button', { name: 'Undo it' }).click();
  await expect(page.getByText('Everything is as it was before, and nobody gets an e-mail.')).toBeVisible();
  const [before] = await readMail(browser, page, emails[0]!);
  expect(before?.subject).toMatch(/^Booked: .* with Jun Sato/);
});

test('each e-mail can be read before anything is changed or sent @one-size @no-script', async ({ page, ownServer }, {
  project,
}) => {
  test.slow();
  const mailServer = await openMailServer();
  const { address } = await ownServer({ SMTP_URL: mailServer.url });
  const free = await openings(address, dayFromToday(9), 14, { therapist: 'jun' });
  const day = free[0]!.startsAt.slice(0, 10);
  const starts = listStartsApart(
    free.map(({ startsAt }) => startsAt),
    day,
  );
  for (const [at, name] of ['Mary Quill', 'Sam Adeyemi'].entries()) {
    const client = { name, email: `${name.split(' ')[0]!.toLowerCase()}@example.org` };
    const request = { ...bookingRequestBody({ therapist: 'jun', starts: [starts[at] ?? ''] }), client };
    const { status } = await requestApi('POST', `${address}/api/v1/series`, request, {
      'Idempotency-Key': client.email,
    });
    expect(status).toBe(201);
  }

  await signInAs(page, 'owner', '/practice/time-off', address);
  await page.getByLabel('Who').selectOption({ label: 'Jun Sato' });
  await page.getByLabel('First day').fill(day);
  await page.getByRole('button', { name: 'See what is booked then' }).click();
  const email = page.getByRole('region', { name: 'The e-mail' });
  const next = email.getByRole('button', { name: 'Next e-mail' });
  const asChosen = email.getByRole('button', { name: 'Show it as chosen now' });
  const showAsChosen = () => (project.name === 'no-script' ? asChosen.click() : expect(asChosen).toBeHidden());
  const count = Number(/of (\d+)/.exec((await email.textContent())!)![1]);
  const places: string[] = [];
  for (let at = 1; at <= count; at++) {
    await expect(email).toContainText(`${at} of ${count}, to `);
    places.push((await email.textContent())!);
    await next.click();
  }
  await expect(email).toContainText(`1 of ${count}, to `);
  for (const name of ['mary', 'sam']) expect(places.join(' ')).toContain(`To ${name}@example.org`);
  while (!(await email.textContent())!.includes('mary@')) {
    const before = (await email.textContent())!;
    await next.click();
    await expect(email).not.toHaveText(before);
  }
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);

  const mary = page.getByRole('group', { name: /^Mary Quill/ });
  await mary.getByLabel('Cancel').check();
  await showAsChosen();
  await expect(email).toContainText('has to cancel');
  await expect(email).toContainText('It also offers other times');
  await mary.getByRole('radio').first().check();
  await showAsChosen();
  await expect(email).not.toContainText('has to cancel');
  // Enter in the only text field previews the e-mail with that text, and sends nothing.
  await page.getByLabel('Reason for the clients').fill('The stove is broken.');
  await page.getByLabel('Reason for the clients').press('Enter');
  await expect(email).toContainText('The stove is broken.');
  await expect(email).toContainText('To mary@example.org');
  await expect(page.locator('#flash')).toHaveCount(0);
  await mary.getByLabel('Leave it').check();
  await showAsChosen();
  await expect(email).not.toContainText('To mary@example.org');
  await page
    .getByRole('button', { name: project.name === 'no-script' ? AS_CHOSEN : /, and send the e-mails?$/ })
    .click();
  await expect(page.locator('#flash')).toContainText('1 left as it is');
  await mailServer.down();
});

test('“Ill today”, “Ill tomorrow” and “Away this week” are one press each @one-size @no-script', async ({ page }) => {
  await signInAs(page, 'therapist', '/practice/time-off');
  await page.getByRole('button', { name: 'Ill today' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^Mira Kovač: \w+ \d+ \w+$/ })).toBeVisible();
  await page.goto('/practice/time-off');
  await page.getByRole('button', { name: 'Ill tomorrow' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^Mira Kovač: \w+ \d+ \w+$/ })).toBeVisible();
  await page.goto('/practice/time-off');
  await page.getByRole('button', { name: 'Away this week' }).click();
  await expect(page.getByRole('heading', { level: 2, name: /^Mira Kovač: / })).toBeVisible();
  await expectNoOverflow(page);
});

test('a date that changed while staff decided on it is marked, and nothing is done @one-size @no-script', async ({
  page,
  anotherPerson,
}, { project }) => {
  const client = await anotherPerson();
  const from = new Date(Date.now() + (project.name === 'phone' ? 45 : 52) * 86_400_000).toISOString().slice(0, 10);
  const { openings } = await (
    await client.request.get(`/api/v1/openings?service=swedish&minutes=60&from=${from}&days=7&therapist=aoife`)
  ).json();
  const book = (startsAt: string, name: string) =>
    client.request.post('/api/v1/series', {
      headers: { 'Idempotency-Key': `late-${project.name}-${startsAt}` },
      data: {
        service: 'swedish',
        minutes: 60,
        cadence: 'once',
        appointments: [{ startsAt, therapist: 'aoife' }],
        client: { name, email: `${name.split(' ')[0]!.toLowerCase()}-${project.name}@example.org` },
      },
    });
  const day = openings[0].startsAt.slice(0, 10);
  const second = openings.find(
    ({ startsAt }: { startsAt: string }) => Date.parse(startsAt) - Date.parse(openings[0].startsAt) >= 75 * MINUTE,
  );
  expect((await book(openings[0].startsAt, 'Rosa Lind')).status()).toBe(201);

  await signInAs(page, 'owner', '/practice/time-off');
  await page.getByLabel('Who').selectOption({ label: 'Aoife Byrne' });
  await page.getByLabel('First day').fill(day);
  await page.getByRole('button', { name: 'See what is booked then' }).click();
  await page
    .getByRole('group', { name: /^Rosa Lind/ })
    .getByLabel('Leave it')
    .check();
  expect((await book(second.startsAt, 'Theo Marsh')).status()).toBe(201);
  const leaves = (count: number) =>
    page.getByRole('button', {
      name: project.name === 'no-script' ? AS_CHOSEN : new RegExp(`\\bleave ${count}\\b`, 'i'),
    });
  await leaves(1).click();
  await expect(page.getByText('What is booked has changed since you looked')).toBeVisible();
  await expect(page.getByRole('group', { name: /^Theo Marsh/ })).toContainText('New since you looked.');
  await expect(page.getByRole('group', { name: /^Rosa Lind/ }).getByLabel('Leave it')).toBeChecked();
  await page
    .getByRole('group', { name: /^Theo Marsh/ })
    .getByLabel('Leave it')
    .check();
  await leaves(2).click();
  await expect(page.locator('#flash').getByText('Nobody can book that time now.')).toBeVisible();
});

test('a plan is handed over to a colleague from its panel, and handed back @no-script', async ({
  page,
  anotherPerson,
}, { project }) => {
  const client = await anotherPerson();
  const from = new Date(Date.now() + DAYS_AHEAD[project.name]! * 86_400_000).toISOString().slice(0, 10);
  const found = await client.request.get(
    `/api/v1/openings?service=swedish&minutes=60&from=${from}&days=7&therapist=aoife`,
  );
  const { openings } = await found.json();
  const { startsAt } = openings.at(-1);
  const booked = await client.request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': `over-${project.name}-${startsAt}` },
    data: {
      service: 'swedish',
      minutes: 60,
      cadence: 'once',
      appointments: [{ startsAt, therapist: 'aoife' }],
      client: { name: 'Hugo Lane', email: `hugo-${project.name}@example.org` },
    },
  });
  expect(booked.status()).toBe(201);
  const { appointments } = await booked.json();

  await signInAs(page, 'owner', `/practice/calendar?on=${startsAt.slice(0, 10)}&open=${appointments[0].uid}`);
  await page.getByRole('link', { name: 'Hand over' }).click();
  await page.getByLabel('Colleague').selectOption({ label: 'Jun Sato' });
  await page.getByRole('button', { name: 'See the dates' }).click();
  await expect(page.getByRole('heading', { name: 'With Jun from now on' })).toBeVisible();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);
  await page.getByRole('button', { name: /^Hand over (as chosen|\d)/ }).click();
  const flash = page.locator('#flash');
  await expect(flash).toContainText('Aoife Byrne to Jun Sato: 1 moved');
  await flash.getByRole('button', { name: 'Undo it' }).click();
  await expect(page.getByText('Everything is as it was before, and nobody gets an e-mail.')).toBeVisible();
});
