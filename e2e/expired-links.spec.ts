import path from 'node:path';
import { bookingRequestBody, dayFromToday, openings, requestApi } from '../scripts/prove/api-client';
import { ROOT } from '../scripts/prove/server';
import { expect, expectAccessible, expectNoOverflow, readMail, signInAs, test } from './fixtures';

// Links and sessions that ended, and how they are given again. Each journey has a server of its own: one ends every
// session of the owner, the other goes on a year later.

const ANA = { name: 'Ana Quixote', email: 'ana.quixote@example.org' };
const BOOKED_IN_DAYS = 45;

test('signing out everywhere ends the session on the other computer too @phone-only @no-script', async ({
  page,
  anotherPerson,
  ownServer,
}) => {
  const server = await ownServer();
  const [elsewhere, colleague] = [await anotherPerson(), await anotherPerson()];
  for (const entry of [page, elsewhere]) await signInAs(entry, 'owner', '/practice/mail', server.address);
  await signInAs(colleague, 'therapist', '/practice/mail', server.address);
  await expect(elsewhere.getByText('Signed in as Ruth Keane')).toBeVisible();

  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page).toHaveURL(`${server.address}/`);
  for (const entry of [page, elsewhere]) {
    await entry.goto(`${server.address}/practice/mail`);
    await expect(entry).toHaveURL(/\/sign-in\?callbackUrl=/);
  }
  await colleague.reload();
  await expect(colleague.getByText('Signed in as Mira Kovač')).toBeVisible();
});

test.describe('a year after the last date', () => {
  test.use({ expectedNoise: [/410/] });

  test('a link to a booking has ended, until the practice renews that link alone @one-size @no-script', async ({
    page,
    browser,
    anotherPerson,
    ownServer,
  }, { project }) => {
    test.slow();
    const isScripted = project.name !== 'no-script';
    let server = await ownServer();
    const [booked, other] = [await book(server.address, 0), await book(server.address, 1)];
    await server.end('SIGTERM');
    const yearLater = { CLOCK_AHEAD_MS: String((BOOKED_IN_DAYS + 14 + 366) * 86_400_000) };
    const clock = `--import ${path.join(ROOT, 'scripts', 'prove', 'clock.mjs')}`;
    server = await ownServer({ NODE_OPTIONS: clock, ...yearLater });

    const client = await anotherPerson();
    const link = `${server.address}/manage/${booked.manageToken}`;
    await client.goto(link);
    await expect(client.getByRole('heading', { name: 'This link has ended' })).toBeVisible();
    await expect(client.getByText(ANA.name)).toHaveCount(0);
    await expectNoOverflow(client);

    const calendar = `/practice/calendar?on=${booked.on}&view=day&open=${booked.uid}`;
    await signInAs(page, 'therapist', calendar, server.address);
    await expect(page.getByRole('definition').filter({ hasText: /^Ended / })).toBeVisible();
    await expectNoOverflow(page);
    if (isScripted) await expectAccessible(page);
    await page.getByRole('button', { name: 'Make a new link' }).click();
    await expect(
      page.getByText(
        'No mail server is set, so no e-mail is sent: the one with it is kept under Mail. It works for another year',
      ),
    ).toBeVisible();
    await expect(page.getByRole('definition').filter({ hasText: /^Ends / })).toBeVisible();

    const [message] = await readMail(browser, page, ANA.email);
    const sent = message?.links.find((link) => link.startsWith('/manage/'));
    await client.goto(server.address + sent);
    await expect(client.getByRole('heading', { name: 'This link has ended' })).toHaveCount(0);
    await expect(client.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(client.getByText(ANA.name).first()).toBeVisible();
    // The old link stays closed, whoever has it.
    await client.goto(link);
    await expect(client.getByRole('heading', { name: 'This link has ended' })).toBeVisible();
    await client.goto(`${server.address}/manage/${other.manageToken}`);
    await expect(client.getByRole('heading', { name: 'This link has ended' })).toBeVisible();
  });
});

async function book(address: string, nth: number) {
  const startsAt =
    (await openings(address, dayFromToday(BOOKED_IN_DAYS), 14, { therapist: 'mira' }))[nth]?.startsAt ?? '';
  const request = { ...bookingRequestBody({ therapist: 'mira', starts: [startsAt] }), client: ANA };
  const { status, body } = await requestApi('POST', `${address}/api/v1/series`, request, {
    'Idempotency-Key': `ended-${nth}`,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return { on: startsAt.slice(0, 10), uid: body.appointments?.[0]?.uid, manageToken: body.manageToken };
}
