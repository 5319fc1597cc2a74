import { dayFromToday, openings } from '../scripts/prove/api-client';
import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';
import { readRows } from './read-rows';

// A session ends while somebody at the desk fills in a form: it expired, or they signed out everywhere. What they
// entered stays, and is sent once they have signed in again.

test.use({ expectedNoise: [/^Failed to load resource|^401 POST /] });

test('a booking that is sent after the session has ended is made once somebody has signed in again @one-size @no-script', async ({
  page,
  dataFolder,
  ownServer,
}, { project }) => {
  const isScripted = project.name !== 'no-script';
  const { address } = await ownServer();
  // A time of today may be over before the form is sent again.
  const [free] = await openings(address, dayFromToday(8), 7);
  await signInAs(page, 'front desk', `/practice/calendar?on=${free!.startsAt.slice(0, 10)}&view=day`, address);
  await page.getByRole('link', { name: /^New/ }).first().click();
  await expect(page.getByRole('heading', { name: /^Book / })).toBeVisible();
  await page.goto(`${page.url()}&client=new&name=Late`);
  const name = page.getByLabel('Name', { exact: true });
  const phone = page.getByLabel(/^Phone/);
  await name.fill('Late Session');
  await phone.fill('+353 85 555 0190');
  await page.context().clearCookies();

  await page.getByRole('button', { name: /^Book/ }).click();
  const signIn = page.getByRole('link', { name: 'Open the sign-in page in a new tab' });
  if (isScripted) {
    await expect(page.getByRole('main').getByRole('alert')).toContainText('You are signed out');
    await expect(name).toHaveValue('Late Session');
    await expect(phone).toHaveValue('+353 85 555 0190');
    await expectAccessible(page);
  } else await expect(page.getByRole('heading', { level: 1, name: 'You are signed out' })).toBeVisible();
  await expectNoOverflow(page);

  const [tab] = await Promise.all([page.context().waitForEvent('page'), signIn.click()]);
  await expect(tab).toHaveURL(/\/sign-in/);
  await signInAs(tab, 'front desk', '/practice/calendar', address);
  await tab.close();
  if (isScripted) await page.getByRole('button', { name: /^Book/ }).click();
  else await page.reload();
  await page.waitForURL(/flash=booked/);
  const booked = 'select count(*) as many from appointments a join clients c on c.id = a.client_id where c.name = ?';
  expect(readRows(dataFolder, booked, 'Late Session')).toEqual([{ many: 1 }]);
});
