import type { Page } from '@playwright/test';
import type { Server } from '../scripts/prove/server';
import { expect, expectAccessible, expectNoOverflow, test, tickBookingConsents } from './fixtures';

// A practice begins: from an empty database, in a browser, to the first booked client. Each journey has a server of its
// own.

let server: Server;

test.beforeEach(async ({ ownServer }) => {
  server = await ownServer({ DEMO: '0', RATE_LIMITS: '' });
});

const SCREENS = ['Your practice', 'Massages and prices', 'Hours', 'Room', 'You', 'E-mails and rules'];

const code = () => /with the code (\S+),/.exec(server.output())?.[1] ?? 'none was printed';
const screen = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const next = (page: Page) => page.getByRole('button', { name: /^(Next: |Open the practice$)/ });

async function begin(page: Page): Promise<void> {
  await page.goto(server.address);
  await page.getByLabel('Code').fill(code());
  await page.getByRole('button', { name: 'Begin' }).click();
}

test('an owner sets up a practice, and the first client is booked @phone-only @no-script', async ({
  page,
  anotherPerson,
}, { annotations, project }) => {
  test.slow();
  let presses = 0;
  let charactersTyped = 0;
  const press = async (button: ReturnType<typeof next>) => {
    presses += 1;
    await button.click();
  };
  const fill = async (label: string, words: string) => {
    charactersTyped += words.length;
    await page.getByLabel(label, { exact: true }).fill(words);
  };
  const began = Date.now();

  await page.goto(server.address);
  await expect(page).toHaveURL(`${server.address}/practice/setup`);
  await fill('Code', code());
  await press(page.getByRole('button', { name: 'Begin' }));
  await expect(screen(page, SCREENS[0]!)).toBeVisible();
  await expect(page.getByLabel('Country')).toHaveValue('IE');
  if (project.name !== 'no-script') await expect(page.getByLabel('Time zone')).toHaveValue('Europe/Dublin');
  else await fill('Time zone', 'Europe/Dublin');
  await fill('Name of the practice', 'Harbour Massage');
  await press(next(page));
  await expect(screen(page, SCREENS[1]!)).toBeVisible();
  await fill('60 min, Swedish', '70');
  await press(next(page));
  await expect(screen(page, SCREENS[2]!)).toBeVisible();
  await press(next(page));
  await expect(screen(page, SCREENS[3]!)).toBeVisible();
  await press(next(page));
  await expect(screen(page, SCREENS[4]!)).toBeVisible();
  await fill('Your name', 'Ruth Keane');
  await fill('Your e-mail address', 'ruth@harbour.example');
  await press(next(page));
  await expect(screen(page, SCREENS[5]!)).toBeVisible();
  await expect(page.getByText(/^Closed on all \d+ upcoming public holidays of Ireland/)).toBeVisible();
  await press(next(page));
  await expect(page.getByRole('heading', { level: 1, name: 'Harbour Massage is open' })).toBeVisible();
  await expect(page.getByText('First bookable hour')).toBeVisible();
  const seconds = Math.round((Date.now() - began) / 1000);
  annotations.push({
    type: 'set-up',
    description: `${seconds} s, ${presses} presses, ${charactersTyped} letters typed`,
  });
  console.log(`set-up (${project.name}): ${seconds} s, ${presses} presses, ${charactersTyped} letters typed`);
  expect(presses).toBeLessThanOrEqual(7);

  const first = await page.getByRole('link', { name: 'Book it, as a client would' }).getAttribute('href');
  const client = await anotherPerson();
  await client.goto(server.address + first);
  await client.getByRole('button', { name: /^Continue|^Book|^Go on/ }).click();
  await client.getByLabel('Your name').fill('Ana Costa');
  await client.getByLabel('E-mail').fill('ana@example.org');
  await tickBookingConsents(client);
  await client.getByRole('button', { name: /^Book/ }).click();
  await expect(client.getByRole('heading', { level: 1, name: /^See you on/ })).toBeVisible();
  await expect(client.getByText('€70').first()).toBeVisible();

  await page.getByRole('link', { name: 'Go to the calendar' }).click();
  await expect(page.getByText('Signed in as Ruth Keane')).toBeVisible();
  await page.goto(`${server.address}/practice/clients`);
  await expect(page.getByText('Ana Costa').first()).toBeVisible();

  // This was only a trial: the bookings are cleared, and then the practice is live.
  await page.goto(`${server.address}/practice/settings/live`);
  await expect(page.getByText('1 client: Ana Costa')).toBeVisible();
  await page.getByLabel(/^Type the name of the practice/).fill('Another');
  await page.getByRole('button', { name: 'Clear test bookings' }).click();
  await expect(page.getByText('This is not the name of the practice.')).toBeVisible();
  await expectNoOverflow(page);
  if (project.name !== 'no-script') await expectAccessible(page);
  await page.getByLabel(/^Type the name of the practice/).fill('Harbour Massage');
  await page.getByRole('button', { name: 'Clear test bookings' }).click();
  await expect(page.getByText('Every time is free again')).toBeVisible();
  await expect(page.getByText('There is nothing to clear')).toBeVisible();
  await page.getByRole('button', { name: 'We are live' }).click();
  await expect(page.getByText('You are live')).toBeVisible();
  await client.goto(server.address + first);
  await expect(client.getByRole('button', { name: /^Continue|^Book|^Go on/ })).toBeVisible();
});

test('an error is shown as it is typed, and nothing is lost by leaving the page @phone-only', async ({
  page,
  anotherPerson,
}) => {
  test.slow();
  await begin(page);
  await page.getByLabel('Name of the practice').fill('Bärenhof');
  await page.getByLabel('Phone').fill('ask at the desk');
  await expect(page.getByText('Please write the phone number in digits')).toBeVisible();
  await expect(page.getByLabel('Phone')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Phone')).toBeFocused();
  await page.getByLabel('Phone').fill('01 555 0142');
  await expect(page.getByText('Please write the phone number in digits')).toBeHidden();

  // It is saved without any press.
  await page.reload();
  await expect(page.getByLabel('Name of the practice')).toHaveValue('Bärenhof');
  await next(page).click();
  await expect(screen(page, SCREENS[1]!)).toBeVisible();
  await page.getByLabel('60 min, Swedish').fill('seventy');
  await page.getByRole('button', { name: 'Finish later' }).click();
  await expect(page.getByText('All that you typed is saved')).toBeVisible();

  const phone = await anotherPerson();
  await begin(phone);
  await expect(screen(phone, SCREENS[1]!)).toBeVisible();
  await expect(phone.getByLabel('60 min, Swedish')).toHaveValue('seventy');
  await next(phone).click();
  await expect(phone.getByText('One answer is not right yet')).toBeVisible();
  await expect(phone.getByLabel('60 min, Swedish')).toBeFocused();
  await phone.getByLabel('60 min, Swedish').fill('70');
  await next(phone).click();
  await expect(screen(phone, SCREENS[2]!)).toBeVisible();
  await phone.goBack();
  await expect(screen(phone, SCREENS[1]!)).toBeVisible();
  await expect(phone.getByLabel('60 min, Swedish')).toHaveValue('70');

  // The first device still shows the first screen as it was: what it changes there is saved, and nothing else.
  await phone.goto(`${server.address}/practice/setup?step=practice`);
  await page.goto(`${server.address}/practice/setup?step=practice`);
  await phone.getByLabel('Address').fill('2 Quay Street');
  await next(phone).click();
  await expect(screen(phone, SCREENS[1]!)).toBeVisible();
  await page.getByLabel('Phone').fill('01 555 0199');
  await next(page).click();
  await expect(screen(page, SCREENS[1]!)).toBeVisible();
  await page.goto(`${server.address}/practice/setup?step=practice`);
  await expect(page.getByLabel('Address')).toHaveValue('2 Quay Street');
  await expect(page.getByLabel('Phone')).toHaveValue('01 555 0199');
  await phone.goto(`${server.address}/practice/setup?step=hours`);

  await phone.getByLabel('Monday, until').fill('16:00');
  await phone.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(phone.getByLabel('Friday, until')).toHaveValue('16:00');
  await phone.getByRole('button', { name: 'Back' }).click();
  await expect(screen(phone, SCREENS[1]!)).toBeVisible();

  // The last button leads to the first screen that has an error.
  await phone.goto(`${server.address}/practice/setup?step=mail`);
  await next(phone).click();
  await expect(screen(phone, SCREENS[4]!)).toBeVisible();
  await expect(phone.getByText('2 answers are not right yet')).toBeVisible();
  await phone.getByLabel('No, somebody else does').check();
  await phone.getByLabel('Your name').fill('Ruth Keane');
  await phone.getByLabel('Your e-mail address').fill('ruth@harbour.example');
  await phone.getByLabel('Name of the first therapist').fill('Mira Kovač');
  await next(phone).click();
  await expect(screen(phone, SCREENS[5]!)).toBeVisible();
  await next(phone).click();
  await expect(phone.getByText(/Swedish, 60 minutes, with Mira/)).toBeVisible();

  // The other device is told that the practice is made, and its answers are no longer accepted.
  await page.goto(`${server.address}/practice/setup`);
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
});

test('every screen works by keyboard, fits, and is accessible @one-size', async ({ page }) => {
  test.slow();
  await page.goto(server.address);
  await expectAccessible(page);
  await expectNoOverflow(page);
  await page.getByLabel('Code').fill('0000-0000');
  await page.keyboard.press('Enter');
  await expect(page.getByText('This is not the code.')).toBeVisible();
  await expect(page.getByLabel('Code')).toBeFocused();
  await page.getByLabel('Code').fill(code().toUpperCase());
  await page.keyboard.press('Enter');
  for (const name of SCREENS) {
    await expect(screen(page, name)).toBeVisible();
    await expectAccessible(page);
    for (const width of [320, 768, 1440]) await expectNoOverflow(page, width);
    if (name === 'Your practice') await page.getByLabel('Name of the practice').fill('Harbour Massage');
    if (name === 'You') {
      await page.getByLabel('Your name').fill('Ruth Keane');
      await page.getByLabel('Your e-mail address').fill('ruth@harbour.example');
    }
    await page.getByRole('textbox').first().focus();
    await page.keyboard.press('Enter');
  }
  await expect(page.getByRole('heading', { level: 1, name: 'Harbour Massage is open' })).toBeVisible();
  await expectAccessible(page);
  await expectNoOverflow(page);
});

test('a corrected answer replaces the wrong one @phone-only', async ({ page }) => {
  await begin(page);
  await page.getByLabel('Name of the practice').fill('Harbour Massage');
  await next(page).click();
  await expect(screen(page, 'Massages and prices')).toBeVisible();
  // The sign beside a price follows the currency as it is typed, and the error names a currency only if it exists.
  const sign = page.getByText('30 min, Swedish').locator('xpath=../div/span');
  await page.getByLabel('Currency').fill('GBP');
  await expect(sign).toHaveText('£');
  await page.getByLabel('Currency').fill('pounds');
  await page.getByLabel('30 min, Swedish').fill('forty');
  await expect(page.getByText('Give a currency such as EUR or USD.')).toBeVisible();
  await expect(page.getByText('Give a price in your currency, such as 68 or 68.50, or leave it empty.')).toBeVisible();
  await page.getByLabel('30 min, Swedish').fill('42');
  await page.getByLabel('Currency').fill('EUR');
  await expect(sign).toHaveText('€');
  await expect(page.getByText('Give a currency such as EUR or USD.')).toBeHidden();
  await next(page).click();
  await expect(screen(page, 'Hours')).toBeVisible();
});
