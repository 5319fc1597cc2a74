import type { Page } from '@playwright/test';
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

// An owner decides how one client books online: their requests wait for an answer, or they have to call.

const WEEKS: Record<string, number> = { phone: 3, desktop: 4, 'no-script': 5 };

/** From the times to the last button, on the public booking pages. */
async function ask(page: Page, email: string, weeks: number): Promise<void> {
  await page.goto('/book?step=time&type=swedish&minutes=60&cadence=once&therapist=aoife');
  await showLaterWeeks(page, weeks);
  await page
    .getByRole('link', { name: /\d\d:\d\d/ })
    .first()
    .click();
  await goToDetailsStep(page);
  await page.getByLabel('Your name').fill('Petra Known');
  await page.getByLabel('E-mail').fill(email);
  await tickBookingConsents(page);
  await page.getByRole('button', { name: /^(Book|Ask)/ }).click();
}

test('a client’s requests wait for the owner, who books one date and declines the next; at last the client has to call @one-size @no-script', async ({
  page,
  browser,
  anotherPerson,
}, { project }) => {
  test.slow();
  const hasScript = project.name !== 'no-script';
  const weeks = WEEKS[project.name]!;
  const email = `petra-${project.name}@example.org`;
  const owner = await anotherPerson();
  await ask(page, email, weeks);
  await page.waitForURL(/\/manage\/[^/]+\/booked$/);

  const setBooking = async (title: string) => {
    await signInAs(owner, 'owner', `/practice/clients?q=${email}`, new URL(page.url()).origin);
    await owner.getByRole('link', { name: 'Petra Known' }).first().click();
    await owner.getByRole('region', { name: 'Contact' }).getByRole('link', { name: 'Change' }).click();
    await owner.getByRole('radio', { name: new RegExp(`^${title}`) }).check();
    await owner.getByRole('button', { name: 'Save' }).click();
    await expect(owner.getByText('Saved')).toBeVisible();
  };
  const answer = async (press: 'Book it' | 'Decline') => {
    await owner.goto('/practice/unconfirmed');
    await owner.getByRole('listitem').filter({ hasText: email }).getByRole('button', { name: press }).click();
    await expect(owner.getByRole('status').first()).toBeVisible();
    await expect(
      owner.getByRole('listitem').filter({ hasText: email }).getByRole('button', { name: press }),
    ).toHaveCount(0);
  };
  const subjects = async () => (await readMail(browser, page, email)).map(({ subject }) => subject);

  await setBooking('Wait for you');
  for (const press of ['Book it', 'Decline'] as const) {
    await ask(page, email, weeks);
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/^See you on/);
    await expect(page.getByText(/not booked yet|looks at/i).first()).toBeVisible();
    await expectNoOverflow(page);
    if (hasScript) await expectAccessible(page);
    expect((await subjects()).filter((subject) => subject.startsWith('Not booked yet'))).not.toEqual([]);
    await answer(press);
  }
  const sent = await subjects();
  expect(sent.filter((subject) => subject.startsWith('Booked: '))).toHaveLength(2);
  expect(
    sent.some((subject) => subject.startsWith('Not booked: ')),
    sent.join(' | '),
  ).toBe(true);

  await setBooking('Call you');
  await ask(page, email, weeks);
  await expect(page.getByText(/This cannot be booked online\. Nothing was booked\. Please/)).toBeVisible();
  await expectNoOverflow(page);
});
