import type { Page } from '@playwright/test';
import { bookingRequestBody, dayFromToday, openings, requestApi } from '../scripts/prove/api-client';
import { expect, expectAccessible, expectNoOverflow, readMail, signInAs, test } from './fixtures';

// From the e-mail with the form to what the therapist reads, and what nobody else does.

test('a client answers before the first visit, and the therapist reads what follows from it @one-size @no-script', async ({
  page,
  browser,
  anotherPerson,
  baseURL,
}, { project }) => {
  test.slow();
  const isScripted = project.name !== 'no-script';
  const name = `Health ${project.name}`;
  const email = `health.${project.name}@example.org`;
  const own = `How do you lie best (${project.name})?`;
  const owner = await anotherPerson();
  await signInAs(owner, 'owner', '/practice/settings/health-form');
  await owner.getByRole('link', { name: 'Add a question' }).click();
  await owner.getByLabel('Question', { exact: true }).fill(own);
  await owner.getByLabel('One of a few answers').check();
  await owner.getByLabel('Answers, each on a line of its own').fill('On my side\nOn my back');
  if (isScripted) await expectAccessible(owner);
  await owner.getByRole('button', { name: 'Save' }).click();
  await expect(owner.getByText('Saved', { exact: true })).toBeVisible();

  await page.goto('/manage');
  await book(baseURL!, { name, email });
  const [mail] = await readMail(browser, page, email);
  const form = mail!.links.find((link) => link.endsWith('/intake'))!;
  expect(mail!.text).toContain('Fill in or check your health form');

  await page.goto(form);
  await page.getByRole('link', { name: 'Begin' }).click();
  await next(page);
  await expect(page.getByText('Please tick this, or call us instead.')).toBeVisible();
  await page.getByRole('checkbox', { name: /I agree to be massaged/ }).check();
  await page.getByRole('checkbox', { name: /may keep what I tell about my health/ }).check();
  await next(page);

  await expect(page.getByRole('heading', { name: 'Is any of this happening now?' })).toBeVisible();
  if (isScripted) await expectAccessible(page);
  await page.getByLabel(/You are all at once short of breath/).check();
  await next(page);
  await expect(page.getByRole('heading', { name: 'Call 112 or 999, or go to hospital, now' })).toBeVisible();
  await expect(page.getByRole('link', { name: '01 555 0142' }).first()).toBeVisible();
  await expect(page).toHaveURL(/\/intake$/);
  await page.getByRole('link', { name: 'Back to the questions' }).click();
  await page.getByLabel(/You are all at once short of breath/).uncheck();
  await page.getByLabel('None of these').check();
  await next(page);

  // The client leaves here, and goes on later from the first address.
  await expect(page.getByRole('heading', { name: 'Has any of this come up lately?' })).toBeVisible();
  await page.goto(form);
  await page.getByRole('link', { name: 'Go on' }).click();
  await page.getByLabel('None of these').check();
  await next(page);
  await page.getByLabel(/You take a blood thinner/).check();
  await page.getByLabel(/You are pregnant, or gave birth/).check();
  await page.getByLabel(/oils, scents or latex/).check();
  await page.locator('[name=about-allergy]').fill('Quillaja oil');
  await expectNoOverflow(page);
  await next(page);
  await expect(page.getByRole('heading', { name: 'What you hope for' })).toBeVisible();
  const question = page.getByRole('group', { name: own });
  await expect(question.getByLabel('No answer')).toBeChecked();
  await question.getByLabel('On my side').check();
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await next(page);

  await expect(page.getByRole('heading', { name: 'Please call us before you come' })).toBeVisible();
  await expect(page.getByText('Not offered to you just now: Deep tissue.')).toBeVisible();
  await expect(
    page.getByText(/^You can now book online only with a therapist who is trained for pregnancy\./),
  ).toBeVisible();
  if (isScripted) await expectAccessible(page);

  // The client's own pages do not offer a massage that their answers speak against. The address says nothing, and
  // another browser sees every massage.
  const dates = form.replace(/\/intake$/, '');
  await page.goto(dates);
  await expect(page.getByText(/deep tissue massage is not offered/).first()).toBeVisible();
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await page.getByRole('link', { name: /^Move/ }).first().click();
  await expect(page.getByRole('heading', { name: 'Free with Mira' })).toBeVisible();
  await expect(page.getByText(/we massage you only with a therapist who is trained/)).toBeVisible();
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await page.goto(dates);
  await page.getByRole('button', { name: 'Book it again' }).click();
  await page.waitForURL(/\/book\?/);
  await expect(page.getByText('Some choices are left out for you')).toBeVisible();
  await expect(page.getByText(/^Mira$/).first()).toBeVisible();
  await expect(page.locator('main').getByText(/\b(aoife|jun|tom)\b/i)).toHaveCount(0);
  expect(page.url()).not.toMatch(/pregnan|thinner|health|manage/);
  await page.goto('/book');
  await expect(page.getByRole('heading', { name: 'Which massage, and how often?' })).toBeVisible();
  await expect(page.getByRole('radio', { name: /^Swedish/ }).first()).toBeVisible();
  await expect(page.getByRole('radio', { name: /^Deep tissue/ })).toHaveCount(0);
  expect(await page.content()).not.toMatch(/pregnan|blood thinner/);
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await page.getByRole('button', { name: 'I’m someone else: show everything' }).click();
  await expect(page.getByRole('radio', { name: /^Deep tissue/ }).first()).toBeVisible();
  await expect(page.getByText('Some choices are left out for you')).toHaveCount(0);
  await page.goto(`${dates}/intake`);

  const desk = await anotherPerson();
  await openClient(desk, 'front desk', name);
  await expect(desk.getByText('Needs a call.')).toBeVisible();
  expect(await desk.content()).not.toMatch(/Quillaja|blood thinner|[Pp]regnan|trained/);

  await openClient(owner, 'owner', name);
  await expect(owner.getByText('Quillaja oil', { exact: true })).toBeVisible();
  await expect(owner.getByRole('region', { name: 'Alerts' })).toContainText(': Quillaja oil');
  await expect(owner.getByText('Trained: Mira. Offer the client a time with one of them.')).toBeVisible();
  if (isScripted) await expectAccessible(owner);
  await expect(owner.getByText('On my side')).toBeVisible();
  await owner.getByRole('button', { name: 'We have talked: they may come' }).click();
  await expect(owner.getByText(/^Talked over on/)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Thank you. We have talked it over' })).toBeVisible();
  await expect(page.getByText('Not offered to you just now')).toHaveCount(0);
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);

  // The client can withdraw the consent.
  await page.getByRole('link', { name: 'What you agreed to' }).click();
  await expect(page.getByRole('button', { name: 'Withdraw: to have health answers kept' })).toBeVisible();
  if (isScripted) await expectAccessible(page);
  await page.getByRole('button', { name: 'Withdraw: to have health answers kept' }).click();
  await expect(page.getByText(/^Withdrawn on this site/)).toBeVisible();
  await owner.reload();
  await expect(owner.getByText('No longer agrees to have health answers kept.')).toBeVisible();
  expect(await owner.content()).not.toContain('Quillaja');
});

async function next(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Next|Send)/ }).click();
}

async function openClient(page: Page, role: 'owner' | 'front desk', name: string): Promise<void> {
  await signInAs(page, role, `/practice/clients?q=${encodeURIComponent(name)}`);
  await page.getByRole('link', { name }).first().click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

async function book(origin: string, client: { name: string; email: string }): Promise<void> {
  const [free] = await openings(origin, dayFromToday(12), 14, { therapist: 'aoife' });
  const request = { ...bookingRequestBody({ therapist: 'aoife', starts: [free?.startsAt ?? ''] }), client };
  const { status, body } = await requestApi('POST', `${origin}/api/v1/series`, request, {
    'Idempotency-Key': client.email,
  });
  expect(status, JSON.stringify(body)).toBe(201);
}
