import type { Page } from '@playwright/test';
import { dayFromToday } from '../scripts/prove/api-client';
import { expect, expectAccessible, expectNoOverflow, expectValidHtml, readMail, signInAs, test } from './fixtures';

// A client notes their pain by the link of their booking, reads what it means, and after four sessions chooses what
// comes next.

const NAMES = { phone: 'Cora Phone', desktop: 'Cora Desk', 'no-script': 'Cora Plain' } as Record<string, string>;

/** Books one of the last free hours of the coming six days: of a date within a week a score is asked already. */
async function bookOne(page: Page, project: string): Promise<string> {
  const query = `service=swedish&minutes=60&days=6&from=${dayFromToday(1)}`;
  const { openings } = (await (await page.request.get(`/api/v1/openings?${query}`)).json()) as {
    openings: { startsAt: string; therapist: string }[];
  };
  const place = Object.keys(NAMES).indexOf(project);
  const answer = await page.request.post('/api/v1/series', {
    headers: { 'Idempotency-Key': `score-${project}-${Date.now()}` },
    data: {
      ...{ service: 'swedish', minutes: 60, cadence: 'once' },
      appointments: [{ startsAt: openings.at(-1 - 8 * place)?.startsAt, therapist: 'any' }],
      client: { name: NAMES[project], email: `cora.${project}@example.org` },
    },
  });
  expect(answer.status()).toBe(201);
  return `/manage/${((await answer.json()) as { manageToken: string }).manageToken}`;
}

test('a client notes their pain in two taps, reads what it means, and is not asked again @one-size @no-script', async ({
  page,
}, { project }) => {
  const isScripted = project.name !== 'no-script';
  const look = async () => {
    if (isScripted) await expectAccessible(page);
    await expectNoOverflow(page);
  };
  const manage = await bookOne(page, project.name);
  await page.goto(manage);
  await page.getByRole('link', { name: 'Note a score' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How was your pain this week, usually?');
  await expectValidHtml(page);
  await look();

  // Nothing is stored before they consent.
  await page.getByRole('button', { name: 'Skip' }).click();
  await expect(page.locator('#flash')).toContainText('Nothing was noted');
  await page.getByRole('checkbox', { name: /may keep what I tell about my health/ }).check();
  await page.getByRole('button', { name: '6', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('And at its worst?');
  await page.getByRole('button', { name: '8', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you. That is noted.');
  await look();
  await page.getByLabel('One thing you want to do again').fill('Climb to the zebra house');
  await page.getByText('4', { exact: true }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/step=done/);

  await page.getByRole('link', { name: 'See what your scores say' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Too early to say');
  await expect(page.getByText('which is not the same as caused by it')).toBeVisible();
  await expect(page.getByRole('row', { name: /Before session 1/ })).toContainText('684–');
  await expect(page.getByText('Climb to the zebra house')).toBeVisible();
  await expectValidHtml(page);
  await look();

  await page.goto(`${manage}/score`);
  await expect(page.getByRole('button', { name: '6', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'Do not ask me again' }).click();
  await expect(page.locator('#flash')).toContainText('We will not ask again');
});

test('after four sessions a client chooses what comes next, and prints a page for their doctor @one-size', async ({
  page,
  browser,
  anotherPerson,
}) => {
  test.slow(); // pages of four people, two of which are checked at both sizes
  await page.goto('/manage');
  await page.getByLabel('E-mail').fill('ravi.shah@example.org');
  await page.getByRole('button', { name: /link/i }).click();
  await expect(page.getByText('This server sends no e-mail yet')).toBeVisible();
  const [mail] = await readMail(browser, page, 'ravi.shah@example.org');
  await page.goto(mail!.links[0]!);
  const plans = page.locator('section').filter({ has: page.getByRole('heading', { name: /^Your plans?$/ }) });
  const manage = (await plans.getByRole('link').first().getAttribute('href'))!;

  await page.goto(`${manage}/progress`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Clearly lower than before you came');
  await expect(page.getByText('lower than before you came, which is not the same as caused by it')).toBeVisible();
  const ways = [
    'Keep my dates',
    'Change my dates',
    'Move to every 2 weeks',
    /^Cancel .+ and pause$/,
    /^Cancel .+ and stop$/,
  ];
  for (const name of ways) await expect(page.getByRole('button', { name })).toBeVisible();
  await expectAccessible(page);
  await expectNoOverflow(page);
  await page.getByRole('link', { name: 'See the page' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Massage so far, and how it went');
  await expectAccessible(page);
  await expectNoOverflow(page);
  const pdf = await page.request.get(`${manage}/progress/letter.pdf`);
  expect([pdf.headers()['content-type'], (await pdf.body()).subarray(0, 5).toString()]).toEqual([
    'application/pdf',
    '%PDF-',
  ]);

  // The therapist reads the same verdict; the front desk reads none of it.
  const therapist = await anotherPerson();
  await signInAs(therapist, 'owner', '/practice/clients?q=ravi', new URL(page.url()).origin);
  await therapist
    .getByRole('link', { name: /Ravi Shah/ })
    .first()
    .click();
  await expect(therapist.getByText('Clearly lower than before the first session')).toBeVisible();
  const clientPage = therapist.url();
  const desk = await anotherPerson();
  await signInAs(desk, 'front desk', '/practice/clients', new URL(page.url()).origin);
  await desk.goto(clientPage);
  await expect(desk.getByRole('heading', { level: 1, name: 'Ravi Shah' })).toBeVisible();
  await expect(desk.getByText('Is it helping?')).toHaveCount(0);

  // The client's dates also offer a pause, so they need not wait to be asked.
  await page.goto(manage);
  await page.getByRole('link', { name: 'Pause for a few weeks' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Pause for a few weeks?');
  await expect(page.getByText(/^Leaves out .+\. Your next date after that is .+\.$/).first()).toBeVisible();
  await expectAccessible(page);
  await expectNoOverflow(page);
  await page.getByRole('button', { name: /and pause$/ }).click();
  await expect(page.locator('#flash')).toContainText('Your dates are paused');
  await page.goto(`${manage}/progress`);
  await page.getByRole('button', { name: 'Move to every 2 weeks' }).click();
  await expect(page.locator('#flash')).toContainText('Every 2 weeks from now on');
  // A date of this day or the next cannot be cancelled here: it stays, and so does the question.
  const isOneTooNear = await page.getByText('One is too near to cancel here.').first().isVisible();
  await page.getByRole('button', { name: /and stop$/ }).click();
  await expect(page.locator('#flash')).toContainText('You have stopped');
  await expect(page.getByRole('heading', { name: 'What next?' })).toHaveCount(isOneTooNear ? 1 : 0);
});
