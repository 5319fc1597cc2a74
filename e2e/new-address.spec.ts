import { makeEarlierAddressToken } from '@/db/access/emailed-link-tokens';
import { environment } from '../scripts/prove/server';
import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';
import { readRows } from './read-rows';

// The e-mail address that somebody signs in with. They change their own by a link that goes to the new one, and
// undo that from the earlier one; an owner
// corrects that of a colleague who has not signed in yet. No mail server is set, so links are printed and shown.

test('a therapist signs in with another address once its link is pressed @one-size @no-script', async ({
  page,
  anotherPerson,
  dataFolder,
  ownServer,
}, { project }) => {
  const isScripted = project.name !== 'no-script';
  const server = await ownServer();
  await signInAs(page, 'therapist', '/practice/calendar', server.address);
  await page.getByRole('link', { name: 'Your e-mail address' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your e-mail address' })).toBeVisible();
  const field = page.getByLabel('New e-mail address');
  const send = page.getByRole('button', { name: 'Make the link' });
  await field.fill('mira at example');
  await send.click();
  await expect(page.getByText(/^Enter one e-mail address/)).toBeVisible();
  await expect(field).toHaveValue('mira at example');
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await field.fill('mira.new@example.org');
  await send.click();
  await page.waitForURL(/flash=sent/);
  await expect(page.getByText(/^The link for mira\.new@example\.org is good until/)).toBeVisible();
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);

  const link = /signing in as mira\.new@example\.org .*\n\s+(http\S+)/.exec(server.output())?.[1] ?? '';
  // Somebody else who reads the e-mail has no session of theirs.
  const stranger = await anotherPerson();
  await stranger.goto(link);
  await expect(stranger).toHaveURL(/\/sign-in\?callbackUrl=/);

  await page.goto(link);
  await expect(page.getByText('you sign in with mira.new@example.org from then on')).toBeVisible();
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await page.getByRole('button', { name: 'Use this address' }).click();
  await page.waitForURL(/\/practice\/address\?flash=changed/);
  await expect(page.getByText('Your address is changed', { exact: true })).toBeVisible();
  await expect(page.getByRole('main').getByText('mira.new@example.org')).toBeVisible();
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1, name: 'This link has ended' })).toBeVisible();

  // Whoever reads the earlier address undoes it, and signs out whoever made the change.
  const [{ id }] = readRows<{ id: string }>(dataFolder, 'select id from address_changes') as [{ id: string }];
  process.env.AUTH_SECRET = environment({}).AUTH_SECRET;
  await stranger.goto(`${server.address}/sign-in/earlier-address/${makeEarlierAddressToken(id)}`);
  await expect(stranger.getByText('mira@fortnight.example')).toBeVisible();
  await expectNoOverflow(stranger);
  if (isScripted) await expectAccessible(stranger);
  await stranger.getByRole('button', { name: 'Use my earlier address again' }).click();
  await stranger.waitForURL(/\/sign-in\?flash=put_back/);
  await expect(stranger.getByText('Your earlier address is used again')).toBeVisible();
  await page.goto(`${server.address}/practice/address`);
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
});

test('an owner corrects the mistyped address of a new colleague, until they have signed in @one-size @no-script', async ({
  page,
  anotherPerson,
  ownServer,
}, { project }) => {
  const isScripted = project.name !== 'no-script';
  const { address } = await ownServer();
  await signInAs(page, 'owner', '/practice/settings/team', address);
  await page.getByLabel('Name', { exact: true }).fill('Una Flynn');
  await page.getByLabel('E-mail', { exact: true }).fill('una@exmaple.org');
  await page.getByLabel('Front desk').check();
  await page.getByRole('button', { name: 'Add them' }).click();
  await page.waitForURL(/flash=added/);
  const field = page.getByLabel('Their e-mail address');
  await expect(field).toHaveValue('una@exmaple.org');
  await field.fill('una@example');
  await page.getByRole('button', { name: 'Correct the address' }).click();
  await expect(page.getByText(/^Enter one e-mail address/)).toBeVisible();
  await page.getByLabel('Their e-mail address').fill('una@example.org');
  await page.getByRole('button', { name: 'Correct the address' }).click();
  await page.waitForURL(/flash=corrected/);
  await expect(page.getByText('The address is corrected')).toBeVisible();
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);

  await page.getByRole('button', { name: 'Show their link' }).click();
  const una = await anotherPerson();
  await una.goto(await page.getByLabel('The link').inputValue());
  await expect(una.getByText('una@example.org')).toBeVisible();
  await una.getByRole('button', { name: 'Sign in' }).click();
  await una.waitForURL(/\/practice\/calendar/);
  await page.reload();
  await expect(page.getByText(/^Only Una can change this address/)).toBeVisible();
  await expect(page.getByLabel('Their e-mail address')).toHaveCount(0);
});
