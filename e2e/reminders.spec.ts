import path from 'node:path';
import { openTestTextGateway } from '../mail/test-text-gateway';
import { bookingRequestBody, dayFromToday, openings, requestApi } from '../scripts/prove/api-client';
import { ROOT } from '../scripts/prove/server';
import { expect, expectAccessible, expectNoOverflow, expectValidHtml, readMail, signInAs, test } from './fixtures';

// The day before a date, on a server of its own whose clock is put some hours after the reminder is due.

// Texts go through the journey’s own gateway, which cannot receive replies.

const OTIS = { name: 'Otis Remind', email: 'otis.remind@example.org', phone: '+353861234567' };

test('a client is reminded as the owner and they have chosen, confirms, and the practice sees it @one-size @no-script', async ({
  page,
  browser,
  anotherPerson,
  ownServer,
}, { project }) => {
  test.setTimeout(300_000); // two servers one after the other, and four pages checked at both sizes
  const isScripted = project.name !== 'no-script';
  const office = await anotherPerson();
  const look = async (at = page) => {
    if (isScripted) await expectAccessible(at);
    await expectNoOverflow(at);
  };
  const gateway = await openTestTextGateway();
  const texts = {
    ...{ TEXTS_WAY: 'twilio', TEXTS_URL: `http://AC1:secret@127.0.0.1:${gateway.port}`, TEXTS_FROM: 'Fortnight' },
  };
  let server = await ownServer(texts);
  await signInAs(office, 'owner', '/practice/settings/reminders', server.address);
  await expectValidHtml(office);
  await look(office);
  await office.getByLabel('First reminder, how it is sent').first().selectOption('By both');
  await office.getByLabel('Hold the same time for them').selectOption('For 3 days');
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
  const byText = page.locator('#texts');
  await expect(byText).toContainText('first press the link in our e-mail that confirms your address');
  const booked = (await readMail(browser, page, OTIS.email)).find(({ subject }) => subject.startsWith('Booked: '));
  await page.goto(server.address + booked?.links.find((link) => link.includes('/manage/confirm/')));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.waitForURL(/confirmed/);
  for (const isWanted of [true, false, true]) {
    await page.goto(`${server.address}${manage}`);
    await byText.getByRole('checkbox').setChecked(isWanted);
    await byText.getByRole('button', { name: 'Save' }).click();
    await expect(page.locator('#flash')).toContainText(isWanted ? 'may come by text' : 'You get no more texts');
  }
  await look();
  await server.end('SIGTERM');

  const ahead = new Date(startsAt).getTime() - 23 * 3_600_000 - Date.now();
  const clock = `--import ${path.join(ROOT, 'scripts', 'prove', 'clock.mjs')}`;
  server = await ownServer({ ...texts, NODE_OPTIONS: clock, CLOCK_AHEAD_MS: String(ahead) });
  await page.goto(`${server.address}${manage}`);
  const findReminder = async () =>
    (await readMail(browser, page, OTIS.email)).find(({ subject }) => subject.startsWith('Reminder: '));
  await expect.poll(findReminder, { timeout: 45_000 }).toBeDefined();
  const reminder = await findReminder();
  expect(reminder?.text).toContain('Please fill in a short form before the massage.');

  await page.goto(server.address + reminder?.links.find((link) => link.includes('/manage/coming/')));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Are you coming?');
  await expectValidHtml(page);
  await look();
  const panel = `/practice/calendar?on=${startsAt.slice(0, 10)}&view=day&whose=everyone&open=${uid}`;
  await signInAs(office, 'front desk', panel, server.address);
  await expect(office.getByText('E-mail 24 hours before: not sent while no mail server is set')).toBeVisible();
  await expect(office.getByText('Says they are coming')).toHaveCount(0);
  await page.getByRole('button', { name: 'I’m coming' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Thank you. See you then');
  await office.goto(server.address + panel);
  await expect(office.getByText('Says they are coming')).toBeVisible();
  await look(office);
  const inTheLog = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  expect(inTheLog).toHaveLength(43);
  expect(server.output()).not.toContain(inTheLog);

  // The same by text: its link stops and restarts texts, and no page mentions replies, which would not be read.
  await expect.poll(() => gateway.accepted.length, { timeout: 45_000 }).toBe(1);
  const [{ to, body } = { to: '', body: '' }] = gateway.accepted;
  expect(to).toBe(OTIS.phone);
  expect(body).not.toContain('STOP');
  await page.goto(/http\S+\/c\/[\w-]{12}/.exec(body)?.[0] ?? '');
  await page.getByRole('button', { name: 'Send me no more texts' }).click();
  await expect(page.locator('#flash')).toContainText('You get no more texts');
  await look();
  await page.getByRole('button', { name: 'Send me texts again' }).click();
  await expect(page.locator('#flash')).toContainText('You get texts again');
  await page.getByRole('button', { name: 'Send me no more texts' }).click();
  await expect(page.getByRole('button', { name: 'Send me texts again' })).toBeVisible();
  await page.goto(`${server.address}${manage}`);
  await expect(byText).toContainText('was pressed in the link of a text');
  await expect(page.locator('main')).not.toContainText('START');
  await byText.getByRole('checkbox').check();
  await byText.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('#flash')).toContainText('Reminders may come by text');
  await office.goto(server.address + panel);
  await expect(office.getByText('Text 24 hours before: sent')).toBeVisible();
  await gateway.close();
});

/** Books a date some days ahead around midday, so that one day before it is not at night. */
async function book(address: string) {
  const free = await openings(address, dayFromToday(4), 14, { therapist: 'mira' });
  const startsAt = free.map((opening) => opening.startsAt).find((start) => /T1[1-6]:/.test(start)) ?? '';
  const request = { ...bookingRequestBody({ therapist: 'mira', starts: [startsAt] }), client: OTIS };
  const { status, body } = await requestApi('POST', `${address}/api/v1/series`, request, {
    'Idempotency-Key': 'remind',
  });
  expect(status, JSON.stringify(body)).toBe(201);
  return { manage: `/manage/${body.manageToken}`, startsAt, uid: body.appointments?.[0]?.uid };
}
