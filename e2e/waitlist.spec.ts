import { expect, expectAccessible, expectNoOverflow, readMail, signInAs, test } from './fixtures';

// From a request to a booked time: a client asks to wait and confirms it by e-mail, the practice offers a time by hand,
// and the client accepts by the link. Automatic offers are tested in db/waitlist, where no clock has to run.

test('a client waits for a time, is offered one, and books it by the link @one-size @no-script', async ({
  page,
  browser,
}, { project }) => {
  test.slow();
  const isScripted = project.name !== 'no-script';
  const look = async () => {
    await expectNoOverflow(page);
    if (isScripted) await expectAccessible(page);
  };
  const email = `wendy.${project.name}@example.org`;
  const name = isScripted ? 'Wendy Waits' : 'Wendy Wells';

  await page.goto('/book?step=time&type=swedish&minutes=60&cadence=once&therapist=aoife');
  await page.getByRole('link', { name: 'Wait for a time' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wait for a time');
  await look();
  await page.getByRole('button', { name: 'Join the waiting list' }).click();
  await expect(page.getByText('Enter your name.')).toBeVisible();
  await page.getByLabel('Your name').fill(name);
  // A date of today may be too soon to be booked.
  const soonest = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel('First date from').fill(soonest);
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Join the waiting list' }).click();
  await expect(page.getByText('Enter a phone number: this site sends no e-mail yet.')).toBeVisible();
  await page.getByLabel('Phone').fill('087 555 0134');
  await page.getByRole('button', { name: 'Join the waiting list' }).click();
  await expect(page.getByText('One more step: talk to us')).toBeVisible();

  const [confirmMail] = await readMail(browser, page, email);
  const waiting = confirmMail?.links.find((link) => link.includes('/manage/waiting/'));
  await page.goto(waiting!);
  await look();
  await page.getByRole('button', { name: 'Yes, put me on the list' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are on the waiting list');

  const address = new URL(page.url()).origin;
  const office = await (await browser.newContext({ javaScriptEnabled: isScripted })).newPage();
  await signInAs(office, 'owner', '/practice/waitlist', address);
  const entry = office
    .getByRole('listitem')
    .filter({ hasText: name })
    .filter({ hasText: /Waiting since/ });
  await entry.getByRole('link', { name: /^Offer a time/ }).click();
  // The last one listed, because the first could become too soon to be offered while this runs.
  await office.getByRole('radio').last().check();
  await office.getByRole('button', { name: 'Offer it' }).click();
  await expect(office.getByText('Offered', { exact: true })).toBeVisible();
  await expect(entry.getByText(/is held for them until/)).toBeVisible();
  // A withdrawn time can be offered again, to the same client too.
  await office.getByRole('button', { name: new RegExp(`^Take it back.*${name}`) }).click();
  await expect(office.getByText('Withdrawn', { exact: true })).toBeVisible();
  await expect(entry.getByText(/is held for them until/)).toHaveCount(0);
  await entry.getByRole('link', { name: /^Offer a time/ }).click();
  await office.getByRole('radio').last().check();
  await office.getByRole('button', { name: 'Offer it' }).click();
  await expect(office.getByText('Nothing is offered by itself: no mail server is set')).toBeVisible();
  const offeredNow = office
    .getByRole('listitem')
    .filter({ hasText: 'No mail server is set, so no e-mail is sent: call them.' });
  await expect(offeredNow.filter({ hasText: name })).toBeVisible();
  await expectNoOverflow(office);
  if (isScripted) await expectAccessible(office);

  const offered = (await readMail(browser, page, email)).find(({ subject }) => subject.startsWith('Held for you'));
  const link = offered?.links.find((url) => url.includes('/manage/offer/'));
  await page.goto(link!);
  await look();
  await page.getByRole('button', { name: 'Yes, book it' }).click();
  await page.waitForURL(/\/manage\/[^/]+\/booked$/);

  // A second press leads to the date, and books nothing more.
  await page.goto(link!);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('It is yours');
  await page.getByRole('link', { name: 'See your dates' }).click();
  await page.getByRole('link', { name: /^Come sooner/ }).click();
  await expect(page.getByRole('button', { name: 'Wait for a sooner time' })).toBeVisible();
  await look();
  await page.getByRole('button', { name: 'Wait for a sooner time' }).click();
  await expect(page.getByText('You are on the waiting list')).toBeVisible();
  await page.getByRole('button', { name: 'Stop waiting' }).click();
  await expect(page.getByText('You no longer wait for a sooner time')).toBeVisible();

  // When a client calls instead of pressing the link, the practice confirms the request. This client waits for another
  // person, by name.
  const callerName = `Cora ${project.name}`;
  await page.goto('/book?step=time&type=swedish&minutes=60&cadence=once&therapist=aoife');
  await page.getByRole('link', { name: 'Wait for a time' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wait for a time');
  await page.getByText('Somebody else', { exact: true }).click();
  await page.getByLabel('Your name').fill('Cara Calls');
  await page.getByRole('button', { name: 'Join the waiting list' }).click();
  await expect(page.getByText('Enter the name of the person who comes.')).toBeVisible();
  await look();
  await page.getByLabel('Name of the person who comes').fill(callerName);
  await page.getByLabel('E-mail').fill(`cora.${project.name}@example.org`);
  await page.getByLabel('Phone').fill('087 555 0135');
  await page.getByRole('button', { name: 'Join the waiting list' }).click();
  await expect(page.getByText('One more step: talk to us')).toBeVisible();
  await office.goto(`${address}/practice/waitlist`);
  const callerRow = office.getByRole('listitem').filter({ hasText: callerName });
  await expect(callerRow.getByRole('link', { name: /^Offer a time/ })).toHaveCount(0);
  await expect(callerRow).toContainText('asked for by Cara Calls');
  await expectNoOverflow(office);
  if (isScripted) await expectAccessible(office);
  await callerRow.getByRole('button', { name: /^Confirm for them/ }).click();
  await expect(office.getByText('Confirmed', { exact: true })).toBeVisible();
  await expect(callerRow.getByRole('link', { name: /^Offer a time/ })).toBeVisible();
  await expect(callerRow.getByRole('button', { name: /^Confirm for them/ })).toHaveCount(0);
  await office.close();
});
