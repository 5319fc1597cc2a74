import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { bookingRequestBody, dayFromToday, openings, requestApi } from '../scripts/prove/api-client';
import { environment, ROOT } from '../scripts/prove/server';
import { expect, expectAccessible, expectNoOverflow, readMail, signInAs, test } from './fixtures';

// The day of a session, on a server of its own whose clock is put some hours before the booked session.

const UNA = { name: 'Una Quixote', email: 'una.quixote@example.org' };

/** A word that is only in Una's health data. */
const MARK = 'Quillaja';

test('a client says what is new, moves a date because of a fever, and their therapist reads it @one-size @no-script', async ({
  page,
  browser,
  anotherPerson,
  ownServer,
  dataFolder,
}, { project }) => {
  test.slow();
  const addresses: string[] = [];
  page.on('request', (request) => addresses.push(request.url()));
  const isScripted = project.name !== 'no-script';
  let server = await ownServer();
  const { link, startsAt, uid } = await book(server.address);
  await page.goto(`${link}/intake?step=agree`);
  await page.getByRole('checkbox', { name: /I agree to be massaged/ }).check();
  await page.getByRole('checkbox', { name: /may keep what I tell about my health/ }).check();
  await page.getByRole('button', { name: /^Next/ }).click();
  await expect(page.getByRole('heading', { name: 'Is any of this happening now?' })).toBeVisible();
  await page.goto(`${link}/before`);
  await expect(page.getByRole('heading', { name: 'It is too early to ask' })).toBeVisible();
  await server.end('SIGTERM');

  // Two hours before: too late to move a date online.
  const ahead = new Date(startsAt).getTime() - 2 * 3_600_000 - Date.now();
  const clock = `--import ${path.join(ROOT, 'scripts', 'prove', 'clock.mjs')}`;
  server = await ownServer({ NODE_OPTIONS: clock, CLOCK_AHEAD_MS: String(ahead) });
  const dates = new URL(link).pathname;
  await page.goto(server.address + dates);
  await expect(page.getByRole('link', { name: /^Move/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'Anything new since last time?' }).click();
  await expect(page.getByRole('button', { name: /Nothing new/ })).toBeVisible();
  if (isScripted) await expectAccessible(page);
  await expectNoOverflow(page);
  await page.getByRole('button', { name: /Nothing new/ }).click();
  await expect(page.getByRole('heading', { name: 'Where may your therapist work?' })).toBeVisible();
  if (isScripted) await expectAccessible(page);
  await page.getByLabel('Yes, near the buttocks').check();
  await page.getByRole('button', { name: 'Save' }).click();
  // The second tap would be the pain score, which can be left for later.
  await expect(page.getByRole('heading', { name: 'How was your pain this week, usually?' })).toBeVisible();
  await page.goto(`${server.address}${dates}/before`);
  await expect(page.getByRole('heading', { name: 'Thank you. See you then' })).toBeVisible();
  await page.getByRole('link', { name: 'How is it today?' }).click();
  await page.getByRole('button', { name: '6', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('And at its worst?');
  await page.getByRole('button', { name: '7', exact: true }).click();
  await page.getByLabel('One thing you want to do again').fill(`Climb to the ${MARK}`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/step=done/);
  await page.goto(`${server.address}${dates}/before`);

  await page.getByRole('link', { name: 'Change it' }).click();
  await page.getByRole('link', { name: /Yes, something/ }).click();
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByText('Tick what applies, or “None of these”.')).toBeVisible();
  if (isScripted) await expectAccessible(page);
  await page.getByLabel(/You have a fever/).check();
  await page.getByLabel(/oils, scents or latex/).check();
  await page.locator('[name=about-allergy]').fill(`${MARK} oil`);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('heading', { name: 'Not today, please' })).toBeVisible();
  await expect(page).toHaveURL(/\/before$/);
  if (isScripted) await expectAccessible(page);

  const [therapist, desk, stranger] = [await anotherPerson(), await anotherPerson(), await anotherPerson()];
  for (const person of [therapist, desk, stranger]) person.on('request', (request) => addresses.push(request.url()));
  // Everything that is sent to people who may not read it: pages with the data in them, scripts, and later fetches.
  const sent: Promise<string>[] = [];
  for (const person of [desk, stranger])
    person.on('response', (response) => sent.push(response.text().catch(() => '')));
  const panel = `/practice/calendar?on=${startsAt.slice(0, 10)}&view=day&open=${uid}`;
  await signInAs(therapist, 'therapist', panel, server.address);
  await expect(therapist.getByText('New before this session: Not today.')).toBeVisible();
  await expect(therapist.getByText('This session: not near the inner thighs.')).toBeVisible();
  await expect(therapist.getByText(`${MARK} oil`)).toBeVisible();
  await therapist.getByRole('link', { name: 'Write the note' }).click();
  const alerts = therapist.getByRole('region', { name: 'Alerts' });
  await expect(alerts).toContainText(`Avoid oils, scents or latex that cause a reaction: ${MARK} oil`);
  await expect(alerts).toContainText('This session not near the inner thighs');
  await expectNoOverflow(therapist);
  if (isScripted) await expectAccessible(therapist);
  await therapist.getByLabel('Found', { exact: true }).fill(`Tight as ${MARK} bark.`);
  await therapist.getByRole('button', { name: 'Keep as draft' }).click();
  await expect(therapist.getByText(/^Draft saved/)).toBeVisible();
  await signInAs(desk, 'front desk', panel, server.address);
  await expect(desk.getByText('Needs a call.')).toBeVisible();
  expect(await desk.content()).not.toMatch(/fever|thighs|Quillaja/);
  await desk.getByRole('link', { name: 'Ask what is new' }).click();
  await expect(desk.getByRole('heading', { name: 'Please talk to your therapist before you begin' })).toBeVisible();
  if (isScripted) await expectAccessible(desk);

  await page.getByRole('link', { name: 'Move this date free of charge' }).click();
  await expect(page.getByText('You can move this one free of charge, however late it is.')).toBeVisible();

  for (const at of ['/practice/clients', '/practice']) await desk.goto(server.address + at);
  for (const at of ['/', '/book', '/questions/hamstring-tendinopathy', '/privacy'])
    await stranger.goto(server.address + at);
  const bodies = await Promise.all(sent);
  expect(bodies.length).toBeGreaterThan(20);
  expect(bodies.join()).toContain(UNA.name);
  const scripts = filesIn(path.join(ROOT, process.env.NEXT_DIST_DIR || '.next', 'static'));
  expect(scripts.length).toBeGreaterThan(10);

  // Only those who treat the client have the client's text: it is in no address that anybody opened, and in no backup.
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/backup.mjs'], {
    cwd: ROOT,
    env: environment({ DATA_DIR: dataFolder }),
  });
  expect(filesIn(path.join(dataFolder, 'backups')).length).toBeGreaterThan(0);
  const mail = await readMail(browser, page, UNA.email);
  const texts = [
    server.output(),
    JSON.stringify(mail),
    await (await page.request.get(`${server.address}${dates}/calendar.ics`)).text(),
    await (await page.request.get(`${server.address}/metrics`)).text(),
    ...filesIn(dataFolder),
    addresses.join('\n'),
    ...bodies,
    ...scripts,
  ];
  expect(mail.length).toBeGreaterThan(0);
  expect(texts.join()).toContain(UNA.name);
  for (const text of texts) expect(text).not.toContain(MARK);
});

test('a parent or guardian consents and answers for somebody under 18, and the desk asks everybody in the same way @one-size @no-script', async ({
  page,
  anotherPerson,
  ownServer,
}, { project }) => {
  test.slow();
  const isScripted = project.name !== 'no-script';
  const guardianSentence = 'I am the parent or guardian of this client, who is under 18';
  let server = await ownServer();
  const { link, startsAt, uid } = await book(server.address, 3);
  await page.goto(`${link}/intake?step=agree`);
  await expect(page.getByText('I am 18 or older. I agree to be massaged')).toBeVisible();
  const agreement = page.getByRole('checkbox', { name: /I agree to be massaged/ });
  await agreement.check();
  await page.getByLabel('The client is under 18').check();
  await expect(page.getByText('I am 18 or older.').filter({ visible: true })).toHaveCount(0);
  await expect(agreement).not.toBeChecked();
  await expect(page.getByText(`${guardianSentence}, and say for them:`).filter({ visible: true })).toHaveCount(3);
  await page.getByLabel('Name of a parent or guardian').fill('Rosa Quixote');
  await page.getByLabel('They will be there at every visit').check();
  await page.getByRole('checkbox', { name: /I agree to be massaged/ }).check();
  await page.getByRole('checkbox', { name: /may keep what I tell about my health/ }).check();
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await page.getByRole('button', { name: /^Next/ }).click();
  await expect(page.getByRole('heading', { name: 'Is any of this happening now?' })).toBeVisible();

  // Once the consent is withdrawn, the guardian is asked again, and nobody else.
  await page.goto(`${link}/consents`);
  await page.getByRole('button', { name: 'Withdraw: to have health answers kept' }).click();
  await expect(page.getByText('Withdrawn', { exact: true })).toBeVisible();
  await page.goto(`${link}/score`);
  await expect(page.getByRole('heading', { name: 'A parent or guardian agrees first' })).toBeVisible();
  await expectNoOverflow(page);
  if (isScripted) await expectAccessible(page);
  await page.getByRole('link', { name: 'For the parent or guardian' }).click();
  await expect(page.getByLabel('The client is under 18')).toBeChecked();
  await page.getByLabel('Name of a parent or guardian').fill('Rosa Quixote');
  await page.getByLabel('They will be there at every visit').check();
  await page.getByRole('checkbox', { name: /I agree to be massaged/ }).check();
  await page.getByRole('checkbox', { name: /may keep what I tell about my health/ }).check();
  await page.getByRole('button', { name: /^Next/ }).click();
  await expect(page.getByRole('heading', { name: 'Is any of this happening now?' })).toBeVisible();
  await server.end('SIGTERM');

  const ahead = new Date(startsAt).getTime() - 2 * 3_600_000 - Date.now();
  const clock = `--import ${path.join(ROOT, 'scripts', 'prove', 'clock.mjs')}`;
  server = await ownServer({ NODE_OPTIONS: clock, CLOCK_AHEAD_MS: String(ahead) });
  const dates = server.address + new URL(link).pathname;
  await page.goto(`${dates}/before`);
  await expect(page.getByText(`${guardianSentence}, and answer for them.`)).toBeVisible();
  await page.getByRole('button', { name: /Nothing new/ }).click();
  await expect(page.getByText(`${guardianSentence}, and say for them: My therapist may work`)).toBeVisible();
  await page.getByLabel('Yes, near the buttocks').check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { name: 'How was your pain this week, usually?' })).toBeVisible();
  await page.goto(`${dates}/consents`);
  await expect(page.getByText(`“${guardianSentence}, and say for them: For the session on`)).toBeVisible();
  await expect(page.getByText('“I am 18 or older.')).toHaveCount(0);

  const [therapist, desk] = [await anotherPerson(), await anotherPerson()];
  await signInAs(
    therapist,
    'therapist',
    `/practice/calendar?on=${startsAt.slice(0, 10)}&view=day&open=${uid}`,
    server.address,
  );
  await expect(therapist.getByText('Their parent or guardian answered.')).toBeVisible();
  await therapist.getByRole('link', { name: 'Write the note' }).click();
  await expect(therapist.getByRole('region', { name: 'Alerts' })).toContainText('a parent or guardian is there');
  await signInAs(desk, 'front desk', `/practice/before/${uid}?step=new`, server.address);
  await expect(desk.getByText(`${guardianSentence}, and answer for them.`)).toBeVisible();
  if (isScripted) await expectAccessible(desk);
  await desk.getByRole('button', { name: /Nothing new/ }).click();
  await expect(desk.getByText(/^We ask everybody this\./)).toBeVisible();
  for (const place of ['the buttocks', 'the inner thighs', 'the chest', 'the belly'])
    await expect(desk.getByLabel(`Yes, near ${place}`)).not.toBeChecked();
  await expectNoOverflow(desk);
  if (isScripted) await expectAccessible(desk);
  await desk.getByLabel('Yes, near the chest').check();
  await desk.getByRole('button', { name: 'Save' }).click();
  await expect(desk.getByRole('heading', { name: 'Thank you. See you then' })).toBeVisible();
});

function filesIn(at: string): string[] {
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'));
}

async function book(address: string, inDays = 10) {
  const [free] = await openings(address, dayFromToday(inDays), 14, { therapist: 'mira' });
  const startsAt = free?.startsAt ?? '';
  const request = { ...bookingRequestBody({ therapist: 'mira', starts: [startsAt] }), client: UNA };
  const { status, body } = await requestApi(
    'POST',
    `${address}/api/v1/series`,
    { ...request, consent: true, question: 'hamstring-tendinopathy' },
    { 'Idempotency-Key': 'before' },
  );
  expect(status, JSON.stringify(body)).toBe(201);
  return { link: `${address}/manage/${body.manageToken}`, startsAt, uid: body.appointments?.[0]?.uid };
}
