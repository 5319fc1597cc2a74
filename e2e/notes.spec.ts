import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { deriveManageToken } from '@/db/access/manage-tokens';
import Sqlite from '@/db/connection/sqlite-library';
import { environment, type Server } from '../scripts/prove/server';
import { expect, expectAccessible, expectNoOverflow, expectValidHtml, signInAs, test } from './fixtures';

// A therapist's notes. Each journey has a server of its own, because its output and its files are searched for the text
// of the notes.

test.use({ expectedNoise: [/ERR_INTERNET_DISCONNECTED|ERR_FAILED|Failed to fetch|404/] });

const MARK = 'Xylophone hamstring';

let server: Server;

test.beforeEach(async ({ ownServer }) => {
  server = await ownServer();
});

/**
 * The addresses of the notes of Ana's past sessions, the newest first. The demo's note of the first session is deleted,
 * because from Monday to Thursday there are only two sessions.
 */
async function notesOfAna(page: Page, dataFolder: string): Promise<string[]> {
  const database = new Sqlite(path.join(dataFolder, 'fortnight.db'));
  for (const table of ['note_readings', 'note_amendments', 'session_notes']) database.exec(`delete from ${table}`);
  database.close();
  await page.goto(`${server.address}/practice/clients?q=ana+costa`);
  await page.getByRole('link', { name: 'Ana Costa' }).click();
  const part = page.getByRole('region', { name: 'Session notes' });
  await expect(part.getByText('Not written').first()).toBeVisible();
  const links = await part.getByRole('link').all();
  const found = await Promise.all(links.map((link) => link.getAttribute('href')));
  return found.filter((href) => /notes\/./.test(href ?? '')).map((href) => server.address + href);
}

const draftIn = (page: Page) => page.evaluate(() => JSON.stringify(sessionStorage));
const back = (page: Page) => page.getByRole('group', { name: /^Back of the body/ });

test('a note is written on a tablet, survives a lost connection, is signed and added to, and its client sees who read it @one-size', async ({
  page,
  anotherPerson,
  dataFolder,
}) => {
  test.slow();
  await page.setViewportSize({ width: 820, height: 1180 });
  page.on('dialog', (dialog) => dialog.accept());
  await signInAs(page, 'therapist', '/practice/calendar', server.address);
  const [latest = '', earlier = ''] = await notesOfAna(page, dataFolder);

  await page.goto(earlier);
  await page.getByLabel('Did', { exact: true }).fill('Slow strokes.');
  await page.getByRole('button', { name: 'Keep as a phrase for Did' }).click();
  await expect(page.getByText('The phrase is saved.')).toBeVisible();
  await page.getByLabel('Plan', { exact: true }).fill('Short walks.');
  await page.getByRole('region', { name: 'Next time' }).getByText('Same again').click();
  await page.getByRole('button', { name: 'Sign the note' }).click();
  await expect(page.getByText('The note is signed')).toBeVisible();
  await expect(page.getByText(/^Signed .* by Mira Kovač/)).toBeVisible();

  // One tap from the calendar's panel.
  await page.goto(`${server.address}/practice/clients?q=ana+costa`);
  await page.getByRole('link', { name: 'Ana Costa' }).click();
  await page.getByRole('region', { name: 'Past dates' }).getByRole('link').first().click();
  await page.getByRole('link', { name: 'Write the note' }).click();
  await expect(page).toHaveURL(latest);
  await expect(page.getByRole('region', { name: 'Last time' })).toContainText('Short walks.');

  await page.getByLabel('Found', { exact: true }).fill(`${MARK} tight.`);
  await page.getByRole('button', { name: 'Put into Did: Slow strokes.' }).click();
  await expect(page.getByLabel('Did', { exact: true })).toHaveValue('Slow strokes.');
  await page.getByRole('button', { name: 'Copy the last note' }).click();
  await expect(page.getByLabel('Plan', { exact: true })).toHaveValue('Short walks.');
  await expect(page.getByLabel('Found', { exact: true })).toHaveValue(`${MARK} tight.`);

  await back(page).getByRole('button', { name: 'calf, left: not marked' }).click();
  await expect(back(page).getByRole('button', { name: 'calf, left: focus' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('radio', { name: 'Avoid' }).check({ force: true });
  await back(page).getByRole('button', { name: 'calf, right: not marked' }).press('Enter');
  await page.getByRole('group', { name: 'Calf, left' }).getByRole('radio', { name: 'Firm' }).check({ force: true });
  await page.getByText('Choose from a list').click();
  await expect(page.getByRole('combobox', { name: 'Calf, left' })).toHaveValue('focus-firm');
  await expect(page.getByRole('combobox', { name: 'Calf, right' })).toHaveValue('avoid');
  await page.getByRole('combobox', { name: 'Buttock, left' }).selectOption('focus');
  await expect(page.getByText('Ask for consent in each session: Left: buttock')).toBeVisible();
  await page.getByText('Choose from a list').click();
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  await expectAccessible(page);
  await expectNoOverflow(page);

  await page.context().setOffline(true);
  await page.getByLabel('Told me', { exact: true }).fill(`${MARK} after a drive.`);
  await expect(page.getByText(/^No connection/)).toBeVisible();
  await expect.poll(() => draftIn(page)).toContain('note-draft:');
  expect(await draftIn(page)).not.toContain('Xylophone');
  await page.context().setOffline(false);
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  expect(await draftIn(page)).not.toContain('note-draft:');

  // Nothing is lost when the page is closed before the connection is back.
  await page.route('**/notes/**', (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await page.getByLabel('Told me', { exact: true }).fill(`${MARK} after a long drive.`);
  await expect(page.getByText(/^No connection/)).toBeVisible();
  await expect.poll(() => draftIn(page)).toContain('note-draft:');
  await page.unroute('**/notes/**');
  await page.goto(latest);
  await expect(page.getByText('What you wrote without a connection is back.')).toBeVisible();
  await expect(page.getByLabel('Told me', { exact: true })).toHaveValue(`${MARK} after a long drive.`);
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  await expect.poll(() => draftIn(page)).not.toContain('note-draft:');

  // Another device saved first: the later one is told, and has both versions.
  const phone = await anotherPerson();
  await signInAs(phone, 'therapist', '/practice/calendar', server.address);
  await phone.goto(latest);
  await phone.getByLabel('Plan', { exact: true }).fill('Two weeks of rest.');
  await expect(phone.getByText(/^Draft saved/)).toBeVisible();
  await phone.getByRole('button', { name: 'Keep as draft' }).click();
  await expect(phone.getByText(/^Draft saved/)).toBeVisible();
  await page.getByLabel('Plan', { exact: true }).fill('Calf raises.');
  await expect(page.getByText('This note was saved on another device meanwhile')).toBeVisible();
  await expect(page.getByText('Two weeks of rest.')).toBeVisible();
  await page.getByRole('button', { name: 'Add it to mine' }).click();
  await page.getByRole('button', { name: 'Keep as draft' }).click();
  await expect(page.getByText('This note was saved on another device meanwhile')).toBeHidden();
  await expect(page.getByLabel('Plan', { exact: true })).toHaveValue('Calf raises. Two weeks of rest.');

  await page.getByRole('button', { name: 'Sign the note' }).click();
  await expect(page.getByText('The note is signed')).toBeVisible();
  await expect(page.getByText('Calf raises. Two weeks of rest.')).toBeVisible();
  await page.getByText('Add to this note').click();
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByText('Say why it is added now.')).toBeVisible();
  await page.getByLabel('What to add').fill('It was the right calf.');
  await page.getByLabel('Reason').fill('I wrote left.');
  await page.getByRole('button', { name: 'Add it' }).click();
  await expect(page.getByRole('region', { name: 'Added later' })).toContainText('It was the right calf.');
  await expect(page.getByText('Calf raises. Two weeks of rest.')).toBeVisible();
  await expectAccessible(page);
  await expectNoOverflow(page);
  await expectValidHtml(page);

  const desk = await anotherPerson();
  await signInAs(desk, 'front desk', '/practice/calendar', server.address);
  for (const address of [latest, latest.replace(/\/[^/]+$/, ''), `${server.address}/practice/phrases`])
    expect((await desk.goto(address))?.status()).toBe(404);
  await desk.goto(latest.replace(/\/notes.*/, ''));
  await expect(desk.getByRole('heading', { level: 1, name: 'Ana Costa' })).toBeVisible();
  await expect(desk.getByRole('region', { name: 'Session notes' })).toHaveCount(0);

  const uid = latest.split('/').at(-1);
  const client = await anotherPerson();
  const manage = `${server.address}/manage/${tokenOf(uid ?? '', dataFolder)}`;
  await client.goto(manage);
  await client.getByRole('link', { name: 'Who has opened your notes' }).click();
  await expect(client.getByText('Mira Kovač').first()).toBeVisible();
  await expect(client.getByText(/The note of your session on/).first()).toBeVisible();
  await expectAccessible(client);
  await expectNoOverflow(client);

  // The text of the notes is nowhere but on the therapist's own pages.
  const spread = await Promise.all(
    [`${manage}/opened`, manage, `${manage}/calendar.ics`, `${server.address}/metrics`].map(async (address) =>
      (await client.request.get(address)).text(),
    ),
  );
  const office = await anotherPerson();
  await signInAs(office, 'owner', '/practice/mail', server.address);
  const owners = ['mail', 'history', 'reports', 'calendar/version?on=2026-12-01', 'clients'].map(
    (name) => `practice/${name}`,
  );
  for (const name of owners) spread.push(await (await office.request.get(`${server.address}/${name}`)).text());
  for (const text of [...spread, server.output(), filesIn(dataFolder)]) expect(text.includes('Xylophone')).toBe(false);

  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL(`${server.address}/`);
  expect(await draftIn(page)).toBe('{}');
});

test('a note is written without script @no-script-only @one-size', async ({ page, dataFolder }) => {
  await signInAs(page, 'therapist', '/practice/calendar', server.address);
  const [latest = '', earlier = ''] = await notesOfAna(page, dataFolder);
  await page.goto(earlier);
  await page.getByLabel('Did', { exact: true }).fill('Slow strokes.');
  await page.getByRole('button', { name: 'Keep as a phrase for Did' }).click();
  await page.getByText('Choose from a list').click();
  await page.getByRole('combobox', { name: 'Calf, left' }).selectOption('focus-firm');
  await page.getByRole('button', { name: 'Sign the note' }).click();
  await expect(page.getByText('The note is signed')).toBeVisible();
  await expect(page.getByText('calf, left: firm')).toBeVisible();

  await page.goto(latest);
  await page.getByLabel('Found', { exact: true }).fill('Tight.');
  await page.getByRole('button', { name: 'Put into Did: Slow strokes.' }).click();
  await expect(page.getByLabel('Did', { exact: true })).toHaveValue('Slow strokes.');
  await page.getByRole('button', { name: 'Copy the last note' }).click();
  await expect(page.getByLabel('Found', { exact: true })).toHaveValue('Tight.');
  await page.getByText('Choose from a list').click();
  await expect(page.getByRole('combobox', { name: 'Calf, left' })).toHaveValue('focus-firm');
  await expectNoOverflow(page);
  await page.goto(`${server.address}/practice/phrases`);
  await page.getByRole('textbox', { name: 'Phrase' }).fill('Short walk tonight.');
  await page.getByLabel('Field').selectOption('plan');
  await page.getByRole('button', { name: 'Add the phrase' }).click();
  await expect(page.getByRole('region', { name: 'Plan' })).toContainText('Short walk tonight.');
  await page.getByRole('button', { name: 'Remove Slow strokes.' }).click();
  await expect(page.getByText('Slow strokes.', { exact: true })).toHaveCount(0);
  await expectNoOverflow(page);
});

function tokenOf(uid: string, dataFolder: string): string {
  const database = new Sqlite(path.join(dataFolder, 'fortnight.db'), { readonly: true });
  const series = database.prepare('select series_id from appointments where id = ?').pluck().get(uid) as string;
  database.close();
  process.env.AUTH_SECRET = environment({}).AUTH_SECRET;
  return deriveManageToken(series);
}

function filesIn(dir: string): string {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), 'latin1'))
    .join();
}
