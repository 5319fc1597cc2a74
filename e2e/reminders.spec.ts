import path from 'node:path';
import { bodyOf, call, dayIn, openings } from '../scripts/prove/client';
import { ROOT } from '../scripts/prove/server';
import { expect, expectAccessible, expectNoOverflow, expectValidHtml, readMail, signInAs, test } from './fixtures';

// The day before a date: its own server, whose clock goes to some hours after the reminder is due.

const OTIS = { name: 'Otis Remind', email: 'otis.remind@example.org' };

test('a client is reminded as the owner and they have chosen, says that they come, and the practice sees it @one-size @no-script', async ({
  page,
  browser,
  anotherPerson,
  ownServer,
}, { project }) => {
  test.setTimeout(300_000); // two servers after each other, and four pages looked at in both sizes
  const isScripted = project.name !== 'no-script';
  const office = await anotherPerson();
  const look = async (at = page) => {
    if (isScripted) await expectAccessible(at);
    await expectNoOverflow(at);
  };
  let server = await ownServer();
  await signInAs(office, 'owner', '/practice/settings/reminders', server.address);
  await expectValidHtml(office);
  await look(office);
  await office.getByLabel('Second reminder').first().selectOption({ label: '2 hours before' });
  await office.getByRole('button', { name: 'Save' }).click();
  await expect(office.getByText('Nothing goes out late because of it.')).toBeVisible();

  const { manage, startsAt, uid } = await book(server.address);
  await page.goto(`${server.address}${manage}`);
  const choices = page.locator('#reminders');
  await expect(choices.getByRole('checkbox', { name: '24 hours before' })).toBeChecked();
  await choices.getByRole('checkbox', { name: '2 hours before' }).uncheck();
  await choices.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('#flash')).toContainText('Your reminders are as you chose them');
  await expect(choices.getByRole('checkbox', { name: '2 hours before' })).not.toBeChecked();
  await look();
  await server.end('SIGTERM');

  const ahead = new Date(startsAt).getTime() - 23 * 3_600_000 - Date.now();
  const clock = `--import ${path.join(ROOT, 'scripts', 'prove', 'clock.mjs')}`;
  server = await ownServer({ NODE_OPTIONS: clock, CLOCK_AHEAD_MS: String(ahead) });
  await page.goto(`${server.address}${manage}`);
  const findReminder = async () =>
    (await readMail(browser, page, OTIS.email)).find(({ subject }) => subject.startsWith('Reminder: '));
  await expect.poll(findReminder, { timeout: 45_000 }).toBeDefined();
  const reminder = await findReminder();
  expect(reminder?.text).toContain('A form waits to be filled in before you come.');

  await page.goto(server.address + reminder?.links.find((link) => link.includes('/manage/coming/')));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Are you coming?');
  await expectValidHtml(page);
  await look();
  const panel = `/practice/calendar?on=${startsAt.slice(0, 10)}&view=day&whose=everyone&open=${uid}`;
  await signInAs(office, 'front desk', panel, server.address);
  await expect(office.getByText('E-mail 24 hours before: waiting to be sent')).toBeVisible();
  await expect(office.getByText('Says they are coming')).toHaveCount(0);
  await page.getByRole('button', { name: 'I’m coming' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you. See you then');
  await office.goto(server.address + panel);
  await expect(office.getByText('Says they are coming')).toBeVisible();
  await look(office);
  const inTheLog = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  expect(inTheLog).toHaveLength(43);
  expect(server.said()).not.toContain(inTheLog);
});

/** A date some days ahead around midday: a day before it is no night. */
async function book(address: string) {
  const free = await openings(address, dayIn(4), 14, { therapist: 'mira' });
  const startsAt = free.map((opening) => opening.startsAt).find((start) => /T1[1-6]:/.test(start)) ?? '';
  const request = { ...bodyOf({ therapist: 'mira', starts: [startsAt] }), client: OTIS };
  const { status, body } = await call('POST', `${address}/api/v1/series`, request, { 'Idempotency-Key': 'remind' });
  expect(status, JSON.stringify(body)).toBe(201);
  return { manage: `/manage/${body.manageToken}`, startsAt, uid: body.appointments?.[0]?.uid };
}
