import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import Sqlite from '@/db/connection/sqlite-library';
import { midweekDay } from './demo-days';
import { expect, expectAccessible, expectNoOverflow, signInAs, test } from './fixtures';

// The calendar at the desk: what is dragged, carried by keys or swapped can be undone before anybody is told.

const DAY = 86_400_000;

/** A day so many weeks ahead on which Mira and Jun both work, and which the demo leaves partly empty. */
const sharedDay = (weeks: number) => midweekDay(weeks * 7);

/** Books an hour for a new client, at the first time of the day with a free hour. */
async function book(page: Page, on: string, name: string): Promise<void> {
  await page.goto(`/practice/calendar?on=${on}&view=day&whose=everyone`);
  const slots = page.getByRole('link', { name: /^\+?\s*Book \d\d:\d\d with Mira$/ });
  await slots.first().waitFor(); // drawn by a script of its own
  const hrefs = await slots.evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
  for (const href of hrefs) {
    await page.goto(`${href}&${new URLSearchParams({ client: 'new', name, minutes: '60' })}`);
    if (
      (await page
        .getByRole('status')
        .filter({ hasText: /^Free$/ })
        .count()) > 0
    )
      break;
  }
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Booked' })).toBeVisible();
  await page.goto(`/practice/calendar?on=${on}&view=day&whose=everyone`);
}

function stored(name: string) {
  const database = new Sqlite(path.join(process.env.E2E_DATA_DIR ?? '', 'fortnight.db'));
  try {
    return database
      .prepare(
        `select a.therapist_id as who, a.local_start as start, a.minutes, a.price_cents as price, a.version, a.sequence
         from appointments a join clients c on c.id = a.client_id where c.name = ?`,
      )
      .get(name) as { who: string; start: string; minutes: number; price: number; version: number; sequence: number };
  } finally {
    database.close();
  }
}

const onGrid = (page: Page, name: string) => page.getByRole('main').getByRole('link', { name: new RegExp(name) });

/**
 * Drags with the mouse in steps, as a hand does, once the calendar is interactive: React marks the elements that it
 * controls.
 */
async function pull(page: Page, from: { x: number; y: number }, by: { x: number; y: number }) {
  await page.waitForFunction(
    ([x, y]) => {
      const pressed = document.elementFromPoint(x, y)?.closest('a');
      return pressed && Object.keys(pressed).some((key) => key.startsWith('__reactProps'));
    },
    [from.x, from.y] as const,
  );
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  for (let step = 1; step <= 8; step++) {
    await page.mouse.move(from.x + (by.x * step) / 8, from.y + (by.y * step) / 8);
  }
  await page.mouse.up();
}

async function middleOf(locator: Locator) {
  await locator.scrollIntoViewIfNeeded();
  const box = (await locator.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, bottom: box.y + box.height, height: box.height };
}

/** A client whose last visit was an hour with Mira, of another massage than the one that is proposed first. */
function knownClient() {
  const database = new Sqlite(path.join(process.env.E2E_DATA_DIR ?? '', 'fortnight.db'));
  try {
    return database
      .prepare(
        `select c.name, a.service_id as service
         from appointments a join clients c on c.id = a.client_id
         where a.therapist_id = 'mira' and a.minutes = 60 and a.service_id <> 'swedish'
           and a.start_at = (select max(start_at) from appointments
                             where client_id = c.id and start_at <= ? and status in ('booked', 'completed'))
           and (select count(*) from clients where name = c.name) = 1
         order by c.name limit 1`,
      )
      .get(Date.now()) as { name: string; service: string };
  } finally {
    database.close();
  }
}

function linesOfFirstWord(link: Element): number {
  const range = document.createRange();
  range.selectNode(link.firstChild!);
  return range.getClientRects().length;
}

test('a known client is booked by three presses, with the massage they had last @desktop-only', async ({ page }) => {
  const on = sharedDay(16);
  const { name, service } = knownClient();
  await signInAs(page, 'front desk', `/practice/calendar?on=${on}&view=day&whose=everyone`);
  const slot = page.getByRole('link', { name: /^\+?\s*Book \d\d:\d\d with Mira$/ }).first();
  await slot.waitFor(); // drawn by a script of its own
  const began = Date.now();
  let presses = 0;
  const press = (what: Locator) => {
    presses++;
    return what.click();
  };
  await press(slot);
  await expect(page.getByLabel('Client: name, phone or e-mail')).toBeFocused();
  await page.keyboard.type(name, { delay: 60 });
  await press(page.getByRole('link', { name: new RegExp(`^${name}`) }).first());
  await expect(page.locator(`input[type="radio"][name="type"][value="${service}"]`)).toBeChecked();
  await expect(page.locator('input[type="radio"][name="cadence"][value="once"]')).toBeChecked();
  // Beside a long text about the client, the button's word once broke in two.
  const changeClient = page.getByRole('link', { name: 'Change the client' });
  expect(await changeClient.evaluate(linesOfFirstWord)).toBe(1);
  await expect(page.getByRole('button', { name: 'Book', exact: true })).toBeInViewport({ ratio: 1 });
  await press(page.getByRole('button', { name: 'Book', exact: true }));
  await expect(page.getByRole('status').filter({ hasText: 'Booked' })).toBeVisible();
  const seconds = (Date.now() - began) / 1000;
  console.info(`desk: a known client once, ${presses} presses, ${seconds.toFixed(1)} s`);
  expect(presses).toBeLessThanOrEqual(4);
});

test('a client chosen in place of a known one gets nothing of that client’s proposals @desktop-only', async ({
  page,
}) => {
  const { name, service } = knownClient();
  await signInAs(page, 'front desk', `/practice/calendar?on=${sharedDay(16)}&view=day&whose=everyone`);
  await page
    .getByRole('link', { name: /^\+?\s*Book \d\d:\d\d with Mira$/ })
    .last()
    .click();
  const type = page.locator(`input[type="radio"][name="type"][value="${service}"]`);
  await page.getByLabel('Client: name, phone or e-mail').pressSequentially(name, { delay: 60 });
  // The client's card in the calendar has the name as well.
  const hits = page.getByRole('search');
  await hits
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .first()
    .click();
  await expect(type).toBeChecked();
  await page.getByRole('link', { name: 'Change the client' }).click();
  await page.getByLabel('Client: name, phone or e-mail').fill('Nobody Yet');
  await hits.getByRole('link', { name: 'New client “Nobody Yet”' }).click();
  await expect(page.getByRole('link', { name: 'Change the client' })).toBeVisible();
  await expect(type).not.toBeChecked();
});

test('an appointment is dragged to a colleague and undone, and nothing remains of it @desktop-only', async ({
  page,
}) => {
  const on = sharedDay(15);
  const name = `Pulled Along ${Date.now()}`;
  await signInAs(page, 'owner', '/practice/calendar');
  await book(page, on, name);
  const before = stored(name);
  const lanes = page.getByRole('main').getByRole('region');
  const [mira, jun] = await Promise.all(
    [lanes.filter({ hasText: 'Mira' }), lanes.filter({ hasText: 'Jun' })].map(middleOf),
  );
  const began = Date.now();
  await pull(page, await middleOf(onGrid(page, name)), { x: jun!.x - mira!.x, y: 0 });
  const bar = page.getByRole('status').filter({ hasText: 'Moved to' });
  await expect(bar).toContainText('with Jun');
  console.info(`desk: moved to a colleague by one pull in ${(Date.now() - began) / 1000} s`);
  expect(stored(name)).toMatchObject({ who: 'jun', start: before.start, price: before.price });
  await bar.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Undone' })).toBeVisible();
  expect(stored(name)).toEqual(before);

  // Over half a day too it lands at the hour under the pointer: the tile itself is drawn smaller than its time.
  const topOf = async (time: string) => (await page.getByText(time, { exact: true }).first().boundingBox())!.y;
  const from = await middleOf(onGrid(page, name));
  const hours = before.start.slice(11) < '14:00' ? 5 : -5;
  await pull(page, from, { x: 0, y: ((await topOf('17:00')) - (await topOf('12:00'))) * Math.sign(hours) });
  const landed = `${String(Number(before.start.slice(11, 13)) + hours).padStart(2, '0')}${before.start.slice(13)}`;
  await expect(page.getByRole('status').getByText(/^Moved to/)).toContainText(`${landed} with Mira`);
  expect(stored(name).start.slice(11)).toBe(landed);
  await expectAccessible(page);
});

test('an appointment is moved by keys alone, and moved back by a key @desktop-only', async ({ page }) => {
  const on = sharedDay(13);
  const name = `Carried Along ${Date.now()}`;
  await signInAs(page, 'owner', '/practice/calendar');
  await book(page, on, name);
  const before = stored(name);
  const began = Date.now();
  await onGrid(page, name).focus();
  await page.keyboard.press('m');
  const inHand = page.getByRole('application');
  await expect(inHand).toBeFocused();
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('+');
  await expect(inHand).toContainText('90 minutes');
  await page.keyboard.press('-');
  await expect(inHand).toContainText('60 minutes');
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(inHand).toHaveCount(0);
  await expect(onGrid(page, name)).toBeFocused();
  expect(stored(name)).toEqual(before);

  await page.keyboard.press('m');
  await expect(inHand).toBeFocused();
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').getByText(/^Moved to/)).toBeVisible();
  console.info(`desk: moved by keys, looked at and left once, in ${(Date.now() - began) / 1000} s`);
  const hourLater = Number(before.start.slice(11, 13)) + 1;
  expect(stored(name).start.slice(11, 13)).toBe(String(hourLater));
  await expect(onGrid(page, name)).toBeFocused();
  await page.keyboard.press('u');
  await expect(page.getByRole('status').filter({ hasText: 'Undone' })).toBeVisible();
  expect(stored(name)).toEqual(before);
});

test('two appointments are swapped, by dragging one onto the other or in the panel @desktop-only', async ({ page }) => {
  const on = sharedDay(12);
  const [firstName, secondName] = [`First Here ${Date.now()}`, `Second Here ${Date.now()}`];
  await signInAs(page, 'owner', '/practice/calendar');
  await book(page, on, firstName);
  await book(page, on, secondName);
  const before = [stored(firstName), stored(secondName)];
  // Finding the other may scroll the page, so the first one's position is measured afterwards.
  await middleOf(onGrid(page, secondName));
  const from = await middleOf(onGrid(page, firstName));
  const to = (await onGrid(page, secondName).boundingBox())!;
  await pull(page, from, { x: 0, y: to.y + to.height / 2 - from.y });
  await page.getByRole('button', { name: `Swap with ${secondName}` }).click();
  const bar = page.getByRole('status').filter({ hasText: 'Swapped' });
  await expect(bar.getByRole('button', { name: 'Undo' })).toBeVisible();
  expect([stored(secondName).start, stored(firstName).start]).toEqual(before.map(({ start }) => start));
  await bar.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Undone' })).toBeVisible();
  expect([stored(firstName), stored(secondName)]).toEqual(before);

  await onGrid(page, firstName).click();
  await page.getByRole('link', { name: 'Swap this appointment with another' }).click();
  await page.getByRole('radio', { name: new RegExp(secondName) }).check();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Swap them' }).click();
  await expect(
    page.getByRole('status').filter({ hasText: 'No mail server is set, so no e-mail is sent: tell both of them.' }),
  ).toBeVisible();
  expect([stored(secondName).start, stored(firstName).start]).toEqual(before.map(({ start }) => start));
});

test('two screens see each other’s changes without a reload @desktop-only', async ({ page, anotherPerson }) => {
  const on = sharedDay(14);
  const name = `Seen Twice ${Date.now()}`;
  await signInAs(page, 'owner', '/practice/calendar');
  await book(page, on, name);
  const other = await anotherPerson();
  await signInAs(other, 'front desk', `/practice/calendar?on=${on}&view=day&whose=everyone`);
  await expect(onGrid(other, name)).toBeVisible();
  const was = (await onGrid(other, name).innerText()).match(/\d\d:\d\d/)![0];
  const from = await middleOf(onGrid(page, name));
  await pull(page, from, { x: 0, y: from.height });
  const confirmButton = page.getByRole('button', { name: 'Move it all the same' });
  await expect(confirmButton.or(page.getByRole('status').getByText(/^Moved to/))).toBeVisible();
  if (await confirmButton.isVisible()) await confirmButton.click();
  await expect(page.getByRole('status').getByText(/^Moved to/)).toBeVisible();
  const began = Date.now();
  await expect(onGrid(other, name)).not.toContainText(was);
  console.info(`desk: seen on another screen after ${(Date.now() - began) / 1000} s`);
});

test('on a phone everyone’s calendars are in reach, and a time outside of the hours can be pressed @phone-only', async ({
  page,
}) => {
  const on = sharedDay(11);
  await signInAs(page, 'owner', `/practice/calendar?on=${on}&whose=everyone`);
  const lanes = page
    .getByRole('main')
    .getByRole('region')
    .filter({ has: page.locator('h2') });
  await expect(lanes).toHaveCount(4);
  await expectNoOverflow(page);
  await expectAccessible(page);
  const lane = lanes.filter({ hasText: 'Mira' });
  const box = (await lane.boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + 90);
  await expect(page.getByText('Book outside the working hours all the same')).toBeVisible();
});

/** Books a plan of so many weeks for a new client, from the first time of the day at which all of it is free. */
async function bookPlan(page: Page, on: string, name: string, sessions: number): Promise<void> {
  await page.goto(`/practice/calendar?on=${on}&view=day&whose=everyone`);
  const slots = page.getByRole('link', { name: /^\+?\s*Book \d\d:\d\d with Mira$/ });
  await slots.first().waitFor(); // drawn by a script of its own
  const hrefs = await slots.evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
  const plan = { client: 'new', name, type: 'swedish', minutes: '60', cadence: 'weekly', sessions: String(sessions) };
  for (const href of hrefs) {
    await page.goto(`${href}&${new URLSearchParams(plan)}`);
    if (
      (await page
        .getByRole('status')
        .filter({ hasText: `${sessions} of ${sessions} free` })
        .count()) > 0
    )
      break;
  }
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  const done = page.getByRole('status').filter({ hasText: 'Booked' });
  await expect(done).toContainText(`${sessions} dates`);
  await page.goto(`/practice/calendar?on=${on}&view=day&whose=everyone`);
}

test('choosing another therapist in the form that moves hides the times of the previous one @desktop-only', async ({
  page,
}) => {
  const on = sharedDay(17);
  const name = `Other Therapist ${Date.now()}`;
  await signInAs(page, 'owner', '/practice/calendar');
  await book(page, on, name);
  await onGrid(page, name).click();
  await page.getByRole('link', { name: 'Move this appointment' }).click();
  const moves = page.getByRole('button', { name: 'Move it', exact: true });
  await expect(moves).toBeVisible();
  await page.locator('select[name="who"]').selectOption({ label: 'Jun Sato' });
  await expect(moves).toBeHidden();
  await expect(page.getByText('These are the times of another choice.')).toBeVisible();
  await page.getByRole('button', { name: 'Show free times' }).click();
  await expect(page.getByText(/^(Free|Nothing free) on .* with Jun$/)).toBeVisible();
  await expect(moves).toBeVisible();
});

test('a plan that is dragged to where a later date clashes is told which date, and can move this date alone @desktop-only', async ({
  page,
}) => {
  const on = sharedDay(18);
  const week = 7 * DAY;
  const nextWeek = new Date(Date.parse(on) + week).toISOString().slice(0, 10);
  const name = `Pulled Plan ${Date.now()}`;
  await signInAs(page, 'owner', '/practice/calendar');
  await bookPlan(page, on, name, 3);
  const { start } = stored(name);
  const hour = start.slice(11, 16);
  // Jun is with somebody else at that hour, one week later.
  const query = new URLSearchParams({
    new: `${nextWeek}T${hour}`,
    with: 'jun',
    client: 'new',
    name: `In The Way ${Date.now()}`,
    type: 'swedish',
    minutes: '60',
    hours: 'any',
  });
  await page.goto(`/practice/calendar?on=${nextWeek}&view=day&whose=everyone&${query}`);
  await page.getByRole('button', { name: 'Book', exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Booked' })).toBeVisible();

  await page.goto(`/practice/calendar?on=${on}&view=day&whose=everyone`);
  const lanes = page.getByRole('main').getByRole('region');
  const [mira, jun] = await Promise.all(
    [lanes.filter({ hasText: 'Mira' }), lanes.filter({ hasText: 'Jun' })].map(middleOf),
  );
  await pull(page, await middleOf(onGrid(page, name)), { x: jun!.x - mira!.x, y: 0 });
  await page.getByRole('radio', { name: 'This and later dates' }).check();
  await page.getByRole('button', { name: 'Move it', exact: true }).click();
  const refused = page.getByRole('alert').filter({ hasText: 'Another date of it is not free' });
  await expect(refused).toContainText(String(Number(nextWeek.slice(8))));
  await page.getByRole('button', { name: 'Move this one only' }).click();
  await expect(page.getByRole('status').getByText(/^Moved to .* with Jun/)).toBeVisible();
  expect(stored(name)).toMatchObject({ start });
});

test('a keyboard user’s focus is led to Book, and back to what opened the panel @desktop-only', async ({ page }) => {
  const on = sharedDay(19);
  await signInAs(page, 'owner', `/practice/calendar?on=${on}&view=day&whose=everyone`);
  await page
    .getByRole('link', { name: /^\+?\s*Book \d\d:\d\d with Mira$/ })
    .first()
    .waitFor();
  const slot = page.getByRole('link', { name: /^\+?\s*Book \d\d:\d\d with Mira$/ }).nth(1);
  const name = (await slot.getAttribute('href'))!;
  await slot.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Client: name, phone or e-mail')).toBeFocused();
  await expect(page.getByRole('button', { name: 'Book', exact: true })).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Escape');
  await expect(page.locator(`[data-lane] a[href="${name}"]`)).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Client: name, phone or e-mail')).toBeFocused();
  const { name: client } = knownClient();
  await page.keyboard.type(client);
  await expect(page.getByRole('search').getByRole('link', { name: new RegExp(`^${client}`) })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Change the client' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Book', exact: true })).toBeFocused();
});
