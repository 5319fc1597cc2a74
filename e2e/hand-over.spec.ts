import type { APIRequestContext } from '@playwright/test';
import { expect, expectAccessible, expectNoOverflow, readMail, signInAs, test } from './fixtures';

// A plan is handed over to a colleague once its client has said yes, by the link in an e-mail. Until then every page
// says that the client is being asked, and nothing has changed.

const WEEKS_AHEAD = { phone: 5, desktop: 8, 'no-script': 11 } as Record<string, number>;

/** Books three weeks with Mira for a client of this project's own. */
async function bookThree(request: APIRequestContext, project: string, name: string) {
  const from = new Date(Date.now() + WEEKS_AHEAD[project]! * 7 * 86_400_000).toISOString().slice(0, 10);
  const query = 'service=swedish&minutes=60&cadence=weekly&sessions=3';
  const found = await request.get(`/api/v1/standing-times?${query}&from=${from}&therapist=mira`);
  const { standingTimes } = (await found.json()) as {
    standingTimes: { firstOn: string; time: string; open: number; of: number; weekday: string }[];
  };
  const { firstOn, time } = standingTimes.find(({ open, of }) => open === of)!;
  const opened = await request.get(
    `/api/v1/openings?service=swedish&minutes=60&from=${firstOn}&days=31&therapist=mira`,
  );
  const { openings } = (await opened.json()) as { openings: { startsAt: string }[] };
  const starts = [0, 7, 14].map((days) => {
    const on = new Date(Date.parse(`${firstOn}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
    return openings.find(({ startsAt }) => startsAt.startsWith(`${on}T${time}`))!.startsAt;
  });
  const email = `${name.toLowerCase()}-${project}@example.org`;
  const booked = await request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': `hand-over-${name}-${project}-${starts[0]}` },
    data: {
      ...{ service: 'swedish', minutes: 60, cadence: 'weekly' },
      appointments: starts.map((startsAt) => ({ startsAt, therapist: 'mira' })),
      standing: { firstOn, time, therapist: 'mira' },
      client: { name: `${name} ${project}`, email, phone: '01 555 0177' },
    },
  });
  expect(booked.status()).toBe(201);
  const { appointments } = (await booked.json()) as { appointments: { uid: string }[] };
  return { email, firstOn, uid: appointments[0]!.uid };
}

test('a plan is handed over once its client has said yes @one-size @no-script', async ({
  page,
  browser,
  anotherPerson,
}, { project }) => {
  test.setTimeout(120_000);
  const isScripted = project.use.javaScriptEnabled !== false;
  const client = await anotherPerson();
  const { email, firstOn, uid } = await bookThree(client.request, project.name, 'Ines');
  const panel = `/practice/calendar?on=${firstOn}&open=${uid}`;
  const look = async (target: typeof page) => {
    await expectNoOverflow(target);
    if (isScripted) await expectAccessible(target);
  };

  await signInAs(page, 'therapist', panel);
  await page.getByRole('link', { name: 'Hand over' }).click();
  await page.getByLabel('Colleague').selectOption({ label: 'Jun Sato' });
  await page.getByRole('button', { name: 'See the dates' }).click();
  await expect(page.getByRole('heading', { name: 'With Jun from now on' })).toBeVisible();
  await expect(page).toHaveTitle(/Hand over/);
  await look(page);
  await page.getByRole('button', { name: /^Ask (by e-mail|the client) first$/ }).click();
  await expect(page.getByText('Waiting for the client’s answer')).toBeVisible();
  await expect(page).toHaveTitle(/Hand over/);
  await look(page);

  // Every page of the plan says that the client is being asked, and nothing has changed.
  await page.goto(panel);
  await expect(page.getByText(/Waiting for the client’s answer: Jun may take over/)).toBeVisible();

  const askMail = (await readMail(browser, page, email)).find(({ subject }) => subject.startsWith('May Jun take over'));
  const link = askMail?.links.find((url) => url.includes('/manage/hand-over/'));
  await client.goto(link!);
  await expect(client.getByRole('heading', { level: 1 })).toHaveText('May Jun take over from Mira?');
  await look(client);
  // A mail program that opens the link does not answer the question.
  expect((await client.request.get(link!)).status()).toBe(200);
  await client.goto(link!);
  await client.getByRole('button', { name: 'Yes, with Jun' }).click();
  await expect(client.getByRole('heading', { level: 1 })).toHaveText('Your dates are with Jun now');
  await client.getByRole('link', { name: 'See your dates' }).click();
  await expect(client.getByText('With Jun', { exact: false }).first()).toBeVisible();
  await client.goto(link!);
  await expect(client.getByRole('button', { name: 'Yes, with Jun' })).toHaveCount(0);

  const address = new URL(page.url()).origin;
  const desk = await (await browser.newContext({ javaScriptEnabled: isScripted })).newPage();
  await signInAs(desk, 'owner', panel, address);
  await expect(desk.getByText(/^Jun Sato\. /)).toBeVisible();
  await desk.close();
});

test('a client who says no keeps their therapist, and staff decide what comes next @one-size', async ({
  page,
  browser,
  anotherPerson,
}, { project }) => {
  test.setTimeout(120_000);
  const client = await anotherPerson();
  const { email, uid } = await bookThree(client.request, project.name, 'Olga');
  await signInAs(page, 'front desk', `/practice/hand-over/${uid}?to=jun`);
  await page.getByRole('button', { name: /^Ask (by e-mail|the client) first$/ }).click();
  await expect(page.getByText('Waiting for the client’s answer')).toBeVisible();
  const messages = (await readMail(browser, page, email)).filter(({ subject }) => subject.startsWith('May Jun'));
  await client.goto(messages.at(0)!.links.find((url) => url.includes('/manage/hand-over/'))!);
  await client.getByRole('button', { name: 'No, stay with Mira' }).click();
  await expect(client.getByRole('heading', { level: 1 })).toHaveText('Your dates stay with Mira');

  await page.goto('/practice/calendar');
  await page
    .getByRole('link', { name: /^Olga .*, to Jun/ })
    .first()
    .click();
  await expect(page.getByText('The client said no')).toBeVisible();
  await page.getByRole('button', { name: 'Done with it' }).click();
  await expect(page.getByText('Dealt with')).toBeVisible();
});

test('undoing a hand-over that did not wait for the client’s answer asks the client again @one-size @no-script', async ({
  page,
  anotherPerson,
}, { project }) => {
  const client = await anotherPerson();
  const { firstOn, uid } = await bookThree(client.request, project.name, 'Oonagh');
  const panel = `/practice/calendar?on=${firstOn}&open=${uid}`;
  const waiting = page.getByText(/Waiting for the client’s answer: Jun may take over/);
  const seeDates = async () => {
    await page.goto(panel);
    await page.getByRole('link', { name: /^(Hand over|See what was asked)$/ }).click();
    await page.getByLabel('Colleague').selectOption({ label: 'Jun Sato' });
    await page.getByRole('button', { name: 'See the dates' }).click();
    await expect(page.getByRole('heading', { name: 'With Jun from now on' })).toBeVisible();
  };

  await signInAs(page, 'therapist', panel);
  await seeDates();
  await page.getByRole('button', { name: /^Ask (by e-mail|the client) first$/ }).click();
  await expect(page.getByText('Waiting for the client’s answer')).toBeVisible();
  await page.goto(panel);
  await expect(waiting).toBeVisible();

  await seeDates();
  await page.getByRole('button', { name: /^Hand over (3|as chosen)/ }).click();
  const flash = page.locator('#flash');
  // Back on the page where it began, with the name of the plan's client.
  await expect(flash).toContainText(/^Oonagh .*, from Mira Kovač to Jun Sato: 3 moved/);
  await expect(flash).toBeInViewport();
  expect(new URL(page.url()).pathname).toBe('/practice/calendar');
  expect(new URL(page.url()).searchParams.get('on')).toBe(firstOn);
  await flash.getByRole('button', { name: 'Undo it' }).click();
  await expect(page.getByText('Everything is as it was before, and nobody gets an e-mail.')).toBeVisible();
  expect(new URL(page.url()).searchParams.get('on')).toBe(firstOn);
  await page.goto(panel);
  await expect(waiting).toBeVisible();
});
