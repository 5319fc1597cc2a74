import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

// The owner's settings: the index shows the present value of each, and each page changes what it names.

test('an owner finds a setting by any word of it, by keyboard and without script @one-size @no-script', async ({
  page,
}, { project }) => {
  await signInAs(page, 'owner', '/practice/settings');
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: /^New clients/ })).toContainText('Booked');
  await expectNoOverflow(page);
  const field = page.getByLabel('Find a setting');
  if (project.name === 'no-script') {
    await field.fill('own site');
    await field.press('Enter');
    await expect(page).toHaveURL(/find=own\+site$/);
  } else {
    await expectAccessible(page);
    await page.keyboard.press('/');
    await expect(field).toBeFocused();
    await page.keyboard.type('own site');
  }
  await expect(page.getByRole('link', { name: /^New clients/ })).toHaveCount(0);
  await page.getByRole('link', { name: /^On your own site/ }).click();
  await expect(page).toHaveURL(/\/practice\/embed$/);
  await page.getByLabel('You are in').getByRole('link', { name: 'Settings' }).click();
  await expect(page).toHaveURL(/\/practice\/settings$/);
});

test('on a phone an owner finds the settings under More, and a therapist has no settings @no-script', async ({
  page,
  anotherPerson,
}) => {
  await signInAs(page, 'owner', '/practice/calendar');
  const menu = page.getByRole('navigation', { name: 'Main' });
  if ((page.viewportSize()?.width ?? 0) < 900) await menu.getByText('More').click();
  await menu.getByRole('link', { name: 'Settings' }).click();
  await expect(page).toHaveURL(/\/practice\/settings$/);

  const therapist = await anotherPerson();
  await signInAs(therapist, 'therapist', '/practice/calendar');
  await expect(therapist.getByRole('navigation', { name: 'Main' }).getByText('Settings')).toHaveCount(0);
});

test('an owner changes the e-mail address of the practice, and history names it @desktop-only', async ({
  page,
  ownServer,
}) => {
  const { address } = await ownServer(); // other journeys read what is sent to the practice of the shared one
  await signInAs(page, 'owner', '/practice/settings/practice', address);
  const save = async (email: string) => {
    await page.goto(`${address}/practice/settings/practice`);
    await page.getByLabel('E-mail of the practice').fill(email);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
  };
  await save('not an address');
  await expect(page.getByText('Enter one e-mail address, such as ana@example.org.').first()).toBeVisible();
  await save('front@harbour.example');
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await page.goto(`${address}/privacy`);
  await expect(page.getByRole('link', { name: 'front@harbour.example' }).first()).toBeVisible();
  await page.goto(`${address}/practice/history`);
  await expect(page.getByText('Changed the practice’s e-mail address').first()).toBeVisible();
});

test('what the owner changes appears on the question pages at once @desktop-only', async ({ page, anotherPerson }) => {
  const reader = await anotherPerson();
  const phone = reader.getByRole('contentinfo').getByRole('link', { name: /^[+\d][\d ]+$/ });
  await reader.goto('/questions/sciatica');
  const before = await phone.innerText();
  await signInAs(page, 'owner', '/practice/settings/practice');
  const changeTo = async (number: string) => {
    await page.goto('/practice/settings/practice'); // the page still says "Saved" for the previous change
    await page.getByLabel('Phone').fill(number);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
    await reader.goto('/questions/sciatica');
    await expect(phone).toHaveText(number);
  };
  await changeTo('01 555 0199');
  await changeTo(before);
  const cached = await reader.request.get('/questions/sciatica');
  expect(cached.headers()['cache-control']).toBe('s-maxage=300, stale-while-revalidate=300');
});
