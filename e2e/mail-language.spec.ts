import { openTestInbox } from '../mail/test-inbox';
import { bookingRequestBody, dayFromToday, openings, requestApi } from '../scripts/prove/api-client';
import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

// A practice writes its e-mails in German, and in French to a client who speaks French. The pages stay in English.

const ANNA = { name: 'Anna Berger', email: 'anna.berger@example.org', phone: '01 555 0191' };
const LUC = { name: 'Luc Moreau', email: 'luc.moreau@example.org', phone: '01 555 0192' };

test('the owner sets German, and a French-speaking client gets French e-mails @one-size @no-script', async ({
  page,
  ownServer,
}, { project }) => {
  test.slow();
  const inbox = await openTestInbox();
  const { address } = await ownServer({ SMTP_URL: inbox.url });
  const look = async () => {
    await expectNoOverflow(page);
    if (project.name !== 'no-script') await expectAccessible(page);
  };
  const subjectsTo = (email: string) =>
    inbox.received.filter(({ recipients }) => recipients.includes(email)).map(({ mail }) => mail.subject);
  const book = async (client: typeof ANNA, nth: number) => {
    const free = await openings(address, dayFromToday(4), 14, { therapist: 'mira' });
    const request = { ...bookingRequestBody({ therapist: 'mira', starts: [free[nth]?.startsAt ?? ''] }), client };
    const { status, body } = await requestApi('POST', `${address}/api/v1/series`, request, {
      'Idempotency-Key': `${client.email}-${nth}`,
    });
    expect(status, JSON.stringify(body)).toBe(201);
  };

  await signInAs(page, 'owner', '/practice/settings/practice', address);
  const language = page.getByLabel('Language of e-mails');
  await expect(language).toHaveValue('en');
  await expect(page.getByText('The pages that e-mails link to stay English.')).toBeVisible();
  await language.selectOption('German');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await expect(page.getByLabel('Language of e-mails')).toHaveValue('de');
  await look();

  await book(ANNA, 0);
  await expect
    .poll(() => subjectsTo(ANNA.email), { timeout: 30_000 })
    .toEqual([expect.stringMatching(/^Gebucht: \w+tag|^Gebucht: Mittwoch/)]);
  const { mail } = inbox.received.find(({ recipients }) => recipients.includes(ANNA.email))!;
  expect(mail.html).toContain('<html lang="de">');
  expect(mail.text).toContain('Termine ansehen, verschieben oder absagen');

  // Every kind of e-mail can be previewed in each language.
  await page.goto(`${address}/practice/settings/mail/preview`);
  await expect(page.getByRole('heading', { name: /^Gebucht: / })).toBeVisible();
  await look();
  await page
    .getByRole('navigation', { name: 'Language of the e-mails' })
    .getByRole('link', { name: 'Spanish' })
    .click();
  await expect(page.getByRole('heading', { name: /^Reservado: / })).toBeVisible();

  // A client with a language of their own: their page says which.
  await book(LUC, 1);
  await expect.poll(() => subjectsTo(LUC.email), { timeout: 30_000 }).toHaveLength(1);
  await page.goto(`${address}/practice/clients?q=Moreau`);
  await page.getByRole('link', { name: LUC.name }).first().click();
  await page.getByRole('link', { name: 'Change', exact: true }).first().click();
  const clientLanguage = page.getByLabel('Language', { exact: true });
  await expect(clientLanguage.getByRole('option', { name: 'Not noted: e-mails in German' })).toHaveCount(1);
  await look();
  await clientLanguage.selectOption('French');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('French', { exact: true })).toBeVisible();
  await book(LUC, 2);
  await expect
    .poll(() => subjectsTo(LUC.email), { timeout: 30_000 })
    .toEqual([expect.stringMatching(/^Gebucht: /), expect.stringMatching(/^Réservé\u00a0: /)]);
  await inbox.close();
});
