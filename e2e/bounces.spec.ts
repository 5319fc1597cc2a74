import { bookingRequestBody, dayFromToday, openings, requestApi } from '../scripts/prove/api-client';
import { openMailServer } from '../scripts/prove/mail-server';
import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

// A mail server accepts an e-mail, which later comes back to the practice's mailbox. Staff who see it there note it,
// and it is shown wherever the client appears, until e-mails are known to arrive.

const CLIENT = { name: 'Bea Quillon', email: 'bea.quillon@example.org', phone: '01 555 0199' };
const COMES_BACK = /^E-mails to this address come back, as was noted on .+\. Ask for another\.$/;

test('an e-mail that came back is noted by hand, shown wherever its client appears, and the note is removed again @one-size @no-script', async ({
  page,
  ownServer,
}, { project }) => {
  test.slow();
  const mailServer = await openMailServer();
  const { address } = await ownServer({ SMTP_URL: mailServer.url });
  const look = async () => {
    await expectNoOverflow(page);
    if (project.name !== 'no-script') await expectAccessible(page);
  };
  const [free] = await openings(address, dayFromToday(4), 14, { therapist: 'mira' });
  const request = { ...bookingRequestBody({ therapist: 'mira', starts: [free?.startsAt ?? ''] }), client: CLIENT };
  const { status, body } = await requestApi('POST', `${address}/api/v1/series`, request, { 'Idempotency-Key': 'b' });
  expect(status, JSON.stringify(body)).toBe(201);
  await expect.poll(() => mailServer.recipients.has(CLIENT.email), { timeout: 30_000 }).toBe(true);

  await signInAs(page, 'front desk', '/practice/calendar', address);
  await expect(page.getByText('A client cannot be reached by e-mail')).toHaveCount(0);
  await page.context().clearCookies();
  await signInAs(page, 'owner', '/practice/mail', address);
  const sent = page.getByRole('listitem').filter({ hasText: `To ${CLIENT.email}` });
  await expect(async () => {
    await page.goto(`${address}/practice/mail`);
    await expect(sent.getByRole('button', { name: /^It came back: / }).first()).toBeVisible();
  }).toPass({ timeout: 30_000 });
  await look();
  await sent
    .getByRole('button', { name: /^It came back: / })
    .first()
    .click();
  await expect(sent.getByText('E-mails to this address come back.').first()).toBeVisible();
  await expect(sent.getByRole('button', { name: /^It came back: / })).toHaveCount(0);
  await look();

  // Shown on the calendar, on the appointment and on the client's page.
  await page.goto(`${address}/practice/calendar`);
  const notice = page.getByText('A client cannot be reached by e-mail');
  await expect(notice).toBeVisible();
  await look();
  await page.getByRole('link', { name: new RegExp(`^${CLIENT.name} ?, `) }).click();
  await expect(page.getByText(COMES_BACK)).toBeVisible();
  await look();
  await page.goto(`${address}/practice/clients?q=Quillon`);
  await page.getByRole('link', { name: CLIENT.name }).first().click();
  await expect(page.getByText(COMES_BACK)).toBeVisible();
  await look();
  await page.getByRole('button', { name: 'Note that e-mails arrive' }).click();
  await expect(page.getByText(COMES_BACK)).toHaveCount(0);
  await page.getByRole('button', { name: 'Note that e-mails come back' }).click();
  await expect(page.getByText(COMES_BACK)).toBeVisible();
  await page.getByRole('button', { name: 'Note that e-mails arrive' }).click();
  await expect(page.getByText(COMES_BACK)).toHaveCount(0);
  await page.goto(`${address}/practice/calendar`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(notice).toHaveCount(0);
  await mailServer.down();
});
